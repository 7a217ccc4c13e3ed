/* A connection, one that waits, datagrams, and a descriptor on its way. */
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_un door = { AF_UNIX, "door.sock" };
static struct sockaddr_un box = { AF_UNIX, "box.sock" };

static void
give(int s, int fd)
{
	char room[CMSG_SPACE(sizeof(fd))] = "";
	struct iovec text = { "hello", 5 };
	struct msghdr m = { 0 };
	struct cmsghdr *c = (struct cmsghdr *)(void *)room;

	m.msg_iov = &text;
	m.msg_iovlen = 1;
	m.msg_control = room;
	m.msg_controllen = sizeof(room);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(fd));
	memcpy(CMSG_DATA(c), &fd, sizeof(fd));
	sendmsg(s, &m, 0);
}

static int
visit(void)
{
	int s = socket(AF_UNIX, SOCK_STREAM, 0);

	connect(s, (struct sockaddr *)&door, sizeof(door));
	return s;
}

static void
visitor(void)
{
	int s = visit(), fd[2], letter = socket(AF_UNIX, SOCK_DGRAM, 0);
	char text[9];

	visit();
	pipe(fd);
	give(s, fd[1]);
	close(fd[1]);
	sendto(letter, "one", 3, 0, (struct sockaddr *)&box, sizeof(box));
	sendto(letter, "two", 3, 0, (struct sockaddr *)&box, sizeof(box));
	shutdown(s, SHUT_WR);
	read(s, text, sizeof(text));
	_exit(0);
}

int
main(void)
{
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	int letters = socket(AF_UNIX, SOCK_DGRAM, 0), s;
	char text[9];

	bind(listener, (struct sockaddr *)&door, sizeof(door));
	listen(listener, 5);
	bind(letters, (struct sockaddr *)&box, sizeof(box));
	if (fork() == 0)
		visitor();
	s = accept(listener, NULL, NULL);
	read(s, text, sizeof(text));
	write(s, "welcome", 7);
	wait(NULL);
	return 0;
}
