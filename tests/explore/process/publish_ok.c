/* Right: the news have their name when they are whole (rename(2)).  */
#include <fcntl.h>
#include <sys/stat.h>

#include "must.h"

static const char name[] = "publish.news", draft[] = "publish.draft";

static void
run_writer(void)
{
	int fd = open(draft, O_WRONLY | O_CREAT, 0600);

	must(fd != -1, "there is a file");
	must(write(fd, "news", 4) == 4, "it is written");
	close(fd);
	must(rename(draft, name) == 0, "it is published");
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
