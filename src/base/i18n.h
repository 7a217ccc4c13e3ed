/* Messages in the learner's language (gettext).  */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text		/* marked for translation, looked up later */

#endif
