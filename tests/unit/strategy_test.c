/* Strategies over the model machine: those that sample, those that deepen.  */
#include "schedule/classics.h"
#include "schedule/every.h"

#include "unit.h"

enum { STEPS_MAX = 1000, SEEDS = 21 };

static struct strategy *
open_named(const char *name, uint64_t seed, int depth)
{
	struct strategy_config c = { .seed = seed, .depth = depth };
	const struct strategy_kind *kind = strategy_find(name);

	ck_assert_msg(kind != NULL, "%s", name);
	return kind->open(&c);
}

/* Runs until the program fails; limit + 1 if it does not.  */
static int
runs_to_failure(const char *name, uint64_t seed, const struct program *p,
		int limit)
{
	struct strategy *s = open_named(name, seed, -1);
	struct outcome o;
	int n = 1;

	for (; n <= limit && s->kind->begin(s); n++) {
		model_run(s, p, STEPS_MAX, &o);
		if (o.failed)
			break;
	}
	s->kind->close(s);
	return n;
}

static int
by_size(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int
median(const char *name, const struct program *p, int limit)
{
	int runs[SEEDS];

	for (int i = 0; i < SEEDS; i++)
		runs[i] = runs_to_failure(name, (uint64_t)i, p, limit);
	qsort(runs, SEEDS, sizeof(runs[0]), by_size);
	return runs[SEEDS / 2];
}

START_TEST(a_strategy_is_found_by_its_name)
{
	for (size_t i = 0; strategy_kinds[i]; i++)
		ck_assert_ptr_eq(strategy_find(strategy_kinds[i]->name),
				 strategy_kinds[i]);
	ck_assert_ptr_null(strategy_find("luck"));
}
END_TEST

/* What a strategy picks in some runs, as a number.  */
static uint64_t
picks(const char *name, uint64_t seed)
{
	struct strategy *s = open_named(name, seed, -1);
	struct outcome o;
	uint64_t all = 0;

	for (int i = 0; i < 20 && s->kind->begin(s); i++) {
		model_run(s, &wronglock3_bad, STEPS_MAX, &o);
		all = all * 31 + end_of(&o.end, &wronglock3_bad) +
		      (uint64_t)o.steps * 7 + (uint64_t)o.preemptions;
	}
	s->kind->close(s);
	return all;
}

START_TEST(a_strategy_is_a_function_of_its_seed)
{
	for (size_t i = 0; strategy_kinds[i]; i++)
		ck_assert_uint_eq(picks(strategy_kinds[i]->name, 5),
				  picks(strategy_kinds[i]->name, 5));
	ck_assert_uint_ne(picks("random", 5), picks("random", 6));
	ck_assert_uint_ne(picks("pos", 5), picks("pos", 6));
	ck_assert_uint_ne(picks("pct", 5), picks("pct", 6));
}
END_TEST

/* Programs, and runs that are enough: what is known of these programs from
 * others' measurements, where such a strategy finds the failure at all. */
START_TEST(failures_are_found_in_few_runs)
{
	static const struct {
		const char *strategy;
		const struct program *program;
		int runs;
	} enough[] = {
		{ "random", &lazy01_bad, 15 }, { "pos", &lazy01_bad, 4 },
		{ "pct", &lazy01_bad, 5 }, { "random", &deadlock01_bad, 2 },
		{ "pos", &deadlock01_bad, 3 }, { "pct", &deadlock01_bad, 8 },
		{ "pos", &reorder3_bad, 82 }, { "pct", &reorder3_bad, 130 },
		{ "pct", &reorder10_bad, 3255 },
		{ "random", &twostage_bad, 166 }, { "pos", &twostage_bad, 12 },
		{ "pct", &twostage_bad, 8 },
		{ "random", &wronglock3_bad, 16 },
		{ "pos", &wronglock3_bad, 5 }, { "pct", &wronglock3_bad, 47 },
		{ "pct", &token_ring_bad, 6 },
		{ "preemption", &account_bad, 9 },
		{ "preemption", &token_ring_bad, 24 },
		{ "preemption", &deadlock01_bad, 22 },
		{ "march", &deadlock01_bad, 1 }, { "march", &twostage_bad, 3 },
		{ "march", &lazy01_bad, 6 }, { "march", &queue_bad, 1 },
		{ "march", &token_ring_bad, 30 },
		{ "delay", &account_bad, 133 },
		{ "delay", &deadlock01_bad, 16 },
		{ "delay", &wronglock3_bad, 30 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(enough); i++) {
		int n = median(enough[i].strategy, enough[i].program,
			       enough[i].runs);

		ck_assert_msg(n <= enough[i].runs, "%s, row %zu",
			      enough[i].strategy, i);
	}
}
END_TEST

static void
note(struct places *p, int actor, uint64_t pc, enum act act, uint32_t object)
{
	struct operation o = { .pc = pc };

	operation_touch(&o, act, object);
	places_note(p, actor, &o, false);
}

/* A change of what was seen, one behind a look, others, what takes, changes
 * under a lock, looks; under a lock a look leads to nothing.  */
START_TEST(looks_before_changes_make_places_promising)
{
	static const uint64_t order[] = { 13, 23, 15, 11, 21, 22, 24, 14, 12 };
	struct places p = PLACES_INIT, copy;

	note(&p, 1, 11, ACT_STORE, 1);
	note(&p, 1, 12, ACT_LOAD, 1);
	note(&p, 2, 21, ACT_LOCK, 7);
	note(&p, 2, 12, ACT_LOAD, 2);
	note(&p, 2, 22, ACT_STORE, 2);
	note(&p, 1, 13, ACT_STORE, 1);
	note(&p, 1, 14, ACT_LOAD, 3);
	note(&p, 1, 15, ACT_STORE, 1);
	note(&p, 2, 24, ACT_UNLOCK, 7);
	note(&p, 2, 14, ACT_LOAD, 2);
	note(&p, 2, 23, ACT_RMW, 2);
	places_sort(&p);
	places_copy(&copy, &p);
	ck_assert_uint_eq(copy.n, ARRAY_SIZE(order));
	for (size_t i = 0; i < copy.n; i++)
		ck_assert_uint_eq(copy.at[i].where, order[i]);
	ck_assert_int_eq(copy.at[0].actor, 1);
	places_release(&p);
	places_release(&copy);
}
END_TEST

/* What one made before there were others; what it saw then counts.  */
START_TEST(nobody_is_late_where_nobody_else_is)
{
	struct operation look = { .pc = 1 }, change = { .pc = 2 };
	struct places p = PLACES_INIT;

	operation_touch(&look, ACT_LOAD, 1);
	operation_touch(&change, ACT_STORE, 1);
	places_note(&p, 0, &look, true);
	places_note(&p, 0, &change, false);
	places_note(&p, 1, &change, false);
	ck_assert_uint_eq(p.n, 1);
	ck_assert_uint_eq(p.at[0].where, 2);
	ck_assert_uint_eq(p.at[0].step, 2);
	places_release(&p);
}
END_TEST

START_TEST(a_position_is_lonely_where_one_lives)
{
	struct standing two[] = { { .state = STANDS_ENDED },
				  { .state = STANDS_WAITS } };
	struct position p = { .n_standing = 2, .standing = two };

	ck_assert(position_is_lonely(&p));
	two[0].state = STANDS_SLEEPS;
	ck_assert(!position_is_lonely(&p));
}
END_TEST

/* Calls of the system have no program counter: their places are told apart by
 * what is called, and on what.  */
START_TEST(calls_on_different_objects_are_different_places)
{
	struct operation o[5] = { { .call = "read" }, { .call = "read" },
		{ .call = "write" }, { .call = "read", .pc = 9 },
		{ .call = "getpid" } };

	operation_touch(&o[0], ACT_EXIT, 1);
	operation_touch(&o[0], ACT_PIPE_READ, 3);
	operation_touch(&o[1], ACT_PIPE_READ, 4);
	operation_touch(&o[2], ACT_PIPE_WRITE, 3);
	operation_touch(&o[3], ACT_PIPE_READ, 3);
	ck_assert_uint_ne(place_where(&o[0]), place_where(&o[1]));
	ck_assert_uint_ne(place_where(&o[0]), place_where(&o[2]));
	ck_assert_uint_eq(place_where(&o[3]), 9);
	ck_assert_uint_eq(place_where(&o[4]), 0);
	o[1].touch[0].object = 3;
	ck_assert_uint_eq(place_where(&o[0]), place_where(&o[1]));
}
END_TEST

/* All ends of all runs until the strategy is done.  */
static void
all_ends(const char *name, const struct program *p,
	 struct strategy_config *c, struct ends *to,
	 struct strategy_progress *g)
{
	struct strategy *s = strategy_find(name)->open(c);
	struct outcome o;

	while (s->kind->begin(s)) {
		model_run(s, p, STEPS_MAX, &o);
		ck_assert_int_le(o.faults, c->faults);
		ends_add(to, end_of(&o.end, p));
		s->kind->progress(s, g);
		ck_assert_uint_lt(g->runs, 100000);
	}
	s->kind->progress(s, g);
	ck_assert(g->complete);
	s->kind->close(s);
}

static void
check_same_ends(const struct ends *a, const struct ends *b)
{
	ck_assert_uint_eq(a->n, b->n);
	for (size_t i = 0; i < a->n; i++)
		ck_assert_uint_eq(a->end[i], b->end[i]);
}

START_TEST(within_a_bound_of_preemptions_nothing_is_missed)
{
	static const struct program *const programs[] = {
		&lazy01_bad, &deadlock01_bad, &reorder3_bad, &account_bad
	};

	for (size_t i = 0; i < ARRAY_SIZE(programs); i++)
		for (int bound = 0; bound <= 2; bound++) {
			struct strategy_config c = { .depth = bound };
			struct strategy_progress g;
			struct ends found = { 0 }, all = { 0 };

			all_ends("preemption", programs[i], &c, &found, &g);
			ck_assert(g.bounded);
			ck_assert(ends_of(programs[i], bound, 0, 1000000,
					  &all));
			check_same_ends(&found, &all);
			ends_release(&found);
			ends_release(&all);
		}
}
END_TEST

static const struct instruction once_0[] = {
	{ SET, .a = 0, .b = 1 }, { SET, .a = 1, .b = 1 }, { END }
}, once_1[] = {
	{ LOAD, .a = 1 }, { LOAD, .a = 0 }, { END }
};

START_TEST(without_a_bound_all_is_tried_and_counted)
{
	static const struct program two = { .n = 2,
		.code = { once_0, once_1 } };
	static const char *const names[] = { "preemption", "delay" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct strategy_config c = { .depth = -1 };
		struct strategy_progress g;
		struct ends found = { 0 }, all = { 0 };

		all_ends(names[i], &two, &c, &found, &g);
		ck_assert(!g.bounded);
		/* The last pass has all 20 orders of 3 and 3 steps. */
		ck_assert_uint_ge(g.runs, 20);
		ck_assert(g.estimate > 0 && (uint64_t)g.estimate == g.runs);
		ck_assert(ends_of(&two, -1, 0, 10000, &all));
		check_same_ends(&found, &all);
		ends_release(&found);
		ends_release(&all);
	}
}
END_TEST

static const struct instruction waiter[] = {
	{ LOCK }, { COND_WAIT }, { LOAD }, { UNLOCK }, { END }
}, reader[] = {
	{ RECEIVE, .b = 2 }, { END }
}, writer[] = {
	{ SEND, .b = 1 }, { SEND, .b = 2 }, { SEND, .b = 3 },
	{ LOCK }, { SET, .a = 0, .b = 1 }, { SIGNAL }, { UNLOCK }, { END }
};

START_TEST(faults_stay_within_their_budget)
{
	static const struct program faulty = { .n = 4, .room = { 3 },
		.spurious = true, .short_reads = true,
		.code = { reader, waiter, waiter, writer } };

	for (size_t i = 0; strategy_kinds[i]; i++) {
		struct strategy_config c = { .depth = 2, .faults = 1 };
		struct strategy *s = strategy_kinds[i]->open(&c);
		struct outcome o;
		int most = 0;

		for (int n = 0; n < 500 && s->kind->begin(s); n++) {
			model_run(s, &faulty, STEPS_MAX, &o);
			if (o.faults > most)
				most = o.faults;
		}
		ck_assert_int_eq(most, 1);
		s->kind->close(s);
	}
}
END_TEST

/* What faults are taken in a run of five steps: a pipe can be cut at steps 0, 2
 * and 4, a wait can wake at step 1.  A digit for each, behind its step.  */
static void
run_with_faults(struct strategy *s, char *to)
{
	static const enum alternative_kind at[] = {
		ALTERNATIVE_CUT, ALTERNATIVE_WAKE, ALTERNATIVE_CUT,
		ALTERNATIVE_GO, ALTERNATIVE_CUT
	};
	struct alternative a[2] = { { .kind = ALTERNATIVE_GO } };
	struct position p = { .last = -1, .n_standing = 0,
			      .alternative = a };

	ck_assert(s->kind->begin(s));
	for (p.step = 0; p.step < 5; p.step++) {
		struct done d = { .op = a[0].op };
		int picked;

		a[1] = (struct alternative){ .kind = at[p.step],
					     .fault = true };
		p.n_alternatives = at[p.step] == ALTERNATIVE_GO ? 1 : 2;
		picked = s->kind->pick(s, &p);
		s->kind->did(s, &p, picked, &d);
		if (picked == 1)
			*to++ = (char)('0' + p.step);
	}
	*to = '\0';
	s->kind->end(s, &p, ENDING_OVER);
}

START_TEST(each_kind_of_fault_has_its_turn)
{
	static const char *const runs[] = { "02", "1", "24", "1", "4" };
	struct strategy_config c = { .depth = 0, .faults = 2 };
	struct strategy *s = strategy_find("faults")->open(&c);

	for (size_t i = 0; i < ARRAY_SIZE(runs); i++) {
		char taken[6];

		run_with_faults(s, taken);
		ck_assert_msg(strcmp(taken, runs[i]) == 0, "run %zu: %s", i,
			      taken);
	}
	s->kind->close(s);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("strategy");

	unit_add(s, a_strategy_is_found_by_its_name);
	unit_add(s, a_strategy_is_a_function_of_its_seed);
	unit_add(s, failures_are_found_in_few_runs);
	unit_add(s, looks_before_changes_make_places_promising);
	unit_add(s, nobody_is_late_where_nobody_else_is);
	unit_add(s, a_position_is_lonely_where_one_lives);
	unit_add(s, calls_on_different_objects_are_different_places);
	unit_add(s, within_a_bound_of_preemptions_nothing_is_missed);
	unit_add(s, without_a_bound_all_is_tried_and_counted);
	unit_add(s, faults_stay_within_their_budget);
	unit_add(s, each_kind_of_fault_has_its_turn);
	return unit_run(s);
}
