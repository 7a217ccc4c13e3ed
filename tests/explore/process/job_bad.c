/* Wrong: the child may not be in its group yet (setpgid(2)).  */
#include "must.h"

static int ends[2];

static void
run_child(void)
{
	char letter;

	setpgid(0, 0);
	close(ends[1]);
	must(read(ends[0], &letter, 1) == 0, "nothing is said");
}

int
main(void)
{
	pid_t child;
	int status;

	must(pipe(ends) == 0, "there is a pipe");
	child = start(run_child);
	must(kill(-child, 0) == 0, "the job is there");
	close(ends[1]);
	status = finish(1);
	close(ends[0]);
	return status;
}
