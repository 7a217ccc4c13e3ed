/*
 * The same two clients, and a server that waits for all of its sockets at
 * once.
 *
 *	ready [poll|select|epoll]
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_un address = { .sun_family = AF_UNIX,
				      .sun_path = "ready.sock" };
static int connected[2], done[2];	/* pipes between Ann and Bob */
static char byte;

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

static int
connect_to_server(void)
{
	int s = check(socket(AF_UNIX, SOCK_STREAM, 0), "socket");

	check(connect(s, (struct sockaddr *)&address, sizeof(address)),
	      "connect");
	return s;
}

static void
ask(int s, const char *name)
{
	check(write(s, name, strlen(name)), "write");
	check(read(s, &byte, 1), "read");
	printf("%s: served\n", name);
}

static void
run_ann(void)
{
	int s = connect_to_server();

	check(write(connected[1], "!", 1), "write");
	check(read(done[0], &byte, 1), "read");
	ask(s, "Ann");
}

static void
run_bob(void)
{
	check(read(connected[0], &byte, 1), "read");
	ask(connect_to_server(), "Bob");
	check(write(done[1], "!", 1), "write");
}

/* Each of these three sleeps until one of the n sockets is ready, and says
 * which.  */
static int
with_poll(const int *s, int n)
{
	struct pollfd p[8];

	for (int i = 0; i < n; i++)
		p[i] = (struct pollfd){ .fd = s[i], .events = POLLIN };
	check(poll(p, n, -1), "poll");
	for (int i = 0; i < n; i++)
		if (p[i].revents)
			return i;
	return -1;
}

static int
with_select(const int *s, int n)
{
	fd_set set;
	int highest = 0;

	FD_ZERO(&set);
	for (int i = 0; i < n; i++) {
		FD_SET(s[i], &set);
		highest = s[i] > highest ? s[i] : highest;
	}
	check(select(highest + 1, &set, NULL, NULL, NULL), "select");
	for (int i = 0; i < n; i++)
		if (FD_ISSET(s[i], &set))
			return i;
	return -1;
}

static int
with_epoll(const int *s, int n)
{
	int e = check(epoll_create1(0), "epoll_create1");
	struct epoll_event event;

	for (int i = 0; i < n; i++) {
		event = (struct epoll_event){ .events = EPOLLIN,
					      .data.u32 = i };
		check(epoll_ctl(e, EPOLL_CTL_ADD, s[i], &event), "epoll_ctl");
	}
	check(epoll_wait(e, &event, 1, -1), "epoll_wait");
	check(close(e), "close");
	return event.data.u32;
}

static void
serve(int listener, int (*wait_for)(const int *s, int n))
{
	int s[8] = { listener }, n = 1, served = 0;

	while (served < 2) {
		int i = wait_for(s, n);

		if (i == 0) {		/* somebody connects */
			s[n++] = check(accept(listener, NULL, NULL), "accept");
			continue;
		}
		check(read(s[i], (char[16]){ 0 }, 16), "read");
		check(write(s[i], "!", 1), "write");
		check(close(s[i]), "close");
		s[i] = s[--n];
		served++;
	}
}

int
main(int argc, char *argv[])
{
	const char *how = argc > 1 ? argv[1] : "poll";
	int listener, i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	check(pipe(connected), "pipe");
	check(pipe(done), "pipe");
	listener = check(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
	check(bind(listener, (struct sockaddr *)&address, sizeof(address)),
	      "bind");
	check(listen(listener, 5), "listen");
	for (i = 0; i < 2; i++)
		if (check(fork(), "fork") == 0) {
			check(close(listener), "close");
			i == 0 ? run_ann() : run_bob();
			return 0;
		}
	serve(listener, strcmp(how, "select") == 0 ? with_select :
			strcmp(how, "epoll") == 0 ? with_epoll : with_poll);
	while (wait(NULL) > 0)
		;
	return 0;
}
