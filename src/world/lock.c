/*
 * Locks of the C library (pthreads(7)): mutexes, condition variables,
 * read-write locks, barriers.  The kernel does not know them: the runtime
 * tells of each operation, and who holds what follows from that.
 */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

#include <errno.h>
#include <string.h>

enum { HOLDERS_MAX = 16 };

struct lock {
	int n;			/* who hold it */
	int holder[HOLDERS_MAX];
	bool writing;		/* ... alone */
	int depth;		/* times that its owner took it */
	int needed;		/* barrier: so many must come; 0: not known */
	int mutex;		/* condition: given with it, +1 */
	int n_woken;		/* condition: were signalled, and not back */
	int woken[HOLDERS_MAX];
	int early;		/* condition: came back before their signal was
				   told */
	bool missed;		/* condition: the last signal found nobody */
	int released;		/* who unlocked it last, +1 */
};

static struct lock *
own(struct object *o)
{
	return object_own(o, sizeof(struct lock));
}

static const struct lock *
known(const struct object *o)
{
	return object_has_own(o, sizeof(struct lock));
}

static bool
is(const struct event *e, const char *part)
{
	return strstr(e->call, part);
}

/* ---- who holds it ---- */

static int
place_in(const int *list, int n, int a)
{
	for (int i = 0; i < n; i++)
		if (list[i] == a)
			return i;
	return -1;
}

static void
take_out(int *list, int *n, int a)
{
	int at = place_in(list, *n, a);

	if (at >= 0)
		list[at] = list[--*n];
}

/* Whoever had it alone before has given it up, though that is told later:
 * it was woken by it.  */
static void
hold(struct lock *l, int a, bool writing)
{
	bool again = l->n == 1 && l->holder[0] == a && writing;

	if (again) {
		l->depth++;
		return;
	}
	if (writing || l->writing)
		l->n = 0;
	if (l->n < HOLDERS_MAX)
		l->holder[l->n++] = a;
	l->writing = writing;
	l->depth = 1;
}

static void
let_go(struct lock *l, int a)
{
	if (place_in(l->holder, l->n, a) < 0)
		return;
	if (l->writing && --l->depth > 0)
		return;
	take_out(l->holder, &l->n, a);
}

static void
changed(struct world *w, int id)
{
	w->object[id].changed_n = w->n;
}

void
lock_called(struct world *w, int id, const struct event *e, int a)
{
	struct lock *l = own(&w->object[id]);

	if (is(e, "_init")) {
		*l = (struct lock){ .n = 0 };
		w->object[id].made = true;
	} else if (is(e, "_destroy")) {
		w->object[id].removed = true;
	} else if (is(e, "unlock")) {
		let_go(l, a);
		l->released = a + 1;
	} else if (is(e, "lock")) {
		hold(l, a, !is(e, "rdlock"));
	}
	changed(w, id);
}

/* It has the lock all the same, and must put in order what its dead owner left
 * (pthread_mutex_lock(3p)).  */
void
lock_failed(struct world *w, int id, const struct event *e, int a)
{
	if (e->error != EOWNERDEAD)
		return;
	hold(own(&w->object[id]), a, true);
	changed(w, id);
}

/* ---- condition variables ---- */

static void
woke(struct world *w, int id, bool all)
{
	struct lock *c = own(&w->object[id]);
	bool any = c->early > 0;

	if (any)
		c->early = all ? 0 : c->early - 1;
	for (int a = 0; a < w->n_actors && (all || !any); a++) {
		if (w->actor[a].object != id || !w->actor[a].call[0] ||
		    (w->actor[a].state != ACTOR_BLOCKED &&
		     w->actor[a].state != ACTOR_SLEEPING) ||
		    place_in(c->woken, c->n_woken, a) >= 0)
			continue;
		any = true;
		if (c->n_woken < HOLDERS_MAX)
			c->woken[c->n_woken++] = a;
	}
	c->missed = !any;
}

/* It comes back with the mutex; it may have taken it by an operation of its
 * own, told before.  */
static void
come_back(struct world *w, int mutex, int a)
{
	if (mutex < 0 || world_locks(w, mutex, a, NULL))
		return;
	hold(own(&w->object[mutex]), a, true);
	changed(w, mutex);
}

/* It slept on a condition variable, and is held now before it takes the mutex
 * again: it was signalled, though that is told later, or its time is over.  */
void
condition_left(struct world *w, const struct event *e, int a)
{
	const struct actor *actor = &w->actor[a];
	bool sleeps = actor->state == ACTOR_BLOCKED ||
		      actor->state == ACTOR_SLEEPING;
	struct lock *c;

	if (!sleeps || actor->object < 0 || !is(e, "pthread_mutex_lock") ||
	    w->object[actor->object].kind != KIND_CONDITION ||
	    (actor->until >= 0 && e->time >= actor->until))
		return;
	c = own(&w->object[actor->object]);
	if (place_in(c->woken, c->n_woken, a) >= 0 ||
	    c->n_woken == HOLDERS_MAX)
		return;
	c->woken[c->n_woken++] = a;
	c->early++;
}

void
condition_called(struct world *w, int id, const struct event *e, int a)
{
	int mutex = e->object2[0] ? object_find_or_add(w, e->object2) : -1;
	struct lock *c = own(&w->object[id]);

	if (is(e, "_init")) {
		*c = (struct lock){ .n = 0 };
		w->object[id].made = true;
	} else if (is(e, "_destroy")) {
		w->object[id].removed = true;
	} else if (is(e, "wait")) {
		if (!e->error && place_in(c->woken, c->n_woken, a) < 0)
			c->early++;
		take_out(c->woken, &c->n_woken, a);
		come_back(w, mutex, a);
	} else {
		woke(w, id, is(e, "broadcast"));
	}
	changed(w, id);
}

/* It sleeps, and has given up the mutex for that long; even where its time is
 * over it has it again.  */
void
lock_waited(struct world *w, const struct event *e, int a)
{
	int id, mutex;

	if (!is(e, "pthread_cond_") || !e->object[0] || !e->object2[0])
		return;
	mutex = object_find_or_add(w, e->object2);
	id = object_find_or_add(w, e->object);
	own(&w->object[id])->mutex = mutex + 1;
	let_go(own(&w->object[mutex]), a);
	changed(w, id);
	changed(w, mutex);
}

void
condition_failed(struct world *w, int id, const struct event *e, int a)
{
	if (e->error == ETIMEDOUT && e->object2[0])
		condition_called(w, id, e, a);
}

/* ---- barriers ---- */

void
barrier_called(struct world *w, int id, const struct event *e, int a)
{
	(void)a;
	if (is(e, "_init")) {
		own(&w->object[id])->needed = (int)event_arg_int(e, "count", 0);
		w->object[id].made = true;
	} else if (is(e, "_destroy")) {
		w->object[id].removed = true;
	}
	changed(w, id);
}

/* ---- asking ---- */

bool
world_is_lock(const struct world *w, int object)
{
	return w->object[object].kind == KIND_MUTEX ||
	       w->object[object].kind == KIND_RWLOCK;
}

bool
world_locks(const struct world *w, int object, int actor, bool *writing)
{
	const struct lock *l = known(&w->object[object]);

	if (writing)
		*writing = l && l->writing;
	return l && place_in(l->holder, l->n, actor) >= 0;
}

bool
lock_is_of_one(const struct world *w, int object, int actor)
{
	const struct lock *l = known(&w->object[object]);

	return w->object[object].kind == KIND_MUTEX && l && l->n == 0 &&
	       l->released > 0 && wait_is_settled(w, &w->actor[actor]) &&
	       w->actor[l->released - 1].pid != w->actor[actor].pid;
}

int
world_barrier(const struct world *w, int object)
{
	const struct lock *b = known(&w->object[object]);

	return b ? b->needed : 0;
}

bool
world_was_signalled(const struct world *w, int object, int actor, int *mutex)
{
	const struct lock *c = known(&w->object[object]);

	*mutex = c ? c->mutex - 1 : -1;
	return c && place_in(c->woken, c->n_woken, actor) >= 0;
}

bool
world_signal_missed(const struct world *w, int object)
{
	const struct lock *c = known(&w->object[object]);

	return c && c->missed;
}
