/*
 * Limits of a sandbox as a whole, by control groups (cgroups(7), version 2),
 * where whoever runs us has given us a folder of them: memory of all together
 * (what the kernel keeps for them counts, too), processes, processors.
 *
 * $IPCLAB_CGROUP names the folder.  It is ours to write in, has no processes
 * of its own, and hands memory and pids on to folders in it.  An ordinary
 * user must be in a folder below it: nobody else may move processes there.
 * Nothing is done without it, and nothing is started where it cannot be used.
 *
 * A sandbox has a folder in there for as long as its keeper lives (keeper.c),
 * who has it locked (flock(2)).  What has no lock was left by a keeper that was
 * killed: whoever makes the next one ends all in it and removes it.
 */
#ifndef SANDBOX_CGROUP_H
#define SANDBOX_CGROUP_H

#include "base/base.h"

struct cgroup {
	char *path;		/* NULL: there is none */
	int fd;			/* its folder, locked for as long as it is open;
				   closed by execve(2) */
};

struct cgroup_limits {
	int64_t memory;		/* bytes; none of them swapped out */
	int64_t processes;	/* and threads */
};

/* Can such folders be made in where?  0, or -1 with *why.  */
int cgroup_usable(const char *where, char **why);

/* One in where, that is usable.  0, or -1 with *why, and nothing is left.  What
 * dead keepers left is removed first.  */
int cgroup_make(struct cgroup *g, const char *where,
		const struct cgroup_limits *limits, char **why);
/* This process goes in, with all that it will start; false with errno.  */
bool cgroup_enter(const struct cgroup *g);
/* Were they ended because there was no memory left for them?  */
bool cgroup_was_full(const struct cgroup *g);
/* End all in it and remove it.  Waits until they are gone, 10 seconds at most;
 * nothing if there is none.  */
void cgroup_remove(struct cgroup *g);

/* ---- what is pure in it, for tests ---- */

/* The number after this word in a file of lines "WORD NUMBER" (memory.events);
 * -1: there is none.  */
int64_t cgroup_number(const char *text, const char *word);
/* Is it one of the words, with spaces between (cgroup.controllers)?  */
bool cgroup_has(const char *text, const char *word);
/* Set limits in the files of an open folder.  0, or -1 with *why.  */
int cgroup_limit(int folder, const struct cgroup_limits *limits, char **why);

#endif
