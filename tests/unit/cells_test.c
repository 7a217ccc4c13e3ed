/* Cells: widths, clipping and breaking of text.  */
#include "config.h"

#include "base/cells.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *text;
	int cells;
	size_t first_bytes;	/* of the first character */
	int first_width;
} width_case[] = {
	{ "", 0, 0, 0 },
	{ "pipe", 4, 1, 1 },
	{ "管道", 4, 3, 2 },
	{ "e\u0301a", 2, 3, 1 },	/* e with an accent, then a */
	{ "\u0301", 1, 2, 1 },		/* nothing to combine with */
	{ "한", 2, 3, 2 },
	{ "😀", 2, 4, 2 },
	{ "─", 1, 3, 1 },
	{ "\xff\xfe", 2, 1, 1 },	/* no UTF-8 */
	{ "\xe7\xae", 2, 1, 1 },	/* cut short */
	{ "\xc0\xaf", 2, 1, 1 },	/* not the shortest form */
	{ "\xed\xa0\x80", 3, 1, 1 },	/* half of a surrogate pair */
	{ "\xf4\x90\x80\x80", 4, 1, 1 },	/* beyond Unicode */
	{ "\001", 2, 1, 2 },		/* shown as ^A */
	{ "\177", 2, 1, 2 },
};

START_TEST(a_text_is_as_wide_as_the_terminal_shows_it)
{
	const char *text = width_case[_i].text;
	int width = 0;

	ck_assert_int_eq(cells_of(text), width_case[_i].cells);
	ck_assert_uint_eq(cells_next(text, &width),
			  width_case[_i].first_bytes);
	ck_assert_int_eq(width, width_case[_i].first_width);
}
END_TEST

START_TEST(clipping_never_cuts_a_character)
{
	ck_assert_uint_eq(cells_clip("管道", 3), 3);
	ck_assert_uint_eq(cells_clip("管道", 4), 6);
	ck_assert_uint_eq(cells_clip("管道", 1), 0);
	ck_assert_uint_eq(cells_clip("e\u0301a", 1), 3);
	ck_assert_uint_eq(cells_clip("abc", 0), 0);
	ck_assert_uint_eq(cells_clip("abc", 9), 3);
}
END_TEST

static const struct {
	const char *text;
	int cells;
	const char *seen;
} middle_case[] = {
	{ "", 8, "" },
	{ "abcdefgh", 8, "abcdefgh" },
	{ "abcdefghi", 8, "ab ... i" },
	{ "./a.out 1234567890 abcdefghij", 16, "./a.ou ... fghij" },
	{ "管道管道管道", 11, "管 ... 道" },	/* a character has two cells */
	{ "aaaaaaaaae\u0301", 9, "aa ... ae\u0301" },
	{ "\xff\xff\xff\xff\xff\xff\xff\xff\xff", 8,
	  "\xff\xff ... \xff" },
};

START_TEST(a_long_text_lacks_its_middle)
{
	char *seen = cells_middle(middle_case[_i].text, middle_case[_i].cells);

	ck_assert_str_eq(seen, middle_case[_i].seen);
	ck_assert_int_le(cells_of(seen), middle_case[_i].cells);
	free(seen);
}
END_TEST

static void
collect(void *arg, const char *start, size_t len)
{
	struct buf *b = arg;

	buf_addf(b, "[%.*s]", (int)len, start);
}

static const struct {
	const char *text;
	int cells;
	const char *lines;
} wrap_case[] = {
	{ "", 10, "" },
	{ "one two three", 7, "[one two][three]" },
	{ "one two three", 8, "[one two][three]" },
	{ "one two", 7, "[one two]" },
	{ "abcdefgh", 3, "[abc][def][gh]" },
	{ "a\nb", 5, "[a][b]" },
	{ "a\n\nb\n", 5, "[a][][b]" },
	{ "管道满了", 4, "[管道][满了]" },
	{ "管道满了。", 8, "[管道满][了。]" },
	{ "写者（写）", 6, "[写者][（写）]" },
	{ "pipe 1满了", 7, "[pipe 1][满了]" },
	{ "管道", 1, "[管][道]" },
	{ "say: it waits", 5, "[say:][it][waits]" },
};

START_TEST(text_breaks_where_a_reader_would_break_it)
{
	struct buf b = BUF_INIT;

	cells_wrap(wrap_case[_i].text, wrap_case[_i].cells, collect, &b);
	ck_assert_str_eq(buf_str(&b), wrap_case[_i].lines);
	buf_release(&b);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("cells");
	TCase *tc = tcase_create("cells");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(tc, a_text_is_as_wide_as_the_terminal_shows_it, 0,
			    ARRAY_SIZE(width_case));
	tcase_add_test(tc, clipping_never_cuts_a_character);
	tcase_add_loop_test(tc, a_long_text_lacks_its_middle, 0,
			    ARRAY_SIZE(middle_case));
	tcase_add_loop_test(tc, text_breaks_where_a_reader_would_break_it, 0,
			    ARRAY_SIZE(wrap_case));
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
