/* Results are written, read again, and looked at.  */
#include "report/result.h"
#include "tests/unit/unit.h"

static void
fill(struct result *r)
{
	struct result_check *c;

	result_init(r);
	r->tool = xstrdup("0.1");
	r->exercise = xstrdup("e");
	r->title = xstrdup("T");
	r->id = xstrdup("ann");
	r->tier = xstrdup("full");
	r->seed = UINT64_MAX;
	r->limits = xstrdup("{\"cpu\":5}");
	r->graded_at = xstrdup("2026-11-22T00:00:00Z");
	r->total_ms = 12;
	c = result_add_check(r);
	c->id = xstrdup("one");
	c->title = xstrdup("It must");
	c->visibility = xstrdup("visible");
	c->points = c->maximum = 3;
	c->claim = xstrdup("a\nb\n");
	c = result_add_check(r);
	c->id = xstrdup("two");
	c->title = xstrdup("It must, too");
	c->visibility = xstrdup("hidden");
	c->maximum = 2;
	c->verdict = r->verdict = GRADE_DEADLOCK;
	c->message = xstrdup("A waits for \"B\"");
	result_add_step(c)->actor = xstrdup("A");
	c->step[0].what = xstrdup("read");
	result_add_blocked(c)->actor = xstrdup("A");
	r->score = 3;
	r->maximum = 5;
}

START_TEST(a_result_comes_back)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct result r, again;
	char *why = NULL;

	fill(&r);
	result_write(&once, &r, true);
	ck_assert_msg(result_read(&again, once.data, once.len, "f", &why) == 0,
		      "%s", why);
	result_write(&twice, &again, true);
	ck_assert_str_eq(buf_str(&once), buf_str(&twice));
	ck_assert(again.seed == UINT64_MAX && again.n_checks == 2);
	ck_assert_str_eq(again.check[0].claim, "a\nb\n");
	ck_assert_str_eq(again.check[1].message, "A waits for \"B\"");
	ck_assert_ptr_null(again.check[0].message);
	ck_assert_int_eq((int)again.check[1].n_steps, 1);
	result_release(&r);
	result_release(&again);
	buf_release(&once);
	buf_release(&twice);
}
END_TEST

START_TEST(without_times_nothing_differs)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct result r;

	fill(&r);
	result_write(&once, &r, false);
	r.total_ms = 99;
	*r.graded_at = '3';
	result_write(&twice, &r, false);
	ck_assert_str_eq(buf_str(&once), buf_str(&twice));
	ck_assert_ptr_null(strstr(buf_str(&once), "graded_at"));
	result_release(&r);
	buf_release(&once);
	buf_release(&twice);
}
END_TEST

static void
refused(const struct result *r, const char *says)
{
	struct buf line = BUF_INIT;
	struct result again;
	char *why = NULL;

	result_write(&line, r, true);
	ck_assert_int_eq(result_read(&again, line.data, line.len, "f", &why),
			 -1);
	ck_assert_str_eq(why, says);
	result_release(&again);
	buf_release(&line);
	free(why);
}

START_TEST(what_does_not_add_up_is_refused)
{
	struct result r;

	fill(&r);
	r.score = 5;
	refused(&r, "f: the points of the checks are 3 of 5, and those of the "
		    "whole 5 of 5");
	r.score = 3;
	r.verdict = GRADE_ACCEPT;
	refused(&r, "f: the verdict is 'accept', and that of the first check "
		    "that did not pass is 'deadlock'");
	r.verdict = GRADE_DEADLOCK;
	r.check[1].points = 2;
	refused(&r, "f: two: points without passing");
	r.check[1].points = 3;
	refused(&r, "f: two: 3 points of 2");
	result_release(&r);
}
END_TEST

static const struct { const char *text, *says; } bad[] = {
	{ "", "f:1: '[' or '{' expected near end of file" },
	{ "{}", "f: this is no result of ipclab" },
	{ "{\"ipclab\":\"result\",\"version\":2}", "f: this result is of "
	  "version 2; this ipclab reads version 1" },
	{ "{\"ipclab\":\"result\",\"version\":1}", "f: 'tool' is missing" },
	{ "{\"ipclab\":\"result\",\"version\":1,\"tool\":null}",
	  "f: 'tool' should be a text" },
};

START_TEST(what_is_no_result_is_refused)
{
	struct result r;
	char *why = NULL;

	ck_assert_int_eq(result_read(&r, bad[_i].text, strlen(bad[_i].text),
				     "f", &why), -1);
	ck_assert_str_eq(why, bad[_i].says);
	result_release(&r);
	free(why);
}
END_TEST

static const struct { const char *bytes; size_t n; const char *text; } texts[] = {
	{ "a\tb\n", 4, "a\tb\n" },
	{ "\xc3\xa9\xe6\xad\xa3", 5, "\xc3\xa9\xe6\xad\xa3" },
	{ "a\0b", 3, "a\\x00b" },
	{ "\x1b[2J", 4, "\\x1b[2J" },
	{ "\xc3(", 2, "\\xc3(" },
	{ "\xe0\x80\x80", 3, "\\xe0\\x80\\x80" },
	{ "\xed\xa0\x80", 3, "\\xed\\xa0\\x80" },
	{ "\xf5\x80\x80\x80", 4, "\\xf5\\x80\\x80\\x80" },
	{ "\xc2\x9b", 2, "\\xc2\\x9b" },
	{ "\xe2\x80\xae" "x", 4, "\\xe2\\x80\\xaex" },
	{ "\xd8\x9c", 2, "\\xd8\\x9c" },
	{ "\xef\xbf\xbf", 3, "\\xef\\xbf\\xbf" },
	{ "\xef\xbc\x9d", 3, "\xef\xbc\x9d" },
	{ "\xf0\x9f\x98", 3, "\\xf0\\x9f\\x98" },
};

START_TEST(bytes_become_text)
{
	char *text = result_text(texts[_i].bytes, texts[_i].n, 100);

	ck_assert_str_eq(text, texts[_i].text);
	free(text);
}
END_TEST

START_TEST(long_text_is_cut)
{
	char *text = result_text("aaaaaaaaaaaaaaaaaaaa", 20, 10);

	ck_assert_str_eq(text, "aaaaaaa...");
	free(text);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("result");
	TCase *c = tcase_create("wrong");

	unit_add(s, a_result_comes_back);
	unit_add(s, without_times_nothing_differs);
	unit_add(s, what_does_not_add_up_is_refused);
	tcase_add_loop_test(c, what_is_no_result_is_refused, 0,
			    ARRAY_SIZE(bad));
	tcase_add_loop_test(c, bytes_become_text, 0, ARRAY_SIZE(texts));
	suite_add_tcase(s, c);
	unit_add(s, long_text_is_cut);
	return unit_run(s);
}
