/*
 * The terminal: taken with term_start(), given back by term_stop(), by die(),
 * by exit(3), and, before anything else happens, by every signal that ends
 * the lab, SIGKILL included (term/guard.c).
 */
#ifndef TERM_TERM_H
#define TERM_TERM_H

#include "view/canvas.h"

#include <poll.h>

enum {
	TERM_ROWS_MIN = 10,	/* below: a notice instead of the screen */
	TERM_COLS_MIN = 40,
	TERM_FDS = 2,
};

/* Is there a terminal that screens can be shown on?  0, or -1 with *why:
 * not a terminal, TERM=dumb, a TERM that nobody knows.  */
int term_possible(char **why);

/* Reads the settings first.  0, or -1 with *why.  */
int term_start(char **why);
void term_stop(void);
bool term_is_on(void);

/* The canvas of the terminal's size; cleared by whoever draws.  */
struct canvas *term_canvas(void);
/* Send what changed on the canvas.  A canvas too small to draw on is
 * replaced by a notice.  */
void term_show(void);
bool term_is_too_small(void);
/* Forget what stands on the screen, send all of it next time (^L).  */
void term_redraw(void);

/* What to wait for: the keyboard, and signals (resize, ^Z).  */
int term_poll(struct pollfd fds[TERM_FDS]);
/* Take care of signals that arrived; true when the screen must be drawn.  */
bool term_pump(void);
/* ^Z was pressed: stop, as any other program does; return when continued.  */
void term_suspend(void);
/* The next key that waits, or KEYS_NONE.  Never blocks for longer than it
 * takes to tell Esc from an arrow key (25 ms).  */
int term_key(void);

/* Give the terminal to another program (an editor), wait for its end, take
 * it back.  Its wait status, or -1 with *why.  */
int term_run(const char *const argv[], char **why);

#endif
