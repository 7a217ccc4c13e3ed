/*
 * Datagrams: the client sends a question, the server tries to answer to the
 * address that the question came from.
 *
 *	post [named|inet]	named: the client binds its socket first
 */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_un office = { .sun_family = AF_UNIX,
				     .sun_path = "office.sock" };
static struct sockaddr_un home = { .sun_family = AF_UNIX,
				   .sun_path = "home.sock" };
static struct sockaddr_in in = { .sin_family = AF_INET };

static struct sockaddr *to = (struct sockaddr *)&office;
static socklen_t length = sizeof(office);

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
run_client(int named)
{
	int s = check(socket(to->sa_family, SOCK_DGRAM, 0), "socket");
	char text[64];
	long n;

	if (named)
		check(bind(s, (struct sockaddr *)&home, sizeof(home)), "bind");
	check(sendto(s, "2+2?", 4, 0, to, length), "sendto");
	n = check(recv(s, text, sizeof(text), 0), "recv");
	printf("client: the answer is %.*s\n", (int)n, text);
}

int
main(int argc, char *argv[])
{
	const char *how = argc > 1 ? argv[1] : "";
	struct sockaddr_storage from;
	socklen_t from_length = sizeof(from);
	char text[64];
	int s;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (strcmp(how, "inet") == 0) {
		to = (struct sockaddr *)&in;
		length = sizeof(in);
	}
	s = check(socket(to->sa_family, SOCK_DGRAM, 0), "socket");
	check(bind(s, to, length), "bind");
	check(getsockname(s, to, &length), "getsockname");
	if (check(fork(), "fork") == 0) {
		check(close(s), "close");
		run_client(strcmp(how, "named") == 0);
		return 0;
	}
	check(recvfrom(s, text, sizeof(text), 0, (struct sockaddr *)&from,
		       &from_length), "recvfrom");
	if (sendto(s, "4", 1, 0, (struct sockaddr *)&from, from_length) == -1)
		printf("server: no way to answer: %s\n", strerror(errno));
	check(wait(NULL), "wait");
	return 0;
}
