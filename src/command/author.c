/* ipclab author: for those who write lessons.  */
#include "config.h"

#include "base/i18n.h"
#include "base/suggest.h"
#include "command/author_jobs.h"
#include "command/author_new.h"
#include "command/command.h"
#include "lesson/catalogue.h"
#include "lesson/need.h"
#include "lesson/recording.h"
#include "lesson/verify.h"
#include "tracer/ability.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What became of all the lessons together.  */
struct tally {
	int lessons;
	bool faulty;
	bool cannot;
	char *forbids;		/* why no claim can be run here, or NULL */
	char **folder;		/* to be verified */
};

enum { IS_FAULTY = 1, CANNOT_BE_RUN = 2 };

static void
verify_lesson(const char *folder, struct tally *t)
{
	struct problems problems = PROBLEMS_INIT;
	struct buf text = BUF_INIT;
	struct verdict v;

	lesson_verify(folder, !t->forbids, &v, &problems);
	problems_write(&problems, &text);
	if (v.cannot)
		buf_addf(&text, "%s: %s\n", folder, v.cannot);
	if (problems.n)
		buf_addf(&text, ngettext("%s: %zu fault\n",
					 "%s: %zu faults\n", problems.n),
			 folder, problems.n);
	else if (!v.cannot && t->forbids)
		buf_addf(&text, _("%s: in order (%s): %d steps; its %d "
				  "claims were not run\n"), folder,
			 buf_str(&v.langs), v.steps, v.claims);
	else if (!v.cannot)
		buf_addf(&text, _("%s: in order (%s): %d steps, %d claims, "
				  "all of %d runs held\n"), folder,
			 buf_str(&v.langs), v.steps, v.claims, v.run);
	if (v.lacking)
		buf_addf(&text, ngettext("%s: %d claim was not run; this "
					 "machine lacks: %s\n",
					 "%s: %d claims were not run; this "
					 "machine lacks: %s\n", v.lacking),
			 folder, v.lacking, buf_str(&v.lacks));
	if (v.recordings.len)
		buf_addf(&text, _("%s(make them with: ipclab author record "
				  "%s)\n"), buf_str(&v.recordings), folder);
	fputs(buf_str(&text), stdout);
	fflush(stdout);
	t->faulty |= problems.n > 0;
	t->cannot |= v.cannot != NULL;
	buf_release(&text);
	verdict_release(&v);
	problems_release(&problems);
}

static bool
is_lesson(const char *folder)
{
	char *path = xasprintf("%s/lesson.md", folder);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

static void
record_lesson(const char *folder, struct tally *t)
{
	struct problems problems = PROBLEMS_INIT;
	struct lesson *l = lesson_load(folder, "en", &problems);
	struct record_tally r = { .missed_ids = BUF_INIT };
	struct buf text = BUF_INIT;
	char *why = NULL;

	t->lessons++;
	if (l)
		lesson_check(l, &problems);
	problems_write(&problems, &text);
	if (!l || problems.n) {
		t->faulty = true;
	} else if (recording_make(l, &r, &why) < 0) {
		buf_addf(&text, "%s: %s\n", folder, why);
		t->faulty = true;
	} else {
		buf_addf(&text, _("%s: %d experiments and %d claims recorded, "
				  "%zu bytes\n"), folder, r.made, r.claims,
			 r.bytes);
		if (r.lacking)
			buf_addf(&text, _("%s: %d could not be run here and "
					  "keep what they had\n"), folder,
				 r.lacking);
		if (r.missed)
			buf_addf(&text, _("%s: no order that was tried "
					  "reaches the goal of:%s\n"), folder,
				 buf_str(&r.missed_ids));
	}
	fputs(buf_str(&text), stdout);
	fflush(stdout);
	free(why);
	buf_release(&r.missed_ids);
	buf_release(&text);
	problems_release(&problems);
	lesson_free(l);
}

/* A lesson, or a folder of lessons.  */
static int
each_lesson(const char *path, struct tally *t,
	    void (*each)(const char *folder, struct tally *t), char **why)
{
	char *folder = xstrdup(path);
	struct dirent **list;
	int before = t->lessons, n;

	for (size_t len = strlen(folder); len > 1 && folder[len - 1] == '/';)
		folder[--len] = '\0';
	if (is_lesson(folder)) {
		each(folder, t);
		free(folder);
		return 0;
	}
	n = scandir(folder, &list, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		char *below = xasprintf("%s/%s", folder, list[i]->d_name);

		if (list[i]->d_name[0] != '.' && is_lesson(below))
			each(below, t);
		free(below);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	free(folder);
	if (t->lessons == before)
		return fail(why, _("there is no lesson in %s: it has no "
				   "lesson.md, nor has a folder in it"), path);
	return 0;
}

/* No folder is named: this one.  */
static int
each_folder(int argc, char **argv, struct tally *t,
	    void (*each)(const char *folder, struct tally *t))
{
	char *why = NULL;
	int rc = 0;

	if (!argc)
		rc = each_lesson(".", t, each, &why);
	for (int i = 0; rc == 0 && i < argc; i++)
		rc = each_lesson(argv[i], t, each, &why);
	if (rc < 0)
		return command_fail(EXIT_USAGE, why);
	return t->faulty ? EXIT_NO : t->cannot ? EXIT_MACHINE : EXIT_DONE;
}

static int
author_record(int argc, char **argv)
{
	struct tally t = { .lessons = 0 };
	char *why = NULL;

	if (ability_try(ABILITY_CALL, &why) < 0)
		return command_fail(EXIT_MACHINE, why);
	return each_folder(argc, argv, &t, record_lesson);
}

static void
note_lesson(const char *folder, struct tally *t)
{
	t->folder = xrealloc(t->folder,
			     ((size_t)t->lessons + 1) * sizeof(*t->folder));
	t->folder[t->lessons++] = xstrdup(folder);
}

static unsigned
verify_one(void *with, const char *folder)
{
	struct tally one = { .forbids = ((struct tally *)with)->forbids };

	verify_lesson(folder, &one);
	return (one.faulty ? IS_FAULTY : 0) | (one.cannot ? CANNOT_BE_RUN : 0);
}

/* Where objects are the machine's, two lessons would meet.  */
static int
jobs_possible(void)
{
	return need_met(need_find("ipc-namespaces", 14)) &&
	       need_met(need_find("network-namespaces", 18)) ? 0 : 1;
}

static int
author_verify(int argc, char **argv)
{
	struct tally t = { .lessons = 0 };
	unsigned bits;
	int code;

	if (ability_try(ABILITY_CALL, &t.forbids) < 0) {
		fprintf(stderr, _("ipclab: no claim can be run here: %s\n"),
			t.forbids);
		t.cannot = true;
	}
	code = each_folder(argc, argv, &t, note_lesson);
	if (code != EXIT_USAGE) {
		bits = author_jobs(jobs_possible(), t.folder, t.lessons,
				   verify_one, &t, IS_FAULTY);
		code = bits & IS_FAULTY ? EXIT_NO :
		       t.cannot || bits & CANNOT_BE_RUN ? EXIT_MACHINE
							: EXIT_DONE;
	}
	for (int i = 0; i < t.lessons; i++)
		free(t.folder[i]);
	free(t.folder);
	free(t.forbids);
	return code;
}

static int
author_new(int argc, char **argv)
{
	char *why = NULL;

	if (argc != 2 || strcmp(argv[0], "lesson") != 0) {
		fail(&why, _("author new takes a kind and a name: "
			     "author new lesson NAME"));
		return command_fail(EXIT_USAGE, why);
	}
	if (author_new_lesson(argv[1], &why) < 0)
		return command_fail(EXIT_NO, why);
	printf(_("%s is made. Verify it with: ipclab author verify %s\n"),
	       argv[1], argv[1]);
	return EXIT_DONE;
}

static const struct verb {
	const char *name;
	int (*run)(int argc, char **argv);
} verbs[] = {
	{ "verify", author_verify },
	{ "new", author_new },
	{ "record", author_record },
};

static int
author_run(const struct args *a)
{
	const char *word = a->argc ? a->argv[0] : "";
	struct suggest s = SUGGEST_INIT(word);
	char *why = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		if (strcmp(verbs[i].name, word) == 0)
			return verbs[i].run(a->argc - 1, a->argv + 1);
		suggest_try(&s, verbs[i].name);
	}
	if (!*word)
		fail(&why, _("author needs to know what to do: verify, record "
			     "or new"));
	else if (suggest_best(&s))
		fail(&why, _("author does not know %s; did you mean %s?"),
		     word, suggest_best(&s));
	else
		fail(&why, _("author does not know %s; it knows verify, "
			     "record and new"), word);
	return command_fail(EXIT_USAGE, why);
}

static const struct option_def author_options[] = {
	{ .name = NULL },
};

const struct command command_author = {
	.name = "author",
	.synopsis = "verify [FOLDER...] | record [FOLDER...] | "
		    "new lesson NAME",
	.summary = N_("writes and verifies lessons"),
	.details = N_("`verify` checks each lesson in every language, "
		      "compiles its programs and runs its claims; what is "
		      "wrong is said as FILE:LINE: SENTENCE, and the exit "
		      "status is 1.\n"
		      "`record` runs the experiments and claims of each lesson "
		      "and keeps them in its folder recordings/, for machines "
		      "that lack what it takes to run them.\n"
		      "`new lesson` makes a folder with a lesson to begin "
		      "with."),
	.options = author_options,
	.run = author_run,
};
