/*
 * Ann and Bob add 1 to the same number, which lies in shared memory.
 *
 *	count [HOW-MANY]	of the two keep to the semaphore: 2
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/mman.h>
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
add(int set, int by)
{
	struct sembuf op = { .sem_num = 0, .sem_op = by };

	check(semop(set, &op, 1), "semop");
}

static void
count(int set, int *number, int keeps_to_it)
{
	if (keeps_to_it)
		add(set, -1);
	*number = *number + 1;
	if (keeps_to_it)
		add(set, 1);
}

int
main(int argc, char *argv[])
{
	int how_many = argc > 1 ? atoi(argv[1]) : 2;
	int set = check(semget(IPC_PRIVATE, 1, 0600), "semget");
	int *number = mmap(NULL, sizeof(*number), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	check(number == MAP_FAILED ? -1 : 0, "mmap");
	check(semctl(set, 0, SETVAL, (union semun){ 1 }), "semctl");
	if (check(fork(), "fork") == 0) {
		count(set, number, how_many >= 2);
		return 0;
	}
	count(set, number, how_many >= 1);
	check(wait(NULL), "wait");
	printf("two have counted: %d\n", *number);
	check(semctl(set, 0, IPC_RMID), "semctl");
	return 0;
}
