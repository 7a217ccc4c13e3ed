/* ipclab bench: every mechanism, measured on this machine.  */
#include "config.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "bench/record.h"
#include "bench/text.h"
#include "command/bench_plain.h"
#include "command/command.h"
#include "term/glyph.h"
#include "term/term.h"
#include "view/adviser.h"
#include "view/bench_view.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	SECONDS = 45, SECONDS_QUICK = 10,
};

static volatile sig_atomic_t stopped;

static void
on_stop(int sig)
{
	(void)sig;
	stopped = 1;
}

/* What was asked for.  0, or -1 with *why.  */
static int
read_only(struct bench_plan *plan, const char *names, char **why)
{
	char *copy = xstrdup(names), *save = NULL;
	int rc = 0;

	for (char *name = strtok_r(copy, ",", &save); name && rc == 0;
	     name = strtok_r(NULL, ",", &save)) {
		enum mechanism m = mechanism_named(name, why);

		if (m == MECH_MAX)
			rc = -1;
		else
			plan->only[m] = true;
	}
	free(copy);
	return rc;
}

static int
read_plan(struct bench_plan *plan, const struct args *a, char **why)
{
	const char *only = args_value(a, "only");
	const char *time = args_value(a, "seconds");
	char *end;

	plan->quick = args_has(a, "quick");
	plan->seconds = plan->quick ? SECONDS_QUICK : SECONDS;
	if (time) {
		errno = 0;
		plan->seconds = strtod(time, &end);
		if (*end || end == time || errno ||
		    !(plan->seconds >= 1 && plan->seconds <= 3600))
			return fail(why, _("--seconds takes a number from 1 "
					   "to 3600, and was given %s"), time);
	}
	return only ? read_only(plan, only, why) : 0;
}

/* The progress, one line on the terminal, at most ten times a second.  */
struct bar {
	bool shown, unicode;
	double last;
};

static void
tell(void *arg, const struct bench_progress *p)
{
	struct bar *b = arg;
	struct buf line = BUF_INIT;

	if (b->shown && p->seconds - b->last < 0.1)
		return;
	bench_progress_write(&line, p, b->unicode);
	fprintf(stderr, "\r%.*s\033[K",
		(int)cells_clip(buf_str(&line), 79), buf_str(&line));
	fflush(stderr);
	b->shown = true;
	b->last = p->seconds;
	buf_release(&line);
}

static int
measure(struct figures *f, const struct bench_plan *plan, char **why)
{
	struct bar bar = { .unicode = glyph_unicode_wanted() };
	struct sigaction stop = { .sa_handler = on_stop }, before[2];
	bool draws = isatty(STDERR_FILENO);
	int rc;

	sigemptyset(&stop.sa_mask);
	sigaction(SIGINT, &stop, &before[0]);
	sigaction(SIGTERM, &stop, &before[1]);
	rc = bench_run(f, plan, draws ? tell : NULL, &bar, &stopped, why);
	sigaction(SIGINT, &before[0], NULL);
	sigaction(SIGTERM, &before[1], NULL);
	if (bar.shown)
		fputs("\r\033[K", stderr);
	return rc;
}

/* Is anything there at all?  */
static bool
is_empty(const struct figures *f)
{
	for (int m = 0; m < MECH_MAX; m++)
		if (f->line[m].measured)
			return false;
	return true;
}

static bool
on_screen(const struct args *a)
{
	return !args_has(a, "plain") && !args_has(a, "json") &&
	       term_possible(NULL) == 0;
}

static void
open_figures(const struct figures *f)
{
	bench_view_run(f);
}

static void
open_adviser(const struct figures *f)
{
	adviser_run(f);
}

static int
run_screen(void (*open)(const struct figures *f), const struct figures *f)
{
	char *why = NULL;

	if (term_start(&why) < 0)
		return command_fail(EXIT_MACHINE, why);
	open(f);
	term_stop();
	return EXIT_DONE;
}

static void
print(struct buf *text)
{
	fwrite(buf_str(text), 1, text->len, stdout);
	buf_release(text);
}

static int
show(const struct figures *f, const struct args *a)
{
	struct buf text = BUF_INIT;

	if (on_screen(a) && !is_empty(f))
		return run_screen(open_figures, f);
	if (args_has(a, "json")) {
		record_write(&text, f);
	} else {
		figures_write(&text, f);
		changes_write(&text, f);
	}
	print(&text);
	return EXIT_DONE;
}

/* Figures of part of it would push out better ones.  */
static void
keep(const struct figures *f, const struct args *a)
{
	char *why = NULL;

	if (!f->complete || args_has(a, "only"))
		return;
	if (record_keep(f, &why) < 0)
		fprintf(stderr, _("ipclab: the figures are not kept: %s\n"),
			why);
	free(why);
}

static int
measure_and_show(const struct args *a)
{
	struct bench_plan plan = { .quick = false };
	struct figures *f = xcalloc(1, sizeof(*f));
	char *why = NULL;
	int code;

	if (read_plan(&plan, a, &why) < 0) {
		free(f);
		return command_fail(EXIT_USAGE, why);
	}
	if (measure(f, &plan, &why) < 0) {
		free(f);
		return command_fail(EXIT_MACHINE, why);
	}
	keep(f, a);
	if (!f->complete && is_empty(f) && !args_has(a, "json"))
		code = command_fail(EXIT_INTERRUPTED, xstrdup(
			_("it was interrupted before anything was measured")));
	else
		code = show(f, a);
	if (!f->complete)
		code = EXIT_INTERRUPTED;
	else if (is_empty(f))
		code = EXIT_MACHINE;
	figures_release(f);
	free(f);
	return code;
}

static int
show_last(const struct args *a)
{
	struct figures *f = xcalloc(1, sizeof(*f));
	char *why = NULL;
	int code = record_last(f, &why) < 0 ? command_fail(EXIT_NO, why)
					    : show(f, a);

	figures_release(f);
	free(f);
	return code;
}

/* By the last figures, if there are any.  */
static int
advise_here(const struct args *a)
{
	struct figures *f = xcalloc(1, sizeof(*f));
	bool measured = record_last(f, NULL) == 0;
	int code;

	if (on_screen(a)) {
		code = run_screen(open_adviser, measured ? f : NULL);
	} else {
		code = plain_advise(measured ? f : NULL, stdin);
	}
	figures_release(f);
	free(f);
	return code;
}

static int
run_bench(const struct args *a)
{
	if (a->argc > 0)
		return command_fail(EXIT_USAGE, xasprintf(
			_("bench takes no operands, and was given %s"),
			a->argv[0]));
	if (args_has(a, "features"))
		return plain_features();
	if (args_has(a, "advise"))
		return advise_here(a);
	if (args_has(a, "last"))
		return show_last(a);
	return measure_and_show(a);
}

static const struct option_def options[] = {
	{ "plain", 0, NULL, N_("tables as linear text, no screen") },
	{ "json", 0, NULL, N_("one JSON object, for programs") },
	{ "quick", 0, NULL, N_("one round, every other size: 10 seconds") },
	{ "only", 0, "NAME", N_("measure only this mechanism, or several: "
				"pipe,tcp") },
	{ "seconds", 0, "N", N_("take about so many seconds") },
	{ "last", 0, NULL, N_("show the figures of the last run again") },
	{ "features", 0, NULL, N_("the table of what each mechanism gives") },
	{ "advise", 0, NULL, N_("five questions, and which mechanism fits") },
	{ .name = NULL },
};

const struct command command_bench = {
	.name = "bench",
	.synopsis = "[--quick] [--only NAME] [--seconds N] [--last] "
		    "[--plain | --json] | --features | --advise",
	.summary = N_("measures every mechanism on this machine"),
	.details = N_("How long a message takes there and back, and how many "
		      "bytes go through in a second, by the size of the "
		      "message, on one processor and on two; in less than a "
		      "minute.  ^C ends it with what there is so far; the "
		      "exit status is 75 then.\n\n"
		      "The figures are kept: --last shows them again, and "
		      "--advise decides by them."),
	.options = options,
	.run = run_bench,
};
