/*
 * One page, two processes: the child writes a greeting, the parent reads it.
 *
 *	share [private|exec]
 *
 * private: each of the two has the memory for itself.
 * exec: the child becomes another program afterwards.
 */
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
	const char *mode = argc > 1 ? argv[1] : "shared";
	int kind = strcmp(mode, "private") == 0 ? MAP_PRIVATE : MAP_SHARED;
	char *page = check_map(mmap(NULL, 4096, PROT_READ | PROT_WRITE,
				    kind | MAP_ANONYMOUS, -1, 0));

	strcpy(page, "nothing yet");
	if (check(fork(), "fork") == 0) {
		strcpy(page, "good morning");
		if (strcmp(mode, "exec") == 0)
			check(execlp("true", "true", NULL), "execlp");
		return 0;
	}
	check(wait(NULL), "wait");
	printf("parent: %s\n", page);
	return 0;
}
