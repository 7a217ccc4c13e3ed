#!/bin/bash
# Descriptors that are never closed: those that grow in number are told always,
# with --strict each one that a process has when it ends; and all that is left
# behind is named.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1

# Each way does what its name says; main() calls the one that is asked for.
cat >ways.c <<'END'
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { N = 5 };
static int fd[N], ends[N][2], word;

static int
null(void)
{
	return open("/dev/null", O_RDWR);	/* GROWS */
}

static void
used(int n)
{
	word += write(n, "x", 1);
}

static void
loop(void)
{
	for (int i = 0; i < N; i++)
		used(null());
}

static void
closed(void)
{
	for (int i = 0; i < N; i++) {
		fd[i] = null();
		used(fd[i]);
		close(fd[i]);
	}
}

static void
table(void)
{
	for (int i = 0; i < N; i++)
		used(fd[i] = null());
	for (int i = 0; i < N; i++)
		used(fd[i]);
}

static void
lines(void)
{
	fd[0] = open("/dev/null", O_RDWR);
	fd[1] = open("/dev/zero", O_RDWR);
	fd[2] = open("/dev/null", O_RDONLY);
	fd[3] = open("/dev/zero", O_RDONLY);
	fd[4] = open("/dev/null", O_WRONLY);
}

static void
children(void)
{
	for (int i = 0; i < N; i++)
		word += pipe(ends[i]);
	for (int i = 0; i < N; i++)
		if (fork() == 0)
			_exit(0);
	while (wait(NULL) > 0)
		;
}

static void
server(void)
{
	struct sockaddr_un a = { AF_UNIX, "s" };
	int s = socket(AF_UNIX, SOCK_STREAM, 0);

	word += bind(s, (struct sockaddr *)&a, sizeof(a));
	listen(s, N);
	for (int i = 0; i < N; i++) {
		int c = socket(AF_UNIX, SOCK_STREAM, 0);

		word += connect(c, (struct sockaddr *)&a, sizeof(a));
		used(accept(s, NULL, NULL));	/* ACCEPTS */
		close(c);
	}
	unlink("s");
	close(s);
}

static void
watched(void)
{
	struct epoll_event e = { .events = EPOLLIN };
	int all = epoll_create1(0);

	for (int i = 0; i < N; i++) {
		word += pipe(ends[i]);
		epoll_ctl(all, EPOLL_CTL_ADD, ends[i][0], &e);
		close(ends[i][1]);
	}
}

static void
one(void)
{
	fd[0] = memfd_create("one", 0);		/* ONE */
}

static void
inherited(void)
{
	word += pipe(ends[0]);		/* INHERITED */
	if (fork() == 0)
		_exit(0);
	close(ends[0][0]);
	close(ends[0][1]);
	wait(NULL);
}

static void
runs_other(int flags)
{
	word += pipe2(ends[0], flags);
	if (fork() == 0) {
		execlp("true", "true", NULL);
		_exit(9);
	}
	close(ends[0][0]);
	close(ends[0][1]);
	wait(NULL);
}

static void
runs(void)
{
	runs_other(0);
}

static void
runs_cloexec(void)
{
	runs_other(O_CLOEXEC);
}

static void
shell(void)
{
	word += system("exec 5</dev/null; cd /");
}

static void
queues(void)
{
	for (int i = 0; i < 9; i++)
		msgget(IPC_PRIVATE, 0600);
}

/* The end of the pipe says that both have ended.  */
static void
unwaited(void)
{
	word += pipe(ends[0]);
	for (int i = 0; i < 2; i++)
		if (fork() == 0)
			_exit(0);
	close(ends[0][1]);
	word += read(ends[0][0], fd, 1);
}

#define WAY(name) { #name, name }
static const struct {
	const char *name;
	void (*way)(void);
} ways[] = {
	WAY(loop), WAY(closed), WAY(table), WAY(lines), WAY(children),
	WAY(server), WAY(watched), WAY(one), WAY(inherited), WAY(runs),
	WAY(runs_cloexec), WAY(shell), WAY(queues), WAY(unwaited),
};

int
main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof(ways) / sizeof(*ways); i++)
		if (strcmp(ways[i].name, argv[1]) == 0)
			ways[i].way();
	return 0;
}
END
"$IPCLAB" cc -g -O0 -std=gnu11 -o ways ways.c
${CC:-cc} -g -O0 -std=gnu11 -o plain ways.c
at() { echo "ways.c:$(grep -nF "/* $1 */" ways.c | cut -d: -f1)"; }

# says TEXT OPTION... -- WAY: that is the failure.
says() {
	"$IPCLAB" explore --budget 6 --jobs 1 "${@:2:$#-2}" "${program-./ways}" \
		"${@: -1}" >out 2>&1
	[ $? -eq 1 ] && grep -q -- "$1" out && return
	cat out
	return 1
}
passes() { # OPTION... -- WAY
	"$IPCLAB" explore --budget 6 --jobs 1 "${@:1:$#-1}" "${program-./ways}" \
		"${@: -1}" >out 2>&1
	case $? in 0 | 4) return 0 ;; esac
	cat out
	return 1
}
# How the stack of the first looks is chance.
grows() { echo "A: [45] that it opened one after the other at $(at "$1")"; }

# ---- those that grow in number ----
check "a loop that opens, and never closes, leaks" says "$(grows GROWS)" -- loop
plain() { program=./plain says "A: [45] that it opened one after the other" -- loop; }
check "... also where it was not built with ipclab cc" plain
check "... and a server that does not close whom it has served" \
	says "$(grows ACCEPTS)" -- server
for way in closed table lines children watched one shell; do
	check "no alarm: $way" passes -- $way
done

# ---- with --strict ----
check "one that is open at the end is told, and where it was opened" \
	says "(A: descriptor 3, memory 1, opened at $(at ONE))" --strict -- one
check "... of what has more than one end: which" \
	says "A: descriptor 4, the write end of pipe 1" --strict -- children
check "... and who had it first" \
	says "A.1: descriptor 3, the read end of pipe 1, which it has from A, \
opened at $(at INHERITED)" --strict -- inherited
check "one that goes through exec is told" \
	says "A.1: descriptor 3, the read end of pipe 1, which true has \
open without a use for it" --strict -- runs
for way in closed runs_cloexec shell; do
	check "no alarm: $way" passes --strict -- $way
done
check "what leaks is no failure where that is allowed" \
	passes --strict --allow-leaks -- one

# ---- all that is left behind is named ----
check "objects are named, and those beyond counted" \
	says "9 objects were not removed (message queue 0; message queue 1;" \
	-- queues
check "... those beyond" says "; and 3 more)" -- queues
check "... in the picture a line each" says "  not removed: message queue 5" \
	-- queues
check "... as are descriptors" says "  not closed: A: descriptor 3, memory 1" \
	--strict -- one
check "children that nobody waited for are named" \
	says "nobody waited for 2 processes (A.1; A.2)" -- unwaited
finish
