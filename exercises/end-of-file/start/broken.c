/* broken: the reader is gone before the writer writes.  */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	int ends[2];

	if (pipe(ends) == -1)
		return 1;
	if (fork() == 0) {
		close(ends[0]);
		if (write(ends[1], "word", 4) == -1)
			perror("write");
		_exit(3);
	}
	close(ends[0]);
	close(ends[1]);
	return wait(NULL) == -1;
}
