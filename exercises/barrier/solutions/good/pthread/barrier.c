/*
 * barrier: two workers go through three rounds together, and each writes the
 * number of its round.  Nobody may begin a round before both have ended the
 * one before.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 2, ROUNDS = 3 };

struct shared {
	pthread_barrier_t barrier;
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
	pthread_barrier_wait(&s->barrier);
}

static void
work(struct shared *s)
{
	for (char round = '1'; round < '1' + ROUNDS; round++) {
		check(write(STDOUT_FILENO, &round, 1), "write");
		meet(s);
	}
}

int
main(void)
{
	struct shared *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
				MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	pthread_barrierattr_t shared;

	if (s == MAP_FAILED)
		return 1;
	pthread_barrierattr_init(&shared);
	pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
	pthread_barrier_init(&s->barrier, &shared, WORKERS);
	for (int i = 0; i < WORKERS; i++)
		if (check(fork(), "fork") == 0) {
			work(s);
			return 0;
		}
	for (int i = 0; i < WORKERS; i++)
		check(wait(NULL), "wait");
	return 0;
}
