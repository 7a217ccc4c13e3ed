/*
 * A screen: something that draws itself on a canvas and takes keys.  The
 * loop here is the only one in the lab: one poll(2) over the terminal and
 * what the screen itself waits for, at most 30 frames a second.
 *
 * Screens nest: a key handler may call screen_run() or screen_ask() itself;
 * the screen below goes on being drawn and fed.
 */
#ifndef TERM_SCREEN_H
#define TERM_SCREEN_H

#include "base/buf.h"

#include <poll.h>

enum { SCREEN_POLLS_MAX = 8 };

enum screen_answer {
	SCREEN_STAY,
	SCREEN_UP,		/* this screen is done */
	SCREEN_LEAVE,		/* leave the lab */
	SCREEN_IGNORED,		/* stage_key(): the key means nothing here */
};

struct canvas;

struct screen {
	void *arg;
	void (*draw)(void *arg, struct canvas *c);
	enum screen_answer (*key)(void *arg, int key);
	/* What else to wait for, at most SCREEN_POLLS_MAX; or NULL.  */
	int (*poll)(void *arg, struct pollfd *fds);
	/* Take what has arrived; true when something must be drawn anew.
	 * Called after each poll(2).  Or NULL.  */
	bool (*pump)(void *arg);
	/* The screen is to end by itself (after a pump); or NULL.  */
	bool (*done)(void *arg);
	/* Every key goes to key(), ^C, ^Z and ^L as well; or NULL: none.  */
	bool (*takes_all)(void *arg);
};

/* Run until a key is answered with something else than SCREEN_STAY or
 * SCREEN_IGNORED, or done() says so (SCREEN_UP).  The terminal must have been
 * started (term/term.h).  */
enum screen_answer screen_run(const struct screen *s);

/* Ask for a line of text at the bottom of the current screen (libedit:
 * history, completion, ^R, emacs or vi keys of ~/.editrc).  The text is the
 * caller's to free; NULL when cancelled by Esc, ^C or ^D.  */
struct ask {
	const char *prompt;	/* "until: " */
	const char *initial;	/* text to begin with, or NULL */
	const char *history;	/* name of the history: "condition" */
	/* Completion: call offer() for each line that begins with what stands
	 * before the cursor and goes on from there (whole lines); or NULL.  */
	void (*complete)(void *arg, const char *before,
			 void (*offer)(void *offers, const char *line),
			 void *offers);
	void *arg;
	/* Is the text acceptable?  If not, the sentence is shown and the
	 * prompt stays open.  0 or -1 with *why; or NULL.  */
	int (*check)(void *arg, const char *text, char **why);
};
char *screen_ask(const struct ask *a);

/* A sentence at the bottom until the next key; copied.  */
void screen_say(const char *sentence);

/* For ask.c: one turn of the loop.  Draws what is due, waits, feeds all
 * screens; returns the key that was pressed, else KEYS_NONE.  over() draws
 * over the current screen and may place the cursor; or NULL.  */
bool screen_common_key(int key);	/* ^Z, ^L: done; ^C ends the lab */
int screen_turn(void (*over)(void *arg, struct canvas *c), void *arg);

#endif
