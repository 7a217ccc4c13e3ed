/*
 * A file as memory: what is written into the mapping is written to the file.
 *
 *	filemap [private]	private: a mapping of its own
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
main(int argc, char *argv[])
{
	int private = argc > 1 && strcmp(argv[1], "private") == 0;
	int fd = check(open("note", O_RDWR), "open");
	char *p = check_map(mmap(NULL, 4096, PROT_READ | PROT_WRITE,
				 private ? MAP_PRIVATE : MAP_SHARED, fd, 0));
	char text[32];
	int n;

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	printf("memory: %.12s\n", p);
	memcpy(p, "GOOD", 4);
	printf("memory: %.12s\n", p);
	n = check(pread(fd, text, sizeof(text), 0), "pread");
	printf("file:   %.*s\n", n - 1, text);
	return 0;
}
