/* `x`: search the schedules of the program on the stage for one that fails,
 * and show that.  */
#include "config.h"

#include "view/stage_inside.h"

#include "base/i18n.h"
#include "view/explore_view.h"

#include <stdlib.h>

static void
config_from(const struct session_config *s, struct explore_config *c)
{
	*c = (struct explore_config){
		.tracer = {
			.argv = s->argv,
			.cwd = s->cwd,
			.cast = s->cast,
			.seed = s->seed,
			.isolate = s->isolate,
			.data_max = s->data_max,
		},
		.jobs_max = SCREEN_POLLS_MAX,
		.preemptions = -1,
		.seed = s->seed,
		.status = -1,
		.lesson = s->lesson,
	};
}

static enum screen_answer
open_failure(struct stage *st, const struct failure *f)
{
	char *why = NULL;

	if (session_follow(st->session, &f->schedule, &why) < 0)
		return stage_refuse(st, why);
	stage_wait_for_nothing(st);
	st->selected = 0;
	st->chosen = -1;
	stage_sayf(st, _("this is the run that fails (%s): n makes its next "
			 "step, G goes to its end"),
		   verdict_word(f->verdict));
	return SCREEN_STAY;
}

enum screen_answer
stage_explore(struct stage *st)
{
	const struct session_config *settings = session_settings(st->session);
	struct explore_config config;
	struct explore_view *v;
	enum screen_answer answer;
	char *why = NULL;
	bool open;

	if (!settings) {
		stage_say(st, _("a recording cannot be searched: there is no "
				"program to run"));
		return SCREEN_STAY;
	}
	config_from(settings, &config);
	if (st->put_search && st->put_search(st->search_arg, &config, &why) < 0)
		return stage_refuse(st, why);
	v = explore_view_new(&config, &why);
	if (!v)
		return stage_refuse(st, why);
	answer = explore_view_run(v, &open);
	if (open && answer == SCREEN_STAY)
		answer = open_failure(st, explore_view_failure(v));
	explore_view_free(v);
	return answer;
}
