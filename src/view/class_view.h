/*
 * A class as a screen, for instructors: a table of what was handed in and what
 * it is worth, filters, and one result whole with its failing run, which opens
 * on the stage.
 */
#ifndef VIEW_CLASS_VIEW_H
#define VIEW_CLASS_VIEW_H

#include "grade/book.h"
#include "term/screen.h"
#include "view/canvas.h"

struct class_view;

/* What it shows, all borrowed.  */
struct class_view_config {
	const struct book_list *list;	/* marked */
	const char *title;
	/* The result of a row as JSON, the caller's; NULL with *why.  */
	char *(*result)(void *arg, const struct book_row *row, char **why);
	/* A recording of its failing run: the path of a file that stays until
	 * the next call, borrowed, and the folder of the sources; NULL with
	 * *why.  May block for as long as compiling takes.  */
	const char *(*record)(void *arg, const struct book_row *row,
			      const char *schedule, const char **sources,
			      char **why);
	void *arg;
};

struct class_view *class_view_new(const struct class_view_config *c);
void class_view_free(struct class_view *v);
void class_view_draw(struct class_view *v, struct canvas *c);
enum screen_answer class_view_key(struct class_view *v, int key);
/* Show only rows that have this word in them ("": all).  */
void class_view_filter(struct class_view *v, const char *word);

enum screen_answer class_view_run(const struct class_view_config *c);

#endif
