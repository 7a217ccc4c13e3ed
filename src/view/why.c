/*
 * The sentence: why the chosen actor waits, and what would happen next; or,
 * when an operation of the time line is selected, all that is known of it.
 */
#include "config.h"

#include "view/scene.h"

#include "base/i18n.h"
#include "event/names.h"
#include "view/quote.h"

#include <inttypes.h>
#include <string.h>

int
scene_subject(const struct scene *s)
{
	int n = s->world ? s->world->n_actors : 0;

	if (s->chosen >= 0 && s->chosen < n)
		return s->chosen;
	for (int i = 0; i < n; i++)
		if (s->world->actor[i].state == ACTOR_BLOCKED
		    && !scene_hides_actor(s, i))
			return i;
	if (s->next >= 0 && s->next < n)
		return s->next;
	return s->world ? s->world->last_actor : -1;
}

/* What the kernel said of the object after the operation.  */
static void
add_state(struct buf *out, const struct event *e)
{
	const struct object_state *st = &e->state;

	if (!st->known)
		return;
	if (st->bytes >= 0 && st->capacity >= 0)
		buf_addf(out, _("   after it: %" PRId64 " of %" PRId64
				" bytes in %s"), st->bytes, st->capacity,
			 e->object);
	else if (st->size >= 0) {
		buf_addf(out, _("   after it: %s has "), e->object);
		quote_count(out, st->size);
	}
}

static void
selected_text(const struct scene *s, struct buf *first, struct buf *second)
{
	const struct event *e = log_at(s->log, s->selected, NULL);

	if (!e)
		return;
	world_describe(s->world, e, first);
	buf_addf(second, _("event %" PRIu64), e->n);
	if (e->source[0])
		buf_addf(second, "   %s", e->source);
	add_state(second, e);
}

static void
ended_text(const struct world *w, struct buf *out)
{
	if (w->signal)
		buf_addf(out, _("The program was ended by %s."),
			 signal_name(w->signal));
	else
		buf_addf(out, _("The program has ended with status %d."),
			 w->status);
}

/* An access to memory has killed somebody just now: why.  */
static void
fault_text(const struct world *w, struct buf *out)
{
	enum { LATELY = 12 };	/* events */
	int last = -1;

	for (int i = 0; i < w->n_actors; i++)
		if (w->actor[i].ended_n + LATELY > w->n &&
		    w->actor[i].fault.signal &&
		    w->actor[i].fault.signal == w->actor[i].signal &&
		    !actor_is_alive(&w->actor[i]))
			last = i;
	if (last >= 0)
		world_why(w, last, out);
}

static enum role
sentences(const struct scene *s, struct buf *first, struct buf *second)
{
	struct buf why = BUF_INIT, next = BUF_INIT;
	enum role role = ROLE_TEXT;
	int subject = scene_subject(s);

	if (s->world->ended) {
		fault_text(s->world, first);
		ended_text(s->world, first->len ? second : first);
		return ROLE_STRONG;
	}
	if (world_deadlock(s->world, &why)) {
		buf_addf(first, _("Deadlock: %s."), buf_str(&why));
		buf_release(&why);
		return ROLE_BAD;
	}
	if (s->chosen < 0)
		fault_text(s->world, first);
	/* That somebody can go on is said better by what would happen.  */
	if (subject >= 0 && s->world->actor[subject].state == ACTOR_READY)
		world_next(s->world, subject, &why);
	else if (subject >= 0)
		world_why(s->world, subject, &why);
	if (why.len && !first->len && (subject != s->next ||
			s->world->actor[subject].state != ACTOR_READY))
		buf_adds(first, buf_str(&why));
	if (s->next >= 0)
		world_next(s->world, s->next, &next);
	if (next.len) {
		struct buf *row = first->len ? second : first;

		buf_adds(row, _("next: "));
		buf_adds(row, buf_str(&next));
	}
	buf_release(&why);
	buf_release(&next);
	return role;
}

int
why_draw(const struct scene *s, struct canvas *c, struct rect r)
{
	struct buf first = BUF_INIT, second = BUF_INIT;
	struct rect part = { r.y, r.x + 2, r.rows, r.cols - 3 };
	enum role role = ROLE_TEXT;
	int used;

	if (s->selected && s->log)
		selected_text(s, &first, &second);
	else
		role = sentences(s, &first, &second);
	/* The second sentence keeps a row of its own.  */
	if (second.len && r.rows > 1)
		part.rows--;
	used = canvas_wrap(c, part, role, buf_str(&first));
	part.y += used;
	part.rows = r.rows - used;
	if (part.rows > 0 && second.len)
		used += canvas_wrap(c, part, ROLE_DIM, buf_str(&second));
	buf_release(&first);
	buf_release(&second);
	return used;
}
