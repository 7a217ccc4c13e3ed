/*
 * The child makes 16 KiB, the parent adds them up.  How do they get there?
 *
 *	copies pipe		page by page through a pipe
 *	copies memory		they are there already
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, PAGES = 4 };

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

static void
through_pipe(void)
{
	static char page[PAGE];
	long sum = 0, n;
	int fd[2];

	check(pipe(fd), "pipe");
	if (check(fork(), "fork") == 0) {
		memset(page, 1, PAGE);
		for (int i = 0; i < PAGES; i++)
			check(write(fd[1], page, PAGE), "write");
		exit(0);
	}
	check(close(fd[1]), "close");
	while ((n = check(read(fd[0], page, PAGE), "read")) > 0)
		for (long i = 0; i < n; i++)
			sum += page[i];
	printf("sum: %ld\n", sum);
}

static void
through_memory(void)
{
	char *p = check_map(mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0));
	long sum = 0;

	if (check(fork(), "fork") == 0) {
		memset(p, 1, PAGES * PAGE);
		exit(0);
	}
	check(wait(NULL), "wait");
	for (long i = 0; i < PAGES * PAGE; i++)
		sum += p[i];
	printf("sum: %ld\n", sum);
}

int
main(int argc, char *argv[])
{
	if (argc > 1 && strcmp(argv[1], "pipe") == 0)
		through_pipe();
	else
		through_memory();
	return 0;
}
