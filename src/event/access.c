/* Accesses to memory: a load of the program's, told like a call.  */
#include "config.h"

#include "event/event.h"

#include <string.h>

bool
event_is_access(const char *call)
{
	return strcmp(call, "load") == 0 || strcmp(call, "store") == 0 ||
	       strcmp(call, "rmw") == 0;
}

void
event_call_name(struct buf *out, const char *call, const char *args)
{
	struct event e;
	char place[NAME_MAX_LEN * 2];

	buf_adds(out, call);
	if (!event_is_access(call))
		return;
	/* Only the arguments are looked at: event_init() would do for more. */
	COPY_STR(e.args, args);
	if (event_arg(&e, "place", place, sizeof(place)))
		buf_addf(out, " %s", place);
}
