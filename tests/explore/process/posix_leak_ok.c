/* Right: the name of the memory is removed on both ways out.  */
#include <fcntl.h>
#include <stdatomic.h>

#include "must.h"

static _Atomic char *letter;

static void
run_writer(void)
{
	*letter = 'x';
}

int
main(void)
{
	char name[32];
	int fd;

	snprintf(name, sizeof(name), "/posix_leak.%d", getpid());
	fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
	must(fd != -1 && ftruncate(fd, 1) == 0, "there is memory of that name");
	letter = mmap(NULL, 1, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	must(letter != MAP_FAILED, "the memory can be mapped");
	close(fd);
	start(run_writer);
	if (*letter == 0) {
		shm_unlink(name);
		return finish(1);
	}
	must(*letter == 'x', "the letter is whole");
	shm_unlink(name);
	return finish(1);
}
