/*
 * mq_notify by a thread: the C library runs a function when a message comes.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 64 };

static mqd_t queue;
static sem_t done;

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
on_message(union sigval unused)
{
	char text[SIZE];
	long n;

	(void)unused;
	n = check(mq_receive(queue, text, SIZE, NULL), "mq_receive");
	printf("thread: %.*s\n", (int)n, text);
	sem_post(&done);
}

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = SIZE };
	struct sigevent how = {
		.sigev_notify = SIGEV_THREAD,
		.sigev_notify_function = on_message,
	};

	queue = check(mq_open("/bell", O_CREAT | O_RDWR, 0600, &attr),
		      "mq_open");
	sem_init(&done, 0, 0);
	check(mq_notify(queue, &how), "mq_notify");
	check(mq_send(queue, "hello", 5, 0), "mq_send");
	sem_wait(&done);
	check(mq_unlink("/bell"), "mq_unlink");
	return 0;
}
