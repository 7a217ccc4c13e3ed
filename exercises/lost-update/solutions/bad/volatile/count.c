/*
 * Two children count in shared memory, each to two; the parent prints how far
 * they came together.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILDREN = 2, ROUNDS = 2 };

struct shared {
	volatile int counter;	/* stays the first */
};

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

static void
count(struct shared *s)
{
	for (int i = 0; i < ROUNDS; i++) {
		int seen = s->counter;

		s->counter = seen + 1;
	}
}

int
main(void)
{
	struct shared *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
				MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (s == MAP_FAILED)
		return 1;
	for (int i = 0; i < CHILDREN; i++)
		if (check(fork(), "fork") == 0) {
			count(s);
			return 0;
		}
	for (int i = 0; i < CHILDREN; i++)
		check(wait(NULL), "wait");
	printf("%d\n", s->counter);
	return 0;
}
