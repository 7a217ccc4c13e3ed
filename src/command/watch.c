/* ipclab watch: any program on the stage.  */
#include "config.h"

#include "base/i18n.h"
#include "command/options.h"
#include "command/stage_run.h"
#include "term/settings.h"
#include "term/term.h"
#include "tracer/tracer.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PTY_ROWS = 24, PTY_COLS = 80 };

static const struct option_def options[] = {
	{ "build", 0, "COMMAND",
	  N_("what makes the program, for sh -c: run before the start, and "
	     "after e has changed a source") },
	{ "cast", 0, "A=ROLE,...",
	  N_("show actors under the names of their roles") },
	{ "plain", 0, NULL, N_("as linear text, choices read from standard "
			       "input") },
	{ "free", 0, NULL, N_("begin at full speed") },
	{ "record", 0, "FILE", N_("write all events to this file at the end") },
	{ "schedule", 0, "FILE",
	  N_("write the choices made to this file at the end") },
	{ "private", 0, NULL,
	  N_("in System V and POSIX objects, /dev/shm and a network of its "
	     "own") },
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

/* What system(3) or waitpid(2) gave.  0, or -1 with *why.  */
static int
judge_build(const char *command, int status, char **why)
{
	if (status == 0)
		return 0;
	if (status > 0 && WIFSIGNALED(status))
		return fail(why, _("--build: \"%s\" was ended by signal %d"),
			    command, WTERMSIG(status));
	return fail(why, _("--build: \"%s\" has failed with status %d"),
		    command, status > 0 ? WEXITSTATUS(status) : status);
}

static int
build_first(const char *command, char **why)
{
	return command ? judge_build(command, system(command), why) : 0;
}

/* After `e`: in the terminal, so that all that a compiler says can be read;
 * the stage comes back when the learner has read it.  */
static int
rebuild(void *command, char **why)
{
	const char *argv[] = {
		"sh", "-c",
		"sh -c \"$1\"; s=$?; [ $s = 0 ] || "
		"{ printf '\\n%s ' \"$2\"; read -r answer; }; exit $s",
		"sh", command, _("That failed; Enter goes back to the stage."),
		NULL,
	};
	int status = term_run(argv, why);

	return status < 0 ? -1 : judge_build(command, status, why);
}

static int
run(const struct args *a)
{
	const char *build = args_value(a, "build");
	char *cwd = getcwd(NULL, 0), *why = NULL, *title;
	struct session_config config = {
		.argv = a->argv,
		.cwd = cwd,
		.isolate = args_has(a, "private"),
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
		.rebuild = build ? rebuild : NULL,
		.rebuild_arg = (void *)build,
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
	    build_first(build, &why) < 0 ||
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
	.synopsis = "[--build COMMAND] [--cast A=ROLE,...] [--plain] "
		    "[--private] [--record FILE] [--schedule FILE] "
		    "-- CMD...",
	.summary = N_("puts any program on the stage"),
	.details = N_("The program and all processes that it makes are held at "
		      "each system call that matters; you decide who goes on, "
		      "and can go back.  Press ? on the stage for the keys.\n"
		      "\n"
		      "With --build, e on the stage makes the program anew "
		      "after you have changed a source: --build 'cc -g -o x "
		      "x.c'.  When that fails the run stays as it is.\n"
		      "\n"
		      "With --private, what the program makes no other "
		      "program sees, and it is gone at the end.  What this "
		      "machine does not allow of that is told.\n"
		      "\n"
		      "The exit status is the program's own where it has "
		      "ended; 128 and the signal's number where a signal "
		      "ended it.  As text and at the end of its input, 1: "
		      "nobody could go on any more."),
	.options = options,
	.rest_is_command = true,
	.run = run,
};
