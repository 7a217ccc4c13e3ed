/* The lab on the screen: lessons, and the list of them.  */
#ifndef COMMAND_HOME_H
#define COMMAND_HOME_H

#include "lesson/lesson.h"

/* Open a lesson; back when the learner leaves it.  An exit code.  */
int lab_lesson(const struct lesson *l);
/* Open an exercise; workspace as for exercise_view_run().  An exit code.  */
int lab_exercise(const char *folder, const char *workspace);
/* Open the list of lessons.  An exit code.  */
int lab_home(void);
/* The list of lessons as text: command/learn.c.  */
void learn_list_write(struct buf *out);

#endif
