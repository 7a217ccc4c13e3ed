/* Schedules as files.  */
#include "config.h"

#include "schedule/schedule.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/paths.h"

static const char example[] =
	"ipclab schedule 1\n"
	"command: ./race 'two words'\n"
	"folder: /home/ann/lesson\n"
	"lesson: 01-two-processes race\n"
	"seed: 18446744073709551615\n"
	"cast: A=writer,A.1=reader\n"
	"terminal: 24x80\n"
	"calls: confined\n"
	"environment: PATH=/usr/bin:/bin 'WORD=two words'\n"
	"input: \"two\\nlines \\\"#\\\"\\n\"\n"
	"events: 31\n"
	"digest: 00000000deadbeef\n"
	"steps:\n"
	"go A          # pipe2 = 0\n"
	"go A.1        # read = 9\n"
	"type \"#\\n\"\n"
	"signal A.1 SIGINT # gets SIGINT\n"
	"expire A\n";

START_TEST(a_file_is_read_and_written_the_same)
{
	struct schedule s;
	struct buf out = BUF_INIT;
	char *why = NULL;

	ck_assert_msg(schedule_parse(&s, example, strlen(example), "x", &why)
		      == 0, "%s", why);
	ck_assert_uint_eq(s.n_steps, 5);
	ck_assert_str_eq(s.header.command, "./race 'two words'");
	ck_assert_str_eq(s.header.cwd, "/home/ann/lesson");
	ck_assert_str_eq(s.lesson, "01-two-processes race");
	ck_assert_uint_eq(s.header.seed, UINT64_MAX);
	ck_assert_str_eq(s.calls, "confined");
	ck_assert_str_eq(s.environment,
			 "PATH=/usr/bin:/bin 'WORD=two words'");
	ck_assert_str_eq(s.input, "two\nlines \"#\"\n");
	ck_assert_uint_eq(s.events, 31);
	ck_assert_uint_eq(s.digest, 0xdeadbeef);
	ck_assert_str_eq(s.step[1].choice.actor, "A.1");
	ck_assert_str_eq(s.step[1].happened, "read = 9");
	ck_assert_str_eq(s.step[2].choice.typed, "#\n");
	ck_assert_str_eq(s.step[2].happened, "");
	schedule_write(&out, &s);
	ck_assert_str_eq(buf_str(&out), example);
	buf_release(&out);
	schedule_release(&s);
}
END_TEST

START_TEST(comments_and_empty_lines_and_other_line_ends_are_accepted)
{
	static const char text[] =
		"ipclab schedule 1\r\n"
		"# by hand\r\n"
		"\r\n"
		"command: ./race   # this belongs to the command\r\n"
		"steps:\r\n"
		"\t go  A\r\n"
		"   # nothing here\r\n"
		"run # whoever";
	struct schedule s;

	ck_assert_int_eq(schedule_parse(&s, text, strlen(text), "x", NULL), 0);
	ck_assert_str_eq(s.header.command,
			 "./race   # this belongs to the command");
	ck_assert_uint_eq(s.n_steps, 2);
	ck_assert_int_eq(s.step[1].choice.kind, CHOICE_RUN);
	ck_assert_str_eq(s.step[1].happened, "whoever");
	schedule_release(&s);
}
END_TEST

START_TEST(any_command_survives)
{
	static const char *const commands[] = {
		"\"quoted\" first", " space before", "space after ",
		"two\nlines", "a\ttab", "\"ends\"", "\001\377", "\"",
		"# no comment", "steps:",
	};
	struct schedule s = SCHEDULE_INIT, again;
	struct buf out = BUF_INIT;
	char *why = NULL;

	COPY_STR(s.header.command, commands[_i]);
	schedule_write(&out, &s);
	ck_assert_msg(schedule_parse(&again, buf_str(&out), out.len, "x", &why)
		      == 0, "%s", why);
	ck_assert_str_eq(again.header.command, commands[_i]);
	buf_release(&out);
	schedule_release(&again);
}
END_TEST

#define HEAD "ipclab schedule 1\n"

static const struct { const char *text, *why; } bad[] = {
	{ "", "race.schedule:1: this is no schedule of ipclab" },
	{ "{\"ipclab\":\"events\"}\n",
	  "race.schedule:1: this is no schedule of ipclab" },
	{ "ipclab schedule 2\nsteps:\n", "race.schedule:1: this schedule is "
	  "of version 2; this ipclab reads version 1" },
	{ HEAD, "race.schedule:1: the file ends before 'steps:'" },
	{ HEAD "command: ls\n", "race.schedule:2: the file ends before "
	  "'steps:'" },
	{ HEAD "colour: red\nsteps:\n", "race.schedule:2: 'colour' is nothing "
	  "that a schedule has" },
	{ HEAD "go A\nsteps:\n", "race.schedule:2: 'name: value' or 'steps:' "
	  "should stand here, not 'go A'" },
	{ HEAD "seed: x\nsteps:\n", "race.schedule:2: 'seed' should be a "
	  "number, not 'x'" },
	{ HEAD "seed:\nsteps:\n", "race.schedule:2: 'seed' should be a "
	  "number, not ''" },
	{ HEAD "seed: 18446744073709551616\nsteps:\n",
	  "race.schedule:2: 'seed' is too large a number" },
	{ HEAD "digest: 10000000000000000\nsteps:\n",
	  "race.schedule:2: 'digest' is too large a number" },
	{ HEAD "command: \"a\\u0000b\"\nsteps:\n",
	  "race.schedule:2: 'command' holds a NUL byte" },
	{ HEAD "shared: a:1\"b\nsteps:\n", "race.schedule:2: 'shared' should "
	  "be words, not 'a:1\"b'" },
	{ HEAD "steps:\ngo A\n\ngo\n", "race.schedule:5: 'go' needs an "
	  "actor's name after it, as in 'go A'" },
	{ HEAD "steps:\ngo A # fine\nhop A\n", "race.schedule:4: 'hop' is no "
	  "choice: go, signal, deliver, cut, expire, "
	  "fail, wake, type or run should stand "
	  "here" },
	{ HEAD "steps:\ntype \"a # b\n", "race.schedule:3: 'type' needs a "
	  "text in quotes after it, as in type \"yes\\n\" (here: a text "
	  "that does not end)" },
};

START_TEST(what_is_wrong_is_said_with_its_line)
{
	struct schedule s;
	char *why = NULL;

	ck_assert_int_eq(schedule_parse(&s, bad[_i].text, strlen(bad[_i].text),
					"race.schedule", &why), -1);
	ck_assert_str_eq(why, bad[_i].why);
	ck_assert_ptr_null(s.step);
	free(why);
}
END_TEST

START_TEST(a_nul_byte_and_a_long_value_are_refused)
{
	static const char text[] = HEAD "steps:\ngo A\0B\n";
	struct buf b = BUF_INIT;
	struct schedule s;
	char *why = NULL;

	ck_assert_int_eq(schedule_parse(&s, text, sizeof(text) - 1, "f", &why),
			 -1);
	ck_assert_str_eq(why, "f:3: a NUL byte: this is no text");
	buf_adds(&b, HEAD "command: ");
	for (int i = 0; i < 512; i++)
		buf_addc(&b, 'x');
	buf_adds(&b, "\nsteps:\n");
	ck_assert_int_eq(schedule_parse(&s, b.data, b.len, "f", &why), -1);
	ck_assert_str_eq(why, "f:2: 'command' is longer than 511 bytes");
	buf_release(&b);
	free(why);
}
END_TEST

/* The example of docs/schedules.md.  */
START_TEST(the_page_about_schedules_is_true)
{
	struct buf page = BUF_INIT;
	struct schedule s;
	char *why = NULL, *from, *to;

	ck_assert_msg(buf_read_file(&page, TOP_SRCDIR "/docs/schedules.md",
				    1 << 20, &why) == 0, "%s", why);
	from = strstr(page.data, "```\n");
	ck_assert_ptr_nonnull(from);
	to = strstr(from + 4, "```\n");
	ck_assert_ptr_nonnull(to);
	ck_assert_msg(schedule_parse(&s, from + 4, to - from - 4, "page", &why)
		      == 0, "%s", why);
	ck_assert_uint_eq(s.n_steps, 5);
	ck_assert_str_eq(s.step[1].happened, "clone = A.1");
	schedule_release(&s);
	buf_release(&page);
}
END_TEST

START_TEST(a_schedule_is_kept_in_a_file)
{
	struct schedule s, again;
	char *why = NULL, *folder = path_temporary(&why), *path;
	struct stat st;

	ck_assert_msg(folder != NULL, "%s", why);
	path = xasprintf("%s/race.schedule", folder);
	schedule_parse(&s, example, strlen(example), "x", NULL);
	ck_assert_msg(schedule_save(&s, path, &why) == 0, "%s", why);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0400, 0400);
	ck_assert_int_eq(schedule_load(&again, path, &why), 0);
	ck_assert_uint_eq(again.n_steps, s.n_steps);
	schedule_release(&again);
	unlink(path);
	free(path);
	path = xasprintf("%s/none/race.schedule", folder);
	ck_assert_int_eq(schedule_load(&again, path, &why), -1);
	ck_assert_int_eq(schedule_save(&s, path, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "/none/race.schedule: No such file"));
	schedule_release(&s);
	ck_assert_msg(path_remove_tree(folder, &why) == 0, "%s", why);
	free(path);
	free(folder);
	free(why);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("schedule");
	TCase *tc = tcase_create("schedule");
	SRunner *runner;
	int failed;

	tcase_add_test(tc, a_file_is_read_and_written_the_same);
	tcase_add_test(tc,
		       comments_and_empty_lines_and_other_line_ends_are_accepted);
	tcase_add_loop_test(tc, any_command_survives, 0, 10);
	tcase_add_loop_test(tc, what_is_wrong_is_said_with_its_line, 0,
			    ARRAY_SIZE(bad));
	tcase_add_test(tc, a_nul_byte_and_a_long_value_are_refused);
	tcase_add_test(tc, the_page_about_schedules_is_true);
	tcase_add_test(tc, a_schedule_is_kept_in_a_file);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
