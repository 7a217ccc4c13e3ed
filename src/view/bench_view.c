/* See bench_view.h.  */
#include "config.h"

#include "view/bench_view.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "bench/features.h"
#include "bench/record.h"
#include "bench/text.h"
#include "bench/worker.h"
#include "lesson/markdown.h"
#include "term/glyph.h"
#include "term/keys.h"
#include "view/adviser.h"
#include "view/chart.h"
#include "view/help.h"
#include "view/pager.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum page { PAGE_CHART, PAGE_TABLE, PAGE_METHOD, PAGE_FEATURES, PAGES };
enum { TOP = 2, FEATURE_CELLS = 26, NARROW = 60, BAR_CELLS = 12,
       SECONDS = 45 };

struct bench_view {
	const struct figures *figures;
	struct figures *own;	/* measured here; or nothing at all */
	struct worker worker;	/* that measures now */
	struct chart chart;
	enum page page;
	struct pager pager[PAGES];
	char *age, *changes;
};

static void
take_figures(struct bench_view *v, const struct figures *f, int64_t now)
{
	struct buf age = BUF_INIT;

	if (f->when)
		age_write(&age, f, now);
	free(v->age);
	v->age = buf_take(&age);
	v->figures = v->chart.figures = f;
	if (f->on[PLACE_TWO] < 0)
		v->chart.place = PLACE_ONE;
	for (int i = 0; i < PAGES; i++)
		v->pager[i].width = 0;
}

struct bench_view *
bench_view_new(const struct figures *f, int64_t now, const char *changes)
{
	struct bench_view *v = xcalloc(1, sizeof(*v));

	v->chart.chosen = -1;
	v->own = xcalloc(1, sizeof(*v->own));
	v->own->on[PLACE_TWO] = -1;
	v->changes = xstrdup(changes);
	take_figures(v, f ? f : v->own, now);
	return v;
}

void
bench_view_free(struct bench_view *v)
{
	for (int i = 0; i < PAGES; i++)
		pager_release(&v->pager[i]);
	worker_end(&v->worker);
	figures_release(v->own);
	free(v->own);
	free(v->age);
	free(v->changes);
	free(v);
}

/* Drawing.  */

void
bench_progress_write(struct buf *out, const struct bench_progress *p,
		     bool unicode)
{
	int eighths = (int)(p->part * BAR_CELLS * 8);
	struct buf size = BUF_INIT;

	size_write(&size, p->size);
	buf_addc(out, '[');
	for (int i = 0; i < BAR_CELLS; i++)
		buf_adds(out, glyph_eighth(unicode, eighths - i * 8));
	buf_addf(out, _("] %3.0f%%  %.0f s done, %.0f s left  %s, %s, %s"),
		 p->part * 100, p->seconds, p->left,
		 _(mechanism_def(p->mechanism)->title), buf_str(&size),
		 figure_title(p->figure));
	buf_release(&size);
}

static void
draw_progress(const struct bench_view *v, struct canvas *c)
{
	struct buf line = BUF_INIT;

	if (v->worker.told)
		bench_progress_write(&line, &v->worker.last, c->unicode);
	else
		buf_adds(&line, _("measuring"));
	canvas_fill(c, 1, 0, 1, c->cols, ROLE_TEXT, ' ');
	canvas_put_short(c, 1, 1, c->cols - 2, ROLE_READY, buf_str(&line));
	buf_release(&line);
}

static void
draw_head(const struct bench_view *v, struct canvas *c)
{
	const struct chart *k = &v->chart;
	bool aged = v->page != PAGE_FEATURES && c->cols >= NARROW;
	int room = c->cols - 3 - (aged ? cells_of(v->age) : 0);
	char *title = k->p99 ? xasprintf(_("%s, 99th percentile, %s"),
					 figure_title(k->figure),
					 placement_title(k->place))
			     : xasprintf(_("%s, %s"), figure_title(k->figure),
					 placement_title(k->place));
	int x = 1;

	x += canvas_put_short(c, 0, x, room, ROLE_TITLE,
			      v->page == PAGE_FEATURES
			      ? _("What each mechanism gives")
			      : v->page == PAGE_METHOD
			      ? _("How it was measured")
			      : _("What it costs"));
	if (v->page == PAGE_CHART || v->page == PAGE_TABLE)
		canvas_putf(c, 0, x, room - x, ROLE_TITLE, " > %s", title);
	if (aged)
		canvas_put(c, 0, c->cols - 1 - cells_of(v->age), c->cols,
			   ROLE_DIM, v->age);
	free(title);
}

/* Where it was measured, or what is no longer so.  */
static void
draw_machine(const struct bench_view *v, struct canvas *c)
{
	const struct figures *f = v->figures;

	if (!f->when) {
		canvas_putf(c, 1, 1, c->cols - 2, ROLE_WARN,
			    _("Nothing was measured here yet: %s measures."),
			    keys_name(keys_for(SCREEN_BENCH,
					       ACTION_MEASURE)));
		return;
	}
	if (v->changes[0]) {
		char *first = xstrndup(v->changes, strcspn(v->changes, "\n"));

		canvas_put_short(c, 1, 1, c->cols - 2, ROLE_WARN, first);
		free(first);
		return;
	}
	if (!f->complete) {
		canvas_put_short(c, 1, 1, c->cols - 2, ROLE_WARN,
				 _("It was interrupted: some figures are "
				   "missing or of fewer rounds."));
		return;
	}
	canvas_putf(c, 1, 1, c->cols - 2, ROLE_DIM, "%s, %s", f->kernel,
		    f->processor[0] ? f->processor : f->machine);
}

/* What is chosen, in a sentence.  */
static void
tell_chosen(const struct bench_view *v, struct buf *out)
{
	const struct chart *k = &v->chart;
	enum mechanism m = (enum mechanism)k->chosen;
	const struct point *p = figures_point(v->figures, m, k->figure,
					      k->place, k->size);
	struct buf size = BUF_INIT;

	size_write(&size, bench_sizes[k->size]);
	buf_addf(out, _("%c %s, size %s: "), chart_letter(m),
		 _(mechanism_def(m)->title), buf_str(&size));
	buf_release(&size);
	if (!p) {
		figures_lack(v->figures, m, k->figure, k->size, out);
		buf_adds(out, _("."));
		return;
	}
	amount_write(out, k->figure, p->value);
	if (k->figure == FIGURE_LATENCY)
		buf_adds(out, m == MECH_VM_READ ? _(" for one call")
						: _(" there and back"));
	if (p->p99 > 0) {
		struct buf amount = BUF_INIT;

		amount_write(&amount, k->figure, p->p99);
		buf_addf(out, _("; 99 in 100 take no more than %s"),
			 buf_str(&amount));
		buf_release(&amount);
	}
	buf_addf(out, _("; samples: %u."), p->samples);
}

static void
draw_chart(const struct bench_view *v, struct canvas *c)
{
	int told = c->rows >= 16 ? 2 : 1, rows = c->rows - TOP - told - 1;
	struct buf text = BUF_INIT;

	chart_draw(&v->chart, c, (struct rect){ TOP, 0, rows, c->cols });
	if (v->chart.chosen >= 0)
		tell_chosen(v, &text);
	else
		buf_adds(&text, _("Each letter is a mechanism, and each line "
				  "its cost by the size of a message.  Down "
				  "chooses one, Right another size."));
	canvas_wrap(c, (struct rect){ TOP + rows, 1, told, c->cols - 2 },
		    ROLE_TEXT, buf_str(&text));
	buf_release(&text);
}

/* The row of the chosen mechanism; the first one is the head.  */
static int
table_line(const struct chart *k)
{
	int row = 0;

	if (k->chosen < 0)
		return -1;
	for (int m = 0; m <= k->chosen; m++)
		row += chart_has(k, m);
	return row;
}

/* What the text of a page is, for a width.  */
static void
write_page(struct bench_view *v, struct buf *text, int width, bool unicode)
{
	const struct chart *k = &v->chart;
	struct look look = { .width = width, .unicode = unicode };
	struct styled lines = STYLED_INIT;

	if (v->page == PAGE_TABLE) {
		const struct table_look table = { k->figure, k->place, k->p99,
						  width };

		figures_table_write(text, v->figures, &table);
	} else if (v->page == PAGE_METHOD && !v->figures->when) {
		buf_addf(text, "%s\n", _("There are no such figures."));
	} else if (v->page == PAGE_METHOD) {
		machine_write(text, v->figures);
		buf_adds(text, v->changes);
		buf_addc(text, '\n');
		method_write(text, v->figures);
		buf_addc(text, '\n');
		notes_write(text, v->figures);
	} else {
		int columns = width / FEATURE_CELLS;

		features_markdown(text, columns ? columns : 1, 2);
		markdown_lines(&lines, buf_str(text), text->len, &look);
		buf_clear(text);
		styled_text(&lines, text);
		styled_release(&lines);
	}
}

static void
draw_text(struct bench_view *v, struct canvas *c)
{
	struct pager *p = &v->pager[v->page];
	int width = c->cols - 2;

	if (p->width != width) {
		struct buf text = BUF_INIT;

		write_page(v, &text, width, c->unicode);
		pager_set(p, &text, width);
	}
	pager_draw(p, c, (struct rect){ TOP, 1, c->rows - TOP - 1, width },
		   v->page == PAGE_TABLE ? table_line(&v->chart) : -1);
}

void
bench_view_draw(struct bench_view *v, struct canvas *c)
{
	static const enum action keys[] = {
		ACTION_FIGURE, ACTION_PROCESSORS, ACTION_TABLE,
		ACTION_FEATURES, ACTION_ADVISE, ACTION_HELP, ACTION_CLOSE,
		ACTION_MEASURE, ACTION_METHOD, ACTION_NONE,
	};

	draw_head(v, c);
	if (v->page == PAGE_CHART || v->page == PAGE_TABLE)
		draw_machine(v, c);
	if (v->page == PAGE_CHART)
		draw_chart(v, c);
	else
		draw_text(v, c);
	if (v->worker.pid)
		draw_progress(v, c);
	help_line(c, c->rows - 1, 0, c->cols, SCREEN_BENCH, keys);
}

/* Keys.  */

/* The next mechanism that has a line, up or down; none before the first. */
static void
choose(struct chart *k, int by)
{
	int m = k->chosen + by;

	while (m >= 0 && m < MECH_MAX && !chart_has(k, m))
		m += by;
	if (m < MECH_MAX)
		k->chosen = m < -1 ? -1 : m;
}

static void
choose_end(struct chart *k, bool last)
{
	k->chosen = last ? MECH_MAX : -1;
	choose(k, last ? -1 : 1);
}

static void
next_figure(struct bench_view *v)
{
	struct chart *k = &v->chart;

	if (k->figure == FIGURE_LATENCY && !k->p99) {
		k->p99 = true;
	} else {
		k->p99 = false;
		k->figure = k->figure == FIGURE_LATENCY ? FIGURE_THROUGHPUT
							: FIGURE_LATENCY;
	}
	v->pager[PAGE_TABLE].width = 0;
}

static void
next_placement(struct bench_view *v)
{
	if (v->figures->on[PLACE_TWO] < 0) {
		screen_say(_("There was only one processor."));
		return;
	}
	v->chart.place = v->chart.place == PLACE_ONE ? PLACE_TWO : PLACE_ONE;
	v->pager[PAGE_TABLE].width = 0;
}

static void
turn_to(struct bench_view *v, enum page page)
{
	v->page = v->page == page ? PAGE_CHART : page;
}

/* A size that was measured.  */
static void
choose_size(struct bench_view *v, int by)
{
	int step = v->figures->quick ? QUICK_STEP : 1;
	int size = v->chart.size + by * step;

	if (size >= 0 && size < SIZES)
		v->chart.size = size;
}

static bool
move(struct bench_view *v, enum action action)
{
	struct chart *k = &v->chart;

	if (v->page == PAGE_METHOD || v->page == PAGE_FEATURES)
		return pager_move(&v->pager[v->page], action);
	switch (action) {
	case ACTION_UP:
	case ACTION_DOWN:
		choose(k, action == ACTION_UP ? -1 : 1);
		return true;
	case ACTION_LEFT:
	case ACTION_RIGHT:
		choose_size(v, action == ACTION_LEFT ? -1 : 1);
		return true;
	case ACTION_FIRST:
	case ACTION_LAST:
		choose_end(k, action == ACTION_LAST);
		return true;
	default:
		return false;
	}
}

/* Begin; again: enough.  */
static void
measure(struct bench_view *v)
{
	const struct bench_plan plan = { .seconds = SECONDS };
	char *why = NULL;

	if (v->worker.pid)
		worker_stop(&v->worker);
	else if (worker_start(&v->worker, &plan, &why) < 0)
		screen_say(why);
	free(why);
}

/* The worker has told something.  */
static bool
pump(void *arg)
{
	struct bench_view *v = arg;
	struct figures *f;
	char *why = NULL;
	enum worker_state state;

	if (!v->worker.pid)
		return false;
	f = xcalloc(1, sizeof(*f));
	state = worker_pump(&v->worker, f, &why);
	if (state == WORKER_DONE) {
		take_figures(v, f, time(NULL));
		v->changes[0] = '\0';
		figures_release(v->own);
		free(v->own);
		v->own = f;
		if (f->complete && record_keep(f, &why) < 0)
			screen_say(why);
	} else {
		if (state == WORKER_FAILED)
			screen_say(why);
		figures_release(f);
		free(f);
	}
	free(why);
	return true;
}

static int
polls(void *arg, struct pollfd *fds)
{
	struct bench_view *v = arg;

	if (!v->worker.pid)
		return 0;
	fds[0] = (struct pollfd){ .fd = v->worker.fd, .events = POLLIN };
	return 1;
}

static enum screen_answer
advise_here(struct bench_view *v)
{
	return adviser_run(v->figures->when ? v->figures : NULL)
	       == SCREEN_LEAVE ? SCREEN_LEAVE
						       : SCREEN_STAY;
}

enum screen_answer
bench_view_key(struct bench_view *v, int key)
{
	enum action action = keys_action(SCREEN_BENCH, key);

	if (key == KEYS_CLICK) {
		if (keys_mouse.kind == TARGET_MECHANISM)
			v->chart.chosen = (int)keys_mouse.what;
		return SCREEN_STAY;
	}
	if (move(v, action))
		return SCREEN_STAY;
	switch (action) {
	case ACTION_FIGURE:
		next_figure(v);
		break;
	case ACTION_PROCESSORS:
		next_placement(v);
		break;
	case ACTION_TABLE:
		turn_to(v, PAGE_TABLE);
		break;
	case ACTION_METHOD:
		turn_to(v, PAGE_METHOD);
		break;
	case ACTION_FEATURES:
		turn_to(v, PAGE_FEATURES);
		break;
	case ACTION_MEASURE:
		measure(v);
		break;
	case ACTION_ADVISE:
		return advise_here(v);
	case ACTION_CANCEL:
		if (v->page == PAGE_CHART && v->chart.chosen < 0)
			return SCREEN_UP;
		v->chart.chosen = -1;
		v->page = PAGE_CHART;
		break;
	case ACTION_HELP:
		return help_run(SCREEN_BENCH, _("what each mechanism costs"));
	case ACTION_CLOSE:
		return SCREEN_UP;
	case ACTION_LEAVE:
		return SCREEN_LEAVE;
	default:
		return SCREEN_IGNORED;
	}
	return SCREEN_STAY;
}

static void
draw(void *arg, struct canvas *c)
{
	bench_view_draw(arg, c);
}

static enum screen_answer
pressed(void *arg, int key)
{
	return bench_view_key(arg, key);
}

enum screen_answer
bench_view_run(const struct figures *f)
{
	struct buf changes = BUF_INIT;
	struct bench_view *v;
	struct screen s = { .draw = draw, .key = pressed, .poll = polls,
			    .pump = pump };
	enum screen_answer answer;

	if (f)
		changes_write(&changes, f);
	v = bench_view_new(f, time(NULL), buf_str(&changes));
	s.arg = v;
	answer = screen_run(&s);
	bench_view_free(v);
	buf_release(&changes);
	return answer == SCREEN_LEAVE ? SCREEN_LEAVE : SCREEN_STAY;
}

enum screen_answer
bench_view_last(void)
{
	struct figures *f = xcalloc(1, sizeof(*f));
	bool measured = record_last(f, NULL) == 0;
	enum screen_answer answer = bench_view_run(measured ? f : NULL);

	figures_release(f);
	free(f);
	return answer;
}
