/* generate man|bash|zsh|fish: one of the files on standard output.  */
#include "config.h"

#include "man/generate.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	void (*write)(struct buf *out);
} outputs[] = {
	{ "man", page_write },
	{ "bash", bash_write },
	{ "zsh", zsh_write },
	{ "fish", fish_write },
};

static const struct {
	const char *word;
	enum operand operand;
} operands[] = {
	{ "FILE", OPERAND_FILE },
	{ "RECORDING", OPERAND_FILE },
	{ "SCHEDULE", OPERAND_FILE },
	{ "DIR", OPERAND_FOLDER },
	{ "FOLDER", OPERAND_FOLDER },
	{ "PACK", OPERAND_FOLDER },
	{ "LESSON", OPERAND_LESSON },
	{ "LANG", OPERAND_LANG },
};

enum operand
operand_of(const char *text)
{
	for (size_t i = 0; text && i < ARRAY_SIZE(operands); i++)
		if (strncmp(text, operands[i].word,
			    strlen(operands[i].word)) == 0)
			return operands[i].operand;
	return OPERAND_NONE;
}

/* Is the word at p the value of an option: "--until COND", "-o FILE"?  */
static bool
is_value(const char *synopsis, const char *p)
{
	const char *word = p;

	while (word > synopsis && word[-1] == ' ')
		word--;
	while (word > synopsis && word[-1] != ' ')
		word--;
	word += strspn(word, "[(");
	return word < p && word[0] == '-' && word[1] != ' ';
}

enum operand
operand_of_command(const struct command *c)
{
	const char *p = c->synopsis;

	while (p && *p) {
		size_t skip = strspn(p, "[(. ");
		enum operand o = operand_of(p + skip);

		if (o && !is_value(c->synopsis, p + skip))
			return o;
		p += skip;
		p += strcspn(p, "[(. ");
	}
	return OPERAND_NONE;
}

int
main(int argc, char **argv)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; argc == 2 && i < ARRAY_SIZE(outputs); i++)
		if (strcmp(argv[1], outputs[i].name) == 0)
			outputs[i].write(&out);
	if (fputs(buf_str(&out), stdout) == EOF || fflush(stdout) == EOF)
		return 1;
	if (!out.len)
		fprintf(stderr, "usage: generate man|bash|zsh|fish\n");
	buf_release(&out);
	return ferror(stdout) ? 1 : 0;
}
