/*
 * Atomic operations.  The instrumentation puts a call in their place, so each
 * must also do what it says.  All are done sequentially consistent, whatever
 * order was asked for: the lab explores no weaker memory.
 */
#include "config.h"

#include "runtime/inside.h"

typedef __int128 int128;

static inline void
tell(long nr, const volatile void *at, size_t size, uintptr_t pc)
{
	if (__builtin_expect(rt_on, 0))
		rt_access(nr, (uintptr_t)at, size, RT_ATOMIC, pc);
}

/* ---- 1, 2, 4 and 8 bytes: what the compiler has ---- */

#define CHANGE(bits, type, name) \
	RT_EXPORT type __tsan_atomic##bits##_fetch_##name( \
		volatile type *at, type value, int order); \
	RT_EXPORT type __tsan_atomic##bits##_fetch_##name( \
		volatile type *at, type value, int order) \
	{ \
		(void)order; \
		tell(RT_RMW, at, sizeof(type), RT_HERE); \
		return __atomic_fetch_##name(at, value, __ATOMIC_SEQ_CST); \
	}
#define EXCHANGE_IF(bits, type, name) \
	RT_EXPORT int __tsan_atomic##bits##_compare_exchange_##name( \
		volatile type *at, type *expected, type value, int order, \
		int failed); \
	RT_EXPORT int __tsan_atomic##bits##_compare_exchange_##name( \
		volatile type *at, type *expected, type value, int order, \
		int failed) \
	{ \
		(void)order, (void)failed; \
		tell(RT_RMW, at, sizeof(type), RT_HERE); \
		return __atomic_compare_exchange_n(at, expected, value, \
			false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
	}
#define ATOMICS(bits, type) \
	RT_EXPORT type __tsan_atomic##bits##_load( \
		const volatile type *at, int order); \
	RT_EXPORT type __tsan_atomic##bits##_load( \
		const volatile type *at, int order) \
	{ \
		(void)order; \
		tell(RT_LOAD, at, sizeof(type), RT_HERE); \
		return __atomic_load_n(at, __ATOMIC_SEQ_CST); \
	} \
	RT_EXPORT void __tsan_atomic##bits##_store( \
		volatile type *at, type value, int order); \
	RT_EXPORT void __tsan_atomic##bits##_store( \
		volatile type *at, type value, int order) \
	{ \
		(void)order; \
		tell(RT_STORE, at, sizeof(type), RT_HERE); \
		__atomic_store_n(at, value, __ATOMIC_SEQ_CST); \
	} \
	RT_EXPORT type __tsan_atomic##bits##_exchange( \
		volatile type *at, type value, int order); \
	RT_EXPORT type __tsan_atomic##bits##_exchange( \
		volatile type *at, type value, int order) \
	{ \
		(void)order; \
		tell(RT_RMW, at, sizeof(type), RT_HERE); \
		return __atomic_exchange_n(at, value, __ATOMIC_SEQ_CST); \
	} \
	CHANGE(bits, type, add) \
	CHANGE(bits, type, sub) \
	CHANGE(bits, type, and) \
	CHANGE(bits, type, or) \
	CHANGE(bits, type, xor) \
	CHANGE(bits, type, nand) \
	EXCHANGE_IF(bits, type, strong) \
	EXCHANGE_IF(bits, type, weak) \
	/* clang's: the value found is returned.  */ \
	RT_EXPORT type __tsan_atomic##bits##_compare_exchange_val( \
		volatile type *at, type expected, type value, int order, \
		int failed); \
	RT_EXPORT type __tsan_atomic##bits##_compare_exchange_val( \
		volatile type *at, type expected, type value, int order, \
		int failed) \
	{ \
		(void)order, (void)failed; \
		tell(RT_RMW, at, sizeof(type), RT_HERE); \
		__atomic_compare_exchange_n(at, &expected, value, false, \
			__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
		return expected; \
	}

ATOMICS(8, int8_t)
ATOMICS(16, int16_t)
ATOMICS(32, int32_t)
ATOMICS(64, int64_t)

/* ---- 16 bytes: one instruction, not libatomic ---- */

/* What was found; value is stored if that was expected.  */
static int128
swap_if(volatile int128 *at, int128 expected, int128 value)
{
#if defined(__x86_64__)
	uint64_t low = expected, high = (unsigned __int128)expected >> 64;

	__asm__ volatile("lock cmpxchg16b %0"
			 : "+m"(*at), "+a"(low), "+d"(high)
			 : "b"((uint64_t)value),
			   "c"((uint64_t)((unsigned __int128)value >> 64))
			 : "cc", "memory");
	return (int128)((unsigned __int128)high << 64 | low);
#else
	uint64_t low, high, e0 = expected, v0 = value;
	uint64_t e1 = (unsigned __int128)expected >> 64;
	uint64_t v1 = (unsigned __int128)value >> 64;
	unsigned failed;

	/* The pair is only sure to be whole once it was stored back.  */
	do {
		bool same;

		__asm__ volatile("ldaxp %0, %1, %2"
				 : "=&r"(low), "=&r"(high)
				 : "Q"(*at) : "memory");
		same = low == e0 && high == e1;
		__asm__ volatile("stlxp %w0, %2, %3, %1"
				 : "=&r"(failed), "=Q"(*at)
				 : "r"(same ? v0 : low), "r"(same ? v1 : high)
				 : "memory");
	} while (failed);
	return (int128)((unsigned __int128)high << 64 | low);
#endif
}

static int128
swap(volatile int128 *at, int128 value)
{
	int128 seen = *at, found;

	while ((found = swap_if(at, seen, value)) != seen)
		seen = found;
	return found;
}

RT_EXPORT int128 __tsan_atomic128_load(const volatile int128 *at, int order);
RT_EXPORT int128
__tsan_atomic128_load(const volatile int128 *at, int order)
{
	(void)order;
	tell(RT_LOAD, at, sizeof(*at), RT_HERE);
	return swap_if((volatile int128 *)(uintptr_t)at, 0, 0);
}

RT_EXPORT void __tsan_atomic128_store(volatile int128 *at, int128 value,
				      int order);
RT_EXPORT void
__tsan_atomic128_store(volatile int128 *at, int128 value, int order)
{
	(void)order;
	tell(RT_STORE, at, sizeof(*at), RT_HERE);
	swap(at, value);
}

RT_EXPORT int128 __tsan_atomic128_exchange(volatile int128 *at, int128 value,
					   int order);
RT_EXPORT int128
__tsan_atomic128_exchange(volatile int128 *at, int128 value, int order)
{
	(void)order;
	tell(RT_RMW, at, sizeof(*at), RT_HERE);
	return swap(at, value);
}

#define CHANGE_128(name, expression) \
	RT_EXPORT int128 __tsan_atomic128_fetch_##name( \
		volatile int128 *at, int128 value, int order); \
	RT_EXPORT int128 __tsan_atomic128_fetch_##name( \
		volatile int128 *at, int128 value, int order) \
	{ \
		int128 old = *at, found; \
\
		(void)order; \
		tell(RT_RMW, at, sizeof(*at), RT_HERE); \
		while ((found = swap_if(at, old, expression)) != old) \
			old = found; \
		return old; \
	}
CHANGE_128(add, (int128)((unsigned __int128)old + value))
CHANGE_128(sub, (int128)((unsigned __int128)old - value))
CHANGE_128(and, old & value)
CHANGE_128(or, old | value)
CHANGE_128(xor, old ^ value)
CHANGE_128(nand, ~(old & value))

RT_EXPORT int128 __tsan_atomic128_compare_exchange_val(
	volatile int128 *at, int128 expected, int128 value, int order,
	int failed);
RT_EXPORT int128
__tsan_atomic128_compare_exchange_val(volatile int128 *at, int128 expected,
				      int128 value, int order, int failed)
{
	(void)order, (void)failed;
	tell(RT_RMW, at, sizeof(*at), RT_HERE);
	return swap_if(at, expected, value);
}

#define EXCHANGE_IF_128(name) \
	RT_EXPORT int __tsan_atomic128_compare_exchange_##name( \
		volatile int128 *at, int128 *expected, int128 value, \
		int order, int failed); \
	RT_EXPORT int __tsan_atomic128_compare_exchange_##name( \
		volatile int128 *at, int128 *expected, int128 value, \
		int order, int failed) \
	{ \
		int128 wanted = *expected; \
\
		(void)order, (void)failed; \
		tell(RT_RMW, at, sizeof(*at), RT_HERE); \
		*expected = swap_if(at, wanted, value); \
		return *expected == wanted; \
	}
EXCHANGE_IF_128(strong)
EXCHANGE_IF_128(weak)

RT_EXPORT void __tsan_atomic_thread_fence(int order);
RT_EXPORT void
__tsan_atomic_thread_fence(int order)
{
	(void)order;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

RT_EXPORT void __tsan_atomic_signal_fence(int order);
RT_EXPORT void
__tsan_atomic_signal_fence(int order)
{
	(void)order;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}
