/*
 * System V shared memory.
 *
 *	segment put TEXT	into the segment with our key; made if need be
 *	segment get		print what is in it
 *	segment remove		mark it for removal
 *	segment last		remove it, and go on using it
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>

enum { KEY = 0x1bc0801, SIZE = 100 };

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
main(int argc, char *argv[])
{
	const char *what = argc > 1 ? argv[1] : "get";
	int put = strcmp(what, "put") == 0 && argc > 2;
	int id = check(shmget(KEY, put ? SIZE : 0, put ? IPC_CREAT | 0600 : 0),
		       "shmget");
	char *p;

	if (strcmp(what, "remove") == 0)
		return check(shmctl(id, IPC_RMID, NULL), "shmctl");
	p = shmat(id, NULL, 0);
	check(p == (char *)-1 ? -1 : 0, "shmat");
	if (put)
		strncpy(p, argv[2], SIZE - 1);
	if (strcmp(what, "last") == 0)
		check(shmctl(id, IPC_RMID, NULL), "shmctl");
	printf("%s: %s\n", what, p);
	fflush(stdout);
	return check(shmdt(p), "shmdt");
}
