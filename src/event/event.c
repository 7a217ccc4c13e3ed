/*
 * The event and its line of text.
 *
 * The writer is on the hot path of the tracer: it formats by hand and
 * allocates nothing.  The reader accepts any JSON object on one line, takes
 * the fields it knows and skips the others; what it takes it checks.
 */
#include "config.h"

#include "event/event.h"
#include "event/json.h"
#include "event/names.h"

#include <stdlib.h>
#include <string.h>

static const char *const what_names[WHAT_MAX] = {
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

static const char *const kind_names[KIND_MAX] = {
	[KIND_PIPE] = "pipe",
	[KIND_FIFO] = "fifo",
	[KIND_FILE] = "file",
	[KIND_DIRECTORY] = "directory",
	[KIND_TERMINAL] = "terminal",
	[KIND_DEVICE] = "device",
	[KIND_SOCKET] = "socket",
	[KIND_OTHER] = "other",
};

static const char *const mode_names[] = { "", "read", "write", "both" };

const char *
event_what_name(enum what what)
{
	if (what <= WHAT_NONE || what >= WHAT_MAX)
		return "none";
	return what_names[what];
}

const char *
object_kind_name(enum object_kind kind)
{
	if (kind <= KIND_NONE || kind >= KIND_MAX)
		return "none";
	return kind_names[kind];
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
	e->state.known = false;
	e->state.bytes = e->state.capacity = e->state.size = -1;
	e->state.read_ends = e->state.write_ends = -1;
	e->state.content_len = -1;
	e->state.content[0] = '\0';
}

/*
 * Every field of the line, once: name, kind, place, and whether two runs of
 * one schedule must agree on it.  The writer's order is the table's.
 */
enum field_kind {
	F_INT,		/* int, -1 or absent_value: not written */
	F_INT64,
	F_TEXT,		/* char array, "": not written */
	F_BOOL,
	F_JSON,		/* args: an object, kept as its text */
	F_WHAT, F_KIND, F_MODE, F_ERROR, F_SIGNAL,
	F_RESULT, F_DATA, F_OPENS, F_CLOSES, F_STATE,
};

struct field {
	const char *name;
	enum field_kind kind;
	size_t at;
	size_t room;
	int64_t absent;
	bool compared;
};

#define AT(m) offsetof(struct event, m), sizeof(((struct event *)0)->m)

static const struct field fields[] = {
	{ "n", F_INT64, AT(n), 0, false },
	{ "actor", F_TEXT, AT(actor), 0, true },
	{ "pid", F_INT, AT(pid), 0, false },
	{ "tid", F_INT, AT(tid), 0, false },
	{ "what", F_WHAT, AT(what), 0, true },
	{ "step", F_INT, AT(step), 0, true },
	{ "choice", F_TEXT, AT(choice), 0, true },
	{ "parent", F_TEXT, AT(parent), 0, true },
	{ "call", F_TEXT, AT(call), 0, true },
	{ "args", F_JSON, AT(args), 0, true },
	{ "result", F_RESULT, AT(result), 0, true },
	{ "error", F_ERROR, AT(error), 0, true },
	{ "signal", F_SIGNAL, AT(signal), 0, true },
	{ "status", F_INT, AT(status), -1, true },
	{ "object", F_TEXT, AT(object), 0, true },
	{ "object2", F_TEXT, AT(object2), 0, true },
	{ "kind", F_KIND, AT(kind), 0, true },
	{ "path", F_TEXT, AT(path), 0, true },
	{ "end", F_MODE, AT(end), 0, true },
	{ "fd", F_INT, AT(fd), -1, true },
	{ "description", F_INT, AT(description), -1, true },
	{ "bytes", F_INT64, AT(bytes), -1, true },
	{ "offset", F_INT64, AT(offset), -1, true },
	{ "data", F_DATA, AT(data), 0, true },
	{ "opens", F_OPENS, AT(opened), 0, true },
	{ "closes", F_CLOSES, AT(close_first), 0, true },
	{ "shares_files", F_BOOL, AT(shares_files), 0, true },
	{ "would_block", F_BOOL, AT(would_block), 0, true },
	{ "until", F_INT64, AT(until), -1, false },
	{ "object_state", F_STATE, AT(state), 0, true },
	{ "source", F_TEXT, AT(source), 0, false },
	{ "text", F_TEXT, AT(text), 0, true },
	{ "time", F_INT64, AT(time), -1, false },
};

/* ---- writing ---- */

static void
write_state(struct buf *out, const struct object_state *s)
{
	const struct { const char *name; int64_t value; } numbers[] = {
		{ "bytes", s->bytes }, { "capacity", s->capacity },
		{ "size", s->size }, { "read_ends", s->read_ends },
		{ "write_ends", s->write_ends },
	};
	const char *comma = "";

	buf_addc(out, '{');
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		if (numbers[i].value < 0)
			continue;
		buf_adds(out, comma);
		json_key(out, numbers[i].name);
		buf_add_int(out, numbers[i].value);
		comma = ",";
	}
	if (s->content_len >= 0) {
		buf_adds(out, comma);
		json_key(out, "content");
		json_bytes(out, s->content, s->content_len < CONTENT_MAX_LEN ?
			   s->content_len : CONTENT_MAX_LEN - 1);
	}
	buf_addc(out, '}');
}

static void
write_opened(struct buf *out, const struct event *e)
{
	buf_addc(out, '[');
	for (int i = 0; i < e->n_opened; i++) {
		const struct opened *o = &e->opened[i];

		buf_adds(out, i ? ",{\"fd\":" : "{\"fd\":");
		buf_add_int(out, o->fd);
		buf_adds(out, ",\"description\":");
		buf_add_int(out, o->description);
		buf_adds(out, ",\"object\":");
		json_text(out, o->object);
		buf_adds(out, ",\"mode\":\"");
		buf_adds(out, mode_names[o->mode & 3]);
		buf_addc(out, '"');
		if (o->cloexec)
			buf_adds(out, ",\"cloexec\":true");
		if (o->nonblock)
			buf_adds(out, ",\"nonblock\":true");
		if (o->append)
			buf_adds(out, ",\"append\":true");
		buf_addc(out, '}');
	}
	buf_addc(out, ']');
}

static bool
is_absent(const struct field *f, const struct event *e)
{
	const void *p = (const char *)e + f->at;

	switch (f->kind) {
	case F_INT: return *(const int *)p == f->absent;
	case F_INT64: return *(const int64_t *)p == f->absent;
	case F_TEXT:
	case F_JSON: return *(const char *)p == '\0';
	case F_BOOL: return !*(const bool *)p;
	case F_WHAT: return false;
	case F_KIND: return e->kind == KIND_NONE;
	case F_MODE: return e->end == 0;
	case F_ERROR: return e->error == 0;
	case F_SIGNAL: return e->signal == 0;
	case F_RESULT: return !e->has_result;
	case F_DATA: return e->data_len < 0;
	case F_OPENS: return e->n_opened == 0;
	case F_CLOSES: return e->close_first < 0;
	case F_STATE: return !e->state.known;
	}
	return true;
}

static void
write_value(struct buf *out, const struct field *f, const struct event *e)
{
	const void *p = (const char *)e + f->at;

	switch (f->kind) {
	case F_INT: buf_add_int(out, *(const int *)p); break;
	case F_INT64:
	case F_RESULT: buf_add_int(out, *(const int64_t *)p); break;
	case F_TEXT: json_text(out, p); break;
	case F_JSON: buf_adds(out, p); break;
	case F_BOOL: buf_adds(out, "true"); break;
	case F_WHAT: json_text(out, event_what_name(e->what)); break;
	case F_KIND: json_text(out, object_kind_name(e->kind)); break;
	case F_MODE: json_text(out, mode_names[e->end & 3]); break;
	case F_ERROR: json_text(out, errno_name(e->error)); break;
	case F_SIGNAL: json_text(out, signal_name(e->signal)); break;
	case F_DATA:
		json_bytes(out, e->data, e->data_len < DATA_MAX_LEN ?
			   e->data_len : DATA_MAX_LEN - 1);
		break;
	case F_OPENS: write_opened(out, e); break;
	case F_CLOSES:
		buf_addc(out, '[');
		buf_add_int(out, e->close_first);
		buf_addc(out, ',');
		buf_add_int(out, e->close_last);
		buf_addc(out, ']');
		break;
	case F_STATE: write_state(out, &e->state); break;
	}
}

void
event_write(struct buf *out, const struct event *e)
{
	char sep = '{';

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		if (is_absent(&fields[i], e))
			continue;
		buf_addc(out, sep);
		json_key(out, fields[i].name);
		write_value(out, &fields[i], e);
		sep = ',';
	}
	buf_adds(out, "}\n");
}

/* ---- reading ---- */

static bool
read_name(struct json *j, const char *const *names, int n, int *value)
{
	char text[NAME_MAX_LEN];

	if (!json_read_text(j, text, sizeof(text)))
		return false;
	for (int i = 0; i < n; i++)
		if (names[i] && strcmp(names[i], text) == 0) {
			*value = i;
			return true;
		}
	return json_wrong(j, "a word this version does not know");
}

static bool
read_small(struct json *j, int *value)
{
	int64_t wide;

	if (!json_read_int(j, &wide))
		return false;
	if (wide < INT32_MIN || wide > INT32_MAX)
		return json_wrong(j, "a number out of range");
	*value = wide;
	return true;
}

static bool
read_state(struct json *j, struct object_state *s)
{
	char key[NAME_MAX_LEN];

	s->known = true;
	for (bool first = true; json_next_key(j, first, key, sizeof(key));
	     first = false) {
		bool ok;

		if (strcmp(key, "bytes") == 0)
			ok = json_read_int(j, &s->bytes);
		else if (strcmp(key, "capacity") == 0)
			ok = json_read_int(j, &s->capacity);
		else if (strcmp(key, "size") == 0)
			ok = json_read_int(j, &s->size);
		else if (strcmp(key, "read_ends") == 0)
			ok = read_small(j, &s->read_ends);
		else if (strcmp(key, "write_ends") == 0)
			ok = read_small(j, &s->write_ends);
		else if (strcmp(key, "content") == 0)
			ok = json_read_bytes(j, s->content, CONTENT_MAX_LEN - 1,
					     &s->content_len);
		else
			ok = json_skip(j);
		if (!ok)
			return false;
	}
	return !json_failed(j);
}

static bool
read_opened(struct json *j, struct opened *o)
{
	char key[NAME_MAX_LEN];

	*o = (struct opened){ .fd = -1, .description = -1 };
	for (bool first = true; json_next_key(j, first, key, sizeof(key));
	     first = false) {
		int mode = 0;
		bool ok;

		if (strcmp(key, "fd") == 0) {
			ok = read_small(j, &o->fd);
		} else if (strcmp(key, "description") == 0) {
			ok = read_small(j, &o->description);
		} else if (strcmp(key, "object") == 0) {
			ok = json_read_text(j, o->object, sizeof(o->object));
		} else if (strcmp(key, "mode") == 0) {
			ok = read_name(j, mode_names, 4, &mode);
			o->mode = mode;
		} else if (strcmp(key, "cloexec") == 0) {
			ok = json_read_bool(j, &o->cloexec);
		} else if (strcmp(key, "nonblock") == 0) {
			ok = json_read_bool(j, &o->nonblock);
		} else if (strcmp(key, "append") == 0) {
			ok = json_read_bool(j, &o->append);
		} else {
			ok = json_skip(j);
		}
		if (!ok)
			return false;
	}
	return !json_failed(j);
}

static bool
read_opens(struct json *j, struct event *e)
{
	for (bool first = true; json_next_item(j, first); first = false) {
		if (e->n_opened == OPENS_MAX)
			return json_wrong(j, "more descriptors than fit");
		if (!read_opened(j, &e->opened[e->n_opened]))
			return false;
		if (e->opened[e->n_opened].fd < 0)
			return json_wrong(j, "a descriptor without a number");
		e->n_opened++;
	}
	return !json_failed(j);
}

static bool
read_closes(struct json *j, struct event *e)
{
	int *place[] = { &e->close_first, &e->close_last };
	int i = 0;

	for (bool first = true; json_next_item(j, first); first = false)
		if (i == 2 || !read_small(j, place[i++]))
			return json_wrong(j, "not two numbers");
	if (json_failed(j))
		return false;
	if (i != 2 || e->close_first < 0 || e->close_last < e->close_first)
		return json_wrong(j, "not a first and a last descriptor");
	return true;
}

static bool
read_numbered(struct json *j, int (*number)(const char *), int *value)
{
	char text[NAME_MAX_LEN];

	if (!json_read_text(j, text, sizeof(text)))
		return false;
	*value = number(text);
	return *value > 0 || json_wrong(j, "a name nobody knows");
}

static bool
read_value(struct json *j, const struct field *f, struct event *e)
{
	void *p = (char *)e + f->at;
	int value = 0;

	switch (f->kind) {
	case F_INT: return read_small(j, p);
	case F_INT64: return json_read_int(j, p);
	case F_RESULT:
		e->has_result = true;
		return json_read_int(j, p);
	case F_TEXT: return json_read_text(j, p, f->room);
	case F_JSON:
		if (!json_peek_object(j))
			return json_wrong(j, "an object should stand here");
		return json_read_raw(j, p, f->room);
	case F_BOOL: return json_read_bool(j, p);
	case F_WHAT:
		if (!read_name(j, what_names, WHAT_MAX, &value))
			return false;
		e->what = value;
		return true;
	case F_KIND:
		if (!read_name(j, kind_names, KIND_MAX, &value))
			return false;
		e->kind = value;
		return true;
	case F_MODE:
		if (!read_name(j, mode_names, 4, &value))
			return false;
		e->end = value;
		return true;
	case F_ERROR: return read_numbered(j, errno_number, &e->error);
	case F_SIGNAL: return read_numbered(j, signal_number, &e->signal);
	case F_DATA:
		return json_read_bytes(j, e->data, DATA_MAX_LEN - 1,
				       &e->data_len);
	case F_OPENS: return read_opens(j, e);
	case F_CLOSES: return read_closes(j, e);
	case F_STATE: return read_state(j, &e->state);
	}
	return false;
}

/* Lines are written in the table's order: look from where the last was. */
static const struct field *
find_field(const char *name, size_t *from)
{
	for (size_t k = 0; k < ARRAY_SIZE(fields); k++) {
		size_t i = (*from + k) % ARRAY_SIZE(fields);

		if (strcmp(fields[i].name, name) == 0) {
			*from = i + 1;
			return &fields[i];
		}
	}
	return NULL;
}

int
event_parse(const char *line, size_t len, struct event *e, char **why)
{
	struct json j;
	char key[NAME_MAX_LEN];
	size_t from = 0;

	event_init(e, WHAT_NONE);
	json_init(&j, line, len);
	for (bool first = true; json_next_key(&j, first, key, sizeof(key));
	     first = false) {
		const struct field *f = find_field(key, &from);

		if (!(f ? read_value(&j, f, e) : json_skip(&j)))
			return json_why(&j, why);
	}
	if (json_failed(&j) || !json_at_end(&j))
		return json_why(&j, why);
	if (e->what == WHAT_NONE)
		return fail(why, "an event without \"what\"");
	return 0;
}

/* ---- looking ---- */

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

static bool
same_field(const struct field *f, const struct event *a, const struct event *b)
{
	struct buf x = BUF_INIT, y = BUF_INIT;
	bool same = is_absent(f, a) == is_absent(f, b);

	if (same && !is_absent(f, a)) {
		write_value(&x, f, a);
		write_value(&y, f, b);
		same = strcmp(buf_str(&x), buf_str(&y)) == 0;
	}
	buf_release(&x);
	buf_release(&y);
	return same;
}

bool
event_equal(const struct event *a, const struct event *b, const char **field)
{
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (fields[i].compared && !same_field(&fields[i], a, b)) {
			if (field)
				*field = fields[i].name;
			return false;
		}
	return true;
}
