/*
 * Two children count in shared memory, each to two; the parent prints how far
 * they came together.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILDREN = 2, ROUNDS = 2 };

struct shared {
	int counter;		/* stays the first */
	atomic_int turn;	/* whose it is to count: 0 or 1 */
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
count(struct shared *s, int me)
{
	for (int i = 0; i < ROUNDS; i++) {
		while (atomic_load(&s->turn) != me)
			continue;
		s->counter++;
		atomic_store(&s->turn, !me);
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
			count(s, i);
			return 0;
		}
	for (int i = 0; i < CHILDREN; i++)
		check(wait(NULL), "wait");
	printf("%d\n", s->counter);
	return 0;
}
