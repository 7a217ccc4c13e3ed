/* A message queue that is read until something is there, with a sleep that
 * grows.  */
#include "spin.h"

#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <time.h>

struct shared { int none; };
static mqd_t queue;

static void
work(int me)
{
	struct timespec pause = { 0, 1000 };
	char text[8] = "hello";
	ssize_t n;

	if (me == 0) {
		must(mq_send(queue, text, 6, 0) == 0, "it is sent");
		return;
	}
	while ((n = mq_receive(queue, text, sizeof(text), NULL)) < 0 &&
	       errno == EAGAIN) {
		nanosleep(&pause, NULL);
		if (pause.tv_nsec < 100000000)
			pause.tv_nsec *= 2;
	}
	must(n == 6, "it comes");
}

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 2, .mq_msgsize = 8 };
	int failed;

	share(sizeof(*shared));
	queue = mq_open("/spin", O_CREAT | O_RDWR | O_NONBLOCK, 0600, &attr);
	must(queue != (mqd_t)-1, "there is a queue");
	failed = both();
	mq_unlink("/spin");
	return failed;
}
