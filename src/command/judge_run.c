/* See judge_run.h.  */
#include "config.h"

#include "base/buf.h"
#include "base/cells.h"
#include "base/i18n.h"
#include "command/judge_run.h"
#include "exercise/catalogue.h"
#include "exercise/practice.h"
#include "lesson/progress.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TICK_MS = 200 };

static volatile sig_atomic_t stopped;

static void
on_stop(int sig)
{
	(void)sig;
	stopped = 1;
}

/* ---- text ---- */
static void
write_lines(struct buf *out, const char *indent, const char *text)
{
	while (text && *text) {
		size_t len = strcspn(text, "\n");

		buf_addf(out, "%s%.*s\n", indent, (int)len, text);
		text += len + (text[len] == '\n');
	}
}

static void
write_check(struct buf *out, const struct result_check *c)
{
	bool passed = c->verdict == GRADE_ACCEPT;

	buf_addf(out, "%s %lld/%lld  %s\n", passed ? "+" :
		 c->verdict == GRADE_SKIPPED ? "." : "-",
		 (long long)c->points, (long long)c->maximum, c->title);
	if (passed) {
		write_lines(out, "    ", c->says);
		return;
	}
	buf_addf(out, "    %s", grade_title(c->verdict));
	if (c->message)
		buf_addf(out, ": %s", c->message);
	buf_addc(out, '\n');
	if (c->args && *c->args) {
		char *args = cells_middle(c->args, RESULT_ARGS_SHOWN);

		buf_addf(out, _("    with the arguments: %s\n"), args);
		free(args);
	}
	write_lines(out, "    ", c->says);
	write_lines(out, "      ", c->picture);
	write_lines(out, "    ", c->hint);
}

static void
write_text(struct buf *out, const struct result *r)
{
	if (strcmp(r->tier, sandbox_tier_word(SANDBOX_NONE)) == 0)
		buf_adds(out, _("Run without a sandbox, as you: this machine "
				"gives none (ipclab doctor says why)\n"));
	if (r->build_message)
		buf_addf(out, "%s: %s\n", grade_title(r->build),
			 r->build_message);
	if (r->build == GRADE_COMPILE_ERROR)
		write_lines(out, "    ", r->diagnostics);
	for (size_t i = 0; i < r->n_checks; i++)
		write_check(out, &r->check[i]);
	buf_addf(out, ngettext("%lld of %lld point\n", "%lld of %lld points\n",
			       r->maximum),
		 (long long)r->score, (long long)r->maximum);
}

/* ---- running it ---- */
static void
show_progress(const struct practice *p)
{
	struct judge_progress now;
	char *line;

	if (!practice_progress(p, &now))
		return;
	line = now.check ? xasprintf(_("%s: %llu runs (check %zu of %zu)"),
				     now.check, (unsigned long long)now.runs,
				     now.done + 1, now.all) :
	       xstrdup(_("compiling"));
	fprintf(stderr, "\r%.*s\033[K", (int)cells_clip(line, 79), line);
	fflush(stderr);
	free(line);
}

/* To the next result; false: there will be none, for ^C came first.  */
static bool
wait_for(struct practice *p)
{
	bool draws = isatty(STDERR_FILENO);
	struct pollfd fds[PRACTICE_FDS_MAX];
	unsigned before = practice_count(p);

	while (practice_count(p) == before) {
		if (stopped && !practice_is_checking(p))
			return false;
		if (stopped)
			practice_interrupt(p);
		if (draws)
			show_progress(p);
		poll(fds, (nfds_t)practice_fds(p, fds, PRACTICE_FDS_MAX),
		     TICK_MS);
		practice_advance(p);
	}
	if (draws)
		fputs("\r\033[K", stderr);
	return true;
}

static int
code_of(const struct result *r)
{
	if (stopped)
		return EXIT_INTERRUPTED;
	if (!r->gradable)
		return EXIT_FAULT;
	return r->verdict == GRADE_ACCEPT ? EXIT_DONE : EXIT_NO;
}

/* A program that was broken is mended next.  */
static void
write_next(struct buf *out, struct practice *p)
{
	const struct result *r = practice_result(p);
	char *why = NULL, *next = practice_keep_found(p, &why);

	if (next && r->check[0].claim && *r->check[0].claim)
		buf_addf(out, "%s\n", r->check[0].claim);
	if (why)
		buf_addf(out, _("your schedule could not be kept: %s\n"), why);
	if (next && *next)
		buf_addf(out, _("Next, mend it: ipclab exercise start %s.  "
				"Your schedule will be tried on what you hand "
				"in.\n"), next);
	free(next);
	free(why);
}

/* What is known of the learner's progress from here on.  */
static void
note(const struct exercise *e, const char *path, const struct result *r)
{
	char *real = realpath(path, NULL);
	struct progress *p;

	if (!real || !r->gradable) {
		free(real);
		return;
	}
	p = progress_open(NULL);
	progress_exercise_begin(p, e->name, real);
	progress_exercise_tried(p, e->name, (int)r->score, (int)r->maximum,
				r->verdict == GRADE_ACCEPT);
	progress_close(p);
	free(real);
}

static void
write_debrief(struct buf *out, const struct exercise *e)
{
	char *language = exercise_language(e->folder);
	char *text = exercise_text(e, "debrief.md", language);

	if (text)
		buf_addf(out, "\n%s", text);
	free(text);
	free(language);
}

static int
print(struct practice *p, const struct exercise *e, const char *path,
      const struct args *a)
{
	const struct result *r = practice_result(p);
	struct buf out = BUF_INIT, next = BUF_INIT;
	char *kept;

	note(e, path, r);
	write_next(&next, p);
	if (args_has(a, "json")) {
		result_write(&out, r, true);
	} else {
		write_text(&out, r);
		kept = practice_keep_failure(p, NULL);
		if (kept)
			buf_addf(&out, _("To see it: ipclab replay %s\n"),
				 kept);
		free(kept);
		buf_adds(&out, buf_str(&next));
		if (r->verdict == GRADE_ACCEPT)
			write_debrief(&out, e);
	}
	buf_release(&next);
	fwrite(buf_str(&out), 1, out.len, stdout);
	fflush(stdout);
	buf_release(&out);
	return code_of(r);
}

/* Until ^C: what the files are worth now, and whenever they are saved.  */
static int
keep_on(struct practice *p, const struct exercise *e, const char *path,
	const struct args *a, int code)
{
	while (!stopped) {
		if (isatty(STDERR_FILENO))
			fprintf(stderr, _("Save a file, and it is checked "
					  "again; ^C ends."));
		if (!wait_for(p))
			break;
		code = print(p, e, path, a);
	}
	return code == EXIT_INTERRUPTED ? EXIT_NO : code;
}

static int
read_options(struct judge_options *o, const struct args *a, char **why)
{
	const char *seed = args_value(a, "seed");
	char *end;

	*o = (struct judge_options){ .seed = 1 };
	if (!seed)
		return 0;
	errno = 0;
	o->seed = strtoull(seed, &end, 10);
	if (*seed < '0' || *seed > '9' || *end || errno)
		return fail(why, _("--seed needs a number, not '%s'"), seed);
	return 0;
}

int
judge_run(const struct exercise *e, const char *path, const struct args *a)
{
	struct sigaction stop = { .sa_handler = on_stop }, before[2];
	struct judge_options o;
	struct practice *p;
	char *why = NULL;
	int code;

	if (read_options(&o, a, &why) < 0)
		return command_fail(EXIT_USAGE, why);
	sigemptyset(&stop.sa_mask);
	sigaction(SIGINT, &stop, &before[0]);
	sigaction(SIGTERM, &stop, &before[1]);
	p = practice_new(e, path, &o);
	if (args_has(a, "watch"))
		practice_watch(p);
	practice_check(p);
	wait_for(p);
	code = print(p, e, path, a);
	if (args_has(a, "watch"))
		code = keep_on(p, e, path, a, code);
	practice_free(p);
	sigaction(SIGINT, &before[0], NULL);
	sigaction(SIGTERM, &before[1], NULL);
	return code;
}
