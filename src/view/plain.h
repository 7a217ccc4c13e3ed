/*
 * The stage as linear text: what happened since the last choice, who is
 * where, what can be chosen; then a choice is read.  Nothing is redrawn, so
 * it serves scripts, pipes and screen readers.
 */
#ifndef VIEW_PLAIN_H
#define VIEW_PLAIN_H

#include "session/session.h"

#include <stdio.h>

/* Until the subject has ended, the end of a recording, or `quit`.  At the end
 * of the input everything goes on by the default choice.  True when it went on
 * as far as it could: false when `quit` left it.  */
bool plain_run(struct session *s, FILE *in, FILE *out);

/* The state of the world as lines of text.  */
void plain_world(struct session *s, struct buf *out);

#endif
