/* Wrong: the parent reaps a child as soon as it says that it is done.  To be
 * found: it has not ended yet, and is left.  */
#include "must.h"

static int ends[2];

static void
run_child(void)
{
	must(write(ends[1], "d", 1) == 1, "the parent is told");
}

int
main(void)
{
	char done;
	pid_t pid;

	must(pipe(ends) == 0, "there is a pipe");
	pid = start(run_child);
	must(read(ends[0], &done, 1) == 1, "the child says that it is done");
	waitpid(pid, NULL, WNOHANG);
	close(ends[0]);
	close(ends[1]);
	return 0;
}
