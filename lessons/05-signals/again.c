/*
 * One handler, two signals.  How the handler is installed, the argument says:
 * signal, sysv (as System V had it), or sigaction.
 */
#define _GNU_SOURCE		/* sysv_signal */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
on_signal(int signal)
{
	(void)signal;
	write(1, "caught\n", 7);
}

int
main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "signal";
	struct sigaction action = { .sa_handler = on_signal };

	if (strcmp(how, "sysv") == 0)
		sysv_signal(SIGUSR1, on_signal);
	else if (strcmp(how, "sigaction") == 0)
		sigaction(SIGUSR1, &action, NULL);
	else
		signal(SIGUSR1, on_signal);
	raise(SIGUSR1);
	raise(SIGUSR1);
	write(1, "still there\n", 12);
	return 0;
}
