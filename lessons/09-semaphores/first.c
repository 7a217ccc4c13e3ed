/*
 * Wrong on purpose: two processes that may each be the first make the same
 * set, and each gives it its first value.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static int
open_set(key_t key)
{
	int set = check(semget(key, 1, IPC_CREAT | 0600), "semget");

	check(semctl(set, 0, SETVAL, (union semun){ 1 }), "semctl");
	return set;
}

static void
add(int set, int by)
{
	struct sembuf op = { .sem_num = 0, .sem_op = by };

	check(semop(set, &op, 1), "semop");
}

static void
work(const char *name, key_t key)
{
	char text[32];
	int set = open_set(key);

	add(set, -1);
	snprintf(text, sizeof(text), "%s is inside\n", name);
	check(write(1, text, strlen(text)), "write");
	snprintf(text, sizeof(text), "%s goes out\n", name);
	check(write(1, text, strlen(text)), "write");
	add(set, 1);
}

int
main(void)
{
	key_t key = check(ftok(".", 's'), "ftok");

	if (check(fork(), "fork") == 0) {
		work("Bob", key);
		return 0;
	}
	work("Ann", key);
	check(wait(NULL), "wait");
	check(semctl(semget(key, 1, 0), 0, IPC_RMID), "semctl");
	return 0;
}
