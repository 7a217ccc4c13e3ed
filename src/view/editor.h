/* The learner's own editor, on the terminal that the lab has. */
#ifndef VIEW_EDITOR_H
#define VIEW_EDITOR_H

#include "base/base.h"

/* Open the file at a line (0: at its beginning) in $VISUAL, $EDITOR or vi, and
 * wait until it ends.  *changed: the file is another than before; may be NULL.
 * 0, or -1 with *why.  */
int editor_run(const char *path, int line, bool *changed, char **why);

#endif
