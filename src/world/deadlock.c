/* Nobody can go on, and somebody lives: who waits for whom, and of what sort
 * that is.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"
#include "world/queue.h"

#include <stdlib.h>

/* Can it not move unless somebody else does?  */
static bool
is_stuck(const struct world *w, int actor, struct wait *wait)
{
	if (!wait_of(w, actor, wait) || w->actor[actor].until >= 0)
		return false;
	/* Somebody may type, or use the other end of what was given. */
	if ((wait->kind == WAIT_BYTES || wait->kind == WAIT_ROOM) &&
	    wait->object >= 0 &&
	    (!object_is_pipe(&w->object[wait->object]) ||
	     !w->object[wait->object].made))
		return false;
	/* A queue that was there before, others may use. */
	if ((wait->kind == WAIT_MESSAGE || wait->kind == WAIT_QUEUE_ROOM) &&
	    wait->object >= 0 && queue_is_foreign(&w->object[wait->object]))
		return false;
	if (socket_is_open_to_others(w, wait) || wait->outside)
		return false;
	/* Two that are held before opening the two sides of a FIFO: each can
	 * be chosen, and then lets the other in.  So it is with a barrier; and
	 * who waits for a condition variable gives up its mutex. */
	if ((wait->kind == WAIT_OTHER_SIDE || wait->kind == WAIT_MEETING ||
	     wait->kind == WAIT_SIGNALLED) &&
	    w->actor[actor].state == ACTOR_READY)
		return false;
	/* In a free run what wakes it may have happened, not told yet. */
	return w->driven || wait->kind == WAIT_ROOM ||
	       wait->kind == WAIT_BYTES || wait->kind == WAIT_CHILD;
}

/*
 * Of those who could end it, one who might.  Anybody may send a signal, or
 * open the other side of a FIFO; but one that waits for its child first will
 * not.  -1: nobody.
 */
static int
next_of(const struct world *w, const struct wait *wait)
{
	bool anybody = wait->kind == WAIT_SIGNALLED ||
		       wait->kind == WAIT_SIGNAL ||
		       wait->kind == WAIT_OTHER_SIDE;
	struct wait other;

	for (int i = 0; i < wait->n; i++)
		if (!anybody || !wait_of(w, wait->who[i], &other) ||
		    other.kind != WAIT_CHILD)
			return wait->who[i];
	return -1;
}

/* It waits for nobody.  */
static void
name_end(const struct world *w, int at, const struct wait *wait,
	 struct buf *why)
{
	const char *who = w->actor[at].role;
	bool of_lock = wait->kind == WAIT_HELD && wait->object >= 0;
	int dead = of_lock ? lock_dead_holder(w, wait->object) : -1;

	if (dead >= 0)
		buf_addf(why, _("%s waits for %s, which %s had when it ended"),
			 who, world_title(w, wait->object),
			 w->actor[dead].role);
	else if (wait_is_deaf(w, wait) ||
		 (of_lock && lock_is_of_one(w, wait->object, at)))
		buf_addf(why, _("%s waits for %s, which is free, but was made "
				"for the threads of one process (pshared 0): "
				"who gave it back in another could not wake "
				"it"), who, world_title(w, wait->object));
	else
		buf_addf(why, wait->kind == WAIT_SIGNAL ||
			 wait->kind == WAIT_SIGNALLED ?
			 _("%s waits for a signal that nobody will send") :
			 wait->own_fd >= 0 || wait->own ?
			 _("%s waits for itself") :
			 _("%s waits for nobody who could act"), who);
}

/* From one that waits to whom it waits for, and so on, as long as they were
 * not named before.  The list begins at byte from.  */
static void
name_chain(const struct world *w, int at, bool *seen, size_t from,
	   struct buf *why)
{
	while (!seen[at]) {
		struct wait wait;
		int next;

		seen[at] = true;
		wait_of(w, at, &wait);
		next = next_of(w, &wait);
		if (why->len > from)
			buf_adds(why, _("; "));
		if (next < 0) {
			name_end(w, at, &wait, why);
			break;
		}
		buf_addf(why, _("%s waits for %s"), w->actor[at].role,
			 w->actor[next].role);
		at = next;
	}
}

/* The chain on which the trouble is, then the others who wait.  */
static void
name_chains(const struct world *w, int first, struct buf *why)
{
	bool *seen = xcalloc(w->n_actors, sizeof(*seen));
	size_t from = why->len;

	name_chain(w, first, seen, from, why);
	for (int a = 0; a < w->n_actors; a++)
		if (actor_is_alive(&w->actor[a]))
			name_chain(w, a, seen, from, why);
	free(seen);
}

bool
world_deadlock(const struct world *w, struct buf *why)
{
	struct wait wait;
	bool of_child = false;
	int first = -1;

	if (w->ended || (w->driven && !w->held))
		return false;
	for (int a = 0; a < w->n_actors; a++) {
		if (!actor_is_alive(&w->actor[a]))
			continue;
		if (!is_stuck(w, a, &wait))
			return false;
		/* Begin the chain where the trouble is, not at a parent that
		 * waits for its children. */
		if (first < 0 || (of_child && wait.kind != WAIT_CHILD)) {
			first = a;
			of_child = wait.kind == WAIT_CHILD;
		}
	}
	if (first >= 0 && why)
		name_chains(w, first, why);
	return first >= 0;
}

/* ---- its sort ---- */

/* Is the way on barred by itself alone?  Who holds the write end of the pipe
 * that it reads has forgotten a close, whoever else holds one.  */
static bool
bars_itself(const struct wait *wait)
{
	return wait->own || (wait->own_fd >= 0 && wait->kind == WAIT_BYTES);
}

/* From one to whom it waits for, until one comes again: is that a circle of
 * several?  *last: where the chain ends, or closes.  */
static bool
goes_round(const struct world *w, int at, int *last)
{
	bool *seen = xcalloc(w->n_actors, sizeof(*seen)), round = false;
	struct wait wait;

	for (;;) {
		*last = at;
		seen[at] = true;
		wait_of(w, at, &wait);
		if (bars_itself(&wait) || next_of(w, &wait) < 0)
			break;
		at = next_of(w, &wait);
		if (seen[at]) {
			round = at != *last;
			break;
		}
	}
	free(seen);
	return round;
}

static enum deadlock
sort_of_end(const struct world *w, int actor)
{
	struct wait wait;

	wait_of(w, actor, &wait);
	if (wait.kind == WAIT_BYTES && wait.own_fd >= 0)
		return DEADLOCK_FORGOTTEN_CLOSE;
	if (wait.own || wait.own_fd >= 0)
		return DEADLOCK_SELF;
	if (wait.kind == WAIT_SIGNALLED || wait.kind == WAIT_SIGNAL)
		return DEADLOCK_LOST_WAKEUP;
	return DEADLOCK_ORPHAN;
}

/* ---- from outside ---- */

bool
world_waits_outside(const struct world *w, int actor)
{
	static const bool others_may[WAIT_KINDS] = {
		[WAIT_BYTES] = true, [WAIT_ANY] = true,
		[WAIT_MESSAGE] = true, [WAIT_RECEIVE] = true,
		[WAIT_CONNECTION] = true,
	};
	/* Who was never with another cannot have missed what it did.  */
	bool alone = w->n_actors == 1;
	struct wait wait;

	if (!actor_is_alive(&w->actor[actor]) || !wait_of(w, actor, &wait) ||
	    w->actor[actor].until >= 0)
		return false;
	if (alone && (wait.kind == WAIT_OTHER_SIDE || wait.kind == WAIT_SIGNAL))
		return true;
	return others_may[wait.kind] && !is_stuck(w, actor, &wait);
}

/* All who live wait for what comes from outside, or for a child that does: who
 * waits for anything else might go on to be what the first wait for.  */
static bool
all_wait_outside(const struct world *w)
{
	bool any = false;

	if (w->ended || !w->driven || !w->held)
		return false;
	for (int a = 0; a < w->n_actors; a++) {
		struct wait wait;

		if (!actor_is_alive(&w->actor[a]))
			continue;
		if (world_waits_outside(w, a))
			any = true;
		else if (!wait_of(w, a, &wait) || wait.kind != WAIT_CHILD)
			return false;
	}
	return any;
}

enum deadlock
world_deadlock_sort(const struct world *w)
{
	enum deadlock sort = DEADLOCK_NONE;
	int last;

	if (all_wait_outside(w))
		return DEADLOCK_OUTSIDE;
	if (!world_deadlock(w, NULL))
		return DEADLOCK_NONE;
	for (int a = 0; a < w->n_actors; a++) {
		enum deadlock found;

		if (!actor_is_alive(&w->actor[a]))
			continue;
		found = goes_round(w, a, &last) ? DEADLOCK_CYCLE
						: sort_of_end(w, last);
		/* One that waits for a child says less than what the child
		 * waits for.  */
		if (sort == DEADLOCK_NONE || found < sort)
			sort = found;
	}
	return sort;
}
