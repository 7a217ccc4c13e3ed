/*
 * Who can reach an address?  Memory that is mapped MAP_SHARED: other
 * processes.  Private memory that can be written: other threads, once there
 * are some, unless it is the thread's own stack or its own variables.
 *
 * The tracer knows the mappings (/proc/PID/maps) and is asked for each once:
 * reading them here would be system calls of the subject's that it never
 * made.  Answers are kept by page; a change of mappings that we know of
 * empties it all.  Private mappings that the C library makes and removes
 * behind our back do no harm: whoever maps something shared in their place
 * comes through mapping.c.
 */
#include "config.h"

#include "runtime/learn.h"

#include <elf.h>
#include <sys/auxv.h>

#define STACKS_MAX (UINT64_C(1) << 36)	/* larger than any stack */

enum {
	PAGE_SHIFT = 12,	/* pages may be larger, never smaller */
	PAGES = 1024,		/* remembered; a power of two */
	RANGES = 16,
	RED_ZONE = 128,		/* below the stack pointer (x86-64 ABI) */
	NEAR_END = 8192,	/* less than any stack of the C library's */
};

enum reach {
	UNKNOWN,		/* also: no entry */
	NOBODY,
	THREADS,
	PROCESSES,
	ABSENT,			/* not kept */
};

/* page << 2 | enum reach.  Read and written whole, so that a handler or
 * another thread never sees half of one.  */
static uint64_t pages[PAGES];

/* The mappings asked for last.  */
static struct range {
	uintptr_t start, end;
	enum reach reach;
} ranges[RANGES];
static unsigned next_range;
static char ranges_busy;
static unsigned generation;	/* of the mappings */

bool rt_odd_stacks;

static uint64_t *
place_of(uintptr_t page)
{
	return &pages[(page ^ page >> 10) % PAGES];
}

void
rt_forget_mappings(void)
{
	__atomic_add_fetch(&generation, 1, __ATOMIC_SEQ_CST);
	for (int i = 0; i < PAGES; i++)
		__atomic_store_n(&pages[i], 0, __ATOMIC_RELAXED);
	for (int i = 0; i < RANGES; i++)
		__atomic_store_n(&ranges[i].end, 0, __ATOMIC_RELAXED);
}

/* Only if nobody is in there, as it may be the thread that we interrupted.  */
static bool
take_ranges(void)
{
	return !__atomic_test_and_set(&ranges_busy, __ATOMIC_ACQUIRE);
}

static void
release_ranges(void)
{
	__atomic_clear(&ranges_busy, __ATOMIC_RELEASE);
}

/* Where somebody is in there nothing is known of what was kept: all goes.  */
void
rt_forget_mapping(uintptr_t start, uintptr_t end)
{
	if (!take_ranges()) {
		rt_forget_mappings();
		return;
	}
	__atomic_add_fetch(&generation, 1, __ATOMIC_SEQ_CST);
	for (int i = 0; i < PAGES; i++) {
		uintptr_t page = __atomic_load_n(&pages[i],
						 __ATOMIC_RELAXED) >> 2;

		if (page >= start >> PAGE_SHIFT &&
		    page <= (end - 1) >> PAGE_SHIFT)
			__atomic_store_n(&pages[i], 0, __ATOMIC_RELAXED);
	}
	for (int i = 0; i < RANGES; i++)
		if (ranges[i].start < end && ranges[i].end > start)
			__atomic_store_n(&ranges[i].end, 0, __ATOMIC_RELAXED);
	release_ranges();
}

/* The one that holds the address: reach UNKNOWN where there is none.  */
static struct range
find_range(uintptr_t address)
{
	struct range found = { .reach = UNKNOWN };

	if (!take_ranges())
		return found;
	for (int i = 0; i < RANGES && found.reach == UNKNOWN; i++)
		if (address >= ranges[i].start && address < ranges[i].end)
			found = ranges[i];
	release_ranges();
	return found;
}

static void
keep_range(const struct rt_mapping *m, enum reach reach)
{
	if (!take_ranges())
		return;
	ranges[next_range++ % RANGES] = (struct range){
		.start = m->start, .end = m->end, .reach = reach,
	};
	release_ranges();
}

static bool
ask(uintptr_t address, struct rt_mapping *m)
{
	*m = (struct rt_mapping){ .start = 0 };
	return rt_call(RT_MAPPING, address, (long)m, 0, 0, 0, 0) == 0 &&
	       m->start <= address && address < m->end;
}

/* What is neither shared nor writable nor of a file may become writable
 * without our knowing (malloc() prepares room that way): not kept.  */
static enum reach
keep(const struct rt_mapping *m)
{
	enum reach reach = NOBODY;

	if (m->flags & RT_SHARED)
		reach = PROCESSES;
	else if (m->flags & RT_WRITABLE)
		reach = THREADS;
	else if (!(m->flags & RT_FILE))
		return UNKNOWN;
	keep_range(m, reach);
	return reach;
}

static enum reach
ask_reach(uintptr_t address)
{
	struct rt_mapping m;

	return ask(address, &m) ? keep(&m) : ABSENT;
}

void
rt_know_mapping(const struct rt_mapping *m)
{
	rt_forget_mapping(m->start, m->end);
	keep(m);
}

static enum reach
reach_of(uintptr_t address)
{
	uintptr_t page = address >> PAGE_SHIFT;
	uint64_t *place = place_of(page);
	uint64_t word = __atomic_load_n(place, __ATOMIC_RELAXED);
	unsigned before;
	enum reach reach;

	if (word >> 2 == page && word & 3)
		return word & 3;
	before = __atomic_load_n(&generation, __ATOMIC_SEQ_CST);
	reach = find_range(address).reach;
	if (reach == UNKNOWN)
		reach = ask_reach(address);
	if (reach == ABSENT)
		return reach;
	if (before == __atomic_load_n(&generation, __ATOMIC_SEQ_CST))
		__atomic_store_n(place, (uint64_t)page << 2 | reach,
				 __ATOMIC_RELAXED);
	else
		rt_forget_mappings();	/* what we kept may be of before */
	return reach;
}

/* ---- the thread's own ---- */

/* Kept by the C library (2.32 on) for such purposes; where it is missing,
 * threads are taken to exist.  */
extern char __libc_single_threaded __attribute__((weak));

bool
rt_is_alone(void)
{
	return &__libc_single_threaded && __libc_single_threaded;
}

/* Size of the program's own thread-local variables (PT_TLS).  */
static uintptr_t
thread_locals_size(void)
{
	static uintptr_t size = 1;	/* odd: not known yet */
	const Elf64_Phdr *p = (const Elf64_Phdr *)getauxval(AT_PHDR);
	unsigned long n = getauxval(AT_PHNUM);

	if (size != 1)
		return size;
	size = 0;
	for (unsigned long i = 0; p && i < n; i++)
		if (p[i].p_type == PT_TLS)
			size = (p[i].p_memsz + p[i].p_align + 15) & ~15UL;
	return size;
}

/* They lie below the thread pointer on x86-64, above it on aarch64 (Drepper,
 * ELF Handling For Thread-Local Storage).  */
static bool
is_thread_local(uintptr_t address)
{
	uintptr_t tp = (uintptr_t)__builtin_thread_pointer();

#if defined(__x86_64__)
	return address < tp && tp - address <= thread_locals_size();
#else
	return address >= tp && address - tp < thread_locals_size() + 16;
#endif
}

/* The mapping that this thread runs on, asked for once.  It is not taken from
 * those that are kept: the C library may have put another stack there.  */
static __thread uintptr_t low, high;

static bool
know_stack(uintptr_t here)
{
	struct rt_mapping m;

	if (here >= low && here < high)
		return true;
	if (!ask(here, &m))
		return false;
	keep(&m);
	low = m.start;
	high = m.end;
	return true;
}

/* The stack of a thread ends at its thread pointer, or a little above, where
 * the C library has made it.  Who is near there is on it, and need not ask.  */
static bool
is_near_end(uintptr_t here)
{
	uintptr_t tp = (uintptr_t)__builtin_thread_pointer();

	return !rt_odd_stacks && here < tp && tp - here < NEAR_END;
}

static bool
is_own_stack(uintptr_t address)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	if (address + RED_ZONE < here)
		return false;
	if (is_near_end(here))
		return address < (uintptr_t)__builtin_thread_pointer();
	return know_stack(here) && address < high;
}

enum rt_reach
rt_reach(uintptr_t address)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);

	/* It is what most accesses of a new thread are to.  */
	if (!rt_is_alone() && is_near_end(here)) {
		if (is_own_stack(address))
			return RT_REACH_OWN;
	} else if (high == 0 && !rt_is_alone()) {
		know_stack(here);
	}
	switch (reach_of(address)) {
	case PROCESSES:
		return RT_REACH_PROCESSES;
	case THREADS:
		if (rt_is_alone() && !rt_handlers)
			return RT_REACH_NONE;
		return is_own_stack(address) || is_thread_local(address)
		       ? RT_REACH_OWN : RT_REACH_THREADS;
	case ABSENT:
		return RT_REACH_ABSENT;
	default:
		return RT_REACH_NONE;
	}
}

bool
rt_is_there(uintptr_t address, size_t size)
{
	uintptr_t end = address + size, page = (uintptr_t)1 << PAGE_SHIFT;

	for (uintptr_t at = address; at < end; at = (at | (page - 1)) + 1)
		if (rt_reach(at) == RT_REACH_ABSENT)
			return false;
	return end >= address;
}

/*
 * Its stack was another thread's, maybe, and so were its variables, which are
 * on it; both end at the thread pointer, or a little above.  Not that of the
 * first thread, whose variables are elsewhere; nor one that the program has
 * made, which may lie in the midst of other memory, or that has no guard.
 */
void
rt_new_thread(void)
{
	uintptr_t here = (uintptr_t)__builtin_frame_address(0);
	uintptr_t tp = (uintptr_t)__builtin_thread_pointer();

	/* Nobody has used such memory yet.  */
	if (tp > STACKS_MAX && !rt_learn_knows(tp - STACKS_MAX, tp))
		return;
	if (rt_odd_stacks || tp < here || !know_stack(here) || tp >= high)
		return;
#if !defined(__x86_64__)
	tp += thread_locals_size() + 16;
#endif
	rt_learn_renewed(low, tp - low);
}

/* The program's variables, and the stack of its first thread.  */
void
rt_prepare_mappings(void)
{
	reach_of((uintptr_t)pages);
	reach_of((uintptr_t)__builtin_frame_address(0));
	is_own_stack((uintptr_t)__builtin_frame_address(0));
}
