/*
 * Take a message out of the queue that belongs to a file.
 *
 *	get FILE NUMBER
 */
#include <stdio.h>
#include <stdlib.h>
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
	struct letter letter;
	key_t key;
	long n;
	int queue;

	if (argc != 3) {
		fprintf(stderr, "usage: get FILE NUMBER\n");
		return 2;
	}
	key = check(ftok(argv[1], atoi(argv[2])), argv[1]);
	queue = check(msgget(key, 0), "msgget");
	n = check(msgrcv(queue, &letter, sizeof(letter.text), 0, 0), "msgrcv");
	printf("get: key 0x%08x, queue %d: %.*s\n", (unsigned)key, queue,
	       (int)n, letter.text);
	return 0;
}
