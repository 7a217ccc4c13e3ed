/* ipclab gradebook similar: which submissions are like each other.  */
#include "config.h"

#include "base/i18n.h"
#include "command/gradebook.h"
#include "exercise/catalogue.h"
#include "exercise/submission.h"
#include "grade/class.h"
#include "grade/pack.h"
#include "grade/similar.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST = 50 };

struct works {
	struct class class;
	struct buf *text;	/* of each, all its files */
	size_t *of;		/* its place in the class */
	size_t n;
};

/* Those that cannot be read are nobody's copy.  */
static void
read_works(struct works *w, const struct exercise *e)
{
	const char *beside[] = { e->name, NULL };

	w->text = xcalloc(w->class.n + 1, sizeof(*w->text));
	w->of = xcalloc(w->class.n + 1, sizeof(*w->of));
	for (size_t i = 0; i < w->class.n; i++) {
		struct submission s;
		char *why = NULL;

		if (submission_read_of(&s, e, beside, w->class.one[i].path,
				       &why) == SUBMISSION_TAKEN) {
			w->of[w->n] = i;
			for (size_t k = 0; k < s.n_files; k++)
				buf_add(&w->text[w->n], s.file[k].bytes,
					s.file[k].n);
			w->n++;
		} else {
			fprintf(stderr, "ipclab: %s: %s\n",
				w->class.one[i].id, why ? why : "?");
		}
		free(why);
		submission_release(&s);
	}
}

static void
release_works(struct works *w)
{
	for (size_t i = 0; i < w->n; i++)
		buf_release(&w->text[i]);
	free(w->text);
	free(w->of);
	class_release(&w->class);
}

/* What everybody began with.  */
static char *
skeleton_of(const struct exercise *e)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < e->files.n; i++) {
		char *name = xasprintf("start/%s", e->files.text[i].text);
		char *text = exercise_text(e, name, NULL);

		if (text)
			buf_adds(&out, text);
		free(text);
		free(name);
	}
	return buf_take(&out);
}

static void
print(const struct works *w, const struct similar *s, int least)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct similar_pair *p = &s->pair[i];

		printf(_("%3d%%  %s  %s  (what they began with: %d%%, "
			 "%d%%)\n"), p->percent,
		       w->class.one[w->of[p->a]].id,
		       w->class.one[w->of[p->b]].id, s->of_start[p->a],
		       s->of_start[p->b]);
	}
	if (!s->n)
		printf(_("no two of %zu are alike by %d%% or more\n"), w->n,
		       least);
}

static int
compare(struct works *w, const struct exercise *e, int least, char **why)
{
	struct similar s;
	char *start = skeleton_of(e);
	int ret;

	read_works(w, e);
	ret = similar_find(&s, w->text, w->n, start ? start : "", least, why);
	if (ret == 0)
		print(w, &s, least);
	similar_release(&s);
	free(start);
	return ret;
}

static int
read_least(const struct args *a, int *least, char **why)
{
	const char *text = args_value(a, "least");
	char *end;
	long n;

	*least = LEAST;
	if (!text)
		return 0;
	n = strtol(text, &end, 10);
	if (*end == '%')
		end++;
	if (*text < '0' || *text > '9' || *end || n < 1 || n > 100)
		return fail(why, _("--least needs percent, 1 to 100, not "
				   "'%s'"), text);
	*least = (int)n;
	return 0;
}

static int
read_class(struct works *w, const struct args *a, char **why)
{
	const char *folder = args_value(a, "class");

	for (int i = 2; i < a->argc; i++)
		class_add(&w->class, a->argv[i]);
	if (folder && class_add_folder(&w->class, folder, why) < 0)
		return -1;
	if (w->class.n < 2)
		return fail(why, _("which submissions? ipclab gradebook "
				   "similar EXERCISE --class DIR"));
	return class_sort(&w->class, why);
}

static int
read_exercise(struct exercise *e, const struct args *a, char **why)
{
	char *folder = a->argc < 2 ? NULL :
		       exercise_find(a->argv[1], args_value(a, "pack"), why);
	int ret;

	if (a->argc < 2)
		fail(why, _("of which exercise? ipclab gradebook similar "
			    "EXERCISE --class DIR"));
	if (!folder) {
		*e = (struct exercise){ .line = 0 };
		return -1;
	}
	ret = exercise_load(e, folder, NULL, NULL);
	if (ret < 0)
		fail(why, _("%s is not in order: ipclab author verify %s"),
		     folder, folder);
	free(folder);
	return ret;
}

int
gradebook_similar(const struct args *a)
{
	struct works w = { .class = CLASS_INIT };
	struct exercise e;
	char *why = NULL;
	int least, code = EXIT_DONE;

	if (read_exercise(&e, a, &why) < 0 ||
	    read_least(a, &least, &why) < 0 || read_class(&w, a, &why) < 0)
		code = command_fail(EXIT_USAGE, why);
	else if (compare(&w, &e, least, &why) < 0)
		code = command_fail(EXIT_MACHINE, why);
	release_works(&w);
	exercise_release(&e);
	return code;
}
