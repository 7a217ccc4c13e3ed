/*
 * Prints the number that is expected.
 */
#include <stdio.h>
#include <stdlib.h>

int
main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	printf("%ld\n", atol(argv[1]));
	return 0;
}
