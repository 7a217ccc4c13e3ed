/*
 * Calls that fill memory, or hand memory on: read(2), send(2), fwrite(3) and
 * the like.  What the kernel or the library does to memory that others can
 * reach is an access, and a point of its own: bytes come in by way of a buffer
 * that nobody else has, and are stored when they are there; and bytes that go
 * out are loaded first.
 *
 * More than LARGEST bytes at once are told before the call, and go directly.
 */
#include "config.h"

#include "runtime/learn.h"

#include <mqueue.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { ROOM = 4096, LARGEST = 16 << 20 };

void *__real_memcpy(void *to, const void *from, size_t n);

#define LISTENING() __builtin_expect(rt_on, 0)

/* Room for n bytes that nobody else knows of: on the stack, or mapped; NULL:
 * there is none.  */
static char *
borrow(size_t n, char *small)
{
	long at;

	if (n <= ROOM)
		return small;
	if (n > LARGEST)
		return NULL;
	at = rt_call(SYS_mmap, 0, n, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return at < 0 && at >= -4095 ? NULL : (char *)at;
}

static void
give_back(char *room, size_t n, const char *small)
{
	if (room && room != small)
		rt_call(SYS_munmap, (long)room, n, 0, 0, 0, 0);
}

/* Where what comes in for p is to go; NULL: to p itself.  */
static char *
way_in(const void *p, size_t n, char *small, uintptr_t pc)
{
	enum rt_reach reach;
	char *room;

	if (!LISTENING() || n == 0)
		return NULL;
	reach = rt_reach((uintptr_t)p);
	if (reach == RT_REACH_NONE || reach == RT_REACH_ABSENT)
		return NULL;
	room = borrow(n, small);
	if (!room)
		rt_access(RT_STORE, (uintptr_t)p, n, 0, pc);
	return room;
}

static void
put(void *to, const void *from, size_t n, uintptr_t pc)
{
	rt_access(RT_STORE, (uintptr_t)to, n, 0, pc);
	__real_memcpy(to, from, n);
}

/* What goes out, as it is now; NULL: p itself, also where the kernel finds that
 * not all of it is there.  */
static char *
taken(const void *p, size_t n, char *small, uintptr_t pc)
{
	char *room;

	if (!LISTENING() || n == 0 ||
	    !rt_access(RT_LOAD, (uintptr_t)p, n, 0, pc))
		return NULL;
	room = rt_is_there((uintptr_t)p, n) ? borrow(n, small) : NULL;
	return room ? __real_memcpy(room, p, n) : NULL;
}

/* IN(NAME, (parameters), (arguments), (arguments with room for p), size of
 * what may be filled in, of what was: got is the result)  */
#define IN(type, name, parameters, arguments, round, n, filled) \
	type __real_##name parameters; \
	RT_EXPORT type __wrap_##name parameters; \
	RT_EXPORT type \
	__wrap_##name parameters \
	{ \
		char small[ROOM], *room = way_in(p, n, small, RT_HERE); \
		type got; \
\
		if (!room) \
			return __real_##name arguments; \
		got = __real_##name round; \
		if ((ssize_t)got > 0) \
			put(p, room, filled, RT_HERE); \
		give_back(room, n, small); \
		return got; \
	}
#define OUT(type, name, parameters, arguments, n) \
	type __real_##name parameters; \
	RT_EXPORT type __wrap_##name parameters; \
	RT_EXPORT type \
	__wrap_##name parameters \
	{ \
		char small[ROOM], *room = taken(p, n, small, RT_HERE); \
		type done; \
\
		p = room ? (const void *)room : p; \
		done = __real_##name arguments; \
		give_back(room, n, small); \
		return done; \
	}

/* With MSG_TRUNC more may have come than there was room for.  */
static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

IN(ssize_t, read, (int fd, void *p, size_t n), (fd, p, n), (fd, room, n), n,
   got)
IN(ssize_t, pread, (int fd, void *p, size_t n, off_t at), (fd, p, n, at),
   (fd, room, n, at), n, got)
IN(ssize_t, pread64, (int fd, void *p, size_t n, off_t at), (fd, p, n, at),
   (fd, room, n, at), n, got)
IN(ssize_t, recv, (int fd, void *p, size_t n, int flags), (fd, p, n, flags),
   (fd, room, n, flags), n, least(got, n))
IN(ssize_t, recvfrom,
   (int fd, void *p, size_t n, int flags, struct sockaddr *from,
    socklen_t *size), (fd, p, n, flags, from, size),
   (fd, room, n, flags, from, size), n, least(got, n))
IN(ssize_t, mq_receive, (mqd_t q, char *p, size_t n, unsigned *priority),
   (q, p, n, priority), (q, room, n, priority), n, got)
IN(ssize_t, mq_timedreceive,
   (mqd_t q, char *p, size_t n, unsigned *priority,
    const struct timespec *until), (q, p, n, priority, until),
   (q, room, n, priority, until), n, got)
IN(size_t, fread, (void *p, size_t each, size_t n, FILE *from),
   (p, each, n, from), (room, each, n, from), each * n, got * each)

OUT(ssize_t, write, (int fd, const void *p, size_t n), (fd, p, n), n)
OUT(ssize_t, pwrite, (int fd, const void *p, size_t n, off_t at),
    (fd, p, n, at), n)
OUT(ssize_t, pwrite64, (int fd, const void *p, size_t n, off_t at),
    (fd, p, n, at), n)
OUT(ssize_t, send, (int fd, const void *p, size_t n, int flags),
    (fd, p, n, flags), n)
OUT(ssize_t, sendto,
    (int fd, const void *p, size_t n, int flags, const struct sockaddr *to,
     socklen_t size), (fd, p, n, flags, to, size), n)
OUT(int, mq_send, (mqd_t q, const char *p, size_t n, unsigned priority),
    (q, p, n, priority), n)
OUT(int, mq_timedsend,
    (mqd_t q, const char *p, size_t n, unsigned priority,
     const struct timespec *until), (q, p, n, priority, until), n)
OUT(size_t, fwrite, (const void *p, size_t each, size_t n, FILE *to),
    (p, each, n, to), each * n)

/* A line with its end; p is what is returned.  */
char *__real_fgets(char *p, int n, FILE *from);
size_t __real_strlen(const char *s);
RT_EXPORT char *__wrap_fgets(char *p, int n, FILE *from);
RT_EXPORT char *
__wrap_fgets(char *p, int n, FILE *from)
{
	char small[ROOM], *room = NULL;

	if (n > 0)
		room = way_in(p, n, small, RT_HERE);
	if (!room)
		return __real_fgets(p, n, from);
	if (__real_fgets(room, n, from))
		put(p, room, __real_strlen(room) + 1, RT_HERE);
	else
		p = NULL;
	give_back(room, n, small);
	return p;
}

/* ---- messages of System V queues: a type, and then the text ---- */

int __real_msgsnd(int id, const void *p, size_t n, int flags);
RT_EXPORT int __wrap_msgsnd(int id, const void *p, size_t n, int flags);
RT_EXPORT int
__wrap_msgsnd(int id, const void *p, size_t n, int flags)
{
	size_t all = n + sizeof(long);
	char small[ROOM], *room = taken(p, all, small, RT_HERE);
	int done = __real_msgsnd(id, room ? room : p, n, flags);

	give_back(room, all, small);
	return done;
}

ssize_t __real_msgrcv(int id, void *p, size_t n, long type, int flags);
RT_EXPORT ssize_t __wrap_msgrcv(int id, void *p, size_t n, long type,
				int flags);
RT_EXPORT ssize_t
__wrap_msgrcv(int id, void *p, size_t n, long type, int flags)
{
	size_t all = n + sizeof(long);
	char small[ROOM], *room = way_in(p, all, small, RT_HERE);
	ssize_t got;

	if (!room)
		return __real_msgrcv(id, p, n, type, flags);
	got = __real_msgrcv(id, room, n, type, flags);
	if (got >= 0)
		put(p, room, got + sizeof(long), RT_HERE);
	give_back(room, all, small);
	return got;
}

/* ---- several buffers: one, that is taken apart or put together ---- */

enum { PARTS_MAX = 1024 };	/* more are refused: EINVAL */

static size_t
size_of_parts(const struct iovec *part, size_t n)
{
	size_t size = 0;

	for (size_t i = 0; i < n; i++)
		if (__builtin_add_overflow(size, part[i].iov_len, &size))
			return 0;
	return size;
}

/* Can others reach any of them?  */
static bool
are_shared(const struct iovec *part, size_t n)
{
	if (!LISTENING() || !part || n > PARTS_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		if (part[i].iov_len > 0 && rt_reach((uintptr_t)
		    part[i].iov_base) != RT_REACH_NONE)
			return true;
	return false;
}

static void
tell_parts(long nr, const struct iovec *part, size_t n, uintptr_t pc)
{
	for (size_t i = 0; i < n; i++)
		rt_access(nr, (uintptr_t)part[i].iov_base, part[i].iov_len, 0,
			  pc);
}

/* Where what comes in for them is to go; NULL: to themselves.  */
static char *
way_in_parts(const struct iovec *part, size_t n, char *small, uintptr_t pc)
{
	size_t size;
	char *room;

	if (!are_shared(part, n))
		return NULL;
	size = size_of_parts(part, n);
	room = size > 0 ? borrow(size, small) : NULL;
	if (!room)
		tell_parts(RT_STORE, part, n, pc);
	return room;
}

static void
put_parts(const struct iovec *part, size_t n, const char *from, size_t got,
	  uintptr_t pc)
{
	for (size_t i = 0; i < n && got > 0; i++) {
		size_t now = least(got, part[i].iov_len);

		if (now > 0)
			put(part[i].iov_base, from, now, pc);
		from += now;
		got -= now;
	}
}

/* What goes out, as it is now; NULL: themselves.  */
static char *
taken_parts(const struct iovec *part, size_t n, char *small, uintptr_t pc)
{
	size_t size, at = 0;
	char *room;

	if (!are_shared(part, n))
		return NULL;
	size = size_of_parts(part, n);
	room = size > 0 ? borrow(size, small) : NULL;
	for (size_t i = 0; i < n; i++) {
		rt_access(RT_LOAD, (uintptr_t)part[i].iov_base,
			  part[i].iov_len, 0, pc);
		if (room)
			__real_memcpy(room + at, part[i].iov_base,
				      part[i].iov_len);
		at += part[i].iov_len;
	}
	return room;
}

ssize_t __real_readv(int fd, const struct iovec *v, int n);
RT_EXPORT ssize_t __wrap_readv(int fd, const struct iovec *v, int n);
RT_EXPORT ssize_t
__wrap_readv(int fd, const struct iovec *v, int n)
{
	char small[ROOM], *room = way_in_parts(v, n, small, RT_HERE);
	struct iovec one = { .iov_base = room };
	ssize_t got;

	if (!room)
		return __real_readv(fd, v, n);
	one.iov_len = size_of_parts(v, n);
	got = __real_readv(fd, &one, 1);
	if (got > 0)
		put_parts(v, n, room, got, RT_HERE);
	give_back(room, one.iov_len, small);
	return got;
}

ssize_t __real_writev(int fd, const struct iovec *v, int n);
RT_EXPORT ssize_t __wrap_writev(int fd, const struct iovec *v, int n);
RT_EXPORT ssize_t
__wrap_writev(int fd, const struct iovec *v, int n)
{
	char small[ROOM], *room = taken_parts(v, n, small, RT_HERE);
	struct iovec one = { .iov_base = room };
	ssize_t done;

	if (!room)
		return __real_writev(fd, v, n);
	one.iov_len = size_of_parts(v, n);
	done = __real_writev(fd, &one, 1);
	give_back(room, one.iov_len, small);
	return done;
}

ssize_t __real_recvmsg(int fd, struct msghdr *m, int flags);
RT_EXPORT ssize_t __wrap_recvmsg(int fd, struct msghdr *m, int flags);
RT_EXPORT ssize_t
__wrap_recvmsg(int fd, struct msghdr *m, int flags)
{
	char small[ROOM], *room = way_in_parts(m->msg_iov, m->msg_iovlen,
					       small, RT_HERE);
	struct iovec one = { .iov_base = room }, *v = m->msg_iov;
	size_t n = m->msg_iovlen;
	ssize_t got;

	if (!room)
		return __real_recvmsg(fd, m, flags);
	one.iov_len = size_of_parts(v, n);
	m->msg_iov = &one;
	m->msg_iovlen = 1;
	got = __real_recvmsg(fd, m, flags);
	m->msg_iov = v;
	m->msg_iovlen = n;
	if (got > 0)
		put_parts(v, n, room, got, RT_HERE);
	give_back(room, one.iov_len, small);
	return got;
}

ssize_t __real_sendmsg(int fd, const struct msghdr *m, int flags);
RT_EXPORT ssize_t __wrap_sendmsg(int fd, const struct msghdr *m, int flags);
RT_EXPORT ssize_t
__wrap_sendmsg(int fd, const struct msghdr *m, int flags)
{
	char small[ROOM], *room = taken_parts(m->msg_iov, m->msg_iovlen,
					      small, RT_HERE);
	struct iovec one = { .iov_base = room };
	struct msghdr own = *m;
	ssize_t done;

	if (!room)
		return __real_sendmsg(fd, m, flags);
	one.iov_len = size_of_parts(m->msg_iov, m->msg_iovlen);
	own.msg_iov = &one;
	own.msg_iovlen = 1;
	done = __real_sendmsg(fd, &own, flags);
	give_back(room, one.iov_len, small);
	return done;
}

/* ---- lines of any length: in memory that the library gives ---- */

/* The line is stored between the system calls of the C library, and told when
 * it is there: nobody has moved since the last of these.  */
static void
tell_line(char **line, size_t *n, ssize_t got, const char *before,
	  uintptr_t pc)
{
	if (*line != before)
		rt_learn_renewed((uintptr_t)*line, *n);
	rt_access(RT_STORE, (uintptr_t)line, sizeof(*line), 0, pc);
	rt_access(RT_STORE, (uintptr_t)n, sizeof(*n), 0, pc);
	if (got >= 0)
		rt_access(RT_STORE, (uintptr_t)*line, got + 1, 0, pc);
}

#define LINES(name, parameters, arguments) \
	ssize_t __real_##name parameters; \
	RT_EXPORT ssize_t __wrap_##name parameters; \
	RT_EXPORT ssize_t \
	__wrap_##name parameters \
	{ \
		const char *before = LISTENING() && line ? *line : NULL; \
		ssize_t got = __real_##name arguments; \
\
		if (LISTENING() && line && n && *line) \
			tell_line(line, n, got, before, RT_HERE); \
		return got; \
	}
LINES(getline, (char **line, size_t *n, FILE *from), (line, n, from))
LINES(getdelim, (char **line, size_t *n, int end, FILE *from),
      (line, n, end, from))
LINES(__getdelim, (char **line, size_t *n, int end, FILE *from),
      (line, n, end, from))
