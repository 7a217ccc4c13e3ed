/* A subject that does little but use a pipe: N writes and N reads.  */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHUNK = 64 };

int
main(int argc, char **argv)
{
	long n = argc > 1 ? atol(argv[1]) : 50000;
	char chunk[CHUNK] = "";
	int fd[2], status = 0;
	pid_t child;

	if (pipe(fd) < 0 || (child = fork()) < 0) {
		perror("pipes");
		return 1;
	}
	if (child == 0) {
		close(fd[1]);
		while (n-- > 0)
			if (read(fd[0], chunk, CHUNK) != CHUNK)
				_exit(1);
		_exit(0);
	}
	close(fd[0]);
	while (n-- > 0)
		if (write(fd[1], chunk, CHUNK) != CHUNK)
			return 1;
	waitpid(child, &status, 0);
	return status != 0;
}
