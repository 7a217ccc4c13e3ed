/*
 * What the kernel gives back when a task ends: robust mutexes
 * (get_robust_list(2)), and what semaphores owe (SEM_UNDO, semop(2)).
 *
 * The list hangs from a word of the C library's that the kernel knows.  Its
 * links point into the mutexes, all at the same distance from their locks; in
 * one the lowest bit says something else (PTHREAD_PRIO_INHERIT), and whoever
 * makes a list that goes round is not followed for ever.
 */
#include "config.h"

#include "tracer/footprint_inside.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

/* One mutex after the other: what stands there is another for all.  */
static bool
give_back(struct foot *f, struct task *o, uint64_t link, long distance)
{
	int id = thing_at(f->t, o, KIND_MUTEX,
			  (link & ~UINT64_C(1)) + (uint64_t)distance);

	foot_thing(f, ACT_LOCK_CONTROL, id);
	return !f->o->unknown;
}

static bool
give_back_all(struct foot *f, struct task *o)
{
	struct robust_list_head head, *at;
	uint64_t link, first;
	size_t size;

	if (syscall(SYS_get_robust_list, o->tid, &at, &size) < 0 || !at ||
	    memory_read(o->tid, (uintptr_t)at, &head, sizeof(head)) !=
	    sizeof(head))
		return at == NULL;
	first = (uintptr_t)at;
	if (head.list_op_pending &&
	    !give_back(f, o, (uintptr_t)head.list_op_pending,
		       head.futex_offset))
		return false;
	for (link = (uintptr_t)head.list.next; (link & ~UINT64_C(1)) != first;)
		if (!give_back(f, o, link, head.futex_offset) ||
		    memory_read(o->tid, link & ~UINT64_C(1), &link,
				sizeof(link)) != sizeof(link))
			return false;
	return true;
}

void
foot_gives_robust(struct foot *f, bool all)
{
	struct task *k = f->k;

	if (!k->leader->robust)
		return;
	for (struct task *o = f->t->first; o; o = o->next)
		if (o->phase != PHASE_ENDED && o->leader == k->leader &&
		    (all || o == k) && !give_back_all(f, o))
			foot_unknown(f);
}

/* A set that is too many is any.  */
void
foot_owes(struct task *k, int id)
{
	struct task *l = k->leader;

	for (int i = 0; i < l->n_undoes; i++)
		if (l->undoes[i] == id)
			return;
	if (l->n_undoes < (int)ARRAY_SIZE(l->undoes))
		l->undoes[l->n_undoes] = id;
	l->n_undoes++;
}

void
foot_undoes(struct foot *f)
{
	struct task *l = f->k->leader;

	for (int i = 0; i < l->n_undoes; i++)
		if (i < (int)ARRAY_SIZE(l->undoes))
			foot_thing(f, ACT_SEM_CONTROL, l->undoes[i]);
		else
			foot_unknown(f);
}
