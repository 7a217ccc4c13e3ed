/*
 * Prints both records by itself.
 */
#include <stdio.h>
#include <string.h>

int
main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	if (strlen(argv[1]) > 4000)
		return 1;
	printf("1 %s\n2 %s\n", argv[1], argv[2]);
	return 0;
}
