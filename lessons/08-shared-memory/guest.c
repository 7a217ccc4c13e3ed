/*
 * Reads the notice that the host has put up, and takes the board down.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Pass the result of a system call on; stop with a message if it failed.  */
static long
check(long result, const char *what)
{
	if (result == -1) {
		perror(what);
		exit(1);
	}
	return result;
}

/* The same for mmap, which says MAP_FAILED.  */
static void *
check_map(void *p)
{
	check(p == MAP_FAILED ? -1 : 0, "mmap");
	return p;
}

int
main(void)
{
	int fd = check(shm_open("/ipclab-board", O_RDONLY, 0), "shm_open");
	char *board = check_map(mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd,
				     0));

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	printf("guest: %s\n", board);
	check(shm_unlink("/ipclab-board"), "shm_unlink");
	printf("guest: still %s\n", board);
	return 0;
}
