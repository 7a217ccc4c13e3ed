/*
 * A descriptor goes through a socket.
 *
 *	pass [pipe|surplus]
 *		pipe: it is the only write end of a pipe, closed once it is
 *		sent; surplus: two are sent, and there is room for one
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* Room for the control message that carries up to two descriptors.  */
union control {
	struct cmsghdr align;
	char bytes[CMSG_SPACE(2 * sizeof(int))];
};

/* One byte, and n descriptors with it.  */
static void
send_fds(int s, const int *fd, int n)
{
	union control control = { 0 };
	struct iovec byte = { "!", 1 };
	struct msghdr m = { .msg_iov = &byte, .msg_iovlen = 1,
			    .msg_control = control.bytes,
			    .msg_controllen = CMSG_SPACE(n * sizeof(int)) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(n * sizeof(int));
	memcpy(CMSG_DATA(c), fd, n * sizeof(int));
	check(sendmsg(s, &m, 0), "sendmsg");
}

/* The first descriptor that comes; room for one.  */
static int
receive_fd(int s)
{
	union control control = { 0 };
	char byte;
	struct iovec part = { &byte, 1 };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1,
			    .msg_control = control.bytes,
			    .msg_controllen = CMSG_LEN(sizeof(int)) };
	int fd;

	check(recvmsg(s, &m, 0), "recvmsg");
	if (m.msg_flags & MSG_CTRUNC)
		printf("receiver: MSG_CTRUNC: some had no room\n");
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof(fd));
	return fd;
}

static void
pass_file(int s)
{
	int fd = check(open("notes.txt", O_RDONLY), "open");
	char text[8];

	check(read(fd, text, 4), "read");	/* "one " */
	send_fds(s, &fd, 1);
}

static void
receive_file(int s)
{
	char text[64];
	int fd = receive_fd(s);
	long n = check(read(fd, text, sizeof(text)), "read");

	printf("receiver: %.*s\n", (int)n, text);
}

static void
pass_pipe(int s)
{
	int fd[2];
	char text[8];
	long n;

	check(pipe(fd), "pipe");
	send_fds(s, &fd[1], 1);
	check(close(fd[1]), "close");
	n = check(read(fd[0], text, sizeof(text)), "read");
	printf("sender: %.*s\n", (int)n, text);
}

static void
receive_pipe(int s)
{
	check(write(receive_fd(s), "thanks", 6), "write");
}

static void
pass_two(int s)
{
	int fd[2];

	check(pipe(fd), "pipe");
	send_fds(s, fd, 2);
	check(close(fd[0]), "close");
	check(close(fd[1]), "close");
}

static void
receive_one(int s)
{
	check(close(receive_fd(s)), "close");
}

static const struct {
	const char *name;
	void (*pass)(int s), (*receive)(int s);
} ways[] = {
	{ "file", pass_file, receive_file },
	{ "pipe", pass_pipe, receive_pipe },
	{ "surplus", pass_two, receive_one },
};

int
main(int argc, char *argv[])
{
	int s[2], way = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	while (argc > 1 && way < 2 && strcmp(argv[1], ways[way].name) != 0)
		way++;
	check(socketpair(AF_UNIX, SOCK_STREAM, 0, s), "socketpair");
	if (check(fork(), "fork") == 0) {
		check(close(s[0]), "close");
		ways[way].receive(s[1]);
		return 0;
	}
	check(close(s[1]), "close");
	ways[way].pass(s[0]);
	check(close(s[0]), "close");
	check(wait(NULL), "wait");
	return 0;
}
