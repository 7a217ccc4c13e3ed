/*
 * Widths of text.  The C library knows the width of a character
 * (wcwidth(3)), but only in a locale that has it; so the question is asked in
 * C.UTF-8, whatever the user's own is.
 */
#include "config.h"

#include "base/cells.h"

#include <locale.h>
#include <string.h>
#include <wchar.h>

static locale_t
utf8_locale(void)
{
	static locale_t utf8;

	if (!utf8)
		utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	return utf8;
}

/* Cells of one character by itself: 0 is a combining one, -1 not printable. */
static int
code_width(int32_t code)
{
	locale_t utf8, old;
	int width;

	if (code < 0)
		return 1;
	if (code < 0x20 || code == 0x7f)
		return 2;
	if (code < 0x7f)
		return 1;
	utf8 = utf8_locale();
	if (!utf8)
		return 1;
	old = uselocale(utf8);
	width = wcwidth((wchar_t)code);
	uselocale(old);
	return width;
}

/* Length of the sequence that this first byte promises, 0: none.  */
static int
sequence_len(unsigned char c)
{
	if (c < 0x80)
		return 1;
	if (c >= 0xc2 && c <= 0xdf)
		return 2;
	if (c >= 0xe0 && c <= 0xef)
		return 3;
	if (c >= 0xf0 && c <= 0xf4)
		return 4;
	return 0;
}

size_t
cells_decode(const char *s, int32_t *code)
{
	static const int32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	static const unsigned char mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	const unsigned char *u = (const unsigned char *)s;
	int len = sequence_len(u[0]);
	int32_t c;

	*code = -1;
	if (!u[0])
		return 0;
	if (!len)
		return 1;
	c = u[0] & mask[len];
	for (int i = 1; i < len; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 1;
		c = c << 6 | (u[i] & 0x3f);
	}
	/* Not the shortest form, half of a surrogate pair, or too big.  */
	if (c < least[len] || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
		return 1;
	*code = c;
	return (size_t)len;
}

size_t
cells_next(const char *s, int *width)
{
	int32_t code;
	size_t used = cells_decode(s, &code);
	int cells = used ? code_width(code) : 0;

	/* Nothing to combine with, or nothing that can be shown: one cell.  */
	if (used && cells <= 0)
		cells = 1;
	while (used) {
		size_t more = cells_decode(s + used, &code);

		if (!more || code < 0x80 || code_width(code) != 0)
			break;
		used += more;
	}
	if (width)
		*width = cells;
	return used;
}

int
cells_of(const char *s)
{
	int cells = 0, width;
	size_t used;

	for (; (used = cells_next(s, &width)); s += used)
		cells += width;
	return cells;
}

size_t
cells_clip(const char *s, int cells)
{
	size_t bytes = 0, used;
	int width;

	while ((used = cells_next(s + bytes, &width)) && width <= cells) {
		cells -= width;
		bytes += used;
	}
	return bytes;
}

char *
cells_middle(const char *s, int cells)
{
	static const char gap[] = " ... ";
	int rest = cells_of(s), room = cells - (int)strlen(gap), width;
	size_t head = cells_clip(s, room - room / 2), tail = 0;

	if (rest <= cells)
		return xstrdup(s);
	for (; rest > room / 2; rest -= width)
		tail += cells_next(s + tail, &width);
	return xasprintf("%.*s%s%s", (int)head, s, gap, s + tail);
}

/* One of the characters of set (UTF-8)?  */
static bool
is_one_of(int32_t code, const char *set)
{
	int32_t c;
	size_t used;

	for (; (used = cells_decode(set, &c)); set += used)
		if (c == code)
			return true;
	return false;
}

static bool
is_closing(int32_t code)
{
	return is_one_of(code, "，。！？；：、）》」』】”’…,.;:!?)]}%");
}

static bool
is_opening(int32_t code)
{
	return is_one_of(code, "（《「『【“‘([{");
}

/* May a line end between these two characters?  */
static bool
may_break(int32_t before, int32_t after)
{
	if (before == ' ')
		return after != ' ';
	if (is_closing(after) || is_opening(before))
		return false;
	return code_width(before) == 2 || code_width(after) == 2;
}

/* The end of the line that begins at s: its bytes; *next is where the
 * following line begins, NULL when the text is over.  */
static size_t
line_end(const char *s, int cells, const char **next)
{
	const char *p = s, *fit = NULL;
	int32_t before = -1, code;
	int used_cells = 0, width;
	size_t used;

	for (; (used = cells_next(p, &width)) && *p != '\n'; p += used) {
		cells_decode(p, &code);
		if (p > s && may_break(before, code))
			fit = p;
		if (used_cells + width > cells && code != ' ')
			break;
		used_cells += width;
		before = code;
	}
	if (!*p || *p == '\n') {
		*next = *p && p[1] ? p + 1 : NULL;
	} else {
		/* A word longer than the line is cut where it ends; one
		 * character goes on it at least.  */
		if (fit)
			p = fit;
		else if (p == s)
			p += used;
		*next = p;
	}
	while (p > s && p[-1] == ' ')
		p--;
	return (size_t)(p - s);
}

void
cells_wrap(const char *text, int cells,
	   void (*line)(void *arg, const char *start, size_t len), void *arg)
{
	const char *next;

	if (cells < 1)
		cells = 1;
	for (; text && *text; text = next) {
		size_t len = line_end(text, cells, &next);

		line(arg, text, len);
	}
}

bool
cells_is_wide(const char *s)
{
	int width;

	return (unsigned char)*s >= 0x80 && cells_next(s, &width) &&
	       width == 2;
}

/* U+3000 to U+303F, U+FF00 to U+FF7F.  */
bool
cells_is_mark(const char *s)
{
	return strncmp(s, "\xe3\x80", 2) == 0 ||
	       strncmp(s, "\xef\xbc", 2) == 0 ||
	       strncmp(s, "\xef\xbd", 2) == 0;
}

const char *
cells_last(const char *s)
{
	size_t at = strlen(s);

	while (at > 0 && ((unsigned char)s[at - 1] & 0xc0) == 0x80)
		at--;
	return at > 0 ? s + at - 1 : s;
}

bool
cells_stand_apart(const char *last, const char *next)
{
	return !(cells_is_wide(last) && cells_is_wide(next)) &&
	       !cells_is_mark(last) && !cells_is_mark(next);
}

void
utf8_write(int code, char out[8])
{
	unsigned c = (unsigned)code;
	int n = 0;

	if (c < 0x80) {
		out[n++] = (char)c;
	} else if (c < 0x800) {
		out[n++] = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		out[n++] = (char)(0xe0 | c >> 12);
		out[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	} else {
		out[n++] = (char)(0xf0 | c >> 18);
		out[n++] = (char)(0x80 | (c >> 12 & 0x3f));
		out[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80)
		out[n++] = (char)(0x80 | (c & 0x3f));
	out[n] = '\0';
}
