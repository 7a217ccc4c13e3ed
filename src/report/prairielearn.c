/*
 * PrairieLearn's results.json (docs/externalGrading.md).  The student sees all
 * of it, so hidden checks have no row, but the score is the whole one.  More
 * than 1 MB is rejected there.
 */
#include "config.h"

#include "base/i18n.h"
#include "report/account.h"
#include "report/formats.h"
#include "report/document.h"

#include <stdlib.h>

enum { ALL_OUTPUT = 800 << 10, LINE_MAX_BYTES = 400 };

static json_t *
test_of(const struct result_check *c, size_t room)
{
	struct buf output = BUF_INIT, line = BUF_INIT;
	json_t *test = json_object();
	char *text;

	account_check(&output, c);
	account_line(&line, c);
	document_text(test, "name", c->title);
	document_number(test, "points", c->points);
	document_number(test, "max_points", c->maximum);
	text = result_text(buf_str(&line), line.len, LINE_MAX_BYTES);
	document_text(test, "message", text);
	free(text);
	text = result_text(buf_str(&output), output.len, room);
	document_text(test, "output", text);
	free(text);
	buf_release(&output);
	buf_release(&line);
	return test;
}

static int
write_prairielearn(struct buf *out, const struct result *r, size_t n,
		   const struct report_options *o, char **why)
{
	json_t *top = json_object(), *tests = json_array();
	struct buf whole = BUF_INIT;
	double score = r->maximum ? (double)r->score / (double)r->maximum : 0;

	(void)n;
	(void)o;
	(void)why;
	json_object_set_new(top, "gradable", json_boolean(r->gradable));
	json_object_set_new(top, "score", json_real(r->gradable ? score : 0));
	if (!r->gradable)
		json_object_set_new(top, "format_errors",
				    json_pack("[s]", account_fault()));
	account_whole(&whole, r);
	document_text(top, "message", grade_title(r->verdict));
	document_text(top, "output", buf_str(&whole));
	for (size_t i = 0; i < r->n_checks; i++)
		json_array_append_new(tests, test_of(&r->check[i],
			ALL_OUTPUT / r->n_checks));
	json_object_set_new(top, "tests", tests);
	document_write(out, top, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	buf_release(&whole);
	return 0;
}

const struct report_format report_prairielearn = {
	.name = "prairielearn",
	.extension = "json",
	.meaning = N_("results.json of an external grader of PrairieLearn"),
	.single = true,
	.view = REPORT_MARK,
	.write = write_prairielearn,
};
