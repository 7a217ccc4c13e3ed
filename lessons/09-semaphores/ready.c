/*
 * Two processes that may each be the first make the same set.  Only one of
 * them gives it its first value, and the other waits until it has.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

union semun { struct semid_ds *buf; };

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
add(int set, int by)
{
	struct sembuf op = { .sem_num = 0, .sem_op = by };

	check(semop(set, &op, 1), "semop");
}

/* The time of the last semop; 0 before the first one.  */
static time_t
last_semop(int set)
{
	struct semid_ds about;

	check(semctl(set, 0, IPC_STAT, (union semun){ .buf = &about }),
	      "semctl");
	return about.sem_otime;
}

static int
open_set(key_t key)
{
	int set = semget(key, 1, IPC_CREAT | IPC_EXCL | 0600);

	if (set != -1) {		/* made by us: its value is 0 */
		add(set, 1);		/* not SETVAL, but a semop */
		return set;
	}
	if (errno != EEXIST)
		check(-1, "semget");
	set = check(semget(key, 1, 0), "semget");
	while (last_semop(set) == 0)	/* not ready yet */
		usleep(1000);
	return set;
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
