/*
 * A text on a part of the screen, scrolled by the keys that move.
 */
#ifndef VIEW_PAGER_H
#define VIEW_PAGER_H

#include "base/buf.h"
#include "term/keys.h"
#include "view/canvas.h"

struct pager {
	struct buf text;	/* lines, as wide as they are to be */
	int width;		/* that they were made for; 0: none yet */
	int first, shown, lines;
};

void pager_release(struct pager *p);
/* Another text, or the same for another width.  The place is kept as far as
 * it can be.  Takes what is in text, which is empty then.  */
void pager_set(struct pager *p, struct buf *text, int width);
/* chosen is a line that is marked and kept in sight; -1: none.  */
void pager_draw(struct pager *p, struct canvas *c, struct rect r, int chosen);
/* Scroll, if the action does; else false.  */
bool pager_move(struct pager *p, enum action action);

#endif
