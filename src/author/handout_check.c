/*
 * Is a secret in what students get?  Asked of the files as they came out of
 * the archive: a path that must not be there, a text of a hidden check in any
 * file, or a file of tests/ or of a solution under another name.
 */
#include "config.h"

#include "author/handout.h"
#include "author/lexeme.h"
#include "author/secret.h"
#include "author/solution.h"
#include "base/i18n.h"
#include "exercise/table.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* Shorter ones are words that stand anywhere.  */
enum { SECRET_LEAST = 10 };

struct texts {
	struct yaml_text *at;	/* borrowed lines, own texts */
	size_t n, room;
};

struct looking {
	const struct handout *h;
	struct problems *p;
	struct exercise exercise;	/* whole */
	char *yaml;			/* its path */
	char *prefix;			/* of its files in the handout */
	struct texts secret, open;
};

static void
note(void *with, const struct yaml_text *text)
{
	struct texts *t = with;

	t->at = xgrow(t->at, &t->room, t->n + 1, sizeof(*t->at));
	t->at[t->n++] = (struct yaml_text){ xstrdup(text->text), text->line };
}

static void
texts_release(struct texts *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->at[i].text);
	free(t->at);
}

/* The path below the exercise; NULL: it is not of this one.  */
static const char *
below(const struct looking *w, const struct handout_file *f)
{
	size_t n = strlen(w->prefix);

	return strncmp(f->path, w->prefix, n) == 0 ? f->path + n : NULL;
}

/* ---- texts ---- */
/* What all may read is no secret, wherever else it stands.  */
static bool
is_open(const struct looking *w, const char *text)
{
	for (size_t i = 0; i < w->open.n; i++)
		if (strcmp(w->open.at[i].text, text) == 0)
			return true;
	return false;
}

/* As it stands in a file: in YAML, quotes and line ends look otherwise, so a
 * text is sought line by line, and without what would be quoted.  */
static const char *
longest_part(const char *text, size_t *n)
{
	const char *best = text;

	*n = 0;
	while (*text) {
		size_t len = strcspn(text, "\n\"\\\t");

		if (len > *n) {
			best = text;
			*n = len;
		}
		text += len + (text[len] != '\0');
	}
	return best;
}

static int
line_at(const struct handout_file *f, const char *at)
{
	int line = 1;

	for (const char *s = f->bytes; s < at; s++)
		line += *s == '\n';
	return line;
}

static void
seek(struct looking *w, const struct yaml_text *text)
{
	size_t n;
	const char *part = longest_part(text->text, &n);

	if (n < SECRET_LEAST || is_open(w, text->text))
		return;
	for (size_t i = 0; i < w->h->n; i++) {
		const struct handout_file *f = &w->h->at[i];
		const char *at = memmem(f->bytes, f->n, part, n);

		if (at && below(w, f))
			problem_add(w->p, w->yaml, text->line,
				    _("this text of a hidden check would "
				      "reach students, in %s:%d"),
				    below(w, f), line_at(f, at));
	}
}

/* What is asked of students' programs, and how: not what is told of it.  */
static void
note_open(struct looking *w, const struct exercise *open)
{
	static const char *const keys[] = { "checks", "build", "files" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		const struct yaml_field *f = exercise_table.fields;
		struct yaml_field alone[2] = { { .key = NULL } };
		const struct yaml_table table = { 0, alone };

		while (strcmp(f->key, keys[i]) != 0)
			f++;
		alone[0] = *f;
		yaml_each_text(&table, open, note, &w->open);
	}
}

static void
look_for_texts(struct looking *w)
{
	struct exercise open;

	if (exercise_load(&open, w->exercise.folder, NULL, NULL) == 0) {
		secret_take_out(&open, note, &w->secret);
		note_open(w, &open);
	}
	exercise_release(&open);
	for (size_t i = 0; i < w->secret.n; i++)
		seek(w, &w->secret.at[i]);
}

/* ---- files ---- */
static bool
same_text(const char *a, size_t n, const char *b, size_t m)
{
	struct lexemes x, y;
	bool same;

	lexemes_read(&x, a, n);
	lexemes_read(&y, b, m);
	same = x.n && lexemes_equal(&x, &y);
	lexemes_release(&x);
	lexemes_release(&y);
	return same;
}

/* A secret file, whatever it is called in the handout; but for one name, that
 * a learner begins with: a file that no solution had to change.  */
static void
seek_file(struct looking *w, const char *path, const char *bytes, size_t n,
	  const char *begins_with)
{
	for (size_t i = 0; i < w->h->n; i++) {
		const struct handout_file *f = &w->h->at[i];
		const char *name = below(w, f);

		if (!name || (begins_with && strcmp(name, begins_with) == 0) ||
		    !same_text(bytes, n, f->bytes, f->n))
			continue;
		problem_add(w->p, path, 0, _("this file would reach students, "
			    "as %s"), name);
	}
}

static void
look_for_tests(struct looking *w)
{
	char *folder = xasprintf("%s/tests", w->exercise.folder);
	DIR *d = opendir(folder);
	struct dirent *it;

	while (d && (it = readdir(d))) {
		char *name = xasprintf("tests/%s", it->d_name);
		char *path = xasprintf("%s/%s", folder, it->d_name);
		char *text = exercise_text(&w->exercise, name, NULL);

		if (text)
			seek_file(w, path, text, strlen(text), NULL);
		free(text);
		free(path);
		free(name);
	}
	if (d)
		closedir(d);
	free(folder);
}

static void
look_for_solutions(struct looking *w)
{
	struct problems unseen = PROBLEMS_INIT;
	struct solutions s;

	solutions_read(&s, &w->exercise, &unseen);
	for (size_t i = 0; i < s.n; i++) {
		const struct submission *files = &s.at[i].files;

		for (size_t k = 0; s.at[i].kind == SOLUTION_GOOD &&
				   k < files->n_files; k++) {
			const struct submission_file *f = &files->file[k];
			char *path = solution_path(&s.at[i], f->name);
			char *start = xasprintf("start/%s", f->name);

			seek_file(w, path, f->bytes, f->n, start);
			free(start);
			free(path);
		}
	}
	solutions_release(&s);
	problems_release(&unseen);
}

static void
look_at_paths(struct looking *w)
{
	bool there = false;

	for (size_t i = 0; i < w->h->n; i++) {
		const char *name = below(w, &w->h->at[i]);

		there |= name && strcmp(name, "exercise.yaml") == 0;
		if (name && secret_of_file(name) == SECRET_WHOLE)
			problem_add(w->p, w->yaml, 0, _("%s would reach "
				    "students"), name);
	}
	if (!there)
		problem_add(w->p, w->yaml, 0, _("it is not in the archive"));
}

/* ---- does it make sense? ---- */
/* A hidden check that another needs, or nothing that is left.  */
static void
look_at_rest(struct looking *w)
{
	struct problems own = PROBLEMS_INIT;
	struct exercise e;

	for (size_t i = 0; i < w->h->n; i++) {
		const struct handout_file *f = &w->h->at[i];
		const char *name = below(w, f);

		if (!name || strcmp(name, "exercise.yaml") != 0)
			continue;
		exercise_read(&e, name, f->bytes, f->n, &own);
		exercise_release(&e);
		if (own.n)
			problem_add(w->p, w->yaml, 0, _("without what is "
				    "secret it makes no sense: %s"),
				    own.list[0].text);
	}
	problems_release(&own);
}

/* A check that all see, and that needs one which they do not.  */
static void
look_at_needs(struct looking *w)
{
	const struct exercise *e = &w->exercise;
	const struct exercise_check *c, *needed;

	for (size_t i = 0; (c = exercise_check(e, i)); i++)
		for (size_t k = 0; k < c->needs.n; k++)
			for (size_t n = 0; (needed = exercise_check(e, n));
			     n++)
				if (c->visibility.value == VISIBILITY_VISIBLE &&
				    needed->visibility.value !=
				    VISIBILITY_VISIBLE &&
				    strcmp(needed->id.text,
					   c->needs.text[k].text) == 0)
					problem_add(w->p, w->yaml,
						    c->needs.text[k].line,
						    _("check %s is for all to "
						      "see, and needs %s, "
						      "which is hidden"),
						    c->id.text,
						    needed->id.text);
}

void
handout_check(const struct handout *h, const char *folder, struct problems *p)
{
	struct looking w = { .h = h, .p = p };
	char *real = realpath(folder, NULL);

	if (exercise_load(&w.exercise, real ? real : folder, NULL, p) == 0) {
		w.yaml = xasprintf("%s/exercise.yaml", folder);
		w.prefix = xasprintf("%s/", w.exercise.name);
		look_at_paths(&w);
		look_at_needs(&w);
		look_at_rest(&w);
		look_for_texts(&w);
		look_for_tests(&w);
		look_for_solutions(&w);
	}
	exercise_release(&w.exercise);
	texts_release(&w.secret);
	texts_release(&w.open);
	free(w.prefix);
	free(w.yaml);
	free(real);
}
