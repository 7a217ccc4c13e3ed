/* Failing runs as sentences and pictures: recorded events, golden text.  */
#include "event/event.h"
#include "explore/report.h"
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
			 "A was killed by SIGABRT; A.2 read *c at counter.c:10 "
			 "before A.1 wrote *c at counter.c:10");
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
		"    13  tgkill  counter.c:14\n"
		"        SIGABRT  counter.c:14\n");
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

int
main(void)
{
	Suite *s = suite_create("report");

	unit_add(s, a_lost_update_is_told);
	unit_add(s, a_race_names_both_and_their_places);
	unit_add(s, a_forgotten_close_is_named);
	return unit_run(s);
}
