/* What probe_would_block() asks of a pipe.  For the files of probe/ only.  */
#ifndef PROBE_PIPE_H
#define PROBE_PIPE_H

#include <stdbool.h>
#include <stdint.h>

/* Through fd, a duplicate of one with these flags: would reading or writing (mode) count bytes sleep,
 * wholly or after a part was done?  1, 0, or -1 with errno.  */
int pipe_would_block(int fd, int flags, unsigned mode, int64_t count);

/* Is it a read end, with nothing in the pipe and nobody to write?  */
bool pipe_is_at_end(int fd, int flags);

/* All numbers of a state "not known".  */
struct object_state;
void state_clear(struct object_state *s);

#endif
