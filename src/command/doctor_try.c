/* What the doctor's checks have in common: trying things out.  */
#include "config.h"

#include "command/doctor.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int
reap(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

/* Keep the first line of what comes, but read to the end: a program whose
 * reader is gone would die by SIGPIPE.  */
static void
read_first_line(int fd, struct buf *line)
{
	char text[4096];
	bool ended = false;
	ssize_t n;

	while ((n = read(fd, text, sizeof(text))) > 0 ||
	       (n < 0 && errno == EINTR)) {
		char *newline;

		if (n < 0 || ended)
			continue;
		newline = memchr(text, '\n', n);
		buf_add(line, text, newline ? newline - text : n);
		ended = newline;
	}
}

bool
doctor_run(const char *const *argv, struct buf *line)
{
	posix_spawn_file_actions_t actions;
	int ends[2], status = -1;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return false;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	if (posix_spawnp(&pid, argv[0], &actions, NULL, (char **)argv,
			 environ) == 0) {
		close(ends[1]);
		ends[1] = -1;
		read_first_line(ends[0], line);
		status = reap(pid);
	}
	posix_spawn_file_actions_destroy(&actions);
	close(ends[0]);
	if (ends[1] >= 0)
		close(ends[1]);
	return status == 0;
}

bool
doctor_line(const char *path, struct buf *line)
{
	struct buf text = BUF_INIT;
	bool there = buf_read_file(&text, path, 1 << 20, NULL) == 0;

	if (there)
		buf_add(line, buf_str(&text), strcspn(buf_str(&text), "\n"));
	buf_release(&text);
	return there;
}
