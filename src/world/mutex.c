/*
 * Mutexes, spin locks and read-write locks: who holds them, by the calls that
 * the runtime tells (docs/events.md).  The C library's own memory says only
 * that somebody does.
 *
 * In one step whom an unlock woke comes out of its call before the unlock is
 * told to have ended: for that moment both are holders.
 */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"

#include <string.h>

enum { HOLDERS_MAX = 16 };

struct locked {
	int n;
	struct holder {
		int actor, times;	/* times: a recursive one */
	} holder[HOLDERS_MAX];
};

static const struct locked *
known(const struct object *o)
{
	return object_has_own(o, sizeof(struct locked));
}

static struct holder *
find(struct locked *l, int actor)
{
	for (int i = 0; i < l->n; i++)
		if (l->holder[i].actor == actor)
			return &l->holder[i];
	return NULL;
}

static void
take(struct locked *l, int actor)
{
	struct holder *h = find(l, actor);

	if (h)
		h->times++;
	else if (l->n < HOLDERS_MAX)
		l->holder[l->n++] = (struct holder){ actor, 1 };
}

static void
give(struct locked *l, int actor)
{
	struct holder *h = find(l, actor);

	if (h && --h->times == 0)
		*h = l->holder[--l->n];
}

static bool
ends_with(const char *call, const char *end)
{
	size_t n = strlen(call), m = strlen(end);

	return n >= m && strcmp(call + n - m, end) == 0;
}

/* pthread_mutex_trylock, pthread_rwlock_timedwrlock, ... */
static bool
is_locking(const char *call)
{
	return ends_with(call, "lock") && !ends_with(call, "_unlock");
}

void
mutex_called(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];
	struct locked *l = object_own(o, sizeof(*l));

	if (is_locking(e->call))
		take(l, a);
	else if (ends_with(e->call, "_unlock"))
		give(l, a);
	else if (ends_with(e->call, "_init"))
		l->n = 0;
	else
		return;
	o->changed_n = w->n;
}

/* Who sleeps on a condition variable has given the mutex up, and has it again
 * when it returns, also at the end of its time (pthread_cond_wait(3)).  */
void
mutex_waited(struct world *w, const struct event *e, int a)
{
	int id;
	struct locked *l;

	if (strncmp(e->call, "pthread_cond_", 13) != 0 || !e->object2[0])
		return;
	id = object_find_or_add(w, e->object2);
	l = object_own(&w->object[id], sizeof(*l));
	if (e->what == WHAT_BLOCK)
		give(l, a);
	else if (!find(l, a))
		take(l, a);
}

int
world_lock_held(const struct world *w, int object, int actor)
{
	const struct locked *l = known(&w->object[object]);

	for (int i = 0; l && i < l->n; i++)
		if (l->holder[i].actor == actor)
			return l->holder[i].times;
	return 0;
}

void
wait_for_mutex(const struct world *w, int self, struct wait *wait)
{
	wait->kind = WAIT_LOCK;
	for (int a = 0; wait->object >= 0 && a < w->n_actors; a++) {
		if (!world_lock_held(w, wait->object, a))
			continue;
		if (a == self)
			wait->own = true;
		else if (actor_is_alive(&w->actor[a]))
			wait_add(wait, a);
		else
			wait->lost = true;
	}
}
