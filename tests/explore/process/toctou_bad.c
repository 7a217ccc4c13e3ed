/* Wrong: who finds no lock file makes one.  To be found: both look before there
 * is one, and both have the lock.  */
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/stat.h>

#include "must.h"

static const char name[] = "toctou.lock";
static atomic_int *owners;

static void
run_process(void)
{
	struct stat status;
	int fd;

	if (stat(name, &status) == 0)
		return;
	fd = open(name, O_WRONLY | O_CREAT, 0600);
	if (fd == -1)
		return;
	close(fd);
	*owners += 1;
}

int
main(void)
{
	int status;

	owners = share(sizeof(*owners));
	unlink(name);
	start(run_process);
	start(run_process);
	status = finish(2);
	unlink(name);
	must(*owners == 1, "one has the lock");
	return status;
}
