/* Wrong: two write at their own end of the file.  To be found: the ends are the
 * same place, and one record is over the other.  */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/stat.h>

#include "must.h"

enum { RECORD = 4 };

static int file;

/* A description of its own: a descriptor of the parent shares its offset.  */
static int
open_again(void)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	fd = open(path, O_WRONLY);
	must(fd != -1, "the file can be opened");
	return fd;
}

static void
run_writer(void)
{
	int fd = open_again();

	lseek(fd, 0, SEEK_END);
	must(write(fd, "line", RECORD) == RECORD, "a record is written");
	close(fd);
}

int
main(void)
{
	struct stat status;

	file = memfd_create("log", 0);
	start(run_writer);
	start(run_writer);
	if (finish(2) != 0)
		return 1;
	must(fstat(file, &status) == 0 && status.st_size == 2 * RECORD,
	     "both records are there");
	close(file);
	return 0;
}
