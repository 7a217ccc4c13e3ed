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
 * another: semop(2) is semtimedop without a limit, fork(2) is clone.  The
 * learner looks for the name that stands in the source.  This is the one
 * table of those names: reports, sentences and the timeline use it, logs and
 * JSON say what the kernel was asked for.  The first row that fits counts.
 */
static const struct {
	const char *call, *familiar;
	const char *argument;	/* only where it ... */
	const char *says;	/* has this in it; NULL: is null, or not told */
} familiars[] = {
	{ "semtimedop", "semop", "timeout", NULL },
	{ "mq_timedsend", "mq_send", "abs_timeout", NULL },
	{ "mq_timedreceive", "mq_receive", "abs_timeout", NULL },
	{ "recvfrom", "recv", "src_addr", NULL },
	{ "sendto", "send", "dest_addr", NULL },
	{ "rt_sigsuspend", "sigsuspend", NULL, NULL },
	{ "rt_sigaction", "sigaction", NULL, NULL },
	{ "rt_sigprocmask", "sigprocmask", NULL, NULL },
	{ "rt_sigpending", "sigpending", NULL, NULL },
	{ "rt_sigqueueinfo", "sigqueue", NULL, NULL },
	{ "rt_sigtimedwait", "sigwaitinfo", "timeout", NULL },
	{ "rt_sigtimedwait", "sigtimedwait", NULL, NULL },
	{ "clone", "pthread_create", "flags", "CLONE_THREAD" },
	{ "clone3", "pthread_create", "flags", "CLONE_THREAD" },
	{ "clone", "clone", "flags", "CLONE_VM" },
	{ "clone3", "clone3", "flags", "CLONE_VM" },
	{ "clone", "fork", NULL, NULL },
	{ "wait4", "waitpid", "options", "W" },
	{ "wait4", "wait", "pid", "-1" },
	{ "wait4", "wait", "pid", NULL },
	{ "wait4", "waitpid", NULL, NULL },
	{ "exit_group", "exit", NULL, NULL },
	{ "openat", "open", NULL, NULL },
	{ "pipe2", "pipe2", "flags", "O_" },
	{ "pipe2", "pipe", NULL, NULL },
	{ "clock_nanosleep", "clock_nanosleep", "flags", "TIMER_ABSTIME" },
	{ "clock_nanosleep", "nanosleep", NULL, NULL },
	{ "newfstatat", "lstat", "flags", "AT_SYMLINK_NOFOLLOW" },
	{ "newfstatat", "fstat", "flags", "AT_EMPTY_PATH" },
	{ "newfstatat", "stat", NULL, NULL },
	{ "faccessat", "access", NULL, NULL },
	{ "faccessat2", "access", NULL, NULL },
	{ "unlinkat", "rmdir", "flags", "AT_REMOVEDIR" },
	{ "unlinkat", "unlink", NULL, NULL },
	{ "renameat", "rename", NULL, NULL },
	{ "renameat2", "rename", NULL, NULL },
	{ "mkdirat", "mkdir", NULL, NULL },
	{ "linkat", "link", NULL, NULL },
	{ "symlinkat", "symlink", NULL, NULL },
	{ "readlinkat", "readlink", NULL, NULL },
	{ "fchmodat", "chmod", NULL, NULL },
	{ "mknod", "mkfifo", "mode", "S_IFIFO" },
	{ "mknodat", "mkfifo", "mode", "S_IFIFO" },
	{ "mknodat", "mknod", NULL, NULL },
	{ "pread64", "pread", NULL, NULL },
	{ "pwrite64", "pwrite", NULL, NULL },
	{ "getdents64", "readdir", NULL, NULL },
	{ "signalfd4", "signalfd", NULL, NULL },
	{ "eventfd2", "eventfd", NULL, NULL },
};

static bool
fits(const struct event *args, const char *argument, const char *says)
{
	char value[128];
	bool told;

	if (!argument)
		return true;
	told = event_arg(args, argument, value, sizeof(value));
	if (!says)
		return !told || strcmp(value, "null") == 0;
	return told && strstr(value, says);
}

static const char *
familiar(const char *call, const struct event *args)
{
	for (size_t i = 0; i < ARRAY_SIZE(familiars); i++)
		if (strcmp(familiars[i].call, call) == 0 &&
		    fits(args, familiars[i].argument, familiars[i].says))
			return familiars[i].familiar;
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

const char *
event_call_written(const char *call, const char *args)
{
	struct event e;

	/* As above.  */
	COPY_STR(e.args, args);
	return familiar(call, &e);
}
