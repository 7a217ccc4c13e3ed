/*
 * echo TEXT...: a server that sends each client's text back, and behind it how
 * many bytes it were.  For each TEXT there is a client, which prints what
 * comes back.  "late:TEXT" connects, and says nothing before all the others
 * have ended; "-" sends a byte, and is gone.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct sockaddr_un address = { .sun_family = AF_UNIX,
					    .sun_path = "echo.sock" };

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

/* A child of the server has ended.  The signal breaks off calls that sleep
 * (EINTR), so that the server comes to look after its children.  */
static void
wake_up(int signal)
{
	(void)signal;
}

static int
make_listener(void)
{
	int s = check(socket(AF_UNIX, SOCK_STREAM, 0), "socket");

	check(bind(s, (const struct sockaddr *)&address, sizeof(address)),
	      "bind");
	check(listen(s, 8), "listen");
	return s;
}

static int
connect_to_server(void)
{
	int s = check(socket(AF_UNIX, SOCK_STREAM, 0), "socket");

	check(connect(s, (const struct sockaddr *)&address, sizeof(address)),
	      "connect");
	return s;
}

/* A socket may take less than it is given.  */
static void
send_all(int s, const char *bytes, size_t n)
{
	for (ssize_t did; n > 0; bytes += did, n -= (size_t)did)
		did = check(write(s, bytes, n), "write");
}

static void
ask(int s, const char *text)
{
	char part[4096];
	size_t n;

	send_all(s, text, strlen(text));
	check(shutdown(s, SHUT_WR), "shutdown");
	while ((n = (size_t)check(read(s, part, sizeof(part)), "read")) > 0)
		fwrite(part, 1, n, stdout);
	putchar('\n');
}

/* others: a pipe.  Whoever is not late has its write end until he ends.  */
static void
run_client(const char *text, const int others[2])
{
	int s = connect_to_server();
	char byte;

	signal(SIGPIPE, SIG_IGN);
	if (strncmp(text, "late:", 5) == 0) {
		text += 5;
		close(others[1]);
		check(read(others[0], &byte, 1), "read");
	}
	if (strcmp(text, "-") == 0)
		check(write(s, text, 1), "write");
	else
		ask(s, text);
}

/* The handler is inherited: here, too, a signal may come in between.  */
static ssize_t
read_part(int s, char *part, size_t room)
{
	ssize_t n;

	do
		n = read(s, part, room);
	while (n == -1 && errno == EINTR);
	return n;
}

/* In a process of its own.  A client that is gone does no harm.  */
static void
serve(int s)
{
	char part[4096];
	unsigned long total = 0;
	ssize_t n, did;
	int len;

	while ((n = read_part(s, part, sizeof(part))) > 0) {
		total += (unsigned long)n;
		for (ssize_t at = 0; at < n; at += did) {
			did = send(s, part + at, (size_t)(n - at),
				   MSG_NOSIGNAL);
			if (did == -1 && errno == EINTR)
				did = 0;
			if (did == -1)
				return;
		}
	}
	if (n == -1)
		return;
	len = snprintf(part, sizeof(part), " %lu", total);
	send(s, part, (size_t)len, MSG_NOSIGNAL);
}

static void
run_server(int listener, int clients)
{
	int s;

	while (clients > 0) {
		s = accept(listener, NULL, NULL);
		if (s == -1 && errno == EINTR)
			continue;
		check(s, "accept");
		clients--;
		if (check(fork(), "fork") == 0) {
			close(listener);
			serve(s);
			exit(0);
		}
		close(s);
	}
	close(listener);
}

int
main(int argc, char **argv)
{
	const struct sigaction on_end = { .sa_handler = wake_up };
	int listener = make_listener(), others[2];

	check(pipe(others), "pipe");
	for (int i = 1; i < argc; i++)
		if (check(fork(), "fork") == 0) {
			close(listener);
			run_client(argv[i], others);
			return 0;
		}
	close(others[0]);
	close(others[1]);
	check(sigaction(SIGCHLD, &on_end, NULL), "sigaction");
	run_server(listener, argc - 1);
	while (wait(NULL) != -1 || errno == EINTR)
		;
	unlink(address.sun_path);
	return 0;
}
