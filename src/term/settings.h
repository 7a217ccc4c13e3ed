/*
 * The configuration file, $XDG_CONFIG_HOME/ipclab/config: one setting a line,
 * '#' begins a comment.
 *
 *   bind KEY ACTION          see term/keys.h; ACTION none: the key does nothing
 *   mouse on|off             off: the terminal's own selection works
 *   palette NAME             default, safe, light, mono
 *   unicode on|off|auto      auto: by the locale
 */
#ifndef TERM_SETTINGS_H
#define TERM_SETTINGS_H

#include "base/base.h"

struct settings {
	bool mouse;
	char palette[16];	/* "" until said: palette_pick() decides */
	int unicode;		/* 1, 0, -1: by the locale */
};

/* What holds now; never NULL.  */
const struct settings *settings(void);

/* Read the file if there is one.  0, or -1 with *why: FILE:LINE and what is
 * wrong there; the lines before it hold.  */
int settings_load(char **why);
int settings_parse(const char *text, size_t len, const char *name, char **why);
/* Back to the built-in ones, keys as well: for tests.  */
void settings_reset(void);

/* For options of the command line, which win over the file.  */
void settings_mouse(bool on);

#endif
