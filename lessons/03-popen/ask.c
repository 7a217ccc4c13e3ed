/*
 * Ask another program: start a command and read what it prints.
 *
 *	ask COMMAND [LINES]	read at most so many lines
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static void
tell_status(int status)
{
	if (status == -1)
		perror("pclose");
	else if (WIFEXITED(status))
		printf("status: exited with %d\n", WEXITSTATUS(status));
	else if (WIFSIGNALED(status))
		printf("status: killed, %s\n", strsignal(WTERMSIG(status)));
}

int
main(int argc, char *argv[])
{
	int lines = argc > 2 ? atoi(argv[2]) : 1000;
	char line[256];
	FILE *from;

	if (argc < 2) {
		fprintf(stderr, "usage: ask COMMAND [LINES]\n");
		return 2;
	}
	from = popen(argv[1], "r");
	if (!from) {
		perror("popen");
		return 1;
	}
	while (lines-- > 0 && fgets(line, sizeof(line), from))
		printf("answer: %s", line);
	tell_status(pclose(from));
	return 0;
}
