/*
 * Tell another program: start a command and write what it will read.
 *
 *	tell COMMAND [flush]	empty the buffer after the last line
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

int
main(int argc, char *argv[])
{
	int status;
	FILE *to;

	if (argc < 2) {
		fprintf(stderr, "usage: tell COMMAND [flush]\n");
		return 2;
	}
	to = popen(argv[1], "w");
	if (!to) {
		perror("popen");
		return 1;
	}
	fprintf(to, "pear\n");
	fprintf(to, "apple\n");
	if (argc > 2)
		fflush(to);
	printf("tell: two lines given\n");
	status = pclose(to);
	printf("tell: exited with %d\n", WEXITSTATUS(status));
	return 0;
}
