/*
 * setitimer(2): a signal every second, three times.  The signal is blocked,
 * and sigsuspend waits for it: none is missed while the program prints.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
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
on_alarm(int signal)
{
	(void)signal;
}

int
main(void)
{
	struct sigaction action = { .sa_handler = on_alarm };
	struct itimerval second = { .it_interval = { 1, 0 },
				    .it_value = { 1, 0 } };
	sigset_t set, before;

	check(sigaction(SIGALRM, &action, NULL), "sigaction");
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	check(sigprocmask(SIG_BLOCK, &set, &before), "sigprocmask");
	check(setitimer(ITIMER_REAL, &second, NULL), "setitimer");
	for (int i = 1; i <= 3; i++) {
		sigsuspend(&before);
		printf("second %d\n", i);
	}
	return 0;
}
