/*
 * Wrong on purpose, unless told otherwise: two processes count in shared
 * memory, each one up.
 *
 *	lost [atomic]		atomic: in one step; this is right
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* Pass the result of a system call on; stop with a message if it failed.  */
static long
check(long result, const char *what)
{
	if (result == -1) {
		perror(what);
		exit(1);
	}
	return result;
}

static int *counter;

static void
count(int atomic)
{
	if (atomic)
		__atomic_fetch_add(counter, 1, __ATOMIC_SEQ_CST);
	else
		*counter = *counter + 1;
}

int
main(int argc, char *argv[])
{
	int atomic = argc > 1;

	(void)argv;
	counter = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(counter == MAP_FAILED ? -1 : 0, "mmap");
	if (check(fork(), "fork") == 0) {
		count(atomic);
		return 0;
	}
	count(atomic);
	check(wait(NULL), "wait");
	printf("counter: %d\n", *counter);
	return 0;
}
