/*
 * Pages: self-contained, readable without scripts, in light and in dark.
 * A file writes one part of them.
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "report/report.h"

/* The style sheet.  */
void html_style(struct buf *out);
/* The head of a page, up to its <main>; and what closes that.  */
void html_begin(struct buf *out, const char *title);
void html_end(struct buf *out, const char *tool);

/* The body of the page of one submission; of a class.  */
void html_one(struct buf *out, const struct result *r,
	      const struct report_options *o);
void html_class(struct buf *out, const struct result *r, size_t n);

/* The failing run as SVG with a column for each actor, and as a list for
 * those who do not see it; number tells it from others of the page.  */
void html_run(struct buf *out, const struct result_check *c, size_t number);

/* "pass", "fail", "skip" or "fault": the class of its colours.  */
const char *html_kind(enum grade g);
/* A verdict in a coloured frame.  */
void html_verdict(struct buf *out, enum grade g);

#endif
