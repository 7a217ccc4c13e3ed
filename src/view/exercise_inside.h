/* What the files of the exercise screen share.  */
#ifndef VIEW_EXERCISE_INSIDE_H
#define VIEW_EXERCISE_INSIDE_H

#include "exercise/practice.h"
#include "lesson/styled.h"
#include "term/keys.h"
#include "view/exercise_view.h"

/* The two columns of a wide screen, the two pages of a narrow one.  */
enum exercise_page { PAGE_TASK, PAGE_WORK, PAGES };

struct exercise_page_state {
	struct styled text;
	int first, rows;
};

struct exercise_view {
	struct exercise_view_config config;
	char *language, *folder, *key;
	struct practice *practice;
	struct progress_exercise state;
	char *next;		/* the exercise that mends this one; NULL */
	unsigned counted;	/* results that progress knows of */
	bool solution;		/* is shown */
	int question;		/* the one that a digit answers */
	int unjudged;		/* question, from 1, whose answer is new; 0 */
	int64_t *answers;	/* of each question; 0: none yet */
	enum exercise_page page;
	int width;		/* that the texts were made for */
	bool stale;
	struct exercise_page_state at[PAGES];
};

/* exercise_text.c: both pages, for columns of this width.  */
void exercise_task_text(const struct exercise_view *v, struct styled *out,
			int width, bool unicode);
void exercise_work_text(const struct exercise_view *v, struct styled *out,
			int width, bool unicode);
/* The hints there are: those of the exercise, and the one for the bug that the
 * last check has found.  */
int exercise_hints_count(const struct exercise_view *v);

/* exercise_keys.c */
enum screen_answer exercise_do(struct exercise_view *v, enum action action,
			       int key);
/* Say it and free it; SCREEN_STAY.  */
enum screen_answer exercise_say(char *why);

/* exercise_stage.c */
enum screen_answer exercise_open_failure(struct exercise_view *v);
enum screen_answer exercise_play(struct exercise_view *v);

#endif
