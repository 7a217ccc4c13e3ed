/*
 * Gradescope's results.json (docs/specs.md of gradescope/autograder_samples).
 * It hides checks by itself, so it is told all of them.  Everything is said to
 * be text: as "html" or "md" a submission could write on the page.
 */
#include "config.h"

#include "base/i18n.h"
#include "report/account.h"
#include "report/formats.h"
#include "report/document.h"

#include <string.h>

/* Our words for when a check may be seen, and theirs; what is unknown stays
 * hidden.  */
static const struct { const char *ours, *theirs; } visibilities[] = {
	{ "visible", "visible" },
	{ "after_due", "after_due_date" },
	{ "after_published", "after_published" },
};

static const char *
visibility_of(const struct result_check *c)
{
	for (size_t i = 0; i < ARRAY_SIZE(visibilities); i++)
		if (strcmp(visibilities[i].ours, c->visibility) == 0)
			return visibilities[i].theirs;
	return "hidden";
}

static json_t *
test_of(const struct result *r, size_t i)
{
	const struct result_check *c = &r->check[i];
	struct buf output = BUF_INIT;
	json_t *test = json_object();
	char number[24];

	snprintf(number, sizeof(number), "%zu", i + 1);
	document_text(test, "name", c->title);
	document_text(test, "number", number);
	/* Without points nothing is counted: theirs then says that the grader
	 * failed.  */
	if (r->gradable) {
		document_number(test, "score", c->points);
		document_number(test, "max_score", c->maximum);
	}
	document_text(test, "status",
		  c->verdict == GRADE_ACCEPT ? "passed" : "failed");
	document_text(test, "visibility", visibility_of(c));
	if (c->verdict != GRADE_ACCEPT)
		buf_addf(&output, "%s\n", grade_title(c->verdict));
	account_check(&output, c);
	document_text(test, "output", buf_str(&output));
	document_text(test, "output_format", "text");
	json_object_set_new(test, "extra_data", json_pack("{s:s,s:s}",
		"check", c->id, "verdict", grade_word(c->verdict)));
	buf_release(&output);
	return test;
}

static int
write_gradescope(struct buf *out, const struct result *r, size_t n,
		 const struct report_options *o, char **why)
{
	json_t *top = json_object(), *tests = json_array();
	struct buf output = BUF_INIT;

	(void)n;
	(void)o;
	(void)why;
	account_whole(&output, r);
	if (r->gradable)
		document_number(top, "score", r->score);
	json_object_set_new(top, "execution_time",
			    json_real((double)r->total_ms / 1000));
	document_text(top, "output", buf_str(&output));
	document_text(top, "output_format", "text");
	document_text(top, "test_output_format", "text");
	document_text(top, "test_name_format", "text");
	document_text(top, "visibility", "visible");
	document_text(top, "stdout_visibility", "hidden");
	for (size_t i = 0; i < r->n_checks; i++)
		json_array_append_new(tests, test_of(r, i));
	json_object_set_new(top, "tests", tests);
	json_object_set_new(top, "extra_data", json_pack("{s:s,s:s,s:b}",
		"exercise", r->exercise, "verdict", grade_word(r->verdict),
		"gradable", r->gradable));
	document_write(out, top, JSON_INDENT(2));
	buf_release(&output);
	return 0;
}

const struct report_format report_gradescope = {
	.name = "gradescope",
	.extension = "json",
	.meaning = N_("results.json of a Gradescope autograder"),
	.single = true,
	.view = REPORT_WHOLE,
	.write = write_gradescope,
};
