/*
 * What every unit test needs: Check, and main()'s few lines.
 *
 *	START_TEST(a_pipe_fills) { ... } END_TEST
 *	int main(void) {
 *		Suite *s = suite_create("pipe");
 *		unit_add(s, a_pipe_fills);
 *		return unit_run(s);
 *	}
 */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include "config.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#undef fail	/* an old name of Check's; base/base.h has its own */

/* Each test is a case of its own: its name stands in the report.  */
#define unit_add(suite, test) unit_add_named((suite), #test, (test))

static inline void
unit_add_named(Suite *s, const char *name, const TTest *test)
{
	TCase *c = tcase_create(name);

	/* A busy machine must not fail a test: no time limit. */
	tcase_set_timeout(c, 0);
	tcase_add_test(c, test);
	suite_add_tcase(s, c);
}

static inline int
unit_run(Suite *s)
{
	SRunner *r = srunner_create(s);
	int failed;

	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
