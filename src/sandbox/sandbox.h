/*
 * The sandbox: a command in user, PID, IPC, network, mount and UTS namespaces
 * of its own, made by bubblewrap (bwrap(1)).
 *
 * Inside there are the system's /usr (and what links into it), read-only; a
 * few files of /etc; a /proc of its own; /dev with null, zero, full, random
 * and urandom; what the caller binds or gives as bytes, read-only; and memory file systems
 * of limited size at /tmp, /box, /dev/shm and /dev/mqueue.  No home, no
 * terminal, no network but loopback.  Whoever is inside is never user 0, and
 * dies with its parent.
 *
 * A grader that is root becomes an ordinary user first: limits of processes do
 * not hold for root (getrlimit(2), RLIMIT_NPROC).
 */
#ifndef SANDBOX_SANDBOX_H
#define SANDBOX_SANDBOX_H

#include "base/base.h"

#include <sys/types.h>

struct sandbox_bind {
	const char *from, *to;	/* absolute; read-only inside */
};

struct sandbox_data {
	const char *to;		/* absolute, inside */
	const void *bytes;
	size_t n;
	mode_t mode;		/* 0: 0444 */
	bool named;		/* where memory lies: as a file of it, which
				   debuggers find, and may be changed inside;
				   else read-only and without a name */
};

/* Of each process; 0: the sandbox's own bound, which is never "none".  */
struct sandbox_limits {
	int64_t cpu;		/* seconds of processor time */
	int64_t memory;		/* bytes of address space */
	int64_t file;		/* bytes, the largest file */
	int64_t descriptors;
	int64_t processes;	/* in the whole sandbox */
	int64_t disk;		/* bytes, of each memory file system */
	/* Of those whom the command inside starts and bounds by itself, where
	 * that is more: of all together, never held to less (tier full).  */
	int64_t lent_memory, lent_processes;
};

struct sandbox_config {
	const struct sandbox_bind *bind;
	size_t n_binds;
	const struct sandbox_data *data;
	size_t n_data;
	struct sandbox_limits limits;
	char *const *env;	/* more variables, "NAME=value", NULL last; or
				   NULL */
	bool keep_caps;		/* capabilities over its own namespaces: for the
				   runner, which makes more of them.  /box is
				   read-only then: it lays memory over it */
	const char *cwd;	/* inside; NULL: /box */
};

/* How much the machine gives.  */
enum sandbox_tier {
	SANDBOX_NONE,		/* no user namespaces, or no bwrap: refuse */
	SANDBOX_NO_CGROUPS,	/* limits of each process, counted by the tracer
				   where they are of all */
	SANDBOX_FULL,		/* and of a sandbox as a whole (cgroup.h) */
};
/* Tried once, and remembered.  *why (or NULL) says what is missing for the
 * next better one, and what to do.  */
enum sandbox_tier sandbox_tier(char **why);
/* Is what is tried run in one?  Also where there is none, and one with limits of
 * its own was asked for: then it is refused, and never run without.  */
bool sandbox_is_used(void);
const char *sandbox_tier_word(enum sandbox_tier t);	/* "no-cgroups" */

/* The status of a sandbox in which all were ended since there was no memory left
 * for them together.  */
enum { SANDBOX_FULL_OF_MEMORY = 123 };

/* Start argv inside, its standard streams being fds[0] to fds[2], and fds[3]...
 * under these numbers; all others are closed.  The environment is made new.
 * Returns a process that ends when everything inside has ended, with the
 * command's status (128 + N: killed by signal N).  -1 with *why.  */
pid_t sandbox_spawn(const struct sandbox_config *c, char *const argv[],
		    const int *fds, size_t n_fds, char **why);
/* End all of it; it is to be waited for.  */
void sandbox_kill(pid_t pid);
/* End all of it, and forget it: that takes its time, and is not waited for but
 * by sandbox_settle(), which comes by itself when this process ends by
 * exit(3).  */
void sandbox_end(pid_t pid);
/* Blocks until all that were given to sandbox_end() are gone.  */
void sandbox_settle(void);

#endif
