/* The canvas: what is drawn stands where it should, and nothing beyond.  */
#include "config.h"

#include "view/canvas.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct canvas *canvas;

static void
screen_is(const char *want)
{
	struct buf b = BUF_INIT;

	canvas_text(canvas, &b);
	ck_assert_str_eq(buf_str(&b), want);
	buf_release(&b);
}

static void
setup(void)
{
	canvas = canvas_new(3, 10, false);
}

static void
teardown(void)
{
	canvas_free(canvas);
}

START_TEST(text_is_clipped_at_its_cells_and_at_the_edge)
{
	ck_assert_int_eq(canvas_put(canvas, 0, 2, 4, ROLE_TEXT, "abcdef"), 4);
	canvas_put(canvas, 1, 8, 9, ROLE_TEXT, "xyz");
	canvas_put(canvas, 2, -2, 9, ROLE_TEXT, "12345");
	canvas_put(canvas, 7, 0, 9, ROLE_TEXT, "nowhere");
	canvas_put(canvas, -1, 0, 9, ROLE_TEXT, "nowhere");
	screen_is("  abcd\n        xy\n345\n");
}
END_TEST

START_TEST(a_wide_character_cut_in_half_becomes_a_space)
{
	canvas_put(canvas, 0, 0, 3, ROLE_TEXT, "管道");
	ck_assert_int_eq(canvas_cell(canvas, 0, 0)->width, 2);
	ck_assert_int_eq(canvas_cell(canvas, 0, 1)->width, 0);
	ck_assert_str_eq(canvas_cell(canvas, 0, 2)->text, " ");
	canvas_put(canvas, 1, 9, 5, ROLE_TEXT, "管");
	ck_assert_str_eq(canvas_cell(canvas, 1, 9)->text, " ");
	ck_assert_int_eq(canvas_cell(canvas, 1, 9)->width, 1);
	canvas_put(canvas, 2, -1, 5, ROLE_TEXT, "管x");
	ck_assert_str_eq(canvas_cell(canvas, 2, 0)->text, " ");
	ck_assert_str_eq(canvas_cell(canvas, 2, 1)->text, "x");
}
END_TEST

START_TEST(overwriting_half_of_a_wide_character_removes_all_of_it)
{
	canvas_put(canvas, 0, 0, 10, ROLE_TEXT, "管道");
	canvas_put(canvas, 0, 1, 1, ROLE_TEXT, "x");
	screen_is(" x道\n\n\n");
	canvas_put(canvas, 0, 2, 1, ROLE_TEXT, "y");
	screen_is(" xy\n\n\n");
	ck_assert_int_eq(canvas_cell(canvas, 0, 3)->width, 1);
}
END_TEST

START_TEST(combining_characters_stay_with_their_letter)
{
	canvas_put(canvas, 0, 0, 10, ROLE_TEXT, "e\u0301a");
	ck_assert_str_eq(canvas_cell(canvas, 0, 0)->text, "e\u0301");
	ck_assert_str_eq(canvas_cell(canvas, 0, 1)->text, "a");
}
END_TEST

START_TEST(too_many_combining_characters_are_cut_whole)
{
	char text[64] = "e";

	for (int i = 0; i < 20; i++)
		strcat(text, "\u0301");
	canvas_put(canvas, 0, 0, 10, ROLE_TEXT, text);
	ck_assert_uint_eq(strlen(canvas_cell(canvas, 0, 0)->text), 19);
	ck_assert_str_eq(canvas_cell(canvas, 0, 1)->text, " ");
}
END_TEST

START_TEST(control_characters_are_visible)
{
	canvas_put(canvas, 0, 0, 10, ROLE_TEXT, "a\nb\033\177");
	canvas_put(canvas, 1, 0, 10, ROLE_TEXT, "\xff\xc2\x85.");
	screen_is("a^Jb^[^?\n??.\n\n");
}
END_TEST

START_TEST(a_long_text_ends_in_an_ellipsis)
{
	canvas_put_short(canvas, 0, 0, 8, ROLE_TEXT, "abcdefghij");
	canvas_put_short(canvas, 1, 0, 8, ROLE_TEXT, "abcdefgh");
	canvas->unicode = true;
	canvas_put_short(canvas, 2, 0, 8, ROLE_TEXT, "管道满了。");
	screen_is("abcde...\nabcdefgh\n管道满…\n");
}
END_TEST

START_TEST(a_box_has_its_titles)
{
	canvas_resize(canvas, 3, 24);
	canvas_box(canvas, 0, 0, 3, 24, ROLE_BORDER, "reader  A.1", "ready");
	screen_is("+ reader  A.1 -- ready +\n"
		  "|                      |\n"
		  "+----------------------+\n");
	canvas->unicode = true;
	canvas_clear(canvas);
	canvas_box(canvas, 0, 0, 3, 6, ROLE_BORDER, "a long title", "ready");
	screen_is("┌ a… ┐\n│    │\n└────┘\n");
}
END_TEST

START_TEST(wrapped_text_says_when_there_is_more)
{
	struct rect r = { .y = 0, .x = 1, .rows = 2, .cols = 8 };

	ck_assert_int_eq(canvas_wrap(canvas, r, ROLE_TEXT,
				     "one two three four"), 2);
	screen_is(" one two\n three...\n\n");
	canvas_clear(canvas);
	ck_assert_int_eq(canvas_wrap(canvas, r, ROLE_TEXT, "one"), 1);
	screen_is(" one\n\n\n");
}
END_TEST

START_TEST(roles_are_readable)
{
	struct buf b = BUF_INIT;

	canvas_put(canvas, 0, 0, 3, ROLE_KEY, "n");
	canvas_put(canvas, 0, 1, 5, ROLE_TEXT, " next");
	canvas_put(canvas, 1, 0, 5, ROLE_ACTOR_6, "a b");
	canvas_paint(canvas, 0, 2, 2, ROLE_SELECTED);
	canvas_roles(canvas, &b);
	ck_assert_str_eq(buf_str(&b), "K SS..\n666\n\n");
	buf_release(&b);
}
END_TEST

START_TEST(a_click_finds_what_was_drawn_last)
{
	canvas_target(canvas, (struct rect){ 0, 1, 2, 3 }, TARGET_ACTOR, 7);
	canvas_target(canvas, (struct rect){ 1, 2, 1, 1 }, TARGET_EVENT, 9);
	ck_assert_ptr_null(canvas_target_at(canvas, 0, 0));
	ck_assert_ptr_null(canvas_target_at(canvas, 0, 4));
	ck_assert_ptr_null(canvas_target_at(canvas, 2, 1));
	ck_assert_int_eq(canvas_target_at(canvas, 1, 3)->kind, TARGET_ACTOR);
	ck_assert_int_eq(canvas_target_at(canvas, 1, 3)->what, 7);
	ck_assert_int_eq(canvas_target_at(canvas, 1, 2)->kind, TARGET_EVENT);
	ck_assert_int_eq(canvas_target_at(canvas, 1, 2)->what, 9);
	canvas_fill(canvas, 1, 0, 1, 5, ROLE_TEXT, ' ');
	ck_assert_ptr_null(canvas_target_at(canvas, 1, 2));
	ck_assert_ptr_nonnull(canvas_target_at(canvas, 0, 1));
	canvas_clear(canvas);
	ck_assert_ptr_null(canvas_target_at(canvas, 0, 1));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("canvas");
	TCase *tc = tcase_create("canvas");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, text_is_clipped_at_its_cells_and_at_the_edge);
	tcase_add_test(tc, a_wide_character_cut_in_half_becomes_a_space);
	tcase_add_test(tc,
		       overwriting_half_of_a_wide_character_removes_all_of_it);
	tcase_add_test(tc, combining_characters_stay_with_their_letter);
	tcase_add_test(tc, too_many_combining_characters_are_cut_whole);
	tcase_add_test(tc, control_characters_are_visible);
	tcase_add_test(tc, a_long_text_ends_in_an_ellipsis);
	tcase_add_test(tc, a_box_has_its_titles);
	tcase_add_test(tc, wrapped_text_says_when_there_is_more);
	tcase_add_test(tc, roles_are_readable);
	tcase_add_test(tc, a_click_finds_what_was_drawn_last);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
