/* Which lessons there are, and in which languages.  */
#include "config.h"

#include "lesson/catalogue.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/suggest.h"

#include <dirent.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool
is_lesson(const char *folder)
{
	char *path = xasprintf("%s/lesson.md", folder);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

static bool
has_name(const struct catalogue *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->entry[i].name, name) == 0)
			return true;
	return false;
}

static void
add_lesson(struct catalogue *c, const char *folder)
{
	const char *slash = strrchr(folder, '/');
	const char *name = slash ? slash + 1 : folder;
	struct catalogue_entry *e;
	char *end;
	long number = strtol(name, &end, 10);

	if (has_name(c, name))
		return;
	c->entry = xgrow(c->entry, &c->room, c->n + 1, sizeof(*c->entry));
	e = &c->entry[c->n++];
	e->folder = xstrdup(folder);
	e->name = xstrdup(name);
	e->number = end != name && number >= 0 && number < INT_MAX ? number
								   : -1;
}

/* A lesson, or a folder of them.  */
static void
add_folder(struct catalogue *c, const char *path, size_t len)
{
	char *folder, *real;
	struct dirent **list;
	int n;

	while (len > 1 && path[len - 1] == '/')
		len--;
	folder = xstrndup(path, len);
	/* "." has no name; and the stage shows this path.  */
	real = realpath(folder, NULL);
	free(folder);
	if (!real)
		return;
	if (is_lesson(real)) {
		add_lesson(c, real);
		free(real);
		return;
	}
	n = scandir(real, &list, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		folder = xasprintf("%s/%s", real, list[i]->d_name);
		if (list[i]->d_name[0] != '.' && is_lesson(folder))
			add_lesson(c, folder);
		free(folder);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	free(real);
}

static int
compare(const void *a, const void *b)
{
	const struct catalogue_entry *x = a, *y = b;
	unsigned first = x->number, second = y->number;

	/* Those without a number come last: -1 is the largest unsigned.  */
	if (first != second)
		return first < second ? -1 : 1;
	return strcmp(x->name, y->name);
}

void
catalogue_load(struct catalogue *c)
{
	const char *own = getenv("IPCLAB_LESSONS");
	char *folder = path_data("lessons");

	while (own && *own) {
		size_t len = strcspn(own, ":");

		if (len)
			add_folder(c, own, len);
		own += len + (own[len] == ':');
	}
	add_folder(c, folder, strlen(folder));
	free(folder);
	if (c->n)
		qsort(c->entry, c->n, sizeof(*c->entry), compare);
}

void
catalogue_release(struct catalogue *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->entry[i].folder);
		free(c->entry[i].name);
	}
	free(c->entry);
	*c = (struct catalogue)CATALOGUE_INIT;
}

/* "pipes" of "02-pipes".  */
static const char *
bare_name(const char *name)
{
	const char *p = name + strspn(name, "0123456789");

	return p > name && *p == '-' ? p + 1 : name;
}

static bool
is_called(const struct catalogue_entry *e, const char *word)
{
	char *end;
	long number = strtol(word, &end, 10);

	return strcmp(e->name, word) == 0 ||
	       strcmp(bare_name(e->name), word) == 0 ||
	       (end != word && !*end && number == e->number);
}

static bool
begins(const struct catalogue_entry *e, const char *word)
{
	return strncmp(e->name, word, strlen(word)) == 0 ||
	       strncmp(bare_name(e->name), word, strlen(word)) == 0;
}

static const struct catalogue_entry *
no_lesson(const struct catalogue *c, const char *word, char **why)
{
	struct suggest s = SUGGEST_INIT(word);

	for (size_t i = 0; i < c->n; i++) {
		suggest_try(&s, c->entry[i].name);
		suggest_try(&s, bare_name(c->entry[i].name));
	}
	if (suggest_best(&s))
		fail(why, _("there is no lesson %s; did you mean %s?"), word,
		     suggest_best(&s));
	else if (c->n)
		fail(why, _("there is no lesson %s; see ipclab learn --list"),
		     word);
	else
		fail(why, _("there is no lesson %s, nor any other: "
			    "$IPCLAB_LESSONS may name a folder of lessons"),
		     word);
	return NULL;
}

const struct catalogue_entry *
catalogue_find(const struct catalogue *c, const char *word, char **why)
{
	const struct catalogue_entry *found = NULL;

	for (size_t i = 0; i < c->n; i++)
		if (is_called(&c->entry[i], word))
			return &c->entry[i];
	for (size_t i = 0; i < c->n && *word; i++) {
		if (!begins(&c->entry[i], word))
			continue;
		if (found) {
			fail(why, _("%s could be %s or %s"), word, found->name,
			     c->entry[i].name);
			return NULL;
		}
		found = &c->entry[i];
	}
	return found ? found : no_lesson(c, word, why);
}

char **
lesson_languages(const char *folder)
{
	char **langs = xcalloc(2, sizeof(*langs));
	struct dirent **list;
	int n = scandir(folder, &list, NULL, alphasort), found = 0;

	langs[found++] = xstrdup("en");
	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name;
		size_t len = strlen(name);

		if (len > 10 && strncmp(name, "lesson.", 7) == 0 &&
		    strcmp(name + len - 3, ".md") == 0) {
			langs = xrealloc(langs, (found + 2) * sizeof(*langs));
			langs[found++] = xstrndup(name + 7, len - 10);
		}
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	langs[found] = NULL;
	return langs;
}

void
lesson_languages_free(char **langs)
{
	for (int i = 0; langs[i]; i++)
		free(langs[i]);
	free(langs);
}

/* The one of langs that a name like "zh_CN.UTF-8" or "zh" asks for.  */
static const char *
language_match(char **langs, const char *name, size_t len)
{
	size_t plain = strcspn(name, ".@:"), bare = strcspn(name, "_.@:");

	if (plain > len)
		plain = len;
	if (bare > plain)
		bare = plain;
	for (int i = 0; langs[i]; i++)
		if (strlen(langs[i]) == plain &&
		    strncmp(langs[i], name, plain) == 0)
			return langs[i];
	for (int i = 0; langs[i]; i++)
		if (strcspn(langs[i], "_") == bare &&
		    strncmp(langs[i], name, bare) == 0)
			return langs[i];
	return NULL;
}

char *
lesson_language(const char *folder)
{
	const char *locale = setlocale(LC_MESSAGES, NULL);
	const char *wanted = getenv("LANGUAGE"), *match = NULL;
	char **langs = lesson_languages(folder), *lang;

	/* gettext(3) does not look at $LANGUAGE in the locale "C" either.  */
	if (!locale || strcmp(locale, "C") == 0 ||
	    strcmp(locale, "POSIX") == 0)
		locale = wanted = "en";
	while (wanted && *wanted && !match) {
		size_t len = strcspn(wanted, ":");

		if (len)
			match = language_match(langs, wanted, len);
		wanted += len + (wanted[len] == ':');
	}
	if (!match)
		match = language_match(langs, locale, strlen(locale));
	lang = xstrdup(match ? match : "en");
	lesson_languages_free(langs);
	return lang;
}

struct lesson *
lesson_open(const char *folder, char **why)
{
	struct problems problems = PROBLEMS_INIT;
	char *lang = lesson_language(folder);
	struct lesson *l = lesson_load(folder, lang, &problems);

	if (strcmp(lang, "en") != 0 && (!l || problems.n)) {
		lesson_free(l);
		problems_release(&problems);
		l = lesson_load(folder, "en", &problems);
	}
	if (!l)
		fail(why, "%s", problems.n ? problems.list[0].text : folder);
	problems_release(&problems);
	free(lang);
	return l;
}
