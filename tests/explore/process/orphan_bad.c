/* Wrong: the parent feeds the child if it is hungry already, and then waits for
 * it.  To be found: the child is hungry later, and waits for the parent.  */
#include <stdatomic.h>

#include "must.h"

static atomic_bool *hungry;
static int ends[2];

static void
run_child(void)
{
	char letter;

	*hungry = 1;
	must(read(ends[0], &letter, 1) == 1, "the child is fed");
}

int
main(void)
{
	int status;

	hungry = share(sizeof(*hungry));
	must(pipe(ends) == 0, "there is a pipe");
	start(run_child);
	if (*hungry)
		must(write(ends[1], "x", 1) == 1, "there is food");
	status = finish(1);
	close(ends[0]);
	close(ends[1]);
	return status;
}
