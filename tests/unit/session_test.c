/* The session, over a tracer that plays its part without processes.  */
#include "tests/unit/unit.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/paths.h"
#include "fake_tracer.h"
#include "term/keys.h"
#include "view/stage_inside.h"

static char *why;

/* The usual run: a writer that fills its pipe, and a reader.  */
static const struct fake writer = {
	.program = { "PFwwwwWX", "rrrrX" },
	.first_pid = 4000,
};

static struct session *
start(const struct fake *f)
{
	static char *argv[] = { (char *)"fake", NULL };
	struct session_config c = {
		.argv = argv, .pty = true, .rows = 24, .cols = 80,
		.sources = true,
	};
	struct session *s;

	fake = *f;
	s = session_start_with(&c, &fake_ops, NULL, &why);
	ck_assert_msg(s != NULL, "%s", why);
	session_settle(s, -1);
	return s;
}

static void
choose(struct session *s, const char *text)
{
	struct choice c;

	ck_assert_msg(choice_parse(text, &c, &why) == 0, "%s", why);
	ck_assert_msg(session_choose(s, &c, &why) == 0, "%s: %s", text, why);
	session_settle(s, -1);
}

static void
next(struct session *s, int n)
{
	while (n-- > 0) {
		ck_assert_msg(session_next(s, &why) == 0, "step %d: %s",
			      session_step(s), why);
		session_settle(s, -1);
	}
}

static void
at(struct session *s, int step, int steps)
{
	ck_assert_msg(session_trouble(s) == NULL, "%s", session_trouble(s));
	ck_assert_int_eq(session_state(s), SESSION_HELD);
	ck_assert_int_eq(session_step(s), step);
	ck_assert_int_eq(session_steps(s), steps);
	ck_assert_uint_eq(session_event(s), s->step_end[step]);
}

static int64_t
in_pipe(struct session *s)
{
	const struct world *w = session_world(s);
	int pipe = world_object(w, "pipe 1");

	return pipe < 0 ? -1 : w->object[pipe].bytes;
}

/* The lines of the log, to be compared.  */
static char *
all_events(struct session *s)
{
	struct buf out = BUF_INIT;
	struct log *log = session_log(s);

	for (uint64_t i = 1; i <= log_count(log); i++)
		event_write(&out, log_at(log, i, NULL));
	return buf_take(&out);
}

START_TEST(a_run_is_made_step_by_step)
{
	struct session *s = start(&writer);

	at(s, 0, 0);
	ck_assert_int_eq(session_default(s), 0);
	next(s, 2);
	at(s, 2, 2);
	choose(s, "go A");
	choose(s, "go A");
	at(s, 4, 4);
	ck_assert_int_eq(in_pipe(s), 2);
	choose(s, "go A");	/* full: it sleeps */
	ck_assert_int_eq(session_default(s), 1);
	choose(s, "go A.1");
	at(s, 6, 6);
	ck_assert_int_eq(in_pipe(s), 2);
	ck_assert_str_eq(s->schedule.step[0].happened, "pipe2 = 0");
	ck_assert_str_eq(s->schedule.step[1].happened, "fork = A.1");
	ck_assert_str_eq(s->schedule.step[4].happened, "write waits");
	ck_assert_str_eq(s->schedule.step[5].happened, "read = 1");
	session_free(s);
}
END_TEST

START_TEST(who_cannot_go_is_refused_with_the_reason)
{
	struct session *s = start(&writer);
	struct choice c;

	next(s, 5);	/* A sleeps in write */
	choice_parse("go A", &c, NULL);
	ck_assert_int_eq(session_choose(s, &c, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "A"));
	choice_parse("go B", &c, NULL);
	ck_assert_int_eq(session_choose(s, &c, &why), -1);
	ck_assert_str_eq(why, "there is no actor 'B'");
	choice_parse("expire A.1", &c, NULL);
	ck_assert_int_eq(session_choose(s, &c, &why), -1);
	at(s, 5, 5);
	session_free(s);
}
END_TEST

START_TEST(back_shows_the_past_at_once_and_keeps_the_future)
{
	struct session *s = start(&writer);
	char *before, *after;

	next(s, 7);
	before = all_events(s);
	ck_assert_int_eq(session_back(s, 4, &why), 0);
	ck_assert_int_eq(session_step(s), 3);
	ck_assert_int_eq(in_pipe(s), 1);
	ck_assert_int_eq(session_state(s), SESSION_BUSY);
	session_settle(s, -1);
	at(s, 3, 7);
	ck_assert_int_eq(fake.runs, 2);
	choose(s, "go A");
	at(s, 4, 7);
	next(s, 3);
	at(s, 7, 7);
	after = all_events(s);
	ck_assert_str_eq(before, after);
	next(s, 1);
	at(s, 8, 8);
	free(before);
	free(after);
	session_free(s);
}
END_TEST

START_TEST(going_back_while_going_back_works)
{
	struct session *s = start(&writer);

	next(s, 8);
	for (int i = 7; i >= 0; i--) {
		ck_assert_int_eq(session_back(s, 1, &why), 0);
		ck_assert_int_eq(session_step(s), i);
	}
	session_settle(s, -1);
	at(s, 0, 8);
	ck_assert_int_eq(session_back(s, 1, &why), -1);
	ck_assert_str_eq(why, "this is the beginning");
	session_free(s);
}
END_TEST

START_TEST(seek_moves_both_ways_within_what_is_known)
{
	struct session *s = start(&writer);

	next(s, 8);
	ck_assert_int_eq(session_seek(s, 2, &why), 0);
	session_settle(s, -1);
	at(s, 2, 8);
	ck_assert_int_eq(session_seek(s, 6, &why), 0);
	ck_assert_int_eq(session_step(s), 6);
	session_settle(s, -1);
	at(s, 6, 8);
	ck_assert_int_eq(fake.runs, 2);	/* forward needs no new run */
	ck_assert_int_eq(session_seek(s, 9, &why), -1);
	ck_assert_str_eq(why, "there is no step 9; the last is 8");
	session_free(s);
}
END_TEST

START_TEST(another_choice_forgets_the_future)
{
	struct session *s = start(&writer);

	next(s, 6);
	session_back(s, 3, &why);
	session_settle(s, -1);
	at(s, 3, 6);
	choose(s, "go A.1");
	at(s, 4, 4);
	ck_assert_int_eq(in_pipe(s), 0);
	ck_assert_uint_eq(log_count(session_log(s)), s->step_end[4]);
	next(s, 2);
	at(s, 6, 6);
	session_back(s, 1, &why);
	session_settle(s, -1);
	at(s, 5, 6);
	session_free(s);
}
END_TEST

START_TEST(a_run_ends_and_back_works_from_there)
{
	struct session *s = start(&writer);
	int last;

	while (session_state(s) == SESSION_HELD)
		next(s, 1);
	ck_assert_int_eq(session_state(s), SESSION_ENDED);
	ck_assert(session_world(s)->ended);
	last = session_step(s);
	ck_assert_int_eq(session_next(s, &why), -1);
	ck_assert_str_eq(why, "the program has ended; going back is possible");
	ck_assert_int_eq(session_back(s, 1, &why), 0);
	session_settle(s, -1);
	at(s, last - 1, last);
	next(s, 1);
	ck_assert_int_eq(session_state(s), SESSION_ENDED);
	ck_assert_int_eq(session_step(s), last);
	session_free(s);
}
END_TEST

START_TEST(what_goes_another_way_is_named)
{
	struct fake f = writer;
	struct session *s;
	const char *trouble;

	f.differ_at = 4;
	s = start(&f);
	next(s, 7);
	session_back(s, 1, &why);
	session_settle(s, -1);
	trouble = session_trouble(s);
	ck_assert_ptr_nonnull(trouble);
	ck_assert_msg(strstr(trouble, "step 4 went another way this time") &&
		      strstr(trouble, "result: 1 before, 0 now"), "%s",
		      trouble);
	ck_assert_int_eq(session_state(s), SESSION_HELD);
	/* The old future is forgotten: all that is known is the new run. */
	ck_assert_int_eq(session_step(s), session_steps(s));
	ck_assert_uint_eq(log_count(session_log(s)),
			  s->step_end[session_step(s)]);
	/* The points that are told once more, with their sources, after the
	 * choices that were sent ahead, are no events of the new run. */
	for (int i = 0, step = session_step(s); i < 2; i++) {
		next(s, 1);
		ck_assert_ptr_null(session_trouble(s));
		at(s, step + i + 1, step + i + 1);
		ck_assert_uint_eq(session_world(s)->n,
				  log_count(session_log(s)));
	}
	session_free(s);
}
END_TEST

START_TEST(process_ids_are_no_difference)
{
	static const struct fake prints = {
		.program = { "gFgWX", "gX" }, .first_pid = 4000,
	};
	struct session *s = start(&prints);

	next(s, 4);
	session_back(s, 1, &why);
	session_settle(s, -1);
	at(s, 3, 4);
	session_free(s);
}
END_TEST

START_TEST(until_stops_after_the_step_in_which_it_holds)
{
	struct session *s = start(&writer);
	struct condition *full = condition_parse("pipe 1 holds 2 bytes", &why);

	ck_assert_msg(full != NULL, "%s", why);
	ck_assert_int_eq(session_until(s, full, &why), 0);
	condition_free(full);
	session_settle(s, -1);
	at(s, 4, 4);
	ck_assert_int_eq(in_pipe(s), 2);
	session_free(s);
}
END_TEST

START_TEST(until_says_when_it_never_came)
{
	struct session *s = start(&writer);
	struct condition *never = condition_parse("pipe 1 holds 9 bytes", &why);

	ck_assert_msg(never != NULL, "%s", why);
	ck_assert_int_eq(session_until(s, never, &why), 0);
	session_settle(s, -1);
	ck_assert_int_eq(session_state(s), SESSION_ENDED);
	ck_assert_ptr_null(s->until);
	condition_free(never);
	session_free(s);
}
END_TEST

START_TEST(until_stops_where_nobody_can_go)
{
	static const struct fake stuck = {
		.program = { "Pr", "" }, .first_pid = 4000,
	};
	struct session *s = start(&stuck);
	struct condition *never = condition_parse("pipe 1 holds 9 bytes", &why);

	ck_assert_int_eq(session_until(s, never, &why), 0);
	session_settle(s, -1);
	ck_assert_int_eq(session_state(s), SESSION_HELD);
	ck_assert_int_eq(session_step(s), 2);
	ck_assert_msg(strstr(session_trouble(s),
			     "it never came so far that pipe 1 holds 9 bytes"),
		      "%s", session_trouble(s));
	ck_assert_int_eq(session_next(s, &why), -1);
	ck_assert_int_eq(session_default(s), -1);
	condition_free(never);
	session_free(s);
}
END_TEST

START_TEST(pause_ends_a_search)
{
	struct session *s = start(&writer);
	struct condition *never = condition_parse("pipe 1 holds 9 bytes", &why);

	session_until(s, never, &why);
	ck_assert_int_eq(session_pause(s, &why), 0);
	session_settle(s, -1);
	at(s, 1, 1);
	condition_free(never);
	session_free(s);
}
END_TEST

START_TEST(a_sleeper_wakes_only_when_nobody_else_can_go)
{
	static const struct fake sleeps = {
		.program = { "FsX", "sgX" }, .first_pid = 4000,
	};
	struct session *s = start(&sleeps);

	next(s, 2);	/* fork, and to sleep */
	ck_assert_int_eq(session_default(s), 1);
	next(s, 1);
	ck_assert_int_eq(session_default(s), 0);
	next(s, 1);
	at(s, 4, 4);
	ck_assert_int_eq(s->schedule.step[3].choice.kind, CHOICE_EXPIRE);
	choose(s, "go A.1");	/* for people: the same as expire */
	ck_assert_int_eq(s->schedule.step[4].choice.kind, CHOICE_EXPIRE);
	session_free(s);
}
END_TEST

START_TEST(a_killed_tracer_is_told_and_back_begins_anew)
{
	struct fake f = writer;
	struct session *s;

	f.die_at = 5;
	s = start(&f);
	next(s, 5);
	ck_assert_int_eq(session_state(s), SESSION_BROKEN);
	ck_assert_msg(strstr(session_trouble(s),
			     "the tracer was killed by SIGKILL"), "%s",
		      session_trouble(s));
	ck_assert_int_eq(session_step(s), 4);
	ck_assert_int_eq(session_next(s, &why), -1);
	ck_assert_int_eq(session_back(s, 1, &why), 0);
	session_settle(s, -1);
	at(s, 3, 4);
	session_free(s);
}
END_TEST

START_TEST(a_tracer_killed_while_it_waits_is_noticed)
{
	struct session *s = start(&writer);
	struct pollfd fds[3];

	next(s, 3);
	kill(s->tracer.pid, SIGKILL);
	while (session_state(s) == SESSION_HELD) {
		poll(fds, session_poll(s, fds), -1);
		session_pump(s);
	}
	ck_assert_int_eq(session_state(s), SESSION_BROKEN);
	ck_assert_int_eq(session_restart(s, &why), 0);
	session_settle(s, -1);
	at(s, 0, 0);
	session_free(s);
}
END_TEST

START_TEST(a_tracer_that_talks_nonsense_is_told)
{
	struct fake f = writer;
	struct session *s;

	f.garble_at = 3;
	s = start(&f);
	next(s, 3);
	ck_assert_int_eq(session_state(s), SESSION_BROKEN);
	ck_assert_msg(strstr(session_trouble(s), "said something that is no "
			     "event (column 6:"), "%s", session_trouble(s));
	session_free(s);
}
END_TEST

START_TEST(a_tracer_that_does_not_start_is_told)
{
	struct session *s = start(&writer);

	next(s, 3);
	fake.refuse = true;
	ck_assert_int_eq(session_back(s, 1, &why), -1);
	ck_assert_int_eq(session_state(s), SESSION_BROKEN);
	ck_assert_str_eq(session_trouble(s), "the fake tracer does not start");
	fake.refuse = false;
	ck_assert_int_eq(session_seek(s, 1, &why), 0);
	session_settle(s, -1);
	at(s, 1, 3);
	session_free(s);
}
END_TEST

START_TEST(a_step_that_never_ends_can_be_left)
{
	static const struct fake busy = {
		.program = { "PwZ", "" }, .first_pid = 4000,
	};
	struct session *s = start(&busy);
	struct choice c;

	next(s, 2);
	choice_parse("go A", &c, NULL);
	ck_assert_int_eq(session_choose(s, &c, &why), 0);
	ck_assert_int_eq(session_state(s), SESSION_BUSY);
	ck_assert_int_eq(session_next(s, &why), -1);
	ck_assert_str_eq(why, "a step is being made");
	ck_assert_int_eq(session_back(s, 1, &why), 0);
	session_settle(s, -1);
	at(s, 2, 2);
	session_free(s);
}
END_TEST

static void
settle_stage(struct stage *st, struct session *s)
{
	struct pollfd fds[3];

	while (session_state(s) == SESSION_BUSY) {
		poll(fds, session_poll(s, fds), -1);
		stage_pump(st);
	}
}

START_TEST(a_command_given_in_the_middle_of_a_step_comes_after_it)
{
	struct session *s = start(&writer);
	struct stage *st = stage_new(s);
	enum screen_answer answer;

	ck_assert_int_eq(session_next(s, &why), 0);
	ck_assert_int_eq(session_state(s), SESSION_BUSY);
	ck_assert_int_eq(stage_command(st, "until pipe 1 is fll", &answer,
				       &why), -1);
	ck_assert_msg(strstr(why, "fll") != NULL, "%s", why);
	ck_assert_int_eq(stage_command(st, "until pipe 1 holds 2 bytes",
				       &answer, &why), 0);
	settle_stage(st, s);
	ck_assert_int_eq(in_pipe(s), 2);
	at(s, 4, 4);
	/* Esc takes it back.  */
	ck_assert_int_eq(session_next(s, &why), 0);
	ck_assert_int_eq(stage_command(st, "go A.1", &answer, &why), 0);
	ck_assert_int_eq(stage_key(st, KEYS_ESCAPE), SCREEN_STAY);
	settle_stage(st, s);
	at(s, 5, 5);
	stage_free(st);
	session_free(s);
}
END_TEST

START_TEST(commands_given_in_the_middle_of_a_step_keep_their_order)
{
	struct session *s = start(&writer);
	struct stage *st = stage_new(s);
	enum screen_answer answer;

	stage_key(st, 'n');
	ck_assert_int_eq(session_state(s), SESSION_BUSY);
	ck_assert_int_eq(stage_command(st, "next", &answer, &why), 0);
	ck_assert_int_eq(stage_command(st, "go A", &answer, &why), 0);
	ck_assert_int_eq(stage_command(st, "until pipe 1 holds 2 bytes",
				       &answer, &why), 0);
	ck_assert_int_eq(stage_command(st, "back 2", &answer, &why), 0);
	stage_key(st, 'n');
	/* A look elsewhere takes nothing back.  */
	stage_key(st, KEYS_LEFT);
	settle_stage(st, s);
	at(s, 3, 4);
	ck_assert_int_eq(in_pipe(s), 1);
	stage_free(st);
	session_free(s);
}
END_TEST

/* Where the keys lead, typed slowly, or all before the first is done.  */
static int
typed(const char *keys, bool slowly)
{
	struct session *s = start(&writer);
	struct stage *st = stage_new(s);
	int step;

	for (; *keys; keys++) {
		stage_key(st, *keys == '^' ? KEYS_PAGE_UP : *keys == 'v' ?
			  KEYS_PAGE_DOWN : *keys);
		if (slowly)
			settle_stage(st, s);
	}
	settle_stage(st, s);
	step = session_step(s);
	stage_free(st);
	session_free(s);
	return step;
}

START_TEST(keys_typed_ahead_lead_where_slow_ones_do)
{
	static const char *const keys[] = {
		"nnnnn", "nb", "nnb", "nnnbb", "nnbbb", "nnbn", "nnG",
		"nnnn^", "nnn^v", "nn11n", "nnnnn2", "nnngn", "nnnbgnn",
		"nnoon", "Gnn", "b", "bbn",
	};

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		int slow = typed(keys[i], true), fast = typed(keys[i], false);

		ck_assert_msg(slow == fast, "%s: step %d, typed ahead %d",
			      keys[i], slow, fast);
	}
}
END_TEST

START_TEST(r_after_a_step_lets_run_after_it)
{
	struct session *s = start(&writer);
	struct stage *st = stage_new(s);

	stage_key(st, 'n');
	stage_key(st, 'r');
	settle_stage(st, s);
	ck_assert_int_eq(session_state(s), SESSION_FREE);
	stage_free(st);
	session_free(s);
}
END_TEST

START_TEST(r_holds_what_would_go_on)
{
	struct session *s = start(&writer);
	struct stage *st = stage_new(s);
	enum screen_answer answer;

	ck_assert_int_eq(stage_command(st, "until pipe 1 holds 2 bytes",
				       &answer, &why), 0);
	stage_key(st, 'n');
	stage_key(st, 'r');
	settle_stage(st, s);
	at(s, 1, 1);
	stage_free(st);
	session_free(s);
}
END_TEST

START_TEST(what_is_asked_of_a_program_that_starts_is_done_when_it_stands)
{
	struct session *s = start(&writer), *again;
	struct session_config c = { .pty = true, .rows = 24, .cols = 80 };
	struct schedule script;
	char *folder = path_temporary(&why), *path;

	path = xasprintf("%s/one.schedule", folder);
	next(s, 4);
	ck_assert_int_eq(session_save_schedule(s, path, &why), 0);
	ck_assert_int_eq(schedule_load(&script, path, &why), 0);
	c.argv = s->config.argv;
	for (int back = 0; back < 2; back++) {
		again = session_start_with(&c, &fake_ops, &script, &why);
		ck_assert_int_eq(session_state(again), SESSION_BUSY);
		ck_assert_int_eq(session_seek(again, 4, &why), 0);
		if (back)
			ck_assert_int_eq(session_back(again, 1, &why), 0);
		session_settle(again, -1);
		at(again, back ? 0 : 4, 4);
		session_free(again);
	}
	session_free(s);
	schedule_release(&script);
	path_remove_tree(folder, NULL);
	free(path);
	free(folder);
}
END_TEST

START_TEST(full_speed_ends_and_cannot_be_repeated)
{
	struct session *s = start(&writer);
	char *path, *folder = path_temporary(&why);

	next(s, 3);
	ck_assert_int_eq(session_run(s, &why), 0);
	ck_assert_int_eq(session_state(s), SESSION_FREE);
	while (session_state(s) == SESSION_FREE) {
		struct pollfd fds[3];

		poll(fds, session_poll(s, fds), -1);
		session_pump(s);
	}
	ck_assert_int_eq(session_state(s), SESSION_ENDED);
	ck_assert_int_eq(session_step(s), 4);
	path = xasprintf("%s/s", folder);
	ck_assert_int_eq(session_save_schedule(s, path, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "from step 4 on"));
	session_back(s, 1, &why);
	session_settle(s, -1);
	at(s, 3, 4);
	ck_assert_int_eq(session_seek(s, 4, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "made at full speed"));
	at(s, 3, 4);
	next(s, 1);
	at(s, 4, 4);
	ck_assert_int_eq(session_save_schedule(s, path, &why), 0);
	path_remove_tree(folder, NULL);
	free(path);
	free(folder);
	session_free(s);
}
END_TEST

START_TEST(full_speed_is_held_by_pause)
{
	static const struct fake stuck = {
		.program = { "PwwrrrX", "" }, .first_pid = 4000,
	};
	struct session *s = start(&stuck);

	next(s, 1);
	session_run(s, &why);
	ck_assert_int_eq(session_pause(s, &why), 0);
	session_settle(s, -1);
	at(s, 2, 2);
	ck_assert_int_eq(session_back(s, 1, &why), 0);
	session_settle(s, -1);
	at(s, 1, 2);
	session_free(s);
}
END_TEST

START_TEST(typing_is_a_step_and_is_typed_again)
{
	static const struct fake asks = {
		.program = { "ptpX", "" }, .first_pid = 4000,
	};
	struct session *s = start(&asks);
	char out[256];
	unsigned first, second;
	size_t n;

	next(s, 2);	/* prints, and waits for a line */
	ck_assert_int_eq(session_default(s), -1);
	ck_assert_int_eq(session_type(s, "ann\n", 4, &why), 0);
	session_settle(s, -1);
	at(s, 3, 3);
	ck_assert_int_eq(s->schedule.step[2].choice.kind, CHOICE_TYPE);
	n = session_output(s, out, sizeof(out), &first);
	ck_assert_msg(memmem(out, n, "hello\r\n", 7) && memmem(out, n, "ann",
			     3), "%.*s", (int)n, out);
	next(s, 1);
	session_back(s, 1, &why);
	session_settle(s, -1);
	at(s, 3, 4);
	n = session_output(s, out, sizeof(out), &second);
	ck_assert_uint_ne(first, second);
	ck_assert_msg(memmem(out, n, "hello\r\n", 7) && memmem(out, n, "ann",
			     3), "%.*s", (int)n, out);
	session_free(s);
}
END_TEST

START_TEST(rules_follow_going_back)
{
	struct session *s = start(&writer);
	struct rule rules[2];

	ck_assert_int_eq(rule_parse(&rules[0], "until pipe 1 holds 2 bytes",
				    &why), 0);
	ck_assert_int_eq(rule_parse(&rules[1], "never pipe 1 holds 1 byte",
				    &why), 0);
	session_watch(s, rules, 2);
	next(s, 2);
	ck_assert(!rules[0].decided && !rules[1].decided);
	next(s, 2);
	ck_assert(rules[0].decided && rules[0].holds);
	ck_assert(rules[1].decided && !rules[1].holds);
	session_back(s, 1, &why);
	ck_assert(!rules[0].decided);
	ck_assert(rules[1].decided);
	session_back(s, 1, &why);
	session_settle(s, -1);
	ck_assert(!rules[1].decided);
	next(s, 2);
	ck_assert(rules[0].decided && rules[0].holds);
	/* Watched from here on: what happened before counts. */
	rule_release(&rules[0]);
	ck_assert_int_eq(rule_parse(&rules[0], "until pipe 1 holds 1 byte",
				    &why), 0);
	session_watch(s, rules, 1);
	ck_assert(rules[0].decided && rules[0].holds);
	session_free(s);
	rule_release(&rules[0]);
	rule_release(&rules[1]);
}
END_TEST

START_TEST(a_saved_schedule_gives_the_same_run)
{
	struct session *s = start(&writer);
	char *folder = path_temporary(&why), *path, *first, *again;
	struct schedule script;
	struct session_config c = { .pty = true, .rows = 24, .cols = 80 };

	path = xasprintf("%s/race.schedule", folder);
	next(s, 3);
	choose(s, "go A.1");
	while (session_state(s) == SESSION_HELD)
		next(s, 1);
	first = all_events(s);
	ck_assert_msg(session_save_schedule(s, path, &why) == 0, "%s", why);
	ck_assert_msg(schedule_load(&script, path, &why) == 0, "%s", why);
	ck_assert_str_eq(script.step[3].happened, "read = 1");
	ck_assert_uint_eq(script.events, log_count(session_log(s)));
	c.argv = s->config.argv;
	fake.runs = 0;
	fake.first_pid -= 7;
	{
		struct session *t = session_start_with(&c, &fake_ops, &script,
						       &why);
		session_settle(t, -1);
		ck_assert_int_eq(session_steps(t), session_steps(s));
		ck_assert_int_eq(session_step(t), 0);
		next(t, 1);
		ck_assert_int_eq(session_seek(t, session_steps(t), &why), 0);
		session_settle(t, -1);
		ck_assert_int_eq(session_state(t), SESSION_ENDED);
		ck_assert_msg(!session_trouble(t), "%s", session_trouble(t));
		again = all_events(t);
		ck_assert_uint_eq(strlen(first), strlen(again));
		session_free(t);
	}
	schedule_release(&script);
	path_remove_tree(folder, NULL);
	session_free(s);
	free(first);
	free(again);
	free(path);
	free(folder);
}
END_TEST

/* A schedule as text, run over a program; what the session says.  */
static struct session *
replay(const struct fake *f, const char *text, int step)
{
	static char *argv[] = { (char *)"fake", NULL };
	struct session_config c = { .argv = argv };
	struct schedule script;
	struct session *s;

	fake = *f;
	ck_assert_msg(schedule_parse(&script, text, strlen(text), "t", &why)
		      == 0, "%s", why);
	s = session_start_with(&c, &fake_ops, &script, &why);
	schedule_release(&script);
	session_settle(s, -1);
	ck_assert_int_eq(session_seek(s, step, &why), 0);
	session_settle(s, -1);
	return s;
}

#define HEAD "ipclab schedule 1\n"

START_TEST(a_step_that_did_something_else_is_named)
{
	struct session *s = replay(&writer, HEAD "steps:\ngo A # pipe2 = 0\n"
		"go A # fork = A.1\ngo A # write = 7\ngo A.1 # read = 1\n", 4);

	ck_assert_str_eq(session_trouble(s), "step 3 went another way than "
		"the schedule says: 'write = 7' was expected, 'write = 1' was "
		"seen. From here on this is a new run");
	ck_assert_int_eq(session_state(s), SESSION_HELD);
	ck_assert_int_eq(session_step(s), 3);
	ck_assert_int_eq(session_steps(s), 3);
	session_free(s);
}
END_TEST

START_TEST(a_step_that_cannot_be_made_is_named)
{
	struct session *s = replay(&writer, HEAD "steps:\nrun\ngo A.1\n", 2);

	ck_assert_str_eq(session_trouble(s), "step 2 of the schedule cannot be "
			 "made: there is no actor 'A.1'");
	ck_assert_int_eq(session_state(s), SESSION_HELD);
	ck_assert_int_eq(session_step(s), 1);
	ck_assert_int_eq(session_steps(s), 1);
	session_free(s);
}
END_TEST

START_TEST(a_schedule_that_is_longer_than_the_run_is_named)
{
	static const struct fake tiny = { .program = { "PX", "" } };
	struct session *s = replay(&tiny, HEAD "steps:\ngo A\ngo A\ngo A\n", 3);

	ck_assert_str_eq(session_trouble(s), "the program ended after step 2; "
			 "the schedule has 3 steps");
	ck_assert_int_eq(session_state(s), SESSION_ENDED);
	ck_assert_int_eq(session_steps(s), 2);
	session_free(s);
}
END_TEST

START_TEST(another_digest_is_told)
{
	struct session *s = replay(&writer, HEAD "events: 5\ndigest: 1\n"
				   "steps:\ngo A\n", 1);

	ck_assert_str_eq(session_trouble(s), "the run had 5 events when this "
			 "schedule was saved, and has 8 now");
	session_free(s);
	s = replay(&writer, HEAD "events: 8\ndigest: 1\nsteps:\ngo A\n", 1);
	ck_assert_ptr_nonnull(strstr(session_trouble(s),
				     "other things differ"));
	session_free(s);
}
END_TEST

/* A recording of n events: a writer and a reader in turns.  */
static char *
record(const char *folder, uint64_t n, bool driven)
{
	char *path = xasprintf("%s/run.events", folder);
	struct header h = { .version = EVENT_VERSION, .driven = driven };
	struct buf out = BUF_INIT;
	FILE *f = fopen(path, "w");
	static struct event e;

	header_write(&out, &h);
	for (uint64_t i = 1; i <= n; i++) {
		event_init(&e, i == 1 ? WHAT_START : WHAT_CALL);
		if (driven && i > 1 && i % 4 == 0)
			e.what = WHAT_HELD;
		e.n = i;
		if (e.what != WHAT_HELD)
			COPY_STR(e.actor, "A");
		if (e.what == WHAT_CALL) {
			COPY_STR(e.call, "lseek");
			e.has_result = true;
			e.result = i;
		}
		e.pid = e.tid = 4000;
		event_write(&out, &e);
		fwrite(out.data, 1, out.len, f);
		buf_clear(&out);
	}
	fclose(f);
	buf_release(&out);
	return path;
}

static void
seek(struct session *s, int step)
{
	ck_assert_msg(session_seek(s, step, &why) == 0, "%s", why);
	session_settle(s, -1);
	ck_assert_int_eq(session_step(s), step);
	ck_assert_int_eq(session_state(s), SESSION_RECORDING);
}

START_TEST(a_recording_is_looked_at_both_ways)
{
	enum { N = 100000 };
	static const int steps[] = { N, 1, 77777, 77776, 50000, 3, N - 1, 0 };
	char *folder = path_temporary(&why), *path = record(folder, N, false);
	struct session *s = session_open(path, &why);

	ck_assert_msg(s != NULL, "%s", why);
	ck_assert_int_eq(session_state(s), SESSION_RECORDING);
	ck_assert_int_eq(session_step(s), 0);
	ck_assert_int_eq(session_steps(s), N);
	for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
		seek(s, steps[i]);
		ck_assert_uint_eq(session_world(s)->n, steps[i]);
		if (steps[i] > 1)
			ck_assert_int_eq(session_world(s)->actor[0].last_result,
					 steps[i]);
	}
	/* One step on, up to the end; nobody can be driven in it. */
	ck_assert_int_eq(session_next(s, &why), 0);
	seek(s, N);
	ck_assert_int_eq(session_next(s, &why), -1);
	ck_assert_int_eq(session_run(s, &why), -1);
	ck_assert_int_eq(session_save_schedule(s, "/dev/null", &why), -1);
	session_free(s);
	path_remove_tree(folder, NULL);
	free(path);
	free(folder);
}
END_TEST

START_TEST(once_seen_any_step_of_a_long_recording_is_near)
{
	enum { N = 100000 };
	char *folder = path_temporary(&why), *path = record(folder, N, false);
	struct session *s = session_open(path, &why);

	seek(s, N);
	/* In one turn of the loop, without waiting. */
	for (int step = 0; step < N; step += 9973) {
		ck_assert_int_eq(session_seek(s, step, &why), 0);
		ck_assert_int_eq(session_state(s), SESSION_RECORDING);
		ck_assert_uint_eq(session_world(s)->n, step);
	}
	session_free(s);
	path_remove_tree(folder, NULL);
	free(path);
	free(folder);
}
END_TEST

START_TEST(a_driven_recording_has_its_steps)
{
	char *folder = path_temporary(&why), *path = record(folder, 42, true);
	struct session *s = session_open(path, &why);
	struct condition *c = condition_parse("step is 3", NULL);

	ck_assert_int_eq(session_steps(s), 10);	/* the last is cut short */
	seek(s, 3);
	ck_assert_uint_eq(session_world(s)->n, 16);
	seek(s, 10);
	ck_assert_uint_eq(session_world(s)->n, 42);
	condition_free(c);
	session_free(s);
	path_remove_tree(folder, NULL);
	free(path);
	free(folder);
}
END_TEST

START_TEST(what_cannot_be_opened_is_said)
{
	char *folder = path_temporary(&why), *path;
	FILE *f;

	path = xasprintf("%s/x", folder);
	ck_assert_ptr_null(session_open(path, &why));
	ck_assert_ptr_nonnull(strstr(why, "cannot open"));
	f = fopen(path, "w");
	fputs("#!/bin/sh\n", f);
	fclose(f);
	ck_assert_ptr_null(session_open(path, &why));
	ck_assert_ptr_nonnull(strstr(why, "is neither a recording nor a "
				     "schedule of ipclab"));
	f = fopen(path, "w");
	fputs(HEAD "command: ls\nfolder: /no/such\nsteps:\n", f);
	fclose(f);
	ck_assert_ptr_null(session_open(path, &why));
	ck_assert_ptr_nonnull(strstr(why, "the folder /no/such where it ran is "
				     "not there any more"));
	f = fopen(path, "w");
	fputs(HEAD "command: ls | wc\nsteps:\n", f);
	fclose(f);
	ck_assert_ptr_null(session_open(path, &why));
	ck_assert_ptr_nonnull(strstr(why, "needs a shell"));
	path_remove_tree(folder, NULL);
	free(path);
	free(folder);
}
END_TEST

static Suite *
all(void)
{
	Suite *s = suite_create("session");

	unit_add(s, a_run_is_made_step_by_step);
	unit_add(s, who_cannot_go_is_refused_with_the_reason);
	unit_add(s, back_shows_the_past_at_once_and_keeps_the_future);
	unit_add(s, going_back_while_going_back_works);
	unit_add(s, seek_moves_both_ways_within_what_is_known);
	unit_add(s, another_choice_forgets_the_future);
	unit_add(s, a_run_ends_and_back_works_from_there);
	unit_add(s, what_goes_another_way_is_named);
	unit_add(s, process_ids_are_no_difference);
	unit_add(s, until_stops_after_the_step_in_which_it_holds);
	unit_add(s, until_says_when_it_never_came);
	unit_add(s, until_stops_where_nobody_can_go);
	unit_add(s, pause_ends_a_search);
	unit_add(s, a_sleeper_wakes_only_when_nobody_else_can_go);
	unit_add(s, a_killed_tracer_is_told_and_back_begins_anew);
	unit_add(s, a_tracer_killed_while_it_waits_is_noticed);
	unit_add(s, a_tracer_that_talks_nonsense_is_told);
	unit_add(s, a_tracer_that_does_not_start_is_told);
	unit_add(s, a_step_that_never_ends_can_be_left);
	unit_add(s, a_command_given_in_the_middle_of_a_step_comes_after_it);
	unit_add(s, commands_given_in_the_middle_of_a_step_keep_their_order);
	unit_add(s, keys_typed_ahead_lead_where_slow_ones_do);
	unit_add(s, r_after_a_step_lets_run_after_it);
	unit_add(s, r_holds_what_would_go_on);
	unit_add(s, what_is_asked_of_a_program_that_starts_is_done_when_it_stands);
	unit_add(s, full_speed_ends_and_cannot_be_repeated);
	unit_add(s, full_speed_is_held_by_pause);
	unit_add(s, typing_is_a_step_and_is_typed_again);
	unit_add(s, rules_follow_going_back);
	unit_add(s, a_saved_schedule_gives_the_same_run);
	unit_add(s, a_step_that_did_something_else_is_named);
	unit_add(s, a_step_that_cannot_be_made_is_named);
	unit_add(s, a_schedule_that_is_longer_than_the_run_is_named);
	unit_add(s, another_digest_is_told);
	unit_add(s, a_recording_is_looked_at_both_ways);
	unit_add(s, once_seen_any_step_of_a_long_recording_is_near);
	unit_add(s, a_driven_recording_has_its_steps);
	unit_add(s, what_cannot_be_opened_is_said);
	return s;
}

int
main(void)
{
	return unit_run(all());
}
