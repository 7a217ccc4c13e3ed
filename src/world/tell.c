/* An event as one line for people, everybody under the name of a role.  */
#include "config.h"

#include "world/world.h"

void
world_describe(const struct world *w, const struct event *e, struct buf *out)
{
	static struct event named;	/* big for a stack */
	int actor = world_actor(w, e->actor);
	int parent = e->parent[0] ? world_actor(w, e->parent) : -1;
	int from = e->from[0] ? world_actor(w, e->from) : -1;

	if (parent >= 0 || from >= 0) {
		named = *e;
		if (parent >= 0)
			COPY_STR(named.parent, w->actor[parent].role);
		if (from >= 0)
			COPY_STR(named.from, w->actor[from].role);
		e = &named;
	}
	event_describe(out, e, actor >= 0 ? w->actor[actor].role : NULL);
}
