/* Right: the reader reads until the message is whole.  */
#include <string.h>
#include <sys/socket.h>

#include "must.h"

enum { HALF = 4, WHOLE = 8 };

static int ends[2];

static void
run_writer(void)
{
	must(write(ends[1], "head", HALF) == HALF, "the head is sent");
	must(write(ends[1], "tail", HALF) == HALF, "the tail is sent");
}

int
main(void)
{
	char message[WHOLE];
	ssize_t have = 0, n;

	must(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0,
	     "there is a socket");
	start(run_writer);
	close(ends[1]);
	while ((n = read(ends[0], message + have, WHOLE - have)) > 0)
		have += n;
	must(have == WHOLE && memcmp(message, "headtail", WHOLE) == 0,
	     "the message is whole");
	close(ends[0]);
	return finish(1);
}
