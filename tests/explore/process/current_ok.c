/* Right: the new link takes the place of the old one (rename(2)).  */
#include <fcntl.h>

#include "must.h"

static const char name[] = "current.link", next[] = "current.next";
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
	must(symlink(new, next) == 0, "there is a link");
	must(rename(next, name) == 0, "it takes the other's place");
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
