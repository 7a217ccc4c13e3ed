/*
 * The subject's own terminal: a pty(7).  The subject gets the slave; we hold
 * the master, read what is printed, and type.
 *
 * Nothing blocks.  What is printed is kept for the view, up to TERMINAL_KEPT
 * bytes; when nobody takes it in time the oldest goes and a line says so.
 */
#ifndef SESSION_TERMINAL_H
#define SESSION_TERMINAL_H

#include "base/buf.h"

enum { TERMINAL_KEPT = 1 << 20 };

struct terminal;

/* NULL with *why.  */
struct terminal *terminal_open(int rows, int cols, char **why);
void terminal_close(struct terminal *t);

const char *terminal_name(const struct terminal *t);	/* "/dev/pts/3" */
int terminal_fd(const struct terminal *t);		/* to poll for input */
/* Read what there is; true when there was something.  */
bool terminal_pump(struct terminal *t);
/* What was printed since the last call, at most room bytes.  */
size_t terminal_take(struct terminal *t, char *out, size_t room);
/* Type.  0, or -1 with *why when its queue is full: nothing reads there.  */
int terminal_type(struct terminal *t, const char *bytes, size_t n,
		  char **why);
void terminal_resize(struct terminal *t, int rows, int cols);

#endif
