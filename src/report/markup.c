/* Markup that no text can break out of.  */
#include "config.h"

#include "report/markup.h"

#include <string.h>

static const char *
entity_of(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	}
	return NULL;
}

void
markup_text(struct buf *out, const char *s)
{
	while (*s) {
		size_t plain = strcspn(s, "&<>\"'");

		buf_add(out, s, plain);
		s += plain;
		if (*s)
			buf_adds(out, entity_of(*s++));
	}
}

void
markup(struct buf *out, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	for (; *fmt; fmt++) {
		if (*fmt == '%')
			markup_text(out, va_arg(ap, const char *));
		else if (*fmt == '~')
			buf_add_int(out, va_arg(ap, int64_t));
		else
			buf_addc(out, *fmt);
	}
	va_end(ap);
}
