/*
 * Put a message into the queue that belongs to a file, and make the queue if
 * it is not there.
 *
 *	put FILE NUMBER TEXT
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

struct letter {
	long type;
	char text[256];
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
main(int argc, char *argv[])
{
	struct letter letter = { .type = 1 };
	key_t key;
	int queue;

	if (argc != 4) {
		fprintf(stderr, "usage: put FILE NUMBER TEXT\n");
		return 2;
	}
	key = check(ftok(argv[1], atoi(argv[2])), argv[1]);
	queue = check(msgget(key, IPC_CREAT | 0600), "msgget");
	snprintf(letter.text, sizeof(letter.text), "%s", argv[3]);
	check(msgsnd(queue, &letter, strlen(letter.text), 0), "msgsnd");
	printf("put: key 0x%08x, queue %d\n", (unsigned)key, queue);
	return 0;
}
