/*
 * property WORD: a daemon sets a property in shared memory, and a collector
 * prints it.
 *
 * property without a word: the daemon dies before it has set anything.  Then
 * the collector prints "none".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct shared {
	char value[32];
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

static void
set(struct shared *s, const char *word)
{
	for (size_t i = 0; i < strlen(word); i++)
		s->value[i] = word[i];
}

/* Nobody writes into the pipe: its end comes when the daemon has set what it
 * has to set, or is gone.  */
static void
collect(const struct shared *s, int done)
{
	char byte;

	check(read(done, &byte, 1), "read");
	printf("%s\n", s->value[0] ? s->value : "none");
}

int
main(int argc, char **argv)
{
	struct shared *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
				MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	int done[2];

	if (s == MAP_FAILED || argc > 2)
		return 2;
	check(pipe(done), "pipe");
	if (check(fork(), "fork") == 0) {
		if (argc < 2)
			_exit(1);
		set(s, argv[1]);
		_exit(0);
	}
	close(done[1]);
	collect(s, done[0]);
	check(wait(NULL), "wait");
	return 0;
}
