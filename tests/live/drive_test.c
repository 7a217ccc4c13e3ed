/*
 * The tracer in driven runs, on real processes: the scenarios of subject.c,
 * each run by choices, its events looked at.
 */
#include "config.h"

#include "child.h"

#include "event/event.h"
#include "schedule/choice.h"
#include "tracer/tracer.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EVENTS_MAX = 4000, STEPS_MAX = 1000, ACTORS_MAX = 32 };

/* What an actor can do, as far as the events tell.  */
struct player {
	char name[NAME_MAX_LEN];
	enum { ELSEWHERE, READY, ASLEEP, TIMED } can;
	int64_t until;		/* TIMED: when it wakes */
};

struct run {
	struct tracer tracer;
	FILE *in;
	struct event *event;
	int n;
	struct player player[ACTORS_MAX];
	int n_players, last;
	bool held, ended;
	int steps;
};

static const char *tmp;

static void
run_start(struct run *r, const char *scenario, uint64_t seed)
{
	static char program[PATH_MAX_LEN];
	char *argv[] = { program, (char *)(uintptr_t)scenario, NULL };
	struct tracer_config c = {
		.argv = argv, .driven = true, .private_pids = true,
		.seed = seed, .cwd = tmp, .data_max = 256,
	};
	char *why = NULL;
	int out = dup(1), null = open("/dev/null", O_WRONLY), rc;

	snprintf(program, sizeof(program), "%s/tests/live/subject",
		 getenv("BUILDDIR"));
	memset(r, 0, sizeof(*r));
	r->last = -1;
	r->event = xmalloc(EVENTS_MAX * sizeof(*r->event));
	/* What the subject prints is none of the test's output.  */
	dup2(null, 1);
	rc = tracer_start(&r->tracer, &c, &why);
	dup2(out, 1);
	close(out);
	close(null);
	ck_assert_msg(rc == 0, "%s", why);
	r->in = fdopen(r->tracer.events, "r");
}

static struct player *
player(struct run *r, const char *name)
{
	for (int i = 0; i < r->n_players; i++)
		if (strcmp(r->player[i].name, name) == 0)
			return &r->player[i];
	ck_assert_int_lt(r->n_players, ACTORS_MAX);
	COPY_STR(r->player[r->n_players].name, name);
	return &r->player[r->n_players++];
}

static void
note_state(struct run *r, const struct event *e)
{
	switch (e->what) {
	case WHAT_POINT: player(r, e->actor)->can = READY; break;
	case WHAT_BLOCK:
		player(r, e->actor)->can = e->until < 0 ? ASLEEP : TIMED;
		player(r, e->actor)->until = e->until;
		break;
	case WHAT_CALL:
	case WHAT_EXIT: player(r, e->actor)->can = ELSEWHERE; break;
	case WHAT_HELD: r->held = true; break;
	case WHAT_END: r->ended = true; break;
	default: break;
	}
}

/* Read events up to "held" or "end".  */
static void
run_read(struct run *r)
{
	char *line = NULL, *why = NULL;
	size_t room = 0;
	ssize_t len;

	r->held = false;
	while (!r->held && !r->ended &&
	       (len = getline(&line, &room, r->in)) > 0) {
		if (strncmp(line, "{\"ipclab\"", 9) == 0)
			continue;
		ck_assert_int_lt(r->n, EVENTS_MAX);
		ck_assert_msg(event_parse(line, len, &r->event[r->n],
					  &why) == 0, "%s: %s", why, line);
		ck_assert_uint_eq(r->event[r->n].n, r->n + 1);
		note_state(r, &r->event[r->n++]);
	}
	free(line);
}

static void
run_choose(struct run *r, const char *text)
{
	char line[128];
	int n = snprintf(line, sizeof(line), "%s\n", text);

	ck_assert_int_eq(write(r->tracer.commands, line, n), n);
	r->steps++;
	run_read(r);
}

/* Who goes: first, if it can; else who went last; else the first that can;
 * the sleeper that wakes first only when nobody else can.  -1: nobody.  */
static int
run_next(struct run *r, const char *first)
{
	int best = -1;

	for (int i = 0; i < r->n_players; i++) {
		if (r->player[i].can != READY)
			continue;
		if (first && strcmp(r->player[i].name, first) == 0)
			return i;
		if (best < 0 || i == r->last)
			best = i;
	}
	if (best >= 0)
		return best;
	for (int i = 0; i < r->n_players; i++)
		if (r->player[i].can == TIMED &&
		    (best < 0 || r->player[i].until < r->player[best].until))
			best = i;
	return best;
}

static bool
anybody_sleeps(const struct run *r)
{
	for (int i = 0; i < r->n_players; i++)
		if (r->player[i].can == ASLEEP)
			return true;
	return false;
}

/* Drive to the end, or until nobody can go.  */
static void
run_drive(struct run *r, const char *first)
{
	run_read(r);
	while (!r->ended && r->steps < STEPS_MAX) {
		char choice[NAME_MAX_LEN + 8];
		int i = run_next(r, first);

		if (i < 0 && anybody_sleeps(r))
			return;
		if (i < 0) {
			run_read(r);
			continue;
		}
		r->last = i;
		snprintf(choice, sizeof(choice), "go %s", r->player[i].name);
		run_choose(r, choice);
	}
	ck_assert_int_lt(r->steps, STEPS_MAX);
}

static void
run_end(struct run *r)
{
	fclose(r->in);
	r->tracer.events = -1;
	tracer_stop(&r->tracer);
	free(r->event);
}

static const struct event *
find(const struct run *r, enum what what, const char *actor, const char *call)
{
	for (int i = 0; i < r->n; i++)
		if (r->event[i].what == what &&
		    (!actor || strcmp(r->event[i].actor, actor) == 0) &&
		    (!call || strcmp(r->event[i].call, call) == 0))
			return &r->event[i];
	return NULL;
}

static void
assert_status(const char *scenario, int status)
{
	struct run r;

	run_start(&r, scenario, 1);
	run_drive(&r, NULL);
	ck_assert_msg(r.ended, "%s did not end", scenario);
	ck_assert_int_eq(r.event[r.n - 1].what, WHAT_END);
	ck_assert_msg(r.event[r.n - 1].status == status, "%s: status %d",
		      scenario, r.event[r.n - 1].status);
	run_end(&r);
}

/* ---- tests ---- */

/* Each of these checks itself and exits with 0 if all went as it should.  */
static const char *const well_behaved[] = {
	"fill", "large", "sleep", "poll", "left", "alarm", "threads", "spawn",
	"escape", "stop", "sigpipe", "fifo", "files", "closes", "exec-thread",
};

START_TEST(programs_run_as_they_would_alone)
{
	assert_status(well_behaved[_i], 0);
}
END_TEST

START_TEST(a_full_pipe_puts_the_writer_to_sleep)
{
	const struct event *e;
	struct run r;

	run_start(&r, "fill", 1);
	run_drive(&r, "A");
	e = find(&r, WHAT_BLOCK, "A", "write");
	ck_assert_ptr_nonnull(e);
	ck_assert_int_eq(e->state.bytes, 65536);
	ck_assert_int_eq(e->state.capacity, 65536);
	run_end(&r);
}
END_TEST

/* A sleeps in open(2); its child is held before the other open, which would
 * sleep at first, and then not: A is there.  */
START_TEST(who_opens_a_fifo_is_seen_on_it_and_lets_the_other_in)
{
	const struct event *e;
	struct run r;
	bool would[2] = { false, true };
	int told = 0;

	run_start(&r, "fifo", 1);
	run_drive(&r, "A");
	e = find(&r, WHAT_CALL, "A", "mknodat");
	if (!e)
		e = find(&r, WHAT_CALL, "A", "mknod");
	ck_assert_ptr_nonnull(e);
	ck_assert_str_eq(e->object, "fifo 1");
	e = find(&r, WHAT_BLOCK, "A", NULL);
	ck_assert_ptr_nonnull(e);
	ck_assert_str_eq(e->object, "fifo 1");
	for (int i = 0; i < r.n; i++) {
		e = &r.event[i];
		if (e->what != WHAT_POINT || strcmp(e->actor, "A.1") != 0 ||
		    strncmp(e->call, "open", 4) != 0)
			continue;
		ck_assert_str_eq(e->object, "fifo 1");
		ck_assert_int_lt(told, 2);
		would[told++] = e->would_block;
	}
	ck_assert_int_eq(told, 2);
	ck_assert(would[0]);
	ck_assert(!would[1]);
	run_end(&r);
}
END_TEST

START_TEST(a_deadlock_is_seen_and_not_waited_for)
{
	struct run r;

	run_start(&r, "deadlock", 1);
	run_drive(&r, NULL);
	ck_assert(!r.ended);
	ck_assert_int_eq(player(&r, "A")->can, ASLEEP);
	ck_assert_int_eq(player(&r, "A.1")->can, ASLEEP);
	run_end(&r);
}
END_TEST

START_TEST(sleeping_moves_the_virtual_clock)
{
	const struct event *e;
	struct run r;

	run_start(&r, "sleep", 1);
	run_drive(&r, NULL);
	e = &r.event[r.n - 1];
	ck_assert_int_ge(e->time, INT64_C(90000) * 1000000000);
	run_end(&r);
}
END_TEST

START_TEST(no_child_escapes_the_tracer)
{
	struct run r;

	run_start(&r, "escape", 1);
	run_drive(&r, NULL);
	ck_assert_ptr_nonnull(find(&r, WHAT_CALL, "A.1", "write"));
	ck_assert_ptr_nonnull(find(&r, WHAT_CALL, "A.2", "write"));
	run_end(&r);
}
END_TEST

static const char *const repeatable[] = {
	"fill", "large", "entropy", "threads", "spawn", "fifo", "files",
	"alarm", "poll", "stop",
};

static bool
same_call(const struct event *a, const struct event *b)
{
	return a->what == b->what && strcmp(a->actor, b->actor) == 0 &&
	       strcmp(a->call, b->call) == 0;
}

START_TEST(the_same_choices_give_the_same_events)
{
	struct run a, b;
	const char *field = "what was called";
	bool private;

	run_start(&a, repeatable[_i], 7);
	run_drive(&a, NULL);
	run_start(&b, repeatable[_i], 7);
	run_drive(&b, NULL);
	ck_assert_int_eq(a.n, b.n);
	/* Without PID namespaces (doctor says so) process numbers differ, and
	 * what a program makes of them.  */
	private = a.n > 0 && a.event[0].pid == b.event[0].pid;
	for (int i = 0; i < a.n; i++)
		ck_assert_msg(private ? event_equal(&a.event[i], &b.event[i],
						    &field)
				      : same_call(&a.event[i], &b.event[i]),
			      "%s: event %d differs in %s", repeatable[_i],
			      i + 1, field);
	run_end(&a);
	run_end(&b);
}
END_TEST

START_TEST(another_seed_gives_other_random_bytes)
{
	const struct event *a, *b;
	struct run one, two;

	run_start(&one, "entropy", 1);
	run_drive(&one, NULL);
	run_start(&two, "entropy", 2);
	run_drive(&two, NULL);
	a = find(&one, WHAT_CALL, "A", "write");
	b = find(&two, WHAT_CALL, "A", "write");
	ck_assert_ptr_nonnull(a);
	ck_assert_ptr_nonnull(b);
	ck_assert_str_ne(a->data, b->data);
	run_end(&one);
	run_end(&two);
}
END_TEST

START_TEST(a_sleeper_cannot_be_chosen)
{
	struct run r;

	run_start(&r, "deadlock", 1);
	run_drive(&r, NULL);
	run_choose(&r, "go A");
	ck_assert_ptr_nonnull(find(&r, WHAT_DIFFER, NULL, NULL));
	run_choose(&r, "go nobody");
	ck_assert(r.held);
	run_end(&r);
}
END_TEST

START_TEST(a_signal_can_be_sent)
{
	const struct event *e;
	struct run r;

	run_start(&r, "deadlock", 1);
	run_drive(&r, NULL);
	run_choose(&r, "signal A.1 SIGKILL");
	e = find(&r, WHAT_EXIT, "A.1", NULL);
	ck_assert_ptr_nonnull(e);
	ck_assert_int_eq(e->signal, SIGKILL);
	run_end(&r);
}
END_TEST

START_TEST(a_read_can_be_cut)
{
	const struct event *e;
	struct run r;

	run_start(&r, "fill", 1);
	run_read(&r);
	/* pipe2, fork, close, one write; then the reader closes.  */
	for (int i = 0; i < 4; i++)
		run_choose(&r, "go A");
	run_choose(&r, "go A.1");
	run_choose(&r, "cut A.1 100");
	e = find(&r, WHAT_CALL, "A.1", "read");
	ck_assert_ptr_nonnull(e);
	ck_assert_int_eq(e->result, 100);
	ck_assert_int_eq(e->state.bytes, 3996);
	run_end(&r);
}
END_TEST

/* The first number after the name in /proc/PID/stat of a task is its parent;
 * who has the tracer's namespace is found by that.  */
static bool
any_alive(pid_t tracer)
{
	char command[128];

	snprintf(command, sizeof(command), "pgrep -P %d >/dev/null",
		 (int)tracer);
	return system(command) == 0;
}

START_TEST(no_subject_outlives_its_tracer)
{
	struct run r;
	pid_t pid;

	run_start(&r, "stubborn", 1);
	run_read(&r);
	pid = r.tracer.pid;
	ck_assert(any_alive(pid));
	kill(pid, SIGKILL);
	/* The namespace's first process is reaped when all others are gone. */
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	ck_assert(!any_alive(pid));
	r.tracer.pid = -1;
	fclose(r.in);
	free(r.event);
}
END_TEST

START_TEST(the_tracer_ends_when_nobody_listens)
{
	struct run r;

	run_start(&r, "stubborn", 1);
	run_read(&r);
	close(r.tracer.commands);
	ck_assert_int_eq(waitpid(r.tracer.pid, NULL, 0), r.tracer.pid);
	fclose(r.in);
	free(r.event);
}
END_TEST

START_TEST(a_program_that_computes_for_ever_can_be_ended)
{
	struct run r;

	run_start(&r, "spin", 1);
	ck_assert_int_eq(write(r.tracer.commands, "quit\n", 5), 5);
	run_drive(&r, NULL);
	ck_assert(r.ended);
	run_end(&r);
}
END_TEST

static const struct { const char *program, *word; } refused[] = {
	{ "no-such-command-at-all", "no command" },
	{ "/no/such/program", "no program" },
	{ "/etc/passwd", "chmod" },
	{ "", "no command" },
};

START_TEST(what_cannot_be_run_is_refused_with_the_reason)
{
	char *argv[] = { (char *)(uintptr_t)refused[_i].program, NULL };
	struct tracer_config c = { .argv = argv, .driven = true };
	struct tracer t;
	char *why = NULL;

	ck_assert_int_eq(tracer_start(&t, &c, &why), -1);
	ck_assert_msg(strstr(why, refused[_i].word) != NULL, "%s", why);
	free(why);
}
END_TEST

static void
set_up(void)
{
	tmp = live_folder();
}

int
main(void)
{
	Suite *s = suite_create("drive");
	TCase *c = tcase_create("drive");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(c, set_up, NULL);
	tcase_set_timeout(c, 60);
	tcase_add_loop_test(c, programs_run_as_they_would_alone, 0,
			    ARRAY_SIZE(well_behaved));
	tcase_add_test(c, a_full_pipe_puts_the_writer_to_sleep);
	tcase_add_test(c,
		       who_opens_a_fifo_is_seen_on_it_and_lets_the_other_in);
	tcase_add_test(c, a_deadlock_is_seen_and_not_waited_for);
	tcase_add_test(c, sleeping_moves_the_virtual_clock);
	tcase_add_test(c, no_child_escapes_the_tracer);
	tcase_add_loop_test(c, the_same_choices_give_the_same_events, 0,
			    ARRAY_SIZE(repeatable));
	tcase_add_test(c, another_seed_gives_other_random_bytes);
	tcase_add_test(c, a_sleeper_cannot_be_chosen);
	tcase_add_test(c, a_signal_can_be_sent);
	tcase_add_test(c, a_read_can_be_cut);
	tcase_add_test(c, no_subject_outlives_its_tracer);
	tcase_add_test(c, the_tracer_ends_when_nobody_listens);
	tcase_add_test(c, a_program_that_computes_for_ever_can_be_ended);
	tcase_add_loop_test(c, what_cannot_be_run_is_refused_with_the_reason,
			    0, ARRAY_SIZE(refused));
	suite_add_tcase(s, c);
	runner = srunner_create(s);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
