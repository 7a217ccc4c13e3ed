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
read on pipe 1 at $(line ways.c 'while (read(') again before boss wrote to pipe 1 at \
$(line ways.c 'write(end[1]')" --no-busy-wait --cast $cast -- ./ways asks
check "... or that computes for ever" says \
	"helper goes round without a point at \
$(line ways.c 'for (volatile int')" --cast $cast -- ./ways round

# What a teacher would say of programs that the other tests search.
# pair FOLDER/NAME: compiled; its source is in $source.
pair() {
	source=$SRCDIR/tests/explore/$1_bad.c
	"$IPCLAB" cc -g -std=gnu11 -pthread -o "${1/\//-}" "$source"
}

# ends FOLDER/NAME TEXT: so its sentence ends.
ends() {
	pair "$1" || return
	message -- "./${1/\//-}" >seen
	case $(cat seen) in
	*"$2") ;;
	*)
		printf 'said:   %s\nwanted: ...%s\n' "$(cat seen)" "$2"
		false
		;;
	esac
}

nth() { # FILE TEXT N: the Nth line with that text
	printf '%s:%d' "${1##*/}" "$(grep -nF "$2" "$1" | sed -n "$3p" |
		cut -d : -f 1)"
}

source=$SRCDIR/tests/explore/process/append_bad.c
at=$(line "$source" 'must(write(fd')
check "one writes over what another wrote" ends process/append \
	"; A.2 wrote to memory 1 at $at over what A.1 had written there at $at"
source=$SRCDIR/tests/explore/programs/stack_bad.c
check "who is too early for another time" ends programs/stack \
	"; A:2 locked lock at $(nth "$source" 'pthread_mutex_lock(' 2) again \
before A:1 locked lock at $(nth "$source" 'pthread_mutex_lock(' 1) again"
source=$SRCDIR/tests/explore/process/stack_bad.c
at=$(line "$source" 'must(fcntl(')
check "... with a lock on a file" ends process/stack \
	"; A.2 locked memory 2 at $at again before A.1 locked memory 2 at $at again"

# starts NAME TEXT: so the sentence of a program that is compiled begins.
starts() {
	message -- "./$1" >seen
	case $(cat seen) in
	"$2"*) ;;
	*)
		printf 'said:   %s\nwanted: %s...\n' "$(cat seen)" "$2"
		false
		;;
	esac
}
private="which is free, but was made for the threads of one process \
(pshared 0): who gave it back in another could not wake it"
pair process/pshared
check "a semaphore of one process" starts process-pshared \
	"nobody is left who could help: A.1 waits for semaphore 1 \
(shared->turn), $private"
cat >mutex.c <<'END_C'
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static struct shared { pthread_mutex_t lock; int visits; } *shared;

static void
visits(void)
{
	if (fork() != 0)
		return;
	pthread_mutex_lock(&shared->lock);
	shared->visits++;
	pthread_mutex_unlock(&shared->lock);
	_exit(0);
}

int
main(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_mutex_init(&shared->lock, NULL);
	visits();
	visits();
	while (wait(NULL) > 0)
		;
	return 0;
}
END_C
"$IPCLAB" cc -g -pthread -o mutex mutex.c
cat >dead.c <<'END_C'
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *
keeps(void *arg)
{
	pthread_mutex_lock(&lock);
	return arg;
}

int
main(void)
{
	pthread_t thread[2];

	for (int i = 0; i < 2; i++)
		pthread_create(&thread[i], NULL, keeps, NULL);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	return 0;
}
END_C
"$IPCLAB" cc -g -pthread -o dead dead.c
check "a lock that went with its holder" starts dead \
	"nobody is left who could help: A:1 waits for mutex 1 (lock), which A:2 \
had when it ended; A waits for A:1"
check "... and a mutex" starts mutex \
	"nobody is left who could help: A.1 waits for mutex 1 (shared->lock), \
$private"
finish
