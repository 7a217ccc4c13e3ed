/*
 * What the kernel shows of shared memory: what is in it, who maps it where,
 * and which page stands behind.
 *
 * Programs change it without a call.  In a driven run one of them moves at a
 * time: if the content is another than at the last look, and only one actor
 * moved since then, it wrote it.
 */
#include "config.h"

#include "probe/probe.h"
#include "tracer/trace.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { SHOWN = CONTENT_MAX_LEN - 1 };

/* One task for each process that lives.  */
static struct task *
next_process(struct task *k)
{
	for (; k; k = k->next) {
		struct task *first = k->leader;

		if (k->phase == PHASE_ENDED || k->phase == PHASE_EARLY)
			continue;
		if (first == k || first->phase == PHASE_ENDED)
			return k;
	}
	return NULL;
}

static void
add_mapping(struct object_state *s, struct task *k, const struct mapping *m,
	    const struct probe_page *page)
{
	struct state_item *item = object_state_add(s);

	if (!item)
		return;
	COPY_STR(item->who, k->leader->name);
	COPY_STR(item->perms, m->perms);
	item->number = m->offset;
	item->value = m->end - m->start;
	item->address = m->start;
	if (!page->present)
		return;
	item->frame = page->frame;
	item->own = m->perms[3] == 'p' && !page->of_object;
	if (item->own == 1)
		item->data_len = probe_bytes(k->tid, m->start, item->data,
					     sizeof(item->data) - 1, NULL);
}

/* The bytes as this process sees them, if the page is there: looking would
 * bring it in.  */
static void
take_content(struct object_state *s, struct task *k, const struct mapping *m,
	     const struct probe_page *page)
{
	if (s->content_len < 0 && m->offset == 0 && m->perms[0] == 'r' &&
	    m->perms[3] == 's' && page->present)
		s->content_len = probe_bytes(k->tid, m->start, s->content,
					     SHOWN, NULL);
}

/* A name of shm_open(3) serves where no descriptor is left.  */
static void
through_name(const char *path, struct object_state *s)
{
	int fd;

	if (strncmp(path, "/dev/shm/", 9) != 0)
		return;
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return;
	s->size = lseek(fd, 0, SEEK_END);
	if (s->content_len < 0)
		s->content_len = pread(fd, s->content, SHOWN, 0);
	close(fd);
}

/* ---- who changed it ---- */

static uint64_t
hash(uint64_t h, const void *data, size_t n)
{
	const unsigned char *p = data;

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * UINT64_C(1099511628211);
	return h;
}

/* What is not there yet reads as zeros.  */
static uint64_t
hash_content(const struct object_state *s)
{
	int n = s->content_len;

	while (n > 0 && !s->content[n - 1])
		n--;
	return hash(UINT64_C(14695981039346656037), s->content,
		    n > 0 ? n : 0);
}

static uint64_t
hash_shape(const struct object_state *s)
{
	uint64_t h = s->size * 31 + s->maps;

	for (int i = 0; i < s->n_items; i++) {
		const struct state_item *m = &s->item[i];

		h = hash(h, &m->own, sizeof(m->own));
		h = hash(h, m->data, m->data_len > 0 ? m->data_len : 0);
		h = hash(h, m->who, strlen(m->who));
		h = hash(h, m->perms, strlen(m->perms));
	}
	return h;
}

static struct task *
only_mover(struct tracing *t, uint64_t since)
{
	struct task *one = NULL;

	for (struct task *k = t->first; k; k = k->next) {
		if (k->moved_at <= since)
			continue;
		if (one)
			return NULL;
		one = k;
	}
	return one;
}

static void
look(struct tracing *t, int id, struct object_state *s)
{
	struct sight *last = thing_look(t, id);
	uint64_t now = hash_content(s);
	struct task *by;

	if (s->content_len >= 0 && now != last->hash) {
		by = last->moves ? only_mover(t, last->moves) : NULL;
		if (by)
			COPY_STR(s->writer, by->name);
		last->hash = now;
	} else if (!last->moves) {
		last->hash = now;
	}
	last->moves = t->moves;
	last->shape = hash_shape(s);
}

static int
add_mappings(struct tracing *t, int id, struct object_state *s)
{
	int n_maps = 0;

	for (struct task *k = next_process(t->first); k;
	     k = next_process(k->next)) {
		struct mapping *m;
		int n = maps_of(t, k, &m);

		for (int i = 0; i < n; i++) {
			int64_t end = m[i].offset + (m[i].end - m[i].start);
			struct probe_page page = { .present = false };

			if (thing_of_mapping(t, k, &m[i], false) != id)
				continue;
			n_maps++;
			maps_page(k, m[i].start, &page);
			add_mapping(s, k, &m[i], &page);
			take_content(s, k, &m[i], &page);
			if (thing_path(t, id)[0] == '\0' &&
			    thing_id(t, id) < 0 && s->size < end)
				s->size = end;	/* anonymous */
		}
	}
	if (thing_id(t, id) < 0 && (n_maps || thing_kind(t, id) == KIND_MEMORY))
		s->maps = n_maps;
	return n_maps;
}

void
state_mappings(struct tracing *t, int id, struct object_state *s)
{
	if (add_mappings(t, id, s) > 0)
		look(t, id, s);
}

/* Zeros at the end go without saying.  */
static void
trim(struct object_state *s)
{
	while (s->content_len > 0 && !s->content[s->content_len - 1])
		s->content_len--;
}

bool
state_memory(struct tracing *t, int id, struct object_state *s)
{
	struct task *k;
	int fd;

	if (thing_id(t, id) >= 0) {
		if (probe_segment(thing_id(t, id), s, NULL) < 0)
			return false;
	} else if (!thing_holder(t, id, MODE_READ | MODE_WRITE, &k, &fd) ||
		   probe_memory(k->tid, fd, s, NULL) < 0) {
		object_state_init(s);
		through_name(thing_path(t, id), s);
	}
	add_mappings(t, id, s);
	s->known = s->size >= 0 || s->content_len >= 0 || s->maps >= 0;
	look(t, id, s);
	trim(s);
	return s->known;
}

/* ---- when somebody has moved ---- */

static void
tell_if_changed(struct tracing *t, int id)
{
	struct sight before = *thing_look(t, id);
	struct event *e = out_begin(t, NULL, WHAT_CHECK);
	const struct sight *now = thing_look(t, id);

	COPY_STR(e->object, thing_name(t, id));
	decode_state(t, e, id);
	if (e->state.known &&
	    (now->hash != before.hash || now->shape != before.shape))
		out_event(t, e);
}

/* A program or library: its file does not change, and which pages of it somebody
 * has a copy of is of no interest to a search.  */
static bool
is_code(const struct mapping *list, int n, const struct mapping *m)
{
	for (int i = 0; i < n && m->ino; i++)
		if (list[i].perms[2] == 'x' && list[i].ino == m->ino &&
		    list[i].dev == m->dev)
			return true;
	return false;
}

/* Files count while somebody has them mapped.  */
void
state_tell_memory(struct tracing *t)
{
	int looked_at[32], n_looked = 0;

	for (struct task *k = next_process(t->first); k;
	     k = next_process(k->next)) {
		struct mapping *m;
		int n = maps_of(t, k, &m);

		for (int i = 0; i < n; i++) {
			int j = 0, id;

			if (t->search && is_code(m, n, &m[i]))
				continue;
			id = thing_of_mapping(t, k, &m[i], true);
			while (j < n_looked && looked_at[j] != id)
				j++;
			if (id < 0 || thing_is_system(t, id) || j < n_looked ||
			    n_looked == (int)ARRAY_SIZE(looked_at))
				continue;
			looked_at[n_looked++] = id;
		}
	}
	for (int i = 0; i < n_looked; i++)
		tell_if_changed(t, looked_at[i]);
}
