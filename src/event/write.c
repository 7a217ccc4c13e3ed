/*
 * Writing an event's line: on the hot path of the tracer, so it formats by
 * hand and allocates nothing but the line.
 */
#include "config.h"

#include "event/fields.h"
#include "event/json.h"
#include "event/names.h"

#include <string.h>

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
		buf_adds(out, event_mode_names[o->mode & 3]);
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
	case F_VALUE: return *(const int64_t *)p == NO_VALUE;
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
	case F_VALUE:
	case F_RESULT: buf_add_int(out, *(const int64_t *)p); break;
	case F_TEXT: json_text(out, p); break;
	case F_JSON: buf_adds(out, p); break;
	case F_BOOL: buf_adds(out, "true"); break;
	case F_WHAT: json_text(out, event_what_name(e->what)); break;
	case F_KIND: json_text(out, object_kind_name(e->kind)); break;
	case F_MODE: json_text(out, event_mode_names[e->end & 3]); break;
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
	case F_STATE: state_write(out, &e->state); break;
	}
}

void
event_write(struct buf *out, const struct event *e)
{
	char sep = '{';

	for (size_t i = 0; i < FIELDS; i++) {
		if (is_absent(&event_fields[i], e))
			continue;
		buf_addc(out, sep);
		buf_add(out, event_fields[i].key, event_fields[i].key_len);
		write_value(out, &event_fields[i], e);
		sep = ',';
	}
	buf_adds(out, "}\n");
}
