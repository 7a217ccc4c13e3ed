/*
 * holder: two workers take turns with a mutex, and one of them is killed at some
 * time.  The other must be able to go on.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
	int turns;		/* how many workers had theirs */
	pthread_mutex_t lock;
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

/* A mutex of processes, whose taker may die.  */
static void
prepare(struct shared *s)
{
	pthread_mutexattr_t a;

	pthread_mutexattr_init(&a);
	pthread_mutexattr_setpshared(&a, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&s->lock, &a);
}

static void
take(struct shared *s)
{
	/* The number is whole: one store wrote it, or none.  */
	if (pthread_mutex_lock(&s->lock) == EOWNERDEAD)
		pthread_mutex_consistent(&s->lock);
}

static void
give(struct shared *s)
{
	pthread_mutex_unlock(&s->lock);
}

static void
work(struct shared *s, const char *done)
{
	take(s);
	s->turns = s->turns + 1;
	if (done)
		printf("%s\n", done);
	give(s);
}

int
main(void)
{
	struct shared *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
				MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t victim;

	if (s == MAP_FAILED)
		return 1;
	prepare(s);
	victim = (pid_t)check(fork(), "fork");
	if (victim == 0) {
		work(s, NULL);
		return 0;
	}
	if (check(fork(), "fork") == 0) {
		work(s, "done");
		return 0;
	}
	check(kill(victim, SIGKILL), "kill");
	check(wait(NULL), "wait");
	check(wait(NULL), "wait");
	return 0;
}
