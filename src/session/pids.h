/*
 * Process ids of one run and the actors that bore them.  Two runs of one
 * schedule differ in them, and in the number of their terminal, and so does
 * what programs print about these.
 */
#ifndef SESSION_PIDS_H
#define SESSION_PIDS_H

#include "event/event.h"

struct pids {
	size_t n, room;
	struct pid_name {
		int pid;
		char name[NAME_MAX_LEN];
	} *known;
};

void pids_clear(struct pids *p);
void pids_release(struct pids *p);
void pids_note(struct pids *p, const struct event *e);
void pids_merge(struct pids *to, const struct pids *from);
const char *pids_name(const struct pids *p, int64_t pid);	/* or NULL */
/* Copy bytes, with each decimal number that is a known id replaced by its
 * actor's name, and each /dev/pts/N by /dev/pts/#.  Ids below 100 stay: they
 * are those of a PID namespace, which are the same in each run, and too often
 * mean something else.  */
void pids_neutral(const struct pids *p, const char *bytes, int n,
		  struct buf *out);

#endif
