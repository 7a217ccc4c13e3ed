/* See solution.h.  */
#include "config.h"

#include "author/solution.h"
#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXPECT_MAX = 64 * 1024 };

#define TEXT(name, most, needed) \
	{ .key = #name, .kind = YAML_TEXT, .required = needed, \
	  .at = offsetof(struct expected, name), .high = most }

static const struct yaml_field expected_fields[] = {
	TEXT(check, 64, true), TEXT(verdict, 64, true), TEXT(bug, 64, false),
	TEXT(message, 1000, false),
	{ .key = NULL }
};
static const struct yaml_table expected_table = {
	sizeof(struct expected), expected_fields
};

/* Where they are, below the exercise's folder.  */
static const struct place {
	enum solution_kind kind;
	const char *folder, *prefix;
} places[] = {
	{ SOLUTION_GOOD, "solutions/good", "good/" },
	{ SOLUTION_BAD, "solutions/bad", "bad/" },
};

char *
solution_path(const struct solution *s, const char *file)
{
	return xasprintf("%s/%s", s->folder, file);
}

/* ---- what is expected ---- */
static const struct exercise_bug *
bug_named(const struct exercise *e, const char *id)
{
	const struct exercise_bug *bug;

	for (size_t i = 0; (bug = exercise_bug(e, i)); i++)
		if (strcmp(bug->id.text, id) == 0)
			return bug;
	return NULL;
}

static void
check_words(const struct solution *s, const struct exercise *e,
	    const char *path, struct problems *p)
{
	const struct expected *x = &s->expected;
	enum grade verdict = grade_named(x->verdict.text);

	if (verdict == GRADES_COUNT)
		problem_add(p, path, x->verdict.line,
			    _("'%.40s' is no verdict"), x->verdict.text);
	if (x->bug.text && !bug_named(e, x->bug.text))
		problem_add(p, path, x->bug.line,
			    _("there is no bug '%.40s' in the exercise"),
			    x->bug.text);
}

static void
read_expected(struct solution *s, const struct exercise *e,
	      struct problems *p)
{
	char *path = solution_path(s, "expect.yaml"), *why = NULL;
	struct buf text = BUF_INIT;

	if (access(path, F_OK) < 0)
		problem_add(p, path, 0, _("it is missing: which check must "
			    "find this solution, with which verdict?"));
	else if (buf_read_file(&text, path, EXPECT_MAX, &why) < 0)
		problem_add(p, path, 0, "%s", why);
	else if (yaml_read(&expected_table, &s->expected, path, buf_str(&text),
			   text.len, p) == 0)
		check_words(s, e, path, p);
	else
		s->expected.line = 0;	/* and what was wrong was said */
	buf_release(&text);
	free(path);
	free(why);
}

/* ---- the folders ---- */
static void
read_one(struct solutions *all, const struct exercise *e,
	 enum solution_kind kind, char *name, char *folder,
	 struct problems *p)
{
	struct solution *s;
	char *why = NULL;

	all->at = xgrow(all->at, &all->room, all->n + 1, sizeof(*all->at));
	s = &all->at[all->n++];
	*s = (struct solution){ .kind = kind, .name = name,
				.folder = folder };
	s->readable = submission_read(&s->files, e, folder, &why) ==
		      SUBMISSION_TAKEN;
	/* Where no program is handed in, one begins with nothing.  */
	if (!s->readable && (kind != SOLUTION_START ||
			     e->checks.n > 0))
		problem_add(p, folder, 0, "%s", why);
	if (kind == SOLUTION_BAD)
		read_expected(s, e, p);
	free(why);
}

/* Not alphasort(), in which the locale has a say.  */
static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void
read_place(struct solutions *s, const struct exercise *e,
	   const struct place *place, struct problems *p)
{
	char *folder = xasprintf("%s/%s", e->folder, place->folder);
	struct dirent **list;
	int n = scandir(folder, &list, NULL, by_name);

	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name;

		if (*name != '.')
			read_one(s, e, place->kind,
				 xasprintf("%s%s", place->prefix, name),
				 xasprintf("%s/%s", folder, name), p);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	else if (errno != ENOENT)
		problem_add(p, folder, 0, "%s", strerror(errno));
	free(folder);
}

void
solutions_read(struct solutions *s, const struct exercise *e,
	       struct problems *p)
{
	*s = (struct solutions)SOLUTIONS_INIT;
	read_one(s, e, SOLUTION_START, xstrdup("start"),
		 xasprintf("%s/start", e->folder), p);
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		read_place(s, e, &places[i], p);
}

void
solutions_release(struct solutions *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->at[i].name);
		free(s->at[i].folder);
		submission_release(&s->at[i].files);
		yaml_release(&expected_table, &s->at[i].expected);
	}
	free(s->at);
	*s = (struct solutions)SOLUTIONS_INIT;
}

size_t
solutions_count(const struct solutions *s, enum solution_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += s->at[i].kind == kind;
	return n;
}
