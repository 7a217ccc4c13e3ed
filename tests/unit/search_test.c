/*
 * The search that leaves out orders which make no difference, against all
 * interleavings of programs of the model machine.
 */
#include "schedule/classics.h"
#include "schedule/every.h"
#include "schedule/made.h"

#include "unit.h"

#include <stdio.h>

/* SEEDS programs of each taste from FIRST_SEED on, or what the environment says:
 * make check-search.  */
enum { SEEDS = 8, STEPS_MAX = 1000, RUNS_MAX = 200000, STATES_MAX = 400000 };

/* ---- comparing ---- */

struct found {
	struct ends ends;
	struct strategy_progress progress;
	uint64_t given_up;
};

/* False: it has too many runs.  */
static bool
search(const struct program *p, int bound, int faults, struct found *to)
{
	struct strategy_config c = { .depth = bound, .faults = faults };
	struct strategy *s = strategy_find("dpor")->open(&c);
	struct outcome o;

	*to = (struct found){ .given_up = 0 };
	while (s->kind->begin(s)) {
		model_run(s, p, STEPS_MAX, &o);
		if (o.ending == ENDING_GIVEN_UP)
			to->given_up++;
		else
			ends_add(&to->ends, end_of(&o.end, p));
		for (int i = 0; i < o.n_stuck; i++)
			ends_add(&to->ends, end_of(&o.stuck[i], p));
		s->kind->progress(s, &to->progress);
		if (to->progress.runs + to->given_up >= RUNS_MAX)
			break;
		if (bound >= 0)
			ck_assert_int_le(o.preemptions, bound);
		ck_assert_int_le(o.faults, faults);
	}
	s->kind->progress(s, &to->progress);
	s->kind->close(s);
	return to->progress.complete;
}

static size_t
missing(const struct ends *from, const struct ends *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += !ends_have(from, all->end[i]);
	return n;
}

/* Does the search find all ends, and no others?  If not, that is told.  */
static bool
agrees(uint64_t seed, int taste, int bound, int faults)
{
	struct made m;
	struct ends all = { 0 };
	struct found f;
	size_t n, more;

	make_program(seed, &tastes[taste], &m);
	if (!ends_of(&m.program, bound, faults, STATES_MAX, &all)) {
		ends_release(&all);
		return true;
	}
	n = more = 0;
	if (search(&m.program, bound, faults, &f)) {
		n = missing(&f.ends, &all);
		more = missing(&all, &f.ends);
	}
	if (n || more)
		printf("# { %d, %d, %d, %d }: of %zu ends %zu are missing, "
		       "and there are %zu others\n", taste, (int)seed, bound,
		       faults, all.n, n, more);
	ends_release(&all);
	ends_release(&f.ends);
	return n == 0 && more == 0;
}

static int
number_of(const char *variable, int otherwise)
{
	const char *s = getenv(variable);

	return s ? atoi(s) : otherwise;
}

static void
compare_all(int bound, int faults)
{
	int first = number_of("FIRST_SEED", 0), n = number_of("SEEDS", SEEDS);
	int wrong = 0;

	for (int taste = 0; taste < n_tastes; taste++)
		for (int seed = first; seed < first + n; seed++)
			wrong += !agrees((uint64_t)seed, taste, bound, faults);
	ck_assert_int_eq(wrong, 0);
}

START_TEST(every_end_is_reached)
{
	compare_all(-1, 0);
}
END_TEST

START_TEST(every_end_is_reached_with_faults)
{
	compare_all(-1, 1);
	compare_all(-1, 2);
}
END_TEST

/* Programs that a search missed an end of once.  */
START_TEST(what_was_missed_is_reached)
{
	static const struct {
		int taste, seed, bound, faults;
	} missed[] = {
		{ 7, 255, -1, 0 }, { 7, 1380, -1, 0 }, { 2, 594, -1, 0 },
		{ 6, 564, -1, 0 }, { 3, 217, 0, 0 }, { 3, 44, 1, 0 },
		{ 1, 70, 1, 0 }, { 5, 104, 0, 0 },
		{ 3, 320, -1, 2 }, { 3, 330, -1, 2 },
		/* Only a fault could go on: that is an end too.  */
		{ 3, 303, -1, 2 }, { 7, 255, -1, 1 },
		{ 5, 100353, -1, 0 }, { 7, 200511, -1, 0 },
		{ 1, 200033, 1, 0 },
		/* Who is the last at a barrier; who was let into a read-write
		 * lock before another waited for it.  */
		{ 9, 23, -1, 0 }, { 8, 45, -1, 0 },
		/* Writes that go beyond the end of a file.  */
		{ 15, 1274, 1, 0 },
		/* Who could have gone on sooner, before a step that was done
		 * while it waited.  */
		{ 10, 1269, -1, 0 },
		/* Who spins where it is to go, without a preemption.  */
		{ 13, 5836, 0, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(missed); i++)
		ck_assert(agrees((uint64_t)missed[i].seed, missed[i].taste,
				 missed[i].bound, missed[i].faults));
}
END_TEST

START_TEST(every_end_within_a_bound_is_reached)
{
	for (int bound = 0; bound <= 2; bound++)
		compare_all(bound, 0);
	compare_all(1, 1);
}
END_TEST

/* A bound that cuts nothing off says so, and finds what a search without one
 * finds.  */
START_TEST(a_bound_that_is_wide_enough_bounds_nothing)
{
	struct found wide, narrow, none;

	ck_assert(search(&deadlock01_bad, 20, 0, &wide));
	ck_assert(search(&deadlock01_bad, 1, 0, &narrow));
	ck_assert(search(&deadlock01_bad, -1, 0, &none));
	ck_assert(!wide.progress.bounded && !none.progress.bounded);
	ck_assert(narrow.progress.bounded);
	ck_assert_uint_eq(wide.ends.n, none.ends.n);
	ck_assert_uint_eq(missing(&wide.ends, &none.ends), 0);
	ck_assert_uint_lt(narrow.progress.runs, wide.progress.runs);
	ends_release(&wide.ends);
	ends_release(&narrow.ends);
	ends_release(&none.ends);
}
END_TEST

/* Not more runs than differ; what is known of these programs. */
START_TEST(orders_that_make_no_difference_are_left_out)
{
	static const struct {
		const struct program *program;
		uint64_t runs;
	} most[] = {
		{ &account_ok, 6 }, { &lazy01_ok, 6 }, { &sync01_ok, 2 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(most); i++) {
		struct found f;

		ck_assert(search(most[i].program, -1, 0, &f));
		ck_assert_uint_le(f.progress.runs, most[i].runs);
		ck_assert(!f.progress.bounded);
		ck_assert_uint_eq((uint64_t)f.progress.estimate,
				  f.progress.runs);
		ends_release(&f.ends);
	}
}
END_TEST

static int
runs_to_failure(const struct program *p)
{
	struct strategy_config c = { .depth = -1 };
	struct strategy *s = strategy_find("dpor")->open(&c);
	struct outcome o = { .failed = false };
	int n = 0;

	for (; !o.failed && s->kind->begin(s); n++)
		model_run(s, p, STEPS_MAX, &o);
	ck_assert(o.failed);
	s->kind->close(s);
	return n;
}

START_TEST(failures_are_found_in_few_runs)
{
	ck_assert_int_le(runs_to_failure(&reorder3_bad), 9);
	ck_assert_int_le(runs_to_failure(&wronglock3_bad), 8);
	ck_assert_int_le(runs_to_failure(&account_bad), 134);
	ck_assert_int_le(runs_to_failure(&token_ring_bad), 955);
	ck_assert_int_le(runs_to_failure(&twostage_bad), 2);
	ck_assert_int_le(runs_to_failure(&deadlock01_bad), 2);
	ck_assert_int_le(runs_to_failure(&lazy01_bad), 1);
}
END_TEST

/* A run of many actors that each do as many steps, on one object or on their
 * own: what a strategy is shown, made without a machine.  */
static void
long_run(struct strategy *s, int actors, int steps, bool shared)
{
	struct position p = { .last = -1, .n_standing = actors };
	struct done done;
	int *left = xcalloc((size_t)actors, sizeof(*left));

	p.standing = xcalloc((size_t)actors, sizeof(*p.standing));
	p.alternative = xcalloc((size_t)actors, sizeof(*p.alternative));
	for (int i = 0; i < actors; i++) {
		struct operation *o = &p.standing[i].next;

		operation_touch(o, i % 2 ? ACT_LOAD : ACT_STORE,
				shared ? 1 : 1 + (uint32_t)i);
		p.standing[i].actor = i;
		left[i] = steps;
	}
	for (;; p.step++) {
		int i;

		p.n_alternatives = 0;
		for (i = 0; i < actors; i++) {
			struct alternative *a;

			p.standing[i].state = left[i] ? STANDS_READY :
					      STANDS_ENDED;
			if (left[i] == 0)
				continue;
			a = &p.alternative[p.n_alternatives++];
			*a = (struct alternative){ .actor = i };
			a->op = p.standing[i].next;
		}
		if (p.n_alternatives == 0 ||
		    (i = s->kind->pick(s, &p)) < 0)
			break;
		p.last = p.alternative[i].actor;
		left[p.last]--;
		memset(&done, 0, sizeof(done));
		done.op = p.alternative[i].op;
		s->kind->did(s, &p, i, &done);
	}
	s->kind->end(s, &p, p.n_alternatives ? ENDING_GIVEN_UP :
		     ENDING_OVER);
	free(p.standing);
	free(p.alternative);
	free(left);
}

START_TEST(long_runs_and_many_actors_are_searched)
{
	static const struct {
		int actors, steps;
		bool shared;
	} runs[] = {
		{ 2, 50000, true }, { 4, 25000, false },
		{ 1024, 3, true }, { 1024, 3, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(runs); i++) {
		struct strategy_config c = { .depth = -1 };
		struct strategy *s = strategy_find("dpor")->open(&c);
		struct strategy_progress g;

		ck_assert(s->kind->begin(s));
		long_run(s, runs[i].actors, runs[i].steps, runs[i].shared);
		s->kind->progress(s, &g);
		ck_assert_uint_eq(g.runs, 1);
		/* Where nobody touches what others do, that is all.  */
		ck_assert_int_eq(g.complete, !runs[i].shared);
		ck_assert_int_eq(s->kind->begin(s), runs[i].shared);
		s->kind->close(s);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("search");


	unit_add(s, every_end_is_reached);
	unit_add(s, every_end_is_reached_with_faults);
	unit_add(s, what_was_missed_is_reached);
	unit_add(s, every_end_within_a_bound_is_reached);
	unit_add(s, a_bound_that_is_wide_enough_bounds_nothing);
	unit_add(s, orders_that_make_no_difference_are_left_out);
	unit_add(s, failures_are_found_in_few_runs);
	unit_add(s, long_runs_and_many_actors_are_searched);
	return unit_run(s);
}
