/* What the views of the objects share; nobody else includes it.  */
#ifndef VIEW_OBJECT_INSIDE_H
#define VIEW_OBJECT_INSIDE_H

#include "view/scene.h"

enum { NAME_COLS = 10, BAR_MAX = 64 };

/* Draws an object into r, which has at least one row; the first row must
 * stand alone.  */
typedef void object_draw_fn(const struct scene *s, struct canvas *c,
			    struct rect r, int object);
object_draw_fn signalfd_draw, pidfd_draw;
object_draw_fn pipe_draw, queue_draw, file_draw, memory_draw, other_draw,
	eventfd_draw, epoll_draw, timerfd_draw;
object_draw_fn semaphore_set_draw, semaphore_draw;
object_draw_fn lock_draw, condition_draw, barrier_draw;

/* sockets: a connection is drawn once, at one of its ends */
object_draw_fn socket_draw;
bool socket_is_drawn(const struct scene *s, int object);
int socket_rows(const struct scene *s, int object);	/* that it likes */

/* Its name, however long; returns the column behind it.  */
int object_put_name(const struct scene *s, struct canvas *c, struct rect r,
		    int object);
/* Its name, and what the program calls it; the column to go on at.  */
int object_put_title(const struct scene *s, struct canvas *c, struct rect r,
		     int object);
/* Who holds an end: "writer:4", or "writer:4 +2" when three do.  */
void object_holders(const struct scene *s, int object, unsigned mode,
		    struct buf *out);
/* The same as names: "writer, reader".  */
void object_holder_names(const struct scene *s, int object, unsigned mode,
			 struct buf *out);
/* The first bytes of what is in it, quoted; of: how many there are.  */
void object_content(const struct scene *s, int object, int64_t of,
		    struct buf *out);
/* Who locked the file; nothing if nobody did.  */
void object_locks(const struct scene *s, int object, struct buf *out);
/* object_memory.c: who maps it, where and how.  */
void mapping_text(const struct scene *s, const struct mapping *m,
		  struct buf *out);
void mappings_text(const struct scene *s, int object, struct buf *out);
/* A path as seen from the folder that the run began in.  */
const char *object_short_path(const struct scene *s, const char *path);

#endif
