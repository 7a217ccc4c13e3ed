/* A line goes from one process to the other.  */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void
run_reader(int in)
{
	char line[6];

	if (read(in, line, sizeof(line)) != 6)
		_exit(1);
	if (write(1, line, sizeof(line)) != 6)
		_exit(1);
	_exit(0);
}

int
main(void)
{
	int fd[2];

	if (pipe(fd) < 0)
		return 1;
	if (fork() == 0)
		run_reader(fd[0]);
	if (write(fd[1], "hello\n", 6) != 6)
		return 1;
	return wait(NULL) < 0;
}
