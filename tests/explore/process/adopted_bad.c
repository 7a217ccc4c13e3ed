/* Wrong: the parent may have ended before it is asked for (getppid(2)).  */
#include "must.h"

static int ends[2];

/* It says who its parent is.  */
static void
run_grandchild(void)
{
	pid_t parent = getppid();

	must(write(ends[1], &parent, sizeof(parent)) == sizeof(parent),
	     "it is said");
}

static void
run_child(void)
{
	if (fork() == 0)
		run_grandchild();
}

int
main(void)
{
	pid_t child, said = 0;
	int status;

	must(pipe(ends) == 0, "there is a pipe");
	child = start(run_child);
	close(ends[1]);
	status = finish(1);
	must(read(ends[0], &said, sizeof(said)) == sizeof(said), "it is heard");
	must(read(ends[0], &said, 1) == 0, "the grandchild has ended");
	must(said == child, "it was the child");
	close(ends[0]);
	return status;
}
