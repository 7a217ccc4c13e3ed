/* See sandbox.h.  */
#include "config.h"

#include "sandbox/inside.h"

#include "base/buf.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the caller's ---- */

/* Where there are cgroups for us: 0, *where being NULL if nobody asked for
 * them; or -1 with *why.  Tried once: those of a grader are all alike.  */
static int
groups(const char **where, char **why)
{
	static const char *asked;
	static char *reason;
	static bool tried;

	if (!tried) {
		tried = true;
		asked = getenv("IPCLAB_CGROUP");
		if (asked && !*asked)
			asked = NULL;
		if (asked)
			cgroup_usable(asked, &reason);
	}
	*where = asked;
	return reason ? fail(why, "%s", reason) : 0;
}

static int
check(char **why)
{
	if (access(SANDBOX_BWRAP, X_OK) < 0)
		return fail(why, _("there is no %s: install the package "
				   "bubblewrap"), SANDBOX_BWRAP);
	return 0;
}

pid_t
sandbox_spawn(const struct sandbox_config *c, char *const argv[],
	      const int *fds, size_t n_fds, char **why)
{
	struct arrangement a = { .argv = NULL };
	const char *where;
	pid_t pid = -1;

	ending_reap();
	if (check(why) == 0 && groups(&where, why) == 0 &&
	    arrange(&a, c, argv, n_fds, why) == 0) {
		a.groups = where;
		pid = keeper_start(&a, fds, n_fds);
		if (pid < 0)
			fail(why, _("cannot start a process: %s"),
			     strerror(errno));
	}
	arrange_release(&a);
	return pid;
}

/* The keeper's to do, who alone knows all of them.  */
void
sandbox_kill(pid_t pid)
{
	kill(pid, SIGTERM);
}

/* ---- what the machine gives ---- */

static const char *const words[] = {
	[SANDBOX_NONE] = "none", [SANDBOX_NO_CGROUPS] = "no-cgroups",
	[SANDBOX_FULL] = "full",
};

const char *
sandbox_tier_word(enum sandbox_tier t)
{
	return words[t];
}

static int
wait_for(pid_t pid)
{
	int status = -1;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

/* What bwrap says when it cannot: its first line.  */
static void
first_line(int fd, struct buf *out)
{
	char text[512];
	ssize_t n;

	while ((n = read(fd, text, sizeof(text))) > 0 ||
	       (n < 0 && errno == EINTR))
		if (n > 0 && out->len < sizeof(text))
			buf_add(out, text, (size_t)n);
	if (out->len) {
		out->len = strcspn(buf_str(out), "\n");
		out->data[out->len] = '\0';
	}
}

static bool
works(char **why)
{
	static char true_path[] = "/usr/bin/true";
	char *const argv[] = { true_path, NULL };
	struct buf said = BUF_INIT;
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), ends[2];
	pid_t pid;
	bool ok;

	if (null < 0 || pipe2(ends, O_CLOEXEC) < 0)
		return fail(why, "%s", strerror(errno)) == 0;
	pid = sandbox_spawn(&(struct sandbox_config){ .cwd = "/" }, argv,
			    (int[]){ null, null, ends[1] }, 3, why);
	close(null);
	close(ends[1]);
	if (pid > 0)
		first_line(ends[0], &said);
	close(ends[0]);
	ok = pid > 0 && wait_for(pid) == 0;
	if (pid > 0 && !ok)
		fail(why, _("bubblewrap cannot make a sandbox here: %s"),
		     said.len ? buf_str(&said) : "?");
	buf_release(&said);
	return ok;
}

enum sandbox_tier
sandbox_tier(char **why)
{
	static enum sandbox_tier tier;
	static char *reason;
	static bool tried;
	const char *where;

	if (!tried) {
		tried = true;
		if (works(&reason))
			tier = SANDBOX_NO_CGROUPS;
		if (tier == SANDBOX_NO_CGROUPS && groups(&where, &reason) == 0 &&
		    where)
			tier = SANDBOX_FULL;
		if (tier != SANDBOX_NONE)
			fail(&reason, tier == SANDBOX_FULL ?
			     _("memory and processes are limited for all of a "
			       "sandbox together, too") :
			     _("memory is limited for each process, not for "
			       "all of a sandbox together: $IPCLAB_CGROUP "
			       "names no cgroup of version 2"));
	}
	if (why) {
		free(*why);
		*why = xstrdup(reason);
	}
	return tier;
}

bool
sandbox_is_used(void)
{
	const char *asked;

	groups(&asked, NULL);
	return asked || sandbox_tier(NULL) != SANDBOX_NONE;
}
