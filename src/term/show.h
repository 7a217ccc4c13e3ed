/* From a canvas to curses' stdscr: only the cells that changed.  */
#ifndef TERM_SHOW_H
#define TERM_SHOW_H

#include "view/canvas.h"

/* Put the cells that differ from those shown last time on stdscr.  The
 * caller refreshes.  */
void show_canvas(const struct canvas *c);
/* Nothing is known of what stands there: next time all cells differ.  */
void show_forget(void);

#endif
