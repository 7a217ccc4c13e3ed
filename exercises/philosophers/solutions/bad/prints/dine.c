/*
 * Prints that four eat, and nobody does.
 */
#include <stdio.h>

int
main(void)
{
	return printf("eats\neats\neats\neats\n") == 20 ? 0 : 1;
}
