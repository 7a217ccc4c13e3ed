/* The page of one submission.  */
#include "config.h"

#include "base/i18n.h"
#include "report/account.h"
#include "report/html.h"
#include "report/markup.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the top ---- */
/* Points as a ring that fills up.  */
static void
write_ring(struct buf *out, const struct result *r)
{
	double part = r->maximum ? (double)r->score / (double)r->maximum : 0;
	char *about = xasprintf(_("%lld of %lld points"), (long long)r->score,
				(long long)r->maximum);

	markup(out, "<svg class=\"ring\" viewBox=\"0 0 112 112\" role=\"img\" "
	       "aria-label=\"%\"><circle cx=\"56\" cy=\"56\" r=\"48\"/>",
	       about);
	if (part > 0)
		buf_addf(out, "<circle class=\"got\" cx=\"56\" cy=\"56\" "
			 "r=\"48\" transform=\"rotate(-90 56 56)\" "
			 "stroke-dasharray=\"%d 302\"/>", (int)(part * 301.6));
	markup(out, "<text x=\"56\" y=\"60\">~</text><text class=\"of\" "
	       "x=\"56\" y=\"79\">/ ~</text></svg>\n", r->score, r->maximum);
	free(about);
}

static void
write_top(struct buf *out, const struct result *r, size_t left_out)
{
	buf_adds(out, "<header class=\"card top\">\n");
	if (r->gradable)
		write_ring(out, r);
	markup(out, "<div>\n<h1>%</h1>\n<p class=\"meta\"><b>%</b>", r->title,
	       r->id);
	if (r->assignment)
		markup(out, " &#183; %", r->assignment);
	if (r->submitted_at)
		markup(out, " &#183; % %", _("handed in"), r->submitted_at);
	buf_adds(out, "</p>\n");
	html_verdict(out, r->verdict);
	buf_adds(out, "\n</div>\n</header>\n");
	if (!r->gradable)
		markup(out, "<div class=\"note\"><p>%.</p></div>\n",
		       account_fault());
	if (left_out) {
		char *text = xasprintf(ngettext("%zu more check is not shown.",
					"%zu more checks are not shown.",
					left_out), left_out);

		markup(out, "<div class=\"note\"><p>%</p></div>\n", text);
		free(text);
	}
}

static void
write_pre(struct buf *out, const char *title, const char *text,
	  const char *class)
{
	if (!text || !*text)
		return;
	markup(out, "<h4>%</h4>\n<pre class=\"%\" tabindex=\"0\">\n%</pre>\n",
	       title, class, text);
}

/* What holds for all checks.  */
static void
write_build(struct buf *out, const struct result *r)
{
	if (r->build == GRADE_ACCEPT && (!r->diagnostics || !*r->diagnostics))
		return;
	markup(out, "<section class=\"card\">\n<div class=\"head\"><h2 "
	       "style=\"margin:0\">%</h2> ", _("Compiling"));
	html_verdict(out, r->build);
	buf_adds(out, "</div>\n");
	if (r->build_message && *r->build_message)
		markup(out, "<div class=\"wrong\"><p>%</p></div>\n",
		       r->build_message);
	write_pre(out, _("The compiler says"), r->diagnostics, "fold");
	buf_adds(out, "</section>\n");
}

static const char *
or_nothing(const char *text)
{
	return text ? text : "";
}

static void
write_forbidden(struct buf *out, const struct result *r)
{
	if (!r->n_forbidden)
		return;
	markup(out, "<section class=\"card\">\n<h2 style=\"margin:0\">%</h2>\n"
	       "<ul>\n", _("System calls that were refused"));
	for (size_t i = 0; i < r->n_forbidden; i++) {
		const struct result_forbidden *f = &r->forbidden[i];

		markup(out, "<li><code>%</code> %%%</li>\n", f->call,
		       or_nothing(f->actor), f->source ? " " : "",
		       or_nothing(f->source));
	}
	buf_adds(out, "</ul>\n</section>\n");
}

static bool
is_told(const struct result_check *c)
{
	return c->verdict != GRADE_ACCEPT && c->verdict != GRADE_SKIPPED;
}

static void
write_table(struct buf *out, const struct result *r)
{
	markup(out, "<section class=\"card\">\n<h2 style=\"margin-top:0\">%"
	       "</h2>\n<div class=\"scroll\">\n<table>\n<thead><tr><th "
	       "scope=\"col\">%</th><th scope=\"col\">%</th><th scope=\"col\" "
	       "class=\"n\">%</th></tr></thead>\n<tbody>\n", _("Checks"),
	       _("check"), _("verdict"), _("points"));
	for (size_t i = 0; i < r->n_checks; i++) {
		const struct result_check *c = &r->check[i];

		buf_adds(out, "<tr><th scope=\"row\">");
		if (is_told(c))
			markup(out, "<a href=\"#c~\">%</a>", (int64_t)i + 1,
			       c->title);
		else
			markup_text(out, c->title);
		buf_adds(out, "</th><td>");
		html_verdict(out, c->verdict);
		markup(out, "</td><td class=\"n\">~ / ~</td></tr>\n",
		       c->points, c->maximum);
	}
	buf_adds(out, "</tbody>\n</table>\n</div>\n</section>\n");
}

/* ---- a check that failed ---- */
/* Lines, those marked that are not at the same place in the other.  */
static void
write_lines(struct buf *out, const char *text, const char *other)
{
	while (*text) {
		size_t n = strcspn(text, "\n"), m = strcspn(other, "\n");
		bool same = n == m && strncmp(text, other, n) == 0;
		char *line = xstrndup(text, n);

		markup(out, same || !*line ? "%\n" : "<mark>%</mark>\n", line);
		free(line);
		text += n + (text[n] == '\n');
		other += m + (other[m] == '\n');
	}
}

static void
write_output(struct buf *out, const struct result_check *c)
{
	const char *output = c->output ? c->output : "";

	if (!*output && !c->expected)
		return;
	if (!c->expected) {
		write_pre(out, _("It printed"), output, "fold");
		return;
	}
	markup(out, "<div class=\"two\">\n<div><h4>%</h4>\n<pre class=\"fold\""
	       " tabindex=\"0\">\n", _("It printed"));
	write_lines(out, output, c->expected);
	markup(out, "</pre></div>\n<div><h4>%</h4>\n<pre class=\"fold\" "
	       "tabindex=\"0\">\n", _("It should print"));
	write_lines(out, c->expected, output);
	buf_adds(out, "</pre></div>\n</div>\n");
}

static void
write_case(struct buf *out, const struct result_check *c)
{
	char *title;

	if (!c->failed_case)
		return;
	title = xasprintf(_("Case %lld fails."), (long long)c->failed_case);
	markup(out, "<p>%</p>\n", title);
	write_pre(out, _("Its arguments"), c->args, "fold");
	write_pre(out, _("Its input"), c->input, "fold");
	free(title);
}

static void
write_runs(struct buf *out, const struct result_check *c, size_t number)
{
	bool drawn = c->n_steps + c->n_blocked > 0;
	bool passing = c->passing && *c->passing;

	if (!drawn)
		write_pre(out, _("The failing run"), c->picture, "");
	if (drawn)
		markup(out, "<div class=\"two run\">\n<div><h4>%</h4>\n",
		       _("The failing run"));
	if (drawn)
		html_run(out, c, number);
	if (drawn)
		buf_adds(out, "</div>\n<div>");
	if (passing)
		write_pre(out, _("The nearest run that passes"), c->passing,
			  "");
	if (drawn)
		buf_adds(out, "</div>\n</div>\n");
}

/* A file's name that needs no quoting.  */
static char *
file_name(const char *id)
{
	char *name = xstrdup(*id ? id : "run");

	for (char *p = name; *p; p++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", *p))
			*p = '-';
	if (*name == '-')
		*name = 'r';
	return name;
}

static void
write_schedule(struct buf *out, const struct result_check *c)
{
	char *name;

	if (!c->schedule || !*c->schedule)
		return;
	name = file_name(c->id);
	markup(out, "<details>\n<summary>%</summary>\n<p>%</p>\n"
	       "<pre class=\"copy\">ipclab replay %.schedule</pre>\n"
	       "<h4>%.schedule</h4>\n<pre class=\"copy fold\" tabindex=\"0\">\n"
	       "%</pre>\n</details>\n", _("See it again"),
	       _("Save the lines below to a file of this name, beside the "
		 "program, and call:"), name, name, c->schedule);
	free(name);
}

static void
write_check(struct buf *out, const struct result_check *c, size_t number)
{
	markup(out, "<section class=\"card\" id=\"c~\">\n<div class=\"head\">"
	       "<h3>%</h3> ", (int64_t)number, c->title);
	html_verdict(out, c->verdict);
	markup(out, "<span class=\"points\">~ / ~</span></div>\n", c->points,
	       c->maximum);
	if (c->message && *c->message)
		markup(out, "<div class=\"wrong\"><p>%</p></div>\n",
		       c->message);
	if (c->says && *c->says)
		markup(out, "<p>%</p>\n", c->says);
	if (c->rule && *c->rule)
		markup(out, "<p>% <code>%</code></p>\n",
		       _("The rule that does not hold:"), c->rule);
	if (c->hint && *c->hint)
		markup(out, "<div class=\"hint\"><p><strong>%</strong> %</p>"
		       "</div>\n", _("Hint:"), c->hint);
	write_case(out, c);
	write_runs(out, c, number);
	write_output(out, c);
	write_schedule(out, c);
	buf_adds(out, "</section>\n");
}

/* ---- the end ---- */
static void
write_claims(struct buf *out, const struct result *r)
{
	bool any = false;

	for (size_t i = 0; i < r->n_checks; i++) {
		const char *at = r->check[i].claim;

		if (r->check[i].verdict != GRADE_ACCEPT || !at || !*at)
			continue;
		if (!any)
			markup(out, "<details>\n<summary>%</summary>\n",
			       _("What was tried where it passed"));
		any = true;
		markup(out, "<h4>%</h4>\n<ul>\n", r->check[i].title);
		while (*at) {
			size_t n = strcspn(at, "\n");
			char *line = xstrndup(at, n);

			markup(out, "<li>%</li>\n", line);
			free(line);
			at += n + (at[n] == '\n');
		}
		buf_adds(out, "</ul>\n");
	}
	if (any)
		buf_adds(out, "</details>\n");
}

static void
write_fact(struct buf *out, const char *name, const char *value)
{
	if (value && *value)
		markup(out, "<dt>%</dt><dd class=\"mono\">%</dd>\n", name,
		       value);
}

static void
write_facts(struct buf *out, const struct result *r)
{
	char seed[24];

	snprintf(seed, sizeof(seed), "%" PRIu64, r->seed);
	markup(out, "<section class=\"card\">\n<h2 style=\"margin-top:0\">%"
	       "</h2>\n<dl>\n", _("How it was graded"));
	for (size_t i = 0; i < r->n_files; i++)
		write_fact(out, r->file[i].name, r->file[i].digest);
	write_fact(out, _("submission"), r->digest);
	write_fact(out, _("exercise"), r->pack_digest);
	write_fact(out, _("seed"), seed);
	write_fact(out, _("sandbox"), r->tier);
	write_fact(out, _("graded"), r->graded_at);
	buf_adds(out, "</dl>\n");
	write_claims(out, r);
	buf_adds(out, "</section>\n");
}

void
html_one(struct buf *out, const struct result *r,
	 const struct report_options *o)
{
	char *title = xasprintf("%s: %s", r->title, r->id);

	html_begin(out, title);
	write_top(out, r, o->left_out[0]);
	write_build(out, r);
	write_forbidden(out, r);
	if (r->n_checks)
		write_table(out, r);
	for (size_t i = 0; i < r->n_checks; i++)
		if (is_told(&r->check[i]))
			write_check(out, &r->check[i], i + 1);
	write_facts(out, r);
	html_end(out, r->tool);
	free(title);
}
