/*
 * Prints the word, and waits for nobody.
 */
#include <stdio.h>

int
main(int argc, char **argv)
{
	return argc == 2 && puts(argv[1]) >= 0 ? 0 : 2;
}
