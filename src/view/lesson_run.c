/* The experiment of a lesson, on the stage.  */
#include "config.h"

#include "view/lesson_inside.h"

#include "base/i18n.h"
#include "lesson/need.h"
#include "lesson/recording.h"

#include <stdlib.h>

enum { PTY_ROWS = 24, PTY_COLS = 80 };

static void
forget_search(struct lesson_view *v)
{
	search_right_release(&v->right);
	free(v->search_folder);
	v->search_folder = NULL;
}

static int
rebuild(void *arg, char **why)
{
	struct lesson_view *v = arg;

	return ground_rebuild(&v->ground, why);
}

/* The runs of a search begin as this one did, whatever it has changed in its
 * folder since, and are right as the lesson says.  */
static int
put_search(void *arg, struct explore_config *c, char **why)
{
	struct lesson_view *v = arg;

	forget_search(v);
	v->search_folder = ground_lay_apart(&v->ground, why);
	if (!v->search_folder)
		return -1;
	c->tracer.cwd = v->search_folder;
	search_right_of(&v->right, v->running->experiment);
	search_right_put(&v->right, c);
	return 0;
}

static void
watch_goal(struct lesson_view *v, const struct experiment *e)
{
	if (!e->goal.text)
		return;
	v->goal = (struct rule){
		.modality = UNTIL,
		.condition = condition_parse(e->goal.text, NULL),
	};
	if (v->goal.condition)
		session_watch(v->session, &v->goal, 1);
}

static void
open_stage(struct lesson_view *v, const struct experiment *e)
{
	v->stage = stage_new(v->session);
	stage_add_source_folder(v->stage, v->ground.folder);
	stage_set_rebuild(v->stage, rebuild, v);
	stage_set_search(v->stage, put_search, v);
	if (e->setup.hide.text)
		stage_set_hidden(v->stage, e->setup.hide.text);
}

/* What this machine lacks for it was recorded on another.  */
static int
begin_recording(struct lesson_view *v, const struct experiment *e,
		const struct need *lacking, char **why)
{
	char *no = NULL;

	v->session = recording_open(v->lesson, e, &no);
	if (!v->session) {
		fail(why, "%s (%s)", _(lacking->bad), no);
		free(no);
		return -1;
	}
	v->recorded = recording_label(v->session);
	v->stage = stage_new(v->session);
	stage_add_source_folder(v->stage, v->lesson->folder);
	if (e->setup.hide.text)
		stage_set_hidden(v->stage, e->setup.hide.text);
	return 0;
}

static int
begin_run(struct lesson_view *v, const struct experiment *e, char **why)
{
	struct session_config config;
	char *name;

	if (ground_make(&v->ground, v->lesson, &e->setup, why) < 0)
		return -1;
	name = xasprintf("%s %s", v->lesson->name,
			 e->id.text ? e->id.text : "");
	ground_config(&v->ground, &config);
	config.lesson = name;
	config.sources = true;
	config.rows = PTY_ROWS;
	config.cols = PTY_COLS;
	v->session = session_start(&config, why);
	free(name);
	if (!v->session) {
		ground_release(&v->ground);
		return -1;
	}
	watch_goal(v, e);
	open_stage(v, e);
	return 0;
}

int
experiment_begin(struct lesson_view *v, size_t part, char **why)
{
	const struct part *p = &view_step(v)->part[part];
	const struct need *lacking;
	int rc;

	experiment_end(v);
	lacking = setup_lacks(v->lesson, &p->experiment->setup);
	rc = lacking ? begin_recording(v, p->experiment, lacking, why)
		     : begin_run(v, p->experiment, why);
	if (rc < 0)
		return -1;
	v->running = p;
	v->stale = true;
	return 0;
}

void
experiment_end(struct lesson_view *v)
{
	if (!v->running)
		return;
	stage_free(v->stage);
	session_free(v->session);
	if (v->goal.condition)
		rule_release(&v->goal);
	ground_release(&v->ground);
	forget_search(v);
	v->stage = NULL;
	v->session = NULL;
	v->running = NULL;
	v->goal = (struct rule){ .condition = NULL };
	free(v->recorded);
	v->recorded = NULL;
	v->on_stage = false;
	v->stale = true;
}

bool
experiment_look(struct lesson_view *v)
{
	struct part_state *state;

	if (!v->running)
		return false;
	state = &v->part[v->running - view_step(v)->part];
	if (!v->goal.condition || !v->goal.decided || !v->goal.holds ||
	    state->tick == TICK_HOLDS)
		return false;
	state->tick = TICK_HOLDS;
	v->stale = true;
	progress_experiment(v->progress, v->lesson->name,
			    v->running->experiment->id.text
			    ? v->running->experiment->id.text : "");
	stage_say(v->stage, _("You have reached it. Go on as you like, or "
			      "press Tab to read on"));
	return true;
}
