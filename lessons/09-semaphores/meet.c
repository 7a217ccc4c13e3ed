/*
 * A semaphore as a signal: it begins at 0, and whoever needs what another has
 * done takes from it.
 *
 *	meet		the cook gives when the soup is ready
 *	meet both	each of the two waits for the other
 *	meet wrong	the same in the wrong order
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SOUP, TABLE };		/* the two semaphores of the set */

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
say(const char *text)
{
	check(write(1, text, strlen(text)), "write");
}

static void
add(int set, int number, int by)
{
	struct sembuf op = { .sem_num = number, .sem_op = by };

	check(semop(set, &op, 1), "semop");
}

static void
cook(int set)
{
	say("cook: the soup is ready\n");
	add(set, SOUP, 1);
}

static void
guest(int set)
{
	add(set, SOUP, -1);
	say("guest: I eat\n");
}

/* Each says what it has done, then waits for the other.  */
static void
cook_both(int set)
{
	add(set, SOUP, 1);
	add(set, TABLE, -1);
	say("cook: I sit down\n");
}

static void
guest_both(int set)
{
	add(set, TABLE, 1);
	add(set, SOUP, -1);
	say("guest: I sit down\n");
}

/* Wrong on purpose: each waits first, and so nobody comes to say anything.  */
static void
cook_wrong(int set)
{
	add(set, TABLE, -1);
	add(set, SOUP, 1);
	say("cook: I sit down\n");
}

static void
guest_wrong(int set)
{
	add(set, SOUP, -1);
	add(set, TABLE, 1);
	say("guest: I sit down\n");
}

int
main(int argc, char *argv[])
{
	const char *how = argc > 1 ? argv[1] : "";
	int both = strcmp(how, "both") == 0, wrong = strcmp(how, "wrong") == 0;
	int set = check(semget(IPC_PRIVATE, 2, 0600), "semget");

	if (check(fork(), "fork") == 0) {
		(both ? guest_both : wrong ? guest_wrong : guest)(set);
		return 0;
	}
	(both ? cook_both : wrong ? cook_wrong : cook)(set);
	check(wait(NULL), "wait");
	check(semctl(set, 0, IPC_RMID), "semctl");
	return 0;
}
