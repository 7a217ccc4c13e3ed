/* Wrong: one counts under the lock of the first byte, three under that of the
 * second.  To be found: one of the three counts between the two looks of the
 * one.  */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdatomic.h>

#include "must.h"

enum { OTHERS = 3 };

static atomic_int *counter;
static int file;

/* A record lock on one byte, of this process (fcntl(2), F_SETLKW).  */
static void
set_lock(off_t byte, short kind)
{
	struct flock range = { .l_type = kind, .l_whence = SEEK_SET,
			       .l_start = byte, .l_len = 1 };

	must(fcntl(file, F_SETLKW, &range) == 0, "the lock can be set");
}

static void
run_one(void)
{
	int before;

	set_lock(0, F_WRLCK);
	before = *counter;
	*counter += 1;
	must(*counter == before + 1, "nobody counts while I have the lock");
	set_lock(0, F_UNLCK);
}

static void
run_other(void)
{
	set_lock(1, F_WRLCK);
	*counter += 1;
	set_lock(1, F_UNLCK);
}

int
main(void)
{
	int status;

	counter = share(sizeof(*counter));
	file = memfd_create("counter", 0);
	must(file != -1, "there is a file to lock");
	start(run_one);
	for (int i = 0; i < OTHERS; i++)
		start(run_other);
	status = finish(OTHERS + 1);
	close(file);
	return status;
}
