/* `e`: the source in the learner's editor, then the program again.  */
#include "config.h"

#include "view/stage_inside.h"

#include "base/i18n.h"
#include "term/term.h"
#include "view/source.h"

#include <stdlib.h>
#include <string.h>
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
run_editor(const char *path, int line, char **why)
{
	char *position = xasprintf("+%d", line);
	char *script = xasprintf("exec %s \"$@\"", editor());
	const char *argv[] = { "sh", "-c", script, "sh", position, path,
			       NULL };
	int status = term_run(argv, why);

	free(position);
	free(script);
	return status;
}

static enum screen_answer
run_again(struct stage *st)
{
	char *why = NULL;

	sources_reload(st->sources);
	if (st->rebuild && st->rebuild(st->rebuild_arg, &why) < 0)
		return stage_refuse(st, why);
	if (session_restart(st->session, &why) < 0)
		return stage_refuse(st, why);
	st->selected = 0;
	stage_say(st, st->rebuild ? _("compiled; the program runs again")
		  : _("the program runs again as it was built: leave and "
		      "build it yourself, or begin with ipclab watch "
		      "--build COMMAND -- CMD..."));
	return SCREEN_STAY;
}

enum screen_answer
stage_edit(struct stage *st)
{
	char file[PATH_MAX_LEN];
	const char *path = NULL;
	struct stat before;
	struct scene s;
	char *why = NULL, *kept;
	int line, actor;

	stage_scene(st, &s);
	actor = scene_subject(&s);
	if (actor >= 0 && source_split(s.world->actor[actor].source, file,
				       sizeof(file), &line))
		path = sources_path(st->sources, file);
	if (!path || stat(path, &before) < 0) {
		stage_say(st, _("no source is known here; compile with -g, "
				"and choose an actor that has one"));
		return SCREEN_STAY;
	}
	kept = xstrdup(path);
	if (!term_is_on() || run_editor(kept, line, &why) < 0)
		stage_refuse(st, why);
	else if (!changed_since(kept, &before))
		stage_say(st, _("nothing was changed"));
	else
		run_again(st);
	free(kept);
	return SCREEN_STAY;
}
