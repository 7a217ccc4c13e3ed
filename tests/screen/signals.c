/*
 * Real-time signals: the sender sends four, each with a number, while the
 * receiver blocks them.  With "mask" each handler holds all others back.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Pass the result of a system call on; stop with a message if it failed.  */
static long
check(long result, const char *what)
{
	if (result == -1) {
		perror(what);
		exit(1);
	}
	return result;
}

static void
on_signal(int signal, siginfo_t *info, void *context)
{
	char text[] = "SIGRTMIN+? brings ??\n";
	int number = info->si_value.sival_int;

	(void)context;
	/* By hand: printf must not be called in a handler.  */
	text[9] = '0' + signal - SIGRTMIN;
	text[18] = '0' + number / 10;
	text[19] = '0' + number % 10;
	write(1, text, sizeof(text) - 1);
}

static void
send(pid_t receiver, int signal, int number)
{
	union sigval value = { .sival_int = number };

	check(sigqueue(receiver, signal, value), "sigqueue");
}

int
main(int argc, char **argv)
{
	struct sigaction action = { .sa_sigaction = on_signal,
				    .sa_flags = SA_SIGINFO };
	sigset_t set, before;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigaddset(&set, SIGRTMIN + 1);
	if (argc > 1 && strcmp(argv[1], "mask") == 0)
		action.sa_mask = set;
	check(sigaction(SIGRTMIN, &action, NULL), "sigaction");
	check(sigaction(SIGRTMIN + 1, &action, NULL), "sigaction");
	check(sigprocmask(SIG_BLOCK, &set, &before), "sigprocmask");
	if (check(fork(), "fork") == 0) {
		send(getppid(), SIGRTMIN + 1, 10);
		send(getppid(), SIGRTMIN, 1);
		send(getppid(), SIGRTMIN, 2);
		send(getppid(), SIGRTMIN, 3);
		return 0;
	}
	check(wait(NULL), "wait");
	check(sigprocmask(SIG_SETMASK, &before, NULL), "sigprocmask");
	return 0;
}
