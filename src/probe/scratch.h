/*
 * The scratch pipe: into it tee(2) copies what is in a subject's pipe, which
 * so keeps all its bytes.  One for the whole program, made when first needed
 * and left empty after each use.  For the files of probe/ only.
 */
#ifndef PROBE_SCRATCH_H
#define PROBE_SCRATCH_H

#include "base/base.h"

/* Make the scratch pipe as large as a pipe of capacity bytes: a pipe counts
 * pages in use, and a page may hold one byte only.  False when the kernel
 * does not let it grow so far; it then is as large as it was.  */
bool scratch_fit(int64_t capacity);

/* Copy the first bytes of the pipe whose read end is fd into data, at most
 * room.  Their number; 0: it is empty and nobody can write to it; -1 with
 * errno: EAGAIN when it is empty and somebody can.  */
int scratch_peek(int fd, char *data, int room);

/* Would pages more pages fit into the pipe whose read end is fd, which has
 * capacity and holds bytes?  1, 0, or -1 when this cannot be told.  *before
 * is the number of bytes in front of the pages that did not fit.  */
int scratch_fits(int fd, int64_t capacity, int64_t bytes, int pages,
		 int64_t *before);

/* The same pipe's last page begins behind so many bytes: does it take more?
 * Not if it holds a packet (O_DIRECT in pipe(2)).  That it was spliced or
 * given away, and so takes no more either, is not seen.  */
bool scratch_merges(int fd, int64_t bytes, int64_t before);

#endif
