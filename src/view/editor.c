/* See editor.h.  */
#include "config.h"

#include "view/editor.h"

#include "base/i18n.h"
#include "term/term.h"

#include <stdlib.h>
#include <sys/stat.h>

static const char *
editor(void)
{
	const char *name = getenv("VISUAL");

	if (!name || !*name)
		name = getenv("EDITOR");
	return name && *name ? name : "vi";
}

static bool
changed_since(const char *path, const struct stat *before)
{
	struct stat now;

	return stat(path, &now) == 0
	       && (now.st_mtim.tv_sec != before->st_mtim.tv_sec
		   || now.st_mtim.tv_nsec != before->st_mtim.tv_nsec
		   || now.st_size != before->st_size);
}

/* $EDITOR may hold options, so a shell splits it.  */
static int
run(const char *path, int line, char **why)
{
	char *position = xasprintf("+%d", line > 0 ? line : 1);
	char *script = xasprintf("exec %s \"$@\"", editor());
	const char *argv[] = { "sh", "-c", script, "sh", position, path,
			       NULL };
	int status = term_run(argv, why);

	free(position);
	free(script);
	return status;
}

int
editor_run(const char *path, int line, bool *changed, char **why)
{
	struct stat before = { .st_size = -1 };

	if (!term_is_on())
		return fail(why, _("there is no terminal for an editor"));
	stat(path, &before);
	if (run(path, line, why) < 0)
		return -1;
	if (changed)
		*changed = changed_since(path, &before);
	return 0;
}
