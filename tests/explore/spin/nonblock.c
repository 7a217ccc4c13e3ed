/* A pipe that is read until something is there, without sleeping in read().  */
#define _GNU_SOURCE
#include "spin.h"

#include <errno.h>
#include <fcntl.h>

struct shared { int none; };
static int end[2];

static void
work(int me)
{
	char c = 'x';
	ssize_t n;

	if (me == 0) {
		must(write(end[1], &c, 1) == 1, "it is sent");
		return;
	}
	while ((n = read(end[0], &c, 1)) < 0 && errno == EAGAIN)
		;
	must(n == 1 && c == 'x', "it comes");
}

int
main(void)
{
	share(sizeof(*shared));
	must(pipe2(end, O_NONBLOCK) == 0, "there is a pipe");
	return both();
}
