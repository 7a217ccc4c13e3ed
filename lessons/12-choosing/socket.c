/*
 * The ramdump service by a socket: debuggerd connects and sends each dump's
 * name; the collector knows who is speaking, and answers when it is done.
 */
#define _GNU_SOURCE	/* struct ucred */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DUMPS = 2 };

static const struct sockaddr_un place = { AF_UNIX, "dumps.socket" };

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
debuggerd(int listener)
{
	int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);
	char name[16], done;

	close(listener);
	connect(fd, (const struct sockaddr *)&place, sizeof(place));
	for (int i = 1; i <= DUMPS; i++) {
		usleep(35000);		/* until something crashes */
		write_dump(i, name, sizeof(name));
		send(fd, name, strlen(name) + 1, 0);
		if (recv(fd, &done, 1, 0) == 1)
			unlink(name);	/* it is collected: no more needed */
	}
	close(fd);
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
collector(int listener)
{
	int fd = accept(listener, NULL, NULL);
	struct ucred peer;
	socklen_t size = sizeof(peer);
	char name[16];

	getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size);
	if (peer.uid != getuid())
		_exit(1);	/* it is not one of us */
	while (recv(fd, name, sizeof(name), 0) > 0) {
		collect(name);
		send(fd, "", 1, 0);
	}
	close(fd);
}

int
main(void)
{
	int listener = socket(AF_UNIX, SOCK_SEQPACKET, 0);

	bind(listener, (const struct sockaddr *)&place, sizeof(place));
	listen(listener, 1);
	if (fork() == 0) {
		debuggerd(listener);
		_exit(0);
	}
	if (fork() == 0) {
		collector(listener);
		_exit(0);
	}
	while (wait(NULL) > 0)
		;
	unlink(place.sun_path);
	return 0;
}
