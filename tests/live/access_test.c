/*
 * Programs built with `ipclab cc` (cc/actors.c), driven: who accesses what,
 * who waits in which operation, and that choices decide how it ends.  By gcc
 * and by clang.
 */
#include "config.h"

#include "event/event.h"
#include "tracer/tracer.h"
#include "tests/live/child.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EVENTS_MAX = 2000, STEPS_MAX = 400, ACTORS_MAX = 8, AGAIN = 20 };

static const char *const compilers[] = { "gcc", "clang" };
static const char *tmp;
static bool built[ARRAY_SIZE(compilers)];

/* ---- a run ---- */

struct player {
	char name[NAME_MAX_LEN];
	bool ready, would_block;
	int64_t until;		/* asleep until then, -1 */
};

struct run {
	struct tracer tracer;
	FILE *in;
	struct event *event;
	int n;
	struct player player[ACTORS_MAX];
	int n_players;
	bool held, ended;
};

static struct player *
player(struct run *r, const char *name)
{
	for (int i = 0; i < r->n_players; i++)
		if (strcmp(r->player[i].name, name) == 0)
			return &r->player[i];
	ck_assert_int_lt(r->n_players, ACTORS_MAX);
	r->player[r->n_players] = (struct player){ .until = -1 };
	COPY_STR(r->player[r->n_players].name, name);
	return &r->player[r->n_players++];
}

static void
note(struct run *r, const struct event *e)
{
	struct player *p = e->actor[0] ? player(r, e->actor) : NULL;

	switch (e->what) {
	case WHAT_POINT:
		*p = (struct player){ .until = -1, .ready = true,
				      .would_block = e->would_block };
		COPY_STR(p->name, e->actor);
		break;
	case WHAT_BLOCK:
		p->ready = false;
		p->until = e->until;
		break;
	case WHAT_CALL:
	case WHAT_EXIT:
		p->ready = false;
		p->until = -1;
		break;
	case WHAT_HELD: r->held = true; break;
	case WHAT_END: r->ended = true; break;
	default: break;
	}
}

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
		note(r, &r->event[r->n++]);
	}
	free(line);
}

static void
run_start(struct run *r, int compiler, const char *program)
{
	char path[PATH_MAX_LEN];
	char *argv[] = { path, (char *)(uintptr_t)program, NULL };
	struct tracer_config c = { .argv = argv, .driven = true,
				   .sources = true, .private_pids = true,
				   .cwd = tmp };
	char *why = NULL;

	snprintf(path, sizeof(path), "%s/%s", tmp, compilers[compiler]);
	memset(r, 0, sizeof(*r));
	r->event = xmalloc(EVENTS_MAX * sizeof(*r->event));
	ck_assert_msg(tracer_start(&r->tracer, &c, &why) == 0, "%s", why);
	r->in = fdopen(r->tracer.events, "r");
	run_read(r);
}

static void
run_go(struct run *r, const char *name)
{
	char line[128];
	int n = snprintf(line, sizeof(line), "go %s\n", name);

	ck_assert_int_eq(write(r->tracer.commands, line, n), n);
	run_read(r);
}

/* Who can go: ready ones that would not wait before those that would; whose
 * time comes only if nobody else can.  Of several the policy chooses.  NULL:
 * nobody can.  */
static const char *
run_next(const struct run *r, unsigned *policy)
{
	const struct player *can[ACTORS_MAX];

	for (int pass = 0; pass < 3; pass++) {
		int n = 0;

		for (int i = 0; i < r->n_players; i++) {
			const struct player *p = &r->player[i];

			if (pass == 2 ? p->until >= 0 :
			    p->ready && p->would_block == (pass == 1))
				can[n++] = p;
		}
		if (n > 0) {
			*policy = *policy * 1103515245 + 12345;
			return can[(*policy >> 16) % n]->name;
		}
	}
	return NULL;
}

/* To the end, or until nobody can go.  */
static void
run_on(struct run *r, unsigned policy)
{
	const char *name;

	for (int i = 0; i < STEPS_MAX && !r->ended; i++) {
		name = run_next(r, &policy);
		if (!name)
			return;
		run_go(r, name);
	}
	ck_assert(r->ended);
}

static void
run_end(struct run *r)
{
	fclose(r->in);
	r->tracer.events = -1;
	tracer_stop(&r->tracer);
	free(r->event);
}

static int
status_of(const struct run *r)
{
	ck_assert(r->ended);
	ck_assert_int_eq(r->event[r->n - 1].what, WHAT_END);
	return r->event[r->n - 1].status;
}

/* The n-th event of that kind, from 0; NULL.  */
static const struct event *
find(const struct run *r, int nth, enum what what, const char *actor,
     const char *call)
{
	for (int i = 0; i < r->n; i++)
		if (r->event[i].what == what &&
		    (!actor || strcmp(r->event[i].actor, actor) == 0) &&
		    strcmp(r->event[i].call, call) == 0 && nth-- == 0)
			return &r->event[i];
	return NULL;
}

static int
count(const struct run *r, enum what what, const char *call)
{
	int n = 0;

	while (find(r, n, what, NULL, call))
		n++;
	return n;
}

static void
assert_access(const struct event *e, const char *object, const char *place,
	      int64_t value)
{
	char text[64];

	ck_assert_ptr_nonnull(e);
	ck_assert_str_eq(e->object, object);
	ck_assert(event_arg(e, "place", text, sizeof(text)));
	ck_assert_str_eq(text, place);
	ck_assert_int_eq(e->value, value);
}

/* ---- tests: each by each compiler that there is ---- */

/* A makes the memory and the two, and waits; both load before one stores.  */
static void
lose(struct run *r, int compiler)
{
	run_start(r, compiler, "lost");
	for (int i = 0; i < 4; i++)
		run_go(r, "A");
	run_go(r, "A.1");
	run_go(r, "A.2");
	run_go(r, "A.1");
	run_go(r, "A.2");
	run_on(r, 0);
}

static void
test_lost(int compiler)
{
	const struct event *e;
	struct run r, again;

	lose(&r, compiler);
	ck_assert_int_eq(status_of(&r), 1);
	e = find(&r, 0, WHAT_CALL, "A.1", "load");
	assert_access(e, "memory 1", "shared->counter", 0);
	ck_assert_int_eq(e->offset, 0);
	ck_assert_int_eq(e->bytes, 4);
	ck_assert_int_eq(e->end, MODE_READ);
	ck_assert_msg(strncmp(e->source, "actors.c:", 9) == 0 ||
		      strstr(e->source, "/actors.c:"), "%s", e->source);
	assert_access(find(&r, 0, WHAT_CALL, "A.2", "load"), "memory 1",
		      "shared->counter", 0);
	assert_access(find(&r, 0, WHAT_CALL, "A.1", "store"), "memory 1",
		      "shared->counter", 1);
	assert_access(find(&r, 0, WHAT_CALL, "A.2", "store"), "memory 1",
		      "shared->counter", 1);
	for (int i = 0; i < AGAIN; i++) {
		const char *field = NULL;

		lose(&again, compiler);
		ck_assert_int_eq(again.n, r.n);
		for (int j = 0; j < r.n; j++)
			ck_assert_msg(event_equal(&r.event[j],
						  &again.event[j], &field),
				      "event %d: %s differs", j + 1, field);
		run_end(&again);
	}
	run_end(&r);
}

START_TEST(an_update_is_lost_and_lost_again_in_each_replay)
{
	if (built[_i])
		test_lost(_i);
}
END_TEST

/* What keeps out of each other's way does so in whatever order.  */
static const char *const correct[] = {
	"semaphore", "mutex", "atomic", "locked", "condition", "locks",
	"restarted", "timed", "private", "everywhere", "forks",
	"execs",
};

START_TEST(correct_programs_never_fail)
{
	int program = _i / (int)ARRAY_SIZE(compilers);
	int compiler = _i % (int)ARRAY_SIZE(compilers);

	for (unsigned policy = 1; built[compiler] && policy <= 5; policy++) {
		struct run r;

		run_start(&r, compiler, correct[program]);
		run_on(&r, policy);
		ck_assert_msg(r.ended, "%s: nobody can go under policy %u",
			      correct[program], policy);
		ck_assert_msg(status_of(&r) == 0, "%s: status %d under %u",
			      correct[program], status_of(&r), policy);
		run_end(&r);
	}
}
END_TEST

static void
test_threads(int compiler)
{
	bool lost = false, kept = false;

	for (unsigned policy = 1; policy < 20; policy++) {
		struct run r;

		run_start(&r, compiler, "threads");
		run_on(&r, policy);
		assert_access(find(&r, 0, WHAT_CALL, NULL, "load"), "",
			      "global", 0);
		lost |= status_of(&r) == 1;
		kept |= status_of(&r) == 0;
		run_end(&r);
	}
	ck_assert(lost);
	ck_assert(kept);
}

START_TEST(threads_lose_an_update_of_a_global_in_some_orders)
{
	if (built[_i])
		test_threads(_i);
}
END_TEST

static void
test_blocked(int compiler)
{
	const struct event *e;
	struct run r;

	run_start(&r, compiler, "semaphore");
	while (!find(&r, 0, WHAT_CALL, "A.1", "sem_wait"))
		run_go(&r, player(&r, "A.1")->ready ? "A.1" : "A");
	while (!find(&r, 0, WHAT_BLOCK, "A.2", "sem_wait"))
		run_go(&r, player(&r, "A.2")->ready ? "A.2" : "A");
	e = find(&r, 0, WHAT_BLOCK, "A.2", "sem_wait");
	ck_assert_str_eq(e->object, "semaphore 1");
	e = find(&r, 0, WHAT_CALL, "A.1", "sem_wait");
	ck_assert_str_eq(e->object, "semaphore 1");
	ck_assert_int_eq(e->value, 0);
	/* Foreseen by the semaphore's own memory.  */
	e = find(&r, count(&r, WHAT_POINT, "sem_wait") - 1, WHAT_POINT, NULL,
		 "sem_wait");
	ck_assert(e->would_block);
	run_on(&r, 0);
	ck_assert_int_eq(status_of(&r), 0);
	ck_assert_int_eq(count(&r, WHAT_CALL, "futex"), 0);
	ck_assert_int_eq(count(&r, WHAT_BLOCK, "futex"), 0);
	run_end(&r);
}

START_TEST(who_waits_is_blocked_in_the_operation_not_in_futex)
{
	if (built[_i])
		test_blocked(_i);
}
END_TEST

static void
test_deadlock(int compiler)
{
	const struct event *e;
	struct run r;

	run_start(&r, compiler, "deadlock");
	while (!find(&r, 0, WHAT_CALL, "A:1", "pthread_mutex_lock"))
		run_go(&r, player(&r, "A:1")->ready ? "A:1" : "A");
	while (!find(&r, 0, WHAT_CALL, "A:2", "pthread_mutex_lock"))
		run_go(&r, player(&r, "A:2")->ready ? "A:2" : "A");
	run_on(&r, 0);
	ck_assert(!r.ended);
	e = find(&r, 0, WHAT_BLOCK, "A:1", "pthread_mutex_lock");
	ck_assert_ptr_nonnull(e);
	ck_assert_str_eq(e->object, "mutex 2");
	e = find(&r, 0, WHAT_BLOCK, "A:2", "pthread_mutex_lock");
	ck_assert_ptr_nonnull(e);
	ck_assert_str_eq(e->object, "mutex 1");
	ck_assert_ptr_nonnull(find(&r, 0, WHAT_BLOCK, "A", "pthread_join"));
	run_end(&r);
}

START_TEST(two_mutexes_in_opposite_order_are_a_deadlock)
{
	if (built[_i])
		test_deadlock(_i);
}
END_TEST

static void
test_handler(int compiler)
{
	const struct event *e;
	struct run r;

	run_start(&r, compiler, "interrupted");
	while (!find(&r, 0, WHAT_BLOCK, "A", "sem_wait"))
		run_go(&r, "A");
	run_on(&r, 0);
	ck_assert_int_eq(status_of(&r), 0);
	/* What the handler did is told, and is a point, in between.  */
	assert_access(find(&r, 0, WHAT_CALL, "A", "store"), "memory 1",
		      "shared->counter", 10);
	ck_assert_ptr_nonnull(find(&r, 0, WHAT_POINT, "A", "sem_post"));
	e = find(&r, 0, WHAT_CALL, "A", "sem_wait");
	ck_assert_ptr_nonnull(e);
	ck_assert_int_eq(e->error, 4);		/* EINTR */
	ck_assert_int_gt(e->n, find(&r, 0, WHAT_CALL, "A", "sem_post")->n);
	run_end(&r);
}

START_TEST(a_handler_in_the_middle_of_sem_wait)
{
	if (built[_i])
		test_handler(_i);
}
END_TEST

static void
test_private(int compiler)
{
	struct run r;

	run_start(&r, compiler, "private");
	run_on(&r, 1);
	ck_assert_int_eq(status_of(&r), 0);
	ck_assert_int_eq(count(&r, WHAT_POINT, "load"), 0);
	ck_assert_int_eq(count(&r, WHAT_POINT, "store"), 0);
	ck_assert_int_eq(count(&r, WHAT_CALL, "load"), 0);
	ck_assert_int_eq(count(&r, WHAT_CALL, "store"), 0);
	run_end(&r);
}

START_TEST(ten_thousand_private_accesses_stop_nowhere)
{
	if (built[_i])
		test_private(_i);
}
END_TEST

static void
test_everywhere(int compiler)
{
	const struct event *e;
	struct run r;

	run_start(&r, compiler, "everywhere");
	run_on(&r, 1);
	ck_assert_int_eq(status_of(&r), 0);
	/* The file, the segment, and the new mapping; not the private one. */
	e = find(&r, 0, WHAT_CALL, "A", "store");
	ck_assert_msg(strncmp(e->object, "file ", 5) == 0, "%s", e->object);
	ck_assert_int_eq(e->offset, 5);
	ck_assert_int_eq(e->value, 'f');
	e = find(&r, 1, WHAT_CALL, "A", "store");
	ck_assert_int_eq(e->value, 7);
	ck_assert_int_eq(e->offset, 12);
	assert_access(find(&r, 2, WHAT_CALL, "A", "store"), "memory 1",
		      "shared->text", 0x7364726f77);	/* "words" */
	assert_access(find(&r, 3, WHAT_CALL, "A", "store"), "memory 3",
		      "again[1]", -8);
	run_end(&r);
}

START_TEST(all_that_is_shared_is_seen_and_nothing_else)
{
	if (built[_i])
		test_everywhere(_i);
}
END_TEST

static void
test_atomic(int compiler)
{
	struct run r;

	run_start(&r, compiler, "atomic");
	run_on(&r, 3);
	ck_assert_int_eq(count(&r, WHAT_CALL, "rmw"), 2);
	assert_access(find(&r, 0, WHAT_CALL, NULL, "rmw"), "memory 1",
		      "shared->counter", 1);
	ck_assert_int_eq(event_arg_int(find(&r, 1, WHAT_CALL, NULL, "rmw"),
				       "found", -1), 1);
	run_end(&r);
}

START_TEST(an_atomic_operation_is_one_step)
{
	if (built[_i])
		test_atomic(_i);
}
END_TEST

/* ---- */

/* False: that compiler is not on this machine (cc.sh tells).  */
static bool
build(int i)
{
	char command[1024];

	snprintf(command, sizeof(command), "command -v %s >%s/found",
		 compilers[i], tmp);
	if (system(command) != 0)
		return false;
	snprintf(command, sizeof(command), "cd %s && cp "
		 "%s/tests/live/cc/actors.c . && CC=%s '%s' cc actors.c -o %s",
		 tmp, getenv("SRCDIR"), compilers[i], getenv("IPCLAB"),
		 compilers[i]);
	if (system(command) != 0)
		printf("Bail out! %s: actors.c does not compile\n",
		       compilers[i]);
	return true;
}

int
main(void)
{
	Suite *s = suite_create("access");
	TCase *c = tcase_create("access");
	int compilers_n = ARRAY_SIZE(compilers), failed;
	SRunner *runner;

	if (live_lacks_ptrace())
		return 0;
	tmp = live_folder();
	for (int i = 0; i < compilers_n; i++)
		built[i] = build(i);
	tcase_set_timeout(c, 120);
	tcase_add_loop_test(c, an_update_is_lost_and_lost_again_in_each_replay,
			    0, compilers_n);
	tcase_add_loop_test(c, correct_programs_never_fail, 0,
			    compilers_n * (int)ARRAY_SIZE(correct));
	tcase_add_loop_test(c,
			    threads_lose_an_update_of_a_global_in_some_orders,
			    0, compilers_n);
	tcase_add_loop_test(c,
			    who_waits_is_blocked_in_the_operation_not_in_futex,
			    0, compilers_n);
	tcase_add_loop_test(c, two_mutexes_in_opposite_order_are_a_deadlock,
			    0, compilers_n);
	tcase_add_loop_test(c, a_handler_in_the_middle_of_sem_wait, 0,
			    compilers_n);
	tcase_add_loop_test(c, ten_thousand_private_accesses_stop_nowhere, 0,
			    compilers_n);
	tcase_add_loop_test(c, all_that_is_shared_is_seen_and_nothing_else, 0,
			    compilers_n);
	tcase_add_loop_test(c, an_atomic_operation_is_one_step, 0,
			    compilers_n);
	suite_add_tcase(s, c);
	runner = srunner_create(s);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
