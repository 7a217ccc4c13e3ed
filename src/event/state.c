/* The state of an object as the kernel shows it: its part of the line.  */
#include "config.h"

#include "event/fields.h"
#include "event/json.h"

#include <string.h>

enum state_kind { S_INT, S_INT64, S_BOOL, S_TEXT, S_CONTENT, S_ITEMS };

/* Every field once, in the order of writing.  */
struct state_field {
	const char *name;
	enum state_kind kind;
	size_t at, room;
	int64_t absent;
	bool compared;
};

#define AT(m) offsetof(struct object_state, m), \
	sizeof(((struct object_state *)0)->m)

static const struct state_field state_fields[] = {
	{ "bytes", S_INT64, AT(bytes), -1, true },
	{ "capacity", S_INT64, AT(capacity), -1, true },
	{ "size", S_INT64, AT(size), -1, true },
	{ "read_ends", S_INT, AT(read_ends), -1, true },
	{ "write_ends", S_INT, AT(write_ends), -1, true },
	{ "messages", S_INT64, AT(messages), -1, true },
	{ "max_messages", S_INT64, AT(max_messages), -1, true },
	{ "max_size", S_INT64, AT(max_size), -1, true },
	{ "value", S_INT64, AT(value), NO_VALUE, true },
	{ "waiters", S_INT, AT(waiters), -1, true },
	{ "maps", S_INT, AT(maps), -1, true },
	{ "peer", S_TEXT, AT(peer), 0, true },
	{ "status", S_TEXT, AT(status), 0, true },
	{ "writer", S_TEXT, AT(writer), 0, true },
	{ "derived", S_BOOL, AT(derived), 0, true },
	{ "content", S_CONTENT, AT(content), 0, true },
	{ "items", S_ITEMS, AT(item), 0, true },
};

#undef AT
#define AT(m) offsetof(struct state_item, m), \
	sizeof(((struct state_item *)0)->m)

static const struct state_field item_fields[] = {
	{ "number", S_INT64, AT(number), NO_VALUE, true },
	{ "value", S_INT64, AT(value), NO_VALUE, true },
	{ "waiters", S_INT, AT(waiters), -1, true },
	{ "zero_waiters", S_INT, AT(zero_waiters), -1, true },
	{ "pid", S_INT, AT(pid), -1, false },
	{ "who", S_TEXT, AT(who), 0, true },
	{ "perms", S_TEXT, AT(perms), 0, true },
	{ "address", S_INT64, AT(address), NO_VALUE, false },
	{ "frame", S_INT64, AT(frame), NO_VALUE, false },
	{ "own", S_INT, AT(own), -1, true },
	{ "data", S_CONTENT, AT(data), 0, true },
};

#undef AT

void
object_state_init(struct object_state *s)
{
	s->known = s->derived = false;
	s->bytes = s->capacity = s->size = -1;
	s->messages = s->max_messages = s->max_size = -1;
	s->value = NO_VALUE;
	s->read_ends = s->write_ends = s->waiters = s->maps = -1;
	s->peer[0] = s->status[0] = s->writer[0] = s->content[0] = '\0';
	s->content_len = -1;
	s->n_items = 0;
}

void
object_state_copy(struct object_state *to, const struct object_state *from)
{
	int n = from->n_items < STATE_ITEMS_MAX ? from->n_items : STATE_ITEMS_MAX;

	memcpy(to, from, offsetof(struct object_state, item) +
			 (size_t)n * sizeof(from->item[0]));
	to->n_items = n;
}

static void
item_init(struct state_item *i)
{
	i->number = i->value = i->address = i->frame = NO_VALUE;
	i->waiters = i->zero_waiters = i->pid = i->own = i->data_len = -1;
	i->who[0] = i->perms[0] = '\0';
}

struct state_item *
object_state_add(struct object_state *s)
{
	struct state_item *item;

	if (s->n_items >= STATE_ITEMS_MAX)
		return NULL;
	item = &s->item[s->n_items++];
	item_init(item);
	return item;
}

/* ---- writing ---- */

/* The length of a content stands in front of it in both structures.  */
static int
content_len(const struct state_field *f, const void *of)
{
	int len = f->room == ITEM_DATA_MAX ?
		  ((const struct state_item *)of)->data_len :
		  ((const struct object_state *)of)->content_len;

	return len < (int)f->room ? len : (int)f->room - 1;
}

static bool
is_absent(const struct state_field *f, const void *of)
{
	const char *p = (const char *)of + f->at;

	switch (f->kind) {
	case S_INT: return *(const int *)p == f->absent;
	case S_INT64: return *(const int64_t *)p == f->absent;
	case S_BOOL: return !*(const bool *)p;
	case S_TEXT: return !*p;
	case S_CONTENT: return content_len(f, of) < 0;
	case S_ITEMS: return ((const struct object_state *)of)->n_items == 0;
	}
	return true;
}

static void write_items(struct buf *out, const struct object_state *s);

static void
write_fields(struct buf *out, const struct state_field *fields, size_t n,
	     const void *of)
{
	char sep = '{';

	for (size_t i = 0; i < n; i++) {
		const struct state_field *f = &fields[i];
		const char *p = (const char *)of + f->at;

		if (is_absent(f, of))
			continue;
		buf_addc(out, sep);
		json_key(out, f->name);
		switch (f->kind) {
		case S_INT: buf_add_int(out, *(const int *)p); break;
		case S_INT64: buf_add_int(out, *(const int64_t *)p); break;
		case S_BOOL: buf_adds(out, "true"); break;
		case S_TEXT: json_text(out, p); break;
		case S_CONTENT: json_bytes(out, p, content_len(f, of)); break;
		case S_ITEMS: write_items(out, of); break;
		}
		sep = ',';
	}
	buf_adds(out, sep == '{' ? "{}" : "}");
}

static void
write_items(struct buf *out, const struct object_state *s)
{
	for (int i = 0; i < s->n_items && i < STATE_ITEMS_MAX; i++) {
		buf_addc(out, i ? ',' : '[');
		write_fields(out, item_fields, ARRAY_SIZE(item_fields),
			     &s->item[i]);
	}
	buf_addc(out, ']');
}

void
state_write(struct buf *out, const struct object_state *s)
{
	write_fields(out, state_fields, ARRAY_SIZE(state_fields), s);
}

/* ---- reading ---- */

static bool read_items(struct json *j, struct object_state *s);

static bool
read_int(struct json *j, int *value)
{
	int64_t n;

	if (!json_read_int(j, &n))
		return false;
	if (n < INT32_MIN || n > INT32_MAX)
		return json_wrong(j, "a number that is too large");
	*value = (int)n;
	return true;
}

static bool
read_value(struct json *j, const struct state_field *f, void *of)
{
	char *p = (char *)of + f->at;

	switch (f->kind) {
	case S_INT: return read_int(j, (int *)p);
	case S_INT64: return json_read_int(j, (int64_t *)p);
	case S_BOOL: return json_read_bool(j, (bool *)p);
	case S_TEXT: return json_read_text(j, p, f->room);
	case S_CONTENT:
		return json_read_bytes(j, p, (int)f->room - 1,
			f->room == ITEM_DATA_MAX ?
			&((struct state_item *)of)->data_len :
			&((struct object_state *)of)->content_len);
	case S_ITEMS: return read_items(j, of);
	}
	return false;
}

static bool
read_fields(struct json *j, const struct state_field *fields, size_t n,
	    void *of)
{
	char key[NAME_MAX_LEN];

	for (bool first = true; json_next_key(j, first, key, sizeof(key));
	     first = false) {
		size_t i = 0;

		while (i < n && strcmp(fields[i].name, key) != 0)
			i++;
		if (!(i < n ? read_value(j, &fields[i], of) : json_skip(j)))
			return false;
	}
	return !json_failed(j);
}

static bool
read_items(struct json *j, struct object_state *s)
{
	struct state_item surplus;

	s->n_items = 0;
	for (bool first = true; json_next_item(j, first); first = false) {
		struct state_item *i = object_state_add(s);

		if (!read_fields(j, item_fields, ARRAY_SIZE(item_fields),
				 i ? i : &surplus))
			return false;
	}
	return !json_failed(j);
}

bool
state_read(struct json *j, struct object_state *s)
{
	object_state_init(s);
	s->known = true;
	return read_fields(j, state_fields, ARRAY_SIZE(state_fields), s);
}

/* ---- comparing ---- */

static bool same_items(const struct object_state *a,
		       const struct object_state *b);

static bool
same_fields(const struct state_field *fields, size_t n, const void *a,
	    const void *b)
{
	for (size_t i = 0; i < n; i++) {
		const struct state_field *f = &fields[i];
		const char *x = (const char *)a + f->at;
		const char *y = (const char *)b + f->at;
		bool same = !f->compared;

		if (same)
			continue;
		switch (f->kind) {
		case S_INT: same = *(const int *)x == *(const int *)y; break;
		case S_INT64:
			same = *(const int64_t *)x == *(const int64_t *)y;
			break;
		case S_BOOL: same = *x == *y; break;
		case S_TEXT: same = strcmp(x, y) == 0; break;
		case S_CONTENT:
			same = content_len(f, a) == content_len(f, b) &&
			       (content_len(f, a) <= 0 ||
				memcmp(x, y, content_len(f, a)) == 0);
			break;
		case S_ITEMS: same = same_items(a, b); break;
		}
		if (!same)
			return false;
	}
	return true;
}

static bool
same_items(const struct object_state *a, const struct object_state *b)
{
	if (a->n_items != b->n_items)
		return false;
	for (int i = 0; i < a->n_items; i++)
		if (!same_fields(item_fields, ARRAY_SIZE(item_fields),
				 &a->item[i], &b->item[i]))
			return false;
	return true;
}

bool
state_equal(const struct object_state *a, const struct object_state *b)
{
	return a->known == b->known &&
	       (!a->known || same_fields(state_fields,
					 ARRAY_SIZE(state_fields), a, b));
}
