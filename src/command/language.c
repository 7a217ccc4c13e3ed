/* The language of messages and lessons.  */
#include "config.h"

#include "command/language.h"

#include "base/i18n.h"
#include "base/paths.h"

#include <dirent.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The environment's word for a category, as setlocale(3) looks for it.  */
static const char *
environment_locale(const char *category)
{
	const char *names[] = { "LC_ALL", category, "LANG" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return value;
	}
	return "C";
}

static bool
is_c(const char *locale)
{
	return strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
}

static bool
says_utf8(const char *locale)
{
	const char *codeset = strchr(locale, '.');

	return codeset && (strncasecmp(codeset, ".UTF-8", 6) == 0 ||
			   strncasecmp(codeset, ".utf8", 5) == 0);
}

/* "zh_CN.UTF-8" -> "zh_CN" */
static char *
plain_name(const char *locale)
{
	return xstrndup(locale, strcspn(locale, ".@"));
}

static void
bind_messages(void)
{
	char *folder = path_locale();

	bindtextdomain(PACKAGE, folder);
	bind_textdomain_codeset(PACKAGE, nl_langinfo(CODESET));
	textdomain(PACKAGE);
	free(folder);
}

void
language_start(void)
{
	const char *messages = environment_locale("LC_MESSAGES");

	if (!setlocale(LC_ALL, "") && !is_c(messages) &&
	    says_utf8(environment_locale("LC_CTYPE"))) {
		char *name = plain_name(messages);

		setlocale(LC_CTYPE, "C.UTF-8");
		setlocale(LC_MESSAGES, "C.UTF-8");
		setenv("LANGUAGE", name, 0);
		free(name);
	}
	bind_messages();
}

static bool
has_messages(const char *folder, const char *name)
{
	char *path = xasprintf("%s/%s/LC_MESSAGES/" PACKAGE ".mo", folder,
			       name);
	bool is_there = access(path, R_OK) == 0;

	free(path);
	return is_there;
}

static bool
same_language(const char *a, const char *b)
{
	size_t len = strcspn(a, "_");

	return len == strcspn(b, "_") && strncmp(a, b, len) == 0;
}

/* The translation that serves for a name: itself, else the first of the same
 * language.  NULL when there is none; all that there are go to known.  */
static char *
find_translation(const char *name, struct buf *known)
{
	char *folder = path_locale(), *found = NULL;
	struct dirent **entry;
	int n = scandir(folder, &entry, NULL, alphasort);

	if (same_language(name, "en") || strcmp(name, "C") == 0)
		found = xstrdup("en");
	buf_adds(known, "en");
	for (int i = 0; i < n; i++) {
		const char *have = entry[i]->d_name;

		if (have[0] != '.' && has_messages(folder, have)) {
			buf_addf(known, ", %s", have);
			if (strcmp(name, have) == 0 ||
			    (!found && same_language(name, have))) {
				free(found);
				found = xstrdup(have);
			}
		}
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
	free(folder);
	return found;
}

/* gettext(3) looks at $LANGUAGE in any locale but "C".  */
static void
use_translation(const char *name)
{
	char *locale = xasprintf("%s.UTF-8", name);

	setenv("LANGUAGE", name, 1);
	if (!setlocale(LC_MESSAGES, locale) &&
	    is_c(setlocale(LC_MESSAGES, NULL)))
		setlocale(LC_MESSAGES, "C.UTF-8");
	/* Who asks for Chinese on a terminal said to be ASCII has one that
	 * was not told: question marks help nobody.  */
	if (strcmp(name, "en") != 0 &&
	    strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	free(locale);
	bind_messages();
}

int
language_set(const char *lang, char **why)
{
	struct buf known = BUF_INIT;
	char *name = plain_name(lang), *found;
	int rc = 0;

	found = find_translation(name, &known);
	if (found)
		use_translation(found);
	else
		rc = fail(why, _("no translation into %s; there are: %s"),
			  lang, buf_str(&known));
	buf_release(&known);
	free(found);
	free(name);
	return rc;
}
