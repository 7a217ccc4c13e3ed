/*
 * Things that can go wrong with a POSIX queue, done on purpose.
 *
 *	errors [NAME]		only the one of that name
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { MOST = 2, SIZE = 64 };

static char text[100];

static long
no_queue(mqd_t queue)
{
	(void)queue;
	return mq_open("/nobody", O_RDWR);
}

static long
already_there(mqd_t queue)
{
	(void)queue;
	return mq_open("/errors", O_RDWR | O_CREAT | O_EXCL, 0600, NULL);
}

static long
no_slash(mqd_t queue)
{
	(void)queue;
	return mq_open("errors", O_RDWR);
}

static long
too_many_wanted(mqd_t queue)
{
	struct mq_attr attr = { .mq_maxmsg = 100000, .mq_msgsize = SIZE };

	(void)queue;
	return mq_open("/large", O_RDWR | O_CREAT, 0600, &attr);
}

static long
too_much_in_all(mqd_t queue)
{
	struct mq_attr attr = { .mq_maxmsg = MOST, .mq_msgsize = SIZE };
	struct rlimit none = { 0, 0 };

	(void)queue;
	setrlimit(RLIMIT_MSGQUEUE, &none);
	return mq_open("/another", O_RDWR | O_CREAT, 0600, &attr);
}

static long
too_large(mqd_t queue)
{
	return mq_send(queue, text, SIZE + 1, 0);
}

static long
small_buffer(mqd_t queue)
{
	if (mq_send(queue, "hi", 2, 0) == -1)
		return -1;
	return mq_receive(queue, text, SIZE - 1, NULL);
}

static long
too_urgent(mqd_t queue)
{
	return mq_send(queue, "hi", 2, 32768);
}

static long
nothing_there(mqd_t queue)
{
	struct mq_attr nonblock = { .mq_flags = O_NONBLOCK };

	if (mq_setattr(queue, &nonblock, NULL) == -1)
		return -1;
	return mq_receive(queue, text, SIZE, NULL);
}

static long
wrong_mode(mqd_t queue)
{
	(void)queue;
	return mq_send(mq_open("/errors", O_RDONLY), "hi", 2, 0);
}

static long
too_late(mqd_t queue)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	now.tv_sec++;
	return mq_timedreceive(queue, text, SIZE, NULL, &now);
}

static const struct {
	const char *name;
	long (*go)(mqd_t queue);
} tries[] = {
	{ "no-queue", no_queue },
	{ "already-there", already_there },
	{ "no-slash", no_slash },
	{ "too-many-wanted", too_many_wanted },
	{ "too-large", too_large },
	{ "small-buffer", small_buffer },
	{ "too-urgent", too_urgent },
	{ "nothing-there", nothing_there },
	{ "wrong-mode", wrong_mode },
	{ "too-late", too_late },
	{ "too-much-in-all", too_much_in_all },
};

int
main(int argc, char *argv[])
{
	struct mq_attr attr = { .mq_maxmsg = MOST, .mq_msgsize = SIZE };
	size_t i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	for (i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		mqd_t queue;

		if (argc > 1 && strcmp(argv[1], tries[i].name) != 0)
			continue;
		queue = mq_open("/errors", O_RDWR | O_CREAT, 0600, &attr);
		if (queue == (mqd_t)-1 || tries[i].go(queue) == -1)
			printf("%s: %s\n", tries[i].name, strerror(errno));
		else
			printf("%s: it worked\n", tries[i].name);
		mq_close(queue);
		mq_unlink("/errors");
	}
	return 0;
}
