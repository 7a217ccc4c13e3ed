/* fill: writes pages into a pipe that nobody reads.  */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAGE = 4096 };

int
main(void)
{
	int ends[2];
	char page[PAGE];

	memset(page, 'x', sizeof(page));
	if (pipe(ends) == -1)
		return 1;
	for (int i = 0; i < 100; i++)
		if (write(ends[1], page, sizeof(page)) == -1) {
			perror("write");
			return 1;
		}
	puts("written");
	return 0;
}
