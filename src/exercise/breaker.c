/* See breaker.h.  */
#include "config.h"

#include "base/i18n.h"
#include "exercise/breaker.h"
#include "exercise/judge_staged.h"

#include <stdlib.h>
#include <string.h>

bool
breaker_exercise(const struct exercise *e, struct exercise *broken)
{
	char *folder;
	bool there;

	*broken = (struct exercise){ .name = NULL };
	if (!e->breaks.text)
		return false;
	folder = xasprintf("%s/../%s", e->folder, e->breaks.text);
	there = exercise_load(broken, folder, NULL, NULL) == 0 &&
		broken->mode.value == EXERCISE_SCHEDULE;
	free(folder);
	return there;
}

int
breaker_check(const struct exercise *broken, const char *text, size_t n,
	      char **why)
{
	struct submission_file file = { .name = (char *)BREAKER_FILE,
					.bytes = (char *)text, .n = n };
	const struct submission s = { .file = &file, .n_files = 1 };
	struct staged *t;

	/* It is handed on as a text.  */
	if (memchr(text, '\0', n))
		return fail(why, _("%s: a schedule has no NUL in it"),
			    BREAKER_FILE);
	t = staged_open(broken, &s, why);
	staged_close(t);
	return t ? 0 : -1;
}
