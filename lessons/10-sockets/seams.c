/*
 * Two sends.  How many does the receiver see?
 *
 *	seams [stream|datagram|packets] [ROOM]	ROOM: bytes for each recv
 */
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

static void
run_receiver(int s, int room)
{
	char text[64];
	long n;

	for (;;) {
		n = check(recv(s, text, room, 0), "recv");
		if (n == 0 || text[0] == '.')
			return;
		printf("receiver: %.*s\n", (int)n, text);
	}
}

int
main(int argc, char *argv[])
{
	const char *how = argc > 1 ? argv[1] : "stream";
	int room = argc > 2 ? atoi(argv[2]) : 64;
	int type = strcmp(how, "datagram") == 0 ? SOCK_DGRAM :
		   strcmp(how, "packets") == 0 ? SOCK_SEQPACKET : SOCK_STREAM;
	int s[2];

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	check(socketpair(AF_UNIX, type, 0, s), "socketpair");
	if (check(fork(), "fork") == 0) {
		check(close(s[0]), "close");
		run_receiver(s[1], room);
		return 0;
	}
	check(close(s[1]), "close");
	check(send(s[0], "10", 2, 0), "send");
	check(send(s[0], "24", 2, 0), "send");
	/* Datagrams have no end: this one says that it was the last.  */
	if (type == SOCK_DGRAM)
		check(send(s[0], ".", 1, 0), "send");
	check(close(s[0]), "close");
	check(wait(NULL), "wait");
	return 0;
}
