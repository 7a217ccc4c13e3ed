#!/bin/bash
# ipclab explore of what functions of the C library do to memory that others
# see: copies go word by word, and what comes from streams and sockets is
# stored like anything else.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1

compile() { # NAME FLAG..., its source on standard input
	cat >"$1.c" && "$IPCLAB" cc -g -std=gnu11 -pthread "${@:2}" -o "$1" \
		"$1.c"
}
# explore STATUS ARGUMENT...
explore() {
	"$IPCLAB" explore --budget 300 --jobs 1 "${@:2}" >out 2>&1
	local status=$?
	[ $status -eq "$1" ] || { echo "status $status"; cat out; return 1; }
}
says() { grep -qE -- "$1" out || { cat out; return 1; }; }

# ---- a record of several words, read while it is written ----
record() { # how it is written, how it is read
	cat <<END
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct record {
	long first, middle, last;
};
static struct shared {
	pthread_mutex_t lock;
	struct record record;
} *s;

static void
in(void)
{
#ifdef LOCKS
	pthread_mutex_lock(&s->lock);
#endif
}

static void
out(void)
{
#ifdef LOCKS
	pthread_mutex_unlock(&s->lock);
#endif
}

int
main(void)
{
	static struct record new = { 1, 1, 1 };
	pthread_mutexattr_t how;
	struct record seen;

	s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
		 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutexattr_init(&how);
	pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(&s->lock, &how);
	if (fork() == 0) {
		in();
		$1;
		out();
		_exit(0);
	}
	in();
	$2;
	out();
	wait(NULL);
	if (seen.first != seen.last)
		abort();
	return 0;
}
END
}
while IFS='|' read -r name write read; do
	record "$write" "$read" | compile "$name"
	check "a record is torn: $name" explore 1 --allow-races -- "./$name"
	check "... which is a crash" says '^crash'
	record "$write" "$read" | compile "$name-ok" -DLOCKS
	check "... and not under a lock" explore 0 -- "./$name-ok"
done <<'END'
memcpy|memcpy(&s->record, &new, sizeof(new))|memcpy(&seen, &s->record, sizeof(seen))
written|memmove(&s->record, &new, sizeof(new))|seen = s->record
memset|memset(&s->record, 1, sizeof(new))|seen = s->record
read|s->record = new|mempcpy(&seen, &s->record, sizeof(seen))
END

# ---- what comes in ----
# The child waits for data, and stores it where the parent looks.
comes() { # how
	cat <<END
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LARGE = 6000 };
static char line[LARGE] = "12345 7\n";

int
main(void)
{
	volatile char *seen;
	int s[2];
	char *m = mmap(NULL, 65536, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, s) < 0 ||
	    write(s[0], line, sizeof(line)) < 0)
		return 1;
	seen = m;
	if (fork() == 0) {
		FILE *f = fdopen(s[1], "r");
		struct iovec part[2] = { { m + 8, 4 }, { m, LARGE - 4 } };
		struct msghdr head = { .msg_iov = part, .msg_iovlen = 2 };
		char *there = m + 8;
		char **lines = (char **)m;
		size_t room[1] = { 0 };

		(void)f, (void)head, (void)there, (void)lines, (void)room;
		$1;
		_exit(0);
	}
	(void)*seen;
	wait(NULL);
	return 0;
}
END
}
while IFS='|' read -r name how; do
	for standard in gnu99 gnu2x; do
		comes "$how" | compile in -std=$standard
		check "what comes in is stored: $name, $standard" \
			explore 1 -- ./in
		check "... behind what it waits for" says '^race'
	done
done <<'END'
fscanf|fscanf(f, "%d", (int *)m)
fscanf of a word|fscanf(f, "%s", m)
scanf|dup2(s[1], 0); scanf("%9s", m)
fread|fread(m, 1, 8, f)
getline|getline(lines, room, f)
getdelim|getdelim(lines, room, ' ', f)
readv|readv(s[1], part, 2)
recvmsg|recvmsg(s[1], &head, 0)
a large read|read(s[1], m, LARGE)
END

# All of it in one process: the C library's answers are what they were.
compile answers <<'END'
#define _GNU_SOURCE
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { LARGE = 20000 };
static char bytes[LARGE];

static void
streams(char *m)
{
	int ends[2], *n = (int *)m, rc = pipe(ends);
	FILE *in = fdopen(ends[0], "r"), *out = fdopen(ends[1], "w");
	char *word = m + 64, *any = m + 256, **line = (char **)(m + 512);
	double *d = (double *)(m + 128);
	size_t *room = (size_t *)(m + 520);

	assert(rc == 0);
	fprintf(out, "12 word 3.5 any\nline two\nx,yz;");
	fflush(out);
	assert(fscanf(in, "%d %9s %lf %s", n, word, d, any) == 4);
	assert(*n == 12 && *d == 3.5);
	assert(!strcmp(word, "word") && !strcmp(any, "any"));
	assert(getline(line, room, in) == 1);
	assert(getline(line, room, in) == 9 && !strcmp(*line, "line two\n"));
	assert(getdelim(line, room, ';', in) == 5 && !strcmp(*line, "x,yz;"));
}

static void
sockets(char *m)
{
	struct iovec out[2] = { { m, 3 }, { m + 100, 5000 } };
	struct iovec in[2] = { { m + 30000, 4999 }, { m + 40000, 4 } };
	struct msghdr to = { .msg_iov = out, .msg_iovlen = 2 };
	struct msghdr from = { .msg_iov = in, .msg_iovlen = 2 };
	int s[2], rc = socketpair(AF_UNIX, SOCK_STREAM, 0, s);

	assert(rc == 0);
	memcpy(m, bytes, LARGE);
	assert(write(s[0], m, LARGE) == LARGE);
	assert(recv(s[1], m + 30000, LARGE, MSG_WAITALL) == LARGE);
	assert(!memcmp(bytes, m + 30000, LARGE));
	for (int i = 0; i < 2; i++) {
		memset(m + 30000, 0, LARGE);
		assert((i ? writev(s[0], out, 2) : sendmsg(s[0], &to, 0)) ==
		       5003);
		assert((i ? readv(s[1], in, 2) : recvmsg(s[1], &from, 0)) ==
		       5003);
		assert(from.msg_iov == in && from.msg_iovlen == 2);
		assert(!memcmp(m + 30000, bytes, 3));
		assert(!memcmp(m + 30003, bytes + 100, 4996));
		assert(!memcmp(m + 40000, bytes + 5096, 4));
	}
}

/* Of all lengths, and over each other.  */
static void
copies(char *m)
{
	char is[400];

	for (int n = 0; n < 200; n += 7)
		for (int shift = -9; shift < 10; shift += 3) {
			memcpy(m, bytes, sizeof(is));
			memmove(m + 100 + shift, m + 100, n);
			memset(m + 350, 'x', n / 4);
			for (int i = 0; i < 400; i++)
				is[i] = bytes[i];
			for (int i = 0; i < n; i++)
				is[100 + shift + i] = bytes[100 + i];
			for (int i = 0; i < n / 4; i++)
				is[350 + i] = 'x';
			assert(!memcmp(m, is, sizeof(is)));
		}
}

int
main(void)
{
	char *m = mmap(NULL, 65536, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *shared = mmap(NULL, 65536, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int a, c;

	for (int i = 0; i < LARGE; i++)
		bytes[i] = (char)(i * 7 >> 3);
	streams(shared);
	sockets(shared);
	copies(m);
	assert(sscanf("5 x 6", "%d %*s %d", &a, &c) == 2 && a == 5 && c == 6);
	assert(strtol("077", NULL, 8) == 63);
	return 0;
}
END
check "what they answer is what they answered" \
	explore 0 --status 0 -- ./answers
check "... without ipclab as well" ./answers

# ---- who ends with a lock that is robust ----
robust() { # what the heir does
	cat <<END
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	pthread_mutex_t *m = mmap(NULL, sizeof(*m), PROT_READ | PROT_WRITE,
				  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutexattr_t how;
	int error;

	pthread_mutexattr_init(&how);
	pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&how, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(m, &how);
	if (fork() == 0) {
		pthread_mutex_lock(m);
		_exit(0);
	}
	error = pthread_mutex_lock(m);
	$1;
	pthread_mutex_unlock(m);
	wait(NULL);
	return 0;
}
END
}
robust 'if (error) abort()' | compile robust
robust 'if (error == EOWNERDEAD) pthread_mutex_consistent(m)' |
	compile robust-ok
check "the heir of a robust mutex is told that its owner is dead" \
	explore 1 --allow-leaks -- ./robust
check "... in the run that is shown" says 'pthread_mutex_lock m = EOWNERDEAD'
check "... and goes on where it expects that" \
	explore 0 --allow-leaks --status 0 -- ./robust-ok

# ---- sizes that are wrong: the kernel answers as it would alone ----
compile wild <<'END'
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	long page = sysconf(_SC_PAGESIZE);
	char *two = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int fd = open("wild.out", O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (two == MAP_FAILED || munmap(two + page, page) < 0 || fd < 0)
		return 9;
	if (fork() == 0)
		_exit(0);
	/* What is there, and no more.  */
	if (write(fd, two + page - 8, 16) != 8)
		abort();
	if (write(fd, two, (size_t)1 << 62) != -1 || errno != EFAULT)
		abort();
	if (write(fd, two + page - 8, (size_t)1 << 46) > 8)
		abort();	/* its end may lie behind all memory */
	wait(NULL);
	return 0;
}
END
cat >alone.c <wild.c
check "a program that hands out more than it has runs alone" \
	eval '${CC:-cc} -o alone alone.c && ./alone'
check "... and is searched, with the same answers" \
	explore 0 --status 0 -- ./wild
finish
