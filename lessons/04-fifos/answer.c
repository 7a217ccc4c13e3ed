/*
 * A server that answers: each client makes a FIFO of its own, and asks by
 * writing its name, 4 letters.  One client asks and does not stay.
 *
 *	answer wait		wrong on purpose: waits for each client
 *	answer nowait		waits for none
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LETTERS = 4 };

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

/* Ask; wait for the answer only if we stay.  */
static void
start_client(const char *name, int stays)
{
	char text[16];
	int door, mine = -1;
	long n;

	if (check(fork(), "fork") != 0)
		return;
	check(mkfifo(name, 0600), "mkfifo");
	if (stays)		/* with both ends: waits for nobody */
		mine = check(open(name, O_RDWR), "open");
	door = check(open("door", O_WRONLY), "open");
	check(write(door, name, LETTERS), "write");
	if (stays) {
		n = check(read(mine, text, sizeof(text)), "read");
		printf("%s has got %.*s\n", name, (int)n, text);
	}
	exit(0);
}

static void
answer(const char *name, int flags)
{
	int out = open(name, O_WRONLY | flags);

	if (out == -1) {
		printf("no answer for %s: %s\n", name, strerror(errno));
		return;
	}
	check(write(out, "tea", 3), "write");
	check(close(out), "close");
}

int
main(int argc, char *argv[])
{
	int flags = argc > 1 && strcmp(argv[1], "nowait") == 0 ? O_NONBLOCK : 0;
	char name[LETTERS + 1] = "";
	int door, i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	check(mkfifo("door", 0600), "mkfifo");
	start_client("lazy", 0);
	start_client("good", 1);
	door = check(open("door", O_RDWR), "open");	/* sees no end */
	for (i = 0; i < 2; i++) {
		check(read(door, name, LETTERS), "read");
		answer(name, flags);
	}
	check(wait(NULL), "wait");
	check(wait(NULL), "wait");
	return 0;
}
