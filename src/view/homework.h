/*
 * The assignments that a learner has opened, as the home screen tells them:
 * which exercises, for how many points, until when, and how far the learner is.
 *
 * Progress knows the path of each assignment's file and the folder that it was
 * opened in; all else is read from the file as it is now.  One whose file is
 * gone is passed over, and so is one that has been over for a week.
 */
#ifndef VIEW_HOMEWORK_H
#define VIEW_HOMEWORK_H

#include "grade/assignment.h"
#include "lesson/progress.h"
#include "view/canvas.h"

struct homework {
	struct assignment assignment;	/* assignment_look() */
	char *folder;		/* its exercises are in folders of it */
	char *why;		/* it cannot be read; NULL: it can */
};

struct homeworks {
	struct homework *one;
	size_t n;
};

/* What is due first comes first.  now: a moment of utc.h.  */
void homeworks_load(struct homeworks *all, struct progress *p, int64_t now);
void homeworks_release(struct homeworks *all);

/* Of one that cannot be read, its file's name.  */
const char *homework_title(const struct homework *h);
/* "due 2026-11-16 23:59 UTC, 3 days left"; narrow: "3 days left".  Nothing
 * where it is never due.  */
enum role homework_due(const struct homework *h, int64_t now, bool narrow,
		       struct buf *out);
/* What is known of the learner's work, as points of the assignment: in
 * hundredths, of one exercise.  */
int64_t homework_mark(const struct homework *h,
		      const struct assignment_exercise *e,
		      const struct progress_exercise *work);
/* "done, 20 of 20 points"; narrow: "20/20".  */
enum role homework_state(const struct homework *h,
			 const struct assignment_exercise *e,
			 const struct progress_exercise *work, bool narrow,
			 struct buf *out);
/* How it stands as a whole, in sentences; done: of its exercises, mark: in
 * hundredths.  */
void homework_tell(const struct homework *h, int64_t now, size_t done,
		   int64_t mark, struct buf *out);
/* The workspace of an exercise of it; the caller's.  */
char *homework_workspace(const struct homework *h, const char *exercise);

/* What a hint of this exercise costs: a sentence, the caller's; NULL where no
 * assignment that was opened makes it cost.  */
char *homework_hint_cost(struct progress *p, const char *exercise);

#endif
