/*
 * semaphore: two workers that know nothing of each other but a key.  Whoever
 * comes makes the semaphore, sets it to 1, and takes it.  Only one may be
 * inside; it writes < when it goes in, and > when it goes out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KEY = 0x1bc, WORKERS = 2 };

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

/* The semaphore, ready to be taken.  */
static int
get(void)
{
	int id = (int)check(semget(KEY, 1, IPC_CREAT | 0600), "semget");

	check(semctl(id, 0, SETVAL, 1), "semctl");
	return id;
}

static void
change(int id, short by)
{
	struct sembuf op = { .sem_num = 0, .sem_op = by };

	check(semop(id, &op, 1), "semop");
}

static void
work(void)
{
	int id = get();

	change(id, -1);
	check(write(STDOUT_FILENO, "<", 1), "write");
	check(write(STDOUT_FILENO, ">", 1), "write");
	change(id, 1);
}

int
main(void)
{
	for (int i = 0; i < WORKERS; i++)
		if (check(fork(), "fork") == 0) {
			work();
			return 0;
		}
	for (int i = 0; i < WORKERS; i++)
		check(wait(NULL), "wait");
	check(semctl(semget(KEY, 1, 0), 0, IPC_RMID), "semctl");
	return 0;
}
