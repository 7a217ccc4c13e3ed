/* Right: the parent waits until the child has ended (pidfd_open(2)).  */
#include <poll.h>
#include <stdatomic.h>
#include <sys/syscall.h>

#include "must.h"

static atomic_int *result;

static void
run_child(void)
{
	*result = 7;
}

int
main(void)
{
	struct pollfd child = { .events = POLLIN };
	int status;

	result = share(sizeof(*result));
	child.fd = (int)syscall(SYS_pidfd_open, start(run_child), 0);
	must(child.fd != -1, "there is a child");
	must(poll(&child, 1, -1) == 1, "it ends");
	must(*result == 7, "it has a result");
	close(child.fd);
	status = finish(1);
	return status;
}
