/* Semaphores on the stage: how much is left, who took it, who waits.  */
#include "config.h"

#include "view/object_inside.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "term/glyph.h"

#include <inttypes.h>
#include <string.h>

enum { DOTS_MAX = 8 };

/* "took 1: writer, reader" */
static void
add_takers(const struct scene *s, int object, int num, struct buf *out)
{
	size_t start = out->len;

	for (int a = 0; a < s->world->n_actors; a++) {
		int64_t taken = world_taken(s->world, object, num, a);

		if (!taken)
			continue;
		buf_adds(out, out->len > start ? ", " : _("taken by "));
		buf_adds(out, s->world->actor[a].role);
		if (taken > 1)
			buf_addf(out, " (%" PRId64 ")", taken);
	}
}

static bool
sleeps_on(const struct scene *s, int a, int object, int num)
{
	const struct actor *actor = &s->world->actor[a];

	return actor->object == object &&
	       (actor->state == ACTOR_BLOCKED ||
		actor->state == ACTOR_SLEEPING) &&
	       (num < 0 || world_waits_for_semaphore(s->world, a) == num);
}

static void
add_sleepers(const struct scene *s, int object, int num, struct buf *out)
{
	size_t start = out->len;

	for (int a = 0; a < s->world->n_actors; a++) {
		if (!sleeps_on(s, a, object, num))
			continue;
		buf_adds(out, out->len > start ? ", " : _("waiting: "));
		buf_adds(out, s->world->actor[a].role);
	}
}

/* The value, as a number and, while it is small, as that many marks.  */
static int
put_value(struct canvas *c, int y, int x, int cols, int64_t value)
{
	int used = canvas_putf(c, y, x, cols,
			       value == 0 ? ROLE_FULL : ROLE_STRONG,
			       "%" PRId64, value);

	used += canvas_put(c, y, x + used, cols - used, ROLE_TEXT, " ");
	for (int64_t i = 0; i < value && i < DOTS_MAX && used < cols; i++)
		used += canvas_put(c, y, x + used, cols - used, ROLE_FILL,
				   glyph_eighth(c->unicode, 8));
	return used;
}

static void
put_one(const struct scene *s, struct canvas *c, int y, int x, int cols,
	int object, int num)
{
	int64_t value = world_semaphore(s->world, object, num);
	struct buf b = BUF_INIT;
	int used = 0;

	if (value == NO_VALUE)
		value = world_value(s->world, object);
	if (value == NO_VALUE)
		used = canvas_put(c, y, x, cols, ROLE_DIM,
				  _("its value is not known"));
	else
		used = put_value(c, y, x, cols, value);
	used += 3;
	add_takers(s, object, num, &b);
	if (b.len) {
		used += 3 + canvas_put_short(c, y, x + used, cols - used,
					     ROLE_TEXT, buf_str(&b));
		buf_clear(&b);
	}
	add_sleepers(s, object, num, &b);
	canvas_put_short(c, y, x + used, cols - used, ROLE_BLOCKED,
			 buf_str(&b));
	buf_release(&b);
}

/* In the last row: those that have no row of their own, "3:2  4:0  5:1", as
 * many as fit, and how many more.  */
static void
put_rest(const struct scene *s, struct canvas *c, int y, int x, int cols,
	 int object, int from)
{
	int n = world_semaphores(s->world, object), used = 0;

	for (int i = from; i < n; i++) {
		int64_t value = world_semaphore(s->world, object, i);
		struct buf one = BUF_INIT, more = BUF_INIT;
		int room = cols - used;

		if (value == NO_VALUE)
			buf_addf(&one, "%d:?  ", i);
		else
			buf_addf(&one, "%d:%" PRId64 "  ", i, value);
		buf_addf(&more, ngettext("and %d more", "and %d more",
					 (unsigned long)(n - i)), n - i);
		if (cells_of(buf_str(&one)) +
		    (i < n - 1 ? cells_of(buf_str(&more)) : 0) > room) {
			canvas_put_short(c, y, x + used, room, ROLE_DIM,
					 buf_str(&more));
			i = n;
		} else {
			used += canvas_put(c, y, x + used, room,
					   value == 0 ? ROLE_FULL : ROLE_TEXT,
					   buf_str(&one));
		}
		buf_release(&one);
		buf_release(&more);
	}
}

/* One semaphore a row; what does not fit is counted.  */
void
semaphore_set_draw(const struct scene *s, struct canvas *c, struct rect r,
		   int object)
{
	int n = world_semaphores(s->world, object);
	int x = object_put_title(s, c, r, object), cols = r.x + r.cols - x;

	if (n == 0) {
		canvas_put(c, r.y, x, cols, ROLE_DIM,
			   _("its values are not known"));
		return;
	}
	for (int i = 0; i < n && i < r.rows; i++) {
		int used = 0;

		if (i == r.rows - 1 && i < n - 1) {
			put_rest(s, c, r.y + i, x, cols, object, i);
			break;
		}
		if (n > 1)
			used = canvas_putf(c, r.y + i, x, cols, ROLE_DIM,
					   "%d: ", i);
		put_one(s, c, r.y + i, x + used, cols - used, object, i);
	}
}

void
semaphore_draw(const struct scene *s, struct canvas *c, struct rect r,
	       int object)
{
	int x = object_put_title(s, c, r, object);

	put_one(s, c, r.y, x, r.x + r.cols - x, object, 0);
}
