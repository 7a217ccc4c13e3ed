/* Which compiler this machine has.  */
#include "config.h"

#include "compiler/compiler.h"

#include "base/i18n.h"
#include "base/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *
find_in_path(const char *word)
{
	const char *path = getenv("PATH");

	if (strchr(word, '/'))
		return access(word, X_OK) == 0 ? xstrdup(word) : NULL;
	for (path = path ? path : "/usr/bin:/bin"; *path;
	     path += *path == ':') {
		size_t len = strcspn(path, ":");
		char *full = xasprintf("%.*s/%s", (int)len, path, word);

		if (len && access(full, X_OK) == 0)
			return full;
		free(full);
		path += len;
	}
	return NULL;
}

/* The words of a variable; NULL: not set, or not to be understood.  */
static char **
own_words(const char *variable)
{
	const char *text = getenv(variable);

	return text && *text ? words_split(text, NULL) : NULL;
}

static char *
find(const char *variable, const char *const *names)
{
	char **own = own_words(variable);
	char *path = own ? find_in_path(own[0]) : NULL;

	if (own)
		words_free(own);
	for (; !path && *names; names++)
		path = find_in_path(*names);
	return path;
}

char *
compiler_find(char **why)
{
	static const char *const names[] = { "cc", "gcc", "clang", NULL };
	char *path = find("CC", names);

	if (!path)
		fail(why, _("no C compiler is found; install one (package "
			    "gcc)"));
	return path;
}

char *
compiler_find_cxx(char **why)
{
	static const char *const names[] = { "c++", "g++", "clang++", NULL };
	char *path = find("CXX", names);

	if (!path)
		fail(why, _("no C++ compiler is found; install one (package "
			    "g++)"));
	return path;
}

bool
compiler_is_cxx(const char *name)
{
	static const char *const ends[] = { ".cc", ".cpp", ".cxx", ".C",
					    ".c++", ".CPP", ".cp", ".ii" };
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; i < ARRAY_SIZE(ends) && dot && dot > name; i++)
		if (strcmp(dot, ends[i]) == 0)
			return true;
	return false;
}

void
compiler_add_own_words(struct command_line *c, bool cxx)
{
	char **own = own_words(cxx ? "CXX" : "CC");
	char *path = own ? find_in_path(own[0]) : NULL;

	for (int i = 1; path && own[i]; i++)
		command_line_add(c, own[i]);
	free(path);
	if (own)
		words_free(own);
}

void
command_line_add(struct command_line *c, const char *word)
{
	c->word = xgrow(c->word, &c->room, c->n + 2, sizeof(*c->word));
	c->word[c->n++] = xstrdup(word);
	c->word[c->n] = NULL;
}

void
command_line_release(struct command_line *c)
{
	if (c->word)
		words_free(c->word);
	*c = (struct command_line){ .n = 0 };
}
