/* Help from the table of keys: a screen of all keys, and the bottom line.  */
#ifndef VIEW_HELP_H
#define VIEW_HELP_H

#include "term/keys.h"
#include "term/screen.h"
#include "view/canvas.h"

/* " n next  1-9 who goes  b back ...": the actions of the list (ended by
 * ACTION_NONE) in that order, as many as fit.  */
void help_line(struct canvas *c, int y, int x, int cols, enum screens screen,
	       const enum action *actions);

/* All keys of a screen as lines of text: "KEYS\tSENTENCE\n".  */
void help_text(struct buf *out, enum screens screen);

/* Open the help screen on top; SCREEN_LEAVE when Q was pressed there.  */
enum screen_answer help_run(enum screens screen, const char *title);

/* For tests: the page at a scroll position.  Returns the rows that there
 * are.  */
int help_draw(struct canvas *c, enum screens screen, const char *title,
	      int first);

#endif
