/*
 * echo TEXT...: a server that sends each client's text back, and behind it how
 * many bytes it were.  For each TEXT there is a client, which prints what
 * comes back.  "late:TEXT" connects, and says nothing before all the others
 * have ended; "-" sends a byte, and is gone.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
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

enum { MOST = 16 };	/* connections */

struct connection {
	int s;
	unsigned long total;
};

/* false: it is over.  A client that is gone does no harm.  */
static bool
serve(struct connection *c)
{
	char part[4096];
	ssize_t n = read(c->s, part, sizeof(part));

	if (n > 0) {
		c->total += (unsigned long)n;
		for (ssize_t did, at = 0; at < n; at += did) {
			did = write(c->s, part + at, (size_t)(n - at));
			if (did == -1 && errno == EINTR)
				did = 0;
			if (did == -1)
				return false;
		}
		return true;
	}
	if (n == -1 && errno == EINTR)
		return true;
	if (n == 0)
		dprintf(c->s, " %lu", c->total);
	return false;
}

static int
wait_for_any(int listener, const struct connection *c, int n,
	     struct pollfd *ready)
{
	ready[n] = (struct pollfd){ .fd = listener, .events = POLLIN };
	for (int i = 0; i < n; i++)
		ready[i] = (struct pollfd){ .fd = c[i].s, .events = POLLIN };
	return poll(ready, (nfds_t)n + 1, -1);
}

static void
run_server(int listener, int clients)
{
	struct connection c[MOST];
	struct pollfd ready[MOST + 1];
	int n = 0, come = 0;

	signal(SIGPIPE, SIG_IGN);
	while (n > 0 || come < clients) {
		if (wait_for_any(listener, c, n, ready) == -1) {
			if (errno != EINTR)
				check(-1, "poll");
			continue;
		}
		if (ready[n].revents) {
			c[n].s = check(accept(listener, NULL, NULL), "accept");
			c[n].total = 0;
			n++;
			come++;
			continue;
		}
		for (int i = n - 1; i >= 0; i--)
			if (ready[i].revents && !serve(&c[i])) {
				close(c[i].s);
				c[i] = c[--n];
			}
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
