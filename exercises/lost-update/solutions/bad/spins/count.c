/*
 * Two children count in shared memory, each to two; the parent prints how far
 * they came together.
 */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHILDREN = 2, ROUNDS = 2 };

struct shared {
	int counter;		/* stays the first */
	sem_t turn[CHILDREN];	/* 1: it is this one's to count */
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
		while (sem_trywait(&s->turn[me]) < 0)
			usleep(1000);
		s->counter++;
		sem_post(&s->turn[!me]);
	}
}

int
main(void)
{
	struct shared *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
				MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (s == MAP_FAILED || sem_init(&s->turn[0], 1, 1) < 0 ||
	    sem_init(&s->turn[1], 1, 0) < 0)
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
