/* A socket is asked for a connection until there is one.  */
#include "spin.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>

struct shared { int none; };
static struct sockaddr_un address = { .sun_family = AF_UNIX };
static socklen_t length = sizeof(sa_family_t);
static int listener;

static void
work(int me)
{
	int s;

	if (me == 0) {
		s = socket(AF_UNIX, SOCK_STREAM, 0);
		must(s >= 0, "there is a socket");
		must(connect(s, (struct sockaddr *)&address, length) == 0,
		     "it is connected");
		return;
	}
	while ((s = accept(listener, NULL, NULL)) < 0 && errno == EAGAIN)
		;
	must(s >= 0, "somebody comes");
}

int
main(void)
{
	share(sizeof(*shared));
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	must(listener >= 0, "there is a socket");
	/* The kernel chooses a name that nobody else has (unix(7)).  */
	must(bind(listener, (struct sockaddr *)&address, length) == 0 &&
	     listen(listener, 1) == 0, "it listens");
	length = sizeof(address);
	must(getsockname(listener, (struct sockaddr *)&address, &length) == 0,
	     "it has a name");
	return both();
}
