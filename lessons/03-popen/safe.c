/*
 * Shows a file with cat.  The name is not part of the command: the shell
 * finds it in the environment, and does not look for meaning in it.
 *
 *	safe NAME
 */
#include <stdio.h>
#include <stdlib.h>

int
main(int argc, char *argv[])
{
	char line[256];
	FILE *from;

	if (argc != 2) {
		fprintf(stderr, "usage: safe NAME\n");
		return 2;
	}
	if (setenv("NAME", argv[1], 1) == -1) {
		perror("setenv");
		return 1;
	}
	from = popen("cat -- \"$NAME\"", "r");
	if (!from) {
		perror("popen");
		return 1;
	}
	while (fgets(line, sizeof(line), from))
		printf("%s", line);
	pclose(from);
	return 0;
}
