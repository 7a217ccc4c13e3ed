/*
 * What a learner predicts: answers.yaml, a line `ID: NUMBER` for each question.
 * 0, with which it begins, is no answer yet.
 */
#ifndef EXERCISE_ANSWERS_H
#define EXERCISE_ANSWERS_H

#include "exercise/exercise.h"

#define ANSWERS_FILE "answers.yaml"

/* As many numbers as there are questions, from 1, 0: not answered; the
 * caller's.  The text is not trusted.  NULL with *why: one line for each
 * fault.  */
int64_t *answers_read(const struct exercise *e, const char *text, size_t n,
		      char **why);
/* The file: the questions as comments, each with its answer.  numbers NULL:
 * none is answered, with which a learner begins.  */
void answers_write(struct buf *out, const struct exercise *e,
		   const int64_t *numbers);
/* A question and its numbered answers, each line begun with before.  */
void answers_ask(struct buf *out, const struct exercise_question *q,
		 const char *before);

#endif
