/*
 * Send a message to a queue, and make the queue if it is not there.
 *
 *	send NAME PRIORITY TEXT
 */
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	mqd_t queue;

	if (argc != 4) {
		fprintf(stderr, "usage: send NAME PRIORITY TEXT\n");
		return 2;
	}
	queue = check(mq_open(argv[1], O_WRONLY | O_CREAT, 0600, NULL),
		      argv[1]);
	check(mq_send(queue, argv[3], strlen(argv[3]), atoi(argv[2])),
	      "mq_send");
	check(mq_close(queue), "mq_close");
	return 0;
}
