/* word WORD: a child sends the word through a pipe, its parent prints it.
 * With the streams of the C library.  */
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static void
send_word(int out, const char *word)
{
	FILE *f = fdopen(out, "w");

	if (!f || fputs(word, f) == EOF || fclose(f) == EOF)
		exit(1);
	exit(0);
}

static void
print_word(int in)
{
	FILE *f = fdopen(in, "r");
	int c;

	while (f && (c = getc(f)) != EOF)
		putchar(c);
	putchar('\n');
	if (f)
		fclose(f);
}

int
main(int argc, char **argv)
{
	int fd[2], status;
	pid_t child;

	if (argc != 2) {
		fprintf(stderr, "usage: %s WORD\n", argv[0]);
		return 2;
	}
	if (pipe(fd) < 0 || (child = fork()) < 0)
		return 1;
	if (child == 0) {
		close(fd[0]);
		send_word(fd[1], argv[1]);
	}
	close(fd[1]);
	print_word(fd[0]);
	return waitpid(child, &status, 0) == child &&
	       WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
