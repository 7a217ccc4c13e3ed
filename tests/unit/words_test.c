/* Commands as one line of text.  */
#include "config.h"

#include "base/words.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char *const lists[][4] = {
	{ "./race", NULL },
	{ "sh", "-c", "yes | head -3 | wc -l", NULL },
	{ "printf", "it's", "", NULL },
	{ "a b", "\"$HOME\"", "\\", NULL },
	{ "tab\there", "new\nline", "#", NULL },
};

START_TEST(any_words_come_back)
{
	struct buf text = BUF_INIT;
	char **words, *why = NULL;

	words_join(&text, (char *const *)lists[_i]);
	words = words_split(buf_str(&text), &why);
	ck_assert_msg(words != NULL, "%s", why);
	for (int i = 0; lists[_i][i] || words[i]; i++)
		ck_assert_str_eq(words[i], lists[_i][i]);
	words_free(words);
	buf_release(&text);
}
END_TEST

START_TEST(quotes_are_those_of_a_shell)
{
	char **words = words_split(" a'b c'\"d \\\" \\e\"\\ f  g ", NULL);

	ck_assert_str_eq(words[0], "ab cd \" \\e f");
	ck_assert_str_eq(words[1], "g");
	ck_assert_ptr_null(words[2]);
	words_free(words);
}
END_TEST

static const struct { const char *text, *why; } bad[] = {
	{ "", "there is no command" },
	{ " \t", "there is no command" },
	{ "echo 'a", "a quote in 'echo 'a' does not end" },
	{ "echo \"a", "a quote in 'echo \"a' does not end" },
	{ "ls | wc", "'ls | wc' needs a shell: write it as sh -c '...'" },
	{ "ls *.c", "'ls *.c' needs a shell: write it as sh -c '...'" },
	{ "ls \"$HOME\"",
	  "'ls \"$HOME\"' needs a shell: write it as sh -c '...'" },
	{ "ls # all", "'ls # all' needs a shell: write it as sh -c '...'" },
	{ "ls \\", "'ls \\' needs a shell: write it as sh -c '...'" },
};

START_TEST(what_only_a_shell_can_do_is_refused)
{
	char *why = NULL;

	ck_assert_ptr_null(words_split(bad[_i].text, &why));
	ck_assert_str_eq(why, bad[_i].why);
	free(why);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("words");
	TCase *tc = tcase_create("words");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(tc, any_words_come_back, 0, ARRAY_SIZE(lists));
	tcase_add_test(tc, quotes_are_those_of_a_shell);
	tcase_add_loop_test(tc, what_only_a_shell_can_do_is_refused, 0,
			    ARRAY_SIZE(bad));
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
