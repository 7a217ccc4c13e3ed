/* What an exercise says, in each language: is all of it there?  */
#include "config.h"

#include "author/verify.h"
#include "base/i18n.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The files of words, "NAME.md" and "NAME.LANG.md".  */
static const char *const files[] = { "task", "debrief" };

static char *
path_in(const struct exercise *e, const char *name)
{
	return xasprintf("%s/%s", e->folder, name);
}

/* It must be there, and something must stand in it.  */
static void
need_text(const struct exercise *e, const char *name, struct problems *p)
{
	char *text = exercise_text(e, name, NULL), *path = path_in(e, name);

	if (!text)
		problem_add(p, path, 0, _("it is missing"));
	else if (strspn(text, " \t\r\n") == strlen(text))
		problem_add(p, path, 1, _("nothing stands in it"));
	free(path);
	free(text);
}

static void
check_translation(const struct exercise *e, const char *language,
		  struct problems *p)
{
	char *name = xasprintf("exercise.%s.yaml", language);
	char *path = path_in(e, name), *text = exercise_text(e, name, NULL);
	struct exercise translated;

	if (text && exercise_load(&translated, e->folder, NULL, NULL) == 0)
		exercise_translate_whole(&translated, path, text, strlen(text),
					 p);
	else if (!text)
		problem_add(p, path, 0, _("it cannot be read"));
	if (text)
		exercise_release(&translated);
	free(text);
	free(path);
	free(name);
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		name = xasprintf("%s.%s.md", files[i], language);
		need_text(e, name, p);
		free(name);
	}
}

/* "exercise.zh_CN.yaml" with "exercise." and ".yaml": "zh_CN", the caller's;
 * NULL: it is another file.  */
static char *
between(const char *name, const char *begin, const char *end)
{
	size_t n = strlen(name), b = strlen(begin), e = strlen(end);

	if (n <= b + e || strncmp(name, begin, b) != 0 ||
	    strcmp(name + n - e, end) != 0)
		return NULL;
	return xstrndup(name + b, n - b - e);
}

/* task.LANG.md without exercise.LANG.yaml: half a translation.  */
static void
check_alone(const struct exercise *e, const char *name, struct problems *p)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		char *begin = xasprintf("%s.", files[i]);
		char *language = between(name, begin, ".md");
		char *other = xasprintf("%s/exercise.%s.yaml", e->folder,
					language ? language : "");
		char *path = path_in(e, name);

		if (language && access(other, F_OK) < 0)
			problem_add(p, path, 0, _("there is no "
				    "exercise.%s.yaml beside it"), language);
		free(path);
		free(other);
		free(language);
		free(begin);
	}
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

void
verify_texts(const struct exercise *e, struct buf *langs, struct problems *p)
{
	char *path = path_in(e, "exercise.yaml");
	struct dirent **list;
	int n = scandir(e->folder, &list, NULL, by_name);

	buf_adds(langs, "en");
	if (e->hints.n == 0)
		problem_add(p, path, e->line, _("there is no hint"));
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		char *name = xasprintf("%s.md", files[i]);

		need_text(e, name, p);
		free(name);
	}
	for (int i = 0; i < n; i++) {
		char *language = between(list[i]->d_name, "exercise.",
					 ".yaml");

		if (language) {
			buf_addf(langs, " %s", language);
			check_translation(e, language, p);
		}
		check_alone(e, list[i]->d_name, p);
		free(language);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	free(path);
}
