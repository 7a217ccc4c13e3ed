/*
 * holder: two workers take turns with a semaphore, and one of them is killed
 * at some time.  The other must be able to go on.  Wrong on purpose.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

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
change(int id, short by)
{
	struct sembuf op = { .sem_num = 0, .sem_op = by };

	check(semop(id, &op, 1), "semop");
}

static void
work(int id, const char *done)
{
	change(id, -1);
	if (done)
		printf("%s\n", done);
	change(id, 1);
}

int
main(void)
{
	int id = (int)check(semget(IPC_PRIVATE, 1, 0600), "semget");
	pid_t victim;

	check(semctl(id, 0, SETVAL, 1), "semctl");
	victim = (pid_t)check(fork(), "fork");
	if (victim == 0) {
		work(id, NULL);
		return 0;
	}
	if (check(fork(), "fork") == 0) {
		work(id, "done");
		return 0;
	}
	check(kill(victim, SIGKILL), "kill");
	check(wait(NULL), "wait");
	check(wait(NULL), "wait");
	check(semctl(id, 0, IPC_RMID), "semctl");
	return 0;
}
