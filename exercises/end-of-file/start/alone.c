/* alone: a process writes a word to itself, and reads until the end.  */
#include <unistd.h>

int
main(void)
{
	int ends[2];
	char bytes[16];

	if (pipe(ends) == -1 || write(ends[1], "word", 4) != 4)
		return 1;
	while (read(ends[0], bytes, sizeof(bytes)) > 0)
		;
	return 0;
}
