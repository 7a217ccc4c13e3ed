/*
 * One process waits for two queues at once: poll knows them, as they are
 * descriptors.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 64 };

static const char *const names[] = { "/news", "/orders" };

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

static mqd_t
open_queue(const char *name)
{
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = SIZE };

	return check(mq_open(name, O_CREAT | O_RDWR, 0600, &attr), name);
}

static void
run_clerk(mqd_t news, mqd_t orders)
{
	struct pollfd fds[] = {
		{ .fd = news, .events = POLLIN },
		{ .fd = orders, .events = POLLIN },
	};
	char text[SIZE];
	long n;
	int done, i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	for (done = 0; done < 2; ) {
		check(poll(fds, 2, -1), "poll");
		for (i = 0; i < 2; i++) {
			if (!(fds[i].revents & POLLIN))
				continue;
			n = check(mq_receive(fds[i].fd, text, SIZE, NULL),
				  "mq_receive");
			printf("clerk: from %s: %.*s\n", names[i], (int)n,
			       text);
			done++;
		}
	}
}

int
main(void)
{
	mqd_t news = open_queue(names[0]), orders = open_queue(names[1]);

	if (check(fork(), "fork") == 0) {
		run_clerk(news, orders);
		return 0;
	}
	check(mq_send(orders, "two coffees", 11, 0), "mq_send");
	check(mq_send(news, "it rains", 8, 0), "mq_send");
	check(wait(NULL), "wait");
	check(mq_unlink(names[0]), "mq_unlink");
	check(mq_unlink(names[1]), "mq_unlink");
	return 0;
}
