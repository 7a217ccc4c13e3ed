/* Options: reading a command line by its table.  */
#include "config.h"

#include "command/options.h"

#include "base/i18n.h"
#include "base/suggest.h"
#include "event/event.h"

#include <stdlib.h>
#include <string.h>

const struct option_def options_global[] = {
	{ "help", 'h', NULL, N_("print this help and exit") },
	{ "version", 'V', NULL, N_("print the version and exit") },
	{ "lang", 0, "LANG",
	  N_("the language of messages and lessons: en, zh_CN") },
	{ .name = NULL },
};

const struct option_def *
option_named(const struct option_def *table, const char *name, size_t len)
{
	for (; table && table->name; table++)
		if (strncmp(table->name, name, len) == 0 && !table->name[len])
			return table;
	return NULL;
}

const struct option_def *
option_lettered(const struct option_def *table, char letter)
{
	for (; table && table->name; table++)
		if (letter && table->letter == letter)
			return table;
	return NULL;
}

static const struct option_def *
own_table(const struct args *a)
{
	return a->command ? a->command->options : NULL;
}

static void
try_table(struct suggest *s, const struct option_def *table)
{
	for (; table && table->name; table++)
		suggest_try(s, table->name);
}

static int
unknown_option(const struct args *a, const char *arg, char **why)
{
	bool is_long = arg[1] == '-';
	char *word = is_long ? xstrndup(arg + 2, strcspn(arg + 2, "="))
			     : xstrndup(arg, 2);
	struct suggest s = SUGGEST_INIT(word);

	if (is_long) {
		try_table(&s, own_table(a));
		try_table(&s, options_global);
	}
	if (suggest_best(&s))
		fail(why, _("there is no option --%s here; did you mean --%s?"),
		     word, suggest_best(&s));
	else
		fail(why, _("there is no option %s%s here; see ipclab %s%s"
			    "--help"), is_long ? "--" : "", word,
		     a->command ? a->command->name : "",
		     a->command ? " " : "");
	free(word);
	return -1;
}

static int
option_add(struct args *a, const struct option_def *o, const char *value,
	   char **why)
{
	if (a->n_given == ARRAY_SIZE(a->given))
		return fail(why, _("more than %d options"),
			    (int)ARRAY_SIZE(a->given));
	a->given[a->n_given] = o;
	a->value[a->n_given++] = value;
	return 0;
}

/* argv[0] is "--name" or "--name=value".  Returns the words used, -1.  */
static int
parse_long(struct args *a, char **argv, char **why)
{
	const char *name = argv[0] + 2, *equals = strchr(name, '=');
	size_t len = equals ? (size_t)(equals - name) : strlen(name);
	const struct option_def *o = option_named(own_table(a), name, len);

	if (!o)
		o = option_named(options_global, name, len);
	if (!o)
		return unknown_option(a, argv[0], why);
	if (equals && !o->arg)
		return fail(why, _("--%s takes no value"), o->name);
	if (equals)
		return option_add(a, o, equals + 1, why) < 0 ? -1 : 1;
	if (o->arg && !argv[1])
		return fail(why, _("--%s needs a value: --%s %s"), o->name,
			    o->name, o->arg);
	return option_add(a, o, o->arg ? argv[1] : NULL, why) < 0
		? -1 : 1 + !!o->arg;
}

/* argv[0] is "-abc", "-o" or "-oFILE".  Returns the words used, -1.  */
static int
parse_letters(struct args *a, char **argv, char **why)
{
	for (const char *p = argv[0] + 1; *p; p++) {
		const struct option_def *o;
		char one[3] = { '-', *p, '\0' };

		o = option_lettered(own_table(a), *p);
		if (!o)
			o = option_lettered(options_global, *p);
		if (!o)
			return unknown_option(a, one, why);
		if (!o->arg) {
			if (option_add(a, o, NULL, why) < 0)
				return -1;
			continue;
		}
		if (p[1])
			return option_add(a, o, p + 1, why) < 0 ? -1 : 1;
		if (!argv[1])
			return fail(why, _("-%c needs a value: -%c %s"), *p,
				    *p, o->arg);
		return option_add(a, o, argv[1], why) < 0 ? -1 : 2;
	}
	return 1;
}

static bool
ends_options(const struct args *a)
{
	return !a->command || a->command->rest_is_command;
}

/* For commands that pass words on: a word that is not the command's own.  */
static bool
is_passed_on(const struct args *a, const char *word)
{
	const char *name = word + 2;
	size_t len = strcspn(name, "=");

	if (!a->command || !a->command->passes_on)
		return false;
	if (word[1] != '-')
		return true;
	return !option_named(own_table(a), name, len) &&
	       (strcmp(name, "version") == 0 ||
		!option_named(options_global, name, len));
}

int
options_parse(struct args *a, int argc, char **argv, char **why)
{
	int i = 0;

	a->argc = 0;
	a->argv = argv;
	while (i < argc) {
		char *word = argv[i];
		int used;

		if (strcmp(word, "--") == 0) {
			i++;
			break;
		}
		if (word[0] != '-' || !word[1]) {
			if (ends_options(a))
				break;
			argv[a->argc++] = word;
			i++;
			continue;
		}
		if (is_passed_on(a, word))
			break;
		used = word[1] == '-' ? parse_long(a, argv + i, why)
				      : parse_letters(a, argv + i, why);
		if (used < 0)
			return -1;
		i += used;
	}
	while (i < argc)
		argv[a->argc++] = argv[i++];
	argv[a->argc] = NULL;
	return 0;
}

const char *
args_value(const struct args *a, const char *name)
{
	for (int i = a->n_given; i-- > 0; )
		if (strcmp(a->given[i]->name, name) == 0)
			return a->value[i];
	return NULL;
}

bool
args_has(const struct args *a, const char *name)
{
	for (int i = 0; i < a->n_given; i++)
		if (strcmp(a->given[i]->name, name) == 0)
			return true;
	return false;
}

/* ---- a value that commands share ---- */

/* "A.1=reader"; a role is a word, so that a condition can name it.  */
static bool
is_role(const char *item, size_t len)
{
	const char *equals = memchr(item, '=', len);
	size_t name = equals ? (size_t)(equals - item) : 0;
	size_t role = equals ? len - name - 1 : 0;

	if (name == 0 || name >= NAME_MAX_LEN || role == 0 ||
	    role >= NAME_MAX_LEN || item[0] != 'A' ||
	    strspn(item + 1, ".:0123456789") != name - 1)
		return false;
	for (size_t i = name + 1; i < len; i++)
		if ((unsigned char)item[i] <= ' ' || strchr("=\"'()/", item[i]))
			return false;
	return true;
}

int
options_cast(const struct args *a, const char **cast, char **why)
{
	const char *p = *cast = args_value(a, "cast");

	if (p && strlen(p) >= CAST_MAX_LEN)
		return fail(why, _("--cast has more than %d bytes"),
			    CAST_MAX_LEN - 1);
	for (size_t len; p && *p; p += len + (p[len] == ',')) {
		len = strcspn(p, ",");
		if (!is_role(p, len))
			return fail(why, _("--cast: '%.*s' is not an actor "
					   "and the name of its role, such as "
					   "A.1=reader"), (int)len, p);
	}
	return 0;
}
