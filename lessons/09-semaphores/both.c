/*
 * To copy a page, a printer and a scanner are needed.  Ann and Bob ask for
 * them in different orders.
 *
 *	both		one after the other, which is wrong
 *	both at-once	both in one semop
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PRINTER, SCANNER };	/* the two semaphores of the set */

union semun { unsigned short *array; };

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
take_in_turn(int set, int first, int second)
{
	struct sembuf op[] = { { first, -1, 0 }, { second, -1, 0 } };

	check(semop(set, &op[0], 1), "semop");
	check(semop(set, &op[1], 1), "semop");
}

static void
take_at_once(int set, int first, int second)
{
	struct sembuf op[] = { { first, -1, 0 }, { second, -1, 0 } };

	check(semop(set, op, 2), "semop");
}

static void
give(int set)
{
	struct sembuf op[] = { { PRINTER, 1, 0 }, { SCANNER, 1, 0 } };

	check(semop(set, op, 2), "semop");
}

int
main(int argc, char *argv[])
{
	void (*take)(int set, int first, int second) =
		argc > 1 ? take_at_once : take_in_turn;
	int set = check(semget(IPC_PRIVATE, 2, 0600), "semget");
	unsigned short one_each[] = { 1, 1 };
	pid_t bob;

	check(semctl(set, 0, SETALL, (union semun){ one_each }), "semctl");
	bob = check(fork(), "fork");
	if (bob == 0)
		take(set, SCANNER, PRINTER);
	else
		take(set, PRINTER, SCANNER);
	check(write(1, bob ? "Ann copies\n" : "Bob copies\n", 11), "write");
	give(set);
	if (bob == 0)
		return 0;
	check(wait(NULL), "wait");
	check(semctl(set, 0, IPC_RMID), "semctl");
	return 0;
}
