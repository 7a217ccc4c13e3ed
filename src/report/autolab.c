/*
 * Autolab: the last line that an autograder prints has the scores; the one
 * before it says what the student sees (docs/features/formatted-feedback.md of
 * autolab/Autolab).  One problem, named as the exercise is, or as --assignment
 * says.
 */
#include "config.h"

#include "base/i18n.h"
#include "report/account.h"
#include "report/formats.h"
#include "report/document.h"

static json_t *
stage_of(const struct result *r)
{
	json_t *stage = json_object();

	for (size_t i = 0; i < r->n_checks; i++) {
		const struct result_check *c = &r->check[i];
		json_t *test = json_object();
		struct buf line = BUF_INIT;

		json_object_set_new(test, "passed",
				    json_boolean(c->verdict == GRADE_ACCEPT));
		account_line(&line, c);
		if (c->verdict != GRADE_ACCEPT)
			document_text(test, "hint", buf_str(&line));
		json_object_set_new(stage, c->id, test);
		buf_release(&line);
	}
	return stage;
}

static int
write_autolab(struct buf *out, const struct result *r, size_t n,
	      const struct report_options *o, char **why)
{
	const char *problem = o->assignment ? o->assignment : r->exercise;
	json_t *scores = json_object();

	(void)n;
	(void)why;
	document_write(out, json_pack("{s:s,s:[s,s],s:{s:{s:b}},s:o}",
		"_presentation", "semantic", "stages", "Build", "Checks",
		"Build", "compile", "passed", r->build == GRADE_ACCEPT,
		"Checks", stage_of(r)), JSON_COMPACT);
	if (r->gradable)
		document_number(scores, problem, r->score);
	document_write(out, json_pack("{s:o}", "scores", scores), JSON_COMPACT);
	return 0;
}

const struct report_format report_autolab = {
	.name = "autolab",
	.extension = "txt",
	.meaning = N_("the last lines that an autograder of Autolab prints"),
	.single = true,
	.view = REPORT_MARK,
	.write = write_autolab,
};
