/* The gradebook: what goes in, which attempt counts, and for how much.  */
#include "base/paths.h"
#include "base/sql.h"
#include "grade/book.h"
#include "tests/unit/unit.h"

#define HW "format: 1\nname: hw\ntitle: T\n" \
	   "exercises: [{name: a, points: 20}, {name: b, points: 10}]\n" \
	   "due: 2026-11-16T00:00:00Z\n" \
	   "late: [{until: 24h, lose: 50%}]\n"

static char *folder, *path, *why;
static struct book *book;
static struct book_list list;

static void
setup(void)
{
	folder = path_temporary(&why);
	ck_assert_msg(folder != NULL, "%s", why);
	path = xasprintf("%s/marks.db", folder);
	book = book_open(path, true, &why);
	ck_assert_msg(book != NULL, "%s", why);
	list = (struct book_list){ .n = 0 };
}

static void
teardown(void)
{
	book_list_release(&list);
	book_close(book);
	path_remove_tree(folder, NULL);
	free(folder);
	free(path);
}

/* A grading; of 10 points.  */
struct made {
	const char *exercise, *student, *digest, *submitted, *graded;
	int score, hints;
	bool fault;
};

static struct buf
json_of(const struct made *m)
{
	struct buf json = BUF_INIT;
	struct result_check *c;
	struct result r;

	result_init(&r);
	r.tool = xstrdup("1");
	r.exercise = xstrdup(m->exercise);
	r.title = xstrdup("Title");
	r.assignment = xstrdup("hw");
	r.id = xstrdup(m->student);
	r.digest = xstrdup(m->digest);
	r.tier = xstrdup("full");
	r.submitted_at = m->submitted ? xstrdup(m->submitted) : NULL;
	r.graded_at = xstrdup(m->graded);
	r.hints = m->hints;
	for (int i = 0; i < 10; i++) {
		c = result_add_check(&r);
		c->id = xasprintf("c%d", i);
		c->title = xstrdup("check");
		c->visibility = xstrdup("visible");
		c->maximum = 1;
		c->verdict = i < m->score ? GRADE_ACCEPT : GRADE_WRONG;
		c->points = i < m->score;
		r.score += c->points;
		r.maximum++;
	}
	r.verdict = m->score < 10 ? GRADE_WRONG : GRADE_ACCEPT;
	if (m->score < 10 && m->score > 0)
		r.check[m->score].bug = xstrdup("off-by-one");
	r.gradable = !m->fault;
	result_write(&json, &r, true);
	result_release(&r);
	return json;
}

static enum book_added
add(struct made m)
{
	enum book_added added = BOOK_ADDED_COUNT;
	struct buf json;

	m.exercise = m.exercise ? m.exercise : "a";
	m.student = m.student ? m.student : "ann";
	m.digest = m.digest ? m.digest : "sha256:1";
	m.graded = m.graded ? m.graded : "2026-11-20T00:00:00Z";
	json = json_of(&m);
	ck_assert_msg(book_add(book, buf_str(&json), json.len, "r", &added,
			       &why) == 0, "%s", why);
	buf_release(&json);
	return added;
}

/* All rows, with what counts by an assignment of this text; NULL: none.  */
static void
read_rows(const char *text)
{
	struct assignment a;

	book_list_release(&list);
	ck_assert_msg(book_read(book, &list, &why) == 0, "%s", why);
	if (text)
		ck_assert_int_eq(assignment_read(&a, "f", text, strlen(text),
						 NULL), 0);
	book_mark(&list, text ? &a : NULL);
	if (text)
		assignment_release(&a);
}

START_TEST(what_is_added_twice_is_there_once)
{
	ck_assert_int_eq(add((struct made){ .score = 5 }), BOOK_ATTEMPT);
	ck_assert_int_eq(add((struct made){ .score = 5 }), BOOK_SAME);
	read_rows(NULL);
	ck_assert_uint_eq(list.n, 1);
	ck_assert_str_eq(list.row[0].student, "ann");
	ck_assert_str_eq(list.row[0].bug, "off-by-one");
	ck_assert_int_eq(list.row[0].verdict, GRADE_WRONG);
	ck_assert_int_eq((int)list.row[0].mark, 500);
	ck_assert(!list.row[0].before);
}
END_TEST

START_TEST(of_two_gradings_the_later_counts_whichever_came_first)
{
	static const char early[] = "2026-11-20T00:00:00Z";
	static const char late[] = "2026-11-21T00:00:00Z";

	for (int turn = 0; turn < 2; turn++) {
		const char *student = turn ? "ben" : "ann";
		struct made first = { .student = student, .score = 7,
				      .graded = early };
		struct made second = { .student = student, .score = 3,
				       .graded = late };

		ck_assert_int_eq(add(turn ? second : first), BOOK_ATTEMPT);
		ck_assert_int_eq(add(turn ? first : second), BOOK_REGRADED);
	}
	read_rows(NULL);
	ck_assert_uint_eq(list.n, 2);
	for (size_t i = 0; i < list.n; i++) {
		struct book_row *row = &list.row[i];
		struct result r;
		char *json = book_result(book, row, &why);

		ck_assert_int_eq((int)row->score, 3);
		ck_assert(row->before);
		ck_assert_int_eq((int)row->score_before, 7);
		ck_assert_int_eq(row->number, 1);
		ck_assert_ptr_nonnull(json);
		ck_assert_int_eq(result_read(&r, json, strlen(json), "r",
					     NULL), 0);
		ck_assert_int_eq((int)r.score, 3);
		result_release(&r);
		free(json);
	}
}
END_TEST

START_TEST(graded_again_the_same_it_counts_as_of_then)
{
	add((struct made){ .score = 7, .graded = "2026-11-20T00:00:00Z" });
	add((struct made){ .score = 3, .graded = "2026-11-21T00:00:00Z" });
	ck_assert_int_eq(add((struct made){
		.score = 7, .graded = "2026-11-22T00:00:00Z" }), BOOK_SAME);
	read_rows(NULL);
	ck_assert_int_eq((int)list.row[0].score, 7);
}
END_TEST

START_TEST(the_best_attempt_counts_the_first_of_equals)
{
	static const char *const when[] = {
		"2026-11-10T00:00:00Z", "2026-11-11T00:00:00Z",
		"2026-11-12T00:00:00Z", "2026-11-13T00:00:00Z",
	};
	static const int scores[] = { 2, 8, 8, 4 };

	for (size_t i = 0; i < ARRAY_SIZE(when); i++) {
		char *digest = xasprintf("sha256:%zu", i);

		add((struct made){ .score = scores[i], .digest = digest,
				   .submitted = when[i] });
		free(digest);
	}
	read_rows(HW);
	ck_assert_uint_eq(list.n, 4);
	for (size_t i = 0; i < list.n; i++) {
		ck_assert_int_eq(list.row[i].number, (int)i + 1);
		ck_assert_int_eq(list.row[i].counts, i == 1);
		ck_assert_int_eq((int)list.row[i].mark, 200 * scores[i]);
	}
	/* Beyond those that are allowed, none counts.  */
	read_rows(HW "attempts: 1\n");
	ck_assert(list.row[0].counts && !list.row[1].counts);
	ck_assert_int_eq((int)list.row[1].mark, 0);
}
END_TEST

START_TEST(late_is_what_was_handed_in_late_and_a_better_late_one_counts)
{
	add((struct made){ .score = 4, .submitted = "2026-11-16T00:00:00Z" });
	add((struct made){ .score = 10, .digest = "sha256:2",
			   .submitted = "2026-11-16T00:00:01Z" });
	add((struct made){ .score = 10, .digest = "sha256:3",
			   .submitted = "2026-11-17T00:00:01Z" });
	add((struct made){ .score = 1, .digest = "sha256:4",
			   .student = "ben" });
	read_rows(HW);
	ck_assert_int_eq(list.row[0].lost, 0);
	ck_assert_int_eq(list.row[1].lost, 50);
	ck_assert_int_eq(list.row[2].lost, 100);
	ck_assert_int_eq((int)list.row[0].mark, 800);
	ck_assert_int_eq((int)list.row[1].mark, 1000);
	ck_assert_int_eq((int)list.row[2].mark, 0);
	ck_assert(!list.row[0].counts && list.row[1].counts &&
		  !list.row[2].counts);
	/* Nobody knows when: in time.  */
	ck_assert_int_eq((int)list.row[3].mark, 200);
}
END_TEST

START_TEST(hints_cost_what_the_assignment_says)
{
	static const struct { int score, hints, mark; } cases[] = {
		{ 10, 0, 2000 }, { 10, 1, 1800 }, { 10, 3, 1400 },
		{ 5, 1, 800 }, { 1, 1, 0 }, { 0, 1, 0 }, { 10, 10, 0 },
		{ 10, 100, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *who = xasprintf("s%zu", i);

		add((struct made){ .student = who, .score = cases[i].score,
				   .hints = cases[i].hints });
		free(who);
	}
	read_rows(HW "hints: {cost: 10%}\n");
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		ck_assert_int_eq((int)list.row[i].hints, cases[i].hints);
		ck_assert_int_eq((int)list.row[i].mark, cases[i].mark);
	}
	read_rows(HW);
	ck_assert_int_eq((int)list.row[3].mark, 1000);
}
END_TEST

START_TEST(more_hints_than_there_are_numbers_for_cost_all)
{
	struct assignment a;
	static const char text[] = HW "hints: {cost: 1%}\n";

	assignment_read(&a, "f", text, sizeof(text) - 1, NULL);
	ck_assert_int_eq((int)assignment_mark(&a, assignment_named(&a, "a"),
					      10, 10, INT64_MAX, 0), 0);
	assignment_release(&a);
}
END_TEST

START_TEST(a_fault_of_ours_is_no_attempt)
{
	add((struct made){ .score = 0, .fault = true,
			   .submitted = "2026-11-10T00:00:00Z" });
	add((struct made){ .score = 6, .digest = "sha256:2",
			   .submitted = "2026-11-11T00:00:00Z" });
	read_rows(HW "attempts: 1\n");
	ck_assert_int_eq(list.row[0].number, 0);
	ck_assert(!list.row[0].counts);
	ck_assert_int_eq(list.row[1].number, 1);
	ck_assert(list.row[1].counts);
	ck_assert_int_eq((int)list.row[1].mark, 1200);
}
END_TEST

START_TEST(what_the_assignment_does_not_ask_for_counts_for_nothing)
{
	add((struct made){ .exercise = "other", .score = 10 });
	read_rows(HW);
	ck_assert(!list.row[0].counts);
	ck_assert_int_eq((int)list.row[0].mark, 0);
}
END_TEST

START_TEST(what_was_not_committed_is_not_there)
{
	ck_assert_int_eq(book_begin(book, &why), 0);
	add((struct made){ .score = 5 });
	book_close(book);
	book = book_open(path, false, &why);
	ck_assert_ptr_nonnull(book);
	read_rows(NULL);
	ck_assert_uint_eq(list.n, 0);
	ck_assert_int_eq(book_begin(book, &why), 0);
	add((struct made){ .score = 5 });
	ck_assert_int_eq(book_commit(book, &why), 0);
	book_close(book);
	book = book_open(path, false, &why);
	read_rows(NULL);
	ck_assert_uint_eq(list.n, 1);
}
END_TEST

static void
alter(const char *sql)
{
	sqlite3 *db;

	book_close(book);
	book = NULL;
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

START_TEST(one_of_an_earlier_version_gets_what_it_lacks)
{
	add((struct made){ .score = 5 });
	alter("ALTER TABLE grading DROP COLUMN hints;"
	      "PRAGMA user_version = 1000");
	book = book_open(path, false, &why);
	ck_assert_msg(book != NULL, "%s", why);
	add((struct made){ .student = "ben", .score = 5, .hints = 2 });
	read_rows(NULL);
	ck_assert_int_eq((int)list.row[0].hints, 0);
	ck_assert_int_eq((int)list.row[1].hints, 2);
}
END_TEST

START_TEST(what_is_no_gradebook_is_left_alone)
{
	alter("PRAGMA user_version = 2000");
	ck_assert_ptr_null(book_open(path, false, &why));
	ck_assert_ptr_nonnull(strstr(why, "later version"));
	free(why);
	why = NULL;
	alter("PRAGMA user_version = 1000; PRAGMA application_id = 7");
	ck_assert_ptr_null(book_open(path, false, &why));
	ck_assert_ptr_nonnull(strstr(why, "is no gradebook"));
	free(why);
	why = NULL;
}
END_TEST

START_TEST(what_is_no_result_is_not_added)
{
	static const char *const bad[] = {
		"", "{}", "[1]", "{\"ipclab\": \"result\", \"version\": 9}",
		"\xff",
	};

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		enum book_added added;

		ck_assert_int_lt(book_add(book, bad[i], strlen(bad[i]), "r",
					  &added, &why), 0);
		ck_assert_ptr_nonnull(why);
		free(why);
		why = NULL;
	}
	read_rows(NULL);
	ck_assert_uint_eq(list.n, 0);
}
END_TEST

static void
add_test(Suite *s, const char *name, const TTest *test)
{
	TCase *c = tcase_create(name);

	tcase_set_timeout(c, 0);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, test);
	suite_add_tcase(s, c);
}

int
main(void)
{
	Suite *s = suite_create("book");

#define ADD(test) add_test(s, #test, test)
	ADD(what_is_added_twice_is_there_once);
	ADD(of_two_gradings_the_later_counts_whichever_came_first);
	ADD(graded_again_the_same_it_counts_as_of_then);
	ADD(the_best_attempt_counts_the_first_of_equals);
	ADD(late_is_what_was_handed_in_late_and_a_better_late_one_counts);
	ADD(hints_cost_what_the_assignment_says);
	ADD(more_hints_than_there_are_numbers_for_cost_all);
	ADD(a_fault_of_ours_is_no_attempt);
	ADD(what_the_assignment_does_not_ask_for_counts_for_nothing);
	ADD(what_was_not_committed_is_not_there);
	ADD(one_of_an_earlier_version_gets_what_it_lacks);
	ADD(what_is_no_gradebook_is_left_alone);
	ADD(what_is_no_result_is_not_added);
	return unit_run(s);
}
