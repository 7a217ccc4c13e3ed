/*
 * Prints what is wanted, and sends nothing.
 */
#include <stdio.h>

int
main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	printf("child: %s\nparent: %s\n", argv[1], argv[2]);
	return 0;
}
