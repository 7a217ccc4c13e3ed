/* The table of glyphs.  */
#include "config.h"

#include "term/glyph.h"

#include <langinfo.h>
#include <string.h>

static const struct {
	const char *ascii, *unicode;
} table[GLYPH_MAX] = {
	[GLYPH_HLINE] = { "-", "─" },
	[GLYPH_VLINE] = { "|", "│" },
	[GLYPH_TOP_LEFT] = { "+", "┌" },
	[GLYPH_TOP_RIGHT] = { "+", "┐" },
	[GLYPH_BOTTOM_LEFT] = { "+", "└" },
	[GLYPH_BOTTOM_RIGHT] = { "+", "┘" },
	[GLYPH_TEE_DOWN] = { "+", "┬" },
	[GLYPH_TEE_UP] = { "+", "┴" },
	[GLYPH_TEE_LEFT] = { "+", "┤" },
	[GLYPH_CROSS] = { "|", "┼" },
	[GLYPH_BIRTH] = { "`", "╰" },
	[GLYPH_SLEEP] = { ".", "·" },
	[GLYPH_TAKES] = { ">", "▸" },
	[GLYPH_TIP] = { ">", "▸" },
	[GLYPH_ARROW] = { "->", "─▸" },
	[GLYPH_ARROW_BACK] = { "<-", "◂─" },
	[GLYPH_POINTER] = { ">", "▶" },
	[GLYPH_ELLIPSIS] = { "...", "…" },
	[GLYPH_TICK] = { "x", "✓" },
	[GLYPH_FAIL] = { "!", "✗" },
	[GLYPH_BULLET] = { "*", "•" },
	[GLYPH_FULL] = { "#", "█" },
	[GLYPH_EMPTY] = { ".", "·" },
};

const char *
glyph(bool unicode, enum glyph g)
{
	return unicode ? table[g].unicode : table[g].ascii;
}

const char *
glyph_eighth(bool unicode, int eighths)
{
	static const char *const block[] = {
		"·", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█",
	};

	if (eighths < 0)
		eighths = 0;
	if (eighths > 8)
		eighths = 8;
	if (unicode)
		return block[eighths];
	return eighths >= 4 ? "#" : eighths ? ":" : ".";
}

bool
glyph_unicode_wanted(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
