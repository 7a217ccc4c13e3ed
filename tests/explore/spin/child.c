/* A child that is asked for until it has ended.  */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(void)
{
	pid_t pid = fork(), ended;
	int status;

	if (pid < 0)
		return 1;
	if (pid == 0)
		_exit(0);
	while ((ended = waitpid(pid, &status, WNOHANG)) == 0)
		;
	return ended != pid || status != 0;
}
