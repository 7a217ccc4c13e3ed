/* Wrong: two values that belong together are written one after the other.  To
 * be found: the checker sees the first of the first setter, and not the
 * second.  */
#define _GNU_SOURCE
#include <stdatomic.h>

#include "must.h"

enum { SETTERS = 3 };

static struct pair { atomic_int credit, debit; } *pair;

static void
run_setter(void)
{
	pair->credit = 1;
	pair->debit = -1;
}

static void
run_checker(void)
{
	if (pair->credit == 1)
		must(pair->debit == -1, "who sees the credit sees the debit");
}

int
main(void)
{
	int fd = memfd_create("pair", 0);

	must(ftruncate(fd, sizeof(*pair)) == 0, "there is room for a pair");
	pair = mmap(NULL, sizeof(*pair), PROT_READ | PROT_WRITE, MAP_SHARED,
		    fd, 0);
	must(pair != MAP_FAILED, "the pair can be mapped");
	close(fd);
	for (int i = 0; i < SETTERS; i++)
		start(run_setter);
	start(run_checker);
	return finish(SETTERS + 1);
}
