/*
 * Prints the numbers, and nothing goes through a buffer.
 */
#include <stdio.h>

int
main(int argc, char **argv)
{
	for (int i = 2; i < argc; i++)
		puts(argv[i]);
	return 0;
}
