/* Counters and other descriptors on the stage; the locks on a file.  */
#include "config.h"

#include "view/object_inside.h"

#include "base/cells.h"
#include "base/i18n.h"

#include <inttypes.h>
#include <string.h>
#include <sys/epoll.h>

/* "eventfd 1   count 3   held by a, b" */
void
eventfd_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	int64_t value = world_value(s->world, object);
	int x = object_put_name(s, c, r, object), end = r.x + r.cols;
	struct buf names = BUF_INIT;

	if (value != NO_VALUE)
		x += 3 + canvas_putf(c, r.y, x, end - x,
				     value ? ROLE_STRONG : ROLE_FULL,
				     _("count %" PRId64), value);
	if (s->world->object[object].probed.status[0])
		x += 3 + canvas_put_short(c, r.y, x, end - x, ROLE_DIM,
				s->world->object[object].probed.status);
	object_holder_names(s, object, MODE_READ | MODE_WRITE, &names);
	canvas_put_short(c, r.y, x, end - x, ROLE_DIM, buf_str(&names));
	buf_release(&names);
}

/* "timerfd 1   2 expirations not read   held by a" */
void
timerfd_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	int64_t ticks = world_value(s->world, object);
	int x = object_put_name(s, c, r, object), end = r.x + r.cols;
	struct buf names = BUF_INIT;

	if (ticks >= 0)
		x += 3 + canvas_putf(c, r.y, x, end - x,
				     ticks ? ROLE_STRONG : ROLE_DIM,
				     ngettext("%lld expiration not read",
					      "%lld expirations not read",
					      (unsigned long)ticks),
				     (long long)ticks);
	object_holder_names(s, object, MODE_READ | MODE_WRITE, &names);
	canvas_put_short(c, r.y, x, end - x, ROLE_DIM, buf_str(&names));
	buf_release(&names);
}

/* The descriptor as its owner has it: "4 (pipe 1)".  */
static void
add_watched(const struct scene *s, int owner, const struct state_item *i,
	    struct buf *out)
{
	const struct actor *a = &s->world->actor[owner];
	const struct descriptor *d = a->fds ?
		descriptors_get(a->fds, (int)i->number) : NULL;

	buf_addf(out, "%" PRId64, i->number);
	if (d && d->object >= 0)
		buf_addf(out, " (%s)", s->world->object[d->object].name);
	buf_adds(out, i->value & EPOLLIN ? " IN" : "");
	buf_adds(out, i->value & EPOLLOUT ? " OUT" : "");
}

/* "epoll 1   server watches 4 (socket 1) IN, 5 (pipe 1) IN" */
void
epoll_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	const struct object_state *state = &s->world->object[object].probed;
	int x = object_put_name(s, c, r, object), end = r.x + r.cols;
	struct buf b = BUF_INIT;

	for (int a = 0; a < s->world->n_actors; a++) {
		if (!world_holds(s->world, a, object, MODE_READ | MODE_WRITE,
				 NULL))
			continue;
		buf_addf(&b, _("%s watches "), s->world->actor[a].role);
		for (int i = 0; i < state->n_items; i++) {
			buf_adds(&b, i ? ", " : "");
			add_watched(s, a, &state->item[i], &b);
		}
		if (state->n_items == 0)
			buf_adds(&b, _("nothing"));
		break;
	}
	canvas_put_short(c, r.y, x, end - x, ROLE_TEXT, buf_str(&b));
	buf_release(&b);
}

/* "locked by writer (writing), reader (reading)"; nothing where nobody did.  */
void
object_locks(const struct scene *s, int object, struct buf *out)
{
	const struct object_state *state = &s->world->object[object].probed;

	size_t start = out->len;

	for (int i = 0; i < state->n_items; i++) {
		const char *who = "?";

		if (strcmp(state->item[i].perms, "lock") != 0)
			continue;
		for (int a = 0; a < s->world->n_actors; a++)
			if (s->world->actor[a].pid == state->item[i].pid &&
			    !s->world->actor[a].thread)
				who = s->world->actor[a].role;
		buf_addf(out, "%s%s (%s %.*s)", out->len > start ? ", "
			 : _("locked by "),
			 who, state->item[i].number ? _("writing")
						    : _("reading"),
			 state->item[i].data_len > 0 ?
			 state->item[i].data_len : 0, state->item[i].data);
	}
}
