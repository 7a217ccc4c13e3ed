/*
 * Inside the tracer: who has what mapped where (proc(5), /proc/PID/maps and
 * /proc/PID/pagemap).
 */
#ifndef TRACER_MAPS_H
#define TRACER_MAPS_H

#include "event/event.h"
#include "probe/probe.h"

#include <sys/stat.h>
#include <sys/types.h>

struct tracing;
struct task;

struct mapping {
	uint64_t start, end, offset;	/* offset: within the object */
	char perms[5];			/* "rw-s" */
	dev_t dev;
	ino_t ino;
	int thing;		/* the object, -1: none that is known */
	int looked;		/* of how many, when it was looked for */
	char path[PATH_MAX_LEN];
};
/* Of the process of k: the shared ones, and those of files that are not the
 * system's.  Valid until the next call into maps.c.  Returns how many.  */
int maps_of(struct tracing *t, struct task *k, struct mapping **list);
/* The one of them that holds an address, NULL.  */
struct mapping *maps_at(struct tracing *t, struct task *k, uint64_t at);
/* The process has made a call that may have changed them.  */
void maps_changed(struct task *k);
/* ... in this range; what lies there now is asked.  */
void maps_touched(struct tracing *t, struct task *k, uint64_t from,
		  uint64_t to);
/* The page at an address of a process whose mappings maps_of() told; false: it
 * cannot be told.  */
bool maps_page(struct task *k, uint64_t at, struct probe_page *page);
void maps_free(struct task *k);
/* In a search: all of a process's at once, for those that it forks.  */
void maps_prepare(struct task *k);
/* Is there code in it that reads the processor's own clock, the C library and
 * its loader aside, which do it for statistics only?  (False alarms: data
 * within code.)  */
bool maps_read_counter(pid_t tid);
/* A new process has what its parent has.  */
void maps_inherit(struct task *k, const struct task *parent);
/* What is mapped at an address now, whatever it is.  False: nothing.  */
bool maps_look(pid_t tid, uint64_t at, struct mapping *m);
bool maps_ask(struct task *k, uint64_t at, struct mapping *m);
/* This process has its memory from another, whose /proc/PID/maps this is.  */
void maps_lent(struct task *k, int fd);

#endif
