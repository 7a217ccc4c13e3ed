/*
 * The palette: what each role (view/canvas.h) looks like.  A table of roles
 * by palettes; colour is never the only sign of anything, so the palette
 * "mono" loses nothing.  The user's background is kept.
 *
 *   default  for dark and light backgrounds
 *   safe     told apart by every kind of colour vision (after Okabe and Ito)
 *   light    darker colours for white backgrounds
 *   mono     bold, underlined, reversed only
 */
#ifndef TERM_PALETTE_H
#define TERM_PALETTE_H

#include "view/canvas.h"

/* The number of a palette by its name; -1 with *why, which lists them.  */
int palette_find(const char *name, char **why);

/* Which palette: mono when the terminal has no colours or NO_COLOR is set to
 * anything; else the wanted one ("": default, or light where COLORFGBG says
 * that the background is light).  Returns its name.  */
const char *palette_pick(const char *wanted, int colors);

/* Attributes as plain facts.  Colours are numbers of the terminal's palette,
 * -1 is the user's own.  */
struct look {
	short fg;		/* of 16 colours */
	short fg256;		/* of 256; 0: as fg */
	bool bold, dim, underline, reverse;
};
const struct look *palette_look(const char *palette, enum role role);

/* Curses' side.  palette_start() after newterm(3) and start_color(3).  */
void palette_start(const char *wanted);
/* Attribute and colour pair of a cell.  */
void palette_cell(const struct cell *cell, unsigned long *attr, short *pair);

#endif
