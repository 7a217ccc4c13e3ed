/* The variable at an address.  For source.c only.  */
#ifndef TRACER_VARIABLE_H
#define TRACER_VARIABLE_H

#include "tracer/source.h"

#include <elfutils/libdwfl.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* As the code that the stopped thread tid is in would write it: a variable
 * that it sees, or what one of them points to.  The stack between is the
 * runtime's, which keeps frame pointers.  False where debug information does
 * not say.  */
bool variable_name(Dwfl *dwfl, pid_t tid, const struct where *where, char *out,
		   size_t room);

#endif
