/* Compiling ahead, in a process of its own.  */
#include "config.h"

#include "lesson/compile.h"

#include "base/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* The lab's handlers give the terminal back: not this process's task.  */
static void
forget_handlers(void)
{
	struct sigaction plain = { .sa_handler = SIG_DFL };

	for (int i = 1; i < NSIG; i++)
		sigaction(i, &plain, NULL);
}

static void
compile_all(const char *folder, char *const *names, const char *asked)
{
	char *out, *temporary = path_temporary(NULL);

	if (!temporary)
		return;
	out = xasprintf("%s/program", temporary);
	for (int i = 0; names[i]; i++)
		compile_program(folder, names[i],
				compile_how_of(asked, names[i]), out, NULL);
	path_remove_tree(temporary, NULL);
}

void
ahead_begin(struct ahead *a, const char *folder, char *const *names,
	    const char *asked)
{
	int fd[2];

	pid_t pid;

	*a = (struct ahead){ .fd = -1 };
	if (!names[0] || pipe2(fd, O_CLOEXEC) < 0)
		return;
	/* Twice: nobody has to wait(2) for the one that compiles.  */
	pid = fork();
	if (pid == 0) {
		forget_handlers();
		if (fork() == 0)
			compile_all(folder, names, asked);
		_exit(0);
	}
	close(fd[1]);
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	a->fd = fd[0];
}

void
ahead_end(struct ahead *a)
{
	if (a->fd >= 0)
		close(a->fd);
	a->fd = -1;
}
