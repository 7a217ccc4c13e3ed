/* The subject's memory, by process_vm_readv(2).  */
#include "config.h"

#include "tracer/trace.h"

#include <string.h>
#include <sys/uio.h>

enum { PAGE = 4096 };

ssize_t
memory_read(pid_t tid, uint64_t at, void *to, size_t n)
{
	struct iovec local = { to, n };
	struct iovec remote = { (void *)(uintptr_t)at, n };

	return process_vm_readv(tid, &local, 1, &remote, 1, 0);
}

bool
memory_write(pid_t tid, uint64_t at, const void *from, size_t n)
{
	struct iovec local = { (void *)(uintptr_t)from, n };
	struct iovec remote = { (void *)(uintptr_t)at, n };

	return process_vm_writev(tid, &local, 1, &remote, 1, 0) == (ssize_t)n;
}

bool
memory_string(pid_t tid, uint64_t at, char *to, size_t room)
{
	size_t got = 0;

	/* Never past a page: the next one may not be there. */
	while (got < room - 1) {
		size_t n = PAGE - (at + got) % PAGE;
		ssize_t r;

		if (n > room - 1 - got)
			n = room - 1 - got;
		r = memory_read(tid, at + got, to + got, n);
		if (r <= 0)
			break;
		if (memchr(to + got, '\0', r))
			return true;
		got += r;
	}
	to[got] = '\0';
	return got > 0;
}
