/* Right: the parent waits until the child has ended.  */
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
	waitpid(pid, NULL, 0);
	close(ends[0]);
	close(ends[1]);
	return 0;
}
