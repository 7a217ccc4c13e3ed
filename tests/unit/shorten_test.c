/*
 * Shortening, on a small machine: actors that each load a counter, store it
 * plus one, and do some steps that nobody notices before and behind.  A run
 * fails when an update is lost.
 */
#include "explore/shorten.h"
#include "tests/unit/unit.h"

enum { ACTORS = 4, STEPS = 8, LOADS = 3, STORES = 5 };

struct machine {
	int step[ACTORS], seen[ACTORS];
	int counter;
	uint64_t runs;
	bool never;		/* no run fails */
};

/* Who can go, in order.  Behind LOADS an actor may also fail (a fault).  */
static void
look(const struct machine *m, struct position *p)
{
	p->n_alternatives = 0;
	for (int a = 0; a < ACTORS; a++)
		if (m->step[a] < STEPS)
			p->alternative[p->n_alternatives++] =
				(struct alternative){ .actor = a };
	for (int a = 0; a < ACTORS; a++)
		if (m->step[a] == LOADS)
			p->alternative[p->n_alternatives++] =
				(struct alternative){
					.actor = a, .kind = ALTERNATIVE_FAIL,
					.number = 4, .fault = true };
}

static void
go(struct machine *m, const struct alternative *a)
{
	int actor = a->actor, step = m->step[actor]++;

	if (step == LOADS)
		m->seen[actor] = m->counter;
	else if (step == STORES)
		m->counter = m->seen[actor] + 1;
}

static bool
run(void *with, struct follow *f, struct tape *made, bool *whole)
{
	struct machine *m = with;
	struct alternative alternatives[2 * ACTORS];
	struct position p = { .last = -1, .alternative = alternatives };

	memset(m->step, 0, sizeof(m->step));
	m->counter = 0;
	m->runs++;
	for (look(m, &p); p.n_alternatives; look(m, &p)) {
		int i = follow_pick(f, &p);

		if (i < 0)
			return *whole = false;
		tape_add(made, &p, i);
		go(m, &p.alternative[i]);
		p.last = p.alternative[i].actor;
		p.step++;
	}
	*whole = true;
	return !m->never && m->counter < ACTORS;
}

/* Random runs until one fails.  */
static void
find(struct machine *m, uint64_t seed, struct tape *found)
{
	struct tape none = TAPE_INIT;

	for (;; seed++) {
		struct follow f = { .tape = &none, .rest = FOLLOW_RANDOM,
				    .random = seed };
		bool whole, fails;

		found->n = 0;
		follow_begin(&f);
		fails = run(m, &f, found, &whole);
		follow_end(&f);
		if (fails)
			return;
	}
}

START_TEST(a_lost_update_takes_one_preemption)
{
	struct machine m = { .runs = 0 };
	struct tape found = TAPE_INIT;
	struct shortened s;

	find(&m, _i * 1000, &found);
	shorten(&found, run, &m, 10000, &s);
	ck_assert_int_eq(tape_preemptions(&s.tape), 1);
	ck_assert_int_eq(tape_faults(&s.tape), 0);
	/* From one to the other and back; and on to each of the rest. */
	ck_assert_int_le(tape_switches(&s.tape), ACTORS);
	ck_assert_uint_eq(s.tape.n, ACTORS * STEPS);
	ck_assert_uint_le(s.runs, 30000);
	tape_release(&found);
	tape_release(&s.tape);
	tape_release(&s.passing);
}
END_TEST

/* What the run does once its first picks are made.  */
static bool
fails_after(struct machine *m, const struct tape *t, size_t n, uint64_t seed)
{
	struct follow f = { .tape = t, .exact = n, .skip = SIZE_MAX,
			    .rest = FOLLOW_RANDOM, .random = seed };
	struct tape made = TAPE_INIT;
	bool whole, fails;

	follow_begin(&f);
	fails = run(m, &f, &made, &whole);
	follow_end(&f);
	tape_release(&made);
	return fails;
}

START_TEST(the_turning_step_is_where_nothing_helps_any_more)
{
	struct machine m = { .runs = 0 };
	struct tape found = TAPE_INIT;
	struct shortened s;
	int recovered = 0;

	find(&m, 7, &found);
	shorten(&found, run, &m, 10000, &s);
	ck_assert_uint_gt(s.turning, 0);
	for (int i = 0; i < 300; i++) {
		ck_assert(fails_after(&m, &s.tape, s.turning, 100 + i));
		recovered += !fails_after(&m, &s.tape, s.turning - 1, 100 + i);
	}
	ck_assert_int_gt(recovered, 0);
	/* The run beside it goes the same way up to there, and passes. */
	ck_assert_uint_gt(s.passing.n, 0);
	for (size_t i = 0; i + 1 < s.turning; i++)
		ck_assert_int_eq(s.passing.pick[i].actor,
				 s.tape.pick[i].actor);
	tape_release(&found);
	tape_release(&s.tape);
	tape_release(&s.passing);
}
END_TEST

START_TEST(a_tape_that_is_followed_is_made_again)
{
	struct machine m = { .runs = 0 };
	struct tape found = TAPE_INIT, made = TAPE_INIT;
	struct follow f = { .tape = &found };
	bool whole;

	find(&m, 5, &found);
	f.exact = found.n;
	follow_begin(&f);
	ck_assert(run(&m, &f, &made, &whole));
	ck_assert(!f.differs);
	ck_assert_uint_eq(made.n, found.n);
	for (size_t i = 0; i < made.n; i++) {
		ck_assert_int_eq(made.pick[i].actor, found.pick[i].actor);
		ck_assert_int_eq(made.pick[i].preempts,
				 found.pick[i].preempts);
	}
	follow_end(&f);
	/* Picks that are not there are noticed. */
	found.pick[3].actor = ACTORS + 1;
	follow_begin(&f);
	made.n = 0;
	ck_assert(!run(&m, &f, &made, &whole));
	ck_assert(f.differs && !whole);
	follow_end(&f);
	tape_release(&found);
	tape_release(&made);
}
END_TEST

START_TEST(faults_that_are_not_needed_go)
{
	struct machine m = { .runs = 0 };
	struct tape found = TAPE_INIT;
	struct shortened s;

	find(&m, 3, &found);
	for (size_t i = 0, done[ACTORS] = { 0 }; i < found.n; i++)
		if (done[found.pick[i].actor]++ == LOADS) {
			found.pick[i].kind = ALTERNATIVE_FAIL;
			found.pick[i].number = 4;
			found.pick[i].fault = true;
		}
	ck_assert_int_eq(tape_faults(&found), ACTORS);
	shorten(&found, run, &m, 10000, &s);
	ck_assert_int_eq(tape_faults(&s.tape), 0);
	tape_release(&found);
	tape_release(&s.tape);
	tape_release(&s.passing);
}
END_TEST

START_TEST(the_budget_is_kept)
{
	struct machine m = { .runs = 0 };
	struct tape found = TAPE_INIT;
	struct shortened s;
	uint64_t before;

	find(&m, 1, &found);
	before = m.runs;
	shorten(&found, run, &m, 5, &s);
	ck_assert_uint_le(m.runs - before, 15);
	ck_assert_uint_eq(m.runs - before, s.runs);
	/* What fails no more when it is run again is kept as it was. */
	tape_release(&s.tape);
	tape_release(&s.passing);
	m.never = true;
	shorten(&found, run, &m, 100, &s);
	ck_assert_uint_eq(s.tape.n, found.n);
	tape_release(&found);
	tape_release(&s.tape);
	tape_release(&s.passing);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("shorten");
	TCase *c = tcase_create("one preemption");

	tcase_set_timeout(c, 0);
	tcase_add_loop_test(c, a_lost_update_takes_one_preemption, 0, 20);
	suite_add_tcase(s, c);
	unit_add(s, the_turning_step_is_where_nothing_helps_any_more);
	unit_add(s, a_tape_that_is_followed_is_made_again);
	unit_add(s, faults_that_are_not_needed_go);
	unit_add(s, the_budget_is_kept);
	return unit_run(s);
}
