#!/bin/bash
# Who is ended by a fellow on purpose did not crash; who is ended by a signal
# that came before its handler did, and it is said who sent it. Who ends
# everybody ends the subject's processes, and nobody else.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1

# main() makes a child of the kind that is asked for, and sends it a signal.
cat >ends.c <<'END'
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int
waits(void)
{
	for (;;)
		pause();
}

static void
again(int signal)
{
	struct sigaction as_it_was = { .sa_handler = SIG_DFL };

	sigaction(signal, &as_it_was, NULL);
	raise(signal);
}

/* Ends by the signal that it has handled.  */
static int
cleans_up(void)
{
	struct sigaction action = { .sa_handler = again };

	sigaction(SIGTERM, &action, NULL);
	return waits();
}

static void
leaves(int signal)
{
	_exit(signal - SIGUSR1);
}

static int
handles(void)
{
	struct sigaction action = { .sa_handler = leaves };

	sigaction(SIGUSR1, &action, NULL);
	return waits();
}

static int
aborts(void)
{
	abort();
}

static int
kills_itself(void)
{
	return kill(getpid(), SIGTERM);
}

static int
kills_all(void)
{
	return kill(-1, SIGKILL);
}

static int
kills_group(void)
{
	return kill(0, SIGTERM);
}

static const struct {
	const char *name;
	int (*child)(void);
	int signal;
} ways[] = {
	{ "term", waits, SIGTERM }, { "int", waits, SIGINT },
	{ "hup", waits, SIGHUP }, { "kill", waits, SIGKILL },
	{ "quit", waits, SIGQUIT },
	{ "cleans_up", cleans_up, SIGTERM },
	{ "early", handles, SIGUSR1 }, { "segv", waits, SIGSEGV },
	{ "aborts", aborts, 0 }, { "kills_itself", kills_itself, 0 },
	{ "kills_all", kills_all, 0 }, { "kills_group", kills_group, 0 },
};

int
main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof(ways) / sizeof(*ways); i++) {
		pid_t child;

		if (strcmp(argv[1], ways[i].name) != 0)
			continue;
		child = fork();
		if (child == 0)
			return ways[i].child();
		if (ways[i].signal)
			kill(child, ways[i].signal);	/* SENT */
		while (wait(NULL) > 0)
			;
		return 0;
	}
	return 2;
}
END
check "it compiles" "$IPCLAB" cc -O0 -g -o ends ends.c

# ends STATUS WAY [OPTION...]: what is told is in out.
ends() {
	local status
	"$IPCLAB" explore --jobs 1 --budget 300 "${@:3}" -- ./ends "$2" \
		>out 2>&1
	status=$?
	[ $status -eq "$1" ] || { cat out; return 1; }
}
says() { grep -qF -- "$1" out || { cat out; return 1; }; }

for way in term int hup kill quit kills_group; do
	check "ended on purpose, no crash: $way" ends 0 $way
done
check "... likewise who cleans up before" ends 0 cleans_up --signals
line=$(grep -n SENT ends.c | cut -d : -f 1)
check "a signal that comes before its handler is a crash" \
	ends 1 early --signals
check "... with who sent it" says "crash: A.1 was killed by SIGUSR1"
check "... and where" says ", which A sent at ends.c:$line: it had no handler"
check "... and to whom, in the picture" says "kill SIGUSR1 to A.1"
check "a signal of a fault is a crash, whoever sends it" ends 1 segv
check "abort(3) is one" ends 1 aborts
check "who ends itself crashes" ends 1 kills_itself
check "... and nobody sent it" eval '! says "which A.1 sent"'
# Where there is a fork server, it is there to make the next run.
check "who kills everybody kills the subject alone" \
	ends 0 kills_all --allow-leaks
check "... in each run of many" says "No failure in any interleaving"
# Were it otherwise, process numbers of their own keep it from the rest.
ends 1 kills_all --save kept
apart=(unshare --user --map-root-user --pid --fork --mount-proc)
again() {
	"${apart[@]}" "$IPCLAB" replay --plain kept <<<'' >out 2>&1
	says "the run has ended, killed by SIGKILL"
}
if "${apart[@]}" true 2>need &&
	"${apart[@]}" "$IPCLAB" trace -- true >need 2>&1; then
	check "... and when a run is made again" again
else
	skip "process numbers of its own" "... and when a run is made again"
fi
finish
