/*
 * A memfd: memory with a descriptor and no name.  The maker seals it, so that
 * whoever gets it can rely on it.
 */
#define _GNU_SOURCE
#include <errno.h>
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

static void
attempt(const char *what, long result)
{
	printf("child: %s: %s\n", what,
	       result == -1 ? strerror(errno) : "it worked");
}

static int
run_child(int fd)
{
	char text[32];
	long n = check(pread(fd, text, sizeof(text), 0), "pread");

	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	printf("child: %.*s\n", (int)n, text);
	attempt("write", write(fd, "x", 1));
	attempt("ftruncate", ftruncate(fd, 1));
	attempt("mmap to write", (long)mmap(NULL, 4096, PROT_WRITE, MAP_SHARED,
					    fd, 0));
	return 0;
}

int
main(void)
{
	int fd = check(memfd_create("letter", MFD_ALLOW_SEALING),
		       "memfd_create");

	check(write(fd, "signed and sealed", 17), "write");
	check(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW |
		    F_SEAL_WRITE | F_SEAL_SEAL), "fcntl");
	if (check(fork(), "fork") == 0)
		return run_child(fd);
	check(wait(NULL), "wait");
	return 0;
}
