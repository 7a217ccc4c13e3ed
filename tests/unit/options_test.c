/* Command lines, read by a table.  */
#include "config.h"

#include "command/options.h"

#include "tests/unit/unit.h"

static const struct option_def table[] = {
	{ "json", 'j', NULL, "one object a line" },
	{ "output", 'o', "FILE", "write there" },
	{ "until", 0, "COND", "stop there" },
	{ .name = NULL },
};

static const struct command mixed = {
	.name = "mixed", .summary = "mixes", .options = table,
};
static const struct command runner = {
	.name = "runner", .summary = "runs", .options = table, .rest_is_command = true,
};

static const struct command passer = {
	.name = "passer", .summary = "passes on", .options = table,
	.rest_is_command = true, .passes_on = true,
};

static char *why;

/* Split a line at its spaces and parse it.  */
static int
parse(struct args *a, const struct command *c, const char *line)
{
	static char *argv[64], text[256];
	int argc = 0;

	COPY_STR(text, line);
	for (char *p = strtok(text, " "); p; p = strtok(NULL, " "))
		argv[argc++] = p;
	argv[argc] = NULL;
	*a = (struct args){ .command = c };
	free(why);
	why = NULL;
	return options_parse(a, argc, argv, &why);
}

static void
accepts(struct args *a, const struct command *c, const char *line)
{
	int rc = parse(a, c, line);

	ck_assert_msg(rc == 0, "%s: %s", line, why ? why : "?");
	ck_assert_ptr_null(a->argv[a->argc]);
}

static void
refuses(const struct command *c, const char *line, const char *sentence)
{
	struct args a;

	ck_assert_msg(parse(&a, c, line) < 0, "%s is taken", line);
	ck_assert_str_eq(why, sentence);
}

START_TEST(a_value_comes_with_equals_or_as_the_next_word)
{
	const char *lines[] = {
		"--output=a.log", "--output a.log", "-oa.log", "-o a.log",
		"-jo a.log", "--output=b --output=a.log",
	};
	struct args a;

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		accepts(&a, &mixed, lines[i]);
		ck_assert_str_eq(args_value(&a, "output"), "a.log");
		ck_assert_int_eq(a.argc, 0);
	}
	accepts(&a, &mixed, "--until=a=b");
	ck_assert_str_eq(args_value(&a, "until"), "a=b");
	accepts(&a, &mixed, "--until=");
	ck_assert_str_eq(args_value(&a, "until"), "");
}
END_TEST

START_TEST(options_and_operands_mix)
{
	struct args a;

	accepts(&a, &mixed, "one --json two -o f three");
	ck_assert(args_has(&a, "json"));
	ck_assert(!args_has(&a, "until"));
	ck_assert_ptr_null(args_value(&a, "until"));
	ck_assert_int_eq(a.argc, 3);
	ck_assert_str_eq(a.argv[0], "one");
	ck_assert_str_eq(a.argv[2], "three");
}
END_TEST

START_TEST(options_of_a_command_to_run_are_its_own)
{
	struct args a;

	accepts(&a, &runner, "--json ls --json -l");
	ck_assert_int_eq(a.n_given, 1);
	ck_assert_int_eq(a.argc, 3);
	ck_assert_str_eq(a.argv[1], "--json");
	accepts(&a, &runner, "-j -- --json");
	ck_assert_int_eq(a.argc, 1);
	ck_assert_str_eq(a.argv[0], "--json");
	accepts(&a, &mixed, "-- - -- -o");
	ck_assert_int_eq(a.argc, 3);
	accepts(&a, &mixed, "-");
	ck_assert_str_eq(a.argv[0], "-");
}
END_TEST

START_TEST(what_is_not_the_command_s_own_is_passed_on)
{
	struct args a;

	accepts(&a, &passer, "--json -o a.out --until x.c");
	ck_assert(args_has(&a, "json"));
	ck_assert_int_eq(a.argc, 4);
	ck_assert_str_eq(a.argv[0], "-o");
	accepts(&a, &passer, "--lang zh_CN --version");
	ck_assert_str_eq(args_value(&a, "lang"), "zh_CN");
	ck_assert_str_eq(a.argv[0], "--version");
	accepts(&a, &passer, "--help");
	ck_assert(args_has(&a, "help"));
	accepts(&a, &passer, "-h --json");
	ck_assert_int_eq(a.argc, 2);
	accepts(&a, &passer, "-- --json");
	ck_assert_int_eq(a.argc, 1);
	ck_assert_str_eq(a.argv[0], "--json");
}
END_TEST

START_TEST(what_is_wrong_is_said_with_the_nearest_name)
{
	refuses(&mixed, "--untill=x",
		"there is no option --untill here; did you mean --until?");
	refuses(&mixed, "--hlep",
		"there is no option --hlep here; did you mean --help?");
	refuses(&mixed, "--xyzzyxyzzy",
		"there is no option --xyzzyxyzzy here; see ipclab mixed --help");
	refuses(&mixed, "-x",
		"there is no option -x here; see ipclab mixed --help");
	refuses(NULL, "-x", "there is no option -x here; see ipclab --help");
	refuses(&mixed, "--json=yes", "--json takes no value");
	refuses(&mixed, "--output", "--output needs a value: --output FILE");
	refuses(&mixed, "-o", "-o needs a value: -o FILE");
}
END_TEST

START_TEST(more_options_than_fit_are_refused)
{
	char line[256] = "";
	struct args a;

	for (int i = 0; i < 32; i++)
		strcat(line, "-j ");
	accepts(&a, &mixed, line);
	strcat(line, "-j");
	refuses(&mixed, line, "more than 32 options");
}
END_TEST

START_TEST(help_names_every_option_and_its_value)
{
	struct buf out = BUF_INIT;

	help_write(&out, &mixed);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "Usage: ipclab mixed\n"));
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "  -o, --output FILE "));
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "  --until COND "));
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "  --lang LANG "));
	buf_release(&out);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("options");
	int rc;

	unit_add(s, a_value_comes_with_equals_or_as_the_next_word);
	unit_add(s, options_and_operands_mix);
	unit_add(s, options_of_a_command_to_run_are_its_own);
	unit_add(s, what_is_not_the_command_s_own_is_passed_on);
	unit_add(s, what_is_wrong_is_said_with_the_nearest_name);
	unit_add(s, more_options_than_fit_are_refused);
	unit_add(s, help_names_every_option_and_its_value);
	rc = unit_run(s);
	free(why);
	return rc;
}
