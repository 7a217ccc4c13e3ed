/* A world as text, all of it that people see: for tests only.  */
#ifndef TESTS_UNIT_DUMP_H
#define TESTS_UNIT_DUMP_H

#include "event/names.h"
#include "world/signals.h"

#include <stdio.h>

static inline void
dump_table(const struct world *w, const struct actor *a, struct buf *out)
{
	buf_adds(out, "    descriptors:");
	for (size_t i = 0; a->fds && i < a->fds->room; i++) {
		const struct descriptor *d = descriptors_get(a->fds, i);

		if (!d)
			continue;
		buf_addf(out, " %zu=%s#%d:%s%s%s%s%s", i, d->object >= 0 ?
			 w->object[d->object].name : "?", d->description,
			 d->mode & MODE_READ ? "r" : "",
			 d->mode & MODE_WRITE ? "w" : "",
			 d->cloexec ? " cloexec" : "",
			 d->nonblock ? " nonblock" : "",
			 d->append ? " append" : "");
	}
	buf_adds(out, a->fds && a->fds->refs > 1 ? " (shared)\n" : "\n");
}

/* Nothing of an actor that has nothing to do with any.  */
static inline void
dump_signals(const struct world *w, int a, struct buf *out)
{
	const struct signals *s = w->actor[a].signals;
	const struct waiting_signal *p;

	for (int i = 0; (p = world_waiting(w, a, i)); i++) {
		buf_addf(out, "    pending %s", signal_name(p->signal));
		if (p->value != NO_VALUE)
			buf_addf(out, "=%lld", (long long)p->value);
		buf_addf(out, " from %s at %llu\n", p->from >= 0 ?
			 w->actor[p->from].role : "?",
			 (unsigned long long)p->n);
	}
	if (world_blocked(w, a) || s->process->caught || s->process->ignored) {
		buf_adds(out, "    blocks ");
		sigset_write(out, world_blocked(w, a));
		buf_adds(out, " catches ");
		sigset_write(out, s->process->caught);
		buf_adds(out, " ignores ");
		sigset_write(out, s->process->ignored);
		buf_addc(out, '\n');
	}
	for (int i = 0; i < s->depth && i < HANDLERS_MAX; i++)
		buf_addf(out, "    in the handler of %s\n",
			 signal_name(s->handler[i]));
	for (int i = 1; i <= SIGNAL_LAST; i++)
		if (s->sent[i] || s->delivered[i])
			buf_addf(out, "    %s: sent %u, delivered %u\n",
				 signal_name(i), s->sent[i], s->delivered[i]);
	if (w->last.what == WHAT_SIGNAL && w->last_actor == a &&
	    world_came_from(w, w->n))
		buf_addf(out, "    took what event %llu sent\n",
			 (unsigned long long)world_came_from(w, w->n));
}

static inline void
dump_actor(const struct world *w, int i, struct buf *out)
{
	const struct actor *a = &w->actor[i];
	size_t len;

	buf_addf(out, "  %s (%s)%s %s", a->name, a->role,
		 a->thread ? " thread" : "", actor_state_name(a->state));
	if (a->program[0])
		buf_addf(out, " %s", a->program);
	if (a->last_n)
		buf_addf(out, "; last %s = %lld", a->last_call,
			 (long long)a->last_result);
	if (a->source[0])
		buf_addf(out, "; %s", a->source);
	buf_adds(out, "\n    why: ");
	world_why(w, i, out);
	buf_adds(out, "\n    next: ");
	world_next(w, i, out);
	buf_addc(out, '\n');
	if (actor_is_alive(a))
		dump_table(w, a, out);
	dump_signals(w, i, out);
	world_output(w, i, &len);
	if (len)
		buf_addf(out, "    printed %zu bytes\n", len);
}

static inline void
dump_socket(const struct world *w, const struct object *o, struct buf *out)
{
	const struct socket_facts *f = &o->socket;

	buf_addf(out, "    %s %s is %u", f->family, f->type, f->is);
	if (o->peer >= 0)
		buf_addf(out, " peer %s", w->object[o->peer].name);
	if (f->queue >= 0)
		buf_addf(out, " in the queue of %s", w->object[f->queue].name);
	if (f->backlog >= 0)
		buf_addf(out, " backlog %lld", (long long)f->backlog);
	if (f->lost)
		buf_addf(out, " lost %lld", (long long)f->lost);
	buf_addc(out, '\n');
	for (int i = 0; i < w->n_flights; i++)
		if (&w->object[w->flight[i].socket] == o)
			buf_addf(out, "    on its way: %s, sent by event %llu\n",
				 w->object[w->flight[i].object].name,
				 (unsigned long long)w->flight[i].n);
}

static inline void
dump_object(const struct world *w, int i, struct buf *out)
{
	const struct object *o = &w->object[i];
	char content[CONTENT_MAX_LEN];
	bool writing, derived;
	int n = world_content(w, i, content, sizeof(content), &derived);

	buf_addf(out, "  %s %s %s%s%s%s\n", o->name, object_kind_name(o->kind),
		 o->path, o->made ? " made" : "", o->system ? " system" : "",
		 o->removed ? " removed" : "");
	buf_addf(out, "    bytes %lld debt %lld in %lld out %lld capacity %lld "
		 "room %lld size %lld ends r%d w%d\n", (long long)o->bytes,
		 (long long)o->debt, (long long)o->total_in,
		 (long long)o->total_out, (long long)o->capacity,
		 (long long)world_room(w, i), (long long)o->size,
		 world_ends(w, i, MODE_READ), world_ends(w, i, MODE_WRITE));
	if (o->kind == KIND_SOCKET)
		dump_socket(w, o, out);
	for (int k = 0; k < world_semaphores(w, i); k++) {
		buf_addf(out, "    semaphore %d = %lld", k,
			 (long long)world_semaphore(w, i, k));
		for (int a = 0; a < w->n_actors; a++)
			if (world_taken(w, i, k, a))
				buf_addf(out, ", %lld by %s",
					 (long long)world_taken(w, i, k, a),
					 w->actor[a].role);
		buf_addc(out, '\n');
	}
	for (int a = 0; world_is_lock(w, i) && a < w->n_actors; a++)
		if (world_locks(w, i, a, &writing))
			buf_addf(out, "    held by %s%s\n", w->actor[a].role,
				 writing ? "" : " for reading");
	if (n)
		buf_addf(out, "    content (%s) \"%.*s\"\n",
			 derived ? "derived" : "the kernel's", n, content);
	for (size_t s = o->head_segment; s < o->n_segments; s++)
		buf_addf(out, "    segment %s %lld \"%.*s\"\n",
			 o->segment[s].writer >= 0 ?
			 w->actor[o->segment[s].writer].role : "?",
			 (long long)o->segment[s].bytes,
			 o->segment[s].data_len, o->segment[s].data);
	for (int k = 0; world_mapping(w, i, -1, k); k++) {
		const struct mapping *m = world_mapping(w, i, -1, k);

		buf_addf(out, "    mapped by %s at %llx+%lld from %lld %c%c%c"
			 " own %d\n", w->actor[m->actor].role,
			 (unsigned long long)m->address,
			 (long long)m->length, (long long)m->offset,
			 m->readable ? 'r' : '-', m->writable ? 'w' : '-',
			 m->shared ? 's' : 'p', m->own);
	}
	for (int k = 0, from = 0; k <= n; k++) {
		int who = world_byte_writer(w, i, from, NULL);

		if (k < n && world_byte_writer(w, i, k, NULL) == who)
			continue;
		if (who >= 0)
			buf_addf(out, "    bytes %d to %d by %s\n", from,
				 k - 1, w->actor[who].role);
		from = k;
	}
	if (world_byte_unordered(w, i, -1))
		buf_adds(out, "    accessed without order\n");
	if (world_is_marked(w, i))
		buf_adds(out, "    marked\n");
	if (o->last_writer >= 0)
		buf_addf(out, "    last written by %s\n",
			 w->actor[o->last_writer].role);
}

static inline void
dump_world(const struct world *w, struct buf *out)
{
	struct buf why = BUF_INIT;
	size_t len;
	const char *text = world_output(w, -1, &len);

	buf_addf(out, "after event %llu, step %d, time %lld%s%s\n",
		 (unsigned long long)w->n, w->step, (long long)w->time,
		 w->held ? ", held" : "", w->ended ? ", ended" : "");
	for (int i = 0; i < w->n_actors; i++)
		dump_actor(w, i, out);
	for (int i = 0; i < w->n_objects; i++)
		dump_object(w, i, out);
	if (len)
		buf_addf(out, "  output \"%s\"\n", text);
	if (world_deadlock(w, &why))
		buf_addf(out, "  deadlock: %s\n", buf_str(&why));
	if (w->differ[0])
		buf_addf(out, "  differ: %s\n", w->differ);
	buf_release(&why);
}

#endif
