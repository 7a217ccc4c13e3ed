/*
 * Makes a set for the key of this folder, gives it a value, and ends.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/sem.h>

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

int
main(void)
{
	key_t key = check(ftok(".", 's'), "ftok");
	int set = check(semget(key, 1, IPC_CREAT | 0600), "semget");
	struct sembuf more = { 0, 1, 0 };

	check(semop(set, &more, 1), "semop");
	printf("the value is %ld\n", check(semctl(set, 0, GETVAL), "semctl"));
	return 0;
}
