#!/bin/bash
# A deadlock in which all wait for what only comes from outside is told as one;
# not so where another of the actors could have done it.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"

if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1

# deadlock NAME SENTENCE < BODY-OF-MAIN
deadlock() {
	{
		cat <<'END'
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX, .sun_path = "name" };
	char byte;
	int ends[2];

	(void)name, (void)byte, (void)ends;
#line 1
END
		cat
		echo '}'
	} >"$1.c"
	mkdir "$1" && cd "$1" || return
	"$IPCLAB" cc -g -o program "../$1.c" || return
	"$IPCLAB" explore --json --jobs 1 --budget 20 -- ./program >json </dev/null
	grep '"message"' json >message
	grep -q '"verdict": "deadlock"' json && grep -qF "$2" message ||
		{ cat message json; false; }
}

check "nobody connects" \
	deadlock accept 'A waits at accept.c:4 for what only comes from outside
' <<'END'
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(fd, (struct sockaddr *)&name, sizeof(name));
	listen(fd, 1);
	accept(fd, NULL, NULL);
END
check "a child, whose parent waits for it, receives from nobody" \
	deadlock child '"A.1 waits at child.c:5 for what only comes from' <<'END'
	struct sockaddr_in any = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (fork() == 0) {
		bind(fd, (struct sockaddr *)&any, sizeof(any));
		recv(fd, &byte, 1, 0);
		_exit(0);
	}
	wait(NULL);
END
check "nobody opens the other side" \
	deadlock fifo '"A waits at fifo.c:2 for what only comes from' <<'END'
	mkfifo("fifo", 0600);
	open("fifo", O_RDONLY);
END
check "nobody sends a signal" \
	deadlock signal '"A waits at signal.c:1 for what only comes from' <<'END'
	pause();
END
check "nobody connects, but one that waits for something else could" \
	deadlock both '"nobody can go on (A in accept at both.c:11, A.1 in' <<'END'
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(fd, (struct sockaddr *)&name, sizeof(name));
	listen(fd, 1);
	pipe(ends);
	if (fork() == 0) {
		int mine = socket(AF_UNIX, SOCK_STREAM, 0);
		read(ends[0], &byte, 1);
		connect(mine, (struct sockaddr *)&name, sizeof(name));
		_exit(0);
	}
	accept(fd, NULL, NULL);
	write(ends[1], "x", 1);
	wait(NULL);
END
finish
