/*
 * The output pane: the subject's own terminal, kept by libvterm, with who
 * wrote each line.
 *
 * Bytes come from the pty, and say nothing about who wrote them; events say
 * who wrote how many bytes, with the first of them.  Laying one beside the
 * other gives each line its writer.  What no event accounts for (the echo of
 * what was typed) belongs to nobody.
 */
#ifndef VIEW_OUTPUT_PANE_H
#define VIEW_OUTPUT_PANE_H

#include "view/scene.h"

struct output_pane;

struct output_pane *output_new(int rows, int cols);
void output_free(struct output_pane *p);
void output_reset(struct output_pane *p);

/* Bytes from the pty; they wait until output_attribute() has found whose they
 * are, or output_flush() says that nobody will claim them.  */
void output_feed(struct output_pane *p, const char *bytes, size_t n);
/* Bytes that wait.  */
size_t output_pending(const struct output_pane *p);
void output_attribute(struct output_pane *p, struct log *log, uint64_t upto);
void output_flush(struct output_pane *p);

/* A recording has no pty: what its events carry of the bytes, up to the
 * moment of this world; of a long one, the last part.  */
void output_replay(struct output_pane *p, struct log *log,
		   const struct world *w);

bool output_is_empty(const struct output_pane *p);
int output_lines(const struct output_pane *p);	/* printed so far */

/* The last rows of it, each with its writer; whole: the screen as it is.  */
void output_draw(struct output_pane *p, const struct scene *s,
		 struct canvas *c, struct rect r, bool whole);

/* What this key sends, as the subject has set its terminal.  */
void output_key(struct output_pane *p, int key, struct buf *bytes);

#endif
