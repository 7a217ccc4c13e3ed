/*
 * Waiting for zero: the starter waits until all runners are at the line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MISSING, RUNNERS = 2 };

union semun { int val; };

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
arrive(int set)
{
	struct sembuf one_less = { MISSING, -1, 0 };

	check(semop(set, &one_less, 1), "semop");
}

static void
wait_for_all(int set)
{
	struct sembuf until_zero = { MISSING, 0, 0 };

	check(semop(set, &until_zero, 1), "semop");
}

int
main(void)
{
	int set = check(semget(IPC_PRIVATE, 1, 0600), "semget");
	int i;

	check(semctl(set, MISSING, SETVAL, (union semun){ RUNNERS }), "semctl");
	for (i = 0; i < RUNNERS; i++)
		if (check(fork(), "fork") == 0) {
			arrive(set);
			return 0;
		}
	wait_for_all(set);
	check(write(1, "go\n", 3), "write");
	for (i = 0; i < RUNNERS; i++)
		check(wait(NULL), "wait");
	check(semctl(set, 0, IPC_RMID), "semctl");
	return 0;
}
