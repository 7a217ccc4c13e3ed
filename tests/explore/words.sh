#!/bin/bash
# A failure is a sentence: it names who, what, and where, in the words of the
# program and of the cast.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1

# Each way fails in a way of its own; main() calls the one that is asked for.
cat >ways.c <<'END_C'
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
kept(void)
{
	for (int i = 0; i < 5; i++)
		open("/dev/null", O_RDONLY);
}

static void
zombie(void)
{
	siginfo_t ended;

	if (fork() == 0)
		_exit(0);
	waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT);
}

static void
aborted(void)
{
	if (fork() == 0)
		abort();
	wait(NULL);
}

static void
asks(void)
{
	int end[2];
	char c;

	pipe(end);
	fcntl(end[0], F_SETFL, O_NONBLOCK);
	if (fork() == 0) {
		close(end[1]);
		while (read(end[0], &c, 1) < 0)
			;
		_exit(0);
	}
	write(end[1], "x", 1);
	wait(NULL);
}

static void
round_and_round(void)
{
	if (fork() == 0)
		for (volatile int i = 0;; i++)
			;
	wait(NULL);
}

static const struct {
	const char *name;
	void (*run)(void);
} ways[] = {
	{ "kept", kept }, { "zombie", zombie }, { "aborted", aborted }, { "asks", asks },
	{ "round", round_and_round },
};

int
main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof(ways) / sizeof(*ways); i++)
		if (strcmp(argv[1], ways[i].name) == 0)
			ways[i].run();
	return 0;
}
END_C
"$IPCLAB" cc -g -o ways ways.c || exit 1

# message OPTIONS... -- PROG...: the sentence of the failure, left in a file.
message() {
	timeout 100 "$IPCLAB" explore --json --seed 1 "$@" >out 2>err
	jq -r '.failures[0].message' out >sentence
	cat sentence
}

# says SENTENCE OPTIONS... -- PROG...: this sentence and no other.
says() {
	local wanted=$1
	shift
	message "$@" >seen
	[ "$(cat seen)" = "$wanted" ] ||
		{ printf 'said:   %s\nwanted: %s\n' "$(cat seen)" "$wanted"
			cat err; false; }
}

line() { # FILE TEXT: ways.c:LINE
	printf '%s:%d' "${1##*/}" "$(grep -nF "$2" "$1" | head -1 |
		cut -d : -f 1)"
}

cast=A=boss,A.1=helper
check "descriptors that a role keeps" says \
	"descriptors were not closed (boss: 5 that it opened one after the \
other at $(line ways.c 'open("/dev/null"'), and neither uses any more nor \
closes)" --cast $cast -- ./ways kept
check "a role that nobody waited for" says \
	"nobody waited for 1 process (helper)" --cast $cast -- ./ways zombie
check "... or that a signal ended" says \
	"helper was killed by SIGABRT at $(line ways.c 'abort();')" \
	--cast $cast -- ./ways aborted
check "... or that asks again and again" says \
	"helper asks again and again in place of waiting; helper got EAGAIN from \
read on pipe 1 at $(line ways.c 'while (read(')" --no-busy-wait --cast $cast -- ./ways asks
check "... or that computes for ever" says \
	"helper goes round without a point at \
$(line ways.c 'for (volatile int')" --cast $cast -- ./ways round
finish
