/*
 * Sandboxes that are being ended.
 *
 * To take the namespaces of one apart takes the kernel tens of milliseconds, in
 * which it does little but wait for all processors to have let go of them.
 * Who only wants to be rid of a sandbox need not wait for that: the keepers
 * are remembered, and waited for when there is nothing else to do, or when
 * there are many, and at last before this process ends.
 */
#include "config.h"

#include "sandbox/inside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { AT_ONCE = 16 };

static pid_t ending[AT_ONCE];
static size_t n_ending;
static pid_t whose;	/* children of which process they are */

/* Is the i-th over?  It is as well if it is none of ours.  */
static bool
is_over(size_t i, int how)
{
	pid_t pid;

	do
		pid = waitpid(ending[i], NULL, how);
	while (pid < 0 && errno == EINTR);
	return pid != 0;
}

static void
forget(size_t i)
{
	n_ending--;
	memmove(&ending[i], &ending[i + 1], (n_ending - i) * sizeof(*ending));
}

static bool
are_ours(void)
{
	return whose == getpid();
}

void
ending_reap(void)
{
	for (size_t i = 0; are_ours() && i < n_ending;) {
		if (is_over(i, WNOHANG))
			forget(i);
		else
			i++;
	}
}

void
sandbox_settle(void)
{
	while (are_ours() && n_ending > 0)
		if (is_over(0, 0))
			forget(0);
}

/* Of a process that was forked from who remembers them, none is a child.  */
static void
begin(void)
{
	static bool registered;

	if (!are_ours()) {
		whose = getpid();
		n_ending = 0;
	}
	if (!registered)
		atexit(sandbox_settle);
	registered = true;
}

void
sandbox_end(pid_t pid)
{
	begin();
	ending_reap();
	if (n_ending == AT_ONCE && is_over(0, 0))
		forget(0);
	sandbox_kill(pid);
	ending[n_ending++] = pid;
}
