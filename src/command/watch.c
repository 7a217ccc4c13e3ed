/* ipclab watch: any program on the stage.  */
#include "config.h"

#include "base/i18n.h"
#include "command/options.h"
#include "command/stage_run.h"
#include "term/settings.h"
#include "tracer/tracer.h"

#include <stdlib.h>
#include <unistd.h>

enum { PTY_ROWS = 24, PTY_COLS = 80 };

static const struct option_def options[] = {
	{ "cast", 0, "A=ROLE,...",
	  N_("show actors under the names of their roles") },
	{ "plain", 0, NULL, N_("as linear text, choices read from standard "
			       "input") },
	{ "free", 0, NULL, N_("begin at full speed") },
	{ "record", 0, "FILE", N_("write all events to this file at the end") },
	{ "schedule", 0, "FILE",
	  N_("write the choices made to this file at the end") },
	{ "no-mouse", 0, NULL, N_("leave the mouse to the terminal") },
	{ NULL, 0, NULL, NULL },
};

static char *
title_of(char **argv)
{
	struct buf b = BUF_INIT;

	for (; *argv; argv++)
		buf_addf(&b, "%s%s", b.len ? " " : "", *argv);
	return buf_take(&b);
}

static int
run(const struct args *a)
{
	char *cwd = getcwd(NULL, 0), *why = NULL, *title;
	struct session_config config = {
		.argv = a->argv,
		.cwd = cwd,
		.pty = true,
		.rows = PTY_ROWS,
		.cols = PTY_COLS,
		.sources = true,
	};
	struct stage_run how = {
		.plain = args_has(a, "plain"),
		.free = args_has(a, "free"),
		.record = args_value(a, "record"),
		.schedule = args_value(a, "schedule"),
	};
	struct tracer_config refused = { .argv = a->argv, .cwd = cwd };
	struct session *s;
	int code;

	if (a->argc == 0) {
		free(cwd);
		return command_fail(EXIT_USAGE, xstrdup(
			_("watch needs a command: ipclab watch -- CMD...")));
	}
	if (args_has(a, "no-mouse"))
		settings_mouse(false);
	if (options_cast(a, &config.cast, &why) < 0 ||
	    tracer_refuses(&refused, &why) < 0) {
		free(cwd);
		return command_fail(EXIT_USAGE, why);
	}
	s = session_start(&config, &why);
	free(cwd);
	if (!s)
		return command_fail(EXIT_MACHINE, why);
	title = title_of(a->argv);
	how.title = title;
	code = stage_run(s, &how);
	free(title);
	return code;
}

const struct command command_watch = {
	.name = "watch",
	.synopsis = "[--cast A=ROLE,...] [--plain] [--record FILE] "
		    "[--schedule FILE] -- CMD...",
	.summary = N_("puts any program on the stage"),
	.details = N_("The program and all processes that it makes are held at "
		      "each system call that matters; you decide who goes on, "
		      "and can go back.  Press ? on the stage for the keys.\n"
		      "\n"
		      "The exit status is the program's own where it has "
		      "ended; 128 and the signal's number where a signal "
		      "ended it."),
	.options = options,
	.rest_is_command = true,
	.run = run,
};
