/*
 * Puts up a notice in shared memory, on /ipclab-board, and goes home.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
	int fd = check(shm_open("/ipclab-board", O_CREAT | O_EXCL | O_RDWR,
				0600), "shm_open");
	char *board;

	check(ftruncate(fd, 4096), "ftruncate");
	board = check_map(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED,
			       fd, 0));
	check(close(fd), "close");
	strcpy(board, "the bridge is closed");
	printf("host: it is on the board\n");
	return 0;
}
