/*
 * Three letters in a queue: the sender puts them in, the receiver takes them
 * out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

struct letter {
	long type;		/* must be there, and more than 0 */
	char text[64];		/* ours: as we like it */
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
	strcpy(letter.text, "wiped");	/* the queue has its own copy */
}

static void
run_receiver(int queue)
{
	struct letter letter;
	long n;
	int i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	for (i = 0; i < 3; i++) {
		n = check(msgrcv(queue, &letter, sizeof(letter.text), 0, 0),
			  "msgrcv");
		printf("receiver: %ld bytes: %.*s\n", n, (int)n, letter.text);
	}
}

int
main(void)
{
	int queue = check(msgget(IPC_PRIVATE, 0600), "msgget");

	if (check(fork(), "fork") == 0) {
		run_receiver(queue);
		return 0;
	}
	put(queue, 1, "hello");
	put(queue, 1, "");
	put(queue, 1, "how are you");
	check(wait(NULL), "wait");
	check(msgctl(queue, IPC_RMID, NULL), "msgctl");
	return 0;
}
