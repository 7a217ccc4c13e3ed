/* Who has what mapped where: the address spaces, as far as objects are in
 * them.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 4096, MAPPINGS_MAX = 1 << 16 };

/* More than an address space has; sums stay far from the end of a number.  */
static const int64_t LENGTH_MAX = INT64_C(1) << 60;

/* Threads share their process's memory: it counts with the first.  */
static int
process_of(const struct world *w, int a)
{
	for (int i = 0; i < w->n_actors && w->actor[a].thread; i++)
		if (w->actor[a].parent >= 0)
			a = w->actor[a].parent;
	return a;
}

const struct mapping *
world_mapping(const struct world *w, int object, int actor, int nth)
{
	int process = actor < 0 ? -1 : process_of(w, actor);

	for (int i = 0; i < w->n_mappings; i++) {
		const struct mapping *m = &w->mapping[i];

		if (m->object == object &&
		    (process < 0 || m->actor == process) && nth-- == 0)
			return m;
	}
	return NULL;
}

/* ---- changing them ---- */

static struct mapping *
add(struct world *w, const struct mapping *m)
{
	if (w->n_mappings >= MAPPINGS_MAX)
		return NULL;
	w->mapping = xgrow(w->mapping, &w->room_mappings, w->n_mappings + 1,
			   sizeof(*m));
	w->mapping[w->n_mappings] = *m;
	return &w->mapping[w->n_mappings++];
}

static void
drop(struct world *w, int i)
{
	memmove(&w->mapping[i], &w->mapping[i + 1],
		(w->n_mappings - i - 1) * sizeof(*w->mapping));
	w->n_mappings--;
}

/* What is seen of the first page stays with the first part.  */
static void
split(struct world *w, int i, uint64_t at)
{
	struct mapping *m = &w->mapping[i], rest = *m;
	int64_t first = at - m->address;

	rest.address = at;
	rest.length -= first;
	rest.offset += first;
	rest.own = rest.data_len = -1;
	rest.frame = 0;
	if (add(w, &rest))
		w->mapping[i].length = first;
}

static bool
begins_before(const struct mapping *m, uint64_t at)
{
	return m->address < at && at < m->address + m->length;
}

/* Afterwards each mapping of the process lies in [from, to) or outside.  */
static void
cut(struct world *w, int process, uint64_t from, uint64_t to)
{
	for (int i = 0; i < w->n_mappings; i++) {
		if (w->mapping[i].actor != process)
			continue;
		if (begins_before(&w->mapping[i], from))
			split(w, i, from);
		if (begins_before(&w->mapping[i], to))
			split(w, i, to);
	}
}

static bool
is_within(const struct mapping *m, int process, uint64_t from, uint64_t to)
{
	return m->actor == process && m->address >= from && m->address < to;
}

static void
unmap(struct world *w, int process, uint64_t from, uint64_t to)
{
	cut(w, process, from, to);
	for (int i = w->n_mappings - 1; i >= 0; i--)
		if (is_within(&w->mapping[i], process, from, to))
			drop(w, i);
	memory_detached(w);
}

void
mappings_dropped(struct world *w, int a)
{
	int process = process_of(w, a);

	for (int i = w->n_mappings - 1; i >= 0; i--)
		if (w->mapping[i].actor == process)
			drop(w, i);
	memory_detached(w);
}

/* The last thread of a process takes its memory along.  */
void
mappings_of_ended(struct world *w, int a)
{
	int process = process_of(w, a);

	for (int i = 0; i < w->n_actors; i++)
		if (actor_is_alive(&w->actor[i]) && process_of(w, i) == process)
			return;
	mappings_dropped(w, a);
}

/* A child has what its parent had (fork(2)).  */
void
mappings_inherited(struct world *w, int child, int parent)
{
	int n = w->n_mappings, process = process_of(w, parent);

	for (int i = 0; i < n; i++) {
		struct mapping m = w->mapping[i];

		if (m.actor != process)
			continue;
		m.actor = child;
		m.own = m.data_len = -1;
		m.frame = 0;
		add(w, &m);
	}
}

/* ---- calls ---- */

static uint64_t
address_arg(const struct event *e, const char *name)
{
	char text[32] = "";

	event_arg(e, name, text, sizeof(text));
	return strtoull(text, NULL, 16);
}

static int64_t
pages(int64_t length)
{
	if (length <= 0 || length > LENGTH_MAX)
		return 0;
	return (length + PAGE - 1) / PAGE * PAGE;
}

static void
set_protection(struct mapping *m, const char *prot)
{
	m->readable = strstr(prot, "PROT_READ") != NULL;
	m->writable = strstr(prot, "PROT_WRITE") != NULL;
}

void
mapping_made(struct world *w, int object, const struct event *e, int a)
{
	struct mapping m = { process_of(w, a), object, e->result,
			     pages(event_arg_int(e, "length", 0)),
			     event_arg_int(e, "offset", 0), .own = -1,
			     .data_len = -1 };
	char flags[128] = "", prot[64] = "";

	event_arg(e, "flags", flags, sizeof(flags));
	event_arg(e, "prot", prot, sizeof(prot));
	set_protection(&m, prot);
	m.shared = strstr(flags, "MAP_SHARED") != NULL;
	if (m.length == 0 || m.offset < 0 || m.offset > LENGTH_MAX)
		return;
	if (strstr(flags, "MAP_FIXED"))
		unmap(w, m.actor, m.address, m.address + m.length);
	if (!m.shared && strstr(flags, "MAP_ANONYMOUS"))
		return;
	if (strstr(flags, "MAP_ANONYMOUS")) {
		m.offset = 0;
		memory_is_anonymous(&w->object[object]);
	}
	add(w, &m);
}

void
mapping_removed(struct world *w, int object, const struct event *e, int a)
{
	uint64_t from = address_arg(e, "addr");

	(void)object;
	unmap(w, process_of(w, a), from,
	      from + pages(event_arg_int(e, "length", 0)));
}

void
mapping_moved(struct world *w, int object, const struct event *e, int a)
{
	uint64_t old = address_arg(e, "old_addr");
	int64_t old_size = pages(event_arg_int(e, "old_size", 0));
	int64_t new_size = pages(event_arg_int(e, "new_size", 0));
	int process = process_of(w, a);

	for (int i = 0; i < w->n_mappings; i++) {
		struct mapping m = w->mapping[i];

		if (m.object != object || m.actor != process ||
		    m.address > old || old >= m.address + m.length)
			continue;
		m.offset += old - m.address;
		m.address = e->result;
		m.length = new_size;
		unmap(w, process, old, old + old_size);
		unmap(w, process, m.address, m.address + m.length);
		if (m.length > 0)
			add(w, &m);
		return;
	}
}

void
mapping_protected(struct world *w, int object, const struct event *e, int a)
{
	uint64_t from = address_arg(e, "addr");
	uint64_t to = from + pages(event_arg_int(e, "size", 0));
	int process = process_of(w, a);
	char prot[64] = "";

	(void)object;
	event_arg(e, "prot", prot, sizeof(prot));
	cut(w, process, from, to);
	for (int i = 0; i < w->n_mappings; i++)
		if (is_within(&w->mapping[i], process, from, to))
			set_protection(&w->mapping[i], prot);
}

void
mapping_attached(struct world *w, int object, const struct event *e, int a)
{
	struct mapping m = { process_of(w, a), object, e->result,
			     pages(w->object[object].size), .shared = true,
			     .readable = true, .own = -1, .data_len = -1 };
	char flags[64] = "";

	event_arg(e, "shmflg", flags, sizeof(flags));
	m.writable = strstr(flags, "SHM_RDONLY") == NULL;
	if (m.length == 0)
		return;
	if (strstr(flags, "SHM_REMAP"))
		unmap(w, m.actor, m.address, m.address + m.length);
	add(w, &m);
}

/* shmdt(2) names only where the segment begins; all pieces of that attachment
 * go, those behind a hole, too (ksys_shmdt() in ipc/shm.c).  */
void
mapping_detached(struct world *w, int object, const struct event *e, int a)
{
	uint64_t at = address_arg(e, "shmaddr");
	int process = process_of(w, a);

	for (int i = w->n_mappings - 1; i >= 0; i--)
		if (w->mapping[i].actor == process &&
		    w->mapping[i].object == object &&
		    w->mapping[i].offset >= 0 &&
		    w->mapping[i].address - w->mapping[i].offset == at)
			drop(w, i);
	memory_detached(w);
}

/* ---- the kernel's word ---- */

void
mappings_probed(struct world *w, int object, const struct object_state *s)
{
	for (int i = 0; i < s->n_items; i++) {
		const struct state_item *item = &s->item[i];
		int a = item->who[0] ? world_actor(w, item->who) : -1;

		for (int j = 0; a >= 0 && j < w->n_mappings; j++) {
			struct mapping *m = &w->mapping[j];

			if (m->object != object || m->actor != a ||
			    m->address != (uint64_t)item->address)
				continue;
			m->own = item->own;
			m->frame = item->frame > 0 ? item->frame : 0;
			m->data_len = item->data_len;
			if (item->data_len > 0)
				memcpy(m->data, item->data, item->data_len);
		}
	}
}

/* Bytes that the process has mapped, shared, by one account and the other.  */
static int64_t
shared_bytes(const struct world *w, int object, int process)
{
	int64_t n = 0;

	for (int i = 0; i < w->n_mappings; i++)
		if (w->mapping[i].object == object && w->mapping[i].shared &&
		    w->mapping[i].actor == process)
			n += w->mapping[i].length;
	return n;
}

static int64_t
shared_bytes_probed(const struct object_state *s, const char *who)
{
	int64_t n = 0;

	for (int i = 0; i < s->n_items; i++)
		if (s->item[i].perms[3] == 's' &&
		    strcmp(s->item[i].who, who) == 0)
			n += s->item[i].value;
	return n;
}

bool
mappings_check(const struct world *w, int object, const struct object_state *s,
	       struct buf *out)
{
	if (s->n_items >= STATE_ITEMS_MAX || s->maps < 0)
		return true;
	for (int a = 0; a < w->n_actors; a++) {
		int64_t derived = shared_bytes(w, object, a);
		int64_t kernel = w->actor[a].thread ? derived :
				 shared_bytes_probed(s, w->actor[a].name);

		if (derived != kernel)
			return check_number(out, &w->object[object],
					    _("bytes mapped"), derived,
					    kernel);
	}
	return true;
}
