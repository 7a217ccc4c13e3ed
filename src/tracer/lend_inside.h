/* Inside lending: what its files share.  */
#ifndef TRACER_LEND_INSIDE_H
#define TRACER_LEND_INSIDE_H

#include <stdbool.h>
#include <sys/types.h>

/* lend_safe.c: can the program change nothing of its memory but what is put
 * back?  */
bool lend_is_safe(pid_t pid);

#endif
