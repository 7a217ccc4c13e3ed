/* The event: its names, its table of fields, and looking into it.  */
#include "config.h"

#include "event/fields.h"
#include "event/json.h"

#include <stdlib.h>
#include <string.h>

const char *const event_what_names[WHAT_MAX] = {
	[WHAT_START] = "start",
	[WHAT_EXEC] = "exec",
	[WHAT_POINT] = "point",
	[WHAT_BLOCK] = "block",
	[WHAT_CALL] = "call",
	[WHAT_SIGNAL] = "signal",
	[WHAT_STOP] = "stop",
	[WHAT_CONTINUE] = "continue",
	[WHAT_EXIT] = "exit",
	[WHAT_REAP] = "reap",
	[WHAT_OBJECT] = "object",
	[WHAT_CHOICE] = "choice",
	[WHAT_HELD] = "held",
	[WHAT_CHECK] = "check",
	[WHAT_DIFFER] = "differ",
	[WHAT_NOTE] = "note",
	[WHAT_END] = "end",
};

const char *const event_kind_names[KIND_MAX] = {
	[KIND_PIPE] = "pipe",
	[KIND_FIFO] = "fifo",
	[KIND_FILE] = "file",
	[KIND_DIRECTORY] = "directory",
	[KIND_TERMINAL] = "terminal",
	[KIND_DEVICE] = "device",
	[KIND_SOCKET] = "socket",
	[KIND_OTHER] = "other",
	[KIND_QUEUE] = "queue",
	[KIND_MQUEUE] = "mqueue",
	[KIND_MEMORY] = "memory",
	[KIND_SEMAPHORE_SET] = "semaphore set",
	[KIND_SEMAPHORE] = "semaphore",
	[KIND_MUTEX] = "mutex",
	[KIND_CONDITION] = "condition",
	[KIND_RWLOCK] = "rwlock",
	[KIND_BARRIER] = "barrier",
	[KIND_FUTEX] = "futex",
	[KIND_EVENTFD] = "eventfd",
	[KIND_TIMERFD] = "timerfd",
	[KIND_SIGNALFD] = "signalfd",
	[KIND_PIDFD] = "pidfd",
	[KIND_EPOLL] = "epoll",
	[KIND_INOTIFY] = "inotify",
	[KIND_IO_URING] = "io_uring",
};

const char *const event_mode_names[MODES] = { "", "read", "write", "both" };

const char *
event_what_name(enum what what)
{
	if (what <= WHAT_NONE || what >= WHAT_MAX)
		return "none";
	return event_what_names[what];
}

const char *
object_kind_name(enum object_kind kind)
{
	if (kind <= KIND_NONE || kind >= KIND_MAX)
		return "none";
	return event_kind_names[kind];
}

void
event_init(struct event *e, enum what what)
{
	e->n = 0;
	e->what = what;
	e->actor[0] = e->call[0] = e->args[0] = '\0';
	e->object[0] = e->object2[0] = e->parent[0] = e->path[0] = '\0';
	e->choice[0] = e->source[0] = e->text[0] = '\0';
	e->pid = e->tid = 0;
	e->has_result = e->shares_files = e->would_block = false;
	e->result = 0;
	e->error = 0;
	e->end = 0;
	e->fd = e->description = -1;
	e->bytes = e->offset = -1;
	e->data_len = -1;
	e->data[0] = '\0';
	e->n_opened = 0;
	e->close_first = e->close_last = -1;
	e->kind = KIND_NONE;
	e->status = -1;
	e->signal = 0;
	e->until = e->time = -1;
	e->step = 0;
	e->type = -1;
	e->value = NO_VALUE;
	e->from[0] = e->address[0] = '\0';
	object_state_init(&e->state);
}

#define AT(m) offsetof(struct event, m), sizeof(((struct event *)0)->m)
#define NAMED(n) n, "\"" n "\":", sizeof(n) + 2

const struct field event_fields[] = {
	{ NAMED("n"), F_INT64, AT(n), 0, false },
	{ NAMED("actor"), F_TEXT, AT(actor), 0, true },
	{ NAMED("pid"), F_INT, AT(pid), 0, false },
	{ NAMED("tid"), F_INT, AT(tid), 0, false },
	{ NAMED("what"), F_WHAT, AT(what), 0, true },
	{ NAMED("step"), F_INT, AT(step), 0, true },
	{ NAMED("choice"), F_TEXT, AT(choice), 0, true },
	{ NAMED("parent"), F_TEXT, AT(parent), 0, true },
	{ NAMED("call"), F_TEXT, AT(call), 0, true },
	{ NAMED("args"), F_JSON, AT(args), 0, true },
	{ NAMED("result"), F_RESULT, AT(result), 0, true },
	{ NAMED("error"), F_ERROR, AT(error), 0, true },
	{ NAMED("signal"), F_SIGNAL, AT(signal), 0, true },
	{ NAMED("status"), F_INT, AT(status), -1, true },
	{ NAMED("object"), F_TEXT, AT(object), 0, true },
	{ NAMED("object2"), F_TEXT, AT(object2), 0, true },
	{ NAMED("kind"), F_KIND, AT(kind), 0, true },
	{ NAMED("path"), F_TEXT, AT(path), 0, true },
	{ NAMED("end"), F_MODE, AT(end), 0, true },
	{ NAMED("fd"), F_INT, AT(fd), -1, true },
	{ NAMED("description"), F_INT, AT(description), -1, true },
	{ NAMED("bytes"), F_INT64, AT(bytes), -1, true },
	{ NAMED("offset"), F_INT64, AT(offset), -1, true },
	{ NAMED("type"), F_INT64, AT(type), -1, true },
	{ NAMED("value"), F_VALUE, AT(value), 0, true },
	{ NAMED("from"), F_TEXT, AT(from), 0, true },
	{ NAMED("address"), F_TEXT, AT(address), 0, false },
	{ NAMED("data"), F_DATA, AT(data), 0, true },
	{ NAMED("opens"), F_OPENS, AT(opened), 0, true },
	{ NAMED("closes"), F_CLOSES, AT(close_first), 0, true },
	{ NAMED("shares_files"), F_BOOL, AT(shares_files), 0, true },
	{ NAMED("would_block"), F_BOOL, AT(would_block), 0, true },
	{ NAMED("until"), F_INT64, AT(until), -1, false },
	{ NAMED("object_state"), F_STATE, AT(state), 0, true },
	{ NAMED("source"), F_TEXT, AT(source), 0, false },
	{ NAMED("text"), F_TEXT, AT(text), 0, true },
	{ NAMED("time"), F_INT64, AT(time), -1, false },
};

bool
event_arg(const struct event *e, const char *name, char *out, size_t room)
{
	struct json j;
	char key[NAME_MAX_LEN];

	json_init(&j, e->args, strlen(e->args));
	for (bool first = true; json_next_key(&j, first, key, sizeof(key));
	     first = false) {
		if (strcmp(key, name) != 0) {
			if (!json_skip(&j))
				return false;
			continue;
		}
		return json_peek_text(&j) ? json_read_text(&j, out, room)
					  : json_read_raw(&j, out, room);
	}
	return false;
}

int64_t
event_arg_int(const struct event *e, const char *name, int64_t otherwise)
{
	char text[64], *end;
	long long value;

	if (!event_arg(e, name, text, sizeof(text)) || !text[0])
		return otherwise;
	value = strtoll(text, &end, 0);
	return *end ? otherwise : value;
}

const char *
event_field_name(size_t i)
{
	return i < FIELDS ? event_fields[i].name : NULL;
}
