/*
 * Golden screens of the figures and of the adviser, over canned figures
 * (tests/unit/bench_figures.h): nothing is measured here.
 */
#include "config.h"

#include "command/language.h"
#include "tests/screen/golden.h"
#include "tests/unit/bench_figures.h"
#include "view/adviser.h"
#include "view/bench_view.h"

#include "term/keys.h"

#include <locale.h>

static const struct screen_case {
	const char *name;
	int rows, cols;
	bool unicode;
	bool chinese;		/* these come last: the language stays */
	const char *keys;
	enum { FULL, QUICK, PARTIAL, SINGLE, NOTHING } figures;
	const char *changes;
	bool adviser;
} cases[] = {
	{ "bench-latency-80x24", 24, 80, .unicode = true },
	{ "bench-latency-80x24-ascii", 24, 80 },
	{ "bench-latency-200x60", 60, 200, .unicode = true },
	{ "bench-latency-200x60-ascii", 60, 200 },
	{ "bench-p99-80x24", 24, 80, .unicode = true, .keys = "\t" },
	{ "bench-throughput-80x24", 24, 80, .unicode = true, .keys = "\t\t" },
	{ "bench-throughput-80x24-ascii", 24, 80, .keys = "\t\t" },
	{ "bench-throughput-200x60", 60, 200, .unicode = true,
	  .keys = "\t\t" },
	{ "bench-throughput-two-80x24", 24, 80, .unicode = true,
	  .keys = "\t\tp" },
	{ "bench-latency-two-80x24", 24, 80, .unicode = true, .keys = "p" },
	{ "bench-chosen-80x24", 24, 80, .unicode = true, .keys = "jjjllll" },
	{ "bench-chosen-80x24-ascii", 24, 80, .keys = "jjjllll" },
	{ "bench-chosen-200x60", 60, 200, .unicode = true,
	  .keys = "jjjllllllllll" },
	{ "bench-chosen-failed-80x24", 24, 80, .unicode = true,
	  .keys = "jjjjjjjjj" },
	{ "bench-chosen-limit-80x24", 24, 80, .unicode = true,
	  .keys = "jjjjjjjjlllllllll" },
	{ "bench-chosen-last-80x24", 24, 80, .unicode = true, .keys = "G" },
	{ "bench-chosen-no-stream-80x24", 24, 80, .unicode = true,
	  .keys = "\t\tjjjjjjjjjjjjj" },
	{ "bench-table-80x24", 24, 80, .unicode = true, .keys = "tjj" },
	{ "bench-table-p99-80x24-ascii", 24, 80, .keys = "t\t" },
	{ "bench-table-200x60", 60, 200, .unicode = true, .keys = "t" },
	{ "bench-method-80x24", 24, 80, .unicode = true, .keys = "m" },
	{ "bench-method-end-80x24-ascii", 24, 80, .keys = "mG" },
	{ "bench-features-80x24", 24, 80, .unicode = true, .keys = "f" },
	{ "bench-features-80x24-ascii", 24, 80, .keys = "f    " },
	{ "bench-features-200x60", 60, 200, .unicode = true, .keys = "f" },
	{ "bench-chart-40x10", 10, 40, .unicode = true },
	{ "bench-chosen-40x10-ascii", 10, 40, .keys = "jj" },
	{ "bench-table-40x10", 10, 40, .unicode = true, .keys = "tjjjjjjjjj" },
	{ "bench-quick-80x24", 24, 80, .unicode = true, .figures = QUICK },
	{ "bench-quick-table-80x24", 24, 80, .unicode = true,
	  .figures = QUICK, .keys = "t" },
	{ "bench-partial-80x24", 24, 80, .unicode = true,
	  .figures = PARTIAL },
	{ "bench-single-80x24", 24, 80, .unicode = true, .figures = SINGLE },
	{ "bench-single-table-80x24", 24, 80, .figures = SINGLE,
	  .keys = "t" },
	{ "bench-changed-80x24", 24, 80, .unicode = true,
	  .changes = "The kernel was Linux 0.0.0-canned then and is Linux "
		     "1.0 now.\n" },
	{ "bench-none-80x24", 24, 80, .unicode = true, .figures = NOTHING },
	{ "bench-none-method-80x24", 24, 80, .figures = NOTHING,
	  .keys = "m" },
	{ "bench-none-table-80x24", 24, 80, .figures = NOTHING,
	  .keys = "tjG\tp" },
	{ "adviser-first-80x24", 24, 80, .unicode = true, .adviser = true },
	{ "adviser-last-80x24-ascii", 24, 80, .adviser = true,
	  .keys = "2121" },
	{ "adviser-back-80x24", 24, 80, .unicode = true, .adviser = true,
	  .keys = "22b" },
	{ "adviser-advice-80x24", 24, 80, .unicode = true, .adviser = true,
	  .keys = "11211" },
	{ "adviser-advice-end-80x24-ascii", 24, 80, .adviser = true,
	  .keys = "11211G" },
	{ "adviser-advice-200x60", 60, 200, .unicode = true, .adviser = true,
	  .keys = "21412" },
	{ "adviser-none-fits-80x24", 24, 80, .unicode = true,
	  .adviser = true, .keys = "31214" },
	{ "adviser-unmeasured-80x24", 24, 80, .unicode = true,
	  .adviser = true, .keys = "12411", .figures = NOTHING },
	{ "adviser-question-40x10", 10, 40, .unicode = true, .adviser = true,
	  .keys = "11j" },
	{ "bench-latency-80x24-zh", 24, 80, .unicode = true, .chinese = true },
	{ "bench-chosen-80x24-zh", 24, 80, .unicode = true, .chinese = true,
	  .keys = "\t\tjjj" },
	{ "bench-table-80x24-zh", 24, 80, .unicode = true, .chinese = true,
	  .keys = "t" },
	{ "bench-method-80x24-zh", 24, 80, .unicode = true, .chinese = true,
	  .keys = "m" },
	{ "bench-features-80x24-zh", 24, 80, .unicode = true,
	  .chinese = true, .keys = "f" },
	{ "bench-features-200x60-zh", 60, 200, .unicode = true,
	  .chinese = true, .keys = "f" },
	{ "adviser-last-80x24-zh", 24, 80, .unicode = true, .chinese = true,
	  .adviser = true, .keys = "2121" },
	{ "adviser-advice-80x24-zh", 24, 80, .unicode = true,
	  .chinese = true, .adviser = true, .keys = "11211" },
};

/* As a quick run leaves it, or one that was interrupted.  */
static void
leave_out(struct figures *f, const struct screen_case *k)
{
	for (int i = 0; i < MECH_MAX * FIGURE_MAX * PLACE_MAX * SIZES; i++) {
		int m = i / SIZES / PLACE_MAX / FIGURE_MAX, size = i % SIZES;
		int place = i / SIZES % PLACE_MAX;
		struct point *p = &f->line[m].point[i / SIZES / PLACE_MAX
				% FIGURE_MAX][place][size];

		if ((k->figures == QUICK && size % QUICK_STEP) ||
		    (k->figures == SINGLE && place == PLACE_TWO) ||
		    (k->figures == PARTIAL && m > MECH_UNIX_STREAM))
			*p = (struct point){ .value = 0 };
	}
	f->quick = k->figures == QUICK;
	f->complete = k->figures != PARTIAL;
	if (k->figures == SINGLE) {
		f->on[PLACE_TWO] = -1;
		f->n_processors = 1;
	}
}

static void
draw_figures(const struct screen_case *k, const struct figures *f,
	     struct canvas *c)
{
	struct bench_view *v = bench_view_new(k->figures == NOTHING ? NULL : f,
					      f->when + 3 * 24 * 3600,
					      k->changes ? k->changes : "");

	bench_view_draw(v, c);
	for (const char *key = k->keys; key && *key; key++) {
		bench_view_key(v, *key);
		canvas_clear(c);
		bench_view_draw(v, c);
	}
	bench_view_free(v);
}

static void
draw_adviser(const struct screen_case *k, const struct figures *f,
	     struct canvas *c)
{
	struct adviser *a = adviser_new(k->figures == NOTHING ? NULL : f);

	adviser_draw(a, c);
	for (const char *key = k->keys; key && *key; key++) {
		adviser_key(a, *key);
		canvas_clear(c);
		adviser_draw(a, c);
	}
	adviser_free(a);
}

static void
run_case(const struct screen_case *k)
{
	struct canvas *c = canvas_new(k->rows, k->cols, k->unicode);
	struct figures *f = canned_figures();

	leave_out(f, k);
	if (k->chinese && language_set("zh_CN", NULL) < 0) {
		printf("ok %d - %s # SKIP no Chinese messages are built\n",
		       ++golden_number, k->name);
	} else {
		(k->adviser ? draw_adviser : draw_figures)(k, f, c);
		golden_compare(k->name, c);
	}
	canned_free(f);
	canvas_free(c);
}

/* On every size, whatever is pressed: nothing may be drawn outside, and all
 * keys may come in any order.  */
static void
every_size(void)
{
	static const char keys[] = "jlt\tpmfjGgt\tkhp \033";
	struct figures *f = canned_figures();
	struct bench_view *v = bench_view_new(f, f->when, "");
	bool titled = true;

	for (int rows = 5; rows < 70; rows += 3)
		for (int cols = 20; cols < 210; cols += 7) {
			struct canvas *c = canvas_new(rows, cols, rows % 2);

			bench_view_key(v, keys[(rows * 31 + cols)
					       % (sizeof(keys) - 1)]);
			bench_view_draw(v, c);
			titled &= canvas_cell(c, 0, 1)->text[0] != ' ';
			canvas_free(c);
		}
	golden_tell(titled, "figures can be drawn at every size", NULL);
	bench_view_free(v);
	canned_free(f);
}

int
main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	unsetenv("LANGUAGE");
	setenv("TZ", "UTC", 1);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		run_case(&cases[i]);
	every_size();
	printf("1..%d\n", golden_number);
	return golden_failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
