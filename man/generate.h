/*
 * The manual page and the shells' completions, written from the tables of
 * commands, options, keys and conditions: they cannot say what is not so.
 */
#ifndef MAN_GENERATE_H
#define MAN_GENERATE_H

#include "command/options.h"

void page_write(struct buf *out);		/* ipclab.1 */
void bash_write(struct buf *out);
void zsh_write(struct buf *out);
void fish_write(struct buf *out);

/* What a word of a synopsis ("FILE", "CMD...") or an option's value stands
 * for, as far as a shell can complete it.  */
enum operand { OPERAND_NONE, OPERAND_FILE, OPERAND_FOLDER, OPERAND_LESSON,
	       OPERAND_LANG };
enum operand operand_of(const char *text);
/* The operand of a command: the first one that its synopsis names.  */
enum operand operand_of_command(const struct command *c);

#endif
