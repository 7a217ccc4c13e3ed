/* orders WORD...: it sorts the words itself.  */
#include <stdio.h>

int
main(int argc, char **argv)
{
	printf("urgent:");
	for (int i = 1; i < argc; i++)
		if (argv[i][0] == 'u')
			printf(" %s", argv[i] + 1);
	printf("\nnormal:");
	for (int i = 1; i < argc; i++)
		if (argv[i][0] == 'n')
			printf(" %s", argv[i] + 1);
	printf("\n");
	return 0;
}
