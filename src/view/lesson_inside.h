/* What the files of the lesson screen share.  Nobody else includes this.  */
#ifndef VIEW_LESSON_INSIDE_H
#define VIEW_LESSON_INSIDE_H

#include "lesson/claim.h"
#include "lesson/compile.h"
#include "lesson/exhibit.h"
#include "lesson/experiment.h"
#include "lesson/search.h"
#include "lesson/styled.h"
#include "view/lesson_view.h"
#include "view/stage.h"

enum tick {
	TICK_WAITS,	/* not looked at yet */
	TICK_RUNS,
	TICK_HOLDS,	/* a claim; a goal that was reached */
	TICK_FAILS,
	TICK_CANNOT,
};

struct part_state {
	int answer;		/* question: from 0; -1: not answered */
	enum tick tick;		/* claim, experiment */
	char *saw;		/* claim: what was seen */
	size_t line;		/* the first of it in the text */
	size_t chosen, after;	/* question: the lines of the answer that was
				 * chosen; both 0: none */
};

struct lesson_view {
	const struct lesson *lesson;
	struct progress *progress;
	const char *forbids;

	size_t step;
	struct part_state *part;	/* of that step */
	size_t n_shown;			/* parts, up to the open question */

	/* The text, laid out for a width.  */
	struct styled text;
	int width;
	bool unicode, stale;
	int first, rows;	/* line at the top; rows of the window */
	char *sought;
	int reveal;		/* a question to bring in sight at the next
				 * drawing; -1: none */

	/* The experiment on the stage, if any.  */
	const struct part *running;	/* NULL: none */
	struct ground ground;
	struct search_right right;	/* what x searches with, borrowed by */
	char *search_folder;		/* ... its configuration; or NULL */
	struct session *session;
	struct stage *stage;
	struct rule goal;
	char *recorded;		/* what runs is a recording: its label */
	bool on_stage;		/* keys go there */
	struct rect stage_rect;

	/* Claims that are run meanwhile.  */
	struct ahead ahead;
	struct claim_run *claim;
	size_t claim_part;
	int begin;		/* eventfd: the first frame is over */
};

static inline const struct lesson_step *
view_step(const struct lesson_view *v)
{
	return &v->lesson->step[v->step];
}

/* lesson_text.c: lay the text of the step out.  */
void lesson_text(struct lesson_view *v, int width, bool unicode);

/* lesson_run.c: the experiment.  0, or -1 with *why.  */
int experiment_begin(struct lesson_view *v, size_t part, char **why);
void experiment_end(struct lesson_view *v);
/* Was the goal reached just now?  */
bool experiment_look(struct lesson_view *v);

/* lesson_claims.c: run the claims that are shown, one after the other.  */
void claims_begin(struct lesson_view *v);	/* of a step: compile first */
void claims_end(struct lesson_view *v);		/* of the step */
int claims_poll(struct lesson_view *v, struct pollfd *fds);
bool claims_pump(struct lesson_view *v);

/* lesson_view.c */
void lesson_go(struct lesson_view *v, size_t step);
/* Has the learner seen the end of the lesson?  */
void lesson_look_done(struct lesson_view *v);
/* The number of this question within the step, from 0.  */
int question_number(const struct lesson_view *v, size_t part);

/* How many parts of the step are shown: up to the first question that was
 * not answered.  */
size_t parts_shown(const struct lesson_view *v);

#endif
