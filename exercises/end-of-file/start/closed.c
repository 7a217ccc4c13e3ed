/* closed: a writer and a reader, both children; the parent closes its ends.  */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void
reader(int in, int out)
{
	char bytes[16];

	close(out);
	while (read(in, bytes, sizeof(bytes)) > 0)
		;
	_exit(0);
}

int
main(void)
{
	int ends[2];

	if (pipe(ends) == -1)
		return 1;
	if (fork() == 0) {
		close(ends[0]);
		_exit(write(ends[1], "word", 4) == 4 ? 0 : 1);
	}
	if (fork() == 0)
		reader(ends[0], ends[1]);
	close(ends[0]);
	close(ends[1]);
	while (wait(NULL) > 0)
		;
	return 0;
}
