/* Actors that go round in a loop are set aside, and taken up again.  */
#include "explore/spin.h"
#include "tests/unit/unit.h"

enum { FLAG = 1, MUTEX, OTHER };

static struct done
did(enum act act, uint32_t object, uint64_t pc, int64_t value)
{
	struct done d = { .op = { .pc = pc }, .place = pc };
	struct touch *t = operation_touch(&d.op, act, object);

	t->value = value;
	if (act == ACT_LOAD || act == ACT_STORE)
		t->to = 4;
	return d;
}

/* What each actor is before: where a loop goes on, what it did last.  */
static struct operation before[8];

static void
made(struct spins *s, int actor, const struct done *d)
{
	spins_step(s, actor, d);
	before[actor] = d->op;
}

static void
step(struct spins *s, int actor, enum act act, uint32_t object, uint64_t pc)
{
	struct done d = did(act, object, pc, 0);

	made(s, actor, &d);
}

/* What it is before now.  */
static void
stand(int actor, enum act act, uint32_t object, uint64_t pc)
{
	struct done d = did(act, object, pc, 0);

	before[actor] = d.op;
}

/* Which of actors 0 to n - 1 can go, as bits.  */
static unsigned
who_can_go(struct spins *s, int n)
{
	struct alternative a[8] = { { .actor = 0 } };
	struct standing standing[8] = { { .actor = 0 } };
	struct position p = { .n_alternatives = n, .alternative = a,
			      .n_standing = n, .standing = standing };
	unsigned who = 0;

	for (int i = 0; i < n; i++) {
		a[i].actor = standing[i].actor = i;
		a[i].op = before[i];
	}
	spins_filter(s, &p);
	for (int i = 0; i < p.n_alternatives; i++)
		who |= 1U << p.alternative[i].actor;
	for (int i = 0; i < n && who; i++)
		ck_assert_int_eq(standing[i].state == STANDS_SPINS,
				 !(who & 1U << i));
	return who;
}

START_TEST(who_looks_again_and_again_is_set_aside)
{
	struct spins *s = spins_new();

	spins_begin(s);
	for (int i = 0; i < 2; i++) {
		/* That signals could reach it changes nothing. */
		struct done d = did(ACT_LOAD, FLAG, 0x10, 0);

		operation_touch(&d.op, ACT_SIGNAL_REACH, OTHER + 1);
		made(s, 0, &d);
		ck_assert_uint_eq(who_can_go(s, 2), 3);
	}
	for (int i = 0; i < 3; i++) {
		struct done d = did(ACT_LOAD, FLAG, 0x10, 0);

		operation_touch(&d.op, ACT_SIGNAL_REACH, OTHER + 1);
		made(s, 0, &d);
	}
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	/* What it does not look at does not matter. */
	step(s, 1, ACT_STORE, OTHER, 0x20);
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	step(s, 1, ACT_STORE, FLAG, 0x20);
	ck_assert_uint_eq(who_can_go(s, 2), 3);
	spins_free(s);
}
END_TEST

START_TEST(other_values_are_no_loop)
{
	struct spins *s = spins_new();

	spins_begin(s);
	for (int i = 0; i < 50; i++) {
		struct done d = did(ACT_LOAD, FLAG, 0x10, i);

		spins_step(s, 0, &d);
		ck_assert_uint_eq(who_can_go(s, 2), 3);
	}
	spins_free(s);
}
END_TEST

START_TEST(who_locks_and_looks_is_set_aside_without_the_lock)
{
	struct spins *s = spins_new();

	spins_begin(s);
	for (int i = 0; i < 20; i++) {
		step(s, 0, ACT_LOCK, MUTEX, 0x10);
		stand(0, ACT_LOAD, FLAG, 0x14);
		ck_assert_uint_eq(who_can_go(s, 2), 3);
		step(s, 0, ACT_LOAD, FLAG, 0x14);
		stand(0, ACT_UNLOCK, MUTEX, 0x18);
		ck_assert_uint_eq(who_can_go(s, 2), 3);
		step(s, 0, ACT_UNLOCK, MUTEX, 0x18);
		stand(0, ACT_LOCK, MUTEX, 0x10);
	}
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	/* That the other locks, too, is no news; what it stores is. */
	step(s, 1, ACT_LOCK, MUTEX, 0x20);
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	step(s, 1, ACT_STORE, FLAG, 0x24);
	ck_assert_uint_eq(who_can_go(s, 2), 3);
	spins_free(s);
}
END_TEST

START_TEST(who_holds_a_lock_all_the_time_is_set_aside_with_it)
{
	struct spins *s = spins_new();

	spins_begin(s);
	step(s, 0, ACT_LOCK, MUTEX, 0x10);
	for (int i = 0; i < 5; i++)
		step(s, 0, ACT_LOAD, FLAG, 0x14);
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	spins_free(s);
}
END_TEST

START_TEST(who_exchanges_in_vain_is_set_aside)
{
	struct spins *s = spins_new();
	struct done d = did(ACT_RMW, FLAG, 0x10, 0);

	d.op.touch[0].to = 4;
	spins_begin(s);
	for (int i = 0; i < 5; i++) {
		d.idle = false;
		made(s, 0, &d);
		ck_assert_uint_eq(who_can_go(s, 2), 3);
	}
	d.idle = true;
	for (int i = 0; i < 3; i++)
		made(s, 0, &d);
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	/* The other does so in vain, too: nothing has changed.  */
	made(s, 1, &d);
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	step(s, 1, ACT_STORE, FLAG, 0x20);
	ck_assert_uint_eq(who_can_go(s, 2), 3);
	/* It looks once more: the same.  */
	made(s, 0, &d);
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	spins_free(s);
}
END_TEST

START_TEST(who_comes_out_of_its_loop_is_not_set_aside)
{
	struct spins *s = spins_new();

	spins_begin(s);
	for (int i = 0; i < 3; i++)
		step(s, 0, ACT_LOAD, FLAG, 0x10);
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	stand(0, ACT_LOAD, FLAG, 0x14);
	ck_assert_uint_eq(who_can_go(s, 2), 3);
	spins_free(s);
}
END_TEST

START_TEST(who_tries_a_lock_hears_that_it_is_given_back)
{
	struct spins *s = spins_new();

	spins_begin(s);
	step(s, 1, ACT_LOCK, MUTEX, 0x20);
	for (int i = 0; i < 3; i++)
		step(s, 0, ACT_TRY_LOCK, MUTEX, 0x10);
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	step(s, 1, ACT_UNLOCK, MUTEX, 0x24);
	ck_assert_uint_eq(who_can_go(s, 2), 3);
	spins_free(s);
}
END_TEST

/* Actor 0 tries so many times and goes on with something else; actor 1 could
 * go all the time.  True if it was set aside on the way.  */
static bool
tries(struct spins *s, int times)
{
	bool aside = false;

	stand(1, ACT_STORE, OTHER, 0x40);
	for (int i = 0; i < times; i++) {
		stand(0, ACT_TRY_LOCK, MUTEX, 0x10);
		aside |= who_can_go(s, 2) == 2;
		step(s, 0, ACT_TRY_LOCK, MUTEX, 0x10);
	}
	stand(0, ACT_STORE, FLAG, 0x14);
	ck_assert(who_can_go(s, 2) & 1);
	step(s, 0, ACT_STORE, FLAG, 0x14);
	return aside;
}

START_TEST(a_loop_with_an_end_of_its_own_is_made_to_its_end)
{
	struct buf words = BUF_INIT, rest = BUF_INIT;
	struct spins *s = spins_new();

	spins_begin(s);
	ck_assert(tries(s, 6));
	ck_assert_uint_eq(spins_suspect(s), 3);
	spins_lead(s, LEAD_SUSPECT);
	spins_begin(s);
	ck_assert(!tries(s, 6));
	ck_assert(spins_taught(s));
	ck_assert_int_eq(spins_livelock(s), -1);
	spins_lead(s, LEAD_NOBODY);
	/* That is known from now on, here and elsewhere.  */
	spins_known(s, &words);
	spins_free(s);
	s = spins_new();
	spins_know(s, buf_str(&words), false, &rest);
	ck_assert_uint_eq(rest.len, 0);
	spins_begin(s);
	ck_assert(!tries(s, 6));
	ck_assert_uint_eq(spins_suspect(s), 0);
	spins_free(s);
	buf_release(&words);
	buf_release(&rest);
}
END_TEST

START_TEST(a_loop_with_an_end_comes_to_it)
{
	struct spins *s = spins_new();

	spins_begin(s);
	for (int i = 0; i < 1000; i++) {
		step(s, 0, ACT_LOAD, FLAG, 0x10);
		ck_assert_uint_eq(who_can_go(s, 1), 1);
	}
	ck_assert_int_eq(spins_livelock(s), -1);
	step(s, 0, ACT_STORE, FLAG, 0x20);
	ck_assert_uint_eq(who_can_go(s, 1), 1);
	spins_free(s);
}
END_TEST

/* One of many accesses that are no points.  */
static void
go_on(struct spins *s, int actor)
{
	struct done d = did(ACT_LOAD, OTHER, 0x20 + actor, 0);

	d.op.due = true;
	spins_step(s, actor, &d);
}

START_TEST(who_makes_no_point_for_long_lets_others_go_first)
{
	struct spins *s = spins_new();

	spins_begin(s);
	go_on(s, 0);
	ck_assert_uint_eq(who_can_go(s, 2), 3);
	go_on(s, 0);
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	ck_assert_uint_eq(who_can_go(s, 1), 1);	/* there is nobody else */
	for (int i = 0; i < 3; i++)
		go_on(s, 1);
	ck_assert_uint_eq(who_can_go(s, 2), 1);
	step(s, 1, ACT_STORE, FLAG, 0x30);
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	spins_free(s);
}
END_TEST

START_TEST(a_loop_without_a_point_is_told_with_its_place)
{
	struct spins *s = spins_new();
	uint64_t pc = 0;
	int rounds = 0;

	spins_begin(s);
	ck_assert_int_eq(spins_busy(s, &pc), -1);
	for (; who_can_go(s, 2) && rounds < 1000; rounds++)
		go_on(s, rounds % 2);
	ck_assert_int_lt(rounds, 1000);
	ck_assert_int_ge(spins_busy(s, &pc), 0);
	ck_assert_uint_eq(pc, 0x20 + spins_busy(s, &pc));
	ck_assert_int_eq(spins_livelock(s), -1);
	spins_begin(s);
	ck_assert_int_eq(spins_busy(s, &pc), -1);
	spins_free(s);
}
END_TEST

/* A state of the run that stays, or is another each time.  */
struct state {
	uint64_t number, change;
};

static uint64_t
state_of(void *with)
{
	struct state *state = with;

	return state->number += state->change;
}

/* Both go on without a point until it is told what comes of that.  */
static void
go_on_for_long(struct spins *s, bool asks, uint64_t other_spots)
{
	int rounds = 0;

	spins_begin(s);
	for (; who_can_go(s, 2) && rounds < 1000; rounds++) {
		struct done d = { .op = { .due = true, .asks = asks },
				  .spot = 1 + rounds * other_spots };

		made(s, rounds % 2, &d);
	}
	ck_assert_int_lt(rounds, 1000);
}

START_TEST(who_comes_back_to_the_same_state_waits_for_what_nobody_writes)
{
	struct spins *s = spins_new();
	struct state state = { .number = 1 };
	uint64_t pc;

	spins_ask(s, state_of, &state);
	go_on_for_long(s, false, 1);
	ck_assert_int_ge(spins_livelock(s), 0);
	ck_assert_int_eq(spins_busy(s, &pc), -1);
	ck_assert(spins_is_slow(s) && !spins_asks(s) && !spins_come_back(s));
	ck_assert_uint_gt(spins_watched(s), 0);
	state.change = 1;
	go_on_for_long(s, false, 0);
	ck_assert_int_eq(spins_livelock(s), -1);
	ck_assert_int_ge(spins_busy(s, &pc), 0);
	/* It is not known.  */
	state = (struct state){ .number = 0 };
	go_on_for_long(s, false, 0);
	ck_assert_int_eq(spins_livelock(s), -1);
	spins_free(s);
}
END_TEST

START_TEST(who_asks_for_the_same_all_the_time_waits_though_it_counts)
{
	struct spins *s = spins_new();
	struct state state = { .number = 1, .change = 1 };
	uint64_t pc;

	spins_ask(s, state_of, &state);
	go_on_for_long(s, true, 0);
	ck_assert_int_ge(spins_livelock(s), 0);
	ck_assert_int_eq(spins_busy(s, &pc), -1);
	go_on_for_long(s, true, 1);
	ck_assert_int_eq(spins_livelock(s), -1);
	ck_assert_int_ge(spins_busy(s, &pc), 0);
	spins_free(s);
}
END_TEST

START_TEST(two_that_wait_for_each_other_live_in_lock)
{
	struct spins *s = spins_new();
	int steps = 0;

	for (int again = 0; again < 2; again++) {
		spins_begin(s);
		for (steps = 0; who_can_go(s, 2) && steps < 100000; steps++)
			step(s, steps % 2, ACT_LOAD, FLAG + steps % 2, 0x10);
		ck_assert_int_lt(steps, 100000);
		ck_assert_int_ge(spins_livelock(s), 0);
	}
	spins_free(s);
}
END_TEST

/* Calls that nobody can notice: close(2) of a descriptor that others have, then
 * socket(2).  */
START_TEST(other_calls_are_no_loop)
{
	struct spins *s = spins_new();

	spins_begin(s);
	for (int i = 0; i < 60; i++)
		for (int actor = 0; actor < 2; actor++) {
			struct done d = { .spot = i };

			spins_step(s, actor, &d);
			ck_assert_uint_eq(who_can_go(s, 2), 3);
		}
	ck_assert_int_eq(spins_livelock(s), -1);
	spins_free(s);
}
END_TEST

/* for (i = 0; i < 10; i++) usleep(1000), by two: i is nothing that we see.  */
START_TEST(two_that_count_for_themselves_come_to_an_end)
{
	struct spins *s = spins_new();

	spins_begin(s);
	for (int i = 0; i < 10; i++)
		for (int actor = 0; actor < 2; actor++) {
			struct done d = { .spot = 7 };

			spins_step(s, actor, &d);
			ck_assert_uint_ne(who_can_go(s, 2), 0);
		}
	ck_assert_int_eq(spins_livelock(s), -1);
	spins_free(s);
}
END_TEST

/* Each locks its own, finds the other's taken, gives its own back, and so on:
 * both at once.  */
static void
give_way(struct spins *s, int actor, int round)
{
	static const struct { enum act act; int other; } acts[] = {
		{ ACT_LOCK, 0 }, { ACT_TRY_LOCK, 1 }, { ACT_UNLOCK, 0 },
	};
	int mine = acts[round % 3].other ? !actor : actor;

	step(s, actor, acts[round % 3].act, MUTEX + mine, 0x10 + round % 3);
	round++;
	mine = acts[round % 3].other ? !actor : actor;
	stand(actor, acts[round % 3].act, MUTEX + mine, 0x10 + round % 3);
}

START_TEST(two_that_give_way_to_each_other_live_in_lock)
{
	struct spins *s = spins_new();
	int round;

	spins_lead(s, LEAD_TOGETHER);
	spins_begin(s);
	for (round = 0; round < 2000 && who_can_go(s, 2); round++) {
		give_way(s, 0, round);
		give_way(s, 1, round);
	}
	ck_assert_int_lt(round, 2000);
	ck_assert_int_ge(spins_livelock(s), 0);
	ck_assert(spins_asks(s) && !spins_is_led(s));
	/* A third who could go might end it. */
	spins_begin(s);
	for (round = 0; round < 2000; round++) {
		give_way(s, 0, round);
		give_way(s, 1, round);
		ck_assert_uint_ne(who_can_go(s, 3), 0);
	}
	ck_assert_int_eq(spins_livelock(s), -1);
	spins_free(s);
}
END_TEST

/* Comes, looks, and goes back; so do others, step by step.  The rounds that were
 * made until nobody could go.  */
static int
retreat(struct spins *s, int actors)
{
	static const enum act acts[] = { ACT_STORE, ACT_LOAD, ACT_STORE };
	int steps;

	spins_begin(s);
	for (int i = 0; i < actors; i++)
		stand(i, ACT_STORE, FLAG, 0x10);
	for (steps = 0; steps < 6000 && who_can_go(s, actors); steps++) {
		int at = steps / 2 % 3;

		step(s, steps % 2, acts[at], FLAG, 0x10 + at);
	}
	return steps;
}

START_TEST(two_that_come_back_to_the_same_state_live_in_lock)
{
	struct spins *s = spins_new();
	struct state state = { .number = 1 };

	spins_ask(s, state_of, &state);
	/* Where nobody is led on another run is to tell.  */
	ck_assert_int_eq(retreat(s, 2), 6000);
	ck_assert_uint_gt(spins_suspect(s), 0);
	spins_lead(s, LEAD_TOGETHER);
	ck_assert_int_lt(retreat(s, 2), 6000);
	ck_assert_int_ge(spins_livelock(s), 0);
	ck_assert(spins_come_back(s) && !spins_asks(s));
	/* A third had no turn: that is unfair.  */
	ck_assert_int_eq(retreat(s, 3), 6000);
	ck_assert_int_eq(spins_livelock(s), -1);
	/* They count, where nobody sees it; or it is not known.  */
	for (uint64_t change = 0; change < 2; change++) {
		state = (struct state){ .number = 0, .change = change };
		ck_assert_int_eq(retreat(s, 2), 6000);
		ck_assert_int_eq(spins_livelock(s), -1);
	}
	spins_free(s);
}
END_TEST

START_TEST(who_has_no_turn_while_another_goes_round_is_told)
{
	struct alternative a[2] = { { .actor = 0 }, { .actor = 1 } };
	struct position p = { .n_alternatives = 2, .alternative = a };
	struct spins *s = spins_new();
	int other = -1;

	spins_begin(s);
	ck_assert_int_eq(spins_unfair(s, &p, &other), -1);
	for (int i = 0; i < 20; i++)
		step(s, 1, ACT_STORE, FLAG, 0x10 + i % 2);
	ck_assert_int_eq(spins_unfair(s, &p, &other), 1);
	ck_assert_int_eq(other, 0);
	p.n_alternatives = 1;
	a[0].actor = 1;
	ck_assert_int_eq(spins_unfair(s, &p, &other), -1);
	spins_free(s);
}
END_TEST

static void
poll_once(struct spins *s, int actor)
{
	struct done d = did(ACT_PIPE_READ, OTHER, 0x20, 100);

	d.op.nothing = true;
	d.op.touch[0].gives_up = true;
	made(s, actor, &d);
	step(s, actor, ACT_CLOCK, OTHER + 2, 0x21);
	before[actor] = d.op;
}

START_TEST(who_polls_is_set_aside_and_led_on_once)
{
	struct spins *s = spins_new();
	int round;

	spins_begin(s);
	for (round = 0; round < 20; round++)
		poll_once(s, 0);
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	ck_assert_uint_eq(spins_suspect(s), 40);
	spins_lead(s, LEAD_SUSPECT);
	spins_begin(s);
	for (round = 0; round < 1000 && who_can_go(s, 2); round++)
		poll_once(s, 0);
	ck_assert_int_lt(round, 1000);
	ck_assert(spins_livelock(s) == 0 && spins_asks(s) && spins_is_led(s));
	ck_assert(!spins_taught(s));
	spins_lead(s, LEAD_NOBODY);
	spins_begin(s);
	for (round = 0; round < 20; round++)
		poll_once(s, 0);
	ck_assert_uint_eq(who_can_go(s, 2), 2);
	ck_assert_uint_eq(spins_suspect(s), 0);
	spins_free(s);
}
END_TEST

START_TEST(who_may_live_in_lock_is_told_once)
{
	struct spins *s = spins_new();

	for (int run = 0; run < 2; run++) {
		spins_begin(s);
		for (int round = 0; round < 20; round++) {
			give_way(s, 0, round);
			give_way(s, 1, round);
			ck_assert_uint_ne(who_can_go(s, 2), 0);
		}
		ck_assert_int_eq(spins_suspect(s) > 0, run == 0);
		ck_assert_int_eq(spins_livelock(s), -1);
		/* It was tried.  */
		spins_lead(s, LEAD_SUSPECT);
		spins_lead(s, LEAD_NOBODY);
	}
	spins_free(s);
}
END_TEST

START_TEST(two_that_take_turns_come_to_an_end)
{
	struct spins *s = spins_new();

	spins_begin(s);
	for (int turn = 0; turn < 100; turn++) {
		int actor = turn % 2;

		step(s, actor, ACT_SEM_WAIT, MUTEX + actor, 0x10);
		ck_assert_uint_ne(who_can_go(s, 2), 0);
		if (turn >= 50)
			step(s, actor, ACT_LOAD, FLAG, 0x12);
		step(s, actor, ACT_SEM_POST, MUTEX + !actor, 0x11);
		ck_assert_uint_ne(who_can_go(s, 2), 0);
	}
	ck_assert_int_eq(spins_livelock(s), -1);
	spins_free(s);
}
END_TEST

/* Nobody has made a step that is remembered, and nobody could go but by a
 * fault: that is a deadlock, which others tell.  */
START_TEST(faults_alone_are_left_as_they_are)
{
	struct alternative a = { .actor = 5, .fault = true };
	struct position p = { .n_alternatives = 1, .alternative = &a };
	struct spins *s = spins_new();

	spins_begin(s);
	spins_filter(s, &p);
	ck_assert_int_eq(p.n_alternatives, 1);
	ck_assert_int_eq(spins_livelock(s), -1);
	spins_free(s);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("spin");

	unit_add(s, who_looks_again_and_again_is_set_aside);
	unit_add(s, other_values_are_no_loop);
	unit_add(s, who_locks_and_looks_is_set_aside_without_the_lock);
	unit_add(s, who_holds_a_lock_all_the_time_is_set_aside_with_it);
	unit_add(s, a_loop_with_an_end_comes_to_it);
	unit_add(s, who_makes_no_point_for_long_lets_others_go_first);
	unit_add(s, a_loop_without_a_point_is_told_with_its_place);
	unit_add(s, two_that_wait_for_each_other_live_in_lock);
	unit_add(s, other_calls_are_no_loop);
	unit_add(s, two_that_count_for_themselves_come_to_an_end);
	unit_add(s, who_polls_is_set_aside_and_led_on_once);
	unit_add(s, faults_alone_are_left_as_they_are);
	unit_add(s, who_exchanges_in_vain_is_set_aside);
	unit_add(s, who_comes_out_of_its_loop_is_not_set_aside);
	unit_add(s, who_tries_a_lock_hears_that_it_is_given_back);
	unit_add(s, a_loop_with_an_end_of_its_own_is_made_to_its_end);
	unit_add(s, who_may_live_in_lock_is_told_once);
	unit_add(s, two_that_take_turns_come_to_an_end);
	unit_add(s, two_that_give_way_to_each_other_live_in_lock);
	unit_add(s, two_that_come_back_to_the_same_state_live_in_lock);
	unit_add(s, who_has_no_turn_while_another_goes_round_is_told);
	unit_add(s,
		 who_comes_back_to_the_same_state_waits_for_what_nobody_writes);
	unit_add(s, who_asks_for_the_same_all_the_time_waits_though_it_counts);
	return unit_run(s);
}
