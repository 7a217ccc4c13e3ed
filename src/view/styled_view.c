/* See styled_view.h.  */
#include "config.h"

#include "view/styled_view.h"

#include <stdlib.h>

static const enum role roles[STYLE_MAX] = {
	[STYLE_TEXT] = ROLE_TEXT, [STYLE_TITLE] = ROLE_TITLE,
	[STYLE_STRONG] = ROLE_STRONG, [STYLE_EMPHASIS] = ROLE_STRONG,
	[STYLE_CODE] = ROLE_CODE, [STYLE_DIM] = ROLE_DIM,
	[STYLE_GOOD] = ROLE_GOOD, [STYLE_BAD] = ROLE_BAD,
	[STYLE_KEY] = ROLE_KEY,
};

void
styled_draw(struct canvas *c, int y, int x, int cols,
	    const struct styled_line *line)
{
	const char *text = line->text;
	int end = x + cols;

	while (*text && x < end) {
		size_t at = text - line->text, n = 1;
		char *piece;

		while (text[n] && line->style[at + n] == line->style[at])
			n++;
		piece = xstrndup(text, n);
		x += canvas_put(c, y, x, end - x,
				roles[line->style[at]], piece);
		free(piece);
		text += n;
	}
}
