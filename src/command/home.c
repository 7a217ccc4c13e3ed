/* ipclab without a command: the lab opens.  */
#include "config.h"

#include "command/home.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "command/command.h"
#include "lesson/catalogue.h"
#include "lesson/need.h"
#include "lesson/progress.h"
#include "term/term.h"
#include "view/exercise_view.h"
#include "view/home.h"
#include "view/home_rows.h"
#include "view/lesson_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* What the learner should know of his progress is said once.  */
static void
tell_trouble(struct progress *p)
{
	const char *trouble = progress_trouble(p);

	if (trouble)
		screen_say(trouble);
}

/* Can anything be run here?  Asked when the first lesson is opened, for the
 * question itself runs a process.  */
static const char *
forbids(void)
{
	const struct need *ptrace = need_find("ptrace", 6);

	return need_met(ptrace) ? NULL : _(ptrace->bad);
}

static enum screen_answer
open_lesson(void *arg, const struct lesson *l)
{
	struct progress *p = arg;
	struct lesson_view *v = lesson_view_new(l, p, forbids());
	struct screen screen = lesson_screen(v);
	enum screen_answer answer;

	if (forbids())
		screen_say(forbids());
	answer = screen_run(&screen);
	lesson_view_free(v);
	return answer;
}

/* Run what with the terminal taken and progress open.  */
static int
with_terminal(void (*what)(struct progress *p, const void *arg),
	      const void *arg)
{
	struct progress *p;
	char *why = NULL;

	path_sweep();
	if (term_start(&why) < 0)
		return command_fail(EXIT_MACHINE, why);
	p = progress_open(NULL);
	tell_trouble(p);
	what(p, arg);
	term_stop();
	progress_close(p);
	return EXIT_DONE;
}

static enum screen_answer
open_exercise(void *arg, const char *folder, const char *workspace)
{
	return exercise_view_run(folder, workspace, arg);
}

static void
run_lesson(struct progress *p, const void *lesson)
{
	open_lesson(p, lesson);
}

int
lab_lesson(const struct lesson *l)
{
	return with_terminal(run_lesson, l);
}

static void
run_home(struct progress *p, const void *arg)
{
	struct catalogue c = CATALOGUE_INIT;
	struct exercise_names names;
	struct screen screen;
	struct home *h;

	(void)arg;
	catalogue_load(&c);
	exercise_names(&names, NULL, NULL);
	h = home_new(&(struct home_config){
		.lessons = &c, .exercises = &names, .progress = p,
		.now = (int64_t)time(NULL),
		.open = open_lesson, .open_exercise = open_exercise,
		.arg = p });
	screen = home_screen(h);
	screen_run(&screen);
	home_free(h);
	exercise_names_release(&names);
	catalogue_release(&c);
}

struct exercise_asked {
	const char *folder, *workspace;
};

static void
run_exercise(struct progress *p, const void *arg)
{
	const struct exercise_asked *asked = arg;

	exercise_view_run(asked->folder, asked->workspace, p);
}

int
lab_exercise(const char *folder, const char *workspace)
{
	struct exercise_asked asked = { folder, workspace };

	return with_terminal(run_exercise, &asked);
}

int
lab_home(void)
{
	return with_terminal(run_home, NULL);
}

/* What is due.  */
static void
write_homework(struct buf *text)
{
	struct progress *p = progress_open(NULL);
	struct home_rows rows;

	home_rows_load(&rows, NULL, NULL, NULL, p, (int64_t)time(NULL));
	home_rows_recall(&rows, p);
	home_rows_write(&rows, text);
	if (rows.n)
		buf_addc(text, '\n');
	home_rows_release(&rows);
	progress_close(p);
}

/* Without a screen: what there is, and how to read it.  */
int
command_home(void)
{
	struct buf text = BUF_INIT;

	if (term_possible(NULL) == 0)
		return lab_home();
	write_homework(&text);
	learn_list_write(&text);
	buf_addf(&text, "\n%s\n%s\n",
		 _("`ipclab learn LESSON --plain` prints a lesson, with its "
		   "experiments run."),
		 _("`ipclab --help` shows all commands."));
	fputs(buf_str(&text), stdout);
	buf_release(&text);
	return EXIT_DONE;
}
