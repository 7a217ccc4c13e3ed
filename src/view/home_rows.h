/* The rows of the home screen: assignments that were opened, each followed by
 * its exercises; lessons in order, each followed by those that it teaches.  */
#ifndef VIEW_HOME_ROWS_H
#define VIEW_HOME_ROWS_H

#include "exercise/catalogue.h"
#include "lesson/catalogue.h"
#include "lesson/progress.h"
#include "view/homework.h"

struct home_row {
	bool is_exercise;
	const struct homework *homework;	/* it is this assignment, or an
						   exercise of it; NULL */
	const struct assignment_exercise *part;	/* of it; NULL */
	int64_t now;
	const char *name;		/* of its folder */
	struct lesson *lesson;		/* NULL: it cannot be read */
	struct progress_lesson state;
	struct exercise *exercise;	/* NULL of an exercise: its workspace
					   is gone */
	char *goal;
	struct progress_exercise work;
	char *why;			/* it cannot be read */
	bool found;			/* by the search */
};

struct home_rows {
	struct homeworks homeworks;
	size_t n;
	struct home_row *row;
};

/* Either may be NULL.  Names are borrowed.  only: the exercises of this lesson,
 * and no others; NULL: all, with the assignments that p knows, as they stand
 * now.  */
void home_rows_load(struct home_rows *rows, const struct catalogue *lessons,
		    const struct exercise_names *exercises,
		    const char *only, struct progress *p, int64_t now);
void home_rows_release(struct home_rows *rows);
/* How far each is.  */
void home_rows_recall(struct home_rows *rows, struct progress *p);

const char *home_row_title(const struct home_row *row);
/* What it is for; NULL: that is not said.  */
const char *home_row_goal(const struct home_row *row);
/* NULL: not said.  To be freed.  */
char *home_row_minutes(const struct home_row *row);
/* "step 2 of 5"; narrow: "2/5".  */
enum role home_row_state(const struct home_row *row, bool narrow,
			 struct buf *out);
/* The assignments and how far each of their exercises is, as text.  */
void home_rows_write(const struct home_rows *rows, struct buf *out);
/* Does it have this word anywhere?  */
bool home_row_has(const struct home_row *row, const char *word);

#endif
