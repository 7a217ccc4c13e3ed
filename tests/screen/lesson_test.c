/*
 * Golden screens of the home and the lesson screen, over the lesson of
 * tests/end/lessons.  Nothing is run: a claim that is not run says so.  (That
 * claims are ticked and experiments are driven is tests/end/lab.sh.)
 */
#include "config.h"

#include "base/paths.h"
#include "command/language.h"
#include "tests/screen/golden.h"
#include "view/home.h"
#include "view/lesson_view.h"

#include <locale.h>

static const struct screen_case {
	const char *name;
	int rows, cols;
	bool unicode;
	bool chinese;		/* these come last: the language stays */
	const char *keys;	/* pressed after the first frame */
	bool home;
	const char *search;	/* on the home screen */
	int done;		/* earlier: 0 nothing, 1 begun, 2 done */
} cases[] = {
	{ "home-80x24", 24, 80, .unicode = true, .home = true },
	{ "home-80x24-ascii", 24, 80, .home = true },
	{ "home-continue-80x24", 24, 80, .unicode = true, .home = true,
	  .done = 1 },
	{ "home-continue-120x40", 40, 120, .unicode = true, .home = true,
	  .done = 1 },
	{ "home-chosen-80x24", 24, 80, .unicode = true, .home = true,
	  .done = 1, .keys = "j" },
	{ "home-done-80x24", 24, 80, .unicode = true, .home = true,
	  .done = 2 },
	{ "home-continue-40x10-ascii", 10, 40, .home = true, .done = 1 },
	{ "home-found-80x24", 24, 80, .unicode = true, .home = true,
	  .search = "short" },
	{ "home-not-found-80x24", 24, 80, .unicode = true, .home = true,
	  .search = "quantum" },
	{ "lesson-intro-80x24", 24, 80, .unicode = true },
	{ "lesson-intro-40x10-ascii", 10, 40 },
	{ "lesson-resumed-80x24", 24, 80, .unicode = true, .done = 1 },
	{ "lesson-question-80x24", 24, 80, .unicode = true, .keys = "n" },
	{ "lesson-question-80x24-ascii", 24, 80, .keys = "n" },
	{ "lesson-question-first-80x24", 24, 80, .unicode = true,
	  .keys = "nn" },
	{ "lesson-right-80x24", 24, 80, .unicode = true, .keys = "n1" },
	{ "lesson-wrong-80x24", 24, 80, .unicode = true, .keys = "n2" },
	{ "lesson-wrong-80x24-ascii", 24, 80, .keys = "n2" },
	{ "lesson-wrong-120x40", 40, 120, .unicode = true, .keys = "n2" },
	{ "lesson-scrolled-80x24", 24, 80, .unicode = true,
	  .keys = "n1jjj" },
	{ "lesson-answer-below-40x10", 10, 40, .unicode = true,
	  .keys = "n2" },
	{ "lesson-question-below-40x10", 10, 40, .unicode = true,
	  .keys = "nn" },
	{ "lesson-experiment-80x24", 24, 80, .unicode = true,
	  .keys = "n1n" },
	{ "lesson-summary-80x24", 24, 80, .unicode = true, .keys = "n1nn" },
	{ "lesson-summary-120x40", 40, 120, .unicode = true,
	  .keys = "n1nn" },
	{ "lesson-back-80x24", 24, 80, .unicode = true, .keys = "n1nnp" },
	{ "home-continue-80x24-zh", 24, 80, .unicode = true, .home = true,
	  .done = 1, .chinese = true },
	{ "home-done-120x40-zh", 40, 120, .unicode = true, .home = true,
	  .done = 2, .chinese = true },
	{ "lesson-intro-80x24-zh", 24, 80, .unicode = true, .chinese = true },
	{ "lesson-wrong-80x24-zh", 24, 80, .unicode = true, .keys = "n2",
	  .chinese = true },
	{ "lesson-right-120x40-zh", 40, 120, .unicode = true, .keys = "n1",
	  .chinese = true },
	{ "lesson-summary-80x24-zh", 24, 80, .unicode = true,
	  .keys = "n1nn", .chinese = true },
	{ "lesson-right-40x10-zh", 10, 40, .unicode = true, .keys = "n1",
	  .chinese = true },
};

static enum screen_answer
open_none(void *arg, const struct lesson *l)
{
	(void)arg, (void)l;
	return SCREEN_STAY;
}

static void
earlier(struct progress *p, int done)
{
	if (done < 1)
		return;
	progress_at(p, "01-bytes", "where", 1);
	progress_at(p, "01-bytes", "turn", 2);
	progress_answer(p, "01-bytes", "where", 0, 0, true);
	progress_experiment(p, "01-bytes", "turn");
	if (done > 1)
		progress_done(p, "01-bytes");
}

static void
draw_home(const struct screen_case *k, struct progress *p, struct canvas *c)
{
	struct catalogue all = CATALOGUE_INIT;
	struct home *h;

	catalogue_load(&all);
	h = home_new(&(struct home_config){ .lessons = &all, .progress = p,
					    .open = open_none });
	home_draw(h, c);
	if (k->search)
		home_search(h, k->search);
	for (const char *key = k->keys; key && *key; key++)
		home_key(h, *key);
	canvas_clear(c);
	home_draw(h, c);
	home_free(h);
	catalogue_release(&all);
}

static void
draw_lesson(const struct screen_case *k, struct progress *p, struct canvas *c)
{
	char *why = NULL;
	struct lesson *l = lesson_open(TOP_SRCDIR "/tests/end/lessons/01-bytes",
				       &why);
	struct lesson_view *v;

	if (!l)
		die("%s", why);
	v = lesson_view_new(l, p, "this test runs nothing");
	lesson_view_draw(v, c);
	for (const char *key = k->keys; key && *key; key++) {
		lesson_view_key(v, *key);
		canvas_clear(c);
		lesson_view_draw(v, c);
	}
	lesson_view_free(v);
	lesson_free(l);
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
		earlier(p, k->done);
		if (k->home)
			draw_home(k, p, c);
		else
			draw_lesson(k, p, c);
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
	setenv("IPCLAB_LESSONS", TOP_SRCDIR "/tests/end/lessons", 1);
	setenv("IPCLAB_DATADIR", folder, 1);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		run_case(&cases[i], folder);
	printf("1..%d\n", golden_number);
	path_remove_tree(folder, NULL);
	free(folder);
	return golden_failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
