/*
 * Waiting for a message, but not for ever: two seconds, which begin now.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
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
run_receiver(mqd_t queue)
{
	struct timespec until;
	char text[SIZE];
	long n;

	check(clock_gettime(CLOCK_REALTIME, &until), "clock_gettime");
	until.tv_sec += 2;
	n = mq_timedreceive(queue, text, sizeof(text), NULL, &until);
	if (n == -1)
		printf("receiver: %s\n", strerror(errno));
	else
		printf("receiver: %.*s\n", (int)n, text);
}

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = SIZE };
	mqd_t queue = check(mq_open("/post", O_CREAT | O_RDWR, 0600, &attr),
			    "mq_open");

	if (check(fork(), "fork") == 0) {
		run_receiver(queue);
		return 0;
	}
	check(sleep(5), "sleep");
	check(mq_send(queue, "hello", 5, 0), "mq_send");
	check(wait(NULL), "wait");
	check(mq_unlink("/post"), "mq_unlink");
	return 0;
}
