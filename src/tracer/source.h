/*
 * Source position of a stopped tracee: the innermost line of the subject's
 * own code that leads to where it is.  The stack is unwound with elfutils'
 * libdwfl; frames in system libraries, without debug information, or inlined
 * from system headers do not count.
 *
 * Debug information is kept per process until source_forget(); the first
 * look at a process takes about a millisecond, each further one some ten
 * microseconds.  It is found in the program alone: neither separate debug
 * files nor the network are asked.
 */
#ifndef TRACER_SOURCE_H
#define TRACER_SOURCE_H

#include "base/base.h"

#include <sys/types.h>

struct source_cache;

struct source_cache *source_cache_new(void);
void source_cache_free(struct source_cache *cache);

/* Files below folder are named relative to it.  Without this it is the
 * current folder as it was at source_cache_new().  */
void source_set_folder(struct source_cache *cache, const char *folder);

/* Where is thread tid, which this process traces and has stopped?  out is
 * "race.c:19", or "" and false when there is no such place.  */
bool source_find(struct source_cache *cache, pid_t tid, char *out, size_t room);

/* The same for a program counter of process pid.  */
bool source_at(struct source_cache *cache, pid_t pid, uint64_t pc, char *out,
	       size_t room);

/* An access to memory.  */
struct where {
	uint64_t pc;		/* the program counter of whoever makes it */
	uint64_t address, size;
	uint64_t low;		/* a pointer to it points no lower */
};
/* The variable that it is an access to, as the function at pc would name it:
 * "counter", "shared->tail", "*next".  False where debug information does not
 * say.  */
bool source_variable(struct source_cache *cache, pid_t pid, pid_t tid,
		     const struct where *where, char *out, size_t room);

/* Where in the memory of process pid an address is, for what no variable names:
 * "heap+672" (spot_tell()).  False: that is not known.  */
bool source_spot(struct source_cache *cache, pid_t pid, uint64_t address,
		 char *out, size_t room);

/* Process pid has ended, or runs another program now.  */
void source_forget(struct source_cache *cache, pid_t pid);

#endif
