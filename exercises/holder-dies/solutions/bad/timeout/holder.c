/*
 * holder: two workers take turns with a semaphore, and one of them is killed at some
 * time.  The other must be able to go on.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct shared {
	int turns;		/* how many workers had theirs */
	int id;			/* of the semaphore */
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
change(struct shared *s, short by)
{
	struct sembuf op = { .sem_num = 0, .sem_op = by };

	check(semop(s->id, &op, 1), "semop");
}

static void
take(struct shared *s)
{
	struct sembuf op = { .sem_num = 0, .sem_op = -1 };
	struct timespec most = { .tv_sec = 1 };

	semtimedop(s->id, &op, 1, &most);
}

static void
give(struct shared *s)
{
	change(s, 1);
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
	s->id = (int)check(semget(IPC_PRIVATE, 1, 0600), "semget");
	check(semctl(s->id, 0, SETVAL, 1), "semctl");
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
	check(semctl(s->id, 0, IPC_RMID), "semctl");
	return 0;
}
