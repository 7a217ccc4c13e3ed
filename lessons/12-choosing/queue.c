/*
 * The ramdump service by a message queue: each dump is a message; the
 * collector sleeps until there is one.
 */
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DUMPS = 2 };

/* What a crash leaves behind.  */
static void
write_dump(int i, char *name, size_t room)
{
	int fd;

	snprintf(name, room, "dump.%d", i);
	fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	dprintf(fd, "registers of crash %d\n", i);
	close(fd);
}

static void
debuggerd(mqd_t queue)
{
	char name[16];

	for (int i = 1; i <= DUMPS; i++) {
		usleep(35000);		/* until something crashes */
		write_dump(i, name, sizeof(name));
		mq_send(queue, name, strlen(name) + 1, 0);
	}
}

static void
collect(const char *name)
{
	char bytes[256];
	int fd = open(name, O_RDONLY);
	ssize_t n = read(fd, bytes, sizeof(bytes));

	close(fd);
	printf("collected %s: %zd bytes\n", name, n);
	fflush(stdout);
}

static void
collector(mqd_t queue)
{
	char name[16];

	for (int i = 1; i <= DUMPS; i++)
		if (mq_receive(queue, name, sizeof(name), NULL) > 0)
			collect(name);
}

int
main(void)
{
	struct mq_attr attr = { .mq_maxmsg = 8, .mq_msgsize = 16 };
	mqd_t queue = mq_open("/ramdump", O_RDWR | O_CREAT | O_EXCL, 0600,
			      &attr);

	mq_unlink("/ramdump");	/* the descriptor is enough from here on */
	if (fork() == 0) {
		debuggerd(queue);
		_exit(0);
	}
	if (fork() == 0) {
		collector(queue);
		_exit(0);
	}
	while (wait(NULL) > 0)
		;
	mq_close(queue);
	return 0;
}
