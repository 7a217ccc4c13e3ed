/*
 * The adviser as a screen: five questions, one after the other, then the
 * mechanisms in the order in which they fit, with reasons.
 */
#ifndef VIEW_ADVISER_H
#define VIEW_ADVISER_H

#include "bench/bench.h"
#include "term/screen.h"
#include "view/canvas.h"

struct adviser;

/* Figures are borrowed; NULL: nothing was measured.  */
struct adviser *adviser_new(const struct figures *f);
void adviser_free(struct adviser *a);
void adviser_draw(struct adviser *a, struct canvas *c);
enum screen_answer adviser_key(struct adviser *a, int key);

/* Open it on top; SCREEN_LEAVE when Q was pressed there.  */
enum screen_answer adviser_run(const struct figures *f);
/* The same with the last figures of this user, if there are any.  */
enum screen_answer adviser_last(void);

#endif
