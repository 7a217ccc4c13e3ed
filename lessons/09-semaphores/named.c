/*
 * A POSIX semaphore with a name: whoever knows the name opens it.  The first
 * who does makes it, with its first value, in one step.
 *
 *	named		takes one, shows the value, and ends
 *	named unlink	removes the name
 */
#include <fcntl.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_VALUE = 3 };

/* Pass the result of a call on; stop with a message if it failed.  */
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
	sem_t *tickets;
	int left;

	if (argc > 1 && strcmp(argv[1], "unlink") == 0)
		return check(sem_unlink("/tickets"), "sem_unlink");
	tickets = sem_open("/tickets", O_CREAT, 0600, FIRST_VALUE);
	check(tickets == SEM_FAILED ? -1 : 0, "sem_open");
	check(sem_wait(tickets), "sem_wait");
	check(sem_getvalue(tickets, &left), "sem_getvalue");
	printf("tickets left: %d\n", left);
	return 0;
}
