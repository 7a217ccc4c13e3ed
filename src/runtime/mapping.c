/*
 * Calls that change the mappings.  These replace the C library's functions,
 * for shared libraries as well; what reach.c knows of the addresses is
 * forgotten after each.
 */
#include "config.h"

#include "runtime/learn.h"

#include <errno.h>
#include <stdarg.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/syscall.h>

/* As the C library answers: -1 and errno.  */
static long
answer(long result)
{
	if (result < 0 && result >= -4095) {
		errno = -result;
		return -1;
	}
	return result;
}

static long
answer_any(long result)
{
	rt_forget_mappings();
	return answer(result);
}

/* Whole pages, of whatever size they are here.  */
static uintptr_t
page_end(uintptr_t at)
{
	const uintptr_t last = getauxval(AT_PAGESZ) - 1;

	return (at + last) & ~last;
}

static long
answer_between(long result, uintptr_t start, size_t size)
{
	rt_forget_mapping(start, page_end(start + size));
	return answer(result);
}

/* What a mapping of this process alone holds is new.  */
static void *
map(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
	long to = rt_call(SYS_mmap, (long)at, size, protection, flags, fd,
			  offset);
	struct rt_mapping m = {
		.start = to, .end = page_end((uintptr_t)to + size),
		.flags = (flags & MAP_SHARED ? RT_SHARED : 0) |
			 (protection & PROT_WRITE ? RT_WRITABLE : 0) |
			 (flags & MAP_ANONYMOUS ? 0 : RT_FILE),
	};

	if (answer(to) == -1)
		return MAP_FAILED;
	rt_know_mapping(&m);
	rt_learn_renewed(to, size);
	return (void *)to;
}

#undef mmap
#undef mmap64
RT_EXPORT void *
mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
	return map(at, size, protection, flags, fd, offset);
}

RT_EXPORT void *mmap64(void *at, size_t size, int protection, int flags,
		       int fd, off_t offset);
RT_EXPORT void *
mmap64(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
	return map(at, size, protection, flags, fd, offset);
}

RT_EXPORT int
munmap(void *at, size_t size)
{
	return answer_between(rt_call(SYS_munmap, (long)at, size, 0, 0, 0, 0),
			      (uintptr_t)at, size);
}

RT_EXPORT int
mprotect(void *at, size_t size, int protection)
{
	return answer_between(rt_call(SYS_mprotect, (long)at, size, protection,
				      0, 0, 0), (uintptr_t)at, size);
}

RT_EXPORT void *
mremap(void *old, size_t old_size, size_t new_size, int flags, ...)
{
	va_list ap;
	void *to;

	va_start(ap, flags);
	to = flags & MREMAP_FIXED ? va_arg(ap, void *) : NULL;
	va_end(ap);
	return (void *)answer_any(rt_call(SYS_mremap, (long)old, old_size,
				      new_size, flags, (long)to, 0));
}

RT_EXPORT void *
shmat(int id, const void *at, int flags)
{
	return (void *)answer_any(rt_call(SYS_shmat, id, (long)at, flags, 0,
					  0, 0));
}

RT_EXPORT int
shmdt(const void *at)
{
	return answer_any(rt_call(SYS_shmdt, (long)at, 0, 0, 0, 0, 0));
}

/* The same calls by their numbers.  */
long __real_syscall(long nr, ...);
RT_EXPORT long __wrap_syscall(long nr, ...);
RT_EXPORT long
__wrap_syscall(long nr, ...)
{
	long a[6], result;
	va_list ap;

	va_start(ap, nr);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	result = __real_syscall(nr, a[0], a[1], a[2], a[3], a[4], a[5]);
	switch (nr) {
	case SYS_mmap: case SYS_munmap: case SYS_mremap: case SYS_mprotect:
	case SYS_shmat: case SYS_shmdt: case SYS_remap_file_pages:
		rt_forget_mappings();
		break;
	}
	return result;
}
