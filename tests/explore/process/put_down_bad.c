/* A child waits for what never comes; then it ends itself by the signal that nobody sends by accident.  */
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
		kill(getpid(), SIGKILL);
		return 0;
	}
	close(fd[0]);
	close(fd[1]);
	while (wait(NULL) < 0)
		;
	return 0;
}
