/* Right: two values that belong together are written in one step.  */
#define _GNU_SOURCE
#include <stdatomic.h>

#include "must.h"

enum { SETTERS = 3 };

struct pair { int credit, debit; };

static _Atomic struct pair *pair;

static void
run_setter(void)
{
	atomic_store(pair, ((struct pair) { 1, -1 }));
}

static void
run_checker(void)
{
	struct pair seen = atomic_load(pair);

	if (seen.credit == 1)
		must(seen.debit == -1, "who sees the credit sees the debit");
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
