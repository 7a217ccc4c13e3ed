/* Wrong: the news have their name before they are whole (rename(2)).  */
#include <fcntl.h>
#include <sys/stat.h>

#include "must.h"

static const char name[] = "publish.news";

static void
run_writer(void)
{
	int fd = open(name, O_WRONLY | O_CREAT, 0600);

	must(fd != -1, "there is a file");
	must(write(fd, "news", 4) == 4, "it is written");
	close(fd);
}

static void
run_reader(void)
{
	struct stat status;

	if (stat(name, &status) == -1)
		return;
	must(status.st_size == 4, "what is there is whole");
}

int
main(void)
{
	int status;

	unlink(name);
	start(run_writer);
	start(run_reader);
	status = finish(2);
	unlink(name);
	return status;
}
