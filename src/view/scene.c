/* The layout of the stage: who gets how many rows.  */
#include "config.h"

#include "view/scene.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "term/glyph.h"
#include "view/help.h"
#include "view/output_pane.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPARE_MAX = 6 };

/* Rows of each part, from the top.  */
struct layout {
	struct cast_plan cast;
	int cast_rows, objects, output, time, why;
	bool gaps;		/* blank rows between the parts */
};

static const struct {
	enum session_state state;
	const char *word;
	enum role role;
} state_words[] = {
	{ SESSION_BUSY, N_("working"), ROLE_DIM },
	{ SESSION_HELD, N_("you decide"), ROLE_READY },
	{ SESSION_FREE, N_("running"), ROLE_WARN },
	{ SESSION_ENDED, N_("ended"), ROLE_ENDED },
	{ SESSION_RECORDING, N_("recording"), ROLE_DIM },
	{ SESSION_BROKEN, N_("the tracer is gone"), ROLE_BAD },
};

static char *
step_text(const struct scene *s, int cols)
{
	if (s->steps <= s->step)
		return xasprintf(_("step %d"), s->step);
	if (cols < 60)
		return xasprintf("%d/%d", s->step, s->steps);
	return xasprintf(_("step %d of %d"), s->step, s->steps);
}

static void
draw_title(const struct scene *s, struct canvas *c, struct rect r)
{
	char *step = step_text(s, r.cols);
	const char *word = "";
	enum role role = ROLE_DIM;
	char recorded[128];
	int x;

	for (size_t i = 0; i < ARRAY_SIZE(state_words); i++)
		if (state_words[i].state == s->state) {
			word = _(state_words[i].word);
			role = state_words[i].role;
		}
	if (s->state == SESSION_RECORDING && s->log &&
	    log_header(s->log)->system[0]) {
		snprintf(recorded, sizeof(recorded), _("recorded on %s"),
			 log_header(s->log)->system);
		word = recorded;
	}
	if (s->typing) {
		word = _("you type to the program");
		role = ROLE_WARN;
	}
	x = r.x + r.cols - 1 - cells_of(word);
	canvas_put(c, r.y, x, cells_of(word), role, word);
	x -= 3 + cells_of(step);
	canvas_put(c, r.y, x, cells_of(step), ROLE_TEXT, step);
	canvas_put_short(c, r.y, r.x + 1, x - r.x - 2, ROLE_TITLE,
			 s->title ? s->title : "");
	free(step);
}

static int
output_rows(const struct scene *s, int rows)
{
	int most = rows < 16 ? 1 : rows < 26 ? 3 : rows / 5;
	int lines;

	if (!s->output || s->output_size == OUTPUT_NONE)
		return 0;
	lines = output_lines(s->output);
	if (s->typing && lines == 0)
		lines = 1;
	if (lines == 0)
		return 0;
	return 1 + (lines < most ? lines : most);
}

static int
source_rows(int rows)
{
	int n;

	if (rows < 14)
		return 0;
	if (rows < 18)
		return 1;
	n = 3 + (rows - 20) / 3;
	return n < 3 ? 3 : n > 15 ? 15 : n;
}

/* Rows that the objects do not need show more source.  */
static void
give_to_source(const struct scene *s, struct layout *l)
{
	int spare = l->objects - objects_wanted(s) - 2;

	if (!l->cast.boxes || !l->cast.has_source || spare <= 0)
		return;
	if (spare > SPARE_MAX)
		spare = SPARE_MAX;
	l->cast.source_rows += spare;
	l->cast_rows += spare;
	l->objects -= spare;
}

static void
plan(const struct scene *s, int rows, int cols, struct layout *l)
{
	int most_lines = rows < 14 ? 3 : rows < 26 ? 2 : rows / 6;
	int most_time = rows < 14 ? 2 : rows < 18 ? 3 : rows < 26 ? 5
							 : rows / 5;

	memset(l, 0, sizeof(*l));
	cast_plan(s, cols, source_rows(rows), &l->cast);
	if (l->cast.lines > most_lines)
		l->cast.lines = most_lines;
	l->cast_rows = cast_rows(&l->cast);
	l->why = rows < 12 ? 1 : cols < 70 ? 3 : 2;
	l->output = output_rows(s, rows);
	l->time = timeline_rows(s, most_time);
	/* A time axis alone is not worth a row of a small screen.  */
	l->objects = rows - l->cast_rows - l->why - l->output - l->time;
	while (l->objects < 2 && l->time > 1)
		l->time--, l->objects++;
	while (l->objects < 1 && l->output > 2)
		l->output--, l->objects++;
	while (l->objects < 0 && l->cast.lines > 0)
		l->cast.lines--, l->cast_rows--, l->objects++;
	give_to_source(s, l);
	l->gaps = l->objects >= objects_wanted(s) + 2;
}

static void
draw_rule(struct canvas *c, int y, int x, int cols, const char *word)
{
	int used;

	for (int i = 0; i < cols; i++)
		canvas_put(c, y, x + i, 1, ROLE_BORDER,
			   glyph(c->unicode, GLYPH_HLINE));
	used = canvas_putf(c, y, x + 2, cols - 4, ROLE_DIM, " %s ", word);
	(void)used;
}

static void
draw_parts(const struct scene *s, struct canvas *c, struct rect r)
{
	struct layout l;
	struct rect part = r;
	int y = r.y, bottom = r.y + r.rows;

	plan(s, r.rows, r.cols, &l);
	part.rows = l.cast_rows;
	cast_draw(s, c, part, &l.cast);
	y += l.cast_rows;
	/* From the bottom: the sentence, the time, the output; the objects
	 * get what is left between.  */
	bottom -= l.why;
	why_draw(s, c, (struct rect){ bottom, r.x, l.why, r.cols });
	if (l.gaps)
		bottom--;
	bottom -= l.time;
	timeline_draw(s, c, (struct rect){ bottom, r.x, l.time, r.cols });
	if (l.output) {
		bottom -= l.output;
		draw_rule(c, bottom, r.x, r.cols, _("the program's output"));
		output_draw(s->output, s, c,
			    (struct rect){ bottom + 1, r.x + 1, l.output - 1,
					   r.cols - 1 }, false);
	} else if (l.gaps) {
		bottom--;
	}
	objects_draw(s, c, (struct rect){ y, r.x, bottom - y, r.cols });
}

static const enum action bottom_keys[] = {
	ACTION_NEXT, ACTION_GO_1, ACTION_BACK, ACTION_RUN, ACTION_UNTIL,
	ACTION_SIGNAL, ACTION_EXPLORE, ACTION_HELP, ACTION_CLOSE,
	ACTION_OUTPUT, ACTION_TYPE, ACTION_WRITE, ACTION_EDIT, ACTION_COMMAND,
	ACTION_SEARCH, ACTION_NONE,
};

void
scene_typing_line(struct canvas *c, int y, int x, int cols)
{
	canvas_put_short(c, y, x + 1, cols - 2, ROLE_KEY,
			 _("Esc Esc or ^] ends typing"));
}

static void
draw_bottom(const struct scene *s, struct canvas *c, struct rect r)
{
	int y = r.y + r.rows - 1;

	if (s->message)
		canvas_put_short(c, y, r.x + 1, r.cols - 2, ROLE_WARN,
				 s->message);
	else if (s->typing)
		scene_typing_line(c, y, r.x, r.cols);
	else
		help_line(c, y, r.x, r.cols, SCREEN_STAGE, bottom_keys);
}

/* A message that one row cannot hold is drawn over the last rows.  */
static void
draw_message(const struct scene *s, struct canvas *c, struct rect r,
	     bool lines)
{
	struct rect part = { r.y + r.rows - 3, r.x + 1, 2, r.cols - 2 };

	if (!s->message || (lines && cells_of(s->message) <= r.cols - 2))
		return;
	if (!lines)
		part.y++;
	if (r.rows < 5)
		return;
	canvas_fill(c, part.y, r.x, part.rows + lines, r.cols, ROLE_TEXT, ' ');
	part.rows += lines;
	canvas_wrap(c, part, ROLE_WARN, s->message);
}

void
scene_draw(const struct scene *s, struct canvas *c, struct rect r, bool lines)
{
	struct rect inside = r;

	if (lines) {
		draw_title(s, c, r);
		draw_bottom(s, c, r);
		inside.y++;
		inside.rows -= 2;
	}
	if (s->world && s->world->n_actors > 0 && inside.rows > 0) {
		if (s->output && s->output_size == OUTPUT_WHOLE)
			output_draw(s->output, s, c, inside, true);
		else
			draw_parts(s, c, inside);
	}
	draw_message(s, c, r, lines);
}
