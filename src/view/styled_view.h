/* Styled text on the canvas.  */
#ifndef VIEW_STYLED_VIEW_H
#define VIEW_STYLED_VIEW_H

#include "lesson/styled.h"
#include "view/canvas.h"

/* One line, clipped to cols cells.  */
void styled_draw(struct canvas *c, int y, int x, int cols,
		 const struct styled_line *line);

#endif
