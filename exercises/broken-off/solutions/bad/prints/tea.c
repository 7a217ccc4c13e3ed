/* tea WORD: at once.  */
#include <stdio.h>

int
main(int argc, char **argv)
{
	return argc != 2 || printf("%s\n", argv[1]) < 0;
}
