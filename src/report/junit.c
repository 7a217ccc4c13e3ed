/*
 * JUnit's XML, as GitLab and others read it: a suite for each result.  A
 * failure is the submission's, an error is ours.  Text of a submission is
 * never in system-out, where GitLab looks for attachments.
 */
#include "config.h"

#include "base/i18n.h"
#include "report/account.h"
#include "report/formats.h"
#include "report/markup.h"

#include <stdlib.h>
#include <string.h>

/* GitLab takes what follows this for a path.  */
static const char attachment[] = "[[ATTACHMENT|";

/* Text that attaches nothing, the caller's.  */
static char *
tame(const char *text)
{
	struct buf out = BUF_INIT;
	const char *at;

	while ((at = strstr(text, attachment)) != NULL) {
		buf_add(&out, text, (size_t)(at - text));
		buf_adds(&out, "[ [ATTACHMENT |");
		text = at + sizeof(attachment) - 1;
	}
	buf_adds(&out, text);
	return buf_take(&out);
}

struct counts {
	int64_t failures, errors, skipped, all;
};

/* Which element says so: NULL for none.  */
static const char *
element_of(enum grade g)
{
	return g == GRADE_ACCEPT ? NULL : g == GRADE_SKIPPED ? "skipped" :
	       g == GRADE_INTERNAL ? "error" : "failure";
}

static void
count_one(struct counts *n, enum grade g)
{
	const char *element = element_of(g);

	n->all++;
	if (!element)
		return;
	n->skipped += *element == 's';
	n->errors += *element == 'e';
	n->failures += *element == 'f';
}

/* Building is a test of its own.  */
static struct counts
count(const struct result *r)
{
	struct counts n = { .all = 0 };

	count_one(&n, r->build);
	for (size_t i = 0; i < r->n_checks; i++)
		count_one(&n, r->check[i].verdict);
	return n;
}

static void
write_case(struct buf *out, const struct result *r, const char *id,
	   const char *title, enum grade g, const char *line,
	   const char *account)
{
	const char *element = element_of(g);
	char *name = tame(title), *message = tame(line);
	char *body = tame(account), *class = tame(r->id);

	markup(out, "    <testcase classname=\"%.%\" name=\"%: %\"",
	       r->exercise, class, id, name);
	if (!element)
		buf_adds(out, "/>\n");
	else if (g == GRADE_SKIPPED)
		markup(out, ">\n      <skipped message=\"%\"/>\n"
		       "    </testcase>\n", message);
	else
		markup(out, ">\n      <% message=\"%\" type=\"%\">%</%>\n"
		       "    </testcase>\n", element, message, grade_word(g),
		       body, element);
	free(name);
	free(message);
	free(body);
	free(class);
}

static void
write_check(struct buf *out, const struct result *r,
	    const struct result_check *c)
{
	struct buf line = BUF_INIT, account = BUF_INIT;

	account_line(&line, c);
	account_check(&account, c);
	write_case(out, r, c->id, c->title, c->verdict, buf_str(&line),
		   buf_str(&account));
	buf_release(&line);
	buf_release(&account);
}

static void
write_suite(struct buf *out, const struct result *r)
{
	struct counts n = count(r);
	struct buf account = BUF_INIT;
	char *id = tame(r->id), *title = tame(r->title);

	markup(out, "  <testsuite name=\"%: %\" tests=\"~\" failures=\"~\" "
	       "errors=\"~\" skipped=\"~\"", title, id, n.all, n.failures,
	       n.errors, n.skipped);
	buf_addf(out, " time=\"%.3f\"", (double)r->total_ms / 1000);
	if (r->submitted_at)
		markup(out, " timestamp=\"%\"", r->submitted_at);
	buf_adds(out, ">\n");
	account_whole(&account, r);
	write_case(out, r, "build", _("It compiles"), r->build,
		   r->build_message ? r->build_message : grade_title(r->build),
		   buf_str(&account));
	for (size_t i = 0; i < r->n_checks; i++)
		write_check(out, r, &r->check[i]);
	buf_adds(out, "  </testsuite>\n");
	buf_release(&account);
	free(id);
	free(title);
}

static int
write_junit(struct buf *out, const struct result *r, size_t n,
	    const struct report_options *o, char **why)
{
	struct counts sum = { .all = 0 };

	(void)o;
	(void)why;
	for (size_t i = 0; i < n; i++) {
		struct counts one = count(&r[i]);

		sum.all += one.all;
		sum.failures += one.failures;
		sum.errors += one.errors;
		sum.skipped += one.skipped;
	}
	markup(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	       "<testsuites name=\"ipclab\" tests=\"~\" failures=\"~\" "
	       "errors=\"~\" skipped=\"~\">\n", sum.all, sum.failures,
	       sum.errors, sum.skipped);
	for (size_t i = 0; i < n; i++)
		write_suite(out, &r[i]);
	buf_adds(out, "</testsuites>\n");
	return 0;
}

const struct report_format report_junit = {
	.name = "junit",
	.extension = "xml",
	.meaning = N_("JUnit's XML, for GitLab, Jenkins and others"),
	.view = REPORT_SHOWN,
	.write = write_junit,
};
