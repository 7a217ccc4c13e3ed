/* Trying things out, in a child.  */
#include "config.h"

#include "base/trial.h"

#include "base/i18n.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int
trial_run(int (*trial)(void))
{
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid < 0)
		return errno;
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		_exit(trial());
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return EIO;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EIO;
}

bool
trial_report(struct buf *found, int error)
{
	buf_adds(found, error ? strerror(error) : _("yes"));
	return error == 0;
}
