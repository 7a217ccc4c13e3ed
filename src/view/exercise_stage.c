/* From the exercise to the stage: the run that fails, and the program that the
 * learner is to make fail.  */
#include "config.h"

#include "view/exercise_inside.h"

#include "base/i18n.h"
#include "base/words.h"
#include "exercise/lay.h"
#include "view/stage.h"

#include <stdlib.h>

enum {
	PTY_ROWS = 24,
	PTY_COLS = 80,
	LAST_STEPS_MS = 10000,	/* of those that q leaves in the middle */
};

static enum screen_answer
show(struct exercise_view *v, struct session *s, const char *sentence,
     int settle_ms)
{
	struct stage *st = stage_new(s);
	struct screen screen = stage_screen(st);
	enum screen_answer answer;

	stage_set_title(st, v->config.exercise->title.text);
	stage_add_source_folder(st, v->folder);
	stage_say(st, sentence);
	answer = screen_run(&screen);
	stage_settle(st, settle_ms);
	stage_free(st);
	return answer == SCREEN_LEAVE ? SCREEN_LEAVE : SCREEN_STAY;
}

enum screen_answer
exercise_open_failure(struct exercise_view *v)
{
	char *why = NULL, *path = practice_keep_failure(v->practice, &why);
	struct session *s = path ? session_open(path, &why) : NULL;
	enum screen_answer answer;

	free(path);
	if (!s)
		return exercise_say(why);
	answer = show(v, s, _("this is the run that fails: n makes its next "
			      "step, G goes to its end"), 0);
	session_free(s);
	return answer;
}

/* What was chosen there is handed in.  */
enum screen_answer
exercise_play(struct exercise_view *v)
{
	const struct exercise *e = v->config.exercise;
	char **argv = lay_argv(e), *why = NULL;
	char *path = xasprintf("%s/%s", v->folder, e->files.n ?
			       e->files.text[0].text : "schedule");
	struct session_config c = {
		.argv = argv, .cwd = v->folder, .cast = e->goal.cast.text,
		.pty = true, .rows = PTY_ROWS, .cols = PTY_COLS,
		.sources = true,
	};
	struct session *s = session_start(&c, &why);
	enum screen_answer answer;

	words_free(argv);
	if (!s) {
		free(path);
		return exercise_say(why);
	}
	answer = show(v, s, _("you decide who goes; when it has failed, q "
			      "hands in what you chose"), LAST_STEPS_MS);
	if (session_steps(s) > 0 && session_save_schedule(s, path, &why) < 0)
		exercise_say(why);
	v->page = PAGE_WORK;
	session_free(s);
	free(path);
	return answer;
}
