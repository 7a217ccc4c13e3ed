/*
 * Wrong on purpose, unless told otherwise: a pointer in shared memory.  The
 * child has the page at another address than the parent.
 *
 *	pointer [offset]	offset: says where in the page, not where in
 *				memory; this is right
 */
#define _GNU_SOURCE
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct note {
	char *pointer;		/* to text, where the parent has it */
	size_t offset;		/* of text, from the beginning */
	char text[32];
};

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

static void *
map(int fd)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	check(p == MAP_FAILED ? -1 : 0, "mmap");
	return p;
}

int
main(int argc, char *argv[])
{
	int fd = check(memfd_create("note", 0), "memfd_create");
	struct note *note, *again;

	check(ftruncate(fd, 4096), "ftruncate");
	note = map(fd);
	strcpy(note->text, "come at nine");
	note->pointer = note->text;
	note->offset = offsetof(struct note, text);
	setvbuf(stdout, NULL, _IOLBF, 0);	/* each line at once */
	printf("parent: I have it at %p\n", (void *)note);
	if (check(fork(), "fork") == 0) {
		again = map(fd);	/* beside the one it has */
		check(munmap(note, 4096), "munmap");
		printf("child: I have it at %p\n", (void *)again);
		if (argc > 1 && strcmp(argv[1], "offset") == 0)
			printf("child: %s\n", (char *)again + again->offset);
		else
			printf("child: %s\n", again->pointer);
		return 0;
	}
	check(wait(NULL), "wait");
	return 0;
}
