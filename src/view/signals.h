/* The signals of the actors, above the objects.  */
#ifndef VIEW_SIGNALS_H
#define VIEW_SIGNALS_H

#include "view/scene.h"

int signals_wanted(const struct scene *s);	/* rows, if there were room */
/* Returns the rows used.  */
int signals_draw(const struct scene *s, struct canvas *c, struct rect r);

#endif
