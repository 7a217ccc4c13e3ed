/* ipclab explore: searches the interleavings of a program.  */
#include "config.h"

#include "explore/explore.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "command/explore_program.h"
#include "command/options.h"
#include "view/explore_text.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	OUTPUT_MAX = 1 << 20, RULES_MAX = 16, FDS_MAX = 64, TICK_MS = 100,
	COLUMNS_LEAST = 20,	/* of a terminal that is one */
};

static const struct option_def options[] = {
	{ "preemptions", 0, "N", N_("search only runs in which an actor that "
				    "could go on has to wait at most N "
				    "times") },
	{ "budget", 0, "RUNS", N_("make at most so many runs (10000)") },
	{ "seconds", 0, "N", N_("take at most so many seconds") },
	{ "seed", 0, "S", N_("another seed, other samples (1)") },
	{ "strategy", 0, "NAME", N_("only this one: random, pos, pct, "
				    "places, march, turns, faults, delay, "
				    "preemption or dpor") },
	{ "rule", 0, "COND", N_("fail where this does not hold: always, never, "
				"finally or once, and a condition; may be "
				"repeated") },
	{ "status", 0, "N", N_("fail where the program's exit status is "
			       "another") },
	{ "output", 0, "FILE", N_("fail where what it prints is not what is "
				  "in FILE") },
	{ "signals", 0, NULL, N_("signals that wait may come at any point") },
	{ "faults", 0, NULL, N_("calls may do what their manual pages permit: "
				"move fewer bytes, be interrupted") },
	{ "allow-races", 0, NULL, N_("a data race is no failure") },
	{ "allow-leaks", 0, NULL, N_("what is left behind is no failure") },
	{ "no-busy-wait", 0, NULL, N_("who asks again and again in place of "
				      "waiting fails") },
	{ "strict", 0, NULL, N_("whoever ends has closed all that it has "
				"open") },
	{ "jobs", 0, "N", N_("so many runs side by side (one a processor)") },
	{ "cast", 0, "A=NAME,...", N_("names for the actors") },
	{ "save", 0, "FILE", N_("write the schedule of a failure to FILE, for "
				"ipclab replay") },
	{ "sandbox", 0, NULL, N_("make the runs in a sandbox, as a grader "
				 "does") },
	{ "json", 0, NULL, N_("one JSON object, for programs") },
	{ NULL },
};

static volatile sig_atomic_t stopped;

static void
on_stop(int sig)
{
	(void)sig;
	stopped = 1;
}

/* ---- what was asked for ---- */

struct asked {
	struct explore_config config;
	char *rules[RULES_MAX + 1];
	char *cwd, *program;
	struct buf output;
	struct sandbox_bind bind[2];
	struct confinement confine;
	char *real;
};

static int
read_number(const struct args *a, const char *name, int64_t least,
	    int64_t *number, char **why)
{
	const char *text = args_value(a, name);
	char *end;

	if (!text)
		return 0;
	errno = 0;
	*number = strtoll(text, &end, 10);
	if (*end || end == text || errno || *number < least)
		return fail(why, _("--%s: '%s' is not a whole number of at "
				   "least %lld"), name, text, (long long)least);
	return 0;
}

static int
read_small(const struct args *a, const char *name, int least, int most,
	   int *number, char **why)
{
	int64_t n = *number;

	if (read_number(a, name, least, &n, why) < 0)
		return -1;
	if (n > most)
		return fail(why, _("--%s: at most %d"), name, most);
	*number = (int)n;
	return 0;
}

static int
read_numbers(struct explore_config *c, const struct args *a, char **why)
{
	int64_t runs = 0, seed = 1;

	if (read_small(a, "preemptions", 0, INT_MAX, &c->preemptions, why) < 0 ||
	    read_small(a, "status", 0, UINT8_MAX, &c->status, why) < 0 ||
	    read_small(a, "jobs", 1, FDS_MAX, &c->jobs, why) < 0 ||
	    read_number(a, "seconds", 1, &c->seconds, why) < 0 ||
	    read_number(a, "seed", 0, &seed, why) < 0 ||
	    read_number(a, "budget", 1, &runs, why) < 0)
		return -1;
	c->runs = (uint64_t)runs;
	c->seed = (uint64_t)seed;
	return 0;
}

static int
read_strategy(struct explore_config *c, const struct args *a, char **why)
{
	struct buf names = BUF_INIT;

	c->strategy = args_value(a, "strategy");
	if (!c->strategy || strategy_find(c->strategy))
		return 0;
	for (int i = 0; strategy_kinds[i]; i++)
		buf_addf(&names, "%s%s", i ? ", " : "", strategy_kinds[i]->name);
	fail(why, _("there is no strategy '%s'; there are %s"), c->strategy,
	     buf_str(&names));
	buf_release(&names);
	return -1;
}

static int
read_rules(struct asked *q, const struct args *a, char **why)
{
	struct rule r;
	int n = 0;

	for (int i = 0; i < a->n_given; i++) {
		if (strcmp(a->given[i]->name, "rule") != 0)
			continue;
		if (n == RULES_MAX)
			return fail(why, _("more than %d rules"), RULES_MAX);
		if (rule_parse(&r, a->value[i], why) < 0)
			return -1;
		rule_release(&r);
		q->rules[n++] = (char *)(uintptr_t)a->value[i];
	}
	q->config.rules = n ? q->rules : NULL;
	return 0;
}

static int
read_output(struct asked *q, const struct args *a, char **why)
{
	const char *path = args_value(a, "output");

	if (!path)
		return 0;
	if (buf_read_file(&q->output, path, OUTPUT_MAX, why) < 0)
		return -1;
	q->config.output = buf_str(&q->output);
	return 0;
}

static int
read_program(struct asked *q, const struct args *a, char **why)
{
	if (a->argc == 0)
		return fail(why, _("there is no program to explore: ipclab "
				   "explore -- PROG..."));
	q->config.tracer.argv = a->argv;
	if (!explore_is_source(a->argv[0]))
		return 0;
	q->program = explore_compile(a->argv[0], why);
	if (!q->program)
		return -1;
	a->argv[0] = q->program;
	return 0;
}

static int
read_args(struct asked *q, const struct args *a, char **why)
{
	struct explore_config *c = &q->config;

	c->preemptions = c->status = -1;
	c->signals = args_has(a, "signals");
	c->faults = args_has(a, "faults");
	c->races_allowed = args_has(a, "allow-races");
	c->leaks_allowed = args_has(a, "allow-leaks");
	c->strict = args_has(a, "strict");
	c->busy_waits_fail = args_has(a, "no-busy-wait");
	c->save = args_value(a, "save");
	c->tracer.cwd = q->cwd = getcwd(NULL, 0);
	if (read_numbers(c, a, why) < 0 || read_strategy(c, a, why) < 0 ||
	    read_rules(q, a, why) < 0 || read_output(q, a, why) < 0 ||
	    options_cast(a, &c->tracer.cast, why) < 0)
		return -1;
	return read_program(q, a, why);
}

/* Its folder and itself are inside, under the names that they have outside. */
static int
shut_in(struct asked *q, char **why)
{
	struct explore_config *c = &q->config;
	char *name = c->tracer.argv[0];

	if (sandbox_tier(why) == SANDBOX_NONE)
		return -1;
	free(*why);
	*why = NULL;
	if (q->cwd && q->cwd[0] == '/' && q->cwd[1])
		q->bind[q->confine.n_binds++] =
			(struct sandbox_bind){ q->cwd, q->cwd };
	if (strchr(name, '/') && (q->real = realpath(name, NULL)))
		q->bind[q->confine.n_binds++] =
			(struct sandbox_bind){ q->real, q->real };
	if (q->real)
		c->tracer.argv[0] = q->real;
	q->confine.bind = q->bind;
	c->confine = &q->confine;
	return 0;
}

/* ---- running it ---- */

/* One line on a terminal; nothing where there is none.  */
static void
show_progress(const struct explore *e)
{
	struct explore_progress p;
	struct buf line = BUF_INIT;

	explore_progress(e, &p);
	explore_progress_write(&line, &p);
	fprintf(stderr, "\r%.*s\033[K",
		(int)cells_clip(buf_str(&line), 79), buf_str(&line));
	fflush(stderr);
	buf_release(&line);
}

static void
explore(struct explore *e)
{
	bool draws = isatty(STDERR_FILENO);
	struct pollfd fds[FDS_MAX];

	while (!explore_is_over(e)) {
		poll(fds, (nfds_t)explore_fds(e, fds, FDS_MAX), TICK_MS);
		explore_advance(e);
		if (stopped)
			explore_interrupt(e);
		if (draws && !explore_is_over(e))
			show_progress(e);
	}
	if (draws)
		fputs("\r\033[K", stderr);
}

static int
code_of(const struct explore_result *r)
{
	if (r->failure.verdict != VERDICT_ACCEPT)
		return EXIT_NO;
	if (r->trouble)
		return r->trouble_status;
	if (r->interrupted)
		return EXIT_INTERRUPTED;
	if (r->differs)
		return EXIT_MACHINE;
	return r->complete ? EXIT_DONE : EXIT_BUDGET;
}

static void
add_hint(struct buf *out, const char *saved)
{
	if (saved)
		buf_addf(out, _("To see it again: ipclab replay %s\n"), saved);
	else
		buf_adds(out, _("--save FILE keeps its schedule, for ipclab "
				"replay.\n"));
}

/* To a terminal in lines that it has room for; else as they are, for programs
 * that look for words.  */
static void
print_text(const struct buf *text)
{
	struct winsize size;
	struct buf lines = BUF_INIT;

	if (isatty(STDOUT_FILENO) &&
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
	    size.ws_col >= COLUMNS_LEAST)
		explore_text_wrap(&lines, buf_str(text), size.ws_col);
	else
		buf_add(&lines, buf_str(text), text->len);
	fwrite(buf_str(&lines), 1, lines.len, stdout);
	buf_release(&lines);
}

static int
show(const struct explore_result *r, const struct explore_config *c, bool json)
{
	struct buf text = BUF_INIT;
	const char *saved = NULL;
	char *why = NULL;

	/* What was found is shown, whether or not it could be kept.  */
	if (r->failure.verdict != VERDICT_ACCEPT && c->save &&
	    schedule_save(&r->failure.schedule, c->save, &why) == 0)
		saved = c->save;
	if (json)
		buf_adds(&text, r->json);
	else
		explore_result_write(&text, r);
	if (!json && r->failure.verdict != VERDICT_ACCEPT)
		add_hint(&text, saved);
	if (json)
		fwrite(buf_str(&text), 1, text.len, stdout);
	else
		print_text(&text);
	fflush(stdout);
	buf_release(&text);
	if (r->trouble)
		command_fail(EXIT_DONE, xstrdup(r->trouble));
	return why ? command_fail(EXIT_FAULT, why) : code_of(r);
}

static int
run_asked(struct asked *q, bool json)
{
	struct sigaction stop = { .sa_handler = on_stop }, before[2];
	char *why = NULL;
	int code;
	struct explore *e;

	sigemptyset(&stop.sa_mask);
	sigaction(SIGINT, &stop, &before[0]);
	sigaction(SIGTERM, &stop, &before[1]);
	e = explore_start(&q->config, &code, &why);
	if (!e)
		return command_fail((enum exit_code)code, why);
	explore(e);
	code = show(explore_result(e), &q->config, json);
	explore_end(e);
	sigaction(SIGINT, &before[0], NULL);
	sigaction(SIGTERM, &before[1], NULL);
	return code;
}

static int
explore_main(const struct args *a)
{
	struct asked q = { .program = NULL };
	char *why = NULL;
	int code;

	if (read_args(&q, a, &why) < 0)
		code = command_fail(EXIT_USAGE, why);
	else if (args_has(a, "sandbox") &&
		 tracer_refuses(&q.config.tracer, &why) < 0)
		code = command_fail(EXIT_USAGE, why);
	else if (args_has(a, "sandbox") && shut_in(&q, &why) < 0)
		code = command_fail(EXIT_MACHINE, why);
	else
		code = run_asked(&q, args_has(a, "json"));
	buf_release(&q.output);
	free(q.real);
	free(q.program);
	free(q.cwd);
	return code;
}

const struct command command_explore = {
	.name = "explore",
	.synopsis = "[--preemptions N] [--budget RUNS] [--seed S] "
		    "[--strategy NAME] [--rule COND]... [--status N] "
		    "[--save FILE] [--json] -- PROG...",
	.summary = N_("searches the interleavings of a program"),
	.details = N_(
		"Runs the program again and again, each time with another "
		"order of its processes and threads, until a run fails, "
		"nothing is left to try, or the budget is spent. A crash, a "
		"deadlock, a livelock, a data race, and what is left behind "
		"are failures; --status, --output and --rule say what else "
		"is. Of a failure the shortest run is shown, and --save "
		"keeps it for ipclab replay.\n\n"
		"A program built with ipclab cc is held before each access to "
		"memory that others can reach; another one only before system "
		"calls. PROG may be a source in C or C++: it is compiled so.\n\n"
		"The exit status is 0 when the search has ended and nothing "
		"failed, 1 when a failure was found, 4 when the budget ran "
		"out before, 75 when it was interrupted (^C): what was found "
		"until then is shown."),
	.options = options,
	.rest_is_command = true,
	.run = explore_main,
};
