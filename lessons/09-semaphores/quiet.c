/*
 * Takes and gives a semaphore a thousand times, and nobody else wants it.
 *
 *	quiet		a POSIX semaphore
 *	quiet sysv	a System V semaphore
 */
#include <semaphore.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <unistd.h>

enum { TIMES = 1000 };

static void
posix(void)
{
	sem_t s;
	int i;

	sem_init(&s, 0, 1);
	for (i = 0; i < TIMES; i++) {
		sem_wait(&s);
		sem_post(&s);
	}
}

static void
sysv(void)
{
	int set = semget(IPC_PRIVATE, 1, 0600), i;
	struct sembuf more = { 0, 1, 0 }, less = { 0, -1, 0 };

	for (i = 0; i < TIMES; i++) {
		semop(set, &more, 1);
		semop(set, &less, 1);
	}
	semctl(set, 0, IPC_RMID);
}

int
main(int argc, char *argv[])
{
	(void)argv;
	if (argc > 1)
		sysv();
	else
		posix();
	printf("done\n");
	return 0;
}
