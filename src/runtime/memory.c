/*
 * Memory that is given out and taken back (malloc(3)).  What was learned of it
 * is its former owner's; and to take it back is as if all of it were stored
 * to: whoever uses it behind that is wrong.
 *
 * Where nothing is learned, nothing is told of it either.
 */
#include "config.h"

#include "runtime/learn.h"

#include <errno.h>
#include <malloc.h>

#define LEARNING() __builtin_expect(rt_learning, 0)

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__real_memalign(size_t alignment, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
int __real_posix_memalign(void **p, size_t alignment, size_t size);
void __real_free(void *p);

/* A program may have a malloc() of its own, of whose blocks the C library
 * does not know the size.  */
extern void *__libc_malloc(size_t size) __attribute__((weak));

static size_t
size_of(void *p)
{
	return __libc_malloc == __real_malloc ? malloc_usable_size(p) : 1;
}

/* More than was asked for, maybe; and a multiple of what it is aligned to.  */
static void *
given(void *p, size_t size)
{
	size_t all;

	if (!LEARNING() || !p)
		return p;
	all = size_of(p);
	if (all < size)
		all = (size + RT_GRANULE - 1) & ~(size_t)(RT_GRANULE - 1);
	rt_learn_renewed((uintptr_t)p, all);
	return p;
}

#define GIVES(name, parameters, arguments, size) \
	RT_EXPORT void *__wrap_##name parameters; \
	RT_EXPORT void * \
	__wrap_##name parameters \
	{ \
		return given(__real_##name arguments, size); \
	}
GIVES(malloc, (size_t n), (n), n)
GIVES(calloc, (size_t n, size_t each), (n, each), n * each)
GIVES(memalign, (size_t alignment, size_t n), (alignment, n), n)
GIVES(aligned_alloc, (size_t alignment, size_t n), (alignment, n), n)

RT_EXPORT int __wrap_posix_memalign(void **p, size_t alignment, size_t size);
RT_EXPORT int
__wrap_posix_memalign(void **p, size_t alignment, size_t size)
{
	int error = __real_posix_memalign(p, alignment, size);

	if (error == 0)
		given(*p, size);
	return error;
}

RT_EXPORT void __wrap_free(void *p);
RT_EXPORT void
__wrap_free(void *p)
{
	if (LEARNING() && p)
		rt_access(RT_STORE, (uintptr_t)p, size_of(p), 0, RT_HERE);
	__real_free(p);
}

/* What it was is read and taken back; what it is now is new, where it has
 * moved or grown.  */
static void *
resize(void *p, size_t size, uintptr_t pc)
{
	size_t before = 0;
	void *to;

	if (LEARNING() && p) {
		before = size_of(p);
		rt_access(RT_RMW, (uintptr_t)p, before, 0, pc);
	}
	to = __real_realloc(p, size);
	if (!p || to != p)
		return given(to, size);
	if (before > 1 && size > before)
		rt_learn_renewed((uintptr_t)to + before, size_of(to) - before);
	return to;
}

RT_EXPORT void *__wrap_realloc(void *p, size_t size);
RT_EXPORT void *
__wrap_realloc(void *p, size_t size)
{
	return resize(p, size, RT_HERE);
}

RT_EXPORT void *__wrap_reallocarray(void *p, size_t n, size_t each);
RT_EXPORT void *
__wrap_reallocarray(void *p, size_t n, size_t each)
{
	size_t size;

	if (__builtin_mul_overflow(n, each, &size)) {
		errno = ENOMEM;
		return NULL;
	}
	return resize(p, size, RT_HERE);
}
