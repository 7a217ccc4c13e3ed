#!/bin/bash
# Where nobody says what is right, a search tells in which ways runs end.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1

# The reader may come between the two writes.
cat >halves.c <<'END'
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	char got[8];
	int ends[2];
	long n;

	if (pipe(ends) < 0)
		return 9;
	if (fork() == 0)
		_exit(write(ends[1], "ab", 2) + write(ends[1], "cd", 2) != 4);
	n = read(ends[0], got, sizeof(got));
	printf("%.*s\n", (int)n, got);
	wait(NULL);
	return n != 4;
}
END
${CC:-cc} -g -o halves halves.c || finish

explore() { "$IPCLAB" explore "$@" >out 2>&1; }
says() { grep -qE -- "$1" out || { cat out; return 1; }; }

check "a search that finds no failure tells how runs ended" \
	explore -- ./halves
check "... in whole" says '^  [0-9]+ runs?: exit status 0, it printed "abcd\\n"$'
check "... and in half" says '^  [0-9]+ runs?: exit status 1, it printed "ab\\n"$'
check "... and how to say which is right" says "With --status N"
fails() { ! explore "$@"; }
check "then the search shows the wrong one" fails --status 0 -- ./halves
check "... by its exit status" says "^wrong: the exit status is 1, not 0"
check "... and the ways are not told" eval '! says "ended alike" >/dev/null'
check "runs that all end alike need no such list" explore -- echo x
check "... and there is none" eval '! says "ended alike" >/dev/null'

# Chinese sentences have Chinese stops and brackets, also those that are put
# together from parts.
cat >crossed.c <<'END'
#include <pthread.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER,
		       b = PTHREAD_MUTEX_INITIALIZER;

static void *
other(void *x)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return x;
}

int
main(void)
{
	pthread_t t;

	pthread_create(&t, 0, other, 0);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return pthread_join(t, 0);
}
END
check "in Chinese, what is claimed ends as a Chinese sentence" \
	explore --lang zh_CN -- ./halves
check "... with its stop" says '）。$'
check "a circle of waits is told" fails --lang zh_CN -- crossed.c
check "... with no sign of English between its parts" \
	eval '! head -n 1 out | cut -d: -f 2- | grep -E "[,;(] |[^ ] \("'
finish
