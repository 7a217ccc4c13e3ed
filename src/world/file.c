/* Files: how long they are, how they begin, what they are called.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

#include <string.h>

static void
emptied(struct world *w, struct object *o, int a)
{
	o->size = 0;
	o->content_len = 0;
	o->last_writer = a;
	o->last_write_n = o->changed_n = w->n;
}

void
file_opened(struct world *w, int id, const struct event *e, int a)
{
	char flags[256] = "";

	if (w->object[id].kind != KIND_FILE)
		return;
	if (!event_arg(e, "flags", flags, sizeof(flags)))
		event_arg(e, "how", flags, sizeof(flags));
	if (strstr(flags, "O_TRUNC") || strcmp(e->call, "creat") == 0)
		emptied(w, &w->object[id], a);
}

void
file_truncated(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];
	int64_t length = event_arg_int(e, "length", -1);

	if (length < 0 || o->kind != KIND_FILE)
		return;
	if (length == 0) {
		emptied(w, o, a);
		return;
	}
	o->size = length;
	if (o->content_len > length)
		o->content_len = length;
	o->last_writer = a;
	o->last_write_n = o->changed_n = w->n;
}

/* Where the bytes of this call begin in the file, -1: not known.  */
static int64_t
start_of(const struct event *e)
{
	/* pread and pwrite leave the offset alone and name their own. */
	if (strncmp(e->call, "pread", 5) == 0 ||
	    strncmp(e->call, "pwrite", 6) == 0)
		return event_arg_int(e, "offset", -1);
	return e->offset >= e->bytes ? e->offset - e->bytes : -1;
}

/* The bytes data[0..n) stand at start of the file; those up to bytes beyond
 * are not known.  */
static void
learn(struct object *o, int64_t start, int64_t bytes, const char *data, int n)
{
	int64_t known = o->content_len < 0 ? 0 : o->content_len;
	int64_t end = start + n;

	if (start > known || start >= CONTENT_MAX_LEN)
		return;
	if (end > CONTENT_MAX_LEN)
		end = CONTENT_MAX_LEN;
	memcpy(o->content + start, data, end - start);
	if (n < bytes && end < CONTENT_MAX_LEN)
		o->content_len = end;	/* then comes what was not shown */
	else if (end > known)
		o->content_len = end;
}

/* Through a mapping: within the pages of the file, which that does not make
 * longer.  */
static void
accessed(struct object *o, const struct event *e)
{
	if (e->value == NO_VALUE || e->offset < 0)
		return;
	for (int64_t i = 0; i < e->bytes && i < 8; i++)
		if (e->offset + i < o->content_len)
			o->content[e->offset + i] = (char)(e->value >> 8 * i);
}

void
file_moved(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];
	int64_t start = start_of(e);
	int n = e->data_len > 0 ? e->data_len : 0;

	(void)a;
	if (event_is_access(e->call)) {
		accessed(o, e);
		return;
	}
	if (start < 0 || e->bytes > INT64_MAX - start) {
		if (e->end == MODE_WRITE)
			o->content_len = o->size = -1;
		return;
	}
	if (e->end == MODE_WRITE && (o->size >= 0 || o->content_len >= 0) &&
	    start + e->bytes > o->size)
		o->size = start + e->bytes;
	learn(o, start, e->bytes, e->data, n);
}

/* The file at the old path bears the new one; what bore that is gone.  */
void
file_renamed(struct world *w, const struct event *e)
{
	/* Adding an object may move all of them: index after that. */
	int moved = e->object[0] ? object_find_or_add(w, e->object) : -1;
	int replaced = e->object2[0] ? object_find_or_add(w, e->object2) : -1;

	if (replaced >= 0 && replaced != moved)
		w->object[replaced].removed = true;
	if (moved >= 0 && e->path[0])
		COPY_STR(w->object[moved].path, e->path);
}

/* A program that has it mapped writes to it without a call.  */
void
file_probed(struct world *w, int id, const struct object_state *s)
{
	struct object *o = &w->object[id];
	int a = s->writer[0] ? world_actor(w, s->writer) : -1;

	mappings_probed(w, id, s);
	if (a < 0)
		return;
	o->last_writer = a;
	o->last_write_n = o->changed_n = w->n;
}

bool
file_check(const struct world *w, int id, const struct object_state *s,
	   struct buf *out)
{
	const struct object *o = &w->object[id];

	if (s->size < 0 || o->size < 0 || o->size == s->size)
		return mappings_check(w, id, s, out);
	return check_number(out, o, _("size"), o->size, s->size);
}
