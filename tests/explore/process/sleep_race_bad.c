/* Wrong: the reader sleeps, so that the writer surely comes first; nobody checks
 * what it has read.  To be found: a data race, whatever comes of it.  */
#include "must.h"

static struct shared { int value, seen; } *shared;

static void
run_writer(void)
{
	shared->value = 1;
}

static void
run_reader(void)
{
	usleep(1000);
	shared->seen = shared->value;
}

int
main(void)
{
	shared = share(sizeof(*shared));
	start(run_writer);
	start(run_reader);
	return finish(2) != 0 || !shared->seen;
}
