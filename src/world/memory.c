/*
 * Shared memory: what is in it, who wrote which byte last, and whether two
 * wrote or read it with nothing that puts them in order.
 *
 * A store is known from its event, where the program was compiled so that it
 * tells of it; else from the content, which the kernel shows after a move, and
 * from who alone moved since the last look.
 */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

#include <string.h>

enum { SHOWN = CONTENT_MAX_LEN - 1 };

/* Of each byte that is shown.  Actors count from 1; 0: nobody known.  */
struct memory {
	bool marked;		/* for destruction: shmctl(2), IPC_RMID */
	bool anonymous;		/* it lives as long as it is mapped */
	bool unordered;
	uint64_t last;		/* the event that wrote last */
	struct {
		int writer, reader;
		uint64_t write_n, read_n;
		bool atomic;	/* it was an atomic write */
		bool told;	/* it has an event of its own */
		bool unordered;
	} byte[CONTENT_MAX_LEN];
};

static struct memory *
memory_of(struct object *o)
{
	return object_own(o, sizeof(struct memory));
}

static const struct memory *
has_memory(const struct world *w, int object)
{
	if (object < 0 || object >= w->n_objects)
		return NULL;
	return object_has_own(&w->object[object], sizeof(struct memory));
}

int
world_byte_writer(const struct world *w, int object, int64_t at, uint64_t *n)
{
	const struct memory *m = has_memory(w, object);
	int a;

	if (n)
		*n = 0;
	if (!m || at < 0 || at >= SHOWN)
		return -1;
	if (n)
		*n = m->byte[at].write_n;
	a = m->byte[at].writer - 1;
	return a < w->n_actors ? a : -1;
}

bool
world_byte_unordered(const struct world *w, int object, int64_t at)
{
	const struct memory *m = has_memory(w, object);

	return m && (at < 0 ? m->unordered :
		     at < SHOWN && m->byte[at].unordered);
}

bool
world_is_marked(const struct world *w, int object)
{
	const struct memory *m = has_memory(w, object);

	return m && m->marked;
}

/* ---- order ---- */

/*
 * Calls that can put two actors in order: all but those that only touch
 * memory, a file, or the terminal.  That is generous: an access is called
 * unordered only if one of the two has made no such call since.
 */
static bool
orders(const struct world *w, const struct event *e)
{
	int o = e->object[0] ? world_object(w, e->object) : -1;
	enum object_kind kind = o < 0 ? KIND_NONE : w->object[o].kind;

	switch (kind) {
	case KIND_NONE:
		return strstr(e->call, "wait") || strstr(e->call, "clone") ||
		       strstr(e->call, "fork") || strstr(e->call, "kill") ||
		       strstr(e->call, "sig") || strstr(e->call, "pthread") ||
		       strstr(e->call, "sem_") || strstr(e->call, "poll") ||
		       strstr(e->call, "exit");
	case KIND_MEMORY:
	case KIND_FILE:
	case KIND_TERMINAL:
	case KIND_DEVICE:
	case KIND_DIRECTORY:
		return false;
	default:
		return true;
	}
}

void
memory_orders(struct world *w, const struct event *e, int a)
{
	if (orders(w, e))
		w->actor[a].order_n = w->n;
}

/* Was what x did at event n before what a does now?  */
static bool
is_ordered(const struct world *w, int x, uint64_t n, int a)
{
	if (x == a || x < 0 || x >= w->n_actors)
		return true;
	/* It was born since then, or the other has ended. */
	if (w->actor[a].born_n > n || w->actor[x].ended_n)
		return true;
	return w->actor[x].order_n > n && w->actor[a].order_n > n;
}

/* ---- accesses ---- */

static void
note_unordered(struct memory *m, int64_t i)
{
	m->byte[i].unordered = true;
	m->unordered = true;
}

static void
note_write(struct world *w, struct memory *m, int64_t i, int a, bool atomic)
{
	bool both = atomic && m->byte[i].atomic;

	if (a >= 0 && !both &&
	    !is_ordered(w, m->byte[i].writer - 1, m->byte[i].write_n, a))
		note_unordered(m, i);
	if (a >= 0 && !atomic &&
	    !is_ordered(w, m->byte[i].reader - 1, m->byte[i].read_n, a))
		note_unordered(m, i);
	m->byte[i].writer = a + 1;
	m->byte[i].write_n = w->n;
	m->byte[i].atomic = atomic;
	m->byte[i].told = true;
}

static void
note_read(struct world *w, struct memory *m, int64_t i, int a, bool atomic)
{
	bool both = atomic && m->byte[i].atomic;

	if (!both &&
	    !is_ordered(w, m->byte[i].writer - 1, m->byte[i].write_n, a))
		note_unordered(m, i);
	m->byte[i].reader = a + 1;
	m->byte[i].read_n = w->n;
}

/* Zeros where nothing is known yet: new memory is zero (mmap(2)).  */
static void
know_content(struct object *o)
{
	int64_t size = o->size > SHOWN ? SHOWN : o->size;

	for (; o->content_len < size; o->content_len++)
		if (o->content_len < 0)
			o->content_len = -1;
		else
			o->content[o->content_len] = '\0';
}

static void
put(struct object *o, int64_t at, char byte)
{
	if (at < o->content_len)
		o->content[at] = byte;
}

/* What another has stored and this one loads came from there.  */
static void
link_store(struct world *w, const struct memory *m, const struct event *e,
	   int a)
{
	for (int64_t i = e->offset; i < e->offset + e->bytes && i < SHOWN; i++)
		if (m->byte[i].told && m->byte[i].writer != a + 1) {
			world_link(w, m->byte[i].write_n);
			return;
		}
}

static void
wrote(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];
	struct memory *m = memory_of(o);
	char atomic[8] = "";

	event_arg(e, "atomic", atomic, sizeof(atomic));
	know_content(o);
	if (e->end & MODE_READ)	/* rmw */
		link_store(w, m, e, a);
	for (int64_t i = 0; i < e->bytes && e->offset + i < SHOWN; i++) {
		note_write(w, m, e->offset + i, a, atomic[0] == 't');
		/* A value is as long as its bytes; little-endian. */
		if (e->value != NO_VALUE && e->bytes <= 8)
			put(o, e->offset + i, (char)(e->value >> 8 * i));
		else if (i < e->data_len)
			put(o, e->offset + i, e->data[i]);
	}
	o->last_writer = a;
	o->last_write_n = o->changed_n = m->last = w->n;
}

static void
read_by(struct world *w, int id, const struct event *e, int a)
{
	struct memory *m = memory_of(&w->object[id]);
	char atomic[8] = "";

	link_store(w, m, e, a);
	event_arg(e, "atomic", atomic, sizeof(atomic));
	for (int64_t i = 0; i < e->bytes && e->offset + i < SHOWN; i++)
		note_read(w, m, e->offset + i, a, atomic[0] == 't');
	w->object[id].last_reader = a;
}

static bool
is_sound(const struct event *e)
{
	return e->offset >= 0 && e->offset < INT32_MAX && e->bytes > 0 &&
	       e->bytes < INT32_MAX;
}

static void
segment_removed(struct world *w, int id, const struct event *e, int a)
{
	char op[32] = "";

	(void)a;
	event_arg(e, "op", op, sizeof(op));
	if (strcmp(op, "IPC_RMID") != 0)
		return;
	memory_of(&w->object[id])->marked = true;
	memory_detached(w);
}

static void
resized(struct world *w, int id, const struct event *e, int a)
{
	(void)a;
	w->object[id].size = event_arg_int(e, "length", w->object[id].size);
	w->object[id].changed_n = w->n;
}

static void
segment_made(struct world *w, int id, const struct event *e, int a)
{
	(void)a;
	w->object[id].made = true;
	if (w->object[id].size < 0)
		w->object[id].size = event_arg_int(e, "size", -1);
}

static void
loaded(struct world *w, int id, const struct event *e, int a)
{
	if (is_sound(e))
		read_by(w, id, e, a);
}

static void
stored(struct world *w, int id, const struct event *e, int a)
{
	if (is_sound(e))
		wrote(w, id, e, a);
}

static const struct {
	const char *call;
	void (*effect)(struct world *w, int id, const struct event *e, int a);
} effects[] = {
	{ "load", loaded },
	{ "store", stored },
	{ "rmw", stored },
	{ "shmget", segment_made },
	{ "shmctl", segment_removed },
	{ "ftruncate", resized },
	{ "truncate", resized },
};

void
memory_called(struct world *w, int id, const struct event *e, int a)
{
	memory_of(&w->object[id]);
	for (size_t i = 0; i < ARRAY_SIZE(effects); i++)
		if (strcmp(e->call, effects[i].call) == 0)
			effects[i].effect(w, id, e, a);
	/* read(2) and write(2) through a descriptor. */
	if (e->bytes > 0 && e->fd >= 0 && e->end == MODE_WRITE) {
		w->object[id].last_writer = a;
		w->object[id].last_write_n = w->object[id].changed_n = w->n;
	}
	if (e->bytes > 0 && e->fd >= 0 && e->end == MODE_READ)
		w->object[id].last_reader = a;
}

void
memory_is_anonymous(struct object *o)
{
	o->made = true;
	if (o->kind == KIND_MEMORY)
		memory_of(o)->anonymous = true;
}

/* Marked segments go when the last has detached (shmctl(2)).  */
void
memory_detached(struct world *w)
{
	for (int o = 0; o < w->n_objects; o++) {
		const struct memory *m = has_memory(w, o);

		if (m && (m->marked || m->anonymous) &&
		    !world_mapping(w, o, -1, 0))
			w->object[o].removed = true;
	}
}

/* ---- the kernel's word ---- */

static void
changed(struct world *w, int id, const char *now, int len, const char *writer)
{
	struct object *o = &w->object[id];
	struct memory *m = memory_of(o);
	int a = writer[0] ? world_actor(w, writer) : -1;
	bool first = o->content_len < 0, any = false;

	for (int i = 0; i < len; i++) {
		if (i < o->content_len ? o->content[i] == now[i] : !now[i])
			continue;
		if (!first || a >= 0) {
			m->byte[i].writer = a + 1;
			m->byte[i].write_n = w->n;
			m->byte[i].told = false;
			any = true;
		}
	}
	memcpy(o->content, now, len);
	o->content_len = len;
	if (any) {
		o->last_writer = a;
		o->last_write_n = m->last = w->n;
	}
}

/* The zeros at its end were left out.  */
static int
whole_content(const struct object_state *s, int64_t size, char *out)
{
	int64_t len = size > SHOWN ? SHOWN : size;
	int n = s->content_len < SHOWN ? s->content_len : SHOWN;

	memset(out, 0, CONTENT_MAX_LEN);
	memcpy(out, s->content, n);
	return len > n ? (int)len : n;
}

void
memory_probed(struct world *w, int id, const struct object_state *s)
{
	struct object *o = &w->object[id];
	char now[CONTENT_MAX_LEN] = "";
	int len;

	if (s->size >= 0)
		o->size = s->size;
	mappings_probed(w, id, s);
	len = s->content_len >= 0 ? whole_content(s, o->size, now) : -1;
	if (len >= 0)
		changed(w, id, now, len, s->writer);
	else if (o->made && o->content_len < 0 && o->size >= 0)
		o->content_len = 0, know_content(o);
}

int
memory_content(const struct object *o, char *out, int room)
{
	int n = o->content_len < room ? o->content_len : room;

	if (n > 0)
		memcpy(out, o->content, n);
	return n > 0 ? n : 0;
}

bool
memory_check(const struct world *w, int id, const struct object_state *s,
	     struct buf *out)
{
	const struct object *o = &w->object[id];

	if (s->size >= 0 && o->size >= 0 && o->size != s->size)
		return check_number(out, o, _("size"), o->size, s->size);
	return mappings_check(w, id, s, out);
}
