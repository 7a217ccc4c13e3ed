/* The text of a step, as lines of a width.  */
#include "config.h"

#include "view/lesson_inside.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "bench/record.h"
#include "lesson/markdown.h"
#include "lesson/need.h"
#include "lesson/plain.h"
#include "term/glyph.h"
#include "view/chart.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHART_ROWS = 22 };

struct writing {
	struct lesson_view *v;
	struct styled *out;
	struct look look;
};

static void
blank(struct writing *w)
{
	size_t n = w->out->n;

	if (n && w->out->line[n - 1].text[0])
		styled_plain_line(w->out, STYLE_TEXT, "");
}

static void
markdown(struct writing *w, const char *text)
{
	markdown_lines(w->out, text, strlen(text), &w->look);
}

static void
item(struct writing *w, enum text_style style, const char *mark,
     const char *text)
{
	markdown_item(w->out, style, mark, text, &w->look);
}

/* A sentence that is no Markdown, in one style, behind some blank.  */
static void
sentence(struct writing *w, enum text_style style, int indent,
	 const char *text)
{
	struct run blanks = RUN_INIT, body = RUN_INIT;

	while (indent-- > 0)
		run_adds(&blanks, STYLE_TEXT, " ");
	run_adds(&body, style, text);
	styled_wrap(w->out, &body, w->look.width, &blanks, &blanks);
	run_release(&blanks);
	run_release(&body);
}

static const struct {
	enum glyph sign;
	const char *ascii;	/* instead of the glyph; NULL: the glyph */
	enum text_style style;
} ticks[] = {
	[TICK_WAITS] = { 0, " ", STYLE_DIM },
	[TICK_RUNS] = { 0, ".", STYLE_DIM },
	[TICK_HOLDS] = { GLYPH_TICK, NULL, STYLE_GOOD },
	[TICK_FAILS] = { GLYPH_FAIL, NULL, STYLE_BAD },
	[TICK_CANNOT] = { 0, "-", STYLE_DIM },
};

/* "[x] SENTENCE" */
static void
ticked(struct writing *w, enum tick tick, const char *text)
{
	char mark[16];

	snprintf(mark, sizeof(mark), "[%s] ", ticks[tick].ascii
		 ? ticks[tick].ascii
		 : glyph(w->look.unicode, ticks[tick].sign));
	item(w, ticks[tick].style, mark, text);
}

static void
write_answer(struct writing *w, const struct question *q, size_t i,
	     int chosen)
{
	const struct answer *a = &q->answer[i];
	enum text_style style = STYLE_KEY;
	const char *sign = " ";
	char mark[48];

	if (chosen == (int)i) {
		sign = glyph(w->look.unicode, a->right ? GLYPH_TICK
			     : GLYPH_FAIL);
		style = a->right ? STYLE_GOOD : STYLE_BAD;
	}
	snprintf(mark, sizeof(mark), "%s %zu  ", sign, i + 1);
	item(w, style, mark, a->text);
	if (chosen == (int)i)
		item(w, STYLE_TEXT, "      ", a->explanation);
}

static void
write_question(struct writing *w, size_t i)
{
	const struct question *q = view_step(w->v)->part[i].question;
	int chosen = w->v->part[i].answer;

	item(w, STYLE_KEY, "? ", q->text);
	blank(w);
	w->v->part[i].chosen = w->v->part[i].after = 0;
	for (size_t j = 0; j < q->n; j++) {
		size_t line = w->out->n;

		write_answer(w, q, j, chosen);
		if (chosen == (int)j) {
			w->v->part[i].chosen = line;
			w->v->part[i].after = w->out->n;
		}
	}
	blank(w);
	if (chosen < 0) {
		char *line = xasprintf(_("Press a number from 1 to %zu. The "
					 "rest of this step follows your "
					 "answer."), q->n);

		sentence(w, STYLE_DIM, 0, line);
		free(line);
	} else if (!q->answer[chosen].right) {
		sentence(w, STYLE_DIM, 0, _("You may choose again."));
	}
}

static void
write_experiment(struct writing *w, size_t i)
{
	const struct experiment *e = view_step(w->v)->part[i].experiment;
	char *command = setup_command(&e->setup), *line;
	bool running = w->v->running == &view_step(w->v)->part[i];
	const struct need *lacking = setup_lacks(w->v->lesson, &e->setup);

	line = xasprintf(running ? _("On the stage: %s")
			 : lacking ? _("Enter shows a recording of: %s")
			 : _("Enter puts on the stage: %s"), command);
	sentence(w, STYLE_KEY, 0, line);
	if (lacking && !running)
		sentence(w, STYLE_BAD, 0, _(lacking->bad));
	for (size_t j = 0; j < e->say.n; j++)
		item(w, STYLE_DIM, w->look.unicode ? "  • " : "  * ",
		     e->say.item[j].text);
	if (e->goal.text)
		ticked(w, w->v->part[i].tick, e->goal_says.text
		       ? e->goal_says.text : e->goal.text);
	free(line);
	free(command);
}

static void
write_claim(struct writing *w, size_t i)
{
	const struct claim *c = view_step(w->v)->part[i].claim;
	const struct part_state *state = &w->v->part[i];
	char *says = xasprintf("%s%s%s%s", c->says.text ? c->says.text : "",
			       c->cites.text ? " (" : "",
			       c->cites.text ? c->cites.text : "",
			       c->cites.text ? ")" : "");

	ticked(w, state->tick, says);
	if (state->saw && *state->saw) {
		char *line = state->tick == TICK_CANNOT ? xstrdup(state->saw)
			   : xasprintf(_("seen: %s"), state->saw);

		sentence(w, STYLE_DIM, 4, line);
		free(line);
	}
	free(says);
}

static void
write_excerpt(struct writing *w, size_t i)
{
	const struct excerpt *e = view_step(w->v)->part[i].excerpt;
	char *line = xasprintf(_("%s, lines %d to %d:"), e->file, e->first,
			       e->last);

	sentence(w, STYLE_DIM, 0, line);
	excerpt_lines(w->out, w->v->lesson, e, &w->look);
	free(line);
}

static void
write_text(struct writing *w, size_t i)
{
	markdown(w, view_step(w->v)->part[i].text);
}

/* The chart as lines of text; its letters tell the lines apart.  */
static void
write_chart(struct writing *w, const struct figures *f,
	    const struct exhibit *e)
{
	struct chart chart = { .figures = f, .place = e->place, .chosen = -1,
			       .figure = e->kind == EXHIBIT_LATENCY
			       ? FIGURE_LATENCY : FIGURE_THROUGHPUT };
	struct canvas *c = canvas_new(CHART_ROWS, w->look.width,
				      w->look.unicode);
	struct buf text = BUF_INIT;
	const char *p;

	chart_draw(&chart, c, (struct rect){ 0, 0, CHART_ROWS,
					     w->look.width });
	canvas_text(c, &text);
	for (p = buf_str(&text); *p; p += *p == '\n') {
		size_t n = strcspn(p, "\n");
		char *line = xstrndup(p, n);

		styled_plain_line(w->out, STYLE_TEXT, line);
		free(line);
		p += n;
	}
	buf_release(&text);
	canvas_free(c);
}

/* Measured figures are a chart here; the rest is text.  */
static void
write_exhibit(struct writing *w, size_t i)
{
	const struct exhibit *e = view_step(w->v)->part[i].exhibit;
	struct figures *f = xcalloc(1, sizeof(*f));

	if (exhibit_is_measured(e) && record_last(f, NULL) == 0) {
		write_chart(w, f, e);
		sentence(w, STYLE_KEY, 0, _("f: the figures in full"));
	} else {
		exhibit_lines(w->out, e, &w->look);
	}
	figures_release(f);
	free(f);
}

static void (*const writers[PART_KINDS])(struct writing *w, size_t i) = {
	[PART_TEXT] = write_text,
	[PART_QUESTION] = write_question,
	[PART_EXPERIMENT] = write_experiment,
	[PART_CLAIM] = write_claim,
	[PART_EXCERPT] = write_excerpt,
	[PART_EXHIBIT] = write_exhibit,
};

/* What this machine lacks for the lesson, once each.  */
static void
write_lacking(struct writing *w)
{
	const struct need *list[LACKING_MAX];
	size_t n = lesson_lacks(w->v->lesson, list, LACKING_MAX);

	for (size_t i = 0; i < n; i++)
		item(w, STYLE_BAD, "! ", _(list[i]->bad));
	if (n)
		sentence(w, STYLE_DIM, 0, _("What cannot be run here is shown "
					    "as recorded on another "
					    "machine."));
}

static void
write_head(struct writing *w)
{
	const struct lesson *l = w->v->lesson;
	char *line;

	sentence(w, STYLE_TITLE, 0, view_step(w->v)->title);
	blank(w);
	if (view_step(w->v)->kind != STEP_INTRO)
		return;
	if (l->goal.text)
		item(w, STYLE_STRONG, _("Goal: "), l->goal.text);
	if (l->minutes.text) {
		line = xasprintf(_("It takes about %s minutes."),
				 l->minutes.text);
		sentence(w, STYLE_DIM, 0, line);
		free(line);
	}
	write_lacking(w);
	blank(w);
}

static void
write_tail(struct writing *w)
{
	bool open = w->v->n_shown < view_step(w->v)->n ||
		    (w->v->n_shown && view_step(w->v)->part[w->v->n_shown - 1]
		     .kind == PART_QUESTION &&
		     w->v->part[w->v->n_shown - 1].answer < 0);

	if (open)
		return;
	blank(w);
	sentence(w, STYLE_DIM, 0, w->v->step + 1 < w->v->lesson->n
		 ? _("n: on to the next step")
		 : _("This is the end of the lesson. x: its exercises, q: back to the "
		     "list"));
}

size_t
parts_shown(const struct lesson_view *v)
{
	const struct lesson_step *step = view_step(v);

	for (size_t i = 0; i < step->n; i++)
		if (step->part[i].kind == PART_QUESTION &&
		    v->part[i].answer < 0)
			return i + 1;
	return step->n;
}

void
lesson_text(struct lesson_view *v, int width, bool unicode)
{
	struct writing w = {
		.v = v, .out = &v->text,
		.look = { .width = width, .unicode = unicode },
	};

	if (!v->stale && v->width == width && v->unicode == unicode)
		return;
	styled_release(&v->text);
	v->n_shown = parts_shown(v);
	write_head(&w);
	for (size_t i = 0; i < v->n_shown; i++) {
		/* One claim after the other is a list.  */
		if (!i || view_step(v)->part[i].kind != PART_CLAIM ||
		    view_step(v)->part[i - 1].kind != PART_CLAIM)
			blank(&w);
		v->part[i].line = v->text.n;
		writers[view_step(v)->part[i].kind](&w, i);
	}
	write_tail(&w);
	v->width = width;
	v->unicode = unicode;
	v->stale = false;
}
