/* The client tries again, a while later each time: the sleep is between its
 * tries, and whether the server is up it asks.  */
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "must.h"

static const struct sockaddr_un address = {
	.sun_family = AF_UNIX, .sun_path = "sleep_start.tmp",
};

static void
run_server(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0), peer;

	must(bind(fd, (const struct sockaddr *)&address,
		  sizeof(address)) == 0, "the name is free");
	must(listen(fd, 1) == 0, "it can listen");
	peer = accept(fd, NULL, NULL);
	close(peer);
	close(fd);
}

int
main(void)
{
	useconds_t pause_us = 100;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	unlink(address.sun_path);
	start(run_server);
	while (connect(fd, (const struct sockaddr *)&address,
		       sizeof(address)) == -1) {
		usleep(pause_us);
		pause_us *= 2;
	}
	close(fd);
	unlink(address.sun_path);
	return finish(1);
}
