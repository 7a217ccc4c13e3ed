/* Failing runs as sentences and pictures: recorded events, golden text.  */
#include "event/event.h"
#include "explore/report_inside.h"
#include "tests/unit/unit.h"

#include <stdio.h>

/* The operation of an access that an event tells.  */
static struct operation
operation_of(const struct event *e)
{
	struct operation o = { .n = 0 };
	struct touch *t;

	if (!event_is_access(e->call))
		return o;
	t = operation_touch(&o, strcmp(e->call, "load") ? ACT_STORE : ACT_LOAD,
			    1);
	t->from = e->offset;
	t->to = e->offset + e->bytes;
	return o;
}

/* A recording, as if it were a run that is made; each step is told when it is
 * over.  */
static struct report *
read_run(const char *name)
{
	char path[512], *line = NULL, *why = NULL;
	struct alternative one = { .actor = 0 };
	struct position p = { .last = -1, .n_alternatives = 1,
			      .alternative = &one };
	struct done d = { .n_woken = 0 };
	struct report *r = NULL;
	bool stepping = false;
	struct header h;
	struct event e;
	size_t room = 0;
	ssize_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/tests/unit/report/%s.events",
		 getenv("SRCDIR"), name);
	f = fopen(path, "r");
	ck_assert_msg(f != NULL, "%s", path);
	while ((n = getline(&line, &room, f)) > 0) {
		if (!r) {
			ck_assert_int_eq(header_parse(line, n, &h, &why), 0);
			r = report_new(&h);
			continue;
		}
		ck_assert_msg(event_parse(line, n, &e, &why) == 0, "%s", why);
		report_event(r, &e);
		if (e.what == WHAT_CHOICE) {
			stepping = true;
			memset(&d, 0, sizeof(d));
		}
		if (e.what == WHAT_CALL && stepping)
			d.op = operation_of(&e);
		if (e.what == WHAT_HELD && stepping) {
			report_step(r, &p, 0, &d);
			stepping = false;
		}
	}
	free(line);
	fclose(f);
	return r;
}

START_TEST(a_lost_update_is_told)
{
	struct report *r = read_run("lost");
	struct report_facts f = { .verdict = VERDICT_CRASH, .turning = 5,
				  .what = "A was killed by SIGABRT" };
	struct buf out = BUF_INIT;

	report_sentence(r, &f, &out);
	ck_assert_str_eq(buf_str(&out),
			 "A was killed by SIGABRT at counter.c:14; A.2 read *c "
			 "at counter.c:10 before A.1 wrote *c at "
			 "counter.c:10");
	buf_clear(&out);
	report_picture(r, &f, 80, &out);
	ck_assert_str_eq(buf_str(&out),
		"step    A                      A.1                    A.2\n"
		"     1  mmap memory 1  counter.c:7\n"
		"     2  fork = 3  counter.c:9\n"
		"     3  fork = 4  counter.c:9\n"
		"     4                         load *c = 0  counter.c:10\n"
		"*    5                                                "
		"load *c = 0  counter.c:10\n"
		"     6                         store *c = 1  counter.c:10\n"
		"     7                                                "
		"store *c = 1  counter.c:10\n"
		"     8                         exit = 0  counter.c:11\n"
		"     9                                                "
		"exit = 0  counter.c:11\n"
		"    10  wait = 3  counter.c:13\n"
		"        SIGCHLD\n"
		"    11  wait = 4  counter.c:13\n"
		"    12  load *c = 1  counter.c:14\n"
		"    13  SIGABRT  counter.c:14\n");
	buf_release(&out);
	report_free(r);
}
END_TEST

START_TEST(a_race_names_both_and_their_places)
{
	struct report *r = read_run("lost");
	struct race race = { .first = { .step = 3 }, .second = { .step = 5 } };
	struct report_facts f = { .verdict = VERDICT_RACE, .race = &race,
				  .what = "" };
	struct buf out = BUF_INIT;

	report_sentence(r, &f, &out);
	ck_assert_str_eq(buf_str(&out),
			 "A.1 read *c at counter.c:10, A.1 "
			 "wrote *c at counter.c:10, and nothing orders the "
			 "two");
	buf_release(&out);
	report_free(r);
}
END_TEST

START_TEST(a_forgotten_close_is_named)
{
	struct report *r = read_run("close");
	struct report_facts f = { .verdict = VERDICT_DEADLOCK, .what = "" };
	struct buf out = BUF_INIT;

	report_sentence(r, &f, &out);
	ck_assert_str_eq(buf_str(&out),
			 "a forgotten close: A.1 waits for itself; "
			 "A waits for A.1 (A in wait at fc.c:16, A.1 in read "
			 "at fc.c:10)");
	buf_clear(&out);
	report_picture(r, &f, 80, &out);
	ck_assert_str_eq(buf_str(&out),
		"step    A                       A.1\n"
		"     1  pipe pipe 1  fc.c:8\n"
		"     2  fork = 3  fc.c:9\n"
		"     3  write pipe 1 = 1  fc.c:14\n"
		"     4  close pipe 1  fc.c:15\n"
		"     5  wait ...  fc.c:16\n"
		"     6                          read pipe 1 = 1  fc.c:10\n"
		"     7                          read pipe 1 ...  fc.c:10\n"
		" waits  wait  fc.c:16\n"
		" waits                          read pipe 1  fc.c:10\n"
		"  A waits: it sleeps until A.1 ends.\n"
		"  A.1 waits: pipe 1 is empty, and the only write end is its "
		"own (descriptor 4), which it did not close: nobody will "
		"write, and the end of file cannot come.\n");
	buf_release(&out);
	report_free(r);
}
END_TEST

/* Two with file operations whose first objects are of each alone: what they
 * share stands second.  */
START_TEST(what_is_shared_may_stand_anywhere)
{
	struct step_made step[2] = { { .actor = 0 }, { .actor = 1 } };
	struct row row[2] = {
		{ .step = 1, .actor = 0, .chosen = true, .what = WHAT_CALL,
		  .call = "lseek", .on = "a.txt" },
		{ .step = 2, .actor = 1, .chosen = true, .what = WHAT_CALL,
		  .call = "read", .on = "a.txt" },
	};
	struct actor actor[2] = { { .role = "A" }, { .role = "B" } };
	struct world w = { .n_actors = 2, .actor = actor };
	struct report r = { .world = &w, .row = row, .n_rows = 2,
			    .step = step, .n_steps = 2, .crash.actor = -1 };
	struct buf out = BUF_INIT;

	operation_touch(&step[0].op, ACT_FD_USE, 1);
	operation_touch(&step[0].op, ACT_OFFSET_USE, 7);
	operation_touch(&step[1].op, ACT_FD_USE, 2);
	operation_touch(&step[1].op, ACT_FILE_READ, 3);
	operation_touch(&step[1].op, ACT_OFFSET_USE, 7);
	ck_assert(report_order(&r, 1, NULL, &out));
	ck_assert_str_eq(buf_str(&out),
			 "A did lseek on a.txt before B read from a.txt");
	buf_release(&out);
}
END_TEST

enum { ROWS = 120 };

/* Rows that all differ; the caller's to free.  */
static struct row *
some_rows(void)
{
	struct row *row = xcalloc(ROWS, sizeof(*row));

	for (int i = 0; i < ROWS; i++) {
		row[i] = (struct row){ .step = (uint64_t)i + 1, .chosen = true };
		snprintf(row[i].source, sizeof(row[i].source), "a.c:%d", i);
	}
	return row;
}

START_TEST(what_is_far_from_all_that_matters_is_left_out)
{
	struct report r = { .row = some_rows(), .n_rows = ROWS };
	struct report_facts f = { .turning = 60 };
	struct shown *shown = report_shown(&r, &f);

	for (int i = 0; i < ROWS; i++)
		ck_assert_msg(shown[i].hidden == !(i < 20 || i >= 100 ||
						   (i >= 56 && i <= 62)),
			      "row %d", i);
	ck_assert_uint_eq(shown[55].left_out, 36);
	ck_assert_uint_eq(shown[99].left_out, 37);
	free(shown);
	r.n_rows = 60;
	shown = report_shown(&r, &f);
	for (int i = 0; i < 60; i++)
		ck_assert_msg(!shown[i].hidden, "row %d", i);
	free(shown);
	free(r.row);
}
END_TEST

START_TEST(what_comes_again_stands_once)
{
	struct report r = { .row = some_rows(), .n_rows = 20 };
	struct report_facts f = { .turning = 17 };
	struct shown *shown;

	/* 4 to 13: twice five times; 15 to 18: the same, but one matters. */
	for (int i = 4; i < 14; i++)
		snprintf(r.row[i].source, sizeof(r.row[i].source), "b.c:%d",
			 i % 2);
	for (int i = 15; i < 19; i++)
		COPY_STR(r.row[i].source, "c.c:1");
	COPY_STR(r.row[13].result, "= 9");
	shown = report_shown(&r, &f);
	for (int i = 0; i < 20; i++)
		ck_assert_msg(shown[i].hidden == ((i >= 6 && i <= 13) ||
						  i == 17 || i == 18),
			      "row %d", i);
	ck_assert_uint_eq(shown[5].repeats, 4);
	ck_assert_int_eq(shown[5].period, 2);
	ck_assert_str_eq(shown[5].result, "= 9");
	ck_assert_uint_eq(shown[16].repeats, 2);
	ck_assert_ptr_null(shown[16].result);
	free(shown);
	free(r.row);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("report");

	unit_add(s, a_lost_update_is_told);
	unit_add(s, a_race_names_both_and_their_places);
	unit_add(s, a_forgotten_close_is_named);
	unit_add(s, what_is_shared_may_stand_anywhere);
	unit_add(s, what_is_far_from_all_that_matters_is_left_out);
	unit_add(s, what_comes_again_stands_once);
	return unit_run(s);
}
