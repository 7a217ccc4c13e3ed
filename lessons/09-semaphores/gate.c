/*
 * A semaphore counts the places behind a gate.  Each of the people takes a
 * place, is inside for a moment, and gives it back.
 *
 *	gate [PLACES [PEOPLE]]		1 place, 2 people
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

union semun { int val; };	/* semctl(2) lets us declare it ourselves */

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
take(int set)
{
	struct sembuf one_less = { .sem_num = 0, .sem_op = -1 };

	check(semop(set, &one_less, 1), "semop");
}

static void
give(int set)
{
	struct sembuf one_more = { .sem_num = 0, .sem_op = 1 };

	check(semop(set, &one_more, 1), "semop");
}

static void
visit(int set)
{
	take(set);
	check(write(1, "inside\n", 7), "write");
	give(set);
}

int
main(int argc, char *argv[])
{
	int places = argc > 1 ? atoi(argv[1]) : 1;
	int people = argc > 2 ? atoi(argv[2]) : 2;
	int set = check(semget(IPC_PRIVATE, 1, 0600), "semget");
	int i;

	check(semctl(set, 0, SETVAL, (union semun){ places }), "semctl");
	for (i = 0; i < people; i++)
		if (check(fork(), "fork") == 0) {
			visit(set);
			return 0;
		}
	for (i = 0; i < people; i++)
		check(wait(NULL), "wait");
	check(semctl(set, 0, IPC_RMID), "semctl");
	return 0;
}
