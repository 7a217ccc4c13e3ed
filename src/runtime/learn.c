/*
 * Which private memory do threads share?  Kept for each granule: who used it,
 * whether it was written, whether several have read it, and whether it is in
 * the learned set (abi.h).
 *
 * A thread that is alone has nothing to share: what it does before the first
 * thread is made, or the first handler set, is not kept, for everything that
 * comes later comes after it.
 * Nothing else resets what is kept but that the memory is given out anew.  So
 * memory of which nothing was told was used by one thread alone, or was only
 * read, since there are threads.
 *
 * The table is mapped once and never grows: a place for a page of the
 * subject's is found by its number and the places behind it, but the first
 * few pages, which are all that small programs use, have the first places: so
 * a run that was forked (server.c) touches little of the table.  Where there
 * is no place left everything is told.  Threads and handlers may come in at
 * any time: places and entries are taken and changed whole.
 */
#include "config.h"

#include "runtime/learn.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>

enum {
	PAGE = 4096,
	PLACES_BITS = 15,
	PLACES = 1 << PLACES_BITS,
	TRIES = 32,
	FEW = 16,		/* first places, for any page */
	GRANULES = PAGE / RT_GRANULE,
};

/* An entry: these, and who was first: the number of a thread, and the signal
 * whose handler it was in, or 0.  */
enum {
	LEARNED = 1,
	WRITTEN = 2,
	MANY = 4,		/* more than one have read it */
	FLAGS_BITS = 3,
	SIGNAL_BITS = 7,
};

struct place {
	uint64_t page;		/* its number, 0: free */
	uint32_t age;		/* entries of another are of before the fork */
};

static struct table {
	struct place place[FEW + PLACES];
	uint32_t entry[FEW + PLACES][GRANULES];
	uint32_t n_used;
	uint32_t used[FEW + PLACES];	/* places that were taken; 0: not yet */
} *table;
static uint32_t age = 1;
static uint32_t threads;
static __thread uint32_t self;

bool rt_learning;

/* What other threads of the parent did is nothing to the child.  */
static void
forked(void)
{
	age++;
}

void
rt_learn_begin(void)
{
	long at = rt_call(SYS_mmap, 0, sizeof(*table), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at < 0 && at >= -PAGE)
		return;
	table = (struct table *)at;
	rt_learning = pthread_atfork(NULL, NULL, forked) == 0;
}

/* ---- places ---- */

/* Of before the fork only the learned set is left.  */
static void
renew(struct place *p)
{
	uint32_t *entry = table->entry[p - table->place];

	for (int i = 0; i < GRANULES; i++)
		entry[i] &= LEARNED;
	p->age = age;
}

/* True: it is of this page now.  */
static bool
take(struct place *p, uint64_t page)
{
	uint64_t found = 0;

	if (!__atomic_compare_exchange_n(&p->page, &found, page, false,
					 __ATOMIC_RELAXED, __ATOMIC_RELAXED))
		return found == page;
	table->used[__atomic_fetch_add(&table->n_used, 1, __ATOMIC_RELAXED)] =
		1 + (uint32_t)(p - table->place);
	return true;
}

static struct place *
place_at(uint64_t page, int i)
{
	size_t at = page * UINT64_C(0x9e3779b97f4a7c15) >> (64 - PLACES_BITS);

	return &table->place[i < FEW ? (size_t)i
				     : FEW + (at + i - FEW) % PLACES];
}

static uint32_t *
entries_in(struct place *p)
{
	if (p->age != age)
		renew(p);
	return table->entry[p - table->place];
}

/* The entries of a page; NULL: there are none, and, where one is to be made,
 * no room.  */
static uint32_t *
entries(uint64_t page, bool make)
{
	for (int i = 0; i < FEW + TRIES; i++) {
		struct place *p = place_at(page, i);

		if (p->page == 0 && !make)
			return NULL;
		if (p->page == page || (p->page == 0 && take(p, page)))
			return entries_in(p);
	}
	return NULL;
}

/* ---- an access ---- */

/* The entry after an access by this owner.  */
static uint32_t
after(uint32_t was, uint32_t owner, bool writes)
{
	uint32_t wrote = writes ? WRITTEN : 0;

	if (was >> FLAGS_BITS == 0)
		return was | owner << FLAGS_BITS | wrote;
	if (was >> FLAGS_BITS == owner && !(was & MANY))
		return was | wrote;
	if (writes || was & WRITTEN)
		return was | wrote | LEARNED;
	return was | MANY;
}

/* True: it is told; *learned: and was not before.  */
static bool
use(uint32_t *entry, uint32_t owner, bool writes, bool *learned)
{
	uint32_t was = __atomic_load_n(entry, __ATOMIC_RELAXED), now;

	do {
		if (was & LEARNED)
			return true;
		now = after(was, owner, writes);
	} while (now != was &&
		 !__atomic_compare_exchange_n(entry, &was, now, false,
					      __ATOMIC_RELAXED,
					      __ATOMIC_RELAXED));
	*learned = now & LEARNED;
	return *learned;
}

static void
note(struct rt_learned *l, uintptr_t granule)
{
	if (l->from == l->to)
		l->from = granule;
	l->to = granule + RT_GRANULE;
}

bool
rt_learn_access(uintptr_t address, size_t size, bool writes,
		struct rt_learned *l)
{
	uintptr_t at = address & ~(uintptr_t)(RT_GRANULE - 1);
	uint32_t *entry = NULL, owner;
	bool told = false;

	if (__builtin_expect(self == 0, 0)) {
		self = __atomic_add_fetch(&threads, 1, __ATOMIC_RELAXED);
		rt_new_thread();
	}
	/* Its own frames are used by others when it has returned. */
	if (rt_handlers && rt_is_handlers_stack(address))
		return false;
	owner = self << SIGNAL_BITS | (rt_handlers ? rt_handler_signal() : 0);
	for (; at < address + size; at += RT_GRANULE) {
		bool learned = false;

		if (!entry || at % PAGE == 0)
			entry = entries(at / PAGE, true);
		if (!entry)
			return true;
		told |= use(&entry[at % PAGE / RT_GRANULE], owner, writes,
			    &learned);
		if (learned)
			note(l, at);
	}
	return told;
}

/* ---- what is known beforehand, and what is over ---- */

void
rt_learn_add(const uint64_t *address, size_t n)
{
	for (size_t i = 0; rt_learning && i < n; i++) {
		uint32_t *entry = entries(address[i] / PAGE, true);

		if (entry)
			entry[address[i] % PAGE / RT_GRANULE] |= LEARNED;
	}
}

static void
forget_part(uint32_t *entry, uintptr_t at, uintptr_t end)
{
	for (; at < end; at += RT_GRANULE)
		__atomic_and_fetch(&entry[at % PAGE / RT_GRANULE], LEARNED,
				   __ATOMIC_RELAXED);
}

bool
rt_learn_knows(uintptr_t from, uintptr_t to)
{
	for (uint32_t i = 0; rt_learning && i < table->n_used; i++) {
		uintptr_t page = table->used[i] == 0 ? 0 :
				 table->place[table->used[i] - 1].page * PAGE;

		if (page < to && page + PAGE > from)
			return true;
	}
	return false;
}

/* Whole granules only: what else is in the others may be somebody's.  A stack
 * has more pages than are in use in all: so these are gone through.  */
void
rt_learn_renewed(uintptr_t address, size_t size)
{
	uintptr_t at = (address + RT_GRANULE - 1) &
		       ~(uintptr_t)(RT_GRANULE - 1);
	uintptr_t end = (address + size) & ~(uintptr_t)(RT_GRANULE - 1);

	if (!rt_learning || at >= end)
		return;
	for (uint32_t i = 0; i < table->n_used; i++) {
		struct place *p = &table->place[table->used[i] - 1];
		uintptr_t page = p->page * PAGE, next = page + PAGE;

		if (table->used[i] != 0 && page < end && next > at)
			forget_part(entries_in(p), page > at ? page : at,
				    next < end ? next : end);
	}
}
