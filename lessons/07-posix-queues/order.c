/*
 * Three jobs with priorities: the sender puts them in, the receiver takes them
 * out.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 64 };

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
put(mqd_t queue, const char *text, unsigned priority)
{
	check(mq_send(queue, text, strlen(text), priority), "mq_send");
}

static void
run_receiver(mqd_t queue)
{
	char text[SIZE];
	unsigned priority;
	long n;
	int i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	for (i = 0; i < 3; i++) {
		n = check(mq_receive(queue, text, sizeof(text), &priority),
			  "mq_receive");
		printf("receiver: %.*s, priority %u\n", (int)n, text,
		       priority);
	}
}

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = SIZE };
	mqd_t queue = check(mq_open("/jobs", O_CREAT | O_RDWR, 0600, &attr),
			    "mq_open");

	if (check(fork(), "fork") == 0) {
		run_receiver(queue);
		return 0;
	}
	put(queue, "wash", 1);
	put(queue, "cook", 1);
	put(queue, "fire", 9);
	check(wait(NULL), "wait");
	check(mq_unlink("/jobs"), "mq_unlink");
	return 0;
}
