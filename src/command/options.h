/*
 * Options: a command line read by the tables of command.h, and the help that
 * the same tables make.
 *
 * `--name=value`, `--name value`, `-n value`, `-nvalue`; "--" ends the
 * options; operands and options may be mixed, unless the rest of the line is
 * somebody else's command.
 */
#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

#include "base/buf.h"
#include "command/command.h"

/* Options of every command: --help, --version, --lang.  NULL-ended.  */
extern const struct option_def options_global[];

/* The option of a table by name or by letter; NULL: none.  */
const struct option_def *option_named(const struct option_def *table,
				      const char *name, size_t len);
const struct option_def *option_lettered(const struct option_def *table,
					 char letter);

/* Read argv (after the command's name) by the tables of a->command, which
 * may be NULL: then only the global ones, up to the first operand.  argv is
 * reordered in place and borrowed.  0, or -1 with *why.  */
int options_parse(struct args *a, int argc, char **argv, char **why);

/* The value of --cast, NULL if not given: "A=writer,A.1=reader".  0, or -1
 * with *why.  */
int options_cast(const struct args *a, const char **cast, char **why);

const struct command *command_find(const char *name);	/* or NULL */

/* "-o, --output FILE" */
void option_write(struct buf *out, const struct option_def *o);

/* What --help prints, for one command or (NULL) for the program.  */
void help_write(struct buf *out, const struct command *c);

#endif
