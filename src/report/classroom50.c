/*
 * Classroom 50's result.json: classroom50/result/v1
 * (schemas/result-v1.schema.json of foundation50/classroom50).  Who and what
 * it is about comes from its runner, as a JSON object; points are whole
 * numbers.  A result that is not to be counted is none: the caller's exit
 * status tells the runner of the fault.
 */
#include "config.h"

#include "base/i18n.h"
#include "report/account.h"
#include "report/formats.h"
#include "report/document.h"

#include <string.h>

/* What it must be told, in the schema's order.  */
static const char *const asked[] = {
	"classroom", "assignment", "assignment_type", "owner", "submission",
	"commit", "release", "review",
};

/* "2026-11-16T23:59:59Z"? */
static bool
is_instant(const char *s)
{
	static const char form[] = "0000-00-00T00:00:00Z";
	size_t i = 0;

	for (; form[i]; i++)
		if (form[i] == '0' ? s[i] < '0' || s[i] > '9' :
				     s[i] != form[i])
			return false;
	return s[i] == '\0';
}

static int
check_context(json_t *context, char **why)
{
	const char *type, *submission;

	if (!json_is_object(context))
		return fail(why, _("classroom50 needs to be told the "
				   "classroom, the assignment and so on: "
				   "--context FILE, or its runner's "
				   "environment"));
	for (size_t i = 0; i < ARRAY_SIZE(asked); i++) {
		const char *value =
			json_string_value(json_object_get(context, asked[i]));

		if (!value || !*value)
			return fail(why, _("classroom50: '%s' is not known"),
				    asked[i]);
	}
	type = json_string_value(json_object_get(context, asked[2]));
	submission = json_string_value(json_object_get(context, asked[4]));
	if (strcmp(type, "individual") != 0 && strcmp(type, "group") != 0)
		return fail(why, _("classroom50: 'assignment_type' should be "
				   "individual or group"));
	if (strncmp(submission, "submit/", 7) != 0)
		return fail(why, _("classroom50: 'submission' should begin "
				   "with submit/"));
	return 0;
}

static json_t *
tests_of(const struct result *r)
{
	json_t *tests = json_array();

	for (size_t i = 0; i < r->n_checks; i++) {
		const struct result_check *c = &r->check[i];
		json_t *test = json_object();
		struct buf line = BUF_INIT;

		account_line(&line, c);
		document_text(test, "test-name", *c->title ? c->title : c->id);
		json_object_set_new(test, "passed",
				    json_boolean(c->verdict == GRADE_ACCEPT));
		document_number(test, "score", c->points);
		document_number(test, "max-score", c->maximum);
		document_text(test, "verdict", grade_word(c->verdict));
		document_text(test, "message", buf_str(&line));
		json_array_append_new(tests, test);
		buf_release(&line);
	}
	return tests;
}

static void
fill(json_t *top, const struct result *r, json_t *context, const char *when)
{
	document_text(top, "schema", "classroom50/result/v1");
	for (size_t i = 0; i < ARRAY_SIZE(asked); i++)
		json_object_set(top, asked[i],
				json_object_get(context, asked[i]));
	document_text(top, "datetime", when);
	if (r->graded_at && is_instant(r->graded_at))
		document_text(top, "graded_at", r->graded_at);
	document_number(top, "score", r->score);
	document_number(top, "max-score", r->maximum);
	json_object_set_new(top, "tests", tests_of(r));
}

static int
write_classroom50(struct buf *out, const struct result *r, size_t n,
		  const struct report_options *o, char **why)
{
	json_t *context = o->context ? json_loads(o->context, 0, NULL) : NULL;
	const char *when =
		json_string_value(json_object_get(context, "datetime"));
	json_t *top;
	int rc = 0;

	(void)n;
	if (!when)
		when = r->submitted_at;
	if (!r->gradable)
		rc = fail(why, "%s", account_fault());
	else if (check_context(context, why) < 0)
		rc = -1;
	else if (!when || !is_instant(when))
		rc = fail(why, _("classroom50: it is not known when this was "
				 "submitted: 'datetime', like "
				 "2026-11-16T23:59:59Z"));
	if (rc == 0) {
		top = json_object();
		fill(top, r, context, when);
		document_write(out, top, JSON_INDENT(2));
	}
	json_decref(context);
	return rc;
}

const struct report_format report_classroom50 = {
	.name = "classroom50",
	.extension = "json",
	.meaning = N_("result.json of an autograder of Classroom 50"),
	.single = true,
	.view = REPORT_MARK,
	.write = write_classroom50,
};
