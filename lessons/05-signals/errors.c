/*
 * What can go wrong, each on purpose: the first argument says what.
 */
#define _GNU_SOURCE		/* strerrorname_np */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void
on_signal(int signal)
{
	(void)signal;
}

static int
catch_kill(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	return sigaction(SIGKILL, &action, NULL);
}

static int
ignore_stop(void)
{
	struct sigaction action = { .sa_handler = SIG_IGN };

	return sigaction(SIGSTOP, &action, NULL);
}

static int
no_such_signal(void)
{
	return kill(getpid(), SIGRTMAX + 1);
}

/* A child that has ended and was waited for is no process any more.  */
static int
no_such_process(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	waitpid(child, NULL, 0);
	return kill(child, SIGTERM);
}

static int
full_queue(void)
{
	struct rlimit none = { 0, 0 };
	union sigval value = { .sival_int = 1 };
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	setrlimit(RLIMIT_SIGPENDING, &none);
	kill(getpid(), SIGUSR1);	/* this one needs no place */
	return sigqueue(getpid(), SIGRTMIN, value);
}

static int
wait_for_ignored(void)
{
	signal(SIGCHLD, SIG_IGN);
	if (fork() == 0)
		_exit(0);
	return wait(NULL);
}

static int
nothing_pending(void)
{
	struct timespec now = { 0, 0 };
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	return sigtimedwait(&all, NULL, &now);
}

/* Even blocked and ignored, SIGABRT from abort(3) ends the process.  */
static int
stop_abort(void)
{
	sigset_t all;

	signal(SIGABRT, SIG_IGN);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	abort();
}

static const struct {
	const char *name;
	int (*run)(void);
} ways[] = {
	{ "catch-kill", catch_kill },
	{ "ignore-stop", ignore_stop },
	{ "no-such-signal", no_such_signal },
	{ "no-such-process", no_such_process },
	{ "full-queue", full_queue },
	{ "wait-for-ignored", wait_for_ignored },
	{ "nothing-pending", nothing_pending },
	{ "stop-abort", stop_abort },
};

int
main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (argc == 2 && strcmp(argv[1], ways[i].name) == 0) {
			if (ways[i].run() == -1)
				printf("%s: %s\n", ways[i].name,
				       strerror(errno));
			return 0;
		}
	printf("usage: errors WHAT\n");
	return 1;
}
