/* Who waits for a lock, a condition variable, a barrier, a thread; and what
 * would be done to them.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

#include <string.h>

/* ---- for whom ---- */

void
wait_for_holder(const struct world *w, int self, struct wait *wait)
{
	wait->kind = WAIT_HELD;
	if (wait->object < 0)
		return;
	for (int a = 0; a < w->n_actors; a++)
		if (a != self && actor_is_alive(&w->actor[a]) &&
		    world_locks(w, wait->object, a, NULL))
			wait_add(wait, a);
	if (world_locks(w, wait->object, self, NULL))
		wait->own = true;
}

static void
add_others(const struct world *w, int self, struct wait *wait)
{
	for (int a = 0; a < w->n_actors; a++)
		if (a != self && actor_is_alive(&w->actor[a]))
			wait_add(wait, a);
}

/* Woken already, it may still need the mutex.  */
void
wait_for_wake(const struct world *w, int self, struct wait *wait)
{
	int mutex = -1;

	if (wait->object >= 0 &&
	    world_was_signalled(w, wait->object, self, &mutex) && mutex >= 0) {
		wait->object = mutex;
		wait_for_holder(w, self, wait);
		return;
	}
	wait->kind = WAIT_SIGNALLED;
	add_others(w, self, wait);
}

void
wait_for_meeting(const struct world *w, int self, struct wait *wait)
{
	wait->kind = WAIT_MEETING;
	for (int a = 0; a < w->n_actors; a++)
		if (a != self && actor_is_alive(&w->actor[a]) &&
		    (w->actor[a].object != wait->object ||
		     w->actor[a].state == ACTOR_READY))
			wait_add(wait, a);
}

void
wait_for_thread(const struct world *w, int self, struct wait *wait)
{
	const struct event *e = call_of(&w->actor[self]);
	char name[NAME_MAX_LEN] = "";
	int thread;

	event_arg(e, "thread", name, sizeof(name));
	thread = world_actor(w, name);
	wait->kind = WAIT_CHILD;
	if (thread < 0)
		return;
	if (actor_is_alive(&w->actor[thread]))
		wait_add(wait, thread);
	else
		wait->kind = WAIT_NONE;
}

/* ---- why ---- */

int
lock_dead_holder(const struct world *w, int object)
{
	for (int a = 0; a < w->n_actors; a++)
		if (!actor_is_alive(&w->actor[a]) &&
		    world_locks(w, object, a, NULL))
			return a;
	return -1;
}

void
why_held(const struct told *t, struct buf *out)
{
	int self = (int)(t->a - t->w->actor), dead;

	if (t->wait->object < 0) {
		buf_addf(out, _("%s waits: it sleeps in %s."), t->who,
			 t->call);
		return;
	}
	dead = lock_dead_holder(t->w, t->wait->object);
	if (t->wait->n > 0)
		buf_addf(out, _("%s waits: %s is held by %s."), t->who,
			 t->object, t->names);
	else if (world_locks(t->w, t->wait->object, self, NULL))
		buf_addf(out, _("%s waits for itself: it holds %s already, "
				"and nobody else will release it."), t->who,
			 t->object);
	else if (dead >= 0)
		buf_addf(out, _("%s waits: %s is held by %s, who has ended "
				"without releasing it."), t->who, t->object,
			 t->w->actor[dead].role);
	else if (lock_is_of_one(t->w, t->wait->object, self))
		buf_addf(out, _("%s sleeps though %s is free: it was made for "
				"the threads of one process (pshared 0), and "
				"who released it in another could not wake "
				"anybody here."), t->who, t->object);
	else
		buf_addf(out, _("%s waits: it sleeps in %s on %s."), t->who,
			 t->call, t->object);
}

void
why_signalled(const struct told *t, struct buf *out)
{
	if (t->wait->object < 0) {
		buf_addf(out, _("%s waits: it sleeps in %s."), t->who,
			 t->call);
		return;
	}
	buf_addf(out, _("%s waits: it sleeps until somebody signals %s."),
		 t->who, t->object);
	if (world_signal_missed(t->w, t->wait->object))
		buf_adds(out, _(" The last signal found nobody who waited, and "
				"nothing remembers it."));
}

void
why_meeting(const struct told *t, struct buf *out)
{
	int here = 0, all = t->wait->object < 0 ? 0 :
			    world_barrier(t->w, t->wait->object);

	for (int a = 0; a < t->w->n_actors; a++)
		here += t->w->actor[a].object == t->wait->object &&
			t->w->actor[a].state == ACTOR_BLOCKED;
	if (all > 0)
		buf_addf(out, _("%s waits at %s until all have come: %d of %d "
				"are there."), t->who, t->object, here, all);
	else
		buf_addf(out, _("%s waits at %s until all have come."), t->who,
			 t->object);
}

/* ---- what is next ---- */

#define NEXT(name, text) \
void \
name(const struct plan *p, struct buf *out) \
{ \
	buf_addf(out, text, p->who, p->object); \
}

NEXT(next_sem_take, _("%s would take 1 from %s."))
NEXT(next_sem_give, _("%s would add 1 to %s."))
NEXT(next_lock, _("%s would lock %s."))
NEXT(next_unlock, _("%s would release %s."))
NEXT(next_read_lock, _("%s would lock %s for reading."))
NEXT(next_write_lock, _("%s would lock %s for writing."))
NEXT(next_signal_one, _("%s would wake one of those who wait for %s."))
NEXT(next_signal_all, _("%s would wake all who wait for %s."))
NEXT(next_meet, _("%s would wait at %s until all have come."))
#undef NEXT

void
next_sem_init(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would make %s, with value %lld."), p->who,
		 p->object, (long long)event_arg_int(p->e, "value", 0));
}

void
next_sem_open(const struct plan *p, struct buf *out)
{
	char name[PATH_MAX_LEN], flags[64];

	plan_text(p, "oflag", flags, sizeof(flags));
	plan_text(p, "name", name, sizeof(name));
	buf_addf(out, strstr(flags, "O_CREAT") ?
		 _("%s would open the semaphore %s, or make it.") :
		 _("%s would open the semaphore %s."), p->who, name);
}

void
next_sem_unlink(const struct plan *p, struct buf *out)
{
	char name[PATH_MAX_LEN];

	buf_addf(out, _("%s would remove the name of the semaphore %s."),
		 p->who, plan_text(p, "name", name, sizeof(name)));
}

void
next_cond_wait(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would give up the mutex and sleep until somebody "
			"signals %s."), p->who, p->object);
}

void
next_thread(const struct plan *p, struct buf *out)
{
	buf_addf(out, _("%s would start a thread."), p->who);
}
