/*
 * Who is told, if one process has armed the bell, and another sleeps for a
 * message?
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
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
run_reader(mqd_t queue)
{
	char text[SIZE];
	long n;

	n = check(mq_receive(queue, text, SIZE, NULL), "mq_receive");
	printf("reader: %.*s\n", (int)n, text);
}

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = SIZE };
	struct sigevent how = {
		.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1,
	};
	mqd_t queue = check(mq_open("/bell", O_CREAT | O_RDWR, 0600, &attr),
			    "mq_open");

	signal(SIGUSR1, SIG_IGN);
	check(mq_notify(queue, &how), "mq_notify");
	if (check(fork(), "fork") == 0) {
		if (mq_notify(queue, &how) == -1)
			printf("reader: %s\n", strerror(errno));
		run_reader(queue);
		return 0;
	}
	check(mq_send(queue, "first", 5, 0), "mq_send");
	check(mq_send(queue, "second", 6, 0), "mq_send");
	check(wait(NULL), "wait");
	check(mq_unlink("/bell"), "mq_unlink");
	return 0;
}
