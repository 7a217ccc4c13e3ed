/* The manual page, in the man(7) macros.  */
#include "config.h"

#include "man/generate.h"

#include "condition/condition.h"
#include "term/keys.h"

#include <stdlib.h>
#include <string.h>

/* Text as roff takes it: no backslash, no hyphen for a minus, and no
 * request where a line begins with a dot.  */
static void
add(struct buf *out, const char *text)
{
	bool begins = !out->len || out->data[out->len - 1] == '\n';

	for (; *text; text++) {
		if (begins && (*text == '.' || *text == '\''))
			buf_adds(out, "\\&");
		begins = *text == '\n';
		if (*text == '\\')
			buf_adds(out, "\\e");
		else if (*text == '-')
			buf_adds(out, "\\-");
		else
			buf_addc(out, *text);
	}
}

static void
section(struct buf *out, const char *title)
{
	buf_addf(out, ".SH %s\n", title);
}

/* A tagged paragraph: .TP, the tag in bold, the text.  */
static void
tagged(struct buf *out, const char *tag, const char *text)
{
	buf_adds(out, ".TP\n.B ");
	add(out, tag);
	buf_addc(out, '\n');
	add(out, text);
	buf_addc(out, '\n');
}

/* Paragraphs; one whose lines begin with blanks is kept as it is.  */
static void
paragraphs(struct buf *out, const char *text)
{
	while (*text) {
		const char *end = strstr(text, "\n\n");
		size_t len = end ? (size_t)(end - text) : strlen(text);
		char *one = xstrndup(text, len);
		bool kept = one[0] == ' ';

		buf_adds(out, kept ? ".PP\n.nf\n" : ".PP\n");
		add(out, one);
		buf_adds(out, kept ? "\n.fi\n" : "\n");
		free(one);
		text += len;
		text += strspn(text, "\n");
	}
}

static void
options(struct buf *out, const struct option_def *table)
{
	for (; table && table->name; table++) {
		struct buf tag = BUF_INIT;

		option_write(&tag, table);
		tagged(out, buf_str(&tag), table->help);
		buf_release(&tag);
	}
}

static void
synopsis(struct buf *out, const struct command *c)
{
	buf_adds(out, ".br\n.B ipclab");
	if (c) {
		buf_adds(out, " ");
		add(out, c->name);
	}
	buf_adds(out, "\n");
	if (c && c->synopsis && *c->synopsis) {
		add(out, c->synopsis);
		buf_addc(out, '\n');
	}
}

static void
command(struct buf *out, const struct command *c)
{
	buf_addf(out, ".SS ipclab %s\n", c->name);
	add(out, c->summary);
	buf_addc(out, '\n');
	if (c->details)
		paragraphs(out, c->details);
	options(out, c->options);
}

static void
keys(struct buf *out)
{
	static const enum screens order[] = { SCREEN_STAGE, SCREEN_LESSON,
					      SCREEN_HOME, SCREEN_BENCH,
					      SCREEN_EXPLORE,
					      SCREEN_EXERCISE,
					      SCREEN_CLASS,
					      SCREEN_ADVISER, SCREEN_HELP };

	section(out, "KEYS");
	add(out, "They can be changed in the configuration file: "
		 "bind KEY ACTION; the word in brackets is the action.\n");
	for (int a = ACTION_NONE + 1; a < ACTION_MAX; a++) {
		const struct action_def *def = keys_describe(a);
		struct buf tag = BUF_INIT;

		for (size_t i = 0; i < ARRAY_SIZE(order) && !tag.len; i++)
			keys_of(order[i], a, &tag);
		if (def && def->name && tag.len) {
			buf_addf(&tag, "  [%s]", def->name);
			tagged(out, buf_str(&tag), def->help);
		}
		buf_release(&tag);
	}
}

static void
conditions(struct buf *out)
{
	section(out, "CONDITIONS");
	add(out, "A condition is a statement about the program at one "
		 "instant; and, or, not and parentheses join them.\n");
	for (const struct statement_help *s = condition_statements();
	     s->syntax; s++) {
		struct buf text = BUF_INIT;

		buf_addf(&text, "%s  Example: %s", s->meaning, s->example);
		tagged(out, s->syntax, buf_str(&text));
		buf_release(&text);
	}
}

static const char *const exits[][2] = {
	{ "0", "Done." },
	{ "1", "The answer is no: a claim that does not hold, a difference." },
	{ "2", "Usage, or a faulty lesson." },
	{ "3", "This machine lacks something; the message names it." },
	{ "70", "A fault of ipclab." },
	{ "75", "Interrupted." },
};

static const char *const environment[][2] = {
	{ "LANGUAGE, LC_ALL, LC_MESSAGES, LANG",
	  "The language of messages and lessons." },
	{ "NO_COLOR", "When set: no colours." },
	{ "TERM", "The terminal; dumb means plain text." },
	{ "VISUAL, EDITOR", "What edits a source file." },
	{ "IPCLAB_DATADIR", "The folder of the lessons, in place of the "
	  "installed one." },
	{ "TMPDIR", "Where temporary folders are made." },
};

static const char *const files[][2] = {
	{ "$XDG_CONFIG_HOME/ipclab/config",
	  "Settings, one a line: bind KEY ACTION; mouse on|off; "
	  "palette NAME; unicode on|off|auto.  ~/.config when unset." },
	{ "$XDG_STATE_HOME/ipclab/",
	  "The learner's progress.  ~/.local/state when unset." },
};

static void
pairs(struct buf *out, const char *title, const char *const (*pair)[2],
      size_t n)
{
	section(out, title);
	for (size_t i = 0; i < n; i++)
		tagged(out, pair[i][0], pair[i][1]);
}

void
page_write(struct buf *out)
{
	buf_adds(out, ".\\\" Made from the tables of commands; do not edit.\n"
		      ".TH IPCLAB 1 \"\" \"" PACKAGE_STRING "\" "
		      "\"User Commands\"\n");
	section(out, "NAME");
	add(out, "ipclab - a lab for inter-process communication\n");
	section(out, "SYNOPSIS");
	synopsis(out, NULL);
	for (int i = 0; commands[i]; i++)
		synopsis(out, commands[i]);
	section(out, "DESCRIPTION");
	add(out, "Real processes run on the real kernel, and you decide who "
		 "goes next, forwards and back.  Without a command the lab "
		 "opens.\n");
	section(out, "COMMANDS");
	for (int i = 0; commands[i]; i++)
		command(out, commands[i]);
	section(out, "OPTIONS OF EVERY COMMAND");
	options(out, options_global);
	keys(out);
	conditions(out);
	pairs(out, "EXIT STATUS", exits, ARRAY_SIZE(exits));
	add(out, "trace and watch pass the program's own status on.\n");
	pairs(out, "ENVIRONMENT", environment, ARRAY_SIZE(environment));
	pairs(out, "FILES", files, ARRAY_SIZE(files));
	section(out, "SEE ALSO");
	add(out, "strace(1), ptrace(2), pipe(7), fifo(7), signal(7)\n");
}
