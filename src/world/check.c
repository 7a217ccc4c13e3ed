/* What the events add up to, against what the kernel says.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

bool
check_number(struct buf *out, const struct object *o, const char *what,
	     int64_t derived, int64_t kernel)
{
	buf_addf(out, _("%s: %s: the events say %lld, the kernel says %lld"),
		 o->name, what, (long long)derived, (long long)kernel);
	return false;
}

bool
world_check(const struct world *w, const struct event *e, struct buf *out)
{
	const struct object_state *s = &e->state;
	int id;

	if (s->known && e->actor[0] && !e->object[0] &&
	    e->what == WHAT_CHECK) {
		buf_adds(out, w->signals_differ);
		return !w->signals_differ[0];
	}
	if (!s->known || !e->object[0])
		return true;
	id = world_object(w, e->object);
	/* What the subject was given, others use as well. */
	if (id < 0 || !w->object[id].made)
		return true;
	return !kinds[w->object[id].kind].check ||
	       kinds[w->object[id].kind].check(w, id, s, out);
}
