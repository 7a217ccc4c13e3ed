/*
 * Wrong on purpose: this server serves one client after the other.  Ann
 * connects first, but asks only when Bob is done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_un address = { .sun_family = AF_UNIX,
				      .sun_path = "turns.sock" };
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

int
main(void)
{
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
	for (i = 0; i < 2; i++) {
		int s = check(accept(listener, NULL, NULL), "accept");
		char text[16];

		check(read(s, text, sizeof(text)), "read");
		check(write(s, "!", 1), "write");
		check(close(s), "close");
	}
	while (wait(NULL) > 0)
		;
	return 0;
}
