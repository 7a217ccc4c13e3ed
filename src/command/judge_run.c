/* See judge_run.h.  */
#include "config.h"

#include "base/buf.h"
#include "base/cells.h"
#include "base/i18n.h"
#include "command/judge_run.h"
#include "exercise/judge.h"
#include "lesson/compile.h"
#include "sandbox/sandbox.h"
#include "schedule/schedule.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FDS_MAX = 64, TICK_MS = 200 };

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
	if (passed)
		return;
	buf_addf(out, "    %s", grade_title(c->verdict));
	if (c->message)
		buf_addf(out, ": %s", c->message);
	buf_addc(out, '\n');
	if (c->args && *c->args)
		buf_addf(out, _("    with the arguments: %s\n"), c->args);
	write_lines(out, "    ", c->says);
	write_lines(out, "      ", c->picture);
	write_lines(out, "    ", c->hint);
}

static void
write_text(struct buf *out, const struct result *r)
{
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

/* ---- the failing run ---- */
/* Its program, beside the learner's files.  */
static int
keep_program(const struct schedule *s, const char *built, const char *folder)
{
	size_t n = strcspn(s->header.command, " ");
	const char *name = s->header.command + 2;	/* behind "./" */
	char *from, *to;
	int ret = -1;

	if (!built || n < 3 || memchr(name, '/', n - 2))
		return -1;
	from = xasprintf("%s/%.*s", built, (int)n - 2, name);
	to = xasprintf("%s/%.*s", folder, (int)n - 2, name);
	ret = copy_file(from, to, NULL);
	free(to);
	free(from);
	return ret;
}

/* Kept beside the files, so that it can be seen on the stage.  */
static void
keep_schedule(const struct result *r, const char *built, const char *folder,
	      struct buf *out)
{
	char *path = xasprintf("%s/%s.schedule", folder, r->exercise);
	char *real = realpath(folder, NULL);
	struct schedule s = SCHEDULE_INIT;
	size_t i = 0;

	while (i < r->n_checks && !r->check[i].schedule)
		i++;
	if (real && i < r->n_checks &&
	    schedule_parse(&s, r->check[i].schedule,
			   strlen(r->check[i].schedule), path, NULL) == 0) {
		COPY_STR(s.header.cwd, real);
		if (keep_program(&s, built, real) == 0 &&
		    schedule_save(&s, path, NULL) == 0)
			buf_addf(out, _("To see it: ipclab replay %s\n"),
				 path);
		schedule_release(&s);
	}
	free(real);
	free(path);
}

/* ---- running it ---- */
static void
show_progress(const struct judge *j)
{
	struct judge_progress p;
	char *line;

	judge_progress(j, &p);
	line = p.check ? xasprintf(_("%s: %llu runs (check %zu of %zu)"),
				   p.check, (unsigned long long)p.runs,
				   p.done + 1, p.all) :
	       xstrdup(_("compiling"));
	fprintf(stderr, "\r%.*s\033[K", (int)cells_clip(line, 79), line);
	fflush(stderr);
	free(line);
}

static void
wait_for(struct judge *j)
{
	bool draws = isatty(STDERR_FILENO);
	struct pollfd fds[FDS_MAX];

	while (!judge_is_over(j)) {
		poll(fds, (nfds_t)judge_fds(j, fds, FDS_MAX), TICK_MS);
		judge_advance(j);
		if (stopped)
			judge_interrupt(j);
		if (draws && !judge_is_over(j))
			show_progress(j);
	}
	if (draws)
		fputs("\r\033[K", stderr);
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

static int
print(const struct result *r, const char *built, const char *folder,
      bool json)
{
	struct buf out = BUF_INIT;

	if (json) {
		result_write(&out, r, true);
	} else {
		write_text(&out, r);
		keep_schedule(r, built, folder, &out);
	}
	fwrite(buf_str(&out), 1, out.len, stdout);
	fflush(stdout);
	buf_release(&out);
	return code_of(r);
}

static int
judge(const struct exercise *e, const struct submission *s, const char *path,
      const struct judge_options *o, bool json)
{
	char *why = NULL;
	struct judge *j = judge_start(e, s, o, &why);
	int code;

	if (!j)
		return command_fail(EXIT_FAULT, why);
	wait_for(j);
	code = print(judge_result(j), judge_folder(j), path, json);
	judge_end(j);
	return code;
}

static int
read_options(struct judge_options *o, const struct args *a, char **why)
{
	const char *seed = args_value(a, "seed");
	char *end;

	*o = (struct judge_options){ .seed = 1 };
	o->sandboxed = sandbox_tier(NULL) != SANDBOX_NONE;
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
	struct submission s = { .id = NULL };
	struct result refused;
	char *why = NULL;
	enum submission_outcome out;
	int code;

	if (read_options(&o, a, &why) < 0)
		return command_fail(EXIT_USAGE, why);
	sigemptyset(&stop.sa_mask);
	sigaction(SIGINT, &stop, &before[0]);
	sigaction(SIGTERM, &stop, &before[1]);
	out = submission_read(&s, e, path, &why);
	if (out == SUBMISSION_TAKEN) {
		code = judge(e, &s, path, &o, args_has(a, "json"));
	} else {
		judge_refuse(&refused, e, s.id, &o, out == SUBMISSION_REFUSED ?
			     GRADE_REJECT : GRADE_INTERNAL, why);
		code = print(&refused, NULL, path, args_has(a, "json"));
		result_release(&refused);
	}
	submission_release(&s);
	sigaction(SIGINT, &before[0], NULL);
	sigaction(SIGTERM, &before[1], NULL);
	free(why);
	return code;
}
