#!/bin/bash
# Whoever reaches into another process, past all objects that the two have in
# common, is found to, and nothing is claimed of what was not controlled.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1

# The parent looks at what the child does before, between and behind two
# calls: main() exits with what it has seen.
cat >looks.c <<'END'
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int value;

static void
changes(void)
{
	value = 1;
	close(open("file", O_CREAT | O_WRONLY, 0600));
	value = 2;
	pause();
	_exit(0);
}

static int
opens(pid_t of, const char *file)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)of, file);
	return open(path, O_RDONLY);
}

static int
reads_file(pid_t of)
{
	int fd = opens(of, "mem"), seen = 0;

	if (pread(fd, &seen, sizeof(seen), (uintptr_t)&value) < 0)
		seen = 9;
	close(fd);
	return seen;
}

static int
reads(pid_t of)
{
	int seen = 0;
	struct iovec here = { &seen, sizeof(seen) };
	struct iovec there = { (void *)&value, sizeof(value) };

	process_vm_readv(of, &here, 1, &there, 1, 0);
	return seen;
}

static int
looks(pid_t of)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/exe", (int)of);
	return access(path, F_OK) != 0;
}

static int
own(pid_t of)
{
	(void)of;
	close(opens(getpid(), "maps"));
	return close(open("/proc/self/stat", O_RDONLY)) != 0;
}

static int
traces(pid_t of)
{
	return ptrace(PTRACE_SEIZE, of, 0, 0) == 0;
}

static const struct {
	const char *name;
	int (*look)(pid_t of);
} all[] = {
	{ "file", reads_file }, { "call", reads }, { "look", looks },
	{ "own", own }, { "trace", traces },
};

int
main(int argc, char **argv)
{
	pid_t child = fork();
	int seen = 0;

	if (child == 0)
		changes();
	for (size_t i = 0; argc > 1 && i < sizeof(all) / sizeof(*all); i++)
		if (strcmp(argv[1], all[i].name) == 0)
			seen = all[i].look(child);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	unlink("file");
	return seen;
}
END
"$IPCLAB" cc -g -std=gnu11 -o looks looks.c || exit 1

# explored WAY STATUS: all that there is; the result is in the file out.
explored() {
	timeout 200 "$IPCLAB" explore --strategy dpor --jobs 1 --json -- \
		./looks "$1" >out 2>err
	[ $? -eq "$2" ] || { cat out err; return 1; }
}
# names WAY TEXT CALL...: nothing is claimed, and it says why.
names() {
	local way=$1 why=$2 call
	shift 2
	explored "$way" 4 || return 1
	for call; do
		jq -e --arg call "$call" '.unknown | index($call)' out >/dev/null ||
			{ cat out; return 1; }
	done
	jq -e --arg why "$why" '.unsupported == $why and (.complete | not)' \
		out >/dev/null || { cat out; false; }
}
# saw STATUS...: runs ended so, and in no other way.
saw() {
	[ "$(jq -r '[.ways[].status] | sort | join(" ")' out)" = "$*" ] ||
		{ cat out; false; }
}
if need jq "results are read"; then
	check "memory that is read through proc(5) is named" names file \
		"A uses /proc/PID/mem of A.1, which changes between points, too" \
		openat pread64
	check "... it is read in each state that a point shows" saw 1 2
	check "memory that is read by a call is named" names call \
		"A uses memory that is private to A.1, whose own accesses to \
it are no points"
	check "... likewise" saw 1 2
	check "who looks there is named" names look \
		"A uses /proc/PID/exe of A.1, which changes between points, too" \
		access
	check "who would trace another is named" names trace \
		"A calls ptrace, which fails here, as all are traced already" \
		ptrace
	check "what one learns of itself is its own affair" explored own 0
fi
finish
