/* `e`: the source in the learner's editor, then the program again.  */
#include "config.h"

#include "view/stage_inside.h"

#include "base/i18n.h"
#include "view/editor.h"
#include "view/source.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum screen_answer
run_again(struct stage *st)
{
	char *why = NULL;

	sources_reload(st->sources);
	if (st->rebuild && st->rebuild(st->rebuild_arg, &why) < 0)
		return stage_refuse(st, why);
	if (session_restart(st->session, &why) < 0)
		return stage_refuse(st, why);
	stage_wait_for_nothing(st);
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
	struct scene s;
	char *why = NULL, *kept;
	int line, actor;
	bool changed;

	stage_scene(st, &s);
	actor = scene_subject(&s);
	if (actor >= 0 && source_split(s.world->actor[actor].source, file,
				       sizeof(file), &line))
		path = sources_path(st->sources, file);
	if (!path || access(path, R_OK) < 0) {
		stage_say(st, _("no source is known here; compile with -g, "
				"and choose an actor that has one"));
		return SCREEN_STAY;
	}
	kept = xstrdup(path);
	if (editor_run(kept, line, &changed, &why) < 0)
		stage_refuse(st, why);
	else if (!changed)
		stage_say(st, _("nothing was changed"));
	else
		run_again(st);
	free(kept);
	return SCREEN_STAY;
}
