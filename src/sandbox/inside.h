/* Inside sandbox/: what its files share.  */
#ifndef SANDBOX_INSIDE_H
#define SANDBOX_INSIDE_H

#include "sandbox/cgroup.h"
#include "sandbox/sandbox.h"

/* What bwrap(1) is called with: its arguments, and files that it reads from
 * descriptors, which are counted from first in its process.  */
struct arrangement {
	char **argv;		/* words of our own, NULL last */
	size_t n, room;
	int *fd;		/* ours, to be given as first, first + 1... */
	size_t n_fds, fd_room;
	int first;
	const char *groups;	/* see cgroup.h; NULL: none */
	struct cgroup_limits together;
};

/* 0, or -1 with *why; to be released in both cases.  */
int arrange(struct arrangement *a, const struct sandbox_config *c,
	    char *const argv[], size_t first, char **why);
void arrange_release(struct arrangement *a);

/* Start bwrap and its keeper (keeper.c), whose number is returned; -1 with
 * errno.  */
pid_t keeper_start(const struct arrangement *a, const int *fds, size_t n_fds);

/* ending.c: those that have ended are waited for; never blocks.  */
void ending_reap(void);

#define SANDBOX_BWRAP "/usr/bin/bwrap"

#endif
