/*
 * What the shell does for `seq N | wc -l`: count N.  The ends close themselves
 * at exec (O_CLOEXEC); dup2() makes copies that do not.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t
start(char *const argv[], int from, int as)
{
	pid_t child = fork();

	if (child != 0)
		return child;
	if (dup2(from, as) < 0)
		_exit(126);
	execvp(argv[0], argv);
	perror(argv[0]);
	_exit(127);
}

int
main(int argc, char **argv)
{
	char *seq[] = { "seq", argv[1], NULL };
	char *wc[] = { "wc", "-l", NULL };
	int fd[2], status = 1;
	pid_t left, right;

	if (argc != 2 || pipe2(fd, O_CLOEXEC) < 0)
		return 2;
	left = start(seq, fd[1], STDOUT_FILENO);
	right = start(wc, fd[0], STDIN_FILENO);
	close(fd[1]);
	close(fd[0]);
	if (left < 0 || right < 0)
		return 1;
	waitpid(right, &status, 0);
	waitpid(left, NULL, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
