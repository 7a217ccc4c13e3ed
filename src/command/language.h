/*
 * The language of messages and lessons: from --lang, else from the locale.
 */
#ifndef COMMAND_LANGUAGE_H
#define COMMAND_LANGUAGE_H

#include "base/buf.h"

/* Set up the locale by the environment.  A machine that lacks the locale the
 * user asked for (ssh hands LANG on) still shows its language: C.UTF-8 is
 * part of the C library, and messages are found by $LANGUAGE.  */
void language_start(void);

/* --lang: "en", "zh_CN", "zh", "zh_CN.UTF-8".  0, or -1 with *why, which
 * names the languages that there are.  */
int language_set(const char *lang, char **why);

#endif
