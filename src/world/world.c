/* The fold: which kind of event changes what, and the world as a whole.  */
#include "config.h"

#include "world/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAST_DATA = 256 };	/* bytes of data kept of the last event */

struct world *
world_new(const struct header *h)
{
	struct world *w = xcalloc(1, sizeof(*w));

	w->driven = h && h->driven;
	w->status = -1;
	w->last_actor = -1;
	event_init(&w->last, WHAT_NONE);
	w->history = history_new(h);
	return w;
}

void
world_free(struct world *w)
{
	if (!w)
		return;
	history_free(w->history, w->n_actors);
	for (int i = 0; i < w->n_actors; i++) {
		descriptors_put(w->actor[i].fds);
		signals_free(w->actor[i].signals);
	}
	for (int i = 0; i < w->n_objects; i++) {
		free(w->object[i].segment);
		free(w->object[i].own);
	}
	free(w->actor);
	free(w->object);
	free(w->mapping);
	free(w);
}

/* Tables that were shared are shared again, among the copies.  */
static struct descriptors *
copy_table(const struct world *from, struct world *to, int a)
{
	struct descriptors *t = from->actor[a].fds;

	if (!t)
		return NULL;
	for (int i = 0; t->refs > 1 && i < a; i++)
		if (from->actor[i].fds == t)
			return descriptors_share(to->actor[i].fds);
	return descriptors_copy(t);
}

static void
copy_segments(struct object *o)
{
	const struct segment *from = o->segment;
	size_t n = o->n_segments - o->head_segment;

	if (!from)
		return;
	from += o->head_segment;
	o->segment = xcalloc(n, sizeof(*from));
	memcpy(o->segment, from, n * sizeof(*from));
	o->head_segment = 0;
	o->n_segments = o->room_segments = n;
}

static void
copy_own(struct object *o)
{
	const void *from = o->own;

	if (!from)
		return;
	o->own = xmalloc(o->own_size);
	memcpy(o->own, from, o->own_size);
}

struct world *
world_copy(const struct world *w)
{
	struct world *copy = xmalloc(sizeof(*copy));

	*copy = *w;
	copy->history = history_copy(w->history, w->n_actors);
	copy->room_actors = w->n_actors;
	copy->actor = xcalloc(w->n_actors, sizeof(*copy->actor));
	copy->room_objects = w->n_objects;
	copy->object = xcalloc(w->n_objects, sizeof(*copy->object));
	copy->room_mappings = w->n_mappings;
	copy->mapping = xcalloc(w->n_mappings, sizeof(*copy->mapping));
	if (w->n_mappings)
		memcpy(copy->mapping, w->mapping,
		       w->n_mappings * sizeof(*copy->mapping));
	for (int i = 0; i < w->n_actors; i++) {
		copy->actor[i] = w->actor[i];
		copy->actor[i].fds = copy_table(w, copy, i);
	}
	signals_copy(copy, w);
	for (int i = 0; i < w->n_objects; i++) {
		copy->object[i] = w->object[i];
		copy_segments(&copy->object[i]);
		copy_own(&copy->object[i]);
	}
	return copy;
}

void
world_differ(struct world *w, const char *fmt, ...)
{
	va_list ap;

	if (w->differ[0])
		return;
	va_start(ap, fmt);
	vsnprintf(w->differ, sizeof(w->differ), fmt, ap);
	va_end(ap);
}

/* ---- events that are nobody's ---- */

static void
choice_made(struct world *w, const struct event *e, int a)
{
	(void)a;
	w->step = e->step;
	w->held = false;
	w->driven = true;
}

static void
all_held(struct world *w, const struct event *e, int a)
{
	(void)e, (void)a;
	w->held = true;
	w->driven = true;
}

static void
kernel_shows(struct world *w, const struct event *e, int a)
{
	if (a >= 0 && !e->object[0] && e->state.known)
		signals_shown(w, e, a);
	if (e->object[0] && e->state.known)
		object_probed(w, object_find_or_add(w, e->object), &e->state);
}

static void
differs(struct world *w, const struct event *e, int a)
{
	(void)a;
	world_differ(w, "%s", e->text);
}

static void
run_ends(struct world *w, const struct event *e, int a)
{
	(void)a;
	w->ended = true;
	w->held = false;
	w->status = e->status;
	w->signal = e->signal;
}

/* What an event does; those left out change nothing.  */
static const struct {
	void (*fold)(struct world *w, const struct event *e, int a);
	bool needs_actor;
} folds[WHAT_MAX] = {
	[WHAT_START] = { actor_starts, true },
	[WHAT_EXEC] = { actor_execs, true },
	[WHAT_POINT] = { actor_points, true },
	[WHAT_BLOCK] = { actor_blocks, true },
	[WHAT_CALL] = { actor_calls, true },
	[WHAT_SIGNAL] = { actor_signal, true },
	[WHAT_STOP] = { actor_stops, true },
	[WHAT_CONTINUE] = { actor_continues, true },
	[WHAT_EXIT] = { actor_exits, true },
	[WHAT_REAP] = { actor_reaped, true },
	[WHAT_OBJECT] = { object_appears, false },
	[WHAT_CHOICE] = { choice_made, false },
	[WHAT_HELD] = { all_held, false },
	[WHAT_CHECK] = { kernel_shows, false },
	[WHAT_DIFFER] = { differs, false },
	[WHAT_END] = { run_ends, false },
};

/* The large texts of an event are copied as far as they are used.  */
static void
keep_last(struct event *to, const struct event *e)
{
	size_t head = offsetof(struct event, args);
	size_t from = offsetof(struct event, has_result);
	size_t data = offsetof(struct event, data);
	size_t tail = offsetof(struct event, n_opened);
	size_t text = offsetof(struct event, text);

	memcpy(to, e, head);
	COPY_STR(to->args, e->args);
	memcpy((char *)to + from, (const char *)e + from, data - from);
	if (to->data_len > LAST_DATA)
		to->data_len = LAST_DATA;
	if (to->data_len > 0)
		memcpy(to->data, e->data, to->data_len);
	memcpy((char *)to + tail, (const char *)e + tail, text - tail);
	COPY_STR(to->text, e->text);
}

/* Is the actor in another call now, which no line of its own leads to (a lock
 * inside the C library)?  Then the line before is not its place any more.
 * With its end it stays: that is where it came from last.  */
static bool
leaves_source(const struct world *w, const struct event *e)
{
	int a;

	if (e->source[0] || strncmp(e->call, "exit", 4) == 0 ||
	    (e->what != WHAT_POINT && e->what != WHAT_BLOCK))
		return false;
	a = world_actor(w, e->actor);
	return a >= 0 && strcmp(w->actor[a].call, e->call) != 0;
}

void
world_apply(struct world *w, const struct event *e)
{
	bool leaves = leaves_source(w, e);
	int a = -1;

	w->n++;
	if (e->time >= 0)
		w->time = e->time;
	if (e->what > WHAT_NONE && e->what < WHAT_MAX && folds[e->what].fold) {
		if (folds[e->what].needs_actor)
			a = actor_find_or_add(w, e);
		else
			a = world_actor(w, e->actor);
		if (a >= 0 || !folds[e->what].needs_actor)
			folds[e->what].fold(w, e, a);
	}
	if (a >= 0)
		w->last_actor = a;
	if (a >= 0 && (e->source[0] || leaves))
		COPY_STR(w->actor[a].source, e->source);
	keep_last(&w->last, e);
}
