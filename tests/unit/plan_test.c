/* The plan: rounds of orders, given answers that a program of a certain size
 * would give.  */
#include "explore/plan.h"
#include "tests/unit/unit.h"

#include <stdio.h>

/* A program: what a runner would find out about it.  */
struct program {
	int64_t interleavings;	/* that the search has to try */
	int64_t level[4];	/* ... with a bound of 0, 1, 2, 3 */
	int64_t bug;		/* the run of the plan that fails, 0: none */
	int learns;		/* the item that teaches something, -1 */
	const char *differs;
	bool endless;		/* no run comes to its end */

	int64_t done;		/* of the search */
	bool complete;
};

struct told {
	struct buf text;	/* the orders, a line each */
	int64_t runs, searched;
	uint64_t failed_in;
	int restarts;
};

static char *
text(const char *s)
{
	return (char *)(uintptr_t)s;
}

/* A part of the search that leaves nothing out; the hunt is another one.  */
static bool
is_search(const struct order *o)
{
	return o->kind == ORDER_SEARCH && strcmp(o->strategy, "dpor") == 0;
}

static void
answer(struct program *p, const struct order *o, struct answer *a)
{
	int64_t all = o->depth >= 0 && is_search(o)
		      ? p->level[o->depth] : p->interleavings;

	*a = (struct answer){
		.kind = ANSWER_END, .item = o->item, .runs = o->runs,
		.text = text(""), .learned = text(""), .cut_why = text(""),
		.busy_wait = text(""), .unsupported = text(""),
		.unknown = text(""), .plain = text(""),
		.tally = text("1\n2 0 5 x\n"),
		.points = text("0:1"), .length = 10, .actors = 2,
	};
	if (o->kind == ORDER_TWICE) {
		a->runs = o->on ? 1 : 2;
		a->text = text(p->differs ? p->differs : "");
	}
	if (p->learns == o->item)
		a->learned = text("x:1");
	a->cut = p->endless ? a->runs : 0;
	if (!is_search(o))
		return;
	if (!o->on)
		p->done = 0;
	a->runs = all - p->done < o->runs ? all - p->done : o->runs;
	a->cut = p->endless ? a->runs : 0;
	p->done += a->runs;
	a->estimate = all;
	a->complete = p->done == all;
	a->bounded = all < p->interleavings;
}

/* Carry out the plan; what of each round comes back last is folded first, as
 * items.  */
static void
carry_out(struct plan *plan, struct program *p, struct told *t)
{
	struct order o;
	struct answer a;
	char *why = NULL;

	while (!plan_is_over(plan)) {
		ck_assert_msg(plan_next(plan, &o), "a round without orders");
		buf_addf(&t->text, "%s %s %lld %lld%s\n",
			 o.kind == ORDER_TWICE ? "twice" : "search",
			 o.strategy, (long long)o.depth, (long long)o.runs,
			 o.on ? " on" : "");
		t->restarts += is_search(&o) && !o.on;
		answer(p, &o, &a);
		if (p->bug && t->runs + a.runs >= p->bug) {
			a.runs = p->bug - t->runs;
			a.kind = ANSWER_FAILURE;
			t->failed_in = plan_fold_failure(plan, &a);
			return;
		}
		t->runs += a.runs;
		ck_assert_msg(plan_fold(plan, &a, &why) == 0, "%s", why);
	}
}

static struct plan *
explore(const struct plan_config *c, struct program *p, struct told *t)
{
	struct plan *plan = plan_new(c);

	*t = (struct told){ .runs = 0 };
	carry_out(plan, p, t);
	return plan;
}

static const struct plan_config usual = { .bound = -1, .seed = 1 };

START_TEST(a_small_program_is_exhausted_at_once)
{
	struct program p = { .interleavings = 2, .learns = -1 };
	struct told t;
	struct plan *plan = explore(&usual, &p, &t);

	ck_assert(plan_covered(plan)->complete);
	ck_assert_int_eq(plan_covered(plan)->bound, -1);
	ck_assert_uint_eq(plan_covered(plan)->runs, 4);
	ck_assert_uint_eq(plan_covered(plan)->points[0], 4);
	ck_assert_uint_eq(plan_covered(plan)->tally.n, 1);
	ck_assert_uint_eq(plan_covered(plan)->tally.row[0].runs, 8);
	ck_assert_uint_eq(plan_covered(plan)->tally.others, 4);
	plan_free(plan);
	buf_release(&t.text);
}
END_TEST

START_TEST(a_search_goes_on_where_it_stopped)
{
	struct program p = { .interleavings = 300, .learns = -1 };
	struct told t;
	struct plan *plan = explore(&usual, &p, &t);

	ck_assert(plan_covered(plan)->complete);
	ck_assert_uint_eq(plan_covered(plan)->searched, 300);
	ck_assert_int_eq(t.restarts, 1);
	ck_assert_msg(plan_covered(plan)->runs <= 600, "%llu runs",
		      (unsigned long long)plan_covered(plan)->runs);
	plan_free(plan);
	buf_release(&t.text);
}
END_TEST

/* Samples come before a search whose first run says that it is no tiny one. */
START_TEST(a_tiny_search_is_done_run_by_run_before_all_else)
{
	for (int all = 2; all <= 5; all++) {
		struct program p = { .interleavings = all, .learns = -1 };
		struct told t;
		struct plan *plan = explore(&usual, &p, &t);

		ck_assert(plan_covered(plan)->complete);
		if (all <= 3)
			ck_assert_uint_eq(plan_covered(plan)->sampled, 2);
		else
			ck_assert_uint_eq(plan_covered(plan)->sampled, 9);
		plan_free(plan);
		buf_release(&t.text);
	}
}
END_TEST

START_TEST(a_large_one_is_bounded_and_sampled_to_the_last_run)
{
	struct program p = { .interleavings = 1 << 30,
			     .level = { 10, 400, 1 << 20 }, .learns = -1 };
	struct told t;
	struct plan *plan = explore(&usual, &p, &t);
	const struct covered *c = plan_covered(plan);

	ck_assert(!c->complete);
	ck_assert_int_eq(c->bound, 1);
	ck_assert_uint_eq(c->runs, BUDGET_RUNS);
	ck_assert(c->pct[2] > 0 && c->pct[3] > 0);
	plan_free(plan);
	buf_release(&t.text);
}
END_TEST

START_TEST(a_bound_that_was_asked_for_is_where_it_ends)
{
	struct plan_config c = { .bound = 1, .seed = 1 };
	struct program p = { .interleavings = 1 << 30,
			     .level = { 10, 400, 1 << 20 }, .learns = -1 };
	struct told t;
	struct plan *plan = explore(&c, &p, &t);

	ck_assert(plan_covered(plan)->complete);
	ck_assert_int_eq(plan_covered(plan)->bound, 1);
	plan_free(plan);
	buf_release(&t.text);
}
END_TEST

START_TEST(a_bound_that_cuts_nothing_off_is_no_bound)
{
	struct plan_config c = { .bound = 3, .seed = 1 };
	struct program p = { .interleavings = 20, .level = { 4, 20, 20, 20 },
			     .learns = -1 };
	struct told t;
	struct plan *plan = explore(&c, &p, &t);

	ck_assert(plan_covered(plan)->complete);
	ck_assert_int_eq(plan_covered(plan)->bound, -1);
	plan_free(plan);
	buf_release(&t.text);
}
END_TEST

START_TEST(a_new_address_begins_the_search_anew)
{
	struct program p = { .interleavings = 300, .learns = 4 };
	struct told t;
	struct plan *plan = explore(&usual, &p, &t);

	ck_assert_str_eq(buf_str(&plan_covered(plan)->learned), "x:1");
	ck_assert(plan_covered(plan)->complete);
	ck_assert_int_eq(t.restarts, 2);
	ck_assert_msg(plan_covered(plan)->searched > 300,
		      "what was searched before does not count");
	plan_free(plan);
	buf_release(&t.text);
}
END_TEST

START_TEST(an_address_of_the_last_round_takes_the_claim_back)
{
	/* Exhausted in the round in which another item learns.  */
	struct program p = { .interleavings = 17, .learns = 2 };
	struct told t;
	struct plan *plan = explore(&usual, &p, &t);

	ck_assert(plan_covered(plan)->complete);
	ck_assert_int_eq(t.restarts, 2);
	plan_free(plan);
	buf_release(&t.text);
}
END_TEST

START_TEST(the_budget_holds_whatever_it_is)
{
	for (uint64_t runs = 1; runs < 300; runs++) {
		struct plan_config c = { .bound = -1, .runs = runs };
		struct program p = { .interleavings = 1 << 30, .learns = -1 };
		struct told t;
		struct plan *plan = explore(&c, &p, &t);

		ck_assert_uint_eq(plan_covered(plan)->runs, runs);
		plan_free(plan);
		buf_release(&t.text);
	}
}
END_TEST

START_TEST(a_failure_ends_it_and_has_the_number_of_its_run)
{
	for (int64_t bug = 1; bug < 200; bug += 7) {
		struct program p = { .interleavings = 1 << 30, .learns = -1,
				     .bug = bug };
		struct told t;
		struct plan *plan = explore(&usual, &p, &t);

		ck_assert_int_eq((int64_t)t.failed_in, bug);
		ck_assert(plan_is_over(plan));
		plan_free(plan);
		buf_release(&t.text);
	}
}
END_TEST

START_TEST(a_schedule_that_is_to_be_followed_comes_first)
{
	static const char *const strategies[] = { NULL, "pos" };

	for (size_t i = 0; i < ARRAY_SIZE(strategies); i++) {
		struct plan_config c = { .strategy = strategies[i],
					 .bound = -1, .runs = 20,
					 .follow = "go A" };
		struct plan *plan = plan_new(&c);
		struct program p = { .interleavings = 1 << 30, .learns = -1 };
		struct told t = { .runs = 0 };
		struct answer a;
		struct order o;

		ck_assert(plan_next(plan, &o) && o.kind == ORDER_FOLLOW);
		ck_assert_str_eq(o.tape, "go A");
		ck_assert_int_eq((int)o.runs, 1);
		ck_assert_msg(!plan_next(plan, &o), "others wait for it");
		answer(&p, &o, &a);
		a.item = 0;
		a.runs = 1;
		a.followed = 3;
		a.passed_over = 2;
		ck_assert_int_eq(plan_fold(plan, &a, NULL), 0);
		carry_out(plan, &p, &t);
		ck_assert_uint_eq(plan_covered(plan)->runs, 20);
		ck_assert_int_eq((int)plan_covered(plan)->followed, 3);
		ck_assert_int_eq((int)plan_covered(plan)->passed_over, 2);
		plan_free(plan);
		buf_release(&t.text);
	}
}
END_TEST

START_TEST(what_is_not_under_control_is_not_searched)
{
	struct program p = { .interleavings = 2, .learns = -1,
			     .differs = "step 3" };
	struct told t;
	struct plan *plan = explore(&usual, &p, &t);

	ck_assert_uint_eq(plan_covered(plan)->runs, 4);
	ck_assert_str_eq(plan_covered(plan)->differs, "step 3");
	ck_assert(!plan_covered(plan)->complete);
	plan_free(plan);
	buf_release(&t.text);
}
END_TEST

START_TEST(a_program_that_never_ends_is_given_up)
{
	struct program p = { .interleavings = 1 << 30, .learns = -1,
			     .endless = true };
	struct told t;
	struct plan *plan = explore(&usual, &p, &t);

	ck_assert_uint_eq(plan_covered(plan)->cut, plan_covered(plan)->runs);
	ck_assert_uint_le(plan_covered(plan)->runs, 20);
	plan_free(plan);
	buf_release(&t.text);
}
END_TEST

START_TEST(one_strategy_is_all_that_is_ordered)
{
	struct plan_config c = { .strategy = "pos", .bound = -1, .runs = 1000 };
	struct program p = { .interleavings = 1 << 30, .learns = -1 };
	struct told t;
	struct plan *plan = explore(&c, &p, &t);

	ck_assert_uint_eq(plan_covered(plan)->runs, 1000);
	ck_assert_uint_eq(plan_covered(plan)->sampled, 1000);
	ck_assert_ptr_null(strstr(buf_str(&t.text), "pct"));
	ck_assert_ptr_null(strstr(buf_str(&t.text), "dpor"));
	plan_free(plan);
	buf_release(&t.text);
}
END_TEST

START_TEST(faults_come_first_where_they_are_asked_for)
{
	for (int faults = 0; faults <= 2; faults += 2) {
		struct plan_config c = { .bound = -1, .runs = 100,
					 .faults = faults };
		struct program p = { .interleavings = 1 << 30, .learns = -1 };
		struct told t;
		struct plan *plan = explore(&c, &p, &t);
		const char *first = strstr(buf_str(&t.text), "faults");

		if (faults)
			ck_assert(first && first < strstr(buf_str(&t.text),
							  "places"));
		else
			ck_assert_ptr_null(first);
		plan_free(plan);
		buf_release(&t.text);
	}
}
END_TEST

START_TEST(another_seed_throws_other_dice_in_every_item)
{
	struct plan_config other = { .bound = -1, .seed = 2 };
	struct plan *a = plan_new(&usual), *b = plan_new(&other);
	struct order x, y;

	ck_assert(plan_next(a, &x) && plan_next(b, &y));
	ck_assert(x.seed != y.seed);
	ck_assert_msg(!plan_next(a, &x), "the next round needs the answers");
	plan_free(a);
	plan_free(b);
}
END_TEST

START_TEST(an_answer_that_was_not_asked_for_is_refused)
{
	struct plan *plan = plan_new(&usual);
	struct answer a = { .kind = ANSWER_END, .points = text("") };
	char *why = NULL;
	struct order o;

	ck_assert_int_lt(plan_fold(plan, &a, &why), 0);
	ck_assert(plan_next(plan, &o));
	a.item = o.item + 1;
	ck_assert_int_lt(plan_fold(plan, &a, &why), 0);
	a.item = o.item;
	a.runs = o.runs + 1;
	ck_assert_int_lt(plan_fold(plan, &a, &why), 0);
	ck_assert_ptr_nonnull(why);
	free(why);
	plan_free(plan);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("plan");

	unit_add(s, a_small_program_is_exhausted_at_once);
	unit_add(s, a_search_goes_on_where_it_stopped);
	unit_add(s, a_tiny_search_is_done_run_by_run_before_all_else);
	unit_add(s, a_large_one_is_bounded_and_sampled_to_the_last_run);
	unit_add(s, a_bound_that_was_asked_for_is_where_it_ends);
	unit_add(s, a_bound_that_cuts_nothing_off_is_no_bound);
	unit_add(s, a_new_address_begins_the_search_anew);
	unit_add(s, an_address_of_the_last_round_takes_the_claim_back);
	unit_add(s, the_budget_holds_whatever_it_is);
	unit_add(s, a_failure_ends_it_and_has_the_number_of_its_run);
	unit_add(s, a_schedule_that_is_to_be_followed_comes_first);
	unit_add(s, what_is_not_under_control_is_not_searched);
	unit_add(s, a_program_that_never_ends_is_given_up);
	unit_add(s, one_strategy_is_all_that_is_ordered);
	unit_add(s, faults_come_first_where_they_are_asked_for);
	unit_add(s, another_seed_throws_other_dice_in_every_item);
	unit_add(s, an_answer_that_was_not_asked_for_is_refused);
	return unit_run(s);
}
