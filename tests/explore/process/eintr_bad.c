/* Wrong: a read() that a signal interrupts is taken for the end.  To be found:
 * the signal comes while the parent waits for the letter.  */
#include <errno.h>
#include <signal.h>

#include "must.h"

static int ends[2];

static void
on_call(int signal)
{
	(void)signal;
}

static void
run_writer(void)
{
	must(kill(getppid(), SIGUSR1) == 0, "the parent can be called");
	must(write(ends[1], "x", 1) == 1, "the letter is sent");
}

int
main(void)
{
	struct sigaction action = { .sa_handler = on_call };
	char letter;
	ssize_t n;

	sigaction(SIGUSR1, &action, NULL);
	must(pipe(ends) == 0, "there is a pipe");
	start(run_writer);
	close(ends[1]);
	n = read(ends[0], &letter, 1);
	must(n == 1 && letter == 'x', "the letter comes");
	close(ends[0]);
	return finish(1);
}
