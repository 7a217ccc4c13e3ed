/* See found.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "exercise/catalogue.h"
#include "exercise/found.h"

#include <stdlib.h>
#include <string.h>

enum { FOUND_MAX = 1 << 20 };

static char *
path_of(const char *name)
{
	char *below = xasprintf("found/%s.schedule", name);
	char *path = path_state(below);

	free(below);
	return path;
}

int
found_keep(const struct exercise *e, const char *schedule, char **why)
{
	char *path = path_of(e->name), *folder = path_state("found");
	int ret = path_make_folder(folder, why);

	if (ret == 0)
		ret = save_file(path, schedule, strlen(schedule), why);
	free(folder);
	free(path);
	return ret;
}

char *
found_for(const struct exercise *e)
{
	struct buf text = BUF_INIT;
	char *path;
	int ret;

	if (!e->breaks.text)
		return NULL;
	path = path_of(e->breaks.text);
	ret = buf_read_file(&text, path, FOUND_MAX, NULL);
	free(path);
	if (ret == 0 && text.len)
		return buf_take(&text);
	buf_release(&text);
	return NULL;
}

static bool
mends(const char *folder, const char *name)
{
	struct exercise e;
	bool it = exercise_load(&e, folder, NULL, NULL) == 0 &&
		  e.breaks.text && strcmp(e.breaks.text, name) == 0;

	exercise_release(&e);
	return it;
}

char *
found_leads_to(const struct exercise *e)
{
	char *pack = xasprintf("%s/..", e->folder), *found = NULL;
	struct exercise_names names;

	if (exercise_names(&names, pack, NULL) == 0)
		for (size_t i = 0; i < names.n && !found; i++) {
			char *folder = xasprintf("%s/%s", pack,
						 names.name[i]);

			if (mends(folder, e->name))
				found = xstrdup(names.name[i]);
			free(folder);
		}
	exercise_names_release(&names);
	free(pack);
	return found;
}
