/* The writer fills a pipe faster than the reader empties it.  */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char buf[4096 * 4];

static void
reader(int fd)
{
	char some[4096];

	for (;;) {
		ssize_t n = read(fd, some, sizeof(some));

		if (n <= 0)
			return;
		printf("%zd bytes read\n", n);
		fflush(stdout);
	}
}

int
main(void)
{
	int fd[2];

	if (pipe(fd) < 0)
		return 1;
	memset(buf, 'a', sizeof(buf));
	if (fork() == 0) {
		close(fd[1]);
		reader(fd[0]);
		return 0;
	}
	close(fd[0]);
	for (int i = 0; i < 6; i++)
		write(fd[1], buf, sizeof(buf));
	close(fd[1]);
	wait(NULL);
	return 0;
}
