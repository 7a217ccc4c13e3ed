/*
 * Loads and stores, as the compilers' -fsanitize=thread tells them: gcc 12 and
 * clang 14 call these before each.  Sizes are in the names.
 */
#include "config.h"

#include "runtime/learn.h"

enum {
	PAGE_SMALLEST = 4096,
	PATIENCE = 1 << 18,	/* accesses that are not told */
	LONGER = 1 << 12,	/* ... for one that is likely waited by */
	NEAR = 4096,		/* of a frame: most likely in it */
};

void *__real_memcpy(void *to, const void *from, size_t n);
int __real_memcmp(const void *a, const void *b, size_t n);

/* Told or not: the part of an access that lies in one page, and so in one
 * mapping.  */
static bool
tell_part(uintptr_t address, size_t size, enum rt_reach reach, bool writes,
	  struct rt_learned *l)
{
	if (reach == RT_REACH_PROCESSES)
		return true;
	if (reach == RT_REACH_NONE)
		return false;
	return rt_learning ? rt_learn_access(address, size, writes, l)
			   : reach == RT_REACH_THREADS;
}

/* Accesses since one was told, and the load that was told last.  */
static __thread unsigned untold;
static __thread uintptr_t due_pc;

static bool
is_own(uintptr_t address)
{
	return address - (uintptr_t)__builtin_frame_address(0) < NEAR;
}

/* For so long others are passed over: the load that was told last, so that who
 * waits is found in the same state each time; at first one that is atomic or
 * volatile, then one of memory that is not the function's own.  */
static unsigned
patience_for(uintptr_t address, unsigned flags, uintptr_t pc)
{
	if (due_pc ? pc == due_pc : flags & (RT_ATOMIC | RT_VOLATILE))
		return PATIENCE;
	return !due_pc && !is_own(address) ? PATIENCE + LONGER
					   : PATIENCE + 2 * LONGER;
}

/* Are there many since one was told?  A load, which a loop may wait by.  */
static bool
is_due(long nr, uintptr_t address, unsigned flags, uintptr_t pc)
{
	if (!rt_learning || ++untold < PATIENCE || nr != RT_LOAD ||
	    untold < patience_for(address, flags, pc))
		return false;
	due_pc = pc;
	return true;
}

bool
rt_access(long nr, uintptr_t address, size_t size, unsigned flags,
	  uintptr_t pc)
{
	uintptr_t end = address + size, next;
	struct rt_learned l = { 0, 0 };
	bool told = false, due;

	for (uintptr_t at = address; at < end; at = next) {
		enum rt_reach reach = rt_reach(at);

		/* Nobody gets further; sizes may be as wild as programs.  */
		if (reach == RT_REACH_ABSENT)
			break;
		next = (at | (PAGE_SMALLEST - 1)) + 1;
		told |= tell_part(at, (next < end ? next : end) - at, reach,
				  nr != RT_LOAD, &l);
	}
	due = !told && is_due(nr, address, flags, pc);
	if (told || due)
		untold = 0;
	if (told || due)
		rt_call(nr, address, size, flags | (l.to ? RT_LEARNED : 0) |
			(due ? RT_DUE : 0), pc, l.from, l.to);
	return told || due;
}

#define ACCESS(name, nr, size, flags) \
	RT_EXPORT void name(void *at); \
	RT_EXPORT void name(void *at) \
	{ \
		if (__builtin_expect(rt_on, 0)) \
			rt_access(nr, (uintptr_t)at, size, flags, RT_HERE); \
	}
/* The same for code that says where the access is.  */
#define ACCESS_PC(name, nr, size) \
	RT_EXPORT void name(void *at, void *pc); \
	RT_EXPORT void name(void *at, void *pc) \
	{ \
		if (__builtin_expect(rt_on, 0)) \
			rt_access(nr, (uintptr_t)at, size, 0, (uintptr_t)pc); \
	}
#define ACCESSES(size) \
	ACCESS(__tsan_read##size, RT_LOAD, size, 0) \
	ACCESS(__tsan_write##size, RT_STORE, size, 0) \
	OTHER_ACCESSES(size)
#define OTHER_ACCESSES(size) \
	ACCESS(__tsan_read_write##size, RT_RMW, size, 0) \
	ACCESS_PC(__tsan_read##size##_pc, RT_LOAD, size) \
	ACCESS_PC(__tsan_write##size##_pc, RT_STORE, size) \
	ACCESS(__tsan_volatile_read##size, RT_LOAD, size, RT_VOLATILE) \
	ACCESS(__tsan_volatile_write##size, RT_STORE, size, RT_VOLATILE) \
	ACCESS(__tsan_unaligned_read##size, RT_LOAD, size, 0) \
	ACCESS(__tsan_unaligned_write##size, RT_STORE, size, 0) \
	ACCESS(__tsan_unaligned_read_write##size, RT_RMW, size, 0) \
	ACCESS(__tsan_unaligned_volatile_read##size, RT_LOAD, size, \
	       RT_VOLATILE) \
	ACCESS(__tsan_unaligned_volatile_write##size, RT_STORE, size, \
	       RT_VOLATILE)

ACCESSES(1)
ACCESSES(2)
ACCESSES(4)
ACCESSES(8)
OTHER_ACCESSES(16)

/*
 * A structure that is copied.  gcc says the store, then the load, and copies
 * behind both: the load is a point between the store that was told and the one
 * that is made.  So behind the load the store is told once more; and if others
 * have changed what was loaded meanwhile, both again.
 */
enum { ONE_STATEMENT = 64, ROOM = 4096 };	/* bytes of code; of data */
static __thread struct {
	uintptr_t at, pc;
	size_t size;
} stored;

static void
store_of_copy(void *at, size_t size, uintptr_t pc)
{
	stored.size = 0;
	if (!rt_access(RT_STORE, (uintptr_t)at, size, 0, pc))
		return;
	stored.at = (uintptr_t)at;
	stored.pc = pc;
	stored.size = size;
}

RT_EXPORT void __tsan_write_range(void *at, size_t size);
RT_EXPORT void
__tsan_write_range(void *at, size_t size)
{
	if (__builtin_expect(rt_on, 0))
		store_of_copy(at, size, RT_HERE);
}

/* Numbers of so many bytes are rare: one of two words, most likely.  */
RT_EXPORT void __tsan_write16(void *at);
RT_EXPORT void
__tsan_write16(void *at)
{
	if (__builtin_expect(rt_on, 0))
		store_of_copy(at, 16, RT_HERE);
}

static void
load_to_copy(const void *at, size_t size, uintptr_t pc)
{
	char before[ROOM];
	size_t kept = size < ROOM ? size : ROOM;
	uintptr_t to = stored.at;	/* a handler may copy others */

	do {
		if (!rt_access(RT_LOAD, (uintptr_t)at, size, 0, pc))
			return;
		__real_memcpy(before, at, kept);
		rt_access(RT_STORE, to, size, 0, pc);
	} while (__real_memcmp(before, at, kept));
}

static void
load_of_copy(void *at, size_t size, uintptr_t pc)
{
	bool copies = stored.size == size && size > 0 &&
		      pc - stored.pc < ONE_STATEMENT;

	if (copies)
		load_to_copy(at, size, pc);
	else
		rt_access(RT_LOAD, (uintptr_t)at, size, 0, pc);
	stored.size = 0;
}

RT_EXPORT void __tsan_read_range(void *at, size_t size);
RT_EXPORT void
__tsan_read_range(void *at, size_t size)
{
	if (__builtin_expect(rt_on, 0))
		load_of_copy(at, size, RT_HERE);
}

RT_EXPORT void __tsan_read16(void *at);
RT_EXPORT void
__tsan_read16(void *at)
{
	if (__builtin_expect(rt_on, 0))
		load_of_copy(at, 16, RT_HERE);
}

/* C++: an object's table of virtual functions is set while it is made and
 * destroyed, and read at each virtual call.  */
ACCESS(__tsan_vptr_read, RT_LOAD, sizeof(void *), 0)
RT_EXPORT void __tsan_vptr_update(void **at, void *value);
RT_EXPORT void
__tsan_vptr_update(void **at, void *value)
{
	(void)value;
	if (__builtin_expect(rt_on, 0))
		rt_access(RT_STORE, (uintptr_t)at, sizeof(void *), 0, RT_HERE);
}
