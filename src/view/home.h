/*
 * The home screen: where the learner left, all lessons with their state, and
 * a search.
 */
#ifndef VIEW_HOME_H
#define VIEW_HOME_H

#include "lesson/catalogue.h"
#include "lesson/progress.h"
#include "term/screen.h"
#include "view/canvas.h"

struct home;

/* Catalogue and progress are borrowed.  open is called with a lesson that
 * was chosen; its answer SCREEN_LEAVE leaves the lab.  */
struct home *home_new(const struct catalogue *c, struct progress *p,
		      enum screen_answer (*open)(void *arg,
						 const struct lesson *l),
		      void *arg);
void home_free(struct home *h);

void home_draw(struct home *h, struct canvas *c);
enum screen_answer home_key(struct home *h, int key);
/* Show only lessons that have this word ("": all of them).  */
void home_search(struct home *h, const char *word);

struct screen home_screen(struct home *h);

#endif
