/*
 * Wrong on purpose: each word asks of a mechanism what it does not give, and
 * prints what the kernel says to that.
 */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const struct sockaddr_un place = { AF_UNIX, "place.socket" };

/* A message that is larger than the queue takes.  */
static int
too_large(void)
{
	struct mq_attr attr = { .mq_maxmsg = 1, .mq_msgsize = 16 };
	mqd_t queue = mq_open("/wrong", O_RDWR | O_CREAT, 0600, &attr);

	mq_unlink("/wrong");
	return mq_send(queue, "more than sixteen bytes", 23, 0);
}

/* A FIFO to somebody who is not there.  */
static int
nobody_reads(void)
{
	mknod("way", S_IFIFO | 0600, 0);
	return open("way", O_WRONLY | O_NONBLOCK);
}

/* A server that has gone, and has left its name behind.  */
static int
nobody_listens(void)
{
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);

	bind(listener, (const struct sockaddr *)&place, sizeof(place));
	close(listener);	/* its name in the folder stays */
	return connect(socket(AF_UNIX, SOCK_STREAM, 0),
		       (const struct sockaddr *)&place, sizeof(place));
}

/* A name that the last run left behind.  */
static int
still_there(void)
{
	nobody_listens();
	return bind(socket(AF_UNIX, SOCK_STREAM, 0),
		    (const struct sockaddr *)&place, sizeof(place));
}

static const struct {
	const char *word;
	int (*try)(void);
} wrongs[] = {
	{ "too-large", too_large }, { "nobody-reads", nobody_reads },
	{ "nobody-listens", nobody_listens }, { "still-there", still_there },
};

int
main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++)
		if (argc > 1 && strcmp(argv[1], wrongs[i].word) == 0 &&
		    wrongs[i].try() < 0)
			printf("%s: %s\n", argv[1], strerror(errno));
	return 0;
}
