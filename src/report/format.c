/* All formats of reports, and how they are written.  */
#include "config.h"

#include "base/i18n.h"
#include "report/formats.h"
#include "report/reader.h"

#include <stdlib.h>
#include <string.h>

const struct report_format *const report_formats[] = {
	&report_text,
	&report_html,
	&report_csv,
	&report_gradescope,
	&report_prairielearn,
	&report_classroom50,
	&report_autolab,
	&report_canvas,
	&report_moodle,
	&report_junit,
	&report_tap,
	&report_github,
	&report_github_summary,
	NULL
};

const struct report_format *
report_named(const char *name)
{
	for (size_t i = 0; report_formats[i]; i++)
		if (strcmp(report_formats[i]->name, name) == 0)
			return report_formats[i];
	return NULL;
}

int
report_write(const struct report_format *f, struct buf *out,
	     const struct result *results, size_t n,
	     const struct report_options *o, char **why)
{
	struct report_options options = *o;
	struct result *seen;
	size_t *left_out, before = out->len;
	int rc;

	if (n == 0)
		return fail(why, _("there is no result to report"));
	if (f->single && n > 1)
		return fail(why, _("%s takes one result, and was given %zu"),
			    f->name, n);
	seen = xcalloc(n, sizeof(*seen));
	left_out = xcalloc(n, sizeof(*left_out));
	for (size_t i = 0; i < n; i++)
		left_out[i] = reader_sees(&seen[i], &results[i], f->view, o);
	options.left_out = left_out;
	rc = f->write(out, seen, n, &options, why);
	if (rc < 0) {
		out->len = before;
		if (out->data)
			out->data[before] = '\0';
	}
	for (size_t i = 0; i < n; i++)
		result_release(&seen[i]);
	free(seen);
	free(left_out);
	return rc;
}
