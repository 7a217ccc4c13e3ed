/*
 * Somebody removes the queue while the receiver sleeps for a message of type
 * 2, and another message lies in it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

struct letter {
	long type;
	char text[8];
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

int
main(void)
{
	struct letter letter = { .type = 1, .text = "for you" };
	int queue = check(msgget(IPC_PRIVATE, 0600), "msgget");

	if (check(fork(), "fork") == 0) {
		if (msgrcv(queue, &letter, sizeof(letter.text), 2, 0) == -1)
			printf("receiver: %s\n", strerror(errno));
		return 0;
	}
	check(msgsnd(queue, &letter, sizeof(letter.text), 0), "msgsnd");
	check(msgctl(queue, IPC_RMID, NULL), "msgctl");
	check(wait(NULL), "wait");
	return 0;
}
