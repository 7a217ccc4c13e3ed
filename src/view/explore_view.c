/* The screen of a search.  */
#include "config.h"

#include "view/explore_view.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "term/glyph.h"
#include "term/keys.h"
#include "view/explore_text.h"
#include "view/help.h"
#include "view/pager.h"

#include <stdlib.h>
#include <string.h>

enum {
	BAR_CELLS = 20,
	TOP = 2,		/* rows above the text */
	MEANWHILE = 4,		/* the row of what is said while it runs */
};

struct explore_view {
	struct explore *explore;
	struct explore_progress progress;
	struct pager pager;
	bool open, stopping;
};

struct explore_view *
explore_view_new(const struct explore_config *c, char **why)
{
	struct explore_view *v = xcalloc(1, sizeof(*v));
	int status;

	v->explore = explore_start(c, &status, why);
	if (v->explore)
		return v;
	free(v);
	return NULL;
}

void
explore_view_free(struct explore_view *v)
{
	if (!v)
		return;
	explore_end(v->explore);
	pager_release(&v->pager);
	free(v);
}

static const struct explore_result *
result_of(const struct explore_view *v)
{
	return explore_is_over(v->explore) ? explore_result(v->explore) : NULL;
}

const struct failure *
explore_view_failure(const struct explore_view *v)
{
	const struct explore_result *r = result_of(v);

	return r && r->failure.verdict != VERDICT_ACCEPT ? &r->failure : NULL;
}

/* ---- text ---- */

static void
write_progress(struct buf *out, const struct explore_progress *p, bool unicode)
{
	double part = (double)p->runs / explore_progress_all(p);
	int eighths = (int)((part > 1 ? 1 : part) * BAR_CELLS * 8);

	buf_addc(out, '[');
	for (int i = 0; i < BAR_CELLS; i++)
		buf_adds(out, glyph_eighth(unicode, eighths - i * 8));
	buf_adds(out, "] ");
	explore_progress_write(out, p);
}

/* ---- drawing ---- */

/* For who waits.  */
static const char *const meanwhile[] = {
	N_("Each run starts the program anew, with another order of what its"),
	N_("processes and threads do. The first that fails is made short, and"),
	N_("is shown here. ^C ends the search; what it has found is kept."),
};

static void
draw_head(const struct explore_view *v, struct canvas *c)
{
	const struct failure *f = explore_view_failure(v);
	const struct explore_result *r = result_of(v);
	struct buf line = BUF_INIT;

	canvas_put_short(c, 0, 1, c->cols - 2, ROLE_TITLE,
			 f ? _("A failure was found: Enter puts it on the "
			       "stage") :
			 r && r->complete ? _("There is no failure") :
			 r ? _("No failure was found") :
			 v->stopping ? _("Ending the search") :
			 _("Searching for a schedule that fails"));
	if (r)
		return;
	write_progress(&line, &v->progress, c->unicode);
	canvas_put_short(c, 2, 1, c->cols - 2, ROLE_READY, buf_str(&line));
	buf_release(&line);
	for (size_t i = 0; i < ARRAY_SIZE(meanwhile); i++)
		if (c->rows > MEANWHILE + (int)i + 1)
			canvas_put_short(c, MEANWHILE + (int)i, 1, c->cols - 2,
					 ROLE_DIM, _(meanwhile[i]));
}

void
explore_view_draw(struct explore_view *v, struct canvas *c)
{
	static const enum action over[] = {
		ACTION_OPEN, ACTION_DOWN, ACTION_HELP, ACTION_CLOSE,
		ACTION_NONE,
	};
	static const enum action running[] = {
		ACTION_ENOUGH, ACTION_HELP, ACTION_CLOSE, ACTION_NONE,
	};
	const struct explore_result *r = result_of(v);
	int width = c->cols - 2;

	draw_head(v, c);
	if (r && v->pager.width != width) {
		struct buf text = BUF_INIT, said = BUF_INIT;

		explore_result_write(&said, r);
		explore_text_wrap(&text, buf_str(&said), width);
		buf_release(&said);
		pager_set(&v->pager, &text, width);
	}
	if (r)
		pager_draw(&v->pager, c,
			   (struct rect){ TOP, 1, c->rows - TOP - 1, width },
			   -1);
	help_line(c, c->rows - 1, 0, c->cols, SCREEN_EXPLORE,
		  r ? explore_view_failure(v) ? over : over + 1 : running);
}

/* ---- keys ---- */

static enum screen_answer
enough(struct explore_view *v)
{
	/* It may have ended just before the key: what it found stays.  */
	if (explore_is_over(v->explore))
		return SCREEN_STAY;
	v->stopping = true;
	explore_interrupt(v->explore);
	return SCREEN_STAY;
}

enum screen_answer
explore_view_key(struct explore_view *v, int key)
{
	enum action action = keys_action(SCREEN_EXPLORE, key);

	switch (action) {
	case ACTION_OPEN:
		v->open = explore_view_failure(v) != NULL;
		return v->open ? SCREEN_UP : SCREEN_STAY;
	case ACTION_ENOUGH:
		return enough(v);
	case ACTION_CANCEL:
	case ACTION_CLOSE:
		return SCREEN_UP;
	case ACTION_LEAVE:
		return SCREEN_LEAVE;
	case ACTION_HELP:
		return help_run(SCREEN_EXPLORE, _("the search"));
	default:
		if (!pager_move(&v->pager, action))
			screen_common_key(key);
		return SCREEN_STAY;
	}
}

int
explore_view_poll(struct explore_view *v, struct pollfd *fds)
{
	return explore_fds(v->explore, fds, SCREEN_POLLS_MAX);
}

bool
explore_view_pump(struct explore_view *v)
{
	if (explore_is_over(v->explore))
		return false;
	explore_advance(v->explore);
	explore_progress(v->explore, &v->progress);
	return true;
}

/* ---- as a screen ---- */

static void
screen_draw(void *arg, struct canvas *c)
{
	explore_view_draw(arg, c);
}

static enum screen_answer
screen_key(void *arg, int key)
{
	return explore_view_key(arg, key);
}

static int
screen_poll(void *arg, struct pollfd *fds)
{
	return explore_view_poll(arg, fds);
}

static bool
screen_pump(void *arg)
{
	return explore_view_pump(arg);
}

/* ^C ends the search, not the lab.  */
static bool
screen_takes_all(void *arg)
{
	(void)arg;
	return true;
}

enum screen_answer
explore_view_run(struct explore_view *v, bool *open)
{
	struct screen s = {
		.arg = v,
		.draw = screen_draw,
		.key = screen_key,
		.poll = screen_poll,
		.pump = screen_pump,
		.takes_all = screen_takes_all,
	};
	enum screen_answer answer;

	explore_progress(v->explore, &v->progress);
	answer = screen_run(&s);
	*open = v->open;
	return answer == SCREEN_LEAVE ? SCREEN_LEAVE : SCREEN_STAY;
}
