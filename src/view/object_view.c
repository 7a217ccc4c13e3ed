/*
 * The objects: one view for each kind, in a table.  A view says how many rows
 * it would like and draws into as many as it gets.
 */
#include "config.h"

#include "view/object_inside.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "term/glyph.h"
#include "view/quote.h"
#include "view/signals.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { CONTENT_SHOWN = 240 };

int
object_put_name(const struct scene *s, struct canvas *c, struct rect r,
		int object)
{
	int used = 2 + canvas_put_short(c, r.y, r.x + 2, r.cols - 2,
					ROLE_STRONG,
					s->world->object[object].name);

	return r.x + (used + 2 < NAME_COLS ? NAME_COLS : used + 2);
}

/* Who holds an end: "writer:4", or "writer:4 +2" when three do.  */
void
object_holders(const struct scene *s, int object, unsigned mode, struct buf *out)
{
	int n = 0, fd;

	for (int i = 0; i < s->world->n_actors; i++) {
		const struct actor *a = &s->world->actor[i];

		if (a->thread || !world_holds(s->world, i, object, mode, &fd))
			continue;
		if (n++ == 0)
			buf_addf(out, "%s:%d", a->role, fd);
	}
	if (n > 1)
		buf_addf(out, " +%d", n - 1);
	if (n == 0)
		buf_adds(out, _("nobody"));
}

/* The same as names: "writer, reader".  */
void
object_holder_names(const struct scene *s, int object, unsigned mode, struct buf *out)
{
	size_t start = out->len;
	int fd;

	for (int i = 0; i < s->world->n_actors; i++) {
		const struct actor *a = &s->world->actor[i];

		if (!a->thread && world_holds(s->world, i, object, mode, &fd))
			buf_addf(out, "%s%s", out->len > start ? ", " : "",
				 a->role);
	}
}

/* The first bytes, quoted; "(derived)" when only the events say so.  */
void
object_content(const struct scene *s, int object, int64_t of, struct buf *out)
{
	char bytes[CONTENT_SHOWN];
	bool derived = false;
	int n = world_content(s->world, object, bytes, sizeof(bytes),
			      &derived);

	if (n <= 0)
		return;
	quote_bytes(out, bytes, (size_t)n, of > n);
}

/* A path as seen from the folder that the run began in.  */
const char *
object_short_path(const struct scene *s, const char *path)
{
	const struct header *h = s->log ? log_header(s->log) : NULL;
	size_t len = h ? strlen(h->cwd) : 0;

	if (len > 1 && strncmp(path, h->cwd, len) == 0 && path[len] == '/')
		return path + len + 1;
	return path;
}

int
object_put_title(const struct scene *s, struct canvas *c, struct rect r,
		 int object)
{
	const char *called = world_called(s->world, object);
	int used = 2 + canvas_put_short(c, r.y, r.x + 2, r.cols - 2,
					ROLE_STRONG,
					s->world->object[object].name);

	if (called[0])
		used += 2 + canvas_put_short(c, r.y, r.x + used + 2,
					     r.cols / 3, ROLE_DIM, called);
	if (called[0] == '/' && s->world->object[object].removed)
		used += 1 + canvas_put_short(c, r.y, r.x + used + 1,
					     r.cols / 3, ROLE_WARN,
					     _("(name removed)"));
	return r.x + (used + 2 < NAME_COLS ? NAME_COLS : used + 2);
}

static const struct object_view {
	int rows;		/* that it likes; 0: this kind is not shown */
	int weight;		/* when there is not room for all */
	object_draw_fn *draw;
	bool stays;		/* shown though nobody holds it */
} views[KIND_MAX] = {
	[KIND_PIPE] = { 3, 40, pipe_draw },
	[KIND_FIFO] = { 3, 40, pipe_draw, true },
	[KIND_FILE] = { 3, 20, file_draw, true },	/* 3: it is mapped */
	[KIND_OTHER] = { 1, 5, other_draw },

	/* message queues: object_queue.c */
	[KIND_QUEUE] = { 4, 40, queue_draw, true },
	[KIND_MQUEUE] = { 4, 40, queue_draw, true },

	/* shared memory: object_memory.c */
	[KIND_MEMORY] = { 4, 35, memory_draw, true },

	/* semaphores and locks: object_semaphore.c, object_lock.c */
	[KIND_SEMAPHORE_SET] = { 3, 40, semaphore_set_draw, true },
	[KIND_SEMAPHORE] = { 1, 40, semaphore_draw, true },
	[KIND_MUTEX] = { 1, 40, lock_draw, true },
	[KIND_CONDITION] = { 1, 40, condition_draw, true },
	[KIND_RWLOCK] = { 1, 40, lock_draw, true },
	[KIND_BARRIER] = { 1, 40, barrier_draw, true },

	/* sockets: object_socket.c */
	[KIND_SOCKET] = { 3, 35, socket_draw },

	/* counters and other descriptors: object_counter.c */
	[KIND_EVENTFD] = { 1, 30, eventfd_draw },
	[KIND_TIMERFD] = { 1, 30, timerfd_draw },
	[KIND_SIGNALFD] = { 1, 30, signalfd_draw },
	[KIND_PIDFD] = { 1, 20, pidfd_draw },
	[KIND_EPOLL] = { 1, 20, epoll_draw },
	[KIND_IO_URING] = { 1, 20, other_draw },
};

/* A file has a row more where somebody has it mapped.  */
static int
rows_liked(const struct scene *s, int object)
{
	enum object_kind kind = s->world->object[object].kind;

	if (kind == KIND_SOCKET)
		return socket_rows(s, object);
	return views[kind].rows -
	       (kind == KIND_FILE && !world_mapping(s->world, object, -1, 0));
}

/* How much an object matters now; 0: not at all.  */
static int
weight(const struct scene *s, int object)
{
	const struct object *o = &s->world->object[object];
	int subject = scene_subject(s);
	int held = world_ends(s->world, object, MODE_READ)
		   + world_ends(s->world, object, MODE_WRITE);
	int w;

	if (o->kind >= KIND_MAX || !views[o->kind].draw
	    || scene_hides_object(s, object))
		return 0;
	if (o->kind == KIND_MEMORY && world_mapping(s->world, object, -1, 0))
		held++;
	if (o->kind == KIND_SOCKET && !socket_is_drawn(s, object))
		return 0;
	/* Without its name a semaphore goes on working (sem_unlink(3)). */
	if (o->kind == KIND_SEMAPHORE && o->path[0] == '/')
		held++;
	/* A pipe that nobody holds is gone; a file stays.  */
	if (held == 0 && (!views[o->kind].stays || o->removed) &&
	    o->kind != KIND_FILE)
		return 0;
	w = views[o->kind].weight + (held > 0) * 10;
	if (strcmp(s->world->last.object, o->name) == 0)
		w += 30;
	if (subject >= 0 && s->world->actor[subject].object == object)
		w += 50;
	if (s->next >= 0 && s->world->actor[s->next].object == object)
		w += 20;
	return w;
}

struct chosen {
	int object, weight, rows;
};

static int
by_weight(const void *a, const void *b)
{
	const struct chosen *x = a, *y = b;

	if (x->weight != y->weight)
		return y->weight - x->weight;
	return x->object - y->object;
}

static int
by_object(const void *a, const void *b)
{
	return ((const struct chosen *)a)->object
	       - ((const struct chosen *)b)->object;
}

/* Give out the rows: one to each in order of weight, then a second, then a
 * third.  Returns how many objects got any.  */
static int
share_rows(const struct scene *s, struct chosen *list, int n, int rows)
{
	int shown = n < rows ? n : rows;
	bool gave = true;

	/* One row says how many were left out.  */
	if (shown < n && shown > 1)
		shown--, rows--;
	for (int i = 0; i < shown; i++)
		list[i].rows = 1;
	rows -= shown;
	while (rows > 0 && gave) {
		gave = false;
		for (int i = 0; i < shown && rows > 0; i++) {
			if (list[i].rows >= rows_liked(s, list[i].object))
				continue;
			list[i].rows++;
			rows--;
			gave = true;
		}
	}
	return shown;
}

int
objects_wanted(const struct scene *s)
{
	int rows = signals_wanted(s);

	for (int i = 0; i < s->world->n_objects; i++)
		if (weight(s, i) > 0)
			rows += rows_liked(s, i);
	return rows;
}

int
objects_draw(const struct scene *s, struct canvas *c, struct rect r)
{
	struct chosen *list = xcalloc((size_t)s->world->n_objects + 1,
				      sizeof(*list));
	int n = 0, shown, y = r.y, signals;

	for (int i = 0; i < s->world->n_objects; i++) {
		int w = weight(s, i);

		if (w > 0)
			list[n++] = (struct chosen){ i, w, 0 };
	}
	/* A row for each object at least, then the signals.  */
	signals = r.rows - n > r.rows / 2 ? r.rows - n : (r.rows + 1) / 2;
	signals = signals_draw(s, c, (struct rect){ y, r.x, signals, r.cols });
	y += signals;
	qsort(list, (size_t)n, sizeof(*list), by_weight);
	shown = share_rows(s, list, n, r.rows - signals);
	qsort(list, (size_t)shown, sizeof(*list), by_object);
	for (int i = 0; i < shown; i++) {
		struct rect part = { y, r.x, list[i].rows, r.cols };
		enum object_kind kind = s->world->object[list[i].object].kind;

		views[kind].draw(s, c, part, list[i].object);
		y += list[i].rows;
	}
	if (shown < n && y < r.y + r.rows)
		canvas_putf(c, y++, r.x + 2, r.cols - 2, ROLE_DIM,
			    ngettext("and %d more", "and %d more",
				     (unsigned long)(n - shown)), n - shown);
	free(list);
	return y - r.y;
}
