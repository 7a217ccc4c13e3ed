/* What can be counted of an object: messages, its value, who sleeps on it.  */
#include "config.h"

#include "world/inside.h"

static bool
kernel_is_newer(const struct object *o)
{
	return o->probed.known && o->probed_n >= o->changed_n;
}

int64_t
world_messages(const struct world *w, int object)
{
	const struct object *o = &w->object[object];

	if (kernel_is_newer(o) && o->probed.messages >= 0)
		return o->probed.messages;
	if (object_is_pipe(o) || o->kind == KIND_FILE ||
	    (socket_is_stream(o) && !(o->socket.is & SOCKET_LISTENING)))
		return -1;
	return (int64_t)(o->n_segments - o->head_segment);
}

int64_t
world_value(const struct world *w, int object)
{
	const struct object *o = &w->object[object];

	if (kernel_is_newer(o) && o->probed.value != NO_VALUE)
		return o->probed.value;
	return o->value;
}

int
world_waiters(const struct world *w, int object)
{
	int n = 0;

	for (int a = 0; a < w->n_actors; a++)
		n += w->actor[a].object == object &&
		     (w->actor[a].state == ACTOR_BLOCKED ||
		      w->actor[a].state == ACTOR_SLEEPING);
	return n;
}
