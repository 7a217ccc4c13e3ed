/* Markdown as lines of a width.  */
#include "unit.h"

#include "base/cells.h"
#include "lesson/markdown.h"

static struct styled out;
static struct buf text;

static const char *
lines(const char *markdown, int width, bool unicode, bool plain)
{
	const struct look look = { width, unicode, plain };

	styled_release(&out);
	buf_clear(&text);
	markdown_lines(&out, markdown, strlen(markdown), &look);
	styled_text(&out, &text);
	return buf_str(&text);
}

START_TEST(paragraphs_are_wrapped_and_stand_apart)
{
	ck_assert_str_eq(lines("one two three\nfour\n\nfive", 9, false, false),
			 "one two\nthree\nfour\n\nfive\n");
}
END_TEST

START_TEST(chinese_lines_are_joined_without_a_blank)
{
	ck_assert_str_eq(lines("管道\n写满\nfull 了", 20, true, false),
			 "管道写满 full 了\n");
	ck_assert_str_eq(lines("管道写满了，写者等。", 10, true, false),
			 "管道写满\n了，写者\n等。\n");
}
END_TEST

START_TEST(chinese_punctuation_has_its_room_within)
{
	ck_assert_str_eq(lines("两端：\n`a`、\n`b` 和\n`c`", 40, false, false),
			 "两端：a、b 和 c\n");
	ck_assert_str_eq(lines("**为什么？** 因为。 a", 40, false, false),
			 "为什么？因为。 a\n");
}
END_TEST

START_TEST(lists_hang_and_nest)
{
	ck_assert_str_eq(lines("Do:\n\n1. one two three\n   - in\n   - deep\n"
			       "2. four\n\nEnd", 12, false, false),
			 "Do:\n\n1. one two\n   three\n   - in\n   - deep\n"
			 "2. four\n\nEnd\n");
	ck_assert_str_eq(lines("- a\n\n- b", 12, true, false), "• a\n\n• b\n");
}
END_TEST

START_TEST(code_keeps_its_lines)
{
	ck_assert_str_eq(lines("x\n```c\nint a;\n\n\tb;\n```\ny", 40, false,
			       false),
			 "x\n\n    int a;\n\n        b;\n\ny\n");
	ck_assert_str_eq(lines("```\n0123456789abcdef\n```", 14, false, false),
			 "    0123456789\n    abcdef\n");
	ck_assert_str_eq(lines("```\n0123456789abcdef\n```", 14, false, true),
			 "    0123456789abcdef\n");
}
END_TEST

START_TEST(a_table_stands_straight_with_chinese_in_it)
{
	ck_assert_str_eq(lines("| 机制 | n |\n|---|--:|\n| pipe | 10 |\n"
			       "| 消息队列 | 5 |", 40, true, false),
			 "机制     │  n\n"
			 "─────────┼───\n"
			 "pipe     │ 10\n"
			 "消息队列 │  5\n");
}
END_TEST

START_TEST(a_bar_in_a_cell_does_not_end_it)
{
	ck_assert_str_eq(lines("|a|b|\n|---|---|\n|`x \\| y \\| z`|c \\| d|", 40,
			       false, false),
			 "a         | b\n"
			 "=========-+-=====\n"
			 "x | y | z | c | d\n");
	ck_assert_str_eq(lines("not a cell: `x \\| y`", 40, false, false),
			 "not a cell: x \\| y\n");
}
END_TEST

START_TEST(a_table_that_is_too_wide_is_wrapped)
{
	ck_assert_str_eq(lines("|a|b|\n|---|---|\n|x|one two three|\n|y|z|", 11,
			       false, false),
			 "a | b\n"
			 "=-+-=======\n"
			 "x | one two\n"
			 "  | three\n"
			 "--+--------\n"
			 "y | z\n");
}
END_TEST

START_TEST(plain_text_shows_headings_and_code_without_styles)
{
	ck_assert_str_eq(lines("### Two ends\nUse `write` **now**.", 40, false,
			       true),
			 "Two ends\n--------\n\nUse `write` now.\n");
}
END_TEST

START_TEST(styles_follow_the_text_through_wrapping)
{
	lines("### T\na *b* **c d** `e`", 4, false, false);
	ck_assert_int_eq(out.line[0].style[0], STYLE_TITLE);
	ck_assert_str_eq(out.line[2].text, "a b");
	ck_assert_int_eq(out.line[2].style[0], STYLE_TEXT);
	ck_assert_int_eq(out.line[2].style[2], STYLE_EMPHASIS);
	ck_assert_str_eq(out.line[3].text, "c d");
	ck_assert_int_eq(out.line[3].style[2], STYLE_STRONG);
	ck_assert_str_eq(out.line[4].text, "e");
	ck_assert_int_eq(out.line[4].style[0], STYLE_CODE);
}
END_TEST

START_TEST(entities_links_and_html_become_text)
{
	ck_assert_str_eq(lines("a &lt;b&gt; &#233; &amp;c [pipe](man:7) <b>x</b>",
			       60, true, false),
			 "a <b> é &c pipe (man:7) x\n");
	ck_assert_str_eq(lines("https://a.b", 60, true, false),
			 "https://a.b\n");
}
END_TEST

START_TEST(quotes_and_rules_are_marked)
{
	ck_assert_str_eq(lines("> one two\n> three\n\n---\nx", 9, false, false),
			 "| one two\n| three\n\n---------\n\nx\n");
}
END_TEST

START_TEST(an_item_hangs_behind_its_mark)
{
	const struct look look = { 14, false, false };

	styled_release(&out);
	buf_clear(&text);
	markdown_item(&out, STYLE_GOOD, "[x] ", "A pipe holds\n16 pages.",
		      &look);
	styled_text(&out, &text);
	ck_assert_str_eq(buf_str(&text),
			 "[x] A pipe\n    holds 16\n    pages.\n");
	ck_assert_int_eq(out.line[0].style[1], STYLE_GOOD);
}
END_TEST

START_TEST(no_line_is_wider_than_asked)
{
	static const char all[] = "# Head 管道\n\ntext `code` 管道写满了 long"
		"wordthatdoesnotfit\n\n- a\n  - b 管道写满了\n\n"
		"| 机制 | 说明 |\n|--|--|\n| 管道管道 | one two three |\n\n"
		"```\nint x = 管道管道管道;\n```\n";

	for (int width = 16; width < 60; width++) {
		lines(all, width, true, false);
		for (size_t i = 0; i < out.n; i++)
			ck_assert_int_le(cells_of(out.line[i].text), width);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("markdown");

	unit_add(s, paragraphs_are_wrapped_and_stand_apart);
	unit_add(s, chinese_lines_are_joined_without_a_blank);
	unit_add(s, chinese_punctuation_has_its_room_within);
	unit_add(s, lists_hang_and_nest);
	unit_add(s, code_keeps_its_lines);
	unit_add(s, a_table_stands_straight_with_chinese_in_it);
	unit_add(s, a_bar_in_a_cell_does_not_end_it);
	unit_add(s, a_table_that_is_too_wide_is_wrapped);
	unit_add(s, plain_text_shows_headings_and_code_without_styles);
	unit_add(s, styles_follow_the_text_through_wrapping);
	unit_add(s, entities_links_and_html_become_text);
	unit_add(s, quotes_and_rules_are_marked);
	unit_add(s, an_item_hangs_behind_its_mark);
	unit_add(s, no_line_is_wider_than_asked);
	return unit_run(s);
}
