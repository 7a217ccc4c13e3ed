/*
 * Prints what is wanted, and has no workers.
 */
#include <stdio.h>
#include <stdlib.h>

int
main(int argc, char **argv)
{
	int n = argc == 2 ? atoi(argv[1]) : 3;

	printf("%d results, %d reaped\n", n, n);
	return 0;
}
