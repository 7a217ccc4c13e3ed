/* Locks on the stage: who holds them, who waits.  */
#include "config.h"

#include "view/object_inside.h"

#include "base/cells.h"
#include "base/i18n.h"

#include <string.h>

static bool
sleeps_on(const struct actor *a, int object)
{
	return a->object == object && (a->state == ACTOR_BLOCKED ||
				       a->state == ACTOR_SLEEPING);
}

static void
add_name(struct buf *out, size_t start, const char *intro, const char *role)
{
	buf_adds(out, out->len > start ? ", " : intro);
	buf_adds(out, role);
}

/* "held by writer", "read by a, b"; nothing where nobody holds it.  */
static void
add_holders(const struct scene *s, int object, struct buf *out)
{
	const struct world *w = s->world;
	bool shared = w->object[object].kind == KIND_RWLOCK, writing;
	size_t start = out->len;

	for (int a = 0; a < w->n_actors; a++)
		if (world_locks(w, object, a, &writing))
			add_name(out, start, !shared ? _("held by ") : writing ?
				 _("held for writing by ") :
				 _("held for reading by "), w->actor[a].role);
}

static int
add_sleepers(const struct scene *s, int object, struct buf *out)
{
	size_t start = out->len;
	int n = 0;

	for (int a = 0; a < s->world->n_actors; a++)
		if (sleeps_on(&s->world->actor[a], object)) {
			add_name(out, start, _("waiting: "),
				 s->world->actor[a].role);
			n++;
		}
	return n;
}

/* "mutex 1  lock   held by writer   waiting: reader" */
void
lock_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	int x = object_put_title(s, c, r, object), end = r.x + r.cols;
	struct buf b = BUF_INIT;

	add_holders(s, object, &b);
	x += 3 + canvas_put_short(c, r.y, x, end - x,
				  b.len ? ROLE_STRONG : ROLE_DIM,
				  b.len ? buf_str(&b) : _("free"));
	buf_clear(&b);
	add_sleepers(s, object, &b);
	canvas_put_short(c, r.y, x, end - x, ROLE_BLOCKED, buf_str(&b));
	buf_release(&b);
}

/* "condition 1  ready   waiting: reader"; it remembers no signal.  */
void
condition_draw(const struct scene *s, struct canvas *c, struct rect r,
	       int object)
{
	int x = object_put_title(s, c, r, object), end = r.x + r.cols;
	struct buf b = BUF_INIT;

	if (add_sleepers(s, object, &b))
		canvas_put_short(c, r.y, x, end - x, ROLE_BLOCKED, buf_str(&b));
	else
		canvas_put_short(c, r.y, x, end - x, ROLE_DIM,
				 world_signal_missed(s->world, object) ?
				 _("nobody waits; the last signal found "
				   "nobody") : _("nobody waits"));
	if (b.len && world_signal_missed(s->world, object))
		canvas_put_short(c, r.y, x + 3 + cells_of(buf_str(&b)),
				 end - x - 3 - cells_of(buf_str(&b)), ROLE_DIM,
				 _("the last signal found nobody"));
	buf_release(&b);
}

/* "barrier 1  2 of 3 are there   waiting: a, b" */
void
barrier_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	int x = object_put_title(s, c, r, object), end = r.x + r.cols, n;
	int needed = world_barrier(s->world, object);
	struct buf b = BUF_INIT;

	n = add_sleepers(s, object, &b);
	if (needed > 0)
		x += 3 + canvas_putf(c, r.y, x, end - x, ROLE_STRONG,
				     _("%d of %d are there"), n, needed);
	canvas_put_short(c, r.y, x, end - x, ROLE_BLOCKED, buf_str(&b));
	buf_release(&b);
}
