/*
 * Wrong on purpose: localtime in a handler, while the program is in
 * localtime, which holds a lock of the C library.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
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

static int
hour_of(time_t when)
{
	return localtime(&when)->tm_hour;
}

static void
on_signal(int signal)
{
	(void)signal;
	hour_of(0);
}

int
main(void)
{
	struct sigaction action = { .sa_handler = on_signal };
	char here[3000], zone[4096];

	/* A time zone of our own, so that the lab shows when it is read.  */
	if (!getcwd(here, sizeof(here)))
		return 1;
	snprintf(zone, sizeof(zone), ":%s/zone", here);
	setenv("TZ", zone, 1);
	check(sigaction(SIGUSR1, &action, NULL), "sigaction");
	if (check(fork(), "fork") == 0) {
		check(kill(getppid(), SIGUSR1), "kill");
		return 0;
	}
	printf("it was %d o'clock\n", hour_of(3600));
	while (wait(NULL) == -1)
		;	/* a handler that runs breaks it off: EINTR */
	return 0;
}
