/* The lesson file: what is read, and what is said of mistakes.  */
#include "config.h"

#include "base/paths.h"
#include "lesson/lesson.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "---\ntitle: Pipes\ngoal: Know pipes.\n---\n"

static struct problems problems;
static struct lesson *lesson;
static struct buf said;

static void
forget(void)
{
	lesson_free(lesson);
	lesson = NULL;
	problems_release(&problems);
	buf_release(&said);
}

static const struct lesson *
read_text(const char *text)
{
	forget();
	lesson = lesson_parse("/lessons/02-pipes", "l.md", "en", text,
			      strlen(text), &problems);
	problems_write(&problems, &said);
	return lesson;
}

static void
says(const char *text, const char *sentence)
{
	read_text(text);
	ck_assert_msg(strstr(buf_str(&said), sentence), "%s\nis not in\n%s",
		      sentence, buf_str(&said));
}

/* The only step after the introduction has this part first.  */
static const struct part *
read_block(const char *block)
{
	char *text = xasprintf(HEAD "## Title {do #it}\n%s", block);

	read_text(text);
	free(text);
	ck_assert_msg(!said.len, "%s", buf_str(&said));
	ck_assert_uint_eq(lesson->n, 2);
	ck_assert_uint_eq(lesson->step[1].n, 1);
	return &lesson->step[1].part[0];
}

static void
block_says(const char *block, const char *sentence)
{
	char *text = xasprintf(HEAD "## Title {do #it}\n%s", block);

	says(text, sentence);
	free(text);
}

START_TEST(the_head_gives_title_goal_minutes_and_programs)
{
	read_text("---\ntitle: Pipes: two ends\ngoal:  Know pipes. \n"
		  "minutes: 30\nprograms: fill.c end.c\n---\n"
		  "## A {read #a}\n");
	ck_assert_str_eq(buf_str(&said), "");
	ck_assert_str_eq(lesson->title.text, "Pipes: two ends");
	ck_assert_str_eq(lesson->goal.text, "Know pipes.");
	ck_assert_str_eq(lesson->name, "02-pipes");
	ck_assert(lesson_has_program(lesson, "end.c", 5));
	ck_assert(!lesson_has_program(lesson, "end", 3));
}
END_TEST

START_TEST(a_faulty_head_is_named_line_by_line)
{
	says("text\n", "l.md:1: a lesson begins with its head");
	says("---\ntitle: x\n", "l.md:1: the head has no end");
	says("---\ntitle: x\n---\n## A {read #a}\n",
	     "l.md:1: the head lacks goal:");
	says("---\ntitle: x\ntitel: y\n---\n",
	     "l.md:3: unknown key \"titel\" in the head");
	says("---\ntitle: x\nnothing\n---\n",
	     "l.md:3: a line of the head must be KEY: VALUE");
	says("---\ntitle: x\ntitle: y\n---\n",
	     "l.md:3: title stands twice in the head");
	says(HEAD "no steps\n", "l.md: the lesson has no steps");
}
END_TEST

START_TEST(steps_have_title_kind_and_id)
{
	read_text(HEAD "Hello.\n\n## A full pipe {predict #full}\nText.\n"
		  "### Not a step\n## The end {summary #end}\n");
	ck_assert_str_eq(buf_str(&said), "");
	ck_assert_uint_eq(lesson->n, 3);
	ck_assert_int_eq(lesson->step[0].kind, STEP_INTRO);
	ck_assert_str_eq(lesson->step[0].part[0].text, "Hello.\n\n");
	ck_assert_int_eq(lesson->step[0].part[0].line, 5);
	ck_assert_int_eq(lesson->step[1].kind, STEP_PREDICT);
	ck_assert_str_eq(lesson->step[1].title, "A full pipe");
	ck_assert_str_eq(lesson->step[1].id, "full");
	ck_assert_int_eq(lesson->step[1].line, 7);
	ck_assert_str_eq(lesson->step[1].part[0].text,
			 "Text.\n### Not a step\n");
}
END_TEST

START_TEST(a_faulty_heading_is_named)
{
	says(HEAD "## No braces\n", "l.md:5: a step's heading ends in {KIND");
	says(HEAD "## A {red #a}\n", "l.md:5: unknown kind of step \"red\"; "
	     "known are read, predict, do");
	says(HEAD "## A {read}\n", "l.md:5: the step has no id: {read #ID}");
	says(HEAD "## A {read #a b}\n", "l.md:5: \"b\" does not belong");
	says(HEAD "## {read #a}\n", "l.md:5: the step has no title");
}
END_TEST

START_TEST(a_question_has_answers_each_with_its_explanation)
{
	const struct part *part = read_block(
		"```question\nWhat does\n`write` do?\n"
		"- [ ] It throws. :: No byte\n  is lost: wait.\n"
		"- [x] It sleeps. :: Yes.\n```\n");

	ck_assert_int_eq(part->kind, PART_QUESTION);
	ck_assert_int_eq(part->line, 6);
	ck_assert_str_eq(part->question->text, "What does\n`write` do?");
	ck_assert_uint_eq(part->question->n, 2);
	ck_assert_str_eq(part->question->answer[0].text, "It throws.");
	ck_assert_str_eq(part->question->answer[0].explanation,
			 "No byte\n  is lost: wait.");
	ck_assert(!part->question->answer[0].right);
	ck_assert(part->question->answer[1].right);
}
END_TEST

START_TEST(a_faulty_question_is_named)
{
	block_says("```question\nQ?\n- [ ] A :: a\n- [ ] B :: b\n```\n",
		   "l.md:6: the question has no right answer");
	block_says("```question\nQ?\n- [x] A\n- [ ] B :: b\n```\n",
		   "l.md:8: the answer lacks its explanation");
	block_says("```question\nQ?\n- [?] A :: a\n- [x] B :: b\n```\n",
		   "l.md:8: an answer is marked [ ] or");
	block_says("```question\nQ?\n- [x] A :: a\n```\n",
		   "l.md:6: a question has 2 to 9 answers (keys 1 to 9), "
		   "this one has 1");
	block_says("```question\n- [x] A :: a\n- [ ] B :: b\n```\n",
		   "l.md:6: the question has no text");
	block_says("```question\nQ?\n- [x]  :: a\n- [ ] B :: b\n```\n",
		   "l.md:8: the answer has no text");
}
END_TEST

START_TEST(a_claim_has_conditions_one_a_line)
{
	const struct claim *c = read_block(
		"```claim\nsays: A pipe holds\n   16 pages.\n"
		"program: fill.c 3\nuntil:   writer is blocked\n"
		"then:    pipe 1 is full\n"
		"         pipe 1 holds 65536 bytes\n"
		"never: output contains \"a:b\"\nnever: x\n```\n")->claim;

	ck_assert_str_eq(c->says.text, "A pipe holds\n16 pages.");
	ck_assert_str_eq(c->setup.program.text, "fill.c 3");
	ck_assert_str_eq(c->until.text, "writer is blocked");
	ck_assert_int_eq(c->until.line, 10);
	ck_assert_uint_eq(c->then.n, 2);
	ck_assert_str_eq(c->then.item[1].text, "pipe 1 holds 65536 bytes");
	ck_assert_int_eq(c->then.item[1].line, 12);
	ck_assert_uint_eq(c->right.never.n, 2);
	ck_assert_str_eq(c->right.never.item[0].text, "output contains \"a:b\"");
}
END_TEST

START_TEST(a_claim_may_be_a_search)
{
	const struct claim *c = read_block(
		"```claim\nsays: It fails.\nprogram: fill.c\n"
		"explore: finds crash\nruns: 50\nstatus: 0\n"
		"allow: races\nwith: signals\nnever: x\n       y\n```\n")
		->claim;

	ck_assert_str_eq(c->explore.text, "finds crash");
	ck_assert_int_eq(c->explore.line, 9);
	ck_assert_str_eq(c->runs.text, "50");
	ck_assert_str_eq(c->right.status.text, "0");
	ck_assert_str_eq(c->right.allow.text, "races");
	ck_assert_str_eq(c->right.with.text, "signals");
	ck_assert_uint_eq(c->right.never.n, 2);
}
END_TEST

START_TEST(an_experiment_says_what_to_do)
{
	const struct experiment *e = read_block(
		"```experiment\nid: fill\ncommand: ls | wc\n"
		"files: a/b=one\nfiles: c=two\n"
		"say: Press 1\n  until it sleeps.\nsay: Then 2.\n```\n")
		->experiment;

	ck_assert_str_eq(e->id.text, "fill");
	ck_assert_str_eq(e->setup.command.text, "ls | wc");
	ck_assert_uint_eq(e->setup.files.n, 2);
	ck_assert_uint_eq(e->say.n, 2);
	ck_assert_str_eq(e->say.item[0].text, "Press 1\nuntil it sleeps.");
	ck_assert_ptr_eq(lesson_experiment(lesson, "fill"), e);
	ck_assert_ptr_null(lesson_experiment(lesson, "full"));
}
END_TEST

START_TEST(a_faulty_block_is_named)
{
	block_says("```claim\nsays: x\nsay: y\n```\n",
		   "l.md:8: a claim has no key \"say\"; known are says,");
	block_says("```claim\nsays: x\nsays: y\n```\n",
		   "l.md:8: says: stands twice in this claim");
	block_says("```claim\nno colon\n```\n",
		   "l.md:7: a line of a claim must be KEY: VALUE");
	block_says("```claim\nsays: x\n",
		   "l.md:6: the block that begins here has no end");
	block_says("```source fill.c\n```\n",
		   "l.md:6: a source block is source FILE FIRST-LAST");
	block_says("```source fill.c 9-3\n```\n",
		   "l.md:6: a source block is source FILE FIRST-LAST");
	block_says("```source fill.c 1-3\nint x;\n```\n",
		   "l.md:7: a source block has no text of its own");
	block_says("```clam\nsays: x\n```\n",
		   "l.md:6: there is no block \"clam\"; did you mean claim?");
}
END_TEST

START_TEST(other_fences_stay_in_the_text)
{
	const struct part *part = read_block(
		"````text\n```claim\n## No step {read #n}\n````\n"
		"~~~c\nint x;\n~~~\n");

	ck_assert_int_eq(part->kind, PART_TEXT);
	ck_assert_str_eq(part->text, "````text\n```claim\n"
			 "## No step {read #n}\n````\n~~~c\nint x;\n~~~\n");
}
END_TEST

START_TEST(a_file_from_another_system_reads_the_same)
{
	read_text("\xef\xbb\xbf---\r\ntitle: x\r\ngoal: y\r\n---\r\n"
		  "## A {read #a}\r\n```claim\r\nsays: s\r\nthen: t\r\n```\r\n");
	ck_assert_str_eq(buf_str(&said), "");
	ck_assert_str_eq(lesson->step[1].part[0].claim->then.item[0].text,
			 "t");
}
END_TEST

/* A lesson in a folder, as check and merge want it.  */

static char *folder;

static void
write_file(const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", folder, name);
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	ck_assert_int_eq(fclose(f), 0);
	free(path);
}

static void
make_folder(void)
{
	folder = path_temporary(NULL);
	ck_assert_ptr_nonnull(folder);
	write_file("fill.c", "int main(void)\n{\n}\n");
}

static void
remove_folder(void)
{
	forget();
	path_remove_tree(folder, NULL);
	free(folder);
}

static void
load(const char *lang, const char *english, const char *other)
{
	char *name = xasprintf("lesson.%s.md", lang);

	forget();
	write_file("lesson.md", english);
	if (other)
		write_file(name, other);
	lesson = lesson_load(folder, lang, &problems);
	ck_assert_ptr_nonnull(lesson);
	lesson_check(lesson, &problems);
	problems_write(&problems, &said);
	free(name);
}

static void
check_says(const char *body, const char *sentence)
{
	char *text = xasprintf("---\ntitle: x\ngoal: y\nprograms: fill.c\n"
			       "---\n%s", body);

	load("en", text, NULL);
	ck_assert_msg(strstr(buf_str(&said), sentence), "%s\nis not in\n%s",
		      sentence, buf_str(&said));
	free(text);
}

START_TEST(a_step_must_have_what_its_kind_promises)
{
	check_says("## A {predict #a}\ntext\n", "lesson.md:6: a step of kind "
		   "predict must have a question");
	check_says("## A {do #a}\n", "must have an experiment");
	check_says("## A {myth #a}\n", "must have a question, and an");
	check_says("## A {summary #a}\ntext | text\n", "must have a table");
}
END_TEST

START_TEST(ids_and_programs_must_fit)
{
	check_says("## A {read #a}\n## B {read #a}\n",
		   "lesson.md:7: the step's id #a is used twice");
	check_says("## A {read #a}\n```claim\nsays: s\nprogram: full.c\n"
		   "then: t\n```\n",
		   "lesson.md:9: full.c is not among the programs:");
	check_says("## A {read #a}\n```claim\nsays: s\nthen: t\n```\n",
		   "lesson.md:7: the claim says neither program: nor");
	check_says("## A {read #a}\n```claim\nsays: s\nprogram: fill.c\n"
		   "command: ls\nthen: t\n```\n",
		   "lesson.md:10: the claim has both program: and command:");
	check_says("## A {read #a}\n```claim\nsays: s\nexperiment: e\n"
		   "then: t\n```\n",
		   "lesson.md:9: no experiment of this lesson has the id e");
	check_says("## A {do #a}\n```experiment\nid: e\nprogram: fill.c\n"
		   "goal-says: It is full.\n```\n",
		   "lesson.md:10: goal-says: needs a goal:");
	check_says("## A {read #a}\n```claim\nprogram: fill.c\n```\n",
		   "lesson.md:7: the claim lacks says:");
	check_says("## A {read #a}\n```claim\nprogram: fill.c\n```\n",
		   "lesson.md:7: the claim asserts nothing");
	check_says("## A {read #a}\n```claim\nsays: s\nprogram: fill.c\n"
		   "then: t\nfiles: ../x=1\n```\n",
		   "lesson.md:11: files: PATH=CONTENT");
	check_says("## A {read #a}\n```source fill.c 2-4\n```\n",
		   "lesson.md:7: fill.c has 3 lines, not 4");
	check_says("## A {read #a}\n```source none.c 2-4\n```\n",
		   "lesson.md:7: there is no file none.c");
}
END_TEST

static void
search_says(const char *lines, const char *sentence)
{
	char *body = xasprintf("## A {do #a}\n```experiment\nid: e\n"
			       "program: fill.c\nstatus: 0\n```\n"
			       "```claim\nsays: s\n%s\n```\n", lines);

	check_says(body, sentence);
	free(body);
}

START_TEST(a_search_needs_what_it_looks_for)
{
	static const char *const good[] = {
		"explore: finds nothing", "explore: finds  crash",
		"explore: finds wrong\nstatus: 3", "explore: finds leak\nruns: 1",
		"explore: finds wrong\nnever: output contains \"x\"",
		"explore: finds race\nallow: leaks races\nwith: faults signals",
	};

	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		char *lines = xasprintf("program: fill.c\n%s", good[i]);

		search_says(lines, "");
		ck_assert_msg(!said.len, "%s: %s", good[i], buf_str(&said));
		free(lines);
	}
	search_says("program: fill.c\nexplore: finds accept",
		    "lesson.md:15: explore: is \"finds\" and one of nothing, "
		    "wrong, crash, deadlock, ");
	search_says("program: fill.c\nexplore: finds internal",
		    "lesson.md:15: explore: is \"finds\"");
	search_says("program: fill.c\nexplore: crash",
		    "lesson.md:15: explore: is \"finds\"");
	search_says("program: fill.c\nexplore: finds wrong",
		    "lesson.md:15: nothing says what would be wrong");
	/* The experiment says it.  */
	search_says("experiment: e\nexplore: finds wrong", "");
	ck_assert_msg(!said.len, "%s", buf_str(&said));
}
END_TEST

START_TEST(a_search_has_no_schedule_and_a_schedule_no_search)
{
	search_says("program: fill.c\nexplore: finds crash\nschedule: default",
		    "lesson.md:16: explore: searches all schedules: there is "
		    "no place for schedule: beside it");
	search_says("program: fill.c\nexplore: finds crash\nuntil: deadlock",
		    "lesson.md:16: explore: searches all schedules: there is "
		    "no place for until:");
	search_says("program: fill.c\nexplore: finds crash\nthen: deadlock",
		    "lesson.md:16: explore: searches all schedules: there is "
		    "no place for then:");
	search_says("program: fill.c\nuntil: deadlock\nruns: 5",
		    "lesson.md:16: runs: is for a search: it takes explore:");
	search_says("program: fill.c\nuntil: deadlock\nstatus: 5",
		    "lesson.md:16: status: is for a search");
	search_says("program: fill.c\nuntil: deadlock\nallow: races",
		    "lesson.md:16: allow: is for a search");
	search_says("program: fill.c\nuntil: deadlock\nwith: faults",
		    "lesson.md:16: with: is for a search");
}
END_TEST

START_TEST(the_numbers_and_words_of_a_search_are_checked)
{
	search_says("program: fill.c\nexplore: finds leak\nruns: 0",
		    "lesson.md:16: runs: is a number from 1 to 1000000, not "
		    "\"0\"");
	search_says("program: fill.c\nexplore: finds leak\nruns: many",
		    "lesson.md:16: runs: is a number");
	search_says("program: fill.c\nexplore: finds leak\nstatus: 256",
		    "lesson.md:16: status: is a number from 0 to 255");
	search_says("program: fill.c\nexplore: finds leak\nallow: raves",
		    "lesson.md:16: allow: is races, leaks or both, not "
		    "\"raves\"");
	search_says("program: fill.c\nexplore: finds leak\nwith: signal",
		    "lesson.md:16: with: is signals, faults or both, not "
		    "\"signal\"");
	search_says("program: fill.c\nexplore: finds leak\nnever: x is",
		    "lesson.md:16: column ");
}
END_TEST

#define TWO "---\ntitle: x\ngoal: y\nprograms: fill.c\n---\n" \
	"## A {predict #a}\n```question\nQ?\n- [x] A :: a\n- [ ] B :: b\n```\n" \
	"```claim\nsays: One.\nprogram: fill.c\nthen: t\n```\n" \
	"## B {read #b}\n"

static void
translation_says(const char *body, const char *sentence)
{
	char *text = xasprintf("---\ntitle: x\ngoal: y\n---\n%s", body);

	load("zh_CN", TWO, text);
	ck_assert_msg(strstr(buf_str(&said), sentence), "%s\nis not in\n%s",
		      sentence, buf_str(&said));
	free(text);
}

#define QUESTION "```question\nQ?\n- [x] A :: a\n- [ ] B :: b\n```\n"

START_TEST(a_translation_takes_what_is_not_text_from_the_english)
{
	const struct claim *c;

	load("zh_CN", TWO, "---\ntitle: 管道\ngoal: 懂\n---\n"
	     "## 一 {predict #a}\n" QUESTION
	     "```claim\nsays: 一。\n```\n## 二 {read #b}\n");
	ck_assert_msg(!strstr(buf_str(&said), "zh_CN"), "%s", buf_str(&said));
	ck_assert_str_eq(lesson->title.text, "管道");
	ck_assert_str_eq(lesson->programs.text, "fill.c");
	c = lesson->step[1].part[1].claim;
	ck_assert_str_eq(c->says.text, "一。");
	ck_assert_str_eq(c->setup.program.text, "fill.c");
	ck_assert_str_eq(c->then.item[0].text, "t");
	ck_assert_int_eq(c->then.item[0].line, 15);
	ck_assert_str_eq(c->then.item[0].file, lesson->original);
}
END_TEST

START_TEST(a_translation_must_have_the_same_steps_and_blocks)
{
	translation_says("## A {predict #a}\n" QUESTION
			 "```claim\nsays: s\n```\n",
			 "zh_CN.md: the translation lacks the step #b");
	translation_says("## A {read #a}\n", "zh_CN.md:5: the step #a is of "
			 "kind read, in the English text predict");
	translation_says("## A {predict #a}\n" QUESTION "## B {read #b}\n",
			 "zh_CN.md:5: the translation lacks the claim of line "
			 "12 of the English text");
	translation_says("## B {read #b}\n" QUESTION,
			 "zh_CN.md:6: this question is not in the English");
	translation_says("## C {read #c}\n", "zh_CN.md:5: the step #c is not "
			 "in the English text");
	translation_says("## B {read #b}\n## A {predict #a}\n",
			 "zh_CN.md:5: the step #b comes later");
	translation_says("## A {predict #a}\n```question\nQ?\n"
			 "- [ ] A :: a\n- [x] B :: b\n```\n",
			 "zh_CN.md:8: answer 1 is marked wrong here");
	translation_says("## A {predict #a}\n" QUESTION
			 "```claim\nthen: t\n```\n",
			 "zh_CN.md:11: the translation lacks says:");
}
END_TEST

START_TEST(the_sentence_for_a_goal_is_translated)
{
	const char *english = "---\ntitle: x\ngoal: y\nprograms: fill.c\n---\n"
		"## A {do #a}\n```experiment\nid: e\nprogram: fill.c\n"
		"goal: deadlock\ngoal-says: Nobody moves.\nsay: Go.\n```\n";
	const struct experiment *e;

	load("zh_CN", english, "---\ntitle: x\ngoal: y\n---\n"
	     "## A {do #a}\n```experiment\nsay: 走。\n```\n");
	ck_assert_msg(strstr(buf_str(&said), "zh_CN.md:6: the translation "
			     "lacks goal-says:"), "%s", buf_str(&said));
	load("zh_CN", english, "---\ntitle: x\ngoal: y\n---\n"
	     "## A {do #a}\n```experiment\ngoal-says: 谁也动不了。\n"
	     "say: 走。\n```\n");
	ck_assert_msg(!strstr(buf_str(&said), "zh_CN"), "%s", buf_str(&said));
	e = lesson->step[1].part[0].experiment;
	ck_assert_str_eq(e->goal.text, "deadlock");
	ck_assert_str_eq(e->goal_says.text, "谁也动不了。");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("lesson");
	TCase *text = tcase_create("text"), *files = tcase_create("files");

	tcase_add_checked_fixture(text, NULL, forget);
	tcase_add_test(text, the_head_gives_title_goal_minutes_and_programs);
	tcase_add_test(text, a_faulty_head_is_named_line_by_line);
	tcase_add_test(text, steps_have_title_kind_and_id);
	tcase_add_test(text, a_faulty_heading_is_named);
	tcase_add_test(text, a_question_has_answers_each_with_its_explanation);
	tcase_add_test(text, a_faulty_question_is_named);
	tcase_add_test(text, a_claim_has_conditions_one_a_line);
	tcase_add_test(text, a_claim_may_be_a_search);
	tcase_add_test(text, an_experiment_says_what_to_do);
	tcase_add_test(text, a_faulty_block_is_named);
	tcase_add_test(text, other_fences_stay_in_the_text);
	tcase_add_test(text, a_file_from_another_system_reads_the_same);
	suite_add_tcase(s, text);
	tcase_add_checked_fixture(files, make_folder, remove_folder);
	tcase_add_test(files, a_step_must_have_what_its_kind_promises);
	tcase_add_test(files, ids_and_programs_must_fit);
	tcase_add_test(files, a_search_needs_what_it_looks_for);
	tcase_add_test(files,
		       a_search_has_no_schedule_and_a_schedule_no_search);
	tcase_add_test(files, the_numbers_and_words_of_a_search_are_checked);
	tcase_add_test(files,
		       a_translation_takes_what_is_not_text_from_the_english);
	tcase_add_test(files,
		       a_translation_must_have_the_same_steps_and_blocks);
	tcase_add_test(files, the_sentence_for_a_goal_is_translated);
	suite_add_tcase(s, files);
	return s;
}

int
main(void)
{
	SRunner *runner = srunner_create(suite());
	int failed;

	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
