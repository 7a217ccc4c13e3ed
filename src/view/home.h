/*
 * The home screen: where the learner left, the assignments that were opened and
 * what is due, all lessons and their exercises with their state, and a search.
 */
#ifndef VIEW_HOME_H
#define VIEW_HOME_H

#include "exercise/catalogue.h"
#include "lesson/catalogue.h"
#include "lesson/progress.h"
#include "term/screen.h"
#include "view/canvas.h"

struct home;

/* All of it is borrowed.  What open and open_exercise answer is the home
 * screen's answer, too: SCREEN_LEAVE leaves the lab.  */
struct home_config {
	const struct catalogue *lessons;
	const struct exercise_names *exercises;		/* NULL: none */
	const char *only;	/* the exercises of this lesson, and nothing
				   else: lessons is NULL then; NULL: all */
	const char *title;	/* of that lesson */
	struct progress *progress;
	int64_t now;		/* a moment of utc.h, for what is due */
	enum screen_answer (*open)(void *arg, const struct lesson *l);
	/* workspace: NULL: the usual one.  */
	enum screen_answer (*open_exercise)(void *arg, const char *folder,
					    const char *workspace);
	void *arg;
};

struct home *home_new(const struct home_config *c);
void home_free(struct home *h);

void home_draw(struct home *h, struct canvas *c);
enum screen_answer home_key(struct home *h, int key);
/* Show only what has this word ("": all of them).  */
void home_search(struct home *h, const char *word);

struct screen home_screen(struct home *h);

/* The exercises of a lesson as a screen of their own.  Nothing is shown, and
 * that is said, where it has none.  */
enum screen_answer home_exercises_run(const struct lesson *l,
				      struct progress *p);

#endif
