/* Any bytes as the figures that are kept: read, written again, and shown.  */
#include "config.h"

#include "bench/advise.h"
#include "bench/record.h"
#include "bench/text.h"
#include "tests/fuzz/fuzz.h"
#include "view/chart.h"

#include <stdlib.h>
#include <string.h>

static void
show(const struct figures *f)
{
	static const int answer[QUESTIONS] = { 0 };
	struct canvas *c = canvas_new(24, 80, true);
	struct buf text = BUF_INIT;
	struct advices a;

	for (int i = 0; i < FIGURE_MAX * PLACE_MAX * 2; i++) {
		const struct chart k = { .figures = f, .figure = i % 2,
			.place = i / 2 % 2, .p99 = i / 4, .chosen = i };

		chart_draw(&k, c, (struct rect){ 0, 0, c->rows, c->cols });
	}
	canvas_free(c);
	figures_write(&text, f);
	age_write(&text, f, 0);
	advise(&a, answer, f);
	advice_write(&text, &a);
	buf_release(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct figures *f = xcalloc(1, sizeof(*f)), *g = xcalloc(1, sizeof(*g));
	struct buf once = BUF_INIT, twice = BUF_INIT;
	char *why = NULL;

	if (record_read(f, (const char *)data, size, &why) < 0) {
		if (!why)
			abort();
	} else {
		show(f);
		record_write(&once, f);
		if (record_read(g, once.data, once.len, &why) < 0)
			abort();
		record_write(&twice, g);
		if (once.len != twice.len ||
		    memcmp(once.data, twice.data, once.len))
			abort();
	}
	free(why);
	buf_release(&once);
	buf_release(&twice);
	figures_release(f);
	figures_release(g);
	free(f);
	free(g);
	return 0;
}
