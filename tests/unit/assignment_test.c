/* Assignments, rosters, and what being late costs.  */
#include "base/utc.h"
#include "grade/assignment.h"
#include "grade/roster.h"
#include "tests/unit/unit.h"

#define HEAD "format: 1\nname: hw3\ntitle: T\n" \
	     "exercises: [{name: a, points: 10}]\n"
#define DUE HEAD "due: 2026-11-16T23:59:59Z\n"

START_TEST(an_assignment_is_read)
{
	static const char text[] = DUE
		"opens: 2026-11-02T08:00:00Z\n"
		"late: [{until: 24h, lose: 10%}, {until: 3d, lose: 30%}]\n"
		"hints: {cost: 5%}\n";
	struct assignment a;

	ck_assert_int_eq(assignment_read(&a, "f", text, sizeof(text) - 1,
					 NULL), 0);
	ck_assert_int_eq((int)assignment_points(&a), 10);
	ck_assert_int_eq((int)a.attempts.value, 0);
	ck_assert_int_eq(a.hint_cost, 5);
	ck_assert(assignment_named(&a, "a") && !assignment_named(&a, "b"));
	assignment_release(&a);
}
END_TEST

/* Percent that is lost so many seconds after it was due.  */
static int
lost(const struct assignment *a, int64_t after)
{
	return late_loses(&a->policy, a->policy.due + after);
}

START_TEST(what_is_late_loses_by_how_late_it_is)
{
	static const char text[] = DUE
		"late: [{until: 24h, lose: 10%}, {until: 3d, lose: 30%}]\n";
	struct assignment a;

	assignment_read(&a, "f", text, sizeof(text) - 1, NULL);
	ck_assert_int_eq(lost(&a, -86400), 0);
	ck_assert_int_eq(lost(&a, 0), 0);
	ck_assert_int_eq(lost(&a, 1), 10);
	ck_assert_int_eq(lost(&a, 86400), 10);
	ck_assert_int_eq(lost(&a, 86401), 30);
	ck_assert_int_eq(lost(&a, 3 * 86400), 30);
	ck_assert_int_eq(lost(&a, 3 * 86400 + 1), 100);
	ck_assert_int_eq((int)late_by(&a.policy, a.policy.due + 5), 5);
	assignment_release(&a);
}
END_TEST

START_TEST(without_a_policy_late_is_too_late_and_without_a_date_never)
{
	struct assignment a;

	assignment_read(&a, "f", DUE, sizeof(DUE) - 1, NULL);
	ck_assert_int_eq(lost(&a, 0), 0);
	ck_assert_int_eq(lost(&a, 1), 100);
	assignment_release(&a);
	assignment_read(&a, "f", HEAD, sizeof(HEAD) - 1, NULL);
	ck_assert_int_eq(late_loses(&a.policy, INT64_MAX / 2), 0);
	assignment_release(&a);
}
END_TEST

START_TEST(marks_are_scaled_and_rounded_half_up)
{
	static const char text[] = DUE "hints: {cost: 10%}\n";
	const struct assignment_exercise *e;
	struct assignment a;

	assignment_read(&a, "f", text, sizeof(text) - 1, NULL);
	e = assignment_exercise(&a, 0);
	ck_assert_int_eq((int)assignment_mark(&a, e, 6, 6, 0, 0), 1000);
	ck_assert_int_eq((int)assignment_mark(&a, e, 1, 6, 0, 0), 167);
	ck_assert_int_eq((int)assignment_mark(&a, e, 1, 8, 0, 0), 125);
	ck_assert_int_eq((int)assignment_mark(&a, e, 6, 6, 2, 0), 800);
	ck_assert_int_eq((int)assignment_mark(&a, e, 6, 6, 2, 50), 400);
	ck_assert_int_eq((int)assignment_mark(&a, e, 1, 6, 2, 0), 0);
	ck_assert_int_eq((int)assignment_mark(&a, e, 6, 6, 0, 100), 0);
	ck_assert_int_eq((int)assignment_mark(&a, e, 0, 0, 0, 0), 0);
	assignment_release(&a);
}
END_TEST

static const struct { const char *text, *says; } bad[] = {
	{ "format: 1\nname: a\ntitle: t\n", "f:1: the key 'exercises' is "
	  "missing" },
	{ "format: 1\nname: a\ntitle: t\nexercises: []\n",
	  "f:4: exercises: nothing stands there" },
	{ "format: 2\nname: a\ntitle: t\nexercises: [{name: a, points: 1}]\n",
	  "f:1: format: '2' is no whole number from 1 to 1" },
	{ HEAD "name: b\n", "f:5: name: it stands here twice" },
	{ "format: 1\nname: HW 3\ntitle: t\nexercises: [{name: a, points: 1}]"
	  "\n", "f:2: 'HW 3' is no name: small letters, digits and '-', 32 at "
	  "most" },
	{ HEAD "rooster: x\n", "f:5: there is no key 'rooster' here; did you "
	  "mean 'roster'?" },
	{ "format: 1\nname: a\ntitle: t\nexercises:\n- {name: a, points: 1}\n"
	  "- {name: a, points: 2}\n", "f:6: 'a' stands here twice" },
	{ "format: 1\nname: a\ntitle: t\nexercises:\n- {name: A/b, points: 1}"
	  "\n", "f:5: 'A/b' is no name: small letters, digits and '-', 32 at "
	  "most" },
	{ "format: 1\nname: a\ntitle: t\nexercises:\n- {name: a, points: 1.5}"
	  "\n", "f:5: points: '1.5' is no whole number from 0 to 10000" },
	{ "format: 1\nname: a\ntitle: t\nexercises:\n- {name: a}\n",
	  "f:5: the key 'points' is missing" },
	{ HEAD "opens: tomorrow\n", "f:5: opens: 'tomorrow' is no time such "
	  "as 2026-11-16T23:59:59Z" },
	{ HEAD "due: 2026-02-29T00:00:00Z\n", "f:5: due: '2026-02-29T00:00:00Z'"
	  " is no time such as 2026-11-16T23:59:59Z" },
	{ HEAD "due: 2026-11-16T23:59:59+01:00\n", "f:5: due: "
	  "'2026-11-16T23:59:59+01:00' is no time such as "
	  "2026-11-16T23:59:59Z" },
	{ DUE "opens: 2026-11-17T00:00:00Z\n", "f:5: due: that is before it "
	  "opens" },
	{ DUE "published: 2026-11-16T00:00:00Z\n", "f:6: published: that is "
	  "before it is due" },
	{ HEAD "late: [{until: 1d, lose: 1%}]\n", "f:5: late: without 'due' "
	  "nothing is ever late" },
	{ DUE "late: [{until: soon, lose: 1%}]\n", "f:6: until: 'soon' is no "
	  "span such as 90m, 24h or 3d" },
	{ DUE "late: [{until: 1d, lose: 101%}]\n", "f:6: lose: '101%' is "
	  "nothing from 0% to 100%" },
	{ DUE "late:\n- {until: 3d, lose: 1%}\n- {until: 72h, lose: 2%}\n",
	  "f:8: until: not later than the one before" },
	{ DUE "late:\n- {until: 1d, lose: 9%}\n- {until: 2d, lose: 8%}\n",
	  "f:8: lose: less than what is lost earlier" },
	{ DUE "late: [{until: 1d}]\n", "f:6: the key 'lose' is missing" },
	{ HEAD "attempts: 0\n", "f:5: attempts: '0' is no whole number from 1 "
	  "to 1000" },
	{ HEAD "hints: {cost: 5}\n", "f:5: cost: '5' is nothing from 0% to "
	  "100%" },
	{ HEAD "pack: [a, b]\n", "f:5: pack: one value is wanted here" },
};

START_TEST(each_wrong_field_is_one_sentence_with_its_line)
{
	struct problems p = PROBLEMS_INIT;
	struct buf said = BUF_INIT;
	struct assignment a;
	char *wanted = xasprintf("%s\n", bad[_i].says);

	ck_assert_int_lt(assignment_read(&a, "f", bad[_i].text,
					 strlen(bad[_i].text), &p), 0);
	problems_write(&p, &said);
	ck_assert_str_eq(buf_str(&said), wanted);
	free(wanted);
	buf_release(&said);
	problems_release(&p);
	assignment_release(&a);
}
END_TEST

/* ---- rosters ---- */
START_TEST(a_roster_is_read_as_course_systems_write_it)
{
	static const char text[] = "\xef\xbb\xbf" "Email,ID,Name\r\n"
		"a@x,alice,\"Al, \"\"the\"\" ice\"\r\n\r\nb@x,bob,=cmd()\r\n";
	struct roster r;

	ck_assert_int_eq(roster_read(&r, "f", text, sizeof(text) - 1, NULL),
			 0);
	ck_assert_uint_eq(r.n, 2);
	ck_assert_str_eq(roster_find(&r, "alice")->name, "Al, \"the\" ice");
	ck_assert_str_eq(roster_find(&r, "bob")->name, "=cmd()");
	ck_assert_int_eq(roster_find(&r, "bob")->line, 4);
	ck_assert_ptr_null(roster_find(&r, "carol"));
	roster_release(&r);
}
END_TEST

static const struct { const char *text, *says; } bad_rosters[] = {
	{ "", "f:1: nothing stands in it" },
	{ "name,email\nx,y\n", "f:1: the first line names the columns, and "
	  "'id' is not among them" },
	{ "id,name\na\n", "f:2: cells: 1, and the first line has 2" },
	{ "id,name\na,b,c\n", "f:2: cells: 3, and the first line has 2" },
	{ "id,name\n\"a\nb\",c\nd,e\nd,f\n",
	  "f:2: id: 'a\\nb' cannot be one: 1 to 100 bytes without '/' and no "
	  "blank at the ends\nf:5: 'd' stands in line 4 already" },
	{ "id,name\n,b\n", "f:2: id: '' cannot be one: 1 to 100 bytes without "
	  "'/' and no blank at the ends" },
	{ "id\n../x\n", "f:2: id: '../x' cannot be one: 1 to 100 bytes "
	  "without '/' and no blank at the ends" },
	{ "id\n..\n", "f:2: id: '..' cannot be one: 1 to 100 bytes without "
	  "'/' and no blank at the ends" },
	{ "id,name\na,\"b\n", "f:2: a quote that does not end, or that stands "
	  "within a cell" },
	{ "id,name\na,b\"c\n", "f:2: a quote that does not end, or that "
	  "stands within a cell" },
	{ "id,name\na,\xff\n", "f:2: a cell with bytes that are no text" },
	{ "id,name\na,\x1b[2J\n", "f:2: a cell with bytes that are no text" },
};

START_TEST(each_wrong_line_of_a_roster_is_told)
{
	struct problems p = PROBLEMS_INIT;
	struct buf said = BUF_INIT;
	struct roster r;
	char *wanted = xasprintf("%s\n", bad_rosters[_i].says);

	ck_assert_int_lt(roster_read(&r, "f", bad_rosters[_i].text,
				     strlen(bad_rosters[_i].text), &p), 0);
	problems_write(&p, &said);
	ck_assert_str_eq(buf_str(&said), wanted);
	free(wanted);
	buf_release(&said);
	problems_release(&p);
	roster_release(&r);
}
END_TEST

START_TEST(a_roster_with_a_nul_in_it_is_no_text)
{
	struct problems p = PROBLEMS_INIT;
	struct roster r;

	ck_assert_int_lt(roster_read(&r, "f", "id\na\0b\n", 7, &p), 0);
	ck_assert_str_eq(p.list[0].text, "it is no text");
	problems_release(&p);
	roster_release(&r);
}
END_TEST

/* ---- moments ---- */
static const struct { const char *text; int64_t seconds; } moments[] = {
	{ "1970-01-01T00:00:00Z", 0 },
	{ "2026-11-16T23:59:59Z", 1794873599 },
	{ "2024-02-29T12:00:00Z", 1709208000 },
	{ "2026-11-16T23:59:59.123456-05:00", 1794891599 },
	{ "2026-11-17T05:29:59+05:30", 1794873599 },
	{ "9999-12-31T23:59:59Z", 253402300799 },
	{ "2026-11-16 23:59:59Z", -1 }, { "2026-11-16T23:59:59", -1 },
	{ "2026-11-31T00:00:00Z", -1 }, { "2026-11-16T24:00:00Z", -1 },
	{ "2026-11-16T23:59:60Z", -1 }, { "1969-12-31T23:59:59Z", -1 },
	{ "1970-01-01T00:00:00+01:00", -1 }, { "", -1 },
	{ "2026-11-16T23:59:59.Z", -1 }, { "2026-11-16T23:59:59Zx", -1 },
};

START_TEST(a_moment_is_read_whatever_the_time_zone)
{
	int64_t seconds = -1;
	bool is = utc_parse(moments[_i].text, &seconds);
	char *again;

	ck_assert_int_eq(is, moments[_i].seconds >= 0);
	if (!is)
		return;
	ck_assert_int_eq(seconds, moments[_i].seconds);
	if (strlen(moments[_i].text) == 20) {
		again = utc_text(seconds);
		ck_assert_str_eq(again, moments[_i].text);
		free(again);
	}
}
END_TEST

static void
add_loop(Suite *s, const char *name, const TTest *test, int n)
{
	TCase *c = tcase_create(name);

	tcase_set_timeout(c, 0);
	tcase_add_loop_test(c, test, 0, n);
	suite_add_tcase(s, c);
}
#define ADD_LOOP(s, test, n) add_loop(s, #test, test, (int)(n))

int
main(void)
{
	Suite *s = suite_create("assignment");

	setenv("TZ", "America/New_York", 1);
	unit_add(s, an_assignment_is_read);
	unit_add(s, what_is_late_loses_by_how_late_it_is);
	unit_add(s, without_a_policy_late_is_too_late_and_without_a_date_never);
	unit_add(s, marks_are_scaled_and_rounded_half_up);
	ADD_LOOP(s, each_wrong_field_is_one_sentence_with_its_line,
		 ARRAY_SIZE(bad));
	unit_add(s, a_roster_is_read_as_course_systems_write_it);
	ADD_LOOP(s, each_wrong_line_of_a_roster_is_told,
		 ARRAY_SIZE(bad_rosters));
	unit_add(s, a_roster_with_a_nul_in_it_is_no_text);
	ADD_LOOP(s, a_moment_is_read_whatever_the_time_zone,
		 ARRAY_SIZE(moments));
	return unit_run(s);
}
