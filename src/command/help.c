/* Help: what --help prints, made from the tables.  */
#include "config.h"

#include "command/options.h"

#include "base/cells.h"
#include "base/i18n.h"

#include <string.h>

enum {
	WIDTH = 78,	/* of the page, in cells */
	COLUMN = 26,	/* where explanations begin */
};

struct row {
	struct buf *out;
	int at;		/* the column that was reached */
	int column;	/* where the lines begin */
};

static void
add_line(void *arg, const char *start, size_t len)
{
	struct row *row = arg;

	if (len > 0)
		buf_addf(row->out, "%*s", row->column - row->at, "");
	buf_add(row->out, start, len);
	buf_addc(row->out, '\n');
	row->at = 0;
}

static void
write_text(struct buf *out, const char *text)
{
	struct row row = { .out = out };

	cells_wrap(text, WIDTH, add_line, &row);
}

static void
write_row(struct buf *out, const char *left, const char *right)
{
	struct row row = { .out = out, .column = COLUMN };

	buf_addf(out, "  %s", left);
	row.at = 2 + cells_of(left);
	if (row.at >= COLUMN) {
		buf_addc(out, '\n');
		row.at = 0;
	}
	cells_wrap(right, WIDTH - COLUMN, add_line, &row);
}

void
option_write(struct buf *out, const struct option_def *o)
{
	if (o->letter)
		buf_addf(out, "-%c, ", o->letter);
	buf_addf(out, "--%s", o->name);
	if (o->arg)
		buf_addf(out, " %s", o->arg);
}

static void
write_options(struct buf *out, const struct option_def *table)
{
	for (; table && table->name; table++) {
		struct buf left = BUF_INIT;

		option_write(&left, table);
		write_row(out, buf_str(&left), _(table->help));
		buf_release(&left);
	}
}

static void
help_program(struct buf *out)
{
	buf_addf(out, "%s\n", _("Usage: ipclab [COMMAND]"));
	write_text(out, _("A lab for inter-process communication: real "
			  "processes, and you decide who goes next. Without "
			  "a command it opens the lab."));
	buf_addf(out, "\n%s\n", _("Commands:"));
	for (int i = 0; commands[i]; i++)
		write_row(out, commands[i]->name, _(commands[i]->summary));
	buf_addf(out, "\n%s\n", _("Options:"));
	write_options(out, options_global);
	buf_addc(out, '\n');
	write_text(out, _("`ipclab COMMAND --help` explains a command."));
}

static void
help_command(struct buf *out, const struct command *c)
{
	bool more = c->synopsis && *c->synopsis;

	buf_addf(out, _("Usage: ipclab %s%s%s"), c->name, more ? " " : "",
		 more ? c->synopsis : "");
	buf_addc(out, '\n');
	write_text(out, _(c->summary));
	if (c->details) {
		buf_addc(out, '\n');
		write_text(out, _(c->details));
	}
	if (c->options && c->options->name) {
		buf_addf(out, "\n%s\n", _("Options:"));
		write_options(out, c->options);
	}
	buf_addf(out, "\n%s\n", _("Options of every command:"));
	write_options(out, options_global);
}

void
help_write(struct buf *out, const struct command *c)
{
	if (c)
		help_command(out, c);
	else
		help_program(out);
}
