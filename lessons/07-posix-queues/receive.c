/*
 * Take one message out of a queue.
 *
 *	receive NAME
 */
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>

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
	struct mq_attr attr;
	unsigned priority;
	mqd_t queue;
	char *text;
	long n;

	if (argc != 2) {
		fprintf(stderr, "usage: receive NAME\n");
		return 2;
	}
	queue = check(mq_open(argv[1], O_RDONLY), argv[1]);
	check(mq_getattr(queue, &attr), "mq_getattr");
	text = malloc(attr.mq_msgsize);
	if (!text)
		return 1;
	n = check(mq_receive(queue, text, attr.mq_msgsize, &priority),
		  "mq_receive");
	printf("received: %.*s, priority %u\n", (int)n, text, priority);
	free(text);
	return 0;
}
