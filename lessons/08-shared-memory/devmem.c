/*
 * Once upon a time: physical memory as a file.  Tries to open /dev/mem, and
 * to map the page at 64 MiB.  It does not touch it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

int
main(void)
{
	int fd = open("/dev/mem", O_RDONLY);

	if (fd == -1)
		printf("closed: open: %s\n", strerror(errno));
	else if (mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 64 << 20) ==
		 MAP_FAILED)
		printf("closed: mmap: %s\n", strerror(errno));
	else
		printf("open: this kernel lets you in\n");
	return 0;
}
