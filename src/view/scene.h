/*
 * The scene: all that the parts of the stage need in order to draw one
 * frame.  The stage fills it from its session; tests fill it from a log.
 * Nothing here is owned; it lives for one frame.
 */
#ifndef VIEW_SCENE_H
#define VIEW_SCENE_H

#include "event/log.h"
#include "session/session.h"
#include "view/canvas.h"
#include "world/world.h"

struct output_pane;
struct sources;

enum output_size {
	OUTPUT_PART,		/* a few lines, if something was printed */
	OUTPUT_WHOLE,
	OUTPUT_NONE,
};

struct scene {
	const struct world *world;	/* NULL: nothing to show yet */
	struct log *log;
	struct sources *sources;
	struct output_pane *output;	/* or NULL */
	enum output_size output_size;
	const char *title;
	const char *hidden;		/* words of the lesson's hide: */
	enum session_state state;
	int step, steps;
	int chosen;			/* actor the learner chose, -1: none */
	int next;			/* who goes by default, -1 */
	uint64_t selected;		/* event, 0: none */
	const char *message;		/* or NULL */
	bool typing;			/* keys go to the program */
};

void scene_draw(const struct scene *s, struct canvas *c, struct rect r,
		bool lines);

/* What the bottom line says while keys go to the program.  */
void scene_typing_line(struct canvas *c, int y, int x, int cols);

/* Whom the sentence at the bottom is about: the chosen one, else one that
 * waits, else who goes next.  -1: nobody.  */
int scene_subject(const struct scene *s);

/* hide.c: what stays out of the picture.  */
bool scene_hides_actor(const struct scene *s, int actor);
bool scene_hides_object(const struct scene *s, int object);
bool scene_hides_event(const struct world *w, const char *hidden,
		       const struct event *e);

/* The colour of an actor.  */
enum role actor_role(int actor);
bool cast_lives(const struct actor *a);

/* cast.c: the boxes, and the lines of those who get none.  */
struct cast_plan {
	int boxes, source_rows;	/* 0 boxes: lines only */
	bool has_source;	/* somebody in a box has */
	int box[8];		/* actors */
	int lines;		/* rows for the others, or 0 */
	int n_others;
	int other[64];
};
void cast_plan(const struct scene *s, int cols, int rows_wanted,
	       struct cast_plan *p);
int cast_rows(const struct cast_plan *p);
void cast_draw(const struct scene *s, struct canvas *c, struct rect r,
	       const struct cast_plan *p);
/* "BLOCKED in write"; role says how it is shown.  */
void cast_state(const struct actor *a, struct buf *out, enum role *role);

/* object_view.c: as many objects as fit, the ones in use first.  Returns the
 * rows used.  */
int objects_wanted(const struct scene *s);	/* rows, if there were room */
int objects_draw(const struct scene *s, struct canvas *c, struct rect r);
/* A socket in lines of plain text.  */
void socket_tell(const struct scene *s, int object, struct buf *out);

/* timeline.c */
int timeline_rows(const struct scene *s, int most);
void timeline_draw(const struct scene *s, struct canvas *c, struct rect r);
/* The operation before (-1) or after (+1) the event n on the time line; 0:
 * there is none.  n 0: the end.  */
uint64_t timeline_move(const struct scene *s, uint64_t n, int by);

/* why.c: the sentence, or what is known of the selected operation.  */
int why_draw(const struct scene *s, struct canvas *c, struct rect r);

#endif
