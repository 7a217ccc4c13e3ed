/* The chart.  */
#include "config.h"

#include "view/chart.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "bench/text.h"
#include "term/glyph.h"

#include <math.h>
#include <stdio.h>

enum {
	LABELS = 6,		/* cells left of the axis */
	VALUE = 6,		/* of the legend */
	LEGEND = 2 + 21 + VALUE,
	LEGEND_FROM = 70,	/* narrower: no legend */
	N_COLOURS = ROLE_ACTOR_6 - ROLE_ACTOR_1 + 1,
};

/* The plot: cells, and what they mean.  */
struct plot {
	const struct chart *k;
	struct canvas *c;
	struct rect r;
	double low, high;	/* values at the lowest and the highest row */
};

char
chart_letter(int mechanism)
{
	return (char)('a' + mechanism);
}

double
chart_value(const struct chart *k, int mechanism, int size)
{
	const struct point *p = figures_point(k->figures,
					      (enum mechanism)mechanism,
					      k->figure, k->place, size);

	if (!p)
		return 0;
	return k->p99 && k->figure == FIGURE_LATENCY ? p->p99 : p->value;
}

bool
chart_has(const struct chart *k, int mechanism)
{
	const struct line *line = &k->figures->line[mechanism];

	return line->measured || line->why;
}

/* The next of 1, 2, 5, 10, 20, ... that is not below (or not above) it.  */
static double
round_to(double value, bool up)
{
	double ten = pow(10, floor(log10(value)));
	static const double steps[] = { 1, 2, 5, 10 };
	int i = 0;

	while (i < 3 && ten * steps[i + 1] <= value * (1 + 1e-9))
		i++;
	return ten * (up && ten * steps[i] < value * (1 - 1e-9)
		      ? steps[i + 1] : steps[i]);
}

/* From the smallest value to the largest of what is shown; false: nothing. */
static bool
find_range(struct plot *p)
{
	bool any = false;

	for (int i = 0; i < MECH_MAX * SIZES; i++) {
		double v = chart_value(p->k, i / SIZES, i % SIZES);

		if (v <= 0)
			continue;
		if (!any || v < p->low)
			p->low = v;
		if (!any || v > p->high)
			p->high = v;
		any = true;
	}
	if (!any)
		return false;
	p->low = round_to(p->low, false);
	p->high = round_to(p->high, true);
	if (p->high <= p->low)
		p->high = p->low * 10;
	return true;
}

static int
row_of(const struct plot *p, double value)
{
	double part = log(value / p->low) / log(p->high / p->low);

	return p->r.y + (int)lround((1 - part) * (p->r.rows - 1));
}

static int
column_of(const struct plot *p, int size)
{
	return p->r.x + (int)lround((double)size * (p->r.cols - 1)
				    / (SIZES - 1));
}

/* Round values need no decimals, and there is little room.  */
static void
write_tick(struct buf *out, enum figure figure, double value)
{
	static const struct {
		double from;
		const char *unit[FIGURE_MAX];
	} units[] = {
		{ 1e9, { "s", "G" } }, { 1e6, { "ms", "M" } },
		{ 1e3, { "us", "k" } }, { 1, { "ns", "" } },
	};
	size_t i = 0;

	while (i + 1 < ARRAY_SIZE(units) && value < units[i].from * 0.999)
		i++;
	buf_addf(out, "%.0f%s", value / units[i].from, units[i].unit[figure]);
}

/* Values on the axis: powers of ten, or 1, 2, 5 where those are few; never
 * two in neighbouring rows.  */
static void
draw_values(const struct plot *p)
{
	bool fine = p->high / p->low < 1000;
	int last = p->c->rows + 2;

	for (double v = p->low; v <= p->high * 1.001;
	     v = round_to(v * 1.5, true)) {
		int y = row_of(p, v);
		struct buf text = BUF_INIT;

		if ((!fine && fabs(log10(v) - round(log10(v))) > 0.01)
		    || last - y < 2)
			continue;
		write_tick(&text, p->k->figure, v);
		canvas_put(p->c, y, p->r.x - 2 - cells_of(buf_str(&text)),
			   LABELS, ROLE_DIM, buf_str(&text));
		canvas_put(p->c, y, p->r.x - 1, 1, ROLE_BORDER,
			   glyph(p->c->unicode, GLYPH_TEE_LEFT));
		buf_release(&text);
		last = y;
	}
}

static void
draw_sizes(const struct plot *p)
{
	int y = p->r.y + p->r.rows, end = p->r.x;

	for (int i = 0; i < SIZES; i++) {
		struct buf text = BUF_INIT;
		int x = column_of(p, i), at;
		enum role role = i == p->k->size ? ROLE_SELECTED : ROLE_DIM;

		size_write(&text, bench_sizes[i]);
		at = x - (cells_of(buf_str(&text)) - 1) / 2;
		canvas_put(p->c, y, x, 1, ROLE_BORDER,
			   glyph(p->c->unicode, GLYPH_TEE_DOWN));
		/* The chosen one stands there in any case.  */
		if (at >= end || i == p->k->size)
			end = at + 1 + canvas_put(p->c, y + 1, at, 5, role,
						  buf_str(&text));
		buf_release(&text);
	}
}

static void
draw_axes(const struct plot *p)
{
	for (int y = p->r.y; y < p->r.y + p->r.rows; y++)
		canvas_put(p->c, y, p->r.x - 1, 1, ROLE_BORDER,
			   glyph(p->c->unicode, GLYPH_VLINE));
	canvas_put(p->c, p->r.y + p->r.rows, p->r.x - 1, 1, ROLE_BORDER,
		   glyph(p->c->unicode, GLYPH_BOTTOM_LEFT));
	for (int x = p->r.x; x < p->r.x + p->r.cols; x++)
		canvas_put(p->c, p->r.y + p->r.rows, x, 1, ROLE_BORDER,
			   glyph(p->c->unicode, GLYPH_HLINE));
	draw_values(p);
	draw_sizes(p);
}

/* The row of a line in this column, between the points to both sides; -1:
 * the line is not there.  */
static int
line_row(const struct plot *p, int m, int x)
{
	int before = -1, after = -1;
	double a, b, part;

	for (int i = 0; i < SIZES; i++) {
		if (chart_value(p->k, m, i) <= 0)
			continue;
		if (column_of(p, i) <= x)
			before = i;
		if (column_of(p, i) >= x && after < 0)
			after = i;
	}
	if (before < 0 || after < 0)
		return -1;
	a = chart_value(p->k, m, before);
	b = chart_value(p->k, m, after);
	if (before == after)
		return row_of(p, a);
	part = (double)(x - column_of(p, before))
	       / (column_of(p, after) - column_of(p, before));
	return row_of(p, a * pow(b / a, part));
}

static enum role
colour_of(const struct plot *p, int m)
{
	if (p->k->chosen >= 0 && p->k->chosen != m)
		return ROLE_DIM;
	return ROLE_ACTOR_1 + m % N_COLOURS;
}

static void
draw_line(const struct plot *p, int m)
{
	bool chosen = p->k->chosen == m;
	const char *dot = chosen ? glyph(p->c->unicode, GLYPH_BULLET)
				 : glyph(p->c->unicode, GLYPH_SLEEP);

	for (int x = p->r.x; x < p->r.x + p->r.cols; x++) {
		int y = line_row(p, m, x);

		if (y >= 0)
			canvas_put(p->c, y, x, 1, chosen ? ROLE_STRONG
				   : colour_of(p, m), dot);
	}
}

static bool
is_letter(const struct plot *p, int y, int x)
{
	const struct cell *cell = canvas_cell(p->c, y, x);

	return cell && cell->text[0] >= 'a' && cell->text[0] <= 'z';
}

/* Its letter in every 16th column, counted from another one for each line;
 * a line that is too short for that has it where there is room.  */
static void
draw_letters(const struct plot *p, int m)
{
	const char letter[2] = { chart_letter(m) };
	int last_x = -1, last_y = -1, n = 0;

	for (int x = p->r.x; x < p->r.x + p->r.cols; x++) {
		int y = line_row(p, m, x);

		if (y < 0)
			continue;
		if ((x - p->r.x) % MECH_MAX == (m * 5 + 2) % MECH_MAX) {
			canvas_put(p->c, y, x, 1, colour_of(p, m), letter);
			n++;
		}
		if (last_x < 0 || is_letter(p, last_y, last_x)) {
			last_x = x;
			last_y = y;
		}
	}
	if (!n && last_x >= 0)
		canvas_put(p->c, last_y, last_x, 1, colour_of(p, m), letter);
}

static void
draw_chosen(const struct plot *p)
{
	const char letter[2] = { chart_letter(p->k->chosen) };

	draw_line(p, p->k->chosen);
	for (int i = 0; i < SIZES; i++) {
		double v = chart_value(p->k, p->k->chosen, i);

		if (v > 0)
			canvas_put(p->c, row_of(p, v), column_of(p, i), 1,
				   i == p->k->size ? ROLE_SELECTED
				   : ROLE_STRONG, letter);
	}
}

static void
draw_lines(const struct plot *p)
{
	for (int m = MECH_MAX - 1; m >= 0; m--)
		draw_line(p, m);
	for (int m = MECH_MAX - 1; m >= 0; m--)
		draw_letters(p, m);
	if (p->k->chosen >= 0)
		draw_chosen(p);
}

/* One row of the legend: letter, title, value at the chosen size.  */
static void
legend_row(const struct chart *k, struct canvas *c, int y, int x, int m)
{
	double v = chart_value(k, m, k->size);
	enum role role = ROLE_ACTOR_1 + m % N_COLOURS;
	struct buf value = BUF_INIT;

	if (k->chosen >= 0 && k->chosen != m)
		role = ROLE_DIM;
	canvas_putf(c, y, x, 2, role, "%c", chart_letter(m));
	canvas_put_short(c, y, x + 2, LEGEND - VALUE - 2,
			 k->chosen == m ? ROLE_STRONG : ROLE_TEXT,
			 _(mechanism_def((enum mechanism)m)->title));
	if (v > 0)
		value_write(&value, k->figure, v);
	else
		buf_addc(&value, '-');
	canvas_put(c, y, x + LEGEND - 1 - cells_of(buf_str(&value)), VALUE,
		   ROLE_TEXT, buf_str(&value));
	if (k->chosen == m)
		canvas_paint(c, y, x, LEGEND - 1, ROLE_SELECTED);
	canvas_target(c, (struct rect){ y, x, 1, LEGEND - 1 },
		      TARGET_MECHANISM, m);
	buf_release(&value);
}

static void
draw_legend(const struct chart *k, struct canvas *c, struct rect r)
{
	int rows = r.rows - 1, n = 0, first = 0, y = r.y + 1;
	struct buf size = BUF_INIT;

	for (int m = 0; m < MECH_MAX; m++) {
		n += chart_has(k, m);
		/* The chosen one is to be seen.  */
		if (m == k->chosen && n > rows)
			first = n - rows;
	}
	size_write(&size, bench_sizes[k->size]);
	canvas_putf(c, r.y, r.x + 2, LEGEND - 3, ROLE_DIM,
		    k->figure == FIGURE_LATENCY ? _("us at size %s")
		    : _("bytes a second, size %s"), buf_str(&size));
	buf_release(&size);
	for (int m = 0; m < MECH_MAX && y < r.y + r.rows; m++)
		if (chart_has(k, m) && first-- <= 0)
			legend_row(k, c, y++, r.x, m);
}

void
chart_draw(const struct chart *k, struct canvas *c, struct rect r)
{
	bool legend = r.cols >= LEGEND_FROM && k->figures->when;
	struct plot p = { .k = k, .c = c, .r = {
		.y = r.y, .x = r.x + LABELS + 1, .rows = r.rows - 2,
		.cols = r.cols - LABELS - 2 - (legend ? LEGEND : 0) } };

	if (legend)
		draw_legend(k, c, (struct rect){ r.y, r.x + r.cols - LEGEND,
						 r.rows, LEGEND });
	if (p.r.rows < 2 || p.r.cols < SIZES)
		return;
	if (!find_range(&p)) {
		canvas_wrap(c, (struct rect){ r.y + 1, p.r.x, 3, p.r.cols },
			    ROLE_WARN, _("There are no such figures."));
		return;
	}
	draw_axes(&p);
	draw_lines(&p);
}
