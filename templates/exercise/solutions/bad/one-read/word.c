/* word WORD: a child sends the word through a pipe, its parent prints it.  */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	char text[200];
	size_t n = 0;
	ssize_t got;
	int fd[2];

	if (argc != 2) {
		fprintf(stderr, "usage: %s WORD\n", argv[0]);
		return 2;
	}
	if (pipe(fd) < 0)
		return 1;
	switch (fork()) {
	case -1:
		return 1;
	case 0:
		close(fd[0]);
		for (const char *s = argv[1]; *s; s += got)
			if ((got = write(fd[1], s, strlen(s))) < 0)
				return 1;
		return 0;
	}
	close(fd[1]);
	got = read(fd[0], text, sizeof(text));
	if (got > 0)
		n = (size_t)got;
	wait(NULL);
	printf("%.*s\n", (int)n, text);
	return 0;
}
