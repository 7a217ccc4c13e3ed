/* An event as one line for people, everybody under the name of a role.  */
#include "config.h"

#include "world/world.h"

#include <string.h>

/* "to":"A A.1" of a signal, with roles.  */
static void
name_targets(const struct world *w, struct event *e)
{
	char *at = strstr(e->args, "\"to\":\""), *end, *name, *rest;
	struct buf args = BUF_INIT;

	end = at ? strchr(at + 6, '"') : NULL;
	if (!end)
		return;
	buf_add(&args, e->args, (size_t)(at + 6 - e->args));
	*end = '\0';
	for (rest = at + 6; (name = strsep(&rest, " "));) {
		int a = world_actor(w, name);

		buf_adds(&args, a >= 0 ? w->actor[a].role : name);
		buf_adds(&args, rest ? " " : "\"");
	}
	buf_adds(&args, end + 1);
	COPY_STR(e->args, buf_str(&args));
	buf_release(&args);
}

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
	} else if (strstr(e->args, "\"to\":\"")) {
		named = *e;
		name_targets(w, &named);
		e = &named;
	}
	event_describe(out, e, actor >= 0 ? w->actor[actor].role : NULL);
}
