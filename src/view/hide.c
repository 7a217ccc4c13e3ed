/* What stays out of the picture: the system's own files, and what a lesson
 * hides.  */
#include "config.h"

#include "view/scene.h"

#include <stdlib.h>
#include <string.h>

/* Words of a list that a text contains.  */
static bool
has_word(const char *words, const char *text)
{
	char *copy, *save = NULL;
	bool found = false;

	if (!words || !*words || !*text)
		return false;
	copy = xstrdup(words);
	for (char *w = strtok_r(copy, " ", &save); w && !found;
	     w = strtok_r(NULL, " ", &save))
		found = strstr(text, w) != NULL;
	free(copy);
	return found;
}

bool
scene_hides_actor(const struct scene *s, int actor)
{
	const struct actor *a = &s->world->actor[actor];

	return has_word(s->hidden, a->program) || has_word(s->hidden, a->role);
}

bool
scene_hides_object(const struct scene *s, int object)
{
	const struct object *o = &s->world->object[object];

	return o->system || has_word(s->hidden, o->path)
	       || has_word(s->hidden, o->name);
}

/* A call that failed to open one of the system's files has no object, but it
 * has the path.  */
static bool
is_about_system(const struct event *e)
{
	static const char *const names[] = { "pathname", "filename", "path" };
	char path[PATH_MAX_LEN];

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (event_arg(e, names[i], path, sizeof(path)))
			return world_is_system_path(path);
	return false;
}

bool
scene_hides_event(const struct world *w, const char *hidden,
		  const struct event *e)
{
	struct scene s = { .world = w, .hidden = hidden };
	int actor = world_actor(w, e->actor);
	int object = e->object[0] ? world_object(w, e->object) : -1;

	if (actor >= 0 && scene_hides_actor(&s, actor))
		return true;
	if (object >= 0)
		return scene_hides_object(&s, object);
	return e->what == WHAT_CALL && strncmp(e->call, "exec", 4) != 0
	       && is_about_system(e);
}
