/* Choices and their text.  */
#include "config.h"

#include "schedule/choice.h"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static const char *const good[] = {
	"go A", "go A.1.2", "go writer", "go A:1", "signal A SIGINT",
	"signal A.1 SIGRTMIN+3", "deliver A SIGUSR1", "cut A 1", "cut A.1 65536", "expire A", "fail A EINTR", "wake A",
	"type \"yes\\n\"", "type \"\\\"#\\\\\\u0003\\u00ff\"", "run",
};

START_TEST(what_is_written_is_read_back)
{
	struct buf out = BUF_INIT;
	struct choice c, again;
	char *why = NULL;

	ck_assert_msg(choice_parse(good[_i], &c, &why) == 0, "%s", why);
	choice_write(&out, &c);
	if (!strstr(good[_i], "RTMIN"))
		ck_assert_str_eq(buf_str(&out), good[_i]);
	ck_assert_msg(choice_parse(buf_str(&out), &again, &why) == 0, "%s",
		      why);
	ck_assert(choice_equal(&c, &again));
	buf_release(&out);
}
END_TEST

START_TEST(the_parts_are_where_they_belong)
{
	struct choice c;

	ck_assert_int_eq(choice_parse("  signal  A.1\tINT ", &c, NULL), 0);
	ck_assert_int_eq(c.kind, CHOICE_SIGNAL);
	ck_assert_str_eq(c.actor, "A.1");
	ck_assert_int_eq(c.number, SIGINT);
	ck_assert_int_eq(choice_parse("cut B 100", &c, NULL), 0);
	ck_assert_int_eq(c.kind, CHOICE_CUT);
	ck_assert_int_eq(c.number, 100);
	ck_assert_int_eq(choice_parse("type \"a\\u0000b\"", &c, NULL), 0);
	ck_assert_int_eq(c.typed_len, 3);
	ck_assert_mem_eq(c.typed, "a\0b", 3);
}
END_TEST

static const struct { const char *text, *why; } bad[] = {
	{ "", "a choice should stand here, as in 'go A'" },
	{ "   ", "a choice should stand here, as in 'go A'" },
	{ "jump A", "'jump' is no choice: go, signal, deliver, cut, expire, "
	  "fail, wake, type or run should stand here" },
	{ "go", "'go' needs an actor's name after it, as in 'go A'" },
	{ "go \"A\"", "'go' needs an actor's name after it, as in 'go A'" },
	{ "go A B", "'B' stands after the end of the choice" },
	{ "run A", "'A' stands after the end of the choice" },
	{ "signal A", "'signal A' needs a signal's name after it, as in "
		      "'signal A SIGINT'" },
	{ "signal A SIGNO", "there is no signal 'SIGNO'" },
	{ "cut A", "'cut A' needs a number of bytes after it, as in "
		   "'cut A 100'" },
	{ "cut A 0", "'0' is not a number of bytes (1 or more)" },
	{ "cut A -3", "'-3' is not a number of bytes (1 or more)" },
	{ "cut A 3x", "'3x' is not a number of bytes (1 or more)" },
	{ "cut A 99999999999999999999",
	  "'99999999999999999999' is not a number of bytes (1 or more)" },
	{ "type", "'type' needs a text in quotes after it, as in "
		  "type \"yes\\n\" (here: a text in quotes should "
		  "stand here)" },
	{ "type \"\"", "'type' has nothing to type" },
	{ "type \"a\" b", "'b' stands after the end of the choice" },
	{ "go AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	  "'go' needs an actor's name after it, as in 'go A'" },
};

START_TEST(what_is_wrong_is_said)
{
	struct choice c;
	char *why = NULL;

	ck_assert_int_eq(choice_parse(bad[_i].text, &c, &why), -1);
	ck_assert_str_eq(why, bad[_i].why);
	free(why);
}
END_TEST

START_TEST(choices_that_differ_are_not_equal)
{
	struct choice a, b;

	for (size_t i = 0; i < ARRAY_SIZE(good); i++)
		for (size_t k = 0; k < ARRAY_SIZE(good); k++) {
			choice_parse(good[i], &a, NULL);
			choice_parse(good[k], &b, NULL);
			ck_assert_int_eq(choice_equal(&a, &b), i == k);
		}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("choice");
	TCase *tc = tcase_create("choice");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(tc, what_is_written_is_read_back, 0,
			    ARRAY_SIZE(good));
	tcase_add_test(tc, the_parts_are_where_they_belong);
	tcase_add_loop_test(tc, what_is_wrong_is_said, 0, ARRAY_SIZE(bad));
	tcase_add_test(tc, choices_that_differ_are_not_equal);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
