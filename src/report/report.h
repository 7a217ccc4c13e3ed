/*
 * Reports: results in the formats that courses read.  Each format is a pure
 * function from results to bytes, in a file of its own; the table names them.
 * A report never fails because of what a submission contains.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "report/result.h"

/* Who reads it: hidden checks are shown to instructors; to students only after
 * the time that they name.  */
struct report_options {
	bool instructor;	/* all checks, all messages */
	bool due, published;	/* these times are over */
	const char *assignment;	/* Canvas: "Title (ID)", which it must have;
				   others: in place of the title; or NULL */
	const char *worksheet;	/* Moodle: the text of an exported worksheet */
	const char *context;	/* classroom50: a JSON object of its fields */
	const size_t *left_out;	/* by report_write(): how many checks of each
				   result the reader does not see */
};

/* Which part of a result a format is given.  */
enum report_view {
	REPORT_SHOWN,	/* the checks that the reader may see, and their sum */
	REPORT_MARK,	/* the same checks, but the points of all */
	REPORT_WHOLE,	/* everything: what reads it hides by itself, or is for
			   instructors only */
};

struct report_format {
	const char *name;	/* of --to */
	const char *extension;	/* "json" */
	const char *meaning;	/* one line for --help, marked for translation */
	bool single;		/* wants exactly one result */
	enum report_view view;
	/* Called by report_write() only: the results are clean, and have only
	 * what the reader may see.  0, or -1 with *why: these results cannot
	 * be put so.  */
	int (*write)(struct buf *out, const struct result *results, size_t n,
		     const struct report_options *o, char **why);
};

extern const struct report_format *const report_formats[];	/* NULL last */
const struct report_format *report_named(const char *name);	/* or NULL */

/* Write n results; out is as it was where that fails.  0, or -1 with *why: a
 * sentence for whoever asked for it.  */
int report_write(const struct report_format *f, struct buf *out,
		 const struct result *results, size_t n,
		 const struct report_options *o, char **why);

/* May this reader see the check at all?  */
bool report_shows(const struct result_check *c,
		  const struct report_options *o);

#endif
