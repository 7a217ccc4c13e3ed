/*
 * A queue for three messages: the writer sends five, the reader takes them.
 *
 *	full [SIZE]		bytes of a message, up to 1000; 1
 */
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROOM = 3, MESSAGES = 5, MOST = 1000 };

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
	struct mq_attr attr = { .mq_maxmsg = ROOM, .mq_msgsize = MOST };
	long size = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
	char text[MOST];
	mqd_t queue;
	int i;

	queue = check(mq_open("/small", O_CREAT | O_RDWR, 0600, &attr),
		      "mq_open");
	if (check(fork(), "fork") == 0) {
		for (i = 0; i < MESSAGES; i++)
			check(mq_receive(queue, text, MOST, NULL),
			      "mq_receive");
		return 0;
	}
	for (i = 0; i < MESSAGES; i++) {
		memset(text, 'a' + i, MOST);
		check(mq_send(queue, text, size, 0), "mq_send");
	}
	check(wait(NULL), "wait");
	check(mq_unlink("/small"), "mq_unlink");
	return 0;
}
