/*
 * A server lends its memory to a run: the run is a process of its own that
 * uses the server's memory (CLONE_VM of clone(2)) while the server stands, and
 * when it is over the memory is put back as it was.  A fork copies tables of
 * pages, and what it writes to is copied page by page: this costs a fraction.
 *
 * What is put back: which mappings there are, the program break, and what is in
 * private memory that can be written.  Nothing is lent where more than that
 * might change: where the program can lock memory, advise the kernel about it,
 * share it by System V segments and the like, where it uses libraries that are
 * none of the C library's, or where the kernel cannot say which pages a process
 * has of its own (PAGEMAP_SCAN of /proc/PID/pagemap, since Linux 6.7).
 */
#ifndef TRACER_LEND_H
#define TRACER_LEND_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct lent;

/* The memory as it is now, of a process that stands.  NULL: not to be lent.  */
struct lent *lend_begin(pid_t pid);

/* Nobody but the owner uses it any more.  The owner is made to make the calls
 * that are needed; false: one failed.  Returns false where the memory is not as
 * it was and cannot be put back.  */
typedef bool lend_call(void *with, long nr, const uint64_t *arg, int n);
bool lend_back(struct lent *l, lend_call *call, void *with);

/* Its /proc/PID/maps, open as long as it is lent.  */
int lend_maps(const struct lent *l);

void lend_end(struct lent *l);

#endif
