/*
 * Sessions with real processes: the programs of session_subject.c, which has
 * one for each name that start() is given.
 */
#include "config.h"

#include "child.h"
#include "session/inside.h"

#include <check.h>
#undef fail	/* an old name of Check's; base/base.h has its own */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/paths.h"

/* ---- driving ---- */

static char *why, *folder, program[4096];

static struct session *
start(const char *subject)
{
	char *argv[] = { program, (char *)subject, NULL };
	struct session_config c = {
		.argv = argv, .cwd = folder, .pty = true, .rows = 24,
		.cols = 80, .sources = true,
	};
	struct session *s = session_start(&c, &why);

	ck_assert_msg(s != NULL, "%s", why);
	session_settle(s, -1);
	return s;
}

static void
next(struct session *s)
{
	ck_assert_msg(session_next(s, &why) == 0, "step %d: %s",
		      session_step(s), why);
	session_settle(s, -1);
	ck_assert_msg(!session_trouble(s), "%s", session_trouble(s));
}

static void
to_the_end(struct session *s)
{
	while (session_state(s) == SESSION_HELD)
		next(s);
	ck_assert_int_eq(session_state(s), SESSION_ENDED);
}

static void
back(struct session *s, int steps)
{
	ck_assert_msg(session_back(s, steps, &why) == 0, "%s", why);
	session_settle(s, -1);
	ck_assert_msg(!session_trouble(s), "%s", session_trouble(s));
	ck_assert_int_eq(session_state(s), SESSION_HELD);
}

static void
choose(struct session *s, const char *text)
{
	struct choice c;

	ck_assert_msg(choice_parse(text, &c, &why) == 0, "%s", why);
	ck_assert_msg(session_choose(s, &c, &why) == 0, "%s: %s", text, why);
	session_settle(s, -1);
}

static const char *
printed(struct session *s)
{
	static char text[65536];
	unsigned generation;
	size_t n = session_output(s, text, sizeof(text) - 1, &generation);

	text[n] = '\0';
	return text;
}

/* ---- tests ---- */

static const char *const gone_back[] = { "pair", "threads" };

START_TEST(every_step_can_be_gone_back_to)
{
	struct session *s = start(gone_back[_i]);
	int last;

	to_the_end(s);
	last = session_step(s);
	ck_assert_int_eq(session_world(s)->status, 0);
	for (int step = last - 1; step >= 0; step--) {
		back(s, 1);
		ck_assert_int_eq(session_step(s), step);
		ck_assert_int_eq(session_steps(s), last);
	}
	to_the_end(s);
	ck_assert_int_eq(session_steps(s), last);
	session_free(s);
}
END_TEST

START_TEST(another_choice_leads_elsewhere)
{
	struct session *s = start("pair");
	struct condition *c = condition_parse("pipe 1 holds 9 bytes", &why);

	ck_assert_msg(c != NULL, "%s", why);
	ck_assert_int_eq(session_until(s, c, &why), 0);
	session_settle(s, -1);
	ck_assert_msg(!session_trouble(s), "%s", session_trouble(s));
	/* Before the write: now the reader goes first, and sleeps. */
	back(s, 1);
	choose(s, "go A.1");
	ck_assert_int_eq(session_world(s)->actor[1].state, ACTOR_BLOCKED);
	ck_assert_int_eq(session_step(s), session_steps(s));
	to_the_end(s);
	ck_assert_ptr_nonnull(strstr(printed(s), "9 from "));
	condition_free(c);
	session_free(s);
}
END_TEST

static const char *const saved[] = { "pair", "sleeps", "threads", "talks" };

START_TEST(a_saved_schedule_is_the_same_run)
{
	struct session *s = start(saved[_i]);
	char *path = xasprintf("%s/run.schedule", folder);
	uint64_t events;

	to_the_end(s);
	events = log_count(session_log(s));
	ck_assert_msg(session_save_schedule(s, path, &why) == 0, "%s", why);
	session_free(s);
	s = session_open(path, &why);
	ck_assert_msg(s != NULL, "%s", why);
	session_settle(s, -1);
	ck_assert_int_eq(session_step(s), 0);
	ck_assert_int_eq(session_seek(s, session_steps(s), &why), 0);
	session_settle(s, -1);
	ck_assert_msg(!session_trouble(s), "%s", session_trouble(s));
	ck_assert_int_eq(session_state(s), SESSION_ENDED);
	ck_assert_uint_eq(log_count(session_log(s)), events);
	session_free(s);
	unlink(path);
	free(path);
}
END_TEST

START_TEST(a_saved_recording_shows_the_same_world)
{
	struct session *s = start("pair");
	char *path = xasprintf("%s/run.events", folder);
	int steps;

	to_the_end(s);
	steps = session_steps(s);
	ck_assert_msg(session_save_recording(s, path, &why) == 0, "%s", why);
	session_free(s);
	s = session_open(path, &why);
	ck_assert_msg(s != NULL, "%s", why);
	ck_assert_int_eq(session_state(s), SESSION_RECORDING);
	ck_assert_int_eq(session_steps(s), steps);
	ck_assert_int_eq(session_seek(s, steps, &why), 0);
	session_settle(s, -1);
	ck_assert(session_world(s)->ended);
	session_free(s);
	unlink(path);
	free(path);
}
END_TEST

START_TEST(what_the_lab_does_not_control_is_named)
{
	struct session *s = start("counts");
	char *path = xasprintf("%s/count", folder);

	to_the_end(s);
	ck_assert_int_eq(session_back(s, 1, &why), 0);
	session_settle(s, -1);
	ck_assert_ptr_nonnull(session_trouble(s));
	ck_assert_msg(strstr(session_trouble(s), "went another way") &&
		      strstr(session_trouble(s), "pathname=\"count\""), "%s",
		      session_trouble(s));
	session_free(s);
	unlink(path);
	free(path);
}
END_TEST

START_TEST(what_is_typed_arrives_and_is_typed_again)
{
	struct session *s = start("asks");
	const char *text;

	while (session_default(s) >= 0)
		next(s);
	ck_assert_int_eq(session_type(s, "ann\n", 4, &why), 0);
	session_settle(s, -1);
	to_the_end(s);
	text = printed(s);
	ck_assert_msg(strstr(text, "name? ann\r\nhello ann\r\n"), "%s", text);
	back(s, 1);
	to_the_end(s);
	text = printed(s);
	ck_assert_msg(strstr(text, "name? ann\r\nhello ann\r\n"), "%s", text);
	session_free(s);
}
END_TEST

START_TEST(sleeping_takes_no_time_and_the_clock_goes_on)
{
	struct session *s = start("sleeps");
	const char *text;

	to_the_end(s);
	text = printed(s);
	ck_assert_msg(strcmp(text, "child\r\n2 hours\r\n") == 0, "%s", text);
	session_free(s);
}
END_TEST

START_TEST(a_signal_is_a_choice)
{
	struct session *s = start("catches");

	while (session_default(s) >= 0)
		next(s);
	choose(s, "signal A SIGUSR1");
	to_the_end(s);
	ck_assert_int_eq(session_world(s)->status, 3);
	ck_assert_str_eq(printed(s), "caught\r\n");
	back(s, 2);
	to_the_end(s);
	ck_assert_int_eq(session_world(s)->status, 3);
	session_free(s);
}
END_TEST

START_TEST(a_read_can_be_cut_and_a_small_write_cannot)
{
	struct session *s = start("copies");
	struct choice c;
	int steps;

	next(s);	/* pipe2 */
	steps = session_steps(s);
	choice_parse("cut A 3", &c, NULL);
	ck_assert_int_eq(session_choose(s, &c, &why), 0);
	session_settle(s, -1);
	ck_assert_ptr_nonnull(session_trouble(s));
	ck_assert_msg(strstr(session_trouble(s), "cannot be chosen"), "%s",
		      session_trouble(s));
	/* It is as if that had not been asked.  */
	ck_assert_int_eq(session_state(s), SESSION_HELD);
	ck_assert_int_eq(session_step(s), steps);
	ck_assert_int_eq(session_steps(s), steps);
	next(s);	/* the write, whole */
	choose(s, "cut A 3");
	ck_assert_msg(!session_trouble(s), "%s", session_trouble(s));
	ck_assert_int_eq(session_world(s)->actor[0].last_result, 3);
	back(s, 1);
	choose(s, "cut A 3");
	ck_assert_int_eq(session_world(s)->actor[0].last_result, 3);
	to_the_end(s);
	ck_assert_int_eq(session_world(s)->status, 5);
	session_free(s);
}
END_TEST

START_TEST(a_program_that_never_comes_back_can_be_left)
{
	struct session *s = start("spins");

	ck_assert_int_eq(session_next(s, &why), 0);
	session_settle(s, 50);
	ck_assert_int_eq(session_state(s), SESSION_BUSY);
	ck_assert_int_eq(session_restart(s, &why), 0);
	session_settle(s, -1);
	ck_assert_int_eq(session_state(s), SESSION_HELD);
	session_free(s);
}
END_TEST

START_TEST(full_speed_runs_to_the_end)
{
	struct session *s = start("talks");
	struct pollfd fds[3];

	next(s);
	ck_assert_int_eq(session_run(s, &why), 0);
	while (session_state(s) == SESSION_FREE) {
		poll(fds, session_poll(s, fds), -1);
		session_pump(s);
	}
	ck_assert_msg(!session_trouble(s), "%s", session_trouble(s));
	ck_assert_int_eq(session_state(s), SESSION_ENDED);
	ck_assert_int_eq(session_world(s)->status, 0);
	back(s, 1);
	to_the_end(s);
	ck_assert_int_eq(session_world(s)->status, 0);
	session_free(s);
}
END_TEST

START_TEST(the_subject_dies_with_the_tracer)
{
	char *path = xasprintf("%s/alive", folder), byte;
	struct session *s;
	struct pollfd fds[3];
	int alive;

	ck_assert_int_eq(mkfifo(path, 0600), 0);
	alive = open(path, O_RDONLY | O_NONBLOCK);
	s = start("lives");
	while (session_default(s) >= 0)
		next(s);
	ck_assert_int_eq(read(alive, &byte, 1), -1);
	ck_assert_int_eq(errno, EAGAIN);	/* it lives */
	kill(s->tracer.pid, SIGKILL);
	while (session_state(s) == SESSION_HELD) {
		poll(fds, session_poll(s, fds), -1);
		session_pump(s);
	}
	ck_assert_int_eq(session_state(s), SESSION_BROKEN);
	poll(&(struct pollfd){ .fd = alive, .events = POLLIN }, 1, -1);
	ck_assert_int_eq(read(alive, &byte, 1), 0);	/* it has ended */
	back(s, 1);
	session_free(s);
	ck_assert_int_eq(read(alive, &byte, 1), 0);
	close(alive);
	unlink(path);
	free(path);
}
END_TEST

START_TEST(a_command_that_cannot_run_is_refused)
{
	char *argv[] = { (char *)"no-such-command", NULL };
	struct session_config c = { .argv = argv, .cwd = folder };

	ck_assert_ptr_null(session_start(&c, &why));
	ck_assert_ptr_nonnull(strstr(why, "no-such-command"));
}
END_TEST

static Suite *
all(void)
{
	Suite *s = suite_create("session, live");
	TCase *c = tcase_create("session");

	tcase_set_timeout(c, 0);
	tcase_add_loop_test(c, every_step_can_be_gone_back_to, 0,
			    ARRAY_SIZE(gone_back));
	tcase_add_loop_test(c, a_saved_schedule_is_the_same_run, 0,
			    ARRAY_SIZE(saved));
	tcase_add_test(c, another_choice_leads_elsewhere);
	tcase_add_test(c, a_saved_recording_shows_the_same_world);
	tcase_add_test(c, what_the_lab_does_not_control_is_named);
	tcase_add_test(c, what_is_typed_arrives_and_is_typed_again);
	tcase_add_test(c, sleeping_takes_no_time_and_the_clock_goes_on);
	tcase_add_test(c, a_signal_is_a_choice);
	tcase_add_test(c, a_read_can_be_cut_and_a_small_write_cannot);
	tcase_add_test(c, a_program_that_never_comes_back_can_be_left);
	tcase_add_test(c, full_speed_runs_to_the_end);
	tcase_add_test(c, the_subject_dies_with_the_tracer);
	tcase_add_test(c, a_command_that_cannot_run_is_refused);
	suite_add_tcase(s, c);
	return s;
}

int
main(void)
{
	SRunner *r;
	int failed;

	if (live_lacks_ptrace())
		return EXIT_SUCCESS;
	snprintf(program, sizeof(program), "%s/tests/live/session_subject",
		 getenv("BUILDDIR"));
	folder = path_temporary(&why);
	if (!folder)
		return EXIT_FAILURE;
	r = srunner_create(all());
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	path_remove_tree(folder, NULL);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
