/*
 * The name is removed while the queue is open: what becomes of the messages,
 * and who can still use it?
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static long
count(mqd_t queue)
{
	struct mq_attr attr;

	check(mq_getattr(queue, &attr), "mq_getattr");
	return attr.mq_curmsgs;
}

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = SIZE };
	mqd_t old, new;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	old = check(mq_open("/door", O_CREAT | O_RDWR, 0600, &attr),
		    "mq_open");
	check(mq_send(old, "before", 6, 0), "mq_send");
	check(mq_unlink("/door"), "mq_unlink");
	check(mq_send(old, "after", 5, 0), "mq_send");
	printf("old: %ld messages\n", count(old));
	if (mq_open("/door", O_RDWR) == (mqd_t)-1)
		printf("the name: %s\n", strerror(errno));
	new = check(mq_open("/door", O_CREAT | O_RDWR, 0600, &attr),
		    "mq_open");
	printf("new: %ld messages\n", count(new));
	check(mq_unlink("/door"), "mq_unlink");
	return 0;
}
