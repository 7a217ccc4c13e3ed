/* See places.h.  */
#include "config.h"

#include "base/random.h"
#include "schedule/places.h"

#include <stdlib.h>
#include <string.h>

enum { CHANGES_WHAT_IT_SAW = 1, CHANGES_AND_SAW, CHANGES, TAKES,
       CHANGES_LOCKED, LOOKS };

enum { SEEN_MAX = 8 };

struct looker {
	int locks;		/* that it holds */
	size_t n_seen;		/* since its last change, without a lock */
	struct touch seen[SEEN_MAX];
};

/* Those that are missing (births, ends, waiting for both) are no places.  */
static const uint8_t ranks[ACTS_COUNT] = {
	[ACT_STORE] = CHANGES, [ACT_RMW] = CHANGES,
	[ACT_FILE_WRITE] = CHANGES, [ACT_FILE_APPEND] = CHANGES,
	[ACT_FILE_RESIZE] = CHANGES, [ACT_PIPE_WRITE] = CHANGES,
	[ACT_QUEUE_SEND] = CHANGES, [ACT_SOCKET_SEND] = CHANGES,
	[ACT_SEM_POST] = CHANGES, [ACT_SEM_CONTROL] = CHANGES,
	[ACT_NAME_CHANGE] = CHANGES, [ACT_SIGNAL_SEND] = CHANGES,
	[ACT_COND_SIGNAL] = CHANGES, [ACT_COND_BROADCAST] = CHANGES,
	[ACT_COUNTER_ADD] = CHANGES, [ACT_FUTEX_WAKE] = CHANGES,
	[ACT_LOCK] = TAKES, [ACT_TRY_LOCK] = TAKES,
	[ACT_READ_LOCK] = TAKES, [ACT_WRITE_LOCK] = TAKES,
	[ACT_SEM_WAIT] = TAKES, [ACT_SEM_TRY] = TAKES,
	[ACT_FILE_LOCK] = TAKES, [ACT_FILE_TRY_LOCK] = TAKES,
	[ACT_COND_WAIT] = TAKES, [ACT_PIPE_READ] = TAKES,
	[ACT_QUEUE_RECEIVE] = TAKES, [ACT_SOCKET_RECEIVE] = TAKES,
	[ACT_COUNTER_TAKE] = TAKES, [ACT_SIGNAL_WAIT] = TAKES,
	[ACT_SIGNAL_CONTROL] = TAKES, [ACT_BARRIER_ARRIVE] = TAKES,
	[ACT_FUTEX_WAIT] = TAKES,
	[ACT_LOAD] = LOOKS, [ACT_FILE_READ] = LOOKS, [ACT_FILE_LOOK] = LOOKS,
	[ACT_NAME_LOOK] = LOOKS, [ACT_SEM_LOOK] = LOOKS,
	[ACT_QUEUE_LOOK] = LOOKS, [ACT_READY_LOOK] = LOOKS,
	[ACT_UNLOCK] = LOOKS, [ACT_RW_UNLOCK] = LOOKS,
	[ACT_FILE_UNLOCK] = LOOKS, [ACT_UNKNOWN] = LOOKS,
};

static int
rank_of(const struct operation *o)
{
	int best = o->unknown ? LOOKS : 0;

	for (int i = 0; i < o->n; i++) {
		int rank = ranks[o->touch[i].act];

		if (rank && (!best || rank < best))
			best = rank;
	}
	return best;
}

uint64_t
place_where(const struct operation *o)
{
	uint64_t where = 0;

	if (o->pc)
		return o->pc;
	for (int i = 0; i < o->n && !where; i++)
		if (ranks[o->touch[i].act])
			where = 1 + o->touch[i].object;
	for (int i = 0; where && o->call[i]; i++)
		where = random_mix(where, (unsigned char)o->call[i]);
	return where;
}

/* ---- looking, then changing ---- */

static struct looker *
looker_at(struct places *p, int actor)
{
	p->looker = xgrow(p->looker, &p->lookers_room, (size_t)actor + 1,
			  sizeof(*p->looker));
	while (p->n_lookers <= (size_t)actor)
		p->looker[p->n_lookers++] = (struct looker){ .n_seen = 0 };
	return &p->looker[actor];
}

static bool
has_seen(const struct looker *l, const struct touch *t)
{
	for (size_t i = 0; i < l->n_seen; i++) {
		const struct touch *seen = &l->seen[i];

		if (seen->object == t->object &&
		    (!t->to || !seen->to || (seen->from < t->to &&
					     t->from < seen->to)))
			return true;
	}
	return false;
}

static bool
is_unlock(uint8_t act)
{
	return act == ACT_UNLOCK || act == ACT_RW_UNLOCK ||
	       act == ACT_FILE_UNLOCK || act == ACT_SEM_POST;
}

static bool
is_lock(uint8_t act)
{
	return act == ACT_LOCK || act == ACT_READ_LOCK ||
	       act == ACT_WRITE_LOCK || act == ACT_FILE_LOCK ||
	       act == ACT_SEM_WAIT;
}

/* What it has seen, and what it holds, after that touch.  */
static void
follow(struct looker *l, const struct touch *t)
{
	if (is_lock(t->act))
		l->locks++;
	else if (is_unlock(t->act))
		l->locks -= l->locks > 0;
	else if (ranks[t->act] == CHANGES)
		l->n_seen = 0;
	else if (ranks[t->act] == LOOKS && l->locks == 0)
		l->seen[l->n_seen++ % SEEN_MAX] = *t;
	if (l->n_seen > SEEN_MAX)
		l->n_seen = SEEN_MAX;
}

/* Does it change something that it, or others, saw otherwise?  */
static int
rank_after_looks(const struct looker *l, const struct operation *o)
{
	int best = CHANGES;

	for (int i = 0; i < o->n && l->locks == 0 && l->n_seen > 0; i++) {
		const struct touch *t = &o->touch[i];

		if (ranks[t->act] != CHANGES || is_unlock(t->act))
			continue;
		if (t->act != ACT_RMW && has_seen(l, t))
			return CHANGES_WHAT_IT_SAW;
		best = CHANGES_AND_SAW;
	}
	return l->locks > 0 ? CHANGES_LOCKED : best;
}

/* ---- noting ---- */

static struct place *
place_at(struct places *p, int actor, uint64_t where)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->at[i].where == where)
			return &p->at[i];
	p->at = xgrow(p->at, &p->room, p->n + 1, sizeof(*p->at));
	p->at[p->n] = (struct place){
		.where = where, .rank = LOOKS, .step = p->steps,
		.actor = actor,
	};
	return &p->at[p->n++];
}

void
places_note(struct places *p, int actor, const struct operation *o, bool alone)
{
	struct looker *l = looker_at(p, actor);
	uint64_t where = place_where(o);
	int rank = rank_of(o);
	struct place *place;

	p->steps++;
	if (rank == CHANGES)
		rank = rank_after_looks(l, o);
	for (int i = 0; i < o->n; i++)
		follow(l, &o->touch[i]);
	if (!rank || !where || alone)
		return;
	place = place_at(p, actor, where);
	place->known = o->pc;
	if (rank < place->rank)
		place->rank = rank;
}

static int
compare(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->known != y->known)
		return x->known ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->step > y->step ? -1 : x->step < y->step;
}

void
places_sort(struct places *p)
{
	p->n_lookers = 0;
	if (p->n)
		qsort(p->at, p->n, sizeof(*p->at), compare);
}

void
places_copy(struct places *to, const struct places *from)
{
	*to = (struct places){ .n = from->n, .room = from->n,
			       .steps = from->steps };
	to->at = xcalloc(from->n + 1, sizeof(*to->at));
	if (from->n)
		memcpy(to->at, from->at, from->n * sizeof(*to->at));
}

void
places_release(struct places *p)
{
	free(p->at);
	free(p->looker);
	*p = (struct places)PLACES_INIT;
}
