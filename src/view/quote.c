/* See quote.h.  */
#include "config.h"

#include "view/quote.h"

#include "base/cells.h"
#include "base/i18n.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void
quote_one(struct buf *out, unsigned char c)
{
	static const char escapes[] = "\n\t\r\"\\\b\f\v\a";
	static const char letters[] = "ntr\"\\bfva";
	const char *at = c ? strchr(escapes, c) : NULL;

	if (at)
		buf_addf(out, "\\%c", letters[at - escapes]);
	else if (c == 0)
		buf_adds(out, "\\0");
	else
		buf_addf(out, "\\x%02x", c);
}

void
quote_bytes(struct buf *out, const char *bytes, size_t n, bool more)
{
	/* A terminated copy, so that a character cut short ends at a NUL.  */
	char *copy = xmalloc(n + 1);
	size_t i = 0;

	memcpy(copy, bytes, n);
	copy[n] = '\0';
	buf_addc(out, '"');
	while (i < n) {
		unsigned char c = (unsigned char)copy[i];
		int32_t code = -1;
		size_t used = c ? cells_decode(copy + i, &code) : 1;

		if (code < ' ' || code == '"' || code == '\\' || code == 0x7f
		    || (code >= 0x80 && code < 0xa0))
			for (size_t k = 0; k < used; k++)
				quote_one(out, (unsigned char)copy[i + k]);
		else
			buf_add(out, copy + i, used);
		i += used;
	}
	buf_addc(out, '"');
	if (more)
		buf_adds(out, "...");
	free(copy);
}

void
quote_count(struct buf *out, int64_t bytes)
{
	buf_addf(out, ngettext("%" PRId64 " byte", "%" PRId64 " bytes",
			       (unsigned long)bytes), bytes);
}
