/*
 * What can go wrong, one at a time:
 *   wrong missing   ENOENT: reading a property that is not there
 *   wrong folder    EISDIR: writing to the folder instead of the property
 *   wrong lock      EEXIST: two processes make the same lock file
 *   wrong nap       EINTR: a signal (SIGINT) ends a sleep early
 */
#define _GNU_SOURCE		/* strerrorname_np(3) */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Say how a call ended: an exit status, 0 when it ended well.  */
static int
tell(const char *what, int result)
{
	const char *how = result == -1 ? strerrorname_np(errno) : "done";
	char line[64];

	snprintf(line, sizeof(line), "%s: %s\n", what, how);
	if (write(STDOUT_FILENO, line, strlen(line)) == -1)
		err(2, "write");
	return result == -1;
}

static int
take_lock(const char *who)
{
	return tell(who, open("lock", O_WRONLY | O_CREAT | O_EXCL, 0644));
}

static void
hear(int signal)
{
	(void)signal;	/* to be interrupted is all that is wanted */
}

static int
take_nap(void)
{
	struct sigaction action = { .sa_handler = hear };
	struct timespec minute = { .tv_sec = 60 };

	if (sigaction(SIGINT, &action, NULL) == -1)
		err(2, "sigaction");
	return tell("nap", nanosleep(&minute, NULL));
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	pid_t child;
	int failed;

	if (strcmp(what, "missing") == 0)
		return tell(what, open("props/ramdump", O_RDONLY));
	if (strcmp(what, "folder") == 0)
		return tell(what, open("props", O_WRONLY));
	if (strcmp(what, "nap") == 0)
		return take_nap();
	if (strcmp(what, "lock") != 0)
		errx(2, "usage: wrong missing|folder|lock|nap");

	child = fork();
	if (child == -1)
		err(2, "fork");
	if (child == 0)
		return take_lock("child");
	failed = take_lock("parent");
	if (wait(NULL) == -1)
		err(2, "wait");
	return failed;
}
