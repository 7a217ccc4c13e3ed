/* Who holds which end: the descriptor tables of the actors.  */
#include "config.h"

#include "world/inside.h"

#include <string.h>

/* Is this table counted with an earlier actor?  */
static bool
is_counted(const struct world *w, int a)
{
	const struct descriptors *t = w->actor[a].fds;

	for (int i = 0; t->refs > 1 && i < a; i++)
		if (w->actor[i].fds == t)
			return true;
	return false;
}

int
world_ends(const struct world *w, int object, unsigned mode)
{
	int n = 0;

	for (int a = 0; object >= 0 && a < w->n_actors; a++) {
		const struct descriptors *t = w->actor[a].fds;

		if (!t || is_counted(w, a))
			continue;
		for (size_t i = 0; i < t->room; i++)
			n += t->fd[i].open && t->fd[i].object == object &&
			     (t->fd[i].mode & mode);
	}
	return n + world_flights(w, object, mode);
}

bool
world_holds(const struct world *w, int actor, int object, unsigned mode,
	    int *fd)
{
	const struct descriptors *t;

	if (actor < 0 || actor >= w->n_actors || object < 0)
		return false;
	t = w->actor[actor].fds;
	for (size_t i = 0; t && i < t->room; i++)
		if (t->fd[i].open && t->fd[i].object == object &&
		    (t->fd[i].mode & mode)) {
			if (fd)
				*fd = i;
			return true;
		}
	return false;
}

/* Status flags belong to the description: all its descriptors get them
 * (F_SETFL, fcntl(2)).  */
static void
set_flags(struct world *w, const struct opened *o)
{
	if (o->description < 0)
		return;
	for (int a = 0; a < w->n_actors; a++) {
		struct descriptors *t = w->actor[a].fds;

		for (size_t i = 0; t && i < t->room; i++) {
			if (t->fd[i].description != o->description)
				continue;
			t->fd[i].nonblock = o->nonblock;
			t->fd[i].append = o->append;
		}
	}
}

/* These descriptors are about to be closed.  */
static void
closes(struct world *w, int a, int first, int last)
{
	struct descriptors *t = w->actor[a].fds;

	for (int fd = first; fd <= last && fd < (int)t->room; fd++)
		if (fd >= 0 && t->fd[fd].open && t->fd[fd].object >= 0)
			queue_closed(w, t->fd[fd].object, a);
}

static void
open_one(struct world *w, const struct event *e, int a, const struct opened *o)
{
	struct descriptor d = {
		.cloexec = o->cloexec, .nonblock = o->nonblock,
		.append = o->append, .mode = o->mode,
		.description = o->description, .object = -1,
	};
	bool changes = strcmp(e->call, "fcntl") == 0 ||
		       strcmp(e->call, "mq_getsetattr") == 0;

	if (o->object[0])
		d.object = object_find_or_add(w, o->object);
	if (e->what == WHAT_CALL && d.object >= 0 && !changes &&
	    strncmp(e->call, "dup", 3) != 0)
		w->object[d.object].made = true;
	if (!changes)
		closes(w, a, o->fd, o->fd);	/* what was there: dup2(2) */
	descriptors_set(w->actor[a].fds, o->fd, d);
	if (changes)
		set_flags(w, o);
}

/* A descriptor that the subject was given is known when it is first used;
 * of its mode, only what the use shows.  */
static void
learn(struct world *w, const struct event *e, int a)
{
	struct descriptors *t = w->actor[a].fds;
	struct descriptor *known = descriptors_get(t, e->fd);
	int object;

	if (e->fd < 0 || !e->object[0] || e->error)
		return;
	object = object_find_or_add(w, e->object);
	if (!known)
		descriptors_set(t, e->fd, (struct descriptor){
			.mode = e->end, .description = e->description,
			.object = object,
		});
	else if (known->object == object && !w->object[object].made)
		known->mode |= e->end;
}

static void
close_range(struct world *w, const struct event *e, int a)
{
	struct actor *actor = &w->actor[a];
	char flags[64] = "";

	event_arg(e, "flags", flags, sizeof(flags));
	if (strstr(flags, "UNSHARE") && actor->fds->refs > 1) {
		struct descriptors *own = descriptors_copy(actor->fds);

		descriptors_put(actor->fds);
		actor->fds = own;
	}
	if (strstr(flags, "CLOEXEC")) {
		int first = event_arg_int(e, "first", 0);
		int64_t last = event_arg_int(e, "last", INT32_MAX);

		for (int64_t i = first < 0 ? 0 : first;
		     i < (int64_t)actor->fds->room && i <= last; i++)
			actor->fds->fd[i].cloexec = true;
	}
}

/* What is left in a FIFO is lost with its last descriptor (fifo(7)).  */
static void
forget_closed_fifos(struct world *w)
{
	for (int i = 0; i < w->n_objects; i++) {
		struct object *o = &w->object[i];

		if (o->kind == KIND_FIFO && o->bytes > 0 &&
		    world_ends(w, i, MODE_READ | MODE_WRITE) == 0)
			pipe_emptied(o);
	}
}

void
ends_changed(struct world *w, const struct event *e, int a)
{
	struct descriptors *t = w->actor[a].fds;

	if (!t)
		return;
	if (strcmp(e->call, "close_range") == 0 && e->what == WHAT_CALL) {
		close_range(w, e, a);
		t = w->actor[a].fds;
	}
	if (e->close_first >= 0) {
		closes(w, a, e->close_first, e->close_last);
		descriptors_close(t, e->close_first, e->close_last);
		forget_closed_fifos(w);
		sockets_closed(w);
	} else {
		learn(w, e, a);
	}
	for (int i = 0; i < e->n_opened; i++)
		open_one(w, e, a, &e->opened[i]);
}

void
ends_dropped(struct world *w, int a)
{
	descriptors_put(w->actor[a].fds);
	w->actor[a].fds = NULL;
	forget_closed_fifos(w);
	sockets_closed(w);
}
