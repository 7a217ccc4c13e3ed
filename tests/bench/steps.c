/* A subject of many steps: one process writes a byte and reads it back.  */
#include <stdlib.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	long n = argc > 1 ? atol(argv[1]) : 1000;
	char byte = 'x';
	int fd[2];

	if (pipe(fd) < 0)
		return 1;
	while (n-- > 0)
		if (write(fd[1], &byte, 1) != 1 || read(fd[0], &byte, 1) != 1)
			return 1;
	return 0;
}
