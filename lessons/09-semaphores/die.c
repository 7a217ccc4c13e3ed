/*
 * Ann takes the only place and dies before she can give it back.
 *
 *	die		Bob waits for her for ever
 *	die undo	the kernel gives back what she took
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

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
add(int set, int by, int flags)
{
	struct sembuf op = { .sem_num = 0, .sem_op = by, .sem_flg = flags };

	check(semop(set, &op, 1), "semop");
}

static void
ann(int set, int flags)
{
	add(set, -1, flags);
	raise(SIGKILL);		/* some fault */
	add(set, 1, flags);
}

static void
bob(int set, int flags)
{
	add(set, -1, flags);
	check(write(1, "Bob is inside\n", 14), "write");
	add(set, 1, flags);
}

int
main(int argc, char *argv[])
{
	int flags = argc > 1 ? SEM_UNDO : 0, i;
	int set = check(semget(IPC_PRIVATE, 1, 0600), "semget");

	(void)argv;
	check(semctl(set, 0, SETVAL, (union semun){ 1 }), "semctl");
	for (i = 0; i < 2; i++)
		if (check(fork(), "fork") == 0) {
			(i == 0 ? ann : bob)(set, flags);
			return 0;
		}
	for (i = 0; i < 2; i++)
		check(wait(NULL), "wait");
	check(semctl(set, 0, IPC_RMID), "semctl");
	return 0;
}
