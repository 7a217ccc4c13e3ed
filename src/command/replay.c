/* ipclab replay: a recording or a schedule on the stage.  */
#include "config.h"

#include "base/i18n.h"
#include "command/stage_run.h"
#include "lesson/rerun.h"
#include "term/settings.h"

#include <stdlib.h>

static const struct option_def options[] = {
	{ "plain", 0, NULL, N_("as linear text, choices read from standard "
			       "input") },
	{ "record", 0, "FILE", N_("write what happens to FILE at the end") },
	{ "no-mouse", 0, NULL, N_("leave the mouse to the terminal") },
	{ NULL, 0, NULL, NULL },
};

static int
run(const struct args *a)
{
	struct stage_run how = { .plain = args_has(a, "plain"),
				 .record = args_value(a, "record") };
	struct rerun rerun = { .lesson = NULL };
	struct session *s;
	char *why = NULL;
	int code;

	if (a->argc != 1)
		return command_fail(EXIT_USAGE, xstrdup(
			_("replay needs one file: a recording or a "
			  "schedule")));
	if (args_has(a, "no-mouse"))
		settings_mouse(false);
	/* What was saved in a lesson is run on ground laid by that lesson.  */
	s = rerun_wanted(a->argv[0]) ? rerun_start(&rerun, a->argv[0], &why)
				     : session_open(a->argv[0], &why);
	if (!s)
		return command_fail(EXIT_USAGE, why);
	how.title = a->argv[0];
	code = stage_run(s, &how);
	rerun_release(&rerun);
	return code;
}

const struct command command_replay = {
	.name = "replay",
	.synopsis = "[--plain] [--record FILE] FILE",
	.summary = N_("opens a recording or a schedule on the stage"),
	.details = N_("A recording (watch --record, trace -o, or :record on "
		      "the stage) is looked at, forwards and back; nothing "
		      "runs.  A schedule (w on the stage) runs the program "
		      "again by the same choices and tells when something "
		      "comes out differently."),
	.options = options,
	.run = run,
};
