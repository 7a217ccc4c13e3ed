/*
 * Which message does msgrcv take?  Four are in the queue; the receiver asks
 * for as many as there are arguments.
 *
 *	types SELECTOR...	0, a type, -N: the lowest type up to N,
 *				notN: any but type N
 */
#define _GNU_SOURCE		/* MSG_EXCEPT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

struct letter {
	long type;
	char text[64];
};

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
put(int queue, long type, const char *text)
{
	struct letter letter = { .type = type };

	strcpy(letter.text, text);
	check(msgsnd(queue, &letter, strlen(text), 0), "msgsnd");
}

static void
take(int queue, const char *selector)
{
	int except = strncmp(selector, "not", 3) == 0;
	struct letter letter;
	long n;

	n = check(msgrcv(queue, &letter, sizeof(letter.text),
			 atol(selector + (except ? 3 : 0)),
			 except ? MSG_EXCEPT : 0), "msgrcv");
	printf("asked for %s: type %ld, %.*s\n", selector, letter.type,
	       (int)n, letter.text);
}

int
main(int argc, char *argv[])
{
	int queue = check(msgget(IPC_PRIVATE, 0600), "msgget"), i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	if (check(fork(), "fork") == 0) {
		for (i = 1; i < argc; i++)
			take(queue, argv[i]);
		return 0;
	}
	put(queue, 3, "three");
	put(queue, 1, "one");
	put(queue, 2, "two");
	put(queue, 1, "one again");
	check(wait(NULL), "wait");
	check(msgctl(queue, IPC_RMID, NULL), "msgctl");
	return 0;
}
