/* Right: the other's memory is read when it is whole (process_vm_readv(2)).  */
#define _GNU_SOURCE
#include <sys/uio.h>

#include "must.h"

static int numbers[3], ends[2], leave[2];

/* Of three numbers that belong together.  */
static void
run_child(void)
{
	for (int i = 0; i < 3; i++) {
		numbers[i] = 1;
		must(write(ends[1], "x", 1) == 1, "it is said");
	}
	close(leave[1]);
	must(read(leave[0], numbers, 1) == 0, "it may leave");
}

int
main(void)
{
	int seen[3] = { 0 };
	struct iovec here = { seen, sizeof(seen) };
	struct iovec there = { numbers, sizeof(numbers) };
	pid_t child;
	char letters[3];

	must(pipe(ends) == 0 && pipe(leave) == 0, "there are pipes");
	child = start(run_child);
	for (int i = 0; i < 3; i++)
		must(read(ends[0], &letters[i], 1) == 1, "a number is ready");
	must(process_vm_readv(child, &here, 1, &there, 1, 0) ==
	     sizeof(seen), "its memory is read");
	must(seen[0] + seen[1] + seen[2] == 3, "it is whole");
	close(leave[1]);
	must(finish(1) == 0, "the child ends well");
	close(leave[0]);
	close(ends[0]);
	close(ends[1]);
	return 0;
}
