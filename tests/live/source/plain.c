/* A system call, two functions deep, and in a signal handler.  */
#include <signal.h>
#include <unistd.h>

static volatile int calls;	/* keeps calls from becoming jumps */

static void
deep(void)
{
	getppid();	/* here: plain */
	calls++;
}

static void
on_signal(int signal)
{
	(void)signal;
	getppid();	/* here: handler */
	calls++;
}

int
main(void)
{
	deep();
	signal(SIGUSR1, on_signal);
	raise(SIGUSR1);
	getppid();	/* here: main */
	return 0;
}
