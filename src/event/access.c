/* Calls as people know them; accesses to memory, which are told like calls.  */
#include "config.h"

#include "event/event.h"

#include <string.h>

bool
event_is_access(const char *call)
{
	return strcmp(call, "load") == 0 || strcmp(call, "store") == 0 ||
	       strcmp(call, "rmw") == 0;
}

/*
 * What a program calls by one name the C library asks the kernel for by
 * another: semop(2) is semtimedop without a limit.  The learner looks for the
 * name that stands in the source.  unlimited: only where this argument is
 * null.
 */
static const struct {
	const char *call, *familiar, *unlimited;
} familiars[] = {
	{ "semtimedop", "semop", "timeout" },
	{ "mq_timedsend", "mq_send", "abs_timeout" },
	{ "mq_timedreceive", "mq_receive", "abs_timeout" },
	{ "recvfrom", "recv", "src_addr" },
	{ "sendto", "send", "dest_addr" },
	{ "rt_sigsuspend", "sigsuspend", NULL },
	{ "rt_sigaction", "sigaction", NULL },
	{ "rt_sigprocmask", "sigprocmask", NULL },
	{ "rt_sigpending", "sigpending", NULL },
	{ "rt_sigqueueinfo", "sigqueue", NULL },
	{ "rt_sigtimedwait", "sigwaitinfo", "timeout" },
	{ "rt_sigtimedwait", "sigtimedwait", NULL },
};

static const char *
familiar(const char *call, const struct event *args)
{
	char limit[64];

	for (size_t i = 0; i < ARRAY_SIZE(familiars); i++) {
		const char *argument = familiars[i].unlimited;

		if (strcmp(familiars[i].call, call) != 0)
			continue;
		if (!argument || !event_arg(args, argument, limit,
					    sizeof(limit)) ||
		    strcmp(limit, "null") == 0)
			return familiars[i].familiar;
	}
	return call;
}

void
event_call_name(struct buf *out, const char *call, const char *args)
{
	struct event e;
	char place[NAME_MAX_LEN * 2];

	/* Only the arguments are looked at: event_init() would do for more. */
	COPY_STR(e.args, args);
	buf_adds(out, familiar(call, &e));
	if (!event_is_access(call))
		return;
	if (event_arg(&e, "place", place, sizeof(place)))
		buf_addf(out, " %s", place);
}
