/*
 * A POSIX semaphore without a name, between two processes: it lies in memory
 * that both have, and is made for more than one process.
 */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void
say(const char *text)
{
	check(write(1, text, strlen(text)), "write");
}

static sem_t *
new_bell(void)
{
	sem_t *bell = mmap(NULL, sizeof(*bell), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	check(bell == MAP_FAILED ? -1 : 0, "mmap");
	check(sem_init(bell, 1, 0), "sem_init");
	return bell;
}

int
main(void)
{
	sem_t *bell = new_bell();

	if (check(fork(), "fork") == 0) {
		check(sem_wait(bell), "sem_wait");
		say("host: I open\n");
		return 0;
	}
	say("guest: I ring\n");
	check(sem_post(bell), "sem_post");
	check(wait(NULL), "wait");
	return 0;
}
