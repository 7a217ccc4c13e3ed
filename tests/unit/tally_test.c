/* How runs ended, counted.  */
#include "explore/tally.h"
#include "tests/unit/unit.h"

#include <string.h>

static struct tally tally;

static void
add(int status, const char *output)
{
	tally_add(&tally, status, output, strlen(output));
}

static void
clear(void)
{
	tally = (struct tally){ .n = 0 };
}

START_TEST(runs_are_told_apart_by_status_and_output)
{
	clear();
	add(0, "20\n");
	add(256, "20\n");
	add(0, "20\n");
	add(0, "-60\n");
	ck_assert_uint_eq(tally.n, 3);
	ck_assert_uint_eq(tally.row[0].runs, 2);
	ck_assert_str_eq(tally.row[0].text, "20\\n");
	ck_assert_int_eq(tally.row[1].status, 256);
	ck_assert_str_eq(tally.row[2].text, "-60\\n");
}
END_TEST

START_TEST(what_is_too_long_to_be_shown_is_told_apart_all_the_same)
{
	char text[2][300];

	clear();
	for (int i = 0; i < 2; i++) {
		memset(text[i], 'x', sizeof(text[i]));
		text[i][299] = (char)('a' + i);
		tally_add(&tally, 0, text[i], sizeof(text[i]));
	}
	ck_assert_uint_eq(tally.n, 2);
	ck_assert_str_eq(tally.row[0].text, tally.row[1].text);
	ck_assert_ptr_nonnull(strstr(tally.row[0].text, "xxx..."));
}
END_TEST

static const struct {
	const char *bytes;
	size_t len;
	const char *shown;
} outputs[] = {
	{ "", 0, "" },
	{ "a\nb", 3, "a\\nb" },
	{ "\033[2J", 4, "\\x1b[2J" },
	{ "a\0b", 3, "a\\x00b" },
	{ "\xe4\xbd\xa0\xe5\xa5\xbd", 6, "\xe4\xbd\xa0\xe5\xa5\xbd" },
	{ "\xe4\xbd", 2, "\\xe4\\xbd" },
	{ "\xc2\x9b""31m", 5, "\\xc2\\x9b""31m" },
	{ "\xff", 1, "\\xff" },
};

START_TEST(any_bytes_become_a_line_of_text)
{
	clear();
	tally_add(&tally, 0, outputs[_i].bytes, outputs[_i].len);
	ck_assert_str_eq(tally.row[0].text, outputs[_i].shown);
}
END_TEST

/* At each place, so that one of them is cut by the end of what is kept.  */
START_TEST(no_character_is_cut_in_two)
{
	char text[80];

	for (size_t before = 0; before < 64; before++) {
		clear();
		memset(text, 'x', before);
		for (size_t i = before; i + 3 <= sizeof(text); i += 3)
			memcpy(text + i, "\xe4\xbd\xa0", 3);
		tally_add(&tally, 0, text,
			  before + (sizeof(text) - before) / 3 * 3);
		ck_assert_ptr_null(strchr(tally.row[0].text, '\\'));
	}
}
END_TEST

START_TEST(text_of_it_says_all)
{
	struct tally other = { .n = 0 };
	struct buf text = BUF_INIT, again = BUF_INIT;
	char name[] = "a";

	clear();
	for (int i = 0; i < TALLY_MAX + 3; i++, name[0]++)
		add(i % 2 ? 9 : 0, name);
	add(9, "an end by a signal, with spaces\n");
	ck_assert_uint_eq(tally.n, TALLY_MAX);
	ck_assert_uint_eq(tally.others, 4);
	tally_write(&text, &tally);
	ck_assert(tally_unite(&other, buf_str(&text)));
	tally_write(&again, &other);
	ck_assert_str_eq(buf_str(&text), buf_str(&again));
	ck_assert(tally_unite(&other, buf_str(&text)));
	ck_assert_uint_eq(other.row[0].runs, 2 * tally.row[0].runs);
	ck_assert_uint_eq(other.others, 2 * tally.others);
	buf_release(&text);
	buf_release(&again);
}
END_TEST

static const char *const wrong[] = {
	"", "x", "0", "-1\n", "0\n1 0 5", "0\n1 0 5 no end", "0\n1 70000 5 x\n",
	"0\n1 0\n", "99999999999999999999\n", "0\n1  0 5 x\n", "0\n\n",
};

START_TEST(other_text_is_refused)
{
	clear();
	ck_assert(!tally_unite(&tally, wrong[_i]));
}
END_TEST

START_TEST(so_is_a_line_that_is_too_long)
{
	struct buf text = BUF_INIT;

	clear();
	buf_adds(&text, "0\n1 0 5 ");
	for (int i = 0; i < TALLY_TEXT; i++)
		buf_addc(&text, 'x');
	buf_addc(&text, '\n');
	ck_assert(!tally_unite(&tally, buf_str(&text)));
	buf_release(&text);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("tally");
	TCase *c = tcase_create("any");

	unit_add(s, runs_are_told_apart_by_status_and_output);
	unit_add(s, what_is_too_long_to_be_shown_is_told_apart_all_the_same);
	unit_add(s, no_character_is_cut_in_two);
	unit_add(s, text_of_it_says_all);
	unit_add(s, so_is_a_line_that_is_too_long);
	tcase_set_timeout(c, 0);
	tcase_add_loop_test(c, any_bytes_become_a_line_of_text, 0,
			    ARRAY_SIZE(outputs));
	tcase_add_loop_test(c, other_text_is_refused, 0, ARRAY_SIZE(wrong));
	suite_add_tcase(s, c);
	return unit_run(s);
}
