/* Are two events the same but for times, ids and addresses?  */
#include "config.h"

#include "event/fields.h"
#include "event/json.h"

#include <stdlib.h>
#include <string.h>

static bool
same_opens(const struct event *a, const struct event *b)
{
	if (a->n_opened != b->n_opened)
		return false;
	for (int i = 0; i < a->n_opened; i++) {
		const struct opened *x = &a->opened[i], *y = &b->opened[i];

		if (x->fd != y->fd || x->description != y->description ||
		    x->mode != y->mode || x->cloexec != y->cloexec ||
		    x->nonblock != y->nonblock || x->append != y->append ||
		    strcmp(x->object, y->object) != 0)
			return false;
	}
	return true;
}

/* Calls that return the id of a process or thread: two runs need not agree
 * on it, only on whether there is one.  */
bool
event_returns_id(const char *call)
{
	static const char *const calls[] = {
		"clone", "clone3", "fork", "getpgid", "getpgrp", "getpid",
		"getppid", "getsid", "gettid", "set_tid_address", "setsid",
		"vfork", "wait4", "waitid",
		/* System V objects, and addresses */
		"mmap", "mremap", "msgget", "semget", "shmat", "shmget",
	};

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		if (strcmp(calls[i], call) == 0)
			return true;
	return false;
}

static int
sign(int64_t v)
{
	return (v > 0) - (v < 0);
}

static bool
same_result(const struct event *a, const struct event *b)
{
	if (a->has_result != b->has_result)
		return false;
	return !a->has_result || a->result == b->result ||
	       (event_returns_id(a->call) &&
		sign(a->result) == sign(b->result));
}

/* The addresses of sockets that a program gives are its own words, not places
 * in memory.  */
static bool
is_of_socket(const char *call)
{
	return strcmp(call, "bind") == 0 || strcmp(call, "connect") == 0 ||
	       strcmp(call, "sendto") == 0;
}

/* Of args, those that are ids or addresses: "pid", "parent_tid", "addr".  */
static bool
is_id(const char *call, const char *name)
{
	static const char *const ends[] = {
		"pid", "tid", "pgid", "addr", "key", "msqid", "semid", "shmid",
	};
	size_t n = strlen(name);

	if (is_of_socket(call))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		size_t m = strlen(ends[i]);

		if (n >= m && strcmp(name + n - m, ends[i]) == 0)
			return true;
	}
	return false;
}

/* Everything but ids is equal, in the same order.  */
static bool
same_args(const struct event *a, const struct event *b)
{
	struct json x, y;
	char key[NAME_MAX_LEN], other[NAME_MAX_LEN];
	char value[ARGS_MAX_LEN], value2[ARGS_MAX_LEN];

	if (strcmp(a->args, b->args) == 0)
		return true;
	json_init(&x, a->args, strlen(a->args));
	json_init(&y, b->args, strlen(b->args));
	for (bool first = true;; first = false) {
		bool more = json_next_key(&x, first, key, sizeof(key));

		if (more != json_next_key(&y, first, other, sizeof(other)))
			return false;
		if (!more)
			return !json_failed(&x) && !json_failed(&y);
		if (strcmp(key, other) != 0 ||
		    !json_read_raw(&x, value, sizeof(value)) ||
		    !json_read_raw(&y, value2, sizeof(value2)) ||
		    (!is_id(a->call, key) && strcmp(value, value2) != 0))
			return false;
	}
}

static bool
same_field(const struct field *f, const struct event *a, const struct event *b)
{
	const char *x = (const char *)a + f->at, *y = (const char *)b + f->at;

	switch (f->kind) {
	case F_INT:
	case F_ERROR:
	case F_SIGNAL: return *(const int *)x == *(const int *)y;
	case F_INT64:
	case F_VALUE: return *(const int64_t *)x == *(const int64_t *)y;
	case F_TEXT: return strcmp(x, y) == 0;
	case F_BOOL: return *(const bool *)x == *(const bool *)y;
	case F_JSON: return same_args(a, b);
	case F_WHAT: return a->what == b->what;
	case F_KIND: return a->kind == b->kind;
	case F_MODE: return a->end == b->end;
	case F_RESULT: return same_result(a, b);
	case F_DATA:
		return a->data_len == b->data_len &&
		       (a->data_len <= 0 ||
			memcmp(a->data, b->data, a->data_len) == 0);
	case F_OPENS: return same_opens(a, b);
	case F_CLOSES:
		return a->close_first == b->close_first &&
		       a->close_last == b->close_last;
	case F_STATE: return state_equal(&a->state, &b->state);
	}
	return false;
}

bool
event_equal(const struct event *a, const struct event *b, const char **field)
{
	for (size_t i = 0; i < FIELDS; i++)
		if (event_fields[i].compared &&
		    !same_field(&event_fields[i], a, b)) {
			if (field)
				*field = event_fields[i].name;
			return false;
		}
	return true;
}

/* The args without the values of ids.  */
static void
blank_args(struct event *e)
{
	struct buf out = BUF_INIT;
	struct json j;
	char key[NAME_MAX_LEN], value[ARGS_MAX_LEN];

	if (!e->args[0])
		return;
	json_init(&j, e->args, strlen(e->args));
	for (bool first = true; json_next_key(&j, first, key, sizeof(key));
	     first = false) {
		if (!json_read_raw(&j, value, sizeof(value)))
			break;
		buf_addc(&out, first ? '{' : ',');
		json_key(&out, key);
		buf_adds(&out, is_id(e->call, key) ? "0" : value);
	}
	buf_adds(&out, out.len ? "}" : "{}");
	COPY_STR(e->args, buf_str(&out));
	buf_release(&out);
}

void
event_blank(struct event *e)
{
	struct event *none = xmalloc(sizeof(*none));

	event_init(none, e->what);
	for (size_t i = 0; i < FIELDS; i++) {
		const struct field *f = &event_fields[i];

		/* Of a text its first byte: the rest is not looked at. */
		if (!f->compared)
			memcpy((char *)e + f->at, (char *)none + f->at,
			       f->kind == F_TEXT ? 1 : f->room);
	}
	free(none);
	if (e->has_result && event_returns_id(e->call))
		e->result = sign(e->result);
	blank_args(e);
}
