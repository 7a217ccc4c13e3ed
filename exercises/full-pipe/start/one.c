/* one: a pipe is full.  The writer wants to add one byte, the reader takes
 * one byte out.  */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FULL = 64 * 1024 };

int
main(void)
{
	static char bytes[FULL];
	int ends[2];
	char byte;

	memset(bytes, 'x', sizeof(bytes));
	if (pipe(ends) == -1 || write(ends[1], bytes, FULL) != FULL)
		return 1;
	switch (fork()) {
	case -1:
		return 1;
	case 0:
		return write(ends[1], "y", 1) == 1 ? 0 : 1;
	}
	if (read(ends[0], &byte, 1) != 1)
		return 1;
	return wait(NULL) == -1;
}
