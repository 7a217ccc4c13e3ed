/* See catalogue.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/suggest.h"
#include "exercise/catalogue.h"
#include "exercise/check.h"

#include <dirent.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool
is_exercise(const char *folder, const char *name)
{
	char *path = xasprintf("%s/%s/exercise.yaml", folder, name);
	bool there = exercise_name_is_sound(name) && access(path, R_OK) == 0;

	free(path);
	return there;
}

int
exercise_names(struct exercise_names *names, const char *pack, char **why)
{
	struct dirent **list;
	int n;

	*names = (struct exercise_names){ .n = 0 };
	names->folder = pack ? xstrdup(pack) : path_data("exercises");
	n = scandir(names->folder, &list, NULL, alphasort);
	if (n < 0)
		return fail(why, _("cannot open %s: %s"), names->folder,
			    strerror(errno));
	names->name = xcalloc((size_t)n + 1, sizeof(*names->name));
	for (int i = 0; i < n; i++) {
		if (is_exercise(names->folder, list[i]->d_name))
			names->name[names->n++] = xstrdup(list[i]->d_name);
		free(list[i]);
	}
	free(list);
	return 0;
}

void
exercise_names_release(struct exercise_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->name[i]);
	free(names->name);
	free(names->folder);
	*names = (struct exercise_names){ .n = 0 };
}

/* Is this the one that bears the id?  */
static bool
has_id(const char *folder, const char *id)
{
	struct exercise e;
	bool has = exercise_load(&e, folder, NULL, NULL) == 0 &&
		   strcasecmp(e.id.text, id) == 0;

	exercise_release(&e);
	return has;
}

static char *
search(const struct exercise_names *names, const char *name, char **why)
{
	struct suggest near = SUGGEST_INIT(name);

	for (size_t i = 0; i < names->n; i++) {
		suggest_try(&near, names->name[i]);
		if (strcmp(names->name[i], name) == 0)
			return xasprintf("%s/%s", names->folder, name);
	}
	for (size_t i = 0; i < names->n; i++) {
		char *folder = xasprintf("%s/%s", names->folder,
					 names->name[i]);

		if (has_id(folder, name))
			return folder;
		free(folder);
	}
	if (suggest_best(&near))
		fail(why, _("there is no exercise '%s'; did you mean '%s'?"),
		     name, suggest_best(&near));
	else
		fail(why, _("there is no exercise '%s'; ipclab exercise list "
			    "names them"), name);
	return NULL;
}

char *
exercise_find(const char *name, const char *pack, char **why)
{
	struct exercise_names names;
	char *found = NULL;

	if (strchr(name, '/'))
		return xstrdup(name);
	if (exercise_names(&names, pack, why) == 0)
		found = search(&names, name, why);
	exercise_names_release(&names);
	return found;
}

/* Without ".UTF-8" and "@...": the language, if it is translated to it.  */
static char *
translated(const char *folder, const char *lang, size_t len)
{
	size_t n = 0;
	char *path, *found = NULL;

	while (n < len && lang[n] != '.' && lang[n] != '@')
		n++;
	path = xasprintf("%s/exercise.%.*s.yaml", folder, (int)n, lang);
	if (n && !memchr(lang, '/', n) && access(path, R_OK) == 0)
		found = xstrndup(lang, n);
	free(path);
	return found;
}

char *
exercise_language(const char *folder)
{
	const char *locale = setlocale(LC_MESSAGES, NULL);
	const char *wanted = getenv("LANGUAGE");
	char *found = NULL;

	/* gettext(3) does not look at $LANGUAGE in the locale "C" either.  */
	if (!locale || strcmp(locale, "C") == 0 ||
	    strcmp(locale, "POSIX") == 0)
		return NULL;
	while (wanted && *wanted && !found) {
		size_t len = strcspn(wanted, ":");

		if (len == 2 && strncmp(wanted, "en", 2) == 0)
			return NULL;
		found = translated(folder, wanted, len);
		wanted += len + (wanted[len] == ':');
	}
	return found ? found : translated(folder, locale, strlen(locale));
}
