/*
 * Reading an event's line: any JSON object is accepted; the fields that are
 * known are taken and checked, the others skipped.
 */
#include "config.h"

#include "event/fields.h"
#include "event/json.h"
#include "event/names.h"

#include <string.h>

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
			ok = read_name(j, event_mode_names, 4, &mode);
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
	case F_INT64:
	case F_VALUE: return json_read_int(j, p);
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
		if (!read_name(j, event_what_names, WHAT_MAX, &value))
			return false;
		e->what = value;
		return true;
	case F_KIND:
		if (!read_name(j, event_kind_names, KIND_MAX, &value))
			return false;
		e->kind = value;
		return true;
	case F_MODE:
		if (!read_name(j, event_mode_names, 4, &value))
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
	case F_STATE: return state_read(j, &e->state);
	}
	return false;
}

/* Lines are written in the table's order: look from where the last was. */
static const struct field *
find_field(const char *name, size_t *from)
{
	for (size_t k = 0; k < FIELDS; k++) {
		size_t i = (*from + k) % FIELDS;

		if (strcmp(event_fields[i].name, name) == 0) {
			*from = i + 1;
			return &event_fields[i];
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
