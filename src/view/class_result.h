/* One result of a class, whole.  */
#ifndef VIEW_CLASS_RESULT_H
#define VIEW_CLASS_RESULT_H

#include "view/class_view.h"

/* On top of the current screen.  What hinders is said.  */
enum screen_answer class_result_run(const struct class_view_config *c,
				    const struct book_row *row);

#endif
