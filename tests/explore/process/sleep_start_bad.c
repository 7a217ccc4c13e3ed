/* Wrong: the client gives the server some time to come up.  To be found: it is
 * not up, and nobody listens.  */
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
	int fd;

	unlink(address.sun_path);
	start(run_server);
	usleep(100000);
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	must(connect(fd, (const struct sockaddr *)&address,
		     sizeof(address)) == 0, "the server is up");
	close(fd);
	unlink(address.sun_path);
	return finish(1);
}
