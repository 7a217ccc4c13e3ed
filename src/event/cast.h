/* The cast of a run: what people call its actors.  */
#ifndef EVENT_CAST_H
#define EVENT_CAST_H

#include "event/event.h"

struct role {
	char text[NAME_MAX_LEN];
};

/* The role that the cast ("A=writer,A.1=reader", NULL: there is none) gives to
 * the actor of this name; the name where it gives none.  */
struct role cast_role(const char *cast, const char *name);

#endif
