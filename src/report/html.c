/*
 * HTML: the page of one submission, or of a class.  The pages fetch nothing
 * and run nothing, and say so to the browser, should a text ever break out of
 * its element.
 */
#include "config.h"

#include "base/i18n.h"
#include "report/formats.h"
#include "report/html.h"
#include "report/markup.h"

#include <string.h>

const char *
html_kind(enum grade g)
{
	return g == GRADE_ACCEPT ? "pass" : g == GRADE_SKIPPED ? "skip" :
	       g == GRADE_INTERNAL ? "fault" : "fail";
}

/* So that it is not told by its colour alone.  */
static const char *
sign_of(enum grade g)
{
	return g == GRADE_ACCEPT ? "\xe2\x9c\x93" :
	       g == GRADE_SKIPPED ? "\xe2\x80\x93" :
	       g == GRADE_INTERNAL ? "?" : "\xe2\x9c\x97";
}

void
html_verdict(struct buf *out, enum grade g)
{
	markup(out, "<span class=\"verdict %\"><span aria-hidden=\"true\">%"
	       "</span> %</span>", html_kind(g), sign_of(g), grade_title(g));
}

void
html_begin(struct buf *out, const char *title)
{
	/* TRANSLATORS: the language of this text, as HTML names it: "zh".  */
	markup(out, "<!DOCTYPE html>\n<html lang=\"%\">\n<head>\n"
	       "<meta charset=\"utf-8\">\n", _("en"));
	markup(out, "<meta http-equiv=\"Content-Security-Policy\" content=\""
	       "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
	       "\">\n<meta name=\"viewport\" "
	       "content=\"width=device-width, initial-scale=1\">\n"
	       "<meta name=\"color-scheme\" content=\"light dark\">\n"
	       "<link rel=\"icon\" href=\"data:,\">\n"
	       "<title>%</title>\n<style>\n", title);
	html_style(out);
	buf_adds(out, "</style>\n</head>\n<body>\n<main>\n");
}

void
html_end(struct buf *out, const char *tool)
{
	markup(out, "</main>\n<footer>ipclab %</footer>\n</body>\n</html>\n",
	       tool);
}

static int
write_html(struct buf *out, const struct result *r, size_t n,
	   const struct report_options *o, char **why)
{
	(void)why;
	if (n == 1)
		html_one(out, r, o);
	else
		html_class(out, r, n);
	return 0;
}

const struct report_format report_html = {
	.name = "html",
	.extension = "html",
	.meaning = N_("a page that stands alone: of one submission, or of a "
		      "class"),
	.view = REPORT_SHOWN,
	.write = write_html,
};
