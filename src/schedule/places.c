/* See places.h.  */
#include "config.h"

#include "schedule/places.h"

#include <stdlib.h>

enum { CHANGES = 1, TAKES, LOOKS };

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

void
places_note(struct places *p, const struct operation *o)
{
	int rank = rank_of(o);

	p->steps++;
	if (!rank || !o->pc)
		return;
	for (size_t i = 0; i < p->n; i++)
		if (p->at[i].pc == o->pc)
			return;
	p->at = xgrow(p->at, &p->room, p->n + 1, sizeof(*p->at));
	p->at[p->n++] = (struct place){ o->pc, rank, p->steps };
}

static int
compare(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->step > y->step ? -1 : x->step < y->step;
}

void
places_sort(struct places *p)
{
	if (p->n)
		qsort(p->at, p->n, sizeof(*p->at), compare);
}

void
places_release(struct places *p)
{
	free(p->at);
	*p = (struct places)PLACES_INIT;
}
