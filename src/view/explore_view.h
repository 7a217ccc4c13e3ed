/*
 * A search for a schedule that fails, as a screen: a progress bar while it
 * runs, then what was found: the sentence, the run in columns, and the nearest
 * run that passes.
 */
#ifndef VIEW_EXPLORE_VIEW_H
#define VIEW_EXPLORE_VIEW_H

#include "explore/explore.h"
#include "term/screen.h"
#include "view/canvas.h"

struct explore_view;

/* Starts the search; NULL with *why.  */
struct explore_view *explore_view_new(const struct explore_config *c,
				      char **why);
void explore_view_free(struct explore_view *v);

/* The parts of a screen.  */
void explore_view_draw(struct explore_view *v, struct canvas *c);
enum screen_answer explore_view_key(struct explore_view *v, int key);
int explore_view_poll(struct explore_view *v, struct pollfd *fds);
bool explore_view_pump(struct explore_view *v);

/* Run it on top of the current screen.  *open: the learner wants to see the
 * failure on the stage: explore_view_failure().  */
enum screen_answer explore_view_run(struct explore_view *v, bool *open);
/* NULL: none was found.  */
const struct failure *explore_view_failure(const struct explore_view *v);

#endif
