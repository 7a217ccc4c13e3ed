/* From a command line to one command.  */
#include "config.h"

#include "command/command.h"

#include "base/i18n.h"
#include "base/suggest.h"
#include "command/language.h"
#include "command/options.h"
#include "explore/confined.h"
#include "explore/runner.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
command_fail(enum exit_code code, char *why)
{
	fflush(stdout);
	fprintf(stderr, "ipclab: %s\n", why ? why : _("something failed"));
	free(why);
	return code;
}

const struct command *
command_find(const char *name)
{
	for (int i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static int
unknown_command(const char *name)
{
	struct suggest s = SUGGEST_INIT(name);
	char *why = NULL;

	for (int i = 0; commands[i]; i++)
		suggest_try(&s, commands[i]->name);
	if (suggest_best(&s))
		fail(&why, _("there is no command %s; did you mean %s?"), name,
		     suggest_best(&s));
	else
		fail(&why, _("there is no command %s; see ipclab --help"),
		     name);
	return command_fail(EXIT_USAGE, why);
}

static int
print(struct buf *text)
{
	fputs(buf_str(text), stdout);
	buf_release(text);
	return EXIT_DONE;
}

/* What every command understands.  True: done, *code says how it went.  */
static bool
global_options(const struct args *a, int *code)
{
	const char *lang = args_value(a, "lang");
	struct buf text = BUF_INIT;
	char *why = NULL;

	if (lang && language_set(lang, &why) < 0) {
		*code = command_fail(EXIT_USAGE, why);
		return true;
	}
	if (args_has(a, "help"))
		help_write(&text, a->command);
	else if (args_has(a, "version"))
		buf_adds(&text, PACKAGE_STRING "\n");
	else
		return false;
	*code = print(&text);
	return true;
}

static int
run_command(const struct command *c, int argc, char **argv)
{
	struct args a = { .command = c };
	char *why = NULL;
	int code;

	if (options_parse(&a, argc, argv, &why) < 0)
		return command_fail(EXIT_USAGE, why);
	if (global_options(&a, &code))
		return code;
	return c->run(&a);
}

/* `ipclab help trace`, for those who try that first.  */
static int
help(const char *name)
{
	const struct command *c = name ? command_find(name) : NULL;
	struct buf text = BUF_INIT;

	if (name && !c)
		return unknown_command(name);
	help_write(&text, c);
	return print(&text);
}

static int
one_command(int argc, char **argv)
{
	struct args a = { .command = NULL };
	const struct command *c;
	struct buf text = BUF_INIT;
	char *why = NULL;
	int code;

	language_start();
	/* Hidden: nobody but an explorer says it.  */
	if (argc == 2 && strcmp(argv[1], CONFINED_WORD) == 0)
		return runner_confined();
	if (argc < 1)
		return EXIT_USAGE;
	if (options_parse(&a, argc - 1, argv + 1, &why) < 0)
		return command_fail(EXIT_USAGE, why);
	if (global_options(&a, &code))
		return code;
	if (a.argc > 0 && strcmp(a.argv[0], "help") == 0)
		return help(a.argv[1]);
	if (a.argc > 0) {
		c = command_find(a.argv[0]);
		return c ? run_command(c, a.argc - 1, a.argv + 1)
			 : unknown_command(a.argv[0]);
	}
	if (command_without_name)
		return command_without_name();
	help_write(&text, NULL);
	return print(&text);
}

/* Whoever starts us with some of them closed would see our files take their
 * numbers.  */
static void
have_standard_streams(void)
{
	while (fcntl(STDERR_FILENO, F_GETFD) < 0 ||
	       fcntl(STDOUT_FILENO, F_GETFD) < 0 ||
	       fcntl(STDIN_FILENO, F_GETFD) < 0)
		if (open("/dev/null", O_RDWR) < 0)
			return;
}

/* What was printed last may still be on its way, and find the disk full.  */
int
command_main(int argc, char **argv)
{
	int code;

	have_standard_streams();
	code = one_command(argc, argv);
	if ((fflush(stdout) == EOF || ferror(stdout)) && code != EXIT_FAULT)
		return command_fail(EXIT_FAULT, xstrdup(
			_("not all of the output could be written; the disk "
			  "may be full")));
	return code;
}
