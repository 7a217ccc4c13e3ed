/*
 * Twenty datagrams to somebody who does not look.
 *
 *	full [udp]	udp: over 127.0.0.1, to a small buffer
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DATAGRAMS = 20 };

static struct sockaddr_un un = { .sun_family = AF_UNIX,
				 .sun_path = "full.sock" };
static struct sockaddr_in in = { .sin_family = AF_INET };

static struct sockaddr *to = (struct sockaddr *)&un;
static socklen_t length = sizeof(un);

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

static void
run_sender(void)
{
	int s = check(socket(to->sa_family, SOCK_DGRAM, 0), "socket");
	char text[100] = "";

	for (int i = 1; i <= DATAGRAMS; i++) {
		snprintf(text, sizeof(text), "datagram %d", i);
		check(sendto(s, text, sizeof(text), 0, to, length), "sendto");
	}
	printf("sender: %d sent\n", DATAGRAMS);
}

static void
run_receiver(int s, int flags)
{
	char text[100];
	int n = 0;

	while (n < DATAGRAMS && recv(s, text, sizeof(text), flags) >= 0)
		n++;
	printf("receiver: %d came\n", n);
}

int
main(int argc, char *argv[])
{
	int s, small = 2000;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (argc > 1 && strcmp(argv[1], "udp") == 0) {
		to = (struct sockaddr *)&in;
		length = sizeof(in);
	}
	s = check(socket(to->sa_family, SOCK_DGRAM, 0), "socket");
	if (to->sa_family == AF_INET)
		check(setsockopt(s, SOL_SOCKET, SO_RCVBUF, &small,
				 sizeof(small)), "SO_RCVBUF");
	check(bind(s, to, length), "bind");
	check(getsockname(s, to, &length), "getsockname");
	if (check(fork(), "fork") == 0) {
		check(close(s), "close");
		run_sender();
		return 0;
	}
	if (to->sa_family == AF_INET) {	/* take what is there at the end */
		check(wait(NULL), "wait");
		run_receiver(s, MSG_DONTWAIT);
	} else {
		run_receiver(s, 0);
		check(wait(NULL), "wait");
	}
	return 0;
}
