/*
 * A summary in Markdown for $GITHUB_STEP_SUMMARY, which takes 1 MiB.  Text of
 * a submission is escaped character by character in tables, and fenced by more
 * backquotes than it has in a row elsewhere.
 */
#include "config.h"

#include "base/i18n.h"
#include "report/account.h"
#include "report/formats.h"

#include <stdlib.h>
#include <string.h>

enum { SUMMARY_MAX = 900 << 10 };

/* One line in which nothing is Markdown or HTML, nor a link or a mention.  */
static void
add_plain(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n' || *text == '\t')
			buf_addc(out, ' ');
		else if (strchr("\\`*_{}[]()#+-.!|<>&~^$:@/\"'=", *text))
			buf_addf(out, "&#%d;", *text);
		else
			buf_addc(out, *text);
	}
}

/* Longer than any row of backquotes in the text, three at least.  */
static size_t
fence_length(const char *text)
{
	size_t longest = 2;

	while (*text) {
		size_t n = strspn(text, "`");

		longest = n > longest ? n : longest;
		text += n ? n : 1;
	}
	return longest + 1;
}

static void
add_fenced(struct buf *out, const char *text)
{
	size_t n = fence_length(text);

	if (!*text)
		return;
	for (size_t i = 0; i < n; i++)
		buf_addc(out, '`');
	buf_addf(out, "text\n%s", text);
	for (size_t i = 0; i < n; i++)
		buf_addc(out, '`');
	buf_adds(out, "\n\n");
}

static void
add_table(struct buf *out, const struct result *r)
{
	buf_addf(out, "| %s | %s | %s | %s |\n| --- | --: | --- | --- |\n",
		 _("check"), _("points"), _("verdict"), _("what is wrong"));
	for (size_t i = 0; i < r->n_checks; i++) {
		const struct result_check *c = &r->check[i];

		buf_adds(out, "| ");
		add_plain(out, c->title);
		buf_addf(out, " | %lld/%lld | %s | ", (long long)c->points,
			 (long long)c->maximum, grade_title(c->verdict));
		add_plain(out, c->message ? c->message : "");
		buf_adds(out, " |\n");
	}
	buf_addc(out, '\n');
}

static void
add_accounts(struct buf *out, const struct result *r)
{
	struct buf text = BUF_INIT;

	account_whole(&text, r);
	add_fenced(out, buf_str(&text));
	for (size_t i = 0; i < r->n_checks; i++) {
		const struct result_check *c = &r->check[i];

		buf_clear(&text);
		if (c->verdict != GRADE_ACCEPT)
			account_check(&text, c);
		if (!text.len || out->len + text.len > SUMMARY_MAX)
			continue;
		buf_adds(out, "<details><summary>");
		add_plain(out, c->title);
		buf_adds(out, "</summary>\n\n");
		add_fenced(out, buf_str(&text));
		buf_adds(out, "</details>\n\n");
	}
	buf_release(&text);
}

static int
write_summary(struct buf *out, const struct result *r, size_t n,
	      const struct report_options *o, char **why)
{
	(void)o;
	(void)why;
	for (size_t i = 0; i < n; i++) {
		buf_adds(out, "### ");
		add_plain(out, r[i].title);
		buf_addf(out, ": %lld/%lld (", (long long)r[i].score,
			 (long long)r[i].maximum);
		add_plain(out, r[i].id);
		buf_adds(out, ")\n\n");
		add_table(out, &r[i]);
		add_accounts(out, &r[i]);
	}
	return 0;
}

const struct report_format report_github_summary = {
	.name = "github-summary",
	.extension = "md",
	.meaning = N_("Markdown for $GITHUB_STEP_SUMMARY"),
	.view = REPORT_SHOWN,
	.write = write_summary,
};
