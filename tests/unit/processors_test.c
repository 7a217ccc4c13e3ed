/* Which processors there are, and who is on which.  */
#include "config.h"

#include "base/processors.h"
#include "unit.h"

#include <sched.h>

static cpu_set_t
mask(void)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	ck_assert_int_eq(sched_getaffinity(0, sizeof(set), &set), 0);
	return set;
}

START_TEST(places_go_round_among_those_that_are_allowed)
{
	cpu_set_t all = mask(), seen;
	int n = CPU_COUNT(&all);

	ck_assert_int_eq(processors_count(), n);
	CPU_ZERO(&seen);
	for (int place = 0; place < n; place++) {
		ck_assert(CPU_ISSET(processors_at(place), &all));
		CPU_SET(processors_at(place), &seen);
	}
	ck_assert(CPU_EQUAL(&seen, &all));
	ck_assert_int_eq(processors_at(n), processors_at(0));
	ck_assert_int_eq(processors_at(3 * n - 1), processors_at(n - 1));
}
END_TEST

START_TEST(who_moves_is_there_alone_and_comes_back)
{
	cpu_set_t all = mask(), now;
	int n = CPU_COUNT(&all);

	for (int place = 0; place <= n; place++) {
		processors_move(place);
		now = mask();
		ck_assert_int_eq(CPU_COUNT(&now), 1);
		ck_assert(CPU_ISSET(processors_at(place), &now));
		ck_assert_int_eq(processors_count(), n);
	}
	processors_move(-1);
	now = mask();
	ck_assert(CPU_EQUAL(&now, &all));
}
END_TEST

START_TEST(who_stays_has_no_other)
{
	int last = processors_at(processors_count() - 1);

	processors_move(processors_count() - 1);
	processors_stay();
	ck_assert_int_eq(processors_count(), 1);
	ck_assert_int_eq(processors_at(0), last);
	ck_assert_int_eq(processors_at(7), last);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("processors");

	unit_add(s, places_go_round_among_those_that_are_allowed);
	unit_add(s, who_moves_is_there_alone_and_comes_back);
	unit_add(s, who_stays_has_no_other);
	return unit_run(s);
}
