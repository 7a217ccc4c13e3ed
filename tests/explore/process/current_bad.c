/* Wrong: between the two links there is none (symlink(2)).  */
#include <fcntl.h>

#include "must.h"

static const char name[] = "current.link";
static const char old[] = "current.1", new[] = "current.2";

static void
make(const char *file)
{
	int fd = open(file, O_WRONLY | O_CREAT, 0600);

	must(fd != -1, "there is a file");
	close(fd);
}

static void
run_changer(void)
{
	must(unlink(name) == 0, "the old one is gone");
	must(symlink(new, name) == 0, "there is a new one");
}

static void
run_reader(void)
{
	int fd = open(name, O_RDONLY);

	must(fd != -1, "there is always one that is current");
	close(fd);
}

int
main(void)
{
	int status;

	make(old);
	make(new);
	must(symlink(old, name) == 0, "there is a link");
	start(run_changer);
	start(run_reader);
	status = finish(2);
	unlink(name);
	unlink(old);
	unlink(new);
	return status;
}
