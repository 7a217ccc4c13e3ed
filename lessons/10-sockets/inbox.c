/*
 * The place where programs leave messages for the system's log, as /dev/log
 * is one: a datagram socket with a name.  Starts a program and prints the
 * message that it leaves.
 *
 *	inbox PROGRAM [ARGUMENT...]
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_un address = { .sun_family = AF_UNIX,
				      .sun_path = "log.sock" };

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

int
main(int argc, char *argv[])
{
	int s = check(socket(AF_UNIX, SOCK_DGRAM, 0), "socket");
	char text[512];
	long n;

	check(bind(s, (struct sockaddr *)&address, sizeof(address)), "bind");
	if (argc > 1 && check(fork(), "fork") == 0) {
		execvp(argv[1], argv + 1);
		check(-1, argv[1]);
	}
	n = check(recv(s, text, sizeof(text), 0), "recv");
	printf("inbox: %.*s\n", (int)n, text);
	while (wait(NULL) > 0)
		;
	return 0;
}
