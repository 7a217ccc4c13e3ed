/* Wrong: who counts shares the lock.  To be found: one reads the number before
 * the other has written it.  */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/file.h>

#include "must.h"

static int file;

/* A lock is of the description (flock(2)): each has its own.  */
static void
run_process(void)
{
	char path[64];
	int fd, number = 0;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	fd = open(path, O_RDWR);
	must(fd != -1, "the file can be opened");
	flock(fd, LOCK_SH);
	pread(fd, &number, sizeof(number), 0);
	number++;
	must(pwrite(fd, &number, sizeof(number), 0) == sizeof(number),
	     "the number is written");
	flock(fd, LOCK_UN);
	close(fd);
}

int
main(void)
{
	int number = 0;

	file = memfd_create("number", 0);
	start(run_process);
	start(run_process);
	if (finish(2) != 0)
		return 1;
	pread(file, &number, sizeof(number), 0);
	must(number == 2, "both counted");
	close(file);
	return 0;
}
