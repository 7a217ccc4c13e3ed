/* The nearest word.  */
#include "config.h"

#include "base/suggest.h"

#include "tests/unit/unit.h"

START_TEST(distances_count_the_letters_to_change)
{
	ck_assert_int_eq(edit_distance("", ""), 0);
	ck_assert_int_eq(edit_distance("until", "until"), 0);
	ck_assert_int_eq(edit_distance("", "until"), 5);
	ck_assert_int_eq(edit_distance("untl", "until"), 1);
	ck_assert_int_eq(edit_distance("untill", "until"), 1);
	ck_assert_int_eq(edit_distance("untol", "until"), 1);
	ck_assert_int_eq(edit_distance("utnil", "until"), 1);
	ck_assert_int_eq(edit_distance("kitten", "sitting"), 3);
}
END_TEST

START_TEST(a_word_of_any_length_is_survived)
{
	char *longest = malloc(100001);

	for (int i = 0; i < 100000; i++)
		longest[i] = 'a' + i % 26;
	longest[100000] = '\0';
	ck_assert_int_eq(edit_distance(longest, longest), 0);
	ck_assert_int_ge(edit_distance(longest, "until"), 48 - 5);
	ck_assert_int_le(edit_distance("until", longest), 48);
	free(longest);
}
END_TEST

START_TEST(the_nearest_is_named_and_nothing_when_none_is_near)
{
	struct suggest near = SUGGEST_INIT("jsno");
	struct suggest begun = SUGGEST_INIT("ver");
	struct suggest far = SUGGEST_INIT("xyzzy");
	struct suggest none = SUGGEST_INIT("a");
	const char *words[] = { "until", "json", "version" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		suggest_try(&near, words[i]);
		suggest_try(&begun, words[i]);
		suggest_try(&far, words[i]);
	}
	ck_assert_str_eq(suggest_best(&near), "json");
	ck_assert_str_eq(suggest_best(&begun), "version");
	ck_assert_ptr_null(suggest_best(&far));
	ck_assert_ptr_null(suggest_best(&none));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("suggest");

	unit_add(s, distances_count_the_letters_to_change);
	unit_add(s, a_word_of_any_length_is_survived);
	unit_add(s, the_nearest_is_named_and_nothing_when_none_is_near);
	return unit_run(s);
}
