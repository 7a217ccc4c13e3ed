/*
 * The child writes into a mapped file and is killed at once: no msync, no
 * munmap, no close, no exit.  The parent reads the file.
 */
#include <fcntl.h>
#include <signal.h>
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
main(void)
{
	int fd = check(open("note", O_RDWR), "open");
	char text[32];
	int n;

	if (check(fork(), "fork") == 0) {
		char *p = check_map(mmap(NULL, 4096, PROT_READ | PROT_WRITE,
					 MAP_SHARED, fd, 0));

		memcpy(p, "SAVE", 4);
		raise(SIGKILL);
	}
	check(wait(NULL), "wait");
	n = check(read(fd, text, sizeof(text)), "read");
	printf("the file: %.*s\n", n - 1, text);
	return 0;
}
