/*
 * Signals on the stage: for each actor that has any, what waits for it (with
 * the values sent along), what it blocks, what it catches or ignores, and how
 * many came of how many that were sent.
 */
#include "config.h"

#include "view/signals.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "event/names.h"
#include "view/object_inside.h"
#include "world/signals.h"

enum { ACTORS_MAX = 3, ROWS_EACH = 2, PARTS = 5, GAP = 3 };

struct part {
	const char *label;
	struct buf text;
	enum role role;
};

/* Has it said itself what is to be done with signals, and is it not one of the
 * threads, of which one stands for all?  */
/* The C library catches two of its own where there are threads.  */
static uint64_t
of_library(void)
{
	return sigset_bit(32) | sigset_bit(33);
}

static bool
has_own_actions(const struct actor *a)
{
	const struct dispositions *d = a->signals->process;

	for (int i = 1; !a->thread && i <= SIGNAL_LAST; i++)
		if (sigset_has((d->caught & ~of_library()) | d->ignored, i) &&
		    (d->set_n[i] > a->born_n || a->parent < 0))
			return true;
	return false;
}

/* How much there is to say of an actor; 0: nothing.  */
static int
weight(const struct scene *s, int actor)
{
	const struct actor *a = &s->world->actor[actor];
	const struct signals *g = a->signals;
	int w = 0;

	if (!g || !cast_lives(a) || scene_hides_actor(s, actor))
		return 0;
	w += world_pending(s->world, actor, 0) ? 8 : 0;
	w += world_in_handler(s->world, actor) ? 4 : 0;
	/* What it inherited is seen with those from whom it did.  */
	w += world_blocked(s->world, actor) && g->blocked_n ? 4 : 0;
	w += has_own_actions(a) ? 2 : 0;
	for (int i = 1; i <= SIGNAL_LAST && w < 8; i++)
		w += g->delivered[i] || g->sent[i] ? 1 : 0;
	return w;
}

/* Those of whom most is to be said, in order of birth.  */
static int
pick(const struct scene *s, int most, int *list)
{
	int n = 0;

	for (int least = 8; least > 0 && n < most; least /= 2)
		for (int a = 0; a < s->world->n_actors && n < most; a++) {
			int w = weight(s, a);

			if (w >= least && (least == 8 || w < least * 2))
				list[n++] = a;
		}
	for (int i = 1; i < n; i++)
		for (int j = i; j > 0 && list[j] < list[j - 1]; j--) {
			int other = list[j];

			list[j] = list[j - 1];
			list[j - 1] = other;
		}
	return n;
}

static void
add_pending(const struct world *w, int actor, struct buf *out)
{
	const struct waiting_signal *p;

	for (int i = 0; (p = world_waiting(w, actor, i)); i++) {
		buf_addf(out, "%s%s", i ? " " : "",
			 signal_name(p->signal) + 3);
		if (p->value != NO_VALUE)
			buf_addf(out, "=%lld", (long long)p->value);
	}
}

static void
add_set(uint64_t set, struct buf *out)
{
	if (set)
		sigset_write(out, set);
}

/* "USR1 1 of 5": what is sent more than once can come once.  */
static void
add_counts(const struct signals *g, struct buf *out)
{
	for (int i = 1; i <= SIGNAL_LAST; i++) {
		if (!g->delivered[i] && !g->sent[i])
			continue;
		buf_addf(out, "%s%s ", out->len ? ", " : "",
			 signal_name(i) + 3);
		if (g->sent[i] > g->delivered[i])
			buf_addf(out, _("%u of %u"), g->delivered[i],
				 g->sent[i]);
		else
			buf_addf(out, "%u", g->delivered[i]);
	}
}

static void
collect(const struct scene *s, int actor, struct part *p)
{
	const struct actor *a = &s->world->actor[actor];
	const struct signals *g = a->signals;
	bool can = a->state == ACTOR_READY &&
		   world_deliverable(s->world, actor);

	for (int i = 0; i < PARTS; i++)
		p[i] = (struct part){ NULL, BUF_INIT, ROLE_TEXT };
	p[0].label = _("pending");
	p[0].role = can ? ROLE_WARN : ROLE_BLOCKED;
	add_pending(s->world, actor, &p[0].text);
	p[1].label = _("delivered");
	add_counts(g, &p[1].text);
	p[2].label = _("blocks");
	add_set(world_blocked(s->world, actor), &p[2].text);
	p[3].label = _("catches");
	p[4].label = _("ignores");
	if (!has_own_actions(a))
		return;
	add_set(g->process->caught & ~of_library(), &p[3].text);
	add_set(g->process->ignored, &p[4].text);
}

static void
draw_actor(const struct scene *s, struct canvas *c, struct rect r, int actor)
{
	struct part part[PARTS];
	int y = r.y, end = r.x + r.cols, from, x = r.x;

	x += canvas_put_short(c, y, x, 12, actor_role(actor),
			      s->world->actor[actor].role);
	from = x += 2;
	collect(s, actor, part);
	for (int i = 0; i < PARTS; i++) {
		const char *text = buf_str(&part[i].text);
		int cols = cells_of(part[i].label) + 1 + cells_of(text);

		if (!part[i].text.len)
			continue;
		if (x + cols > end && x > from && y + 1 < r.y + r.rows) {
			y++;
			x = from;
		}
		if (end - x > cells_of(part[i].label) + 4) {
			x += 1 + canvas_put(c, y, x, end - x, ROLE_DIM,
					    part[i].label);
			x += GAP + canvas_put_short(c, y, x, end - x,
						    part[i].role, text);
		}
	}
	for (int i = 0; i < PARTS; i++)
		buf_release(&part[i].text);
}

int
signals_wanted(const struct scene *s)
{
	int list[ACTORS_MAX];

	return pick(s, ACTORS_MAX, list) * ROWS_EACH;
}

int
signals_draw(const struct scene *s, struct canvas *c, struct rect r)
{
	int list[ACTORS_MAX];
	int n = pick(s, r.rows < ACTORS_MAX ? r.rows : ACTORS_MAX, list);
	int each = n && r.rows >= n * ROWS_EACH ? ROWS_EACH : 1;

	for (int i = 0; i < n; i++) {
		struct rect part = { r.y + i * each, r.x + NAME_COLS, each,
				     r.cols - NAME_COLS };

		draw_actor(s, c, part, list[i]);
	}
	if (n)
		canvas_put_short(c, r.y, r.x + 2, NAME_COLS - 2, ROLE_STRONG,
				 _("signals"));
	return n * each;
}
