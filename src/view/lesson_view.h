/*
 * The lesson screen: the text of one step, and beside it (below it, on a
 * narrow terminal) the stage of the experiment that was begun.
 *
 * What follows a question is shown when it has been answered.  Claims are run
 * while the learner reads, and ticked when the kernel has confirmed them.
 */
#ifndef VIEW_LESSON_VIEW_H
#define VIEW_LESSON_VIEW_H

#include "lesson/lesson.h"
#include "lesson/progress.h"
#include "term/screen.h"
#include "view/canvas.h"

struct lesson_view;

/* Lesson and progress are borrowed.  forbids: why nothing can be run on this
 * machine, or NULL.  Begins where the learner left.  Runs nothing before the
 * first frame.  */
struct lesson_view *lesson_view_new(const struct lesson *l,
				    struct progress *p, const char *forbids);
void lesson_view_free(struct lesson_view *v);

void lesson_view_draw(struct lesson_view *v, struct canvas *c);
enum screen_answer lesson_view_key(struct lesson_view *v, int key);
int lesson_view_poll(struct lesson_view *v, struct pollfd *fds);
bool lesson_view_pump(struct lesson_view *v);

struct screen lesson_screen(struct lesson_view *v);

#endif
