/* Figures as text.  */
#include "config.h"

#include "bench/text.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "bench/machine.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 78, NAME_CELLS = 21, CELL = 5 };

/* Three digits, or two and a unit's letter.  ASCII: "us", not "µs".  */
void
value_write(struct buf *out, enum figure figure, double value)
{
	static const char units[] = " kMGT";
	int unit = 0;

	if (figure == FIGURE_LATENCY) {
		double us = value / 1000;

		if (us < 9999.5)
			buf_addf(out, "%.*f", us < 9.995 ? 2 : us < 99.95 ? 1
				 : 0, us);
		else
			buf_addf(out, "%.0fms", us / 1000);
		return;
	}
	while (value >= 999.5 && units[unit + 1]) {
		value /= 1000;
		unit++;
	}
	buf_addf(out, "%.*f%.1s", value < 9.95 && unit ? 1 : 0, value,
		 unit ? &units[unit] : "");
}

void
size_write(struct buf *out, uint32_t bytes)
{
	if (bytes >= 1 << 20)
		buf_addf(out, "%uM", bytes >> 20);
	else if (bytes >= 1 << 10)
		buf_addf(out, "%uK", bytes >> 10);
	else
		buf_addf(out, "%u", bytes);
}

void
amount_write(struct buf *out, enum figure figure, double value)
{
	static const struct {
		double from;
		const char *unit[FIGURE_MAX];
	} units[] = {
		{ 1e9, { N_("s"), N_("GB/s") } },
		{ 1e6, { N_("ms"), N_("MB/s") } },
		{ 1e3, { N_("us"), N_("kB/s") } },
		{ 1, { N_("ns"), N_("B/s") } },
	};
	size_t i = 0;

	while (i + 1 < ARRAY_SIZE(units) && value < units[i].from)
		i++;
	value /= units[i].from;
	buf_addf(out, "%.*f %s", value < 9.95 ? 1 : 0, value,
		 _(units[i].unit[figure]));
}

const char *
figure_title(enum figure figure)
{
	return figure == FIGURE_LATENCY ? _("latency") : _("throughput");
}

const char *
placement_title(enum placement place)
{
	return place == PLACE_ONE ? _("one processor") : _("two processors");
}

void
age_write(struct buf *out, const struct figures *f, int64_t now)
{
	int64_t minutes = (now - f->when) / 60;

	if (minutes < 2)
		buf_adds(out, _("measured just now"));
	else if (minutes < 120)
		buf_addf(out, _("measured %d minutes ago"), (int)minutes);
	else if (minutes < 48 * 60)
		buf_addf(out, _("measured %d hours ago"), (int)(minutes / 60));
	else
		buf_addf(out, _("measured %d days ago"),
			 (int)(minutes / 60 / 24));
}

void
changes_write(struct buf *out, const struct figures *f)
{
	struct figures now = { .when = 0 };

	machine_look(&now);
	if (strcmp(now.kernel, f->kernel) != 0)
		buf_addf(out, _("The kernel was %s then and is %s now.\n"),
			 f->kernel, now.kernel);
	if (strcmp(now.machine, f->machine) != 0 ||
	    strcmp(now.processor, f->processor) != 0)
		buf_addf(out, _("The processor was %s then and is %s now.\n"),
			 f->processor[0] ? f->processor : f->machine,
			 now.processor[0] ? now.processor : now.machine);
}

static void
put_line(void *arg, const char *start, size_t len)
{
	struct buf *out = arg;

	buf_add(out, start, len);
	buf_addc(out, '\n');
}

static void
paragraph(struct buf *out, const char *text)
{
	cells_wrap(text, WIDTH, put_line, out);
}

void
machine_write(struct buf *out, const struct figures *f)
{
	char when[64] = "?", *text;
	time_t t = (time_t)f->when;
	struct tm tm;

	if (localtime_r(&t, &tm))
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M", &tm);
	text = xasprintf(_("Measured %s on %s %s, %s (processors: %u)."), when,
			 f->kernel, f->machine, f->processor[0] ? f->processor
			 : _("unknown processor"), f->n_processors);
	paragraph(out, text);
	free(text);
	if (!f->complete)
		paragraph(out, _("It was interrupted: some figures are "
				 "missing or of fewer rounds."));
}

static void
method_processors(struct buf *text, const struct figures *f)
{
	if (!f->pinned)
		buf_adds(text, _("The processes could not be bound to "
				 "processors: the kernel put them where it "
				 "liked."));
	else if (f->on[PLACE_TWO] < 0)
		buf_addf(text, _("Both processes were bound to processor %d; "
				 "there is no second one."), f->on[PLACE_ONE]);
	else
		buf_addf(text, _("One processor: both processes were bound to "
				 "processor %d.  Two processors: one to %d, "
				 "the other to %d."), f->on[PLACE_ONE],
			 f->on[PLACE_ONE], f->on[PLACE_TWO]);
	if (f->siblings)
		buf_adds(text, _("  These two are halves of one core."));
}

void
method_write(struct buf *out, const struct figures *f)
{
	struct buf text = BUF_INIT;

	method_processors(&text, f);
	paragraph(out, buf_str(&text));
	paragraph(out, _("Latency: a message there and one of the same size "
			 "back; both sides sleep while they wait (but for the "
			 "polled file).  The median "
			 "is the best of the rounds' medians, the 99th "
			 "percentile is that of all samples of all rounds; "
			 "with fewer than 100 samples there is none."));
	paragraph(out, _("Throughput: one side sends batches of messages "
			 "until the other one has them all; the best of the "
			 "rounds' medians.  1 MB is 1,000,000 bytes; sizes "
			 "are powers of two: 1K is 1024 bytes."));
	buf_clear(&text);
	buf_addf(&text, _("Rounds through everything: %u.  Before each "
			  "measurement an eighth of its time is for warming "
			  "up.  A look at the clock costs %.0f ns; there is "
			  "one in each latency, not subtracted.  All of it "
			  "took %.0f s."), f->rounds, f->clock_ns, f->seconds);
	paragraph(out, buf_str(&text));
	buf_release(&text);
}

static void
note_of(struct buf *text, const struct figures *f, enum mechanism m)
{
	const struct mechanism_def *def = mechanism_def(m);
	const struct line *line = &f->line[m];
	size_t from;

	buf_addf(text, "%s%s", _(def->title), _(": "));
	from = text->len;
	if (line->why) {
		buf_add_part(text, from, line->why);
		return;
	}
	if (def->note)
		buf_add_part(text, from, _(def->note));
	if (m == MECH_FILE && f->file_system[0]) {
		char *where = xasprintf(_("on %s"), f->file_system);

		buf_add_part(text, from, where);
		free(where);
	}
	if (line->largest) {
		struct buf limit = BUF_INIT;

		buf_addf(&limit, _("nothing larger than %u bytes: %s"),
			 line->largest, def->limit ? _(def->limit)
			 : _("the kernel refuses it"));
		buf_add_part(text, from, buf_str(&limit));
		buf_release(&limit);
	}
	if (text->len == from)
		buf_clear(text);
}

void
notes_write(struct buf *out, const struct figures *f)
{
	for (int m = 0; m < MECH_MAX; m++) {
		struct buf text = BUF_INIT;

		if (f->line[m].measured || f->line[m].why)
			note_of(&text, f, (enum mechanism)m);
		if (text.len)
			paragraph(out, buf_str(&text));
		buf_release(&text);
	}
}

static void
pad(struct buf *out, int cells)
{
	while (cells-- > 0)
		buf_addc(out, ' ');
}

/* Text at the right of a column.  */
static void
right(struct buf *out, const char *text, int cells)
{
	pad(out, cells - cells_of(text));
	buf_adds(out, text);
}

/* Is this size a column?  Few of them where the table is narrow, every other
 * one of a quick run, else all; cells: how wide each is.  */
static bool
is_column(const struct figures *f, const struct table_look *look, int size,
	  int *cells)
{
	static const bool few[SIZES] = {
		[0] = true, [4] = true, [6] = true, [8] = true, [10] = true,
	};

	*cells = CELL;
	if (look->width < NAME_CELLS + SIZES * CELL)
		return few[size];
	if (!f->quick)
		return true;
	*cells = CELL + 3;
	return size % QUICK_STEP == 0;
}

static void
table_head(struct buf *out, const struct figures *f,
	   const struct table_look *look)
{
	int cells;

	pad(out, NAME_CELLS);
	for (int i = 0; i < SIZES; i++) {
		struct buf size = BUF_INIT;

		if (!is_column(f, look, i, &cells))
			continue;
		size_write(&size, bench_sizes[i]);
		right(out, buf_str(&size), cells);
		buf_release(&size);
	}
	buf_addc(out, '\n');
}

static void
table_row(struct buf *out, const struct figures *f, enum mechanism m,
	  const struct table_look *look)
{
	const char *title = _(mechanism_def(m)->title);
	int cells;

	buf_adds(out, title);
	pad(out, NAME_CELLS - cells_of(title));
	for (int i = 0; i < SIZES; i++) {
		const struct point *p = figures_point(f, m, look->figure,
						      look->place, i);
		double value = !p ? 0 : look->p99 ? p->p99 : p->value;
		struct buf cell = BUF_INIT;

		if (!is_column(f, look, i, &cells))
			continue;
		if (value > 0)
			value_write(&cell, look->figure, value);
		else
			buf_addc(&cell, '-');
		right(out, buf_str(&cell), cells);
		buf_release(&cell);
	}
	buf_addc(out, '\n');
}

void
figures_table_write(struct buf *out, const struct figures *f,
		    const struct table_look *look)
{
	table_head(out, f, look);
	for (int m = 0; m < MECH_MAX; m++)
		if (f->line[m].measured || f->line[m].why)
			table_row(out, f, (enum mechanism)m, look);
}

void
table_title_write(struct buf *out, const struct table_look *look)
{
	if (look->figure == FIGURE_THROUGHPUT)
		buf_addf(out, _("Throughput, bytes a second; %s; by bytes of a "
				"message\n"), placement_title(look->place));
	else if (look->p99)
		buf_addf(out, _("Latency, 99th percentile, us; %s; by bytes of "
				"a message\n"), placement_title(look->place));
	else
		buf_addf(out, _("Latency, median, us; %s; by bytes of a "
				"message\n"), placement_title(look->place));
}

static void
titled_table(struct buf *out, const struct figures *f, enum figure figure,
	     enum placement place, bool p99)
{
	const struct table_look look = { figure, place, p99, WIDTH };

	buf_addc(out, '\n');
	table_title_write(out, &look);
	figures_table_write(out, f, &look);
}

void
figures_write(struct buf *out, const struct figures *f)
{
	int places = f->on[PLACE_TWO] < 0 ? 1 : PLACE_MAX;

	machine_write(out, f);
	for (int place = 0; place < places; place++) {
		titled_table(out, f, FIGURE_LATENCY, place, false);
		titled_table(out, f, FIGURE_LATENCY, place, true);
	}
	for (int place = 0; place < places; place++)
		titled_table(out, f, FIGURE_THROUGHPUT, place, false);
	buf_addf(out, "\n%s\n", _("How it was measured"));
	method_write(out, f);
	buf_addf(out, "\n%s\n", _("What was measured"));
	notes_write(out, f);
}
