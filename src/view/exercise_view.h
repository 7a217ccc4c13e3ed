/*
 * An exercise as a screen: the task, the conditions that are graded, ticked
 * as they are met, what the last failing run was, hints, and after passing
 * what was to be learned and a solution.
 *
 * `e` opens the learner's editor; whatever saves a file, it is checked anew.
 * The screen moves on by nothing but the learner's keys.
 */
#ifndef VIEW_EXERCISE_VIEW_H
#define VIEW_EXERCISE_VIEW_H

#include "exercise/exercise.h"
#include "lesson/progress.h"
#include "term/screen.h"
#include "view/canvas.h"

struct exercise_view;

struct exercise_view_config {
	const struct exercise *exercise;	/* borrowed, as progress is */
	const char *language;		/* NULL: English */
	const char *folder;		/* the learner's workspace */
	const char *key;		/* its name in progress */
	const char *hint_cost;		/* a sentence; NULL: they are free */
	struct progress *progress;
};

struct exercise_view *exercise_view_new(const struct exercise_view_config *c);
void exercise_view_free(struct exercise_view *v);

/* The parts of a screen.  */
void exercise_view_draw(struct exercise_view *v, struct canvas *c);
enum screen_answer exercise_view_key(struct exercise_view *v, int key);
int exercise_view_poll(struct exercise_view *v, struct pollfd *fds);
bool exercise_view_pump(struct exercise_view *v);

/* Open an exercise from its folder on top of the current screen: the workspace
 * is the one that progress knows, or is begun (path_user("exercises/NAME")).
 * workspace names another; NULL: none.  What hinders is said.  */
enum screen_answer exercise_view_run(const char *folder, const char *workspace,
				     struct progress *p);

#endif
