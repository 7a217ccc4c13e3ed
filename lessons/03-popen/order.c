/*
 * Who prints first?  A heading of our own, then a list that a command sorts.
 *
 *	order [flush]		empty our buffer before the command starts
 */
#include <stdio.h>

int
main(int argc, char *argv[])
{
	FILE *to;

	(void)argv;
	printf("fruit: ");
	if (argc > 1)
		fflush(stdout);
	to = popen("exec sort", "w");
	if (!to) {
		perror("popen");
		return 1;
	}
	fprintf(to, "pear\napple\n");
	pclose(to);
	printf("end of the list\n");
	return 0;
}
