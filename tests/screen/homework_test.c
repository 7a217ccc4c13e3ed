/*
 * Golden screens of the home screen of a learner who has opened assignments,
 * at a moment that is fixed.  (That they are opened by `ipclab assignment
 * open` is tests/end/assignment.sh.)
 */
#include "config.h"

#include "base/paths.h"
#include "base/save.h"
#include "base/utc.h"
#include "command/language.h"
#include "exercise/workspace.h"
#include "tests/screen/golden.h"
#include "view/home.h"

#include <locale.h>

static const struct screen_case {
	const char *name;
	int rows, cols;
	bool unicode;
	bool chinese;		/* these come last: the language stays */
	const char *now;
	const char *keys;
} cases[] = {
	{ "homework-80x24", 24, 80, true, false, "2026-11-12T12:00:00Z", "" },
	{ "homework-80x24-ascii", 24, 80, false, false,
	  "2026-11-12T12:00:00Z", "" },
	{ "homework-120x40", 40, 120, true, false, "2026-11-12T12:00:00Z",
	  "" },
	{ "homework-40x10-ascii", 10, 40, false, false,
	  "2026-11-12T12:00:00Z", "" },
	{ "homework-chosen-80x24", 24, 80, true, false,
	  "2026-11-16T01:00:00Z", "jj" },
	{ "homework-minutes-80x24", 24, 80, true, false,
	  "2026-11-16T23:58:30Z", "" },
	{ "homework-late-80x24", 24, 80, true, false,
	  "2026-11-17T12:00:00Z", "" },
	{ "homework-over-80x24", 24, 80, true, false,
	  "2026-11-18T12:00:00Z", "" },
	{ "homework-past-80x24", 24, 80, true, false,
	  "2026-12-18T12:00:00Z", "" },
	{ "homework-80x24-zh", 24, 80, true, true, "2026-11-12T12:00:00Z",
	  "" },
	{ "homework-120x40-zh", 40, 120, true, true,
	  "2026-11-17T12:00:00Z", "" },
};

static const char homework[] =
	"format: 1\n"
	"name: hw3\n"
	"title: Homework 3, pipes\n"
	"exercises:\n"
	"  - {name: pingpong, points: 20}\n"
	"  - {name: reap, points: 15}\n"
	"  - {name: filter, points: 10}\n"
	"  - {name: framing, points: 5}\n"
	"due: 2026-11-16T23:59:59Z\n"
	"late: [{until: 24h, lose: 10%}]\n"
	"hints: {cost: 5%}\n";

static void
lay(const char *folder, const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", folder, name), *why = NULL;

	if (save_file(path, text, strlen(text), &why) < 0)
		die("%s", why);
	free(path);
}

static void
start(const char *folder, const char *name)
{
	char *from = xasprintf(TOP_SRCDIR "/exercises/%s", name);
	char *to = xasprintf("%s/%s", folder, name), *why = NULL;
	struct exercise e;

	if (exercise_load(&e, from, NULL, NULL) < 0 ||
	    workspace_start(&e, to, &why) < 0)
		die("%s: %s", from, why ? why : "it cannot be read");
	exercise_release(&e);
	free(to);
	free(from);
}

/* One is done, one half and with a hint; one is not begun, and of one the
 * folder is gone.  The second assignment has a mistake, the third is gone.  */
static void
work(struct progress *p, const char *folder)
{
	char *path = xasprintf("%s/hw3.yaml", folder);
	char *wrong = xasprintf("%s/hw4.yaml", folder);
	char *gone = xasprintf("%s/hw2.yaml", folder);

	progress_assignment_open(p, path, folder);
	progress_assignment_open(p, wrong, folder);
	progress_assignment_open(p, gone, folder);
	progress_exercise_begin(p, "pingpong", folder);
	progress_exercise_tried(p, "pingpong", 10, 10, true);
	progress_exercise_begin(p, "reap", folder);
	progress_exercise_tried(p, "reap", 5, 10, false);
	progress_exercise_hints(p, "reap", 1);
	free(gone);
	free(wrong);
	free(path);
}

static enum screen_answer
open_none(void *arg, const char *folder, const char *workspace)
{
	(void)arg, (void)folder, (void)workspace;
	return SCREEN_STAY;
}

static void
draw(const struct screen_case *k, struct progress *p, struct canvas *c)
{
	struct home_config config = { .progress = p,
				      .open_exercise = open_none };
	struct home *h;

	if (!utc_parse(k->now, &config.now))
		die("%s is no time", k->now);
	h = home_new(&config);
	home_draw(h, c);
	for (const char *key = k->keys; *key; key++)
		home_key(h, *key);
	canvas_clear(c);
	home_draw(h, c);
	home_free(h);
}

static void
run_case(const struct screen_case *k, const char *folder)
{
	char *path = xasprintf("%s/%s.db", folder, k->name);
	struct canvas *c = canvas_new(k->rows, k->cols, k->unicode);
	struct progress *p = progress_open(path);

	if (k->chinese && language_set("zh_CN", NULL) < 0) {
		printf("ok %d - %s # SKIP no Chinese messages are built\n",
		       ++golden_number, k->name);
	} else {
		work(p, folder);
		draw(k, p, c);
		golden_compare(k->name, c);
	}
	progress_close(p);
	canvas_free(c);
	free(path);
}

int
main(void)
{
	char *folder = path_temporary(NULL);

	if (!folder)
		die("no temporary folder");
	setlocale(LC_ALL, "C.UTF-8");
	unsetenv("LANGUAGE");
	lay(folder, "hw3.yaml", homework);
	lay(folder, "hw4.yaml", "format: 1\nname: hw4\n");
	start(folder, "pingpong");
	start(folder, "reap");
	start(folder, "filter");
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		run_case(&cases[i], folder);
	printf("1..%d\n", golden_number);
	path_remove_tree(folder, NULL);
	free(folder);
	return golden_failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
