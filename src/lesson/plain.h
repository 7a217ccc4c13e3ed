/*
 * A lesson as linear text: what a learner at a terminal without a screen, or
 * with a screen reader, reads.  Each function appends one piece, so that the
 * text can be shown while the lesson's claims are still being run.
 */
#ifndef LESSON_PLAIN_H
#define LESSON_PLAIN_H

#include "lesson/claim.h"
#include "lesson/exhibit.h"
#include "lesson/markdown.h"

void plain_head(struct buf *out, const struct lesson *l,
		const struct look *look);
/* The heading of step number i (0 is the introduction: nothing).  */
void plain_step(struct buf *out, const struct lesson *l, size_t i,
		const struct look *look);
void plain_exhibit(struct buf *out, const struct exhibit *e,
		   const struct look *look);
void plain_text(struct buf *out, const char *markdown,
		const struct look *look);
/* The question, its answers with their numbers, and what each explains.  */
void plain_question(struct buf *out, const struct question *q,
		    const struct look *look);
void plain_excerpt(struct buf *out, const struct lesson *l,
		   const struct excerpt *e);
/* What the learner would do; the run itself follows it.  */
void plain_experiment(struct buf *out, const struct lesson *l,
		      const struct experiment *e, const struct look *look);
/* Run it by the default schedule, and tell it.  0, or -1 with *why.  */
int plain_experiment_run(struct buf *out, const struct lesson *l,
			 const struct experiment *e, char **why);
/* The same of its recording, for what this machine lacks.  */
int plain_experiment_recorded(struct buf *out, const struct lesson *l,
			      const struct experiment *e, char **why);
/* What this machine lacks for the lesson.  True: something.  */
bool plain_lacking(struct buf *out, const struct lesson *l,
		   const struct look *look);
void plain_claim(struct buf *out, const struct claim *c,
		 const struct claim_result *r, const struct look *look);

/* Lines first to last of a program, each with its number, as styled lines
 * (the screens use it, too).  */
void excerpt_lines(struct styled *out, const struct lesson *l,
		   const struct excerpt *e, const struct look *look);

#endif
