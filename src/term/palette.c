/* The table of palettes, and the only place that numbers a colour.  */
#include "config.h"

#include "term/palette.h"

#include "base/i18n.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

enum { PALETTE_DEFAULT, PALETTE_SAFE, PALETTE_LIGHT, PALETTE_MONO,
       PALETTE_MAX };

static const char *const names[PALETTE_MAX] = {
	"default", "safe", "light", "mono",
};

#define FG(n) .fg = (n)
#define PLAIN .fg = -1
#define BOLD .bold = true
#define DIM .dim = true
#define LINE .underline = true
#define BACK .reverse = true

static const struct look table[ROLE_MAX][PALETTE_MAX] = {
	[ROLE_TEXT] = { { PLAIN }, { PLAIN }, { PLAIN }, { PLAIN } },
	[ROLE_TITLE] = { { PLAIN, BOLD }, { PLAIN, BOLD }, { PLAIN, BOLD },
			 { PLAIN, BOLD } },
	[ROLE_DIM] = { { PLAIN, DIM }, { PLAIN, DIM },
		       { FG(8), .fg256 = 242 }, { PLAIN, DIM } },
	[ROLE_BORDER] = { { PLAIN, DIM }, { PLAIN, DIM },
			  { FG(8), .fg256 = 245 }, { PLAIN } },
	[ROLE_KEY] = { { FG(6), BOLD }, { FG(6), .fg256 = 75, BOLD },
		       { FG(4), .fg256 = 25, BOLD }, { PLAIN, BOLD } },
	[ROLE_SELECTED] = { { PLAIN, BACK }, { PLAIN, BACK }, { PLAIN, BACK },
			    { PLAIN, BACK } },
	[ROLE_READY] = { { FG(2) }, { FG(6), .fg256 = 75 },
			 { FG(2), .fg256 = 22 }, { PLAIN } },
	[ROLE_BLOCKED] = { { FG(1), .fg256 = 203, BOLD },
			   { FG(3), .fg256 = 214, BOLD },
			   { FG(1), .fg256 = 124, BOLD }, { PLAIN, BOLD } },
	[ROLE_ENDED] = { { PLAIN, DIM }, { PLAIN, DIM },
			 { FG(8), .fg256 = 242 }, { PLAIN, DIM } },
	[ROLE_FULL] = { { FG(1), .fg256 = 203, BOLD },
			{ FG(3), .fg256 = 214, BOLD },
			{ FG(1), .fg256 = 124, BOLD }, { PLAIN, BOLD } },
	[ROLE_FILL] = { { FG(6) }, { FG(6), .fg256 = 75 },
			{ FG(4), .fg256 = 25 }, { PLAIN } },
	[ROLE_CURRENT] = { { PLAIN, BOLD }, { PLAIN, BOLD }, { PLAIN, BOLD },
			   { PLAIN, BOLD } },
	[ROLE_GOOD] = { { FG(2), BOLD }, { FG(6), .fg256 = 75, BOLD },
			{ FG(2), .fg256 = 22, BOLD }, { PLAIN, BOLD } },
	[ROLE_BAD] = { { FG(1), .fg256 = 203, BOLD, LINE },
		       { FG(1), .fg256 = 202, BOLD, LINE },
		       { FG(1), .fg256 = 124, BOLD, LINE },
		       { PLAIN, BOLD, LINE } },
	[ROLE_WARN] = { { FG(3), BOLD }, { FG(3), .fg256 = 227, BOLD },
			{ FG(5), .fg256 = 94, BOLD }, { PLAIN, LINE } },
	[ROLE_CODE] = { { PLAIN }, { PLAIN }, { PLAIN }, { PLAIN } },
	[ROLE_STRONG] = { { PLAIN, BOLD }, { PLAIN, BOLD }, { PLAIN, BOLD },
			  { PLAIN, BOLD } },
	[ROLE_ACTOR_1] = { { FG(6), .fg256 = 44 }, { FG(6), .fg256 = 75 },
			   { FG(4), .fg256 = 25 }, { PLAIN } },
	[ROLE_ACTOR_2] = { { FG(5), .fg256 = 177 }, { FG(3), .fg256 = 214 },
			   { FG(5), .fg256 = 90 }, { PLAIN } },
	[ROLE_ACTOR_3] = { { FG(3), .fg256 = 179 }, { FG(2), .fg256 = 36 },
			   { FG(1), .fg256 = 94 }, { PLAIN } },
	[ROLE_ACTOR_4] = { { FG(2), .fg256 = 77 }, { FG(5), .fg256 = 175 },
			   { FG(2), .fg256 = 22 }, { PLAIN } },
	[ROLE_ACTOR_5] = { { FG(12), .fg256 = 111 }, { FG(11), .fg256 = 227 },
			   { FG(6), .fg256 = 30 }, { PLAIN } },
	[ROLE_ACTOR_6] = { { FG(1), .fg256 = 210 }, { FG(1), .fg256 = 202 },
			   { FG(1), .fg256 = 88 }, { PLAIN } },
};

static int current = PALETTE_MONO;

int
palette_find(const char *name, char **why)
{
	for (int i = 0; i < PALETTE_MAX; i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	return fail(why, _("there is no palette \"%s\"; there are default, "
			   "safe, light and mono"), name);
}

/* COLORFGBG is "15;0" or "15;default;0": rxvt, Konsole and others set it. */
static bool
background_is_light(void)
{
	const char *value = getenv("COLORFGBG");
	const char *bg = value ? strrchr(value, ';') : NULL;
	int n = bg && bg[1] ? atoi(bg + 1) : 0;

	return n == 7 || (n >= 9 && n <= 15);
}

const char *
palette_pick(const char *wanted, int colors)
{
	const char *no_color = getenv("NO_COLOR");

	if (colors < 8 || (no_color && *no_color))
		return names[PALETTE_MONO];
	if (wanted && *wanted && palette_find(wanted, NULL) >= 0)
		return names[palette_find(wanted, NULL)];
	return names[background_is_light() ? PALETTE_LIGHT : PALETTE_DEFAULT];
}

const struct look *
palette_look(const char *palette, enum role role)
{
	int i = palette_find(palette, NULL);

	if (i < 0 || role >= ROLE_MAX)
		return &table[ROLE_TEXT][PALETTE_MONO];
	return &table[role][i];
}

void
palette_start(const char *wanted)
{
	bool colour = has_colors();

	if (colour) {
		start_color();
		use_default_colors();
	}
	current = palette_find(palette_pick(wanted, colour ? COLORS : 0),
			       NULL);
}

/* A colour of 16 on a terminal that has 8: bold makes it bright.  */
static short
fit_colour(int colour, attr_t *attr)
{
	if (colour >= 8 && COLORS < 16) {
		if (attr)
			*attr |= A_BOLD;
		return (short)(colour - 8);
	}
	return (short)colour;
}

static attr_t
look_attr(const struct look *look)
{
	return (look->bold ? A_BOLD : 0) | (look->dim ? A_DIM : 0)
	       | (look->underline ? A_UNDERLINE : 0)
	       | (look->reverse ? A_REVERSE : 0);
}

void
palette_cell(const struct cell *cell, unsigned long *attr, short *pair)
{
	const struct look *look = &table[cell->role][current];
	attr_t a = look_attr(look);
	int fg = look->fg, bg = cell->bg;

	if (fg >= 0 && look->fg256 && COLORS >= 256)
		fg = look->fg256;
	if (cell->fg >= 0)
		fg = cell->fg;
	if (cell->bold)
		a |= A_BOLD;
	if (cell->underline)
		a |= A_UNDERLINE;
	if (cell->reverse)
		a ^= A_REVERSE;
	*pair = 0;
	if (current != PALETTE_MONO && (fg >= 0 || bg >= 0)) {
		int n = alloc_pair(fit_colour(fg, &a), fit_colour(bg, NULL));

		*pair = n > 0 ? (short)n : 0;
	}
	*attr = a;
}
