/* Counters, eventfd(2): a write adds, a read takes all, or one.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

#include <string.h>

static bool
takes_one(const struct object *o)
{
	return strcmp(o->probed.status, "EFD_SEMAPHORE") == 0;
}

static void
counted(struct world *w, struct object *o, const struct event *e, int a)
{
	if (e->end == MODE_WRITE) {
		if (__builtin_add_overflow(o->value, e->value, &o->value))
			o->value = INT64_MAX;
		o->last_writer = a;
		o->last_write_n = w->n;
	} else {
		o->value = takes_one(o) && o->value > 0 ? o->value - 1 : 0;
		o->last_reader = a;
		world_link(w, o->last_write_n);
	}
	o->changed_n = w->n;
}

void
eventfd_called(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];

	if (strncmp(e->call, "eventfd", 7) == 0) {
		o->made = true;
		o->value = event_arg_int(e, "initval", 0);
		o->changed_n = w->n;
	} else if (e->value != NO_VALUE && e->bytes == 8 &&
		   o->value != NO_VALUE) {
		counted(w, o, e, a);
	}
}

void
eventfd_probed(struct world *w, int id, const struct object_state *s)
{
	(void)w;
	if (w->object[id].value == NO_VALUE)
		w->object[id].value = s->value;
}

bool
eventfd_check(const struct world *w, int id, const struct object_state *s,
	      struct buf *out)
{
	const struct object *o = &w->object[id];

	if (s->value == NO_VALUE || o->value == NO_VALUE ||
	    o->value == s->value)
		return true;
	return check_number(out, o, _("value"), o->value, s->value);
}

/* ---- waiting ---- */

bool
eventfd_is_ready(const struct object *o, unsigned mode)
{
	return mode == MODE_READ ? o->value > 0
				 : o->value < INT64_MAX - 1;
}

void
why_counter(const struct told *t, struct buf *out)
{
	if (t->wait->n > 0)
		buf_addf(out, _("%s waits: the count of %s is 0, and it sleeps "
				"until %s adds to it."), t->who, t->object,
			 t->names);
	else
		buf_addf(out, _("%s waits: the count of %s is 0, and nobody "
				"else could add to it."), t->who, t->object);
}
