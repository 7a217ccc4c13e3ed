/*
 * A user of signals, for `ipclab trace --check`: the first argument says what
 * it does.  Each way ends with 0 when the kernel did what signal(7) says.
 */
#include "config.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t usr1, rang, order[8], n_order;

static void
on_usr1(int signal)
{
	(void)signal;
	usr1++;
}

static void
on_alarm(int signal)
{
	(void)signal;
	rang++;
}

static void
on_value(int signal, siginfo_t *info, void *context)
{
	(void)signal, (void)context;
	if (n_order < 8)
		order[n_order++] = info->si_value.sival_int;
}

static void
catch(int signal, void (*handler)(int), int flags)
{
	struct sigaction sa = { .sa_handler = handler, .sa_flags = flags };

	sigaction(signal, &sa, NULL);
}

static sigset_t
set_of(int a, int b)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, a);
	if (b)
		sigaddset(&set, b);
	return set;
}

static int
end_of(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

/* Five of one kind, blocked: one comes.  */
static int
coalesce(void)
{
	sigset_t set = set_of(SIGUSR1, 0), old;
	pid_t me = getpid(), child;

	catch(SIGUSR1, on_usr1, 0);
	sigprocmask(SIG_BLOCK, &set, &old);
	child = fork();
	if (child == 0) {
		for (int i = 0; i < 5; i++)
			kill(me, SIGUSR1);
		_exit(0);
	}
	end_of(child);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return usr1 != 1;
}

/* Real-time ones come all, in order, with their values.  */
static int
queue(void)
{
	struct sigaction sa = { .sa_sigaction = on_value,
				.sa_flags = SA_SIGINFO };
	sigset_t set = set_of(SIGRTMIN, SIGRTMIN + 1), old;
	pid_t me = getpid(), child;

	sigfillset(&sa.sa_mask);
	sigaction(SIGRTMIN, &sa, NULL);
	sigaction(SIGRTMIN + 1, &sa, NULL);
	sigprocmask(SIG_BLOCK, &set, &old);
	child = fork();
	if (child == 0) {
		for (int i = 0; i < 6; i++)
			sigqueue(me, SIGRTMIN + (i + 1) % 2,
				 (union sigval){ .sival_int = i });
		_exit(0);
	}
	end_of(child);
	sigprocmask(SIG_SETMASK, &old, NULL);
	/* The lower number first, and of one the order of sending; but the
	 * handler of the last that is delivered begins first: its mask holds
	 * the others.  */
	return n_order != 6;
}

static int
take(void)
{
	sigset_t set = set_of(SIGUSR1, SIGUSR2);
	struct timespec now = { 0, 0 }, soon = { 1, 0 };
	siginfo_t info;
	pid_t me = getpid(), child;
	int bad = 0;

	sigprocmask(SIG_BLOCK, &set, NULL);
	bad |= sigtimedwait(&set, &info, &now) != -1 || errno != EAGAIN;
	bad |= sigtimedwait(&set, &info, &soon) != -1 || errno != EAGAIN;
	child = fork();
	if (child == 0) {
		kill(me, SIGUSR2);
		sigqueue(me, SIGUSR1, (union sigval){ .sival_int = 9 });
		_exit(0);
	}
	bad |= sigwaitinfo(&set, &info) <= 0;
	bad |= sigwaitinfo(&set, NULL) <= 0;
	end_of(child);
	return bad;
}

static int
by_descriptor(void)
{
	sigset_t set = set_of(SIGUSR1, SIGRTMIN);
	struct signalfd_siginfo s[4];
	pid_t me = getpid(), child;
	int fd;

	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_CLOEXEC);
	child = fork();
	if (child == 0) {
		kill(me, SIGUSR1);
		sigqueue(me, SIGRTMIN, (union sigval){ .sival_int = 3 });
		sigqueue(me, SIGRTMIN, (union sigval){ .sival_int = 4 });
		_exit(0);
	}
	for (int got = 0; got < 3;) {
		ssize_t n = read(fd, s, sizeof(s));

		if (n <= 0)
			return 1;
		got += n / sizeof(*s);
	}
	end_of(child);
	return 0;
}

static int
by_pidfd(void)
{
	pid_t child = fork();
	siginfo_t info;
	int fd;

	if (child == 0)
		for (;;)
			pause();
	fd = syscall(SYS_pidfd_open, child, 0);
	if (fd < 0)
		return 1;
	syscall(SYS_pidfd_send_signal, fd, SIGTERM, NULL, 0);
	return waitid(3 /* P_PIDFD */, fd, &info, WEXITED) < 0 ||
	       info.si_status != SIGTERM;
}

static void *
waiter(void *arg)
{
	sigset_t set = set_of(SIGUSR2, 0);
	int signal;

	(void)arg;
	sigwait(&set, &signal);
	return NULL;
}

static int
threads(void)
{
	sigset_t set = set_of(SIGUSR2, 0);
	pthread_t t;

	pthread_sigmask(SIG_BLOCK, &set, NULL);
	pthread_create(&t, NULL, waiter, NULL);
	pthread_kill(t, SIGUSR2);
	return pthread_join(t, NULL);
}

static int
timers(void)
{
	struct itimerval every = { { 0, 500000 }, { 1, 0 } }, off = { 0 };
	struct itimerspec once = { { 0, 0 }, { 2, 0 } };
	struct sigevent e = { .sigev_notify = SIGEV_SIGNAL,
			      .sigev_signo = SIGRTMIN,
			      .sigev_value = { .sival_int = 42 } };
	struct sigaction sa = { .sa_sigaction = on_value,
				.sa_flags = SA_SIGINFO };
	timer_t timer;

	catch(SIGALRM, on_alarm, 0);
	sigaction(SIGRTMIN, &sa, NULL);
	alarm(3);
	pause();
	setitimer(ITIMER_REAL, &every, NULL);
	while (rang < 4)
		pause();
	setitimer(ITIMER_REAL, &off, NULL);
	if (timer_create(CLOCK_MONOTONIC, &e, &timer) < 0 ||
	    timer_settime(timer, 0, &once, NULL) < 0)
		return 1;
	while (n_order < 1)
		pause();
	return timer_delete(timer) < 0 || order[0] != 42;
}

static int
once(void)
{
	pid_t child = fork();

	if (child == 0) {
		catch(SIGUSR1, on_usr1, SA_RESETHAND | SA_NODEFER);
		raise(SIGUSR1);
		raise(SIGUSR1);
		_exit(0);
	}
	return WTERMSIG(end_of(child)) != SIGUSR1;
}

static int
suspend(void)
{
	sigset_t set = set_of(SIGUSR1, 0), old;
	pid_t me = getpid(), child;

	catch(SIGUSR1, on_usr1, 0);
	sigprocmask(SIG_BLOCK, &set, &old);
	child = fork();
	if (child == 0) {
		kill(me, SIGUSR1);
		_exit(0);
	}
	while (!usr1)
		sigsuspend(&old);
	end_of(child);
	return 0;
}

static int
stop(void)
{
	pid_t child = fork();
	int status;

	if (child == 0)
		for (;;)
			pause();
	kill(child, SIGSTOP);
	waitpid(child, &status, WUNTRACED);
	kill(child, SIGCONT);
	kill(child, SIGKILL);
	return WTERMSIG(end_of(child)) != SIGKILL;
}

/* Over exec: what is ignored and blocked stays, handlers do not.  */
static int
across(char *program)
{
	sigset_t set = set_of(SIGUSR2, 0);

	catch(SIGUSR1, SIG_IGN, 0);
	catch(SIGHUP, on_usr1, 0);
	sigprocmask(SIG_BLOCK, &set, NULL);
	kill(getpid(), SIGUSR2);
	execl(program, program, "after", NULL);
	return 1;
}

static int
after(void)
{
	struct sigaction usr, hup;
	sigset_t waiting;

	sigaction(SIGUSR1, NULL, &usr);
	sigaction(SIGHUP, NULL, &hup);
	sigpending(&waiting);
	return usr.sa_handler != SIG_IGN || hup.sa_handler != SIG_DFL ||
	       !sigismember(&waiting, SIGUSR2);
}

static void
relay(int signal)
{
	kill(getppid(), signal);
}

static int
group(void)
{
	pid_t child[2];

	catch(SIGUSR1, on_usr1, SA_RESTART);
	for (int i = 0; i < 2; i++) {
		child[i] = fork();
		if (child[i] == 0) {
			catch(SIGUSR2, relay, 0);
			pause();
			_exit(0);
		}
	}
	catch(SIGUSR2, SIG_IGN, 0);
	kill(0, SIGUSR1);
	kill(child[0], SIGKILL);
	kill(child[1], SIGKILL);
	end_of(child[0]);
	end_of(child[1]);
	return !usr1;
}

/* Wrong on purpose: between the test and pause(2) the signal may come.  */
static int
lost(void)
{
	pid_t me = getpid(), child;

	catch(SIGUSR1, on_usr1, 0);
	child = fork();
	if (child == 0) {
		kill(me, SIGUSR1);
		_exit(0);
	}
	while (!usr1)
		pause();
	end_of(child);
	return 0;
}

static sigjmp_buf back;

static void
jump(int signal)
{
	(void)signal;
	siglongjmp(back, 1);
}

/* Out of a handler without returning.  */
static int
jumped(void)
{
	volatile int n = 0;

	catch(SIGUSR1, jump, 0);
	if (sigsetjmp(back, 1) && ++n == 3)
		return 0;
	raise(SIGUSR1);
	return 1;
}

static const struct { const char *name; int (*run)(void); } ways[] = {
	{ "coalesce", coalesce }, { "queue", queue }, { "take", take },
	{ "descriptor", by_descriptor }, { "pidfd", by_pidfd },
	{ "threads", threads }, { "timers", timers }, { "once", once },
	{ "suspend", suspend }, { "stop", stop }, { "after", after },
	{ "group", group }, { "lost", lost },
	{ "jump", jumped },
};

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "exec") == 0)
		return across(argv[0]);
	for (size_t i = 0; argc == 2 && i < sizeof(ways) / sizeof(*ways); i++)
		if (strcmp(argv[1], ways[i].name) == 0)
			return ways[i].run();
	return 2;
}
