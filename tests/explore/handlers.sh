#!/bin/bash
# ipclab explore of handlers of signals, which share the memory of a process
# with the code that they interrupt.
# shellcheck source=../tap.sh
. "${0%/*}/../tap.sh"
if ! "$IPCLAB" trace -- true >"$tmp/out" 2>&1; then
	skip ptrace "programs are searched"
	finish
fi
export XDG_CACHE_HOME=$tmp/cache LC_ALL=C
cd "$tmp" || exit 1

compile() { # NAME, its source on standard input
	cat >"$1.c" && "$IPCLAB" cc -g -std=gnu11 -o "$1" "$1.c"
}
# explore STATUS ARGUMENT...
explore() {
	"$IPCLAB" explore --budget 300 --jobs 1 "${@:2}" >out 2>&1
	local status=$?
	[ $status -eq "$1" ] || { echo "status $status"; cat out; return 1; }
}
says() { grep -qE -- "$1" out || { cat out; return 1; }; }

# ---- a table of jobs ----
for kind in bad ok; do
	compile addjob_$kind <<END
#include "$SRCDIR/tests/explore/process/addjob_$kind.c"
END
done
found() {
	local seed runs
	for seed in 1 2 3 4 5; do
		explore 1 --seed $seed -- ./addjob_bad || return 1
		runs=$(sed -n 's/^Found in run \([0-9]*\)\.$/\1/p' out)
		[ "$runs" -le 50 ] || { echo "seed $seed: run $runs"; return 1; }
	done
}
check "a job that ends before it is in the table is found within 50 runs" found
check "... and it is an assertion that fails" says "SIGABRT"
check "where SIGCHLD is blocked until then all orders pass" \
	explore 0 -- ./addjob_ok

# ---- a sum that both count ----
counts() { # what the parent does around its turn
	cat <<END
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int count;

static void
on_signal(int signal)
{
	(void)signal;
	count++;
}

int
main(void)
{
	sigset_t set;
	int status;
	pid_t parent = getpid();

	signal(SIGUSR1, on_signal);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	if (fork() == 0) {
		kill(parent, SIGUSR1);
		_exit(0);
	}
	$1;
	count++;
	$2;
	while (waitpid(-1, &status, 0) < 0)
		;
	if (count != 2)
		abort();
	return 0;
}
END
}
counts "" "" | compile counts_bad
counts 'sigprocmask(SIG_BLOCK, &set, NULL)' \
	'sigprocmask(SIG_UNBLOCK, &set, NULL)' | compile counts_ok
check "a handler comes between a load and a store" explore 1 -- ./counts_bad
check "... not where its signal is blocked" explore 4 -- ./counts_ok
check "... of which all orders are tried where it may come at any point" \
	explore 0 --signals -- ./counts_ok

# ---- a write that a signal ends in the middle ----
writes() { # what is done about it
	cat <<END
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ALL = 6000 };
static char bytes[ALL];

static void
on_signal(int signal)
{
	(void)signal;
}

int
main(void)
{
	struct sigaction a = { .sa_handler = on_signal };
	int ends[2], left = ALL, n;
	pid_t child;

	sigaction(SIGUSR1, &a, NULL);
	if (pipe(ends) < 0 || fcntl(ends[1], F_SETPIPE_SZ, 4096) < 0)
		return 1;
	child = fork();
	if (child == 0) {
		while (left > 0) {
			n = write(ends[1], bytes, left);
			$1;
			left -= n > 0 ? n : 0;
		}
		_exit(0);
	}
	close(ends[1]);
	kill(child, SIGUSR1);
	while (read(ends[0], bytes, ALL) > 0)
		;
	wait(&n);
	return n != 0;
}
END
}
writes 'if (n >= 0 && n < ALL) abort()' | compile writes_bad
writes 'if (n < 0 && errno != EINTR) abort()' | compile writes_ok
check "a signal ends a write in the middle" explore 1 --signals -- ./writes_bad
check "... and who goes on with the rest loses nothing" \
	explore 0 --signals --status 0 -- ./writes_ok

# ---- no false alarm ----
compile flag <<'END'
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t rung;

static void
on_signal(int signal)
{
	rung = signal;
}

int
main(void)
{
	sigset_t usr, before;
	pid_t parent = getpid();

	signal(SIGUSR1, on_signal);
	sigemptyset(&usr);
	sigaddset(&usr, SIGUSR1);
	sigprocmask(SIG_BLOCK, &usr, &before);
	if (fork() == 0)
		return kill(parent, SIGUSR1);
	while (!rung)
		sigsuspend(&before);
	return wait(NULL) < 0;
}
END
check "a flag between handler and code is no data race" \
	explore 0 --signals --status 0 -- ./flag

# ---- a program sees its own handlers ----
compile own <<'END'
#include <assert.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>

static sigjmp_buf back;
static int taken, value;

static void
first(int signal)
{
	taken += signal;
}

static void
second(int signal, siginfo_t *info, void *context)
{
	assert(context && info->si_signo == signal);
	taken += 1000;
	siglongjmp(back, 1);
}

int
main(void)
{
	struct sigaction a = { .sa_handler = first }, b;

	assert(signal(SIGUSR1, first) == SIG_DFL);
	assert(signal(SIGUSR1, first) == first);
	assert(sigaction(SIGUSR1, NULL, &b) == 0);
	assert(b.sa_handler == first && b.sa_flags & SA_RESTART);
	assert(!(b.sa_flags & SA_SIGINFO));
	raise(SIGUSR1);
	a.sa_sigaction = second;
	a.sa_flags = SA_SIGINFO | SA_RESETHAND;
	assert(sigaction(SIGUSR1, &a, &b) == 0 && b.sa_handler == first);
	if (sigsetjmp(back, 1) == 0)
		raise(SIGUSR1);
	value = taken;
	assert(value == SIGUSR1 + 1000);
	assert(signal(SIGUSR1, SIG_IGN) == SIG_DFL);
	assert(signal(SIGUSR1, SIG_DFL) == SIG_IGN);
	assert(signal(1000, first) == SIG_ERR);
	return 0;
}
END
check "a program is told of the handlers that it has set" \
	explore 0 --signals --status 0 -- ./own
check "without ipclab it is the same program" ./own
finish
