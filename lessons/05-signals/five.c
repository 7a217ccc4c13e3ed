/*
 * The sender sends SIGUSR1 five times.  The receiver blocks it meanwhile
 * ("block"), or takes each as it comes ("open"), and counts.
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

static volatile sig_atomic_t count;

static void
on_signal(int signal)
{
	(void)signal;
	count++;
}

static void
send_five(pid_t receiver)
{
	for (int i = 1; i <= 5; i++)
		check(kill(receiver, SIGUSR1), "kill");
}

int
main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = on_signal };
	sigset_t set, before;

	check(sigaction(SIGUSR1, &action, NULL), "sigaction");
	sigemptyset(&set);
	if (argc < 2 || strcmp(argv[1], "open") != 0)
		sigaddset(&set, SIGUSR1);
	check(sigprocmask(SIG_BLOCK, &set, &before), "sigprocmask");
	if (check(fork(), "fork") == 0) {
		send_five(getppid());
		return 0;
	}
	while (wait(NULL) == -1)
		;	/* a handler that runs breaks it off: EINTR */
	check(sigprocmask(SIG_SETMASK, &before, NULL), "sigprocmask");
	printf("receiver: it came %d times\n", (int)count);
	return 0;
}
