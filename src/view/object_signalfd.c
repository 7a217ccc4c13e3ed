/* Descriptors for signals and for processes on the stage.  */
#include "config.h"

#include "view/object_inside.h"

#include "base/i18n.h"
#include "event/names.h"
#include "world/signals.h"

/* Those of the set that wait for somebody who holds the descriptor: a signalfd
 * gives to each who reads the reader's own.  */
static void
add_ready(const struct scene *s, int object, uint64_t set, struct buf *out)
{
	const struct waiting_signal *p;
	int fd;

	for (int a = 0; a < s->world->n_actors; a++) {
		if (s->world->actor[a].thread ||
		    !world_holds(s->world, a, object, MODE_READ, &fd))
			continue;
		for (int i = 0; (p = world_waiting(s->world, a, i)); i++)
			if (sigset_has(set, p->signal))
				buf_addf(out, "%s%s", out->len ? " " : "",
					 signal_name(p->signal) + 3);
	}
}

/* "signalfd 1   takes [USR1]   ready: USR1   receiver" */
void
signalfd_draw(const struct scene *s, struct canvas *c, struct rect r,
	      int object)
{
	const struct object *o = &s->world->object[object];
	int x = object_put_name(s, c, r, object), end = r.x + r.cols;
	struct buf text = BUF_INIT;
	uint64_t set = 0;

	sigset_parse(o->probed.status, &set);
	x += 3 + canvas_putf(c, r.y, x, end - x, ROLE_TEXT, _("takes %s"),
			     o->probed.status);
	add_ready(s, object, set, &text);
	if (text.len)
		x += 3 + canvas_putf(c, r.y, x, end - x, ROLE_STRONG,
				     _("ready: %s"), buf_str(&text));
	else
		x += 3 + canvas_put(c, r.y, x, end - x, ROLE_FULL, _("empty"));
	buf_clear(&text);
	object_holder_names(s, object, MODE_READ | MODE_WRITE, &text);
	canvas_put_short(c, r.y, x, end - x, ROLE_DIM, buf_str(&text));
	buf_release(&text);
}

/* "pidfd 1   stands for child, which has ended   parent" */
void
pidfd_draw(const struct scene *s, struct canvas *c, struct rect r, int object)
{
	const struct object *o = &s->world->object[object];
	int x = object_put_name(s, c, r, object), end = r.x + r.cols;
	int who = o->probed.peer[0] ? world_actor(s->world, o->probed.peer)
				    : -1;
	struct buf names = BUF_INIT;

	if (!o->probed.known)
		;
	else if (who < 0)
		x += 3 + canvas_put(c, r.y, x, end - x, ROLE_ENDED,
				    _("its process is gone"));
	else if (!cast_lives(&s->world->actor[who]))
		x += 3 + canvas_putf(c, r.y, x, end - x, ROLE_ENDED,
				     _("stands for %s, which has ended"),
				     s->world->actor[who].role);
	else
		x += 3 + canvas_putf(c, r.y, x, end - x, ROLE_TEXT,
				     _("stands for %s"),
				     s->world->actor[who].role);
	object_holder_names(s, object, MODE_READ | MODE_WRITE, &names);
	canvas_put_short(c, r.y, x, end - x, ROLE_DIM, buf_str(&names));
	buf_release(&names);
}
