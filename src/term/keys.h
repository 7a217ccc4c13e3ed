/*
 * Keys: the one table of all keys.  It makes the help screen, the bottom
 * line, the man page, and it can be changed from the configuration file
 * (term/settings.h) by lines `bind KEY ACTION`.
 *
 * A key is a number: the character that it types, or one of enum key_code.
 * A screen asks keys_action() what a key means there.
 */
#ifndef TERM_KEYS_H
#define TERM_KEYS_H

#include "base/buf.h"

enum key_code {
	KEYS_NONE = -1,
	KEYS_ENTER = '\r',
	KEYS_TAB = '\t',
	KEYS_ESCAPE = 27,
	KEYS_BACKSPACE = 127,
	/* Beyond all characters.  */
	KEYS_UP = 0x110000,
	KEYS_DOWN,
	KEYS_LEFT,
	KEYS_RIGHT,
	KEYS_HOME,
	KEYS_END,
	KEYS_PAGE_UP,
	KEYS_PAGE_DOWN,
	KEYS_DELETE,
	KEYS_BACKTAB,
	KEYS_F1, KEYS_F2, KEYS_F3, KEYS_F4, KEYS_F5, KEYS_F6,
	KEYS_F7, KEYS_F8, KEYS_F9, KEYS_F10, KEYS_F11, KEYS_F12,
	KEYS_CLICK,		/* the mouse: keys_mouse says where */
	KEYS_WHEEL_UP,
	KEYS_WHEEL_DOWN,
};

/* Where the last KEYS_CLICK happened, in cells, and what stands there.  A
 * click on a key of the bottom line is that key instead.  */
struct keys_mouse {
	int y, x;
	int kind;		/* enum target_kind (view/canvas.h) */
	int64_t what;
};
extern struct keys_mouse keys_mouse;

/* The screens that a line of the table belongs to: bits.  */
enum screens {
	SCREEN_HOME = 1 << 0,
	SCREEN_LESSON = 1 << 1,
	SCREEN_STAGE = 1 << 2,
	SCREEN_HELP = 1 << 3,
	SCREEN_BENCH = 1 << 4,
	SCREEN_ADVISER = 1 << 5,
	SCREEN_EXPLORE = 1 << 6,
	SCREEN_EXERCISE = 1 << 7,
	SCREEN_CLASS = 1 << 8,
	SCREEN_ALL = 511,
};

enum action {
	ACTION_NONE,
	/* the stage */
	ACTION_NEXT,
	ACTION_GO_1, ACTION_GO_2, ACTION_GO_3, ACTION_GO_4, ACTION_GO_5,
	ACTION_GO_6, ACTION_GO_7, ACTION_GO_8, ACTION_GO_9,
	ACTION_GO_CHOSEN,
	ACTION_BACK,
	ACTION_RUN,
	ACTION_UNTIL,
	ACTION_SIGNAL,
	ACTION_WRITE,
	ACTION_EDIT,
	ACTION_TYPE,
	ACTION_OUTPUT,		/* the output pane: small, whole, none */
	ACTION_COMMAND,
	ACTION_EXPLORE,		/* search for a schedule that fails */
	ACTION_ENOUGH,		/* ... end the search with what it has */
	/* moving, on every screen */
	ACTION_UP,
	ACTION_DOWN,
	ACTION_LEFT,
	ACTION_RIGHT,
	ACTION_FIRST,
	ACTION_LAST,
	ACTION_PAGE_UP,
	ACTION_PAGE_DOWN,
	ACTION_OPEN,
	ACTION_FOCUS,		/* lesson: text or stage */
	ACTION_FORWARD,		/* lesson: on to the next step */
	ACTION_BACKWARD,	/* ... or the one before */
	ACTION_ANSWER,		/* ... to a question: the key is the digit */
	ACTION_FIGURE,		/* bench: latency, its percentile, throughput */
	ACTION_PROCESSORS,	/* ... on one processor, on two */
	ACTION_TABLE,		/* ... chart or table */
	ACTION_METHOD,		/* ... how it was measured */
	ACTION_MEASURE,		/* ... anew; again: enough */
	ACTION_FEATURES,	/* ... what each mechanism gives */
	ACTION_BENCH,		/* home: the figures */
	ACTION_ADVISE,		/* home, bench: the adviser */
	ACTION_EXERCISES,	/* lesson: its exercises */
	ACTION_PLAY,		/* exercise: its program, on the stage */
	ACTION_CHECK,		/* ... now */
	ACTION_HINT,		/* ... the next one */
	ACTION_SOLUTION,	/* ... after passing */
	ACTION_RESET,		/* ... to what it began with */
	ACTION_PAGE,		/* ... the task, or the work */
	ACTION_SHOWN,		/* class: which of the rows */
	ACTION_SEARCH,
	ACTION_SEARCH_AGAIN,
	ACTION_HELP,
	ACTION_REDRAW,
	ACTION_CANCEL,
	ACTION_CLOSE,		/* up one screen */
	ACTION_LEAVE,		/* the lab */
	ACTION_MAX
};

struct key_def {
	int key;
	enum action action;
	unsigned screens;
};

struct action_def {
	const char *name;	/* in the configuration file: "next" */
	const char *brief;	/* N_(): in the bottom line; NULL: not there */
	const char *help;	/* N_(): a sentence for help and manual */
};

/* What this key means on this screen.  */
enum action keys_action(enum screens screen, int key);

/* The tables, for help, manual and tests.  keys_bindings() has the changes
 * of the configuration in it.  */
const struct key_def *keys_bindings(size_t *n);
const struct action_def *keys_describe(enum action action);
/* All keys of an action on a screen: "k, Up".  */
void keys_of(enum screens screen, enum action action, struct buf *out);

/* The name of a key ("n", "Up", "^L", "Space"), in a static buffer, and
 * back: KEYS_NONE when there is no such key.  */
const char *keys_name(int key);
int keys_number(const char *name);
/* A key that does this on a screen, or KEYS_NONE.  */
int keys_for(enum screens screen, enum action action);

/* Bind a key, on all screens that have the action; what the key did there
 * before is undone.  0, or -1 with *why.  */
int keys_bind(const char *key, const char *action, char **why);
void keys_reset(void);		/* the built-in table again */

#endif
