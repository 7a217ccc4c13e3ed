/* Wrong: a second is enough for the child to write its file, the parent
 * thinks.  To be found: nothing says so; and that it is the sleep.  */
#include <fcntl.h>
#include <sys/stat.h>

#include "must.h"

static const char name[] = "sleep_reader.tmp";

static void
run_writer(void)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);

	must(fd != -1, "the file can be made");
	must(write(fd, "x", 1) == 1, "it can be written");
	close(fd);
}

int
main(void)
{
	struct stat found;

	unlink(name);
	start(run_writer);
	sleep(1);
	must(stat(name, &found) == 0 && found.st_size == 1,
	     "the file is there");
	unlink(name);
	return finish(1);
}
