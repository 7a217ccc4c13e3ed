/* Exercises are read, translated and checked; values are fresh.  */
#include "exercise/answers.h"
#include "exercise/check.h"
#include "exercise/exercise.h"
#include "exercise/values.h"
#include "tests/unit/unit.h"

#define HEAD "format: 1\nid: E07\ntitle: T\nmode: write\nfiles: [a.c]\n"
#define CHECK "checks:\n  - id: one\n    title: It must\n"

START_TEST(an_exercise_is_read)
{
	static const char text[] = HEAD CHECK
		"    args: [\"${word:a}\", 2]\n"
		"    rules: [\"once pipe 1 contains \\\"${word:a}\\\"\"]\n"
		"    explore: {faults: yes}\n"
		"  - {id: two, title: Two, needs: one, points: 3,\n"
		"     visibility: hidden, status: any, allow: [races, sleep]}\n"
		"hints: [think]\n";
	const struct exercise_check *c;
	struct exercise e;

	ck_assert_int_eq(exercise_read(&e, "f", text, sizeof(text) - 1, NULL),
			 0);
	ck_assert_int_eq((int)exercise_maximum(&e), 4);
	c = exercise_check(&e, 0);
	ck_assert(c->explore.line && c->explore.runs.value == 200);
	ck_assert(c->explore.faults.value && !c->explore.signals.value);
	ck_assert_int_eq(exercise_status(&c->status), 0);
	ck_assert(c->points.value == 1 && e.limits.cpu.value == 5);
	c = exercise_check(&e, 1);
	ck_assert(!c->explore.line && c->visibility.value == VISIBILITY_HIDDEN);
	ck_assert_int_eq(exercise_status(&c->status), -1);
	ck_assert(ALLOWS(c, RACES) && ALLOWS(c, SLEEP) && !ALLOWS(c, LEAKS));
	ck_assert_ptr_null(exercise_check(&e, 2));
	exercise_release(&e);
}
END_TEST

#define ASKS "format: 1\nid: E\ntitle: T\nmode: predict\n" \
	"build: {programs: [{name: p, sources: [p.c]}]}\nquestions:\n"
#define QUESTION "  - {id: one, ask: A, program: p, answers: [{text: x, " \
	"holds: deadlock, why: w}, {text: y, holds: not deadlock, why: w}]"
#define BREAKS "format: 1\nid: E\ntitle: T\nmode: schedule\n" \
	"build: {programs: [{name: p, sources: [p.c]}]}\n"

static const struct { const char *text, *says; } bad[] = {
	{ ASKS QUESTION "}\n" QUESTION "}\n",
	  "f:8: there are two questions 'one'" },
	{ ASKS QUESTION ", schedule: first a; go B}\n", NULL },
	{ ASKS QUESTION ", until: nothing}\n", NULL },
	{ ASKS "  - {id: one, ask: A, program: q, answers: [{text: x, "
	  "holds: deadlock, why: w}, {text: y, holds: deadlock, why: w}]}\n",
	  "f:7: there is no program 'q'" },
	{ BREAKS "goal: {program: q, verdict: wrong}\n",
	  "f:6: there is no program 'q'" },
	{ BREAKS "goal: {program: p, verdict: race}\n", "f:6: a goal's verdict "
	  "is wrong, deadlock, crash or any, not 'race'" },
	{ BREAKS "goal: {program: p, verdict: any, rules: [until deadlock]}\n",
	  "f:6: a rule begins with always, never, finally or once" },
	{ HEAD, "f:4: checks belong to the modes 'fix' and 'write', and they "
	  "need some" },
	{ "format: 1\nid: E\ntitle: T\nmode: predict\n",
	  "f:4: questions belong to the mode 'predict', and it needs them" },
	{ "format: 1\nid: E\ntitle: T\nmode: schedule\n",
	  "f:4: a goal belongs to the mode 'schedule', and it needs one" },
	{ HEAD CHECK "    needs: [two]\n", "f:9: needs: 'two' is no check that "
	  "stands before this one" },
	{ HEAD CHECK "  - {id: one, title: x}\n",
	  "f:9: there are two checks 'one'" },
	{ HEAD "checks: [{id: One, title: x}]\n", "f:6: 'One' is no name: "
	  "small letters, digits and '-', 32 at most" },
	{ HEAD CHECK "    status: -1\n", "f:9: status: '-1' is neither 'any' "
	  "nor a number from 0 to 255" },
	{ HEAD CHECK "    allow: rases\n", "f:9: allow: 'rases' is none of "
	  "races, leaks, busy-wait, sleep" },
	{ HEAD CHECK "    rules: ['until deadlock']\n", "f:9: a rule begins "
	  "with always, never, finally or once" },
	{ HEAD CHECK "    rules: ['never']\n", NULL },
	{ HEAD CHECK "    somewhere: ['a b c']\n", NULL },
	{ HEAD CHECK "    program: b\n", "f:9: there is no program 'b'" },
	{ HEAD CHECK "    args: ['${wrd:a}']\n", "f:9: '${wrd:a}' is none of "
	  "${word:NAME}, ${number:NAME:LOW:HIGH}, ${text:NAME:BYTES}, "
	  "${pick:NAME:a|b}; '$${' is '${'" },
	{ HEAD CHECK "    args: ['${number:a:9:1}']\n", NULL },
	{ HEAD CHECK "    args: ['${word:a']\n", NULL },
	{ HEAD CHECK "    explore: {strategy: luck}\n",
	  "f:9: there is no strategy 'luck'" },
	{ HEAD CHECK "    files: [{name: ../x}]\n", "f:9: '../x' is no name of "
	  "a file that can be here" },
	{ HEAD CHECK "build: {flags: ['-Wl,-rpath=/x']}\n",
	  "f:9: flags: '-Wl,-rpath=/x' is not allowed" },
	{ HEAD CHECK "build: {flags: ['-specs=x']}\n",
	  "f:9: flags: '-specs=x' is not allowed" },
	{ HEAD CHECK "bugs: [{id: b, verdict: ded, says: s, hint: h}]\n",
	  NULL },
	{ HEAD CHECK "bugs: [{id: b, verdict: wrong, check: x, says: s, "
	  "hint: h}]\n", "f:9: there is no check 'x'" },
};

START_TEST(what_makes_no_sense_is_said_with_its_line)
{
	struct problems p = PROBLEMS_INIT;
	struct buf want = BUF_INIT, said = BUF_INIT;
	struct exercise e;

	ck_assert_int_eq(exercise_read(&e, "f", bad[_i].text,
				       strlen(bad[_i].text), &p), -1);
	ck_assert_int_eq((int)p.n, 1);
	problems_write(&p, &said);
	if (bad[_i].says) {
		buf_addf(&want, "%s\n", bad[_i].says);
		ck_assert_str_eq(buf_str(&said), buf_str(&want));
	}
	exercise_release(&e);
	problems_release(&p);
	buf_release(&said);
	buf_release(&want);
}
END_TEST

START_TEST(a_translation_takes_the_place_of_texts)
{
	static const char text[] = HEAD CHECK "hints: [a, b]\n";
	static const char good[] = "title: 题\nchecks: [{id: one, title: 一}]\n"
				   "hints: [甲, 乙]\n";
	static const char bad_id[] = "checks: [{id: eno, title: x}]\n";
	static const char bad_hints[] = "hints: [x]\n";
	struct exercise e;

	ck_assert_int_eq(exercise_read(&e, "f", text, sizeof(text) - 1, NULL),
			 0);
	ck_assert_int_eq(exercise_translate(&e, "g", bad_id,
					    sizeof(bad_id) - 1, NULL), -1);
	ck_assert_int_eq(exercise_translate(&e, "g", bad_hints,
					    sizeof(bad_hints) - 1, NULL), -1);
	ck_assert_int_eq(exercise_translate(&e, "g", good, sizeof(good) - 1,
					    NULL), 0);
	ck_assert_str_eq(e.title.text, "题");
	ck_assert_str_eq(exercise_check(&e, 0)->title.text, "一");
	ck_assert_str_eq(e.hints.text[1].text, "乙");
	exercise_release(&e);
}
END_TEST

static const struct { const char *text; int one, two; const char *says; }
	answers[] = {
	{ "one: 2\ntwo: 1\n", 2, 1, NULL },
	{ "two: 1\n# one\n", 0, 1, NULL },
	{ "one: 0\n", 0, 0, NULL },
	{ "one: 3\n", 0, 0,
	  "answers.yaml:1: one: '3' is no whole number from 0 to 2" },
	{ "one: x\n", 0, 0,
	  "answers.yaml:1: one: 'x' is no whole number from 0 to 2" },
	{ "tow: 1\n", 0, 0, "answers.yaml:1: there is no key 'tow' here; did "
	  "you mean 'two'?" },
	{ "one: 1\none: 2\n", 0, 0, "answers.yaml:2: one: it stands here "
	  "twice" },
	{ "one: [1]\n", 0, 0, "" },
	{ "- one\n", 0, 0, "" },
	{ "", 0, 0, "" },
};

START_TEST(answers_are_numbers_of_questions)
{
	static const char text[] = ASKS QUESTION "}\n" "  - {id: two, ask: B, "
		"program: p, answers: [{text: x, holds: deadlock, why: w}, "
		"{text: y, holds: not deadlock, why: w}]}\n";
	struct exercise e;
	char *why = NULL;
	int64_t *got;

	ck_assert_int_eq(exercise_read(&e, "f", text, sizeof(text) - 1, NULL),
			 0);
	ck_assert_str_eq(e.files.text[0].text, ANSWERS_FILE);
	got = answers_read(&e, answers[_i].text, strlen(answers[_i].text),
			   &why);
	ck_assert_msg(!got == !!answers[_i].says, "%s", why ? why : "taken");
	if (answers[_i].says && *answers[_i].says)
		ck_assert_str_eq(why, answers[_i].says);
	if (got)
		ck_assert(got[0] == answers[_i].one &&
			  got[1] == answers[_i].two);
	free(got);
	free(why);
	exercise_release(&e);
}
END_TEST

START_TEST(what_a_learner_begins_with_is_no_answer)
{
	static const char text[] = ASKS QUESTION "}\n";
	struct buf out = BUF_INIT;
	struct exercise e;
	char *why = NULL;
	int64_t *got;

	ck_assert_int_eq(exercise_read(&e, "f", text, sizeof(text) - 1, NULL),
			 0);
	answers_write(&out, &e, NULL);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "\n# A\n#   1  x\n"
					"#   2  y\none: 0\n"));
	got = answers_read(&e, buf_str(&out), out.len, &why);
	ck_assert_msg(got && got[0] == 0, "%s", why ? why : "an answer");
	free(got);
	buf_release(&out);
	exercise_release(&e);
}
END_TEST

START_TEST(values_are_the_same_where_the_name_is)
{
	uint64_t one = values_of(1, "e", "c", 1), two = values_of(1, "e", "c", 2);
	char *a = values_expand(one, "${word:x} ${word:x} $${y} ${word:z}");
	char *b = values_expand(two, "${word:x} ${word:x} $${y} ${word:z}");
	char *again = values_expand(one, "${word:x}");
	size_t n = strcspn(a, " ");

	ck_assert(n >= 5 && strncmp(a, a + n + 1, n + 1) == 0);
	ck_assert_ptr_nonnull(strstr(a, " ${y} "));
	ck_assert_int_ne(strcmp(a, b), 0);
	ck_assert_msg(strncmp(a, again, n) == 0 && strlen(again) == n,
		      "%s in place of %s", again, a);
	free(a);
	free(b);
	free(again);
}
END_TEST

START_TEST(values_keep_their_bounds)
{
	bool seen[4] = { false };

	for (uint64_t i = 0; i < 200; i++) {
		char *s = values_expand(values_of(i, "e", "c", 1),
					"${number:n:2:5}${pick:p:x|yy|z} "
					"${text:t:7}");

		ck_assert(*s >= '2' && *s <= '5');
		seen[*s - '2'] = true;
		ck_assert(s[1] == 'x' || s[1] == 'y' || s[1] == 'z');
		ck_assert_int_eq((int)strlen(strchr(s, ' ') + 1), 7);
		free(s);
	}
	ck_assert(seen[0] && seen[1] && seen[2] && seen[3]);
}
END_TEST

START_TEST(names_are_looked_at)
{
	ck_assert(exercise_file_is_sound("a-b_c.1.c"));
	ck_assert(exercise_file_is_sound("schedule"));
	ck_assert(!exercise_file_is_sound("-o.c"));
	ck_assert(!exercise_file_is_sound(".gdbinit"));
	ck_assert(!exercise_file_is_sound("a;rm.c"));
	ck_assert(!exercise_file_is_sound("../a.c"));
	ck_assert(!exercise_file_is_sound("a.o"));
	ck_assert(!exercise_file_is_sound("a\n.c"));
	ck_assert(!exercise_file_is_sound(""));
	ck_assert(exercise_name_is_sound("ping-pong2"));
	ck_assert(!exercise_name_is_sound("Ping"));
	ck_assert(!exercise_name_is_sound("-x"));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("exercise");
	TCase *c = tcase_create("wrong");

	unit_add(s, an_exercise_is_read);
	tcase_add_loop_test(c, what_makes_no_sense_is_said_with_its_line, 0,
			    ARRAY_SIZE(bad));
	suite_add_tcase(s, c);
	unit_add(s, a_translation_takes_the_place_of_texts);
	c = tcase_create("answers");
	tcase_add_loop_test(c, answers_are_numbers_of_questions, 0,
			    ARRAY_SIZE(answers));
	suite_add_tcase(s, c);
	unit_add(s, what_a_learner_begins_with_is_no_answer);
	unit_add(s, values_are_the_same_where_the_name_is);
	unit_add(s, values_keep_their_bounds);
	unit_add(s, names_are_looked_at);
	return unit_run(s);
}
