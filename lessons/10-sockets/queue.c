/*
 * Clients come before the server looks: they wait in its queue.
 *
 *	queue [BACKLOG [CLIENTS]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_un address = { .sun_family = AF_UNIX,
				      .sun_path = "queue.sock" };

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
run_client(int number)
{
	int s = check(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
	char name = (char)('0' + number);

	check(connect(s, (struct sockaddr *)&address, sizeof(address)),
	      "connect");
	check(write(s, &name, 1), "write");
}

int
main(int argc, char *argv[])
{
	int backlog = argc > 1 ? atoi(argv[1]) : 5;
	int clients = argc > 2 ? atoi(argv[2]) : 1;
	int listener, i;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	listener = check(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
	check(bind(listener, (struct sockaddr *)&address, sizeof(address)),
	      "bind");
	check(listen(listener, backlog), "listen");
	for (i = 1; i <= clients; i++)
		if (check(fork(), "fork") == 0) {
			check(close(listener), "close");
			run_client(i);
			return 0;
		}
	for (i = 1; i <= clients; i++) {
		int s = check(accept(listener, NULL, NULL), "accept");
		char name;

		check(read(s, &name, 1), "read");
		printf("server: client %c\n", name);
		check(close(s), "close");
	}
	while (wait(NULL) > 0)
		;
	return 0;
}
