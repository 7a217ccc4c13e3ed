/* A command as one line of text, and back.  */
#include "config.h"

#include "base/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* What stands for itself in every POSIX shell, quoted or not.  */
static bool
is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("%+,-./:=@_", c));
}

static void
join_word(struct buf *out, const char *word)
{
	const char *p = word;

	while (is_plain(*p))
		p++;
	if (*word && !*p) {
		buf_adds(out, word);
		return;
	}
	buf_addc(out, '\'');
	for (p = word; *p; p++) {
		if (*p == '\'')
			buf_adds(out, "'\\''");
		else
			buf_addc(out, *p);
	}
	buf_addc(out, '\'');
}

void
words_join(struct buf *out, char *const *argv)
{
	for (size_t i = 0; argv[i]; i++) {
		if (i)
			buf_addc(out, ' ');
		join_word(out, argv[i]);
	}
}

void
words_free(char **argv)
{
	for (size_t i = 0; argv && argv[i]; i++)
		free(argv[i]);
	free(argv);
}

char **
words_copy(char *const *argv)
{
	size_t n = 0;
	char **copy;

	while (argv[n])
		n++;
	copy = xcalloc(n + 1, sizeof(*copy));
	for (size_t i = 0; i < n; i++)
		copy[i] = xstrdup(argv[i]);
	return copy;
}

/* From after a ' to after the next.  NULL: it does not end.  */
static const char *
take_single(const char *p, struct buf *word)
{
	const char *end = strchr(p, '\'');

	if (!end)
		return NULL;
	buf_add(word, p, end - p);
	return end + 1;
}

/* The same for ".  Inside, a backslash quotes only these: " \ $ ` newline. */
static const char *
take_double(const char *p, struct buf *word, bool *shell)
{
	while (*p && *p != '"') {
		if (*p == '$' || *p == '`')
			*shell = true;
		if (*p == '\\' && p[1] && strchr("\"\\$`", p[1]))
			p++;
		buf_addc(word, *p++);
	}
	return *p ? p + 1 : NULL;
}

/* One word; NULL when a quote does not end, or *shell.  */
static const char *
take_word(const char *p, struct buf *word, bool *shell)
{
	while (p && *p && !strchr(" \t\n", *p)) {
		char c = *p++;

		if (c == '\'') {
			p = take_single(p, word);
		} else if (c == '"') {
			p = take_double(p, word, shell);
		} else if (c == '\\' && *p) {
			buf_addc(word, *p++);
		} else {
			if (strchr("|&;<>()$`*?[\\", c) ||
			    (c == '#' && word->len == 0))
				*shell = true;
			buf_addc(word, c);
		}
		if (*shell)
			return NULL;
	}
	return p;
}

static int
split_fail(const char *text, bool shell, char **why)
{
	if (shell)
		return fail(why, _("'%s' needs a shell: write it as "
				   "sh -c '...'"), text);
	return fail(why, _("a quote in '%s' does not end"), text);
}

char **
words_split(const char *text, char **why)
{
	char **argv = NULL;
	size_t n = 0, room = 0;
	const char *p = text;

	for (;;) {
		struct buf word = BUF_INIT;
		bool shell = false;

		p += strspn(p, " \t\n");
		argv = xgrow(argv, &room, n + 1, sizeof(*argv));
		argv[n] = NULL;
		if (!*p)
			break;
		p = take_word(p, &word, &shell);
		if (!p) {
			buf_release(&word);
			words_free(argv);
			split_fail(text, shell, why);
			return NULL;
		}
		argv[n++] = buf_take(&word);
	}
	if (n > 0)
		return argv;
	words_free(argv);
	fail(why, _("there is no command"));
	return NULL;
}
