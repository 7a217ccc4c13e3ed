/* A search as text: a line that moves, and what came of it.  */
#ifndef VIEW_EXPLORE_TEXT_H
#define VIEW_EXPLORE_TEXT_H

#include "explore/explore.h"

/* Runs until the search has ended or its budget is spent, as far as is known.
 */
double explore_progress_all(const struct explore_progress *p);
/* The line, without its end: "340 runs, 812 a second; about 1200 more, 2 s".
 */
void explore_progress_write(struct buf *out, const struct explore_progress *p);
/* The result, as lines of any length.  */
void explore_result_write(struct buf *out, const struct explore_result *r);
/* The same for a screen of so many cells: lines that are too long are broken
 * between words, and go on where they began.  */
void explore_text_wrap(struct buf *out, const char *text, int width);

#endif
