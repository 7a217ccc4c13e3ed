/*
 * A file of 100 bytes, mapped with two pages.  Where can one write?
 *
 *	bus PLACE		one byte is written there
 *	bus shrink		another process makes the file shorter first
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
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
main(int argc, char *argv[])
{
	int fd = check(open("short", O_RDWR | O_CREAT, 0600), "open");
	long place = argc > 1 ? atol(argv[1]) : 0;
	char *p;

	check(ftruncate(fd, 100), "ftruncate");
	p = check_map(mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
			   0));
	if (argc > 1 && strcmp(argv[1], "shrink") == 0) {
		if (check(fork(), "fork") == 0) {
			check(ftruncate(fd, 0), "ftruncate");
			return 0;
		}
		check(wait(NULL), "wait");
	}
	p[place] = 'x';
	printf("byte %ld: written\n", place);
	return 0;
}
