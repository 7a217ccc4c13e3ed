/* Completions for bash(1), zsh(1) and fish(1).  */
#include "config.h"

#include "man/generate.h"

#include <stdlib.h>
#include <string.h>

/* Text between single quotes; meta characters get a backslash besides.  */
static void
add_quoted(struct buf *out, const char *text, const char *meta)
{
	for (; *text; text++) {
		if (*text == '\'')
			buf_adds(out, "'\\'");
		else if (strchr(meta, *text))
			buf_addc(out, '\\');
		buf_addc(out, *text);
	}
}

/* ---- bash ---- */

static const char *const bash_words[] = {
	[OPERAND_NONE] = ":",
	[OPERAND_FILE] = "compgen -f -- \"$cur\"",
	[OPERAND_FOLDER] = "compgen -d -- \"$cur\"",
	[OPERAND_LESSON] =
		"compgen -W \"$(_ipclab_lessons)\" -- \"$cur\"",
	[OPERAND_LANG] = "compgen -W 'en zh_CN' -- \"$cur\"",
};

static void
bash_names(struct buf *out, const struct option_def *table)
{
	for (; table && table->name; table++)
		buf_addf(out, " --%s", table->name);
}

static void
bash_values(struct buf *out, const char *command,
	    const struct option_def *table)
{
	for (; table && table->name; table++) {
		if (!table->arg)
			continue;
		buf_addf(out, "\t'%s --%s'", command, table->name);
		if (table->letter)
			buf_addf(out, " | '%s -%c'", command, table->letter);
		buf_addf(out, ") %s ;;\n", bash_words[operand_of(table->arg)]);
	}
}

static void
bash_tables(struct buf *out)
{
	buf_adds(out, "_ipclab_commands='");
	for (int i = 0; commands[i]; i++)
		buf_addf(out, "%s%s", i ? " " : "", commands[i]->name);
	buf_adds(out, "'\n_ipclab_options() {\n\tcase $1 in\n");
	for (int i = 0; commands[i]; i++) {
		buf_addf(out, "\t%s) echo '", commands[i]->name);
		bash_names(out, commands[i]->options);
		buf_adds(out, "' ;;\n");
	}
	buf_adds(out, "\tesac\n\techo '");
	bash_names(out, options_global);
	buf_adds(out, "'\n}\n");
	/* What follows an option; fails when that takes no value.  */
	buf_adds(out, "_ipclab_value() {\n\tlocal cur=$3\n"
		      "\tcase \"$1 $2\" in\n");
	for (int i = 0; commands[i]; i++) {
		bash_values(out, commands[i]->name, commands[i]->options);
		bash_values(out, commands[i]->name, options_global);
	}
	bash_values(out, "", options_global);
	buf_adds(out, "\t*) return 1 ;;\n\tesac\n\treturn 0\n}\n"
		      "_ipclab_operand() {\n\tlocal cur=$2\n\tcase $1 in\n");
	for (int i = 0; commands[i]; i++)
		buf_addf(out, "\t%s) %s ;;\n", commands[i]->name,
			 commands[i]->rest_is_command
			 ? "compgen -c -- \"$cur\""
			 : bash_words[operand_of_command(commands[i])]);
	buf_adds(out, "\tesac\n}\n");
}

void
bash_write(struct buf *out)
{
	buf_adds(out, "# bash completion for ipclab; made from its tables\n"
		"_ipclab_lessons() {\n"
		"\tipclab learn --list 2>/dev/null | awk '{ print $1 }'\n"
		"}\n");
	bash_tables(out);
	buf_adds(out,
		"_ipclab() {\n"
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} command= i words\n"
		"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		"\t\tcase \" $_ipclab_commands \" in\n"
		"\t\t*\" ${COMP_WORDS[i]} \"*)\n"
		"\t\t\tcommand=${COMP_WORDS[i]}\n\t\t\tbreak ;;\n"
		"\t\tesac\n"
		"\tdone\n"
		"\tif words=$(_ipclab_value \"$command\" "
		"\"${COMP_WORDS[COMP_CWORD - 1]}\" \"$cur\"); then\n"
		"\t\t:\n"
		"\telif [[ $cur == -* ]]; then\n"
		"\t\twords=$(compgen -W \"$(_ipclab_options \"$command\")\" "
		"-- \"$cur\")\n"
		"\telif [ -z \"$command\" ]; then\n"
		"\t\twords=$(compgen -W \"$_ipclab_commands\" -- \"$cur\")\n"
		"\telse\n"
		"\t\twords=$(_ipclab_operand \"$command\" \"$cur\")\n"
		"\tfi\n"
		"\tmapfile -t COMPREPLY <<<\"$words\"\n"
		"\t[ -n \"$words\" ] || COMPREPLY=()\n"
		"}\n"
		"complete -o filenames -o bashdefault -F _ipclab ipclab\n");
}

/* ---- zsh ---- */

static const char *const zsh_words[] = {
	[OPERAND_NONE] = " ",
	[OPERAND_FILE] = "_files",
	[OPERAND_FOLDER] = "_files -/",
	[OPERAND_LESSON] = "_ipclab_lessons",
	[OPERAND_LANG] = "(en zh_CN)",
};

static void
zsh_option(struct buf *out, const struct option_def *o, const char *dashes,
	   const char *name)
{
	buf_addf(out, "\t\t\t'%s%s%s[", dashes, name,
		 o->arg && dashes[1] ? "=" : "");
	add_quoted(out, o->help, "[]:\\");
	buf_addc(out, ']');
	if (o->arg) {
		buf_addc(out, ':');
		add_quoted(out, o->arg, ":\\");
		buf_addf(out, ":%s", zsh_words[operand_of(o->arg)]);
	}
	buf_adds(out, "' \\\n");
}

static void
zsh_options(struct buf *out, const struct option_def *table)
{
	for (; table && table->name; table++) {
		char letter[2] = { table->letter, '\0' };

		zsh_option(out, table, "--", table->name);
		if (table->letter)
			zsh_option(out, table, "-", letter);
	}
}

static void
zsh_command(struct buf *out, const struct command *c)
{
	buf_addf(out, "\t%s)\n\t\t_arguments -S \\\n", c->name);
	zsh_options(out, c->options);
	zsh_options(out, options_global);
	if (c->rest_is_command)
		buf_adds(out, "\t\t\t'(-)1:command:_command_names -e' \\\n"
			      "\t\t\t'*::arguments:_normal' ;;\n");
	else
		buf_addf(out, "\t\t\t'*:operand:%s' ;;\n",
			 zsh_words[operand_of_command(c)]);
}

void
zsh_write(struct buf *out)
{
	buf_adds(out, "#compdef ipclab\n# Made from ipclab's tables.\n"
		"_ipclab_lessons() {\n"
		"\tcompadd -- ${(f)\"$(ipclab learn --list 2>/dev/null |\n"
		"\t\tawk '{ print $1 }')\"}\n"
		"}\n_ipclab() {\n\tlocal state line curcontext=$curcontext\n"
		"\tlocal -a commands=(\n");
	for (int i = 0; commands[i]; i++) {
		buf_addf(out, "\t\t'%s:", commands[i]->name);
		add_quoted(out, commands[i]->summary, ":\\");
		buf_adds(out, "'\n");
	}
	buf_adds(out, "\t)\n\t_arguments -C -S \\\n");
	zsh_options(out, options_global);
	buf_adds(out, "\t\t\t'1:command:->command' "
		"'*::argument:->argument'\n"
		"\t[[ $state = command ]] && _describe command commands\n"
		"\t[[ $state = argument ]] || return\n"
		"\tcase $words[1] in\n");
	for (int i = 0; commands[i]; i++)
		zsh_command(out, commands[i]);
	buf_adds(out, "\tesac\n}\n_ipclab \"$@\"\n");
}

/* ---- fish ---- */

static const char *const fish_words[] = {
	[OPERAND_NONE] = "-x",
	[OPERAND_FILE] = "-r -F",
	[OPERAND_FOLDER] = "-x -a '(__fish_complete_directories)'",
	[OPERAND_LESSON] =
		"-x -a '(ipclab learn --list | string split -f 1 \" \")'",
	[OPERAND_LANG] = "-x -a 'en zh_CN'",
};

static void
fish_options(struct buf *out, const char *when,
	     const struct option_def *table)
{
	for (; table && table->name; table++) {
		buf_addf(out, "complete -c ipclab%s -l %s", when, table->name);
		if (table->letter)
			buf_addf(out, " -s %c", table->letter);
		if (table->arg)
			buf_addf(out, " %s", fish_words[operand_of(table->arg)]);
		buf_adds(out, " -d '");
		add_quoted(out, table->help, "\\");
		buf_adds(out, "'\n");
	}
}

static void
fish_command(struct buf *out, const struct command *c)
{
	char *when = xasprintf(" -n '__fish_seen_subcommand_from %s'",
			       c->name);
	enum operand o = operand_of_command(c);

	buf_addf(out, "complete -c ipclab -n __fish_use_subcommand -a %s -d '",
		 c->name);
	add_quoted(out, c->summary, "\\");
	buf_adds(out, "'\n");
	fish_options(out, when, c->options);
	if (c->rest_is_command)
		buf_addf(out, "complete -c ipclab%s -x -a "
			 "'(__fish_complete_subcommand)'\n", when);
	else if (o)
		buf_addf(out, "complete -c ipclab%s %s\n", when,
			 fish_words[o]);
	free(when);
}

void
fish_write(struct buf *out)
{
	buf_adds(out, "# fish completion for ipclab; made from its tables\n"
		      "complete -c ipclab -f\n");
	fish_options(out, "", options_global);
	for (int i = 0; commands[i]; i++)
		fish_command(out, commands[i]);
}
