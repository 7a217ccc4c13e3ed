/*
 * Namespaces of a run's own (namespaces(7)): what the subject makes there no
 * other program sees, its names and numbers collide with nobody's, and all
 * of it is gone when the last process in them is.
 *
 * Each part is had or not for itself, as the machine allows.
 */
#ifndef TRACER_NAMESPACE_H
#define TRACER_NAMESPACE_H

#include "base/base.h"

#include <sys/types.h>

enum namespace_part {
	PART_PIDS,	/* process numbers; its end is the end of all in it */
	PART_IPC,	/* System V objects, POSIX queues, and their limits */
	PART_NET,	/* a network with 127.0.0.1 and ::1 only */
	PART_SHM,	/* an empty /dev/shm: shm_open, named semaphores */
	PART_MQUEUE,	/* a /dev/mqueue that shows the queues of the run */
	PART_MAX
};

#define PART_BIT(part) (1U << (part))
/* What `isolate` asks for.  */
#define PARTS_ISOLATED \
	(PART_BIT(PART_IPC) | PART_BIT(PART_NET) | PART_BIT(PART_SHM) | \
	 PART_BIT(PART_MQUEUE))

/* fork(2) into new namespaces, with as many parts of wanted as can be had;
 * *got, known to both sides, says which.  -1: not even a process.  The user
 * and group stay who they are (user_namespaces(7)).  */
pid_t namespace_fork(unsigned wanted, unsigned *got);

/* What this process got when it was made so; *mounts: what it mounts nobody
 * else sees.  */
unsigned namespace_mine(bool *mounts);

/* A part that is its own is had anew, by this process and those that it makes
 * from now on.  */
bool namespace_renew(enum namespace_part part);

/* The same for this very process, which must have one thread only; what it
 * has open stays open.  No PART_PIDS.  Returns what was got.  */
unsigned namespace_enter(unsigned wanted);

/* Can this part be had here?  Tried on a child that ends at once.  */
bool namespace_can(enum namespace_part part);

/* What trial() returns, an errno value or 0, in a child that has as many of
 * the parts as can be had.  */
int namespace_try(unsigned wanted, int (*trial)(void));

/* What the parts of a set are called, "System V objects, the network".  */
struct buf;
void namespace_list(unsigned parts, struct buf *out);

/* In process numbers of our own: the next process is the first free one after
 * this (pid_namespaces(7), ns_last_pid).  */
void namespace_next_pid(pid_t last);

/* ---- the network of the run ---- */

/* The sysctl(8) file of the ports that the kernel gives away by itself, -1;
 * and: the next one that it gives will be that.  */
int namespace_ports(void);
void namespace_next_port(int ports, unsigned *count);

/* File systems in memory that are made from now on hold at most so many bytes
 * each, and ten thousand files.  */
void namespace_disk(int64_t bytes);
/* ... as options of mount(2), NULL: the system's own bounds.  */
const char *namespace_bounds(void);

#endif
