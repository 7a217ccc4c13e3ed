/*
 * TAP 14 (tap-version-14-specification.md of TestAnything): a line for each
 * check; of several results, each is a subtest.  Text of a submission is in
 * YAML blocks only, each text on one line in double quotes, so that no line
 * of it is read as one of TAP's.
 */
#include "config.h"

#include "base/i18n.h"
#include "report/account.h"
#include "report/formats.h"

#include <stdlib.h>
#include <string.h>

/* What follows "-" on a line: one line, without a directive of its own.  */
static void
add_description(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '#' || *text == '\\')
			buf_addc(out, '\\');
		buf_addc(out, *text == '\n' || *text == '\t' ? ' ' : *text);
	}
}

/* A scalar of YAML, in double quotes; U+0085 and the like are escaped already,
 * U+2028, U+2029 and U+FEFF are not.  */
static void
add_scalar(struct buf *out, const char *text)
{
	static const struct { const char *bytes, *name; } odd[] = {
		{ "\xe2\x80\xa8", "\\u2028" }, { "\xe2\x80\xa9", "\\u2029" },
		{ "\xef\xbb\xbf", "\\ufeff" }, { "\n", "\\n" },
		{ "\t", "\\t" }, { "\"", "\\\"" }, { "\\", "\\\\" },
	};

	buf_addc(out, '"');
	while (*text) {
		size_t i = 0;

		while (i < ARRAY_SIZE(odd) &&
		       strncmp(text, odd[i].bytes, strlen(odd[i].bytes)) != 0)
			i++;
		if (i < ARRAY_SIZE(odd)) {
			buf_adds(out, odd[i].name);
			text += strlen(odd[i].bytes);
		} else {
			buf_addc(out, *text++);
		}
	}
	buf_addc(out, '"');
}

static void
add_pair(struct buf *out, const char *indent, const char *key,
	 const char *text)
{
	if (!text || !*text)
		return;
	buf_addf(out, "%s  %s: ", indent, key);
	add_scalar(out, text);
	buf_addc(out, '\n');
}

static void
write_block(struct buf *out, const char *indent, const struct result_check *c)
{
	struct buf account = BUF_INIT;

	account_check(&account, c);
	buf_addf(out, "%s  ---\n", indent);
	add_pair(out, indent, "verdict", grade_word(c->verdict));
	add_pair(out, indent, "message", c->message);
	buf_addf(out, "%s  points: %lld\n%s  maximum: %lld\n", indent,
		 (long long)c->points, indent, (long long)c->maximum);
	add_pair(out, indent, "found", c->output);
	add_pair(out, indent, "wanted", c->expected);
	add_pair(out, indent, "account", buf_str(&account));
	buf_addf(out, "%s  ...\n", indent);
	buf_release(&account);
}

static void
write_check(struct buf *out, const char *indent, size_t number,
	    const struct result_check *c)
{
	bool ok = c->verdict == GRADE_ACCEPT || c->verdict == GRADE_SKIPPED;

	buf_addf(out, "%s%s %zu - ", indent, ok ? "ok" : "not ok", number);
	add_description(out, c->title);
	if (c->verdict == GRADE_SKIPPED) {
		buf_adds(out, " # SKIP ");
		add_description(out, grade_title(c->verdict));
	}
	buf_addc(out, '\n');
	if (!ok)
		write_block(out, indent, c);
}

/* The build and the checks.  */
static void
write_points(struct buf *out, const char *indent, const struct result *r)
{
	struct result_check build = { .verdict = r->build,
		.id = (char *)"build", .message = r->build_message,
		.output = r->diagnostics };
	char *title = xstrdup(_("It compiles"));

	build.title = title;
	buf_addf(out, "%s1..%zu\n", indent, r->n_checks + 1);
	write_check(out, indent, 1, &build);
	for (size_t i = 0; i < r->n_checks; i++)
		write_check(out, indent, i + 2, &r->check[i]);
	free(title);
}

static void
write_subtest(struct buf *out, const struct result *r, size_t number)
{
	bool ok = r->verdict == GRADE_ACCEPT;

	buf_adds(out, "# Subtest: ");
	add_description(out, r->id);
	buf_addc(out, '\n');
	write_points(out, "    ", r);
	buf_addf(out, "%s %zu - ", ok ? "ok" : "not ok", number);
	add_description(out, r->id);
	buf_addc(out, '\n');
}

static int
write_tap(struct buf *out, const struct result *r, size_t n,
	  const struct report_options *o, char **why)
{
	bool fault = false;

	(void)o;
	(void)why;
	buf_adds(out, "TAP version 14\n");
	if (n == 1)
		write_points(out, "", r);
	else
		buf_addf(out, "1..%zu\n", n);
	for (size_t i = 0; i < n; i++) {
		fault |= !r[i].gradable;
		if (n > 1)
			write_subtest(out, &r[i], i + 1);
	}
	if (fault)
		buf_addf(out, "Bail out! %s\n", account_fault());
	return 0;
}

const struct report_format report_tap = {
	.name = "tap",
	.extension = "tap",
	.meaning = N_("the Test Anything Protocol, version 14"),
	.view = REPORT_SHOWN,
	.write = write_tap,
};
