/* Help: what --help prints, made from the tables.  */
#include "config.h"

#include "command/options.h"

#include "base/i18n.h"

#include <string.h>

enum { COLUMN = 26 };	/* where explanations begin */

static void
write_row(struct buf *out, const char *left, const char *right)
{
	int len = strlen(left);

	buf_addf(out, "  %s", left);
	if (len > COLUMN - 4) {
		buf_addc(out, '\n');
		len = -2;
	}
	buf_addf(out, "%*s%s\n", COLUMN - 2 - len, "", right);
}

static void
write_options(struct buf *out, const struct option_def *table)
{
	for (; table && table->name; table++) {
		struct buf left = BUF_INIT;

		if (table->letter)
			buf_addf(&left, "-%c, ", table->letter);
		buf_addf(&left, "--%s", table->name);
		if (table->arg)
			buf_addf(&left, " %s", table->arg);
		write_row(out, buf_str(&left), _(table->help));
		buf_release(&left);
	}
}

static void
help_program(struct buf *out)
{
	buf_adds(out, _("Usage: ipclab [COMMAND]\n"
			"A lab for inter-process communication: real "
			"processes, and you decide who goes next.\n"
			"Without a command it opens the lab.\n"));
	if (commands[0])
		buf_addf(out, "\n%s\n", _("Commands:"));
	for (int i = 0; commands[i]; i++)
		write_row(out, commands[i]->name, _(commands[i]->summary));
	buf_addf(out, "\n%s\n", _("Options:"));
	write_options(out, options_global);
	buf_addf(out, "\n%s\n",
		 _("`ipclab COMMAND --help` explains a command."));
}

static void
help_command(struct buf *out, const struct command *c)
{
	bool more = c->synopsis && *c->synopsis;

	buf_addf(out, _("Usage: ipclab %s%s%s\n"), c->name, more ? " " : "",
		 more ? c->synopsis : "");
	buf_addf(out, "%s\n", _(c->summary));
	if (c->options && c->options->name) {
		buf_addf(out, "\n%s\n", _("Options:"));
		write_options(out, c->options);
	}
	buf_addf(out, "\n%s\n", _("Options of every command:"));
	write_options(out, options_global);
	if (c->details)
		buf_addf(out, "\n%s\n", _(c->details));
}

void
help_write(struct buf *out, const struct command *c)
{
	if (c)
		help_command(out, c);
	else
		help_program(out);
}
