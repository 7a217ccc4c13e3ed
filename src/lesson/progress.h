/*
 * Progress: where a learner is, what was answered, seen and done.  SQLite in
 * $XDG_STATE_HOME/ipclab/progress.db; each answer is a transaction of its
 * own, so that a lab that is killed loses nothing.
 *
 * Where nothing can be kept (a read-only or full home folder) everything
 * works as long as the lab is open, and progress_trouble() says once that it
 * will be forgotten.  A damaged file is set aside, never removed.
 *
 * The version stands in user_version, thousands for what an older ipclab
 * cannot read: such a file is left alone.  Within a thousand tables and
 * columns are only added.
 */
#ifndef LESSON_PROGRESS_H
#define LESSON_PROGRESS_H

#include "base/base.h"

struct progress;

/* NULL: the usual file.  Never fails.  */
struct progress *progress_open(const char *path);
void progress_close(struct progress *p);

/* What the learner should know, once: NULL when there is nothing new.
 * Borrowed, until the next call.  */
const char *progress_trouble(struct progress *p);
bool progress_is_kept(const struct progress *p);

struct progress_lesson {
	bool begun, done;
	int reached;		/* the furthest step, counted from 0 */
	char step[64];		/* id of the step last looked at */
};

void progress_lesson(struct progress *p, const char *lesson,
		     struct progress_lesson *out);
/* The lesson last opened, "" when none was.  To be freed.  */
char *progress_last(struct progress *p);

/* The learner looks at this step, the number-th.  */
void progress_at(struct progress *p, const char *lesson, const char *step,
		 int number);
void progress_done(struct progress *p, const char *lesson);

/* question and claim are numbers within the step, from 0.  */
void progress_answer(struct progress *p, const char *lesson, const char *step,
		     int question, int answer, bool right);
/* The answer given last, -1: none.  */
int progress_answered(struct progress *p, const char *lesson,
		      const char *step, int question);
void progress_claim(struct progress *p, const char *lesson, const char *step,
		    int claim);
bool progress_claim_seen(struct progress *p, const char *lesson,
			 const char *step, int claim);
void progress_experiment(struct progress *p, const char *lesson,
			 const char *id);
bool progress_experiment_done(struct progress *p, const char *lesson,
			      const char *id);

struct progress_exercise {
	bool begun, passed;	/* passed: once, whatever came after */
	int tried;		/* how often it was checked */
	int score, maximum;	/* of the last check */
	int hints;		/* that were read */
	char folder[4096];	/* the learner's workspace */
};

void progress_exercise(struct progress *p, const char *name,
		       struct progress_exercise *out);
/* The learner works on it in this folder, a full path.  tried() is of one that
 * has begun.  */
void progress_exercise_begin(struct progress *p, const char *name,
			     const char *folder);
void progress_exercise_tried(struct progress *p, const char *name, int score,
			     int maximum, bool passed);
/* So many of its hints were read, whether it has begun or not: it never
 * becomes fewer.  */
void progress_exercise_hints(struct progress *p, const char *name, int hints);

struct progress_assignment {
	char path[4096];	/* of its file */
	char folder[4096];	/* with the workspaces of its exercises */
};

/* The learner opened an instructor's assignment; both are full paths.  */
void progress_assignment_open(struct progress *p, const char *path,
			      const char *folder);
/* The i-th that was opened; false: there are no more.  */
bool progress_assignment(struct progress *p, int i,
			 struct progress_assignment *out);

#endif
