/*
 * Calls that fill memory, or hand memory on: read(2), send(2), fwrite(3) and
 * the like.  What the kernel or the library does to memory that others can
 * reach is an access, and a point of its own: bytes come in by way of a buffer
 * that nobody else has, and are stored when they are there; and bytes that go
 * out are loaded first.
 *
 * More than ROOM bytes at once are told before the call, and go directly.
 */
#include "config.h"

#include "runtime/inside.h"

#include <mqueue.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { ROOM = 4096 };

void *__real_memcpy(void *to, const void *from, size_t n);

#define LISTENING() __builtin_expect(rt_on, 0)

/* Is what is filled in to go by way of a buffer?  */
static bool
goes_round(const void *p, size_t n, uintptr_t pc)
{
	if (n == 0 || rt_reach((uintptr_t)p) == RT_REACH_NONE)
		return false;
	if (n <= ROOM)
		return true;
	rt_access(RT_STORE, (uintptr_t)p, n, 0, pc);
	return false;
}

static void
put(void *to, const void *from, size_t n, uintptr_t pc)
{
	rt_access(RT_STORE, (uintptr_t)to, n, 0, pc);
	__real_memcpy(to, from, n);
}

/* What goes out: from where.  */
static const void *
taken(const void *p, size_t n, void *room, uintptr_t pc)
{
	if (!LISTENING() || n == 0 ||
	    !rt_access(RT_LOAD, (uintptr_t)p, n, 0, pc) || n > ROOM)
		return p;
	return __real_memcpy(room, p, n);
}

/* IN(NAME, (parameters), (arguments), (arguments with room for p), size of
 * what may be filled in, of what was: got is the result)  */
#define IN(type, name, parameters, arguments, round, n, filled) \
	type __real_##name parameters; \
	RT_EXPORT type __wrap_##name parameters; \
	RT_EXPORT type \
	__wrap_##name parameters \
	{ \
		char room[ROOM]; \
		type got; \
\
		if (!LISTENING() || !goes_round(p, n, RT_HERE)) \
			return __real_##name arguments; \
		got = __real_##name round; \
		if ((ssize_t)got > 0) \
			put(p, room, filled, RT_HERE); \
		return got; \
	}
#define OUT(type, name, parameters, arguments, n) \
	type __real_##name parameters; \
	RT_EXPORT type __wrap_##name parameters; \
	RT_EXPORT type \
	__wrap_##name parameters \
	{ \
		char room[ROOM]; \
\
		p = taken(p, n, room, RT_HERE); \
		return __real_##name arguments; \
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
	char room[ROOM];

	if (!LISTENING() || n <= 0 || !goes_round(p, n, RT_HERE))
		return __real_fgets(p, n, from);
	if (!__real_fgets(room, n, from))
		return NULL;
	put(p, room, __real_strlen(room) + 1, RT_HERE);
	return p;
}

/* ---- messages of System V queues: a type, and then the text ---- */

int __real_msgsnd(int id, const void *p, size_t n, int flags);
RT_EXPORT int __wrap_msgsnd(int id, const void *p, size_t n, int flags);
RT_EXPORT int
__wrap_msgsnd(int id, const void *p, size_t n, int flags)
{
	char room[ROOM];

	p = taken(p, n + sizeof(long), room, RT_HERE);
	return __real_msgsnd(id, p, n, flags);
}

ssize_t __real_msgrcv(int id, void *p, size_t n, long type, int flags);
RT_EXPORT ssize_t __wrap_msgrcv(int id, void *p, size_t n, long type,
				int flags);
RT_EXPORT ssize_t
__wrap_msgrcv(int id, void *p, size_t n, long type, int flags)
{
	char room[ROOM];
	ssize_t got;

	if (!LISTENING() || !goes_round(p, n + sizeof(long), RT_HERE))
		return __real_msgrcv(id, p, n, type, flags);
	got = __real_msgrcv(id, room, n, type, flags);
	if (got >= 0)
		put(p, room, got + sizeof(long), RT_HERE);
	return got;
}

/* ---- several buffers: told before the call ---- */

static void
tell_parts(long nr, const struct iovec *part, size_t n, uintptr_t pc)
{
	enum { PARTS_MAX = 1024 };	/* more are refused: EINVAL */

	if (LISTENING() && n <= PARTS_MAX)
		for (size_t i = 0; i < n; i++)
			rt_access(nr, (uintptr_t)part[i].iov_base,
				  part[i].iov_len, 0, pc);
}

#define PARTS(name, nr, parameters, arguments, part, n) \
	ssize_t __real_##name parameters; \
	RT_EXPORT ssize_t __wrap_##name parameters; \
	RT_EXPORT ssize_t \
	__wrap_##name parameters \
	{ \
		tell_parts(nr, part, n, RT_HERE); \
		return __real_##name arguments; \
	}
PARTS(readv, RT_STORE, (int fd, const struct iovec *v, int n), (fd, v, n), v,
      n)
PARTS(writev, RT_LOAD, (int fd, const struct iovec *v, int n), (fd, v, n), v,
      n)
PARTS(recvmsg, RT_STORE, (int fd, struct msghdr *m, int flags),
      (fd, m, flags), m->msg_iov, m->msg_iovlen)
PARTS(sendmsg, RT_LOAD, (int fd, const struct msghdr *m, int flags),
      (fd, m, flags), m->msg_iov, m->msg_iovlen)
