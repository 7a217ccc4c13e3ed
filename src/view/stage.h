/*
 * The stage: a session under the learner's hand.  Actors with their source
 * lines, objects with their content, what was printed, time, and the
 * sentence that says why somebody waits.
 *
 * It is a component: `ipclab watch` and `ipclab replay` give it the whole
 * screen, a lesson draws it beside its text.  Who embeds it draws it
 * (stage_draw), passes keys to it (stage_key) and lets it wait and read
 * (stage_poll, stage_pump); stage_screen() does all that for a whole screen.
 */
#ifndef VIEW_STAGE_H
#define VIEW_STAGE_H

#include "explore/explore.h"
#include "session/session.h"
#include "term/screen.h"
#include "view/canvas.h"

struct stage;

/* The session is borrowed and must outlive the stage; NULL is an empty
 * stage.  */
struct stage *stage_new(struct session *s);
void stage_free(struct stage *st);
/* Show another run: a lesson's next experiment, or NULL.  */
void stage_set_session(struct stage *st, struct session *s);

/* Left part of the upper line: "Pipes > 3 A full pipe"; copied.  */
void stage_set_title(struct stage *st, const char *title);
/* Where source files are looked for, beside the run's own folder; copied.  */
void stage_add_source_folder(struct stage *st, const char *folder);
/* After `e` saved a file: make the program anew (a lesson compiles).  NULL:
 * the program is run again as it is.  0, or -1 with *why.  */
void stage_set_rebuild(struct stage *st,
		       int (*rebuild)(void *arg, char **why), void *arg);
/* What x searches, where that is not the session's program as it is: put
 * changes the configuration, whose strings it keeps until it is called again.
 * 0, or -1 with *why.  NULL: nothing is changed.  */
void stage_set_search(struct stage *st,
		      int (*put)(void *arg, struct explore_config *c,
				 char **why), void *arg);
/* Actors or objects that stay out of the picture (a lesson's `hide:`): words
 * that their path or program contains, separated by spaces; copied.  */
void stage_set_hidden(struct stage *st, const char *words);

/* The event loop's part: like session_poll() and session_pump().  */
int stage_poll(struct stage *st, struct pollfd *fds);
bool stage_pump(struct stage *st);

/* What was asked for is done, or ms milliseconds are over: before somebody
 * else looks at the session.  Blocks.  */
void stage_settle(struct stage *st, int ms);

/* SCREEN_IGNORED: the key means nothing on the stage.  SCREEN_UP: q.  While
 * the learner types to the program (stage_is_typing) every key is taken.  */
enum screen_answer stage_key(struct stage *st, int key);
bool stage_is_typing(const struct stage *st);

/* Draw into a part of the canvas.  line: with the upper and the bottom line
 * (title, keys); without them two more rows are for the rest.  */
void stage_draw(struct stage *st, struct canvas *c, struct rect r, bool lines);

/* A sentence shown above the bottom line until the next key; copied.  */
void stage_say(struct stage *st, const char *sentence);

/* The stage as a screen of its own.  */
struct screen stage_screen(struct stage *st);

#endif
