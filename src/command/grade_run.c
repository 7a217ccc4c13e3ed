/* See grade_run.h.  */
#include "config.h"

#include "base/buf.h"
#include "base/cells.h"
#include "base/i18n.h"
#include "command/grade_run.h"
#include "report/account.h"
#include "report/report.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FDS_MAX = 4096, ID_WIDTH = 20, NAME_WIDTH = 20 };

static volatile sig_atomic_t stopped;

static void
on_stop(int sig)
{
	(void)sig;
	stopped = 1;
}

/* ---- text ---- */
static void
add_padded(struct buf *out, const char *text, int width)
{
	buf_adds(out, text);
	for (int n = cells_of(text); n < width; n++)
		buf_addc(out, ' ');
	buf_adds(out, "  ");
}

/* What is wrong first: with the submission as a whole, or with a check.  */
static void
add_reason(struct buf *out, const struct result *r)
{
	for (size_t i = 0; i < r->n_checks && !r->build_message; i++)
		if (r->check[i].verdict != GRADE_ACCEPT) {
			buf_addf(out, "  %s: ", r->check[i].id);
			account_line(out, &r->check[i]);
			return;
		}
	if (r->build_message)
		buf_addf(out, "  %s", r->build_message);
}

static void
write_line(struct buf *out, const struct result *r, const char *exercise)
{
	size_t from = out->len;

	add_padded(out, r->id, ID_WIDTH);
	if (exercise)
		add_padded(out, exercise, NAME_WIDTH);
	if (r->gradable)
		buf_addf(out, "%3lld/%-3lld  ", (long long)r->score,
			 (long long)r->maximum);
	else
		buf_addf(out, "%s  ", _("not counted"));
	buf_adds(out, grade_title(r->verdict));
	add_reason(out, r);
	for (char *s = out->data + from; *s; s++)
		if (*s == '\n' || *s == '\t')
			*s = ' ';
	buf_addc(out, '\n');
}

static void
write_full(struct buf *out, const struct result *r)
{
	const struct report_options o = { .instructor = true };

	report_write(report_named("text"), out, r, 1, &o, NULL);
}

/* all: how many results there will be; exercises: how many of each.  */
static void
print(const struct batch_done *done, size_t all, size_t exercises, bool json)
{
	struct buf out = BUF_INIT;
	struct result r;

	if (json) {
		fwrite(buf_str(done->json), 1, done->json->len, stdout);
	} else if (result_read(&r, buf_str(done->json), done->json->len,
			       done->id, NULL) == 0) {
		if (all == 1)
			write_full(&out, &r);
		else
			write_line(&out, &r, exercises > 1 ? r.exercise :
				   NULL);
		fwrite(buf_str(&out), 1, out.len, stdout);
		result_release(&r);
	} else {
		result_release(&r);
	}
	fflush(stdout);
	buf_release(&out);
}

/* ---- progress ---- */
static void
show_progress(const struct batch *b)
{
	struct batch_progress p;
	struct buf line = BUF_INIT;

	batch_progress(b, &p);
	buf_addf(&line, _("%zu of %zu"), p.done, p.all);
	if (p.id)
		buf_addf(&line, "  %s  %s  %s", p.id, p.exercise,
			 p.judge.check ? p.judge.check : _("compiling"));
	if (p.id && p.judge.runs)
		buf_addf(&line, "  %llu", (unsigned long long)p.judge.runs);
	fprintf(stderr, "\r%.*s\033[K", (int)cells_clip(buf_str(&line), 79),
		buf_str(&line));
	fflush(stderr);
	buf_release(&line);
}

static void
clear_progress(bool draws)
{
	if (draws)
		fputs("\r\033[K", stderr);
}

static void
print_done(struct batch *b, const struct batch_config *c, bool json,
	   bool draws)
{
	struct batch_done done;
	size_t all = c->class->n * c->n_exercises;

	while (batch_next(b, &done)) {
		clear_progress(draws);
		print(&done, all, c->n_exercises, json);
	}
}

static void
wait_for(struct batch *b, const struct batch_config *c, bool json)
{
	bool draws = isatty(STDERR_FILENO);
	struct pollfd *fds = xcalloc(FDS_MAX, sizeof(*fds));

	while (!batch_is_over(b)) {
		poll(fds, (nfds_t)batch_fds(b, fds, FDS_MAX),
		     batch_timeout(b));
		batch_advance(b);
		if (stopped)
			batch_interrupt(b);
		print_done(b, c, json, draws);
		if (draws && !batch_is_over(b))
			show_progress(b);
	}
	print_done(b, c, json, draws);
	clear_progress(draws);
	free(fds);
}

/* ---- the end ---- */
/* One sentence on standard error where there was more than one.  */
static void
say_sums(const struct batch_progress *p)
{
	if (p->all < 2 || p->done < p->all)
		return;
	fprintf(stderr, ngettext("%zu result", "%zu results", p->all), p->all);
	if (p->resumed)
		fprintf(stderr, _(", %zu of them were there already"),
			p->resumed);
	if (p->faults)
		fprintf(stderr, _(", %zu cannot be counted"), p->faults);
	fputc('\n', stderr);
}

static int
code_of(const struct batch *b, const struct batch_config *c)
{
	struct batch_progress p;

	batch_progress(b, &p);
	if (batch_trouble(b))
		return command_fail(EXIT_MACHINE, xasprintf(
			_("%s; %zu of %zu results are there, and the same with "
			  "--resume goes on"), batch_trouble(b), p.done,
			p.all));
	if (p.done < p.all)
		return command_fail(EXIT_INTERRUPTED, c->results ? xasprintf(
			_("interrupted: %zu of %zu results are there, and the "
			  "same with --resume goes on"), p.done, p.all) :
			xasprintf(_("interrupted: %zu of %zu results"), p.done,
				  p.all));
	say_sums(&p);
	return p.faults ? EXIT_FAULT : EXIT_DONE;
}

int
grade_run(const struct batch_config *c, bool json)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction stop = { .sa_handler = on_stop };
	struct sigaction before[ARRAY_SIZE(signals)];
	struct batch *b;
	int code;

	sigemptyset(&stop.sa_mask);
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		sigaction(signals[i], &stop, &before[i]);
	b = batch_start(c);
	wait_for(b, c, json);
	code = code_of(b, c);
	batch_end(b);
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		sigaction(signals[i], &before[i], NULL);
	return code;
}
