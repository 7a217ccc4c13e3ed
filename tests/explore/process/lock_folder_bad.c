/* Wrong: both find no folder, and go on (mkdir(2), EEXIST).  */
#include <stdatomic.h>
#include <sys/stat.h>

#include "must.h"

static const char name[] = "lock_folder.lock";
static atomic_int *owners;

static void
run_process(void)
{
	if (access(name, F_OK) == 0)
		return;
	mkdir(name, 0700);
	*owners += 1;
}

int
main(void)
{
	int status;

	owners = share(sizeof(*owners));
	rmdir(name);
	start(run_process);
	start(run_process);
	status = finish(2);
	rmdir(name);
	must(*owners == 1, "one has the lock");
	return status;
}
