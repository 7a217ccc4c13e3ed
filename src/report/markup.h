/* Markup (HTML, SVG, XML) that no text can break out of.  */
#ifndef REPORT_MARKUP_H
#define REPORT_MARKUP_H

#include "base/buf.h"

/* Text with &, <, >, " and ' as entities.  */
void markup_text(struct buf *out, const char *s);

/* Add fmt as it is, but for '%': the next argument, a const char *, as text;
 * and '~': the next argument, an int64_t.  */
void markup(struct buf *out, const char *fmt, ...);

#endif
