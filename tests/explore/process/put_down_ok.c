/* A child waits for what never comes, and is ended by its parent.  */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	int fd[2];
	pid_t child;
	char c;

	if (pipe(fd) < 0)
		return 1;
	child = fork();
	if (child == 0) {
		close(fd[1]);
		read(fd[0], &c, 1);
		return 0;
	}
	close(fd[0]);
	/* It will not come back: nobody writes.  */
	kill(child, SIGKILL);
	while (wait(NULL) < 0)
		;
	return 0;
}
