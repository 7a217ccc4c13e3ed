/* The settings and the file that they come from.  */
#include "config.h"

#include "term/settings.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/suggest.h"
#include "term/keys.h"
#include "term/palette.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MAX = 64 * 1024 };

static const struct settings built_in = { .mouse = true, .unicode = -1 };
static struct settings now = { .mouse = true, .unicode = -1 };
static bool mouse_said;		/* by an option: the file does not matter */

const struct settings *
settings(void)
{
	return &now;
}

void
settings_reset(void)
{
	now = built_in;
	mouse_said = false;
	keys_reset();
}

void
settings_mouse(bool on)
{
	now.mouse = on;
	mouse_said = true;
}

/* "on", "off": 1, 0; -1 with *why.  */
static int
parse_switch(const char *word, char **why)
{
	if (strcmp(word, "on") == 0)
		return 1;
	if (strcmp(word, "off") == 0)
		return 0;
	return fail(why, _("\"%s\" should be on or off"), word);
}

static int
set_mouse(const char *word, const char *second, char **why)
{
	int on = parse_switch(word, why);

	(void)second;
	if (on < 0)
		return -1;
	if (!mouse_said)
		now.mouse = on;
	return 0;
}

static int
set_unicode(const char *word, const char *second, char **why)
{
	int on = strcmp(word, "auto") == 0 ? -1 : parse_switch(word, NULL);

	(void)second;
	if (on < 0 && strcmp(word, "auto") != 0)
		return fail(why, _("\"%s\" should be on, off or auto"), word);
	now.unicode = on;
	return 0;
}

static int
set_palette(const char *word, const char *second, char **why)
{
	(void)second;
	if (palette_find(word, why) < 0)
		return -1;
	COPY_STR(now.palette, word);
	return 0;
}

static int
set_bind(const char *key, const char *action, char **why)
{
	return keys_bind(key, action, why);
}

static const struct setting {
	const char *name;
	int words;		/* after the name */
	int (*set)(const char *first, const char *second, char **why);
	const char *form;
} table[] = {
	{ "bind", 2, set_bind, "bind KEY ACTION" },
	{ "mouse", 1, set_mouse, "mouse on|off" },
	{ "palette", 1, set_palette, "palette NAME" },
	{ "unicode", 1, set_unicode, "unicode on|off|auto" },
};

static int
unknown_setting(const char *name, char **why)
{
	struct suggest s = SUGGEST_INIT(name);

	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		suggest_try(&s, table[i].name);
	if (suggest_best(&s))
		return fail(why, _("there is no setting \"%s\"; "
				   "did you mean %s?"), name,
			    suggest_best(&s));
	return fail(why, _("there is no setting \"%s\""), name);
}

/* Cut a line into words.  Returns how many; 4: more than fit.  */
static int
split(char *line, char *word[3])
{
	char *save = NULL;
	int n = 0;

	for (char *w = strtok_r(line, " \t\r", &save); w;
	     w = strtok_r(NULL, " \t\r", &save)) {
		/* "bind # search" names the key '#': only the first word
		 * begins a comment, or one after all that is needed.  */
		if (*w == '#' && (n == 0 || w[1] || n >= 3))
			break;
		if (n == 3)
			return 4;
		word[n++] = w;
	}
	return n;
}

static int
parse_line(char *line, char **why)
{
	char *word[3] = { NULL };
	int n = split(line, word);

	if (n == 0)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		const struct setting *s = &table[i];

		if (strcmp(word[0], s->name) != 0)
			continue;
		if (n != s->words + 1)
			return fail(why, _("this setting is written: %s"),
				    s->form);
		return s->set(word[1], word[2], why);
	}
	return unknown_setting(word[0], why);
}

int
settings_parse(const char *text, size_t len, const char *name, char **why)
{
	const char *end = text + len;
	int number = 0;

	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t n = (size_t)((stop ? stop : end) - text);
		char *line = xstrndup(text, n), *wrong = NULL;
		int rc;

		number++;
		rc = strlen(line) == n ? parse_line(line, &wrong)
			: fail(&wrong, _("a NUL byte does not belong here"));
		free(line);
		if (rc < 0) {
			fail(why, "%s:%d: %s", name, number, wrong);
			free(wrong);
			return -1;
		}
		text += n + 1;
	}
	return 0;
}

int
settings_load(char **why)
{
	struct buf text = BUF_INIT;
	char *path = path_config("config");
	int rc = 0;

	if (access(path, F_OK) == 0) {
		rc = buf_read_file(&text, path, FILE_MAX, why);
		if (rc == 0)
			rc = settings_parse(buf_str(&text), text.len, path,
					    why);
	}
	buf_release(&text);
	free(path);
	return rc;
}
