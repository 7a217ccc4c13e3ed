/*
 * `ipclab trace`: the events of a command, one a line.
 *
 * Three ways, the simplest first.  A recording is written by the tracer
 * itself, in this process.  To be formatted, or watched for a condition, the
 * events come through a pipe from a child that traces.  A driven run is a
 * session whose every choice is the default.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/left.h"
#include "base/paths.h"
#include "command/command.h"
#include "command/options.h"
#include "session/session.h"

enum { BY_SIGNAL = 128 };

static const struct option_def options[] = {
	{ "json", 0, NULL, N_("print JSON, one object a line, a header "
			      "first") },
	{ "output", 'o', "FILE", N_("write the events, as JSON, to FILE: a "
				    "recording for ipclab replay") },
	{ "until", 'u', "COND", N_("driven, and stop as soon as this holds; "
				   "status 1 if it never did") },
	{ "driven", 0, NULL, N_("one actor moves at a time, by the default "
				"choice; time and chance are the lab's") },
	{ "check", 0, NULL, N_("driven, and after each event compare what the "
			       "events say with what the kernel says") },
	{ "sources", 0, NULL, N_("tell the source line of each point of a "
				 "driven run") },
	{ "private", 0, NULL, N_("in System V and POSIX objects, /dev/shm and "
				 "a network of its own") },
	{ "cast", 0, "A=NAME,...", N_("names for the actors") },
	{ "size", 's', "N", N_("bytes of data in an event (32)") },
	{ "max-events", 0, "N", N_("end the command after N events") },
	{ "max-tasks", 0, "N", N_("end the command when more than N of its "
				  "processes and threads live at once "
				  "(1000)") },
	{ NULL },
};

struct trace {
	struct tracer_config config;
	bool json, check;
	FILE *out;		/* NULL: nothing is printed */
	struct condition *until;
	struct world *world;
	struct header header;
	struct event event;
	struct buf line;
	bool hit;		/* the condition holds */
	bool ended;
	int code;		/* to exit with */
};

/* ---- one event ---- */

static int
code_of(int status)
{
	return WIFSIGNALED(status) ? BY_SIGNAL + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

static void
print_event(struct trace *t, const char *json, size_t len)
{
	if (!t->out)
		return;
	if (t->json) {
		fwrite(json, 1, len, t->out);
		return;
	}
	buf_clear(&t->line);
	world_describe(t->world, &t->event, &t->line);
	buf_addc(&t->line, '\n');
	fwrite(t->line.data, 1, t->line.len, t->out);
}

static void
print_difference(struct trace *t)
{
	struct buf text = BUF_INIT;

	if (!world_check(t->world, &t->event, &text)) {
		fflush(stdout);
		fprintf(stderr, _("ipclab: event %llu: %s\n"),
			(unsigned long long)t->event.n, buf_str(&text));
		t->code = EXIT_NO;
	}
	buf_release(&text);
}

/* A line of the stream.  0, or -1 with *why.  */
static int
take_line(struct trace *t, const char *line, size_t len, char **why)
{
	struct event *e = &t->event;

	if (!t->world) {
		if (header_parse(line, len, &t->header, why) < 0)
			return -1;
		t->world = world_new(&t->header);
		if (t->json && t->out)
			fwrite(line, 1, len, t->out);
		return 0;
	}
	if (event_parse(line, len, e, why) < 0)
		return -1;
	world_apply(t->world, e);
	print_event(t, line, len);
	if (e->what == WHAT_NOTE && t->out != stdout)
		command_fail(EXIT_DONE, xstrdup(e->text));
	if (t->check)
		print_difference(t);
	if (t->until && condition_eval(t->until, t->world) == IS_TRUE)
		t->hit = true;
	if (e->what == WHAT_END) {
		t->ended = true;
		if (!t->check || !t->code)
			t->code = e->signal ? BY_SIGNAL + e->signal : e->status;
	}
	return 0;
}

/* ---- the tracer in this process ---- */

static int
run_here(struct trace *t, int out)
{
	char *why = NULL;
	int status = 0;

	if (tracer_run(&t->config, out, &status, &why) < 0)
		return command_fail(status == -1 ? EXIT_FAULT : EXIT_MACHINE,
				    why);
	if (why)
		command_fail(EXIT_DONE, why);
	return code_of(status);
}

/* ---- the tracer in a child, and a pipe ---- */

static pid_t
start_child(struct trace *t, int *events, char **why)
{
	int fds[2];
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return fail(why, _("cannot make a pipe: %s"), strerror(errno));
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		/* When we end, it ends, and the subject with it. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(fds[0]);
		_exit(run_here(t, fds[1]));
	}
	close(fds[1]);
	*events = fds[0];
	if (pid > 0)
		return pid;
	close(fds[0]);
	return fail(why, _("cannot start the tracer: %s"), strerror(errno));
}

static int
read_child(struct trace *t, int events, char **why)
{
	FILE *in = fdopen(events, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	int bad = 0;

	while (!bad && !t->hit && (n = getline(&line, &room, in)) > 0)
		bad = take_line(t, line, n, why);
	free(line);
	fclose(in);
	return bad;
}

static int
run_child(struct trace *t)
{
	char *why = NULL;
	int events = -1, status = 0, bad;
	pid_t pid = start_child(t, &events, &why);

	if (pid < 0)
		return command_fail(EXIT_MACHINE, why);
	/* ^C is for the subject; we end when it has ended. */
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	bad = read_child(t, events, &why);
	if (bad || t->hit)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (bad)
		return command_fail(EXIT_FAULT, why);
	if (!t->ended && !t->hit)
		return WIFEXITED(status) ? code_of(status) :
		       command_fail(EXIT_FAULT, xasprintf(
				_("the tracer was killed (%s)"),
				strsignal(WTERMSIG(status))));
	return t->code;
}

/* ---- driven ---- */

static int
show_new(struct trace *t, struct session *s, uint64_t *shown, char **why)
{
	struct log *log = session_log(s);
	struct buf line = BUF_INIT;
	int bad = 0;

	if (!t->world && log_count(log) > 0) {
		header_write(&line, log_header(log));
		bad = take_line(t, line.data, line.len, why);
	}
	while (!bad && !t->hit && *shown < log_count(log)) {
		const struct event *e = log_at(log, ++*shown, why);

		buf_clear(&line);
		if (e)
			event_write(&line, e);
		bad = e ? take_line(t, line.data, line.len, why) : -1;
	}
	buf_release(&line);
	return bad;
}

/* Nobody can go.  True when somebody outside may change that: then it did. */
static bool
await_outside(struct session *s, uint64_t shown)
{
	struct pollfd fds[SESSION_POLLS];

	if (world_deadlock(session_world(s), NULL))
		return false;
	while (session_state(s) == SESSION_HELD &&
	       log_count(session_log(s)) == shown) {
		poll(fds, session_poll(s, fds), -1);
		session_pump(s);
	}
	return true;
}

/* Steps until the end; what stops it before that is said.  */
static int
drive(struct trace *t, struct session *s, char **why)
{
	uint64_t shown = 0;

	for (;;) {
		session_settle(s, -1);
		if (show_new(t, s, &shown, why) < 0)
			return EXIT_FAULT;
		if (t->hit || session_state(s) == SESSION_ENDED)
			return t->code;
		if (session_state(s) != SESSION_HELD) {
			fail(why, "%s", session_trouble(s));
			return EXIT_FAULT;
		}
		if (session_next(s, why) < 0 && !await_outside(s, shown))
			return EXIT_NO;
	}
}

static int
run_driven(struct trace *t)
{
	const struct tracer_config *tc = &t->config;
	struct session_config c = {
		.argv = tc->argv, .cast = tc->cast, .sources = tc->sources,
		.isolate = tc->isolate, .check = tc->check, .data_max = tc->data_max,
		.events_max = tc->events_max, .tasks_max = tc->tasks_max,
	};
	char *why = NULL;
	struct session *s = session_start(&c, &why);
	int code;

	if (!s)
		return command_fail(EXIT_MACHINE, why);
	code = drive(t, s, &why);
	session_free(s);
	if (code != t->code)
		return command_fail(code, why);
	free(why);
	return code;
}

/* ---- the command ---- */

/* An option that is a number from 1 to most; not given: as it was.  */
static int
read_number(const struct args *a, const char *name, int most, int *number,
	    char **why)
{
	const char *text = args_value(a, name);
	char *end;
	long n;

	if (!text)
		return 0;
	n = strtol(text, &end, 10);
	if (*end || !*text || n < 1 || n > most)
		return fail(why, _("--%s: '%s' is not a number from 1 to %d"),
			    name, text, most);
	*number = n;
	return 0;
}

static int
read_numbers(struct trace *t, const struct args *a, char **why)
{
	struct tracer_config *c = &t->config;
	int events = 0;

	if (read_number(a, "size", DATA_MAX_LEN - 1, &c->data_max, why) < 0 ||
	    read_number(a, "max-tasks", INT_MAX, &c->tasks_max, why) < 0 ||
	    read_number(a, "max-events", INT_MAX, &events, why) < 0)
		return -1;
	c->events_max = events;
	return 0;
}

static int
read_args(struct trace *t, const struct args *a, char **why)
{
	const char *until = args_value(a, "until");

	if (a->argc == 0)
		return fail(why, _("there is no command to trace: ipclab trace "
				   "-- CMD..."));
	t->config.argv = a->argv;
	if (options_cast(a, &t->config.cast, why) < 0)
		return -1;
	t->config.sources = args_has(a, "sources");
	t->config.check = t->check = args_has(a, "check");
	/* Who sleeps, and in what, is only known where everybody is held. */
	t->config.driven = t->check || until || args_has(a, "driven");
	t->config.keep_terminal = true;
	t->config.isolate = args_has(a, "private");
	t->json = args_has(a, "json") || args_has(a, "output");
	if (t->config.sources && !t->config.driven)
		return fail(why, _("--sources needs --driven: only there is "
				   "everybody held at points"));
	if (read_numbers(t, a, why) < 0)
		return -1;
	if (until && !(t->until = condition_parse(until, why)))
		return -1;
	return tracer_refuses(&t->config, why);
}

static int
open_output(struct trace *t, const struct args *a, char **why)
{
	const char *path = args_value(a, "output");

	t->out = path ? fopen(path, "we") : stdout;
	if (!t->out)
		return fail(why, _("cannot write %s: %s"), path,
			    strerror(errno));
	return 0;
}

static int
run_free(struct trace *t)
{
	if (t->json && !t->until)
		return run_here(t, fileno(t->out));
	return run_child(t);
}

/* What the program makes is noted in a folder of ours, and cleared.  */
static int
run_private(struct trace *t)
{
	char *why = NULL, *folder = path_temporary(&why), *left;
	pid_t watcher;
	int code;

	if (!folder)
		return command_fail(EXIT_MACHINE, why);
	left = xasprintf("%s/%s", folder, left_name);
	watcher = left_watch(folder);
	t->config.left = left;
	code = run_free(t);
	left_clear(left, NULL);
	left_unwatch(watcher);
	path_remove_tree(folder, NULL);
	free(left);
	free(folder);
	return code;
}

static int
run(struct trace *t)
{
	if (t->config.driven)
		return run_driven(t);
	return t->config.isolate ? run_private(t) : run_free(t);
}

/* A recording that is not whole is worse than none: say so.  */
static int
finish(struct trace *t, const struct args *a, int code)
{
	const char *path = args_value(a, "output");
	bool lost = fflush(t->out) == EOF || ferror(t->out);

	if (t->out != stdout)
		lost |= fclose(t->out) == EOF;
	if (lost)
		return command_fail(EXIT_FAULT, xasprintf(
			_("cannot write all events to %s: %s"),
			path ? path : _("standard output"), strerror(errno)));
	if (!t->until)
		return code;
	if (t->hit)
		return EXIT_DONE;
	return command_fail(EXIT_NO, xasprintf(_("it never came so far that "
		"%s"), condition_text(t->until)));
}

static int
trace_main(const struct args *a)
{
	struct trace *t = xcalloc(1, sizeof(*t));
	char *why = NULL;
	int code;

	if (read_args(t, a, &why) < 0 || open_output(t, a, &why) < 0)
		code = command_fail(EXIT_USAGE, why);
	else
		code = finish(t, a, run(t));
	condition_free(t->until);
	world_free(t->world);
	buf_release(&t->line);
	free(t);
	return code;
}

const struct command command_trace = {
	.name = "trace",
	.synopsis = "[--json] [--until COND] [--check] [--private] [-o FILE] "
		    "-- CMD...",
	.summary = N_("prints what a command does, one event a line"),
	.details = N_(
		"Runs the command with all its descendants and threads, and "
		"prints one line for each thing that happens: a call that "
		"ended, with its result and the object it worked on, an actor "
		"that started, slept or ended. The command's own output stays "
		"where it was; -o keeps the two apart.\n\n"
		"The exit status is that of the command, or 128 and the "
		"signal's number if a signal ended it. With --until it is 0 "
		"when the condition came to hold (the command is stopped "
		"there) and 1 when it never did. With --check it is 1 when "
		"the events and the kernel ever disagreed."),
	.options = options,
	.rest_is_command = true,
	.run = trace_main,
};
