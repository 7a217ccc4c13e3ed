/* Rehearsals of real programs: by a plan, by a schedule that fits and by some
 * that do not.  */
#include "child.h"
#include "base/paths.h"
#include "exercise/rehearsal.h"
#include "tests/unit/unit.h"

static char *folder;

static struct rehearsal *
begin(const char *command, const char *script, const char *plan,
      const char *until, int64_t steps_max)
{
	char *argv[] = { (char *)"/bin/sh", (char *)"-c", (char *)command,
			 NULL };
	struct schedule s = SCHEDULE_INIT;
	struct rehearsal_config c = {
		.argv = argv, .cwd = folder, .plan = plan, .until = until,
		.steps_max = steps_max,
	};
	struct rehearsal *r;
	char *why = NULL;

	if (script) {
		ck_assert_msg(schedule_parse(&s, script, strlen(script), "s",
					     &why) == 0, "%s", why);
		c.script = &s;
	}
	r = rehearsal_begin(&c, &why);
	ck_assert_msg(r != NULL, "%s", why);
	schedule_release(&s);
	return r;
}

static enum rehearsal_state
run(struct rehearsal *r)
{
	struct pollfd fds[SESSION_POLLS];
	enum rehearsal_state state;

	while ((state = rehearsal_advance(r)) == REHEARSAL_RUNS)
		poll(fds, (nfds_t)rehearsal_fds(r, fds, SESSION_POLLS), -1);
	return state;
}

static bool
holds(struct rehearsal *r, const char *text)
{
	struct condition *c = condition_parse(text, NULL);
	bool is = condition_eval(c, session_world(rehearsal_session(r))) ==
		  IS_TRUE;

	condition_free(c);
	return is;
}

START_TEST(to_the_end)
{
	struct rehearsal *r = begin("echo word", NULL, NULL, NULL, 10000);
	char *why = NULL, *text;

	ck_assert_int_eq(run(r), REHEARSAL_ENDED);
	ck_assert(holds(r, "output contains \"word\""));
	text = rehearsal_schedule(r, &why);
	ck_assert_msg(text != NULL, "%s", why);
	ck_assert_ptr_nonnull(strstr(text, "\ngo A"));
	ck_assert_msg(!strstr(text, "folder:"), "%s", text);
	free(text);
	rehearsal_end(r);
}
END_TEST

START_TEST(to_where_it_is_to_stop)
{
	struct rehearsal *r = begin("echo one; echo two", NULL, "default",
				    "output contains \"one\"", 10000);

	ck_assert_int_eq(run(r), REHEARSAL_REACHED);
	ck_assert(!holds(r, "output contains \"two\""));
	rehearsal_end(r);
}
END_TEST

START_TEST(to_a_standstill)
{
	struct rehearsal *r = begin("mkfifo f; read x <f", NULL, NULL, NULL,
				    10000);

	ck_assert_int_eq(run(r), REHEARSAL_STILL);
	ck_assert_ptr_nonnull(rehearsal_why(r));
	rehearsal_end(r);
}
END_TEST

START_TEST(no_longer_than_it_may)
{
	struct rehearsal *r = begin("while :; do echo; done", NULL, NULL, NULL,
				    20);

	ck_assert_int_eq(run(r), REHEARSAL_ENDLESS);
	ck_assert_ptr_nonnull(strstr(rehearsal_why(r), "20 steps"));
	rehearsal_end(r);
}
END_TEST

#define HEAD "ipclab schedule 1\ncommand: x\n"

START_TEST(by_a_schedule_and_on)
{
	struct rehearsal *r = begin("echo word", HEAD "terminal: 24x80\n"
				    "steps:\ngo A\nrun\n", NULL, NULL, 10000);

	ck_assert_int_eq(run(r), REHEARSAL_ENDED);
	ck_assert(holds(r, "output contains \"word\""));
	rehearsal_end(r);
}
END_TEST

/* A size that no terminal has is none.  */
static const struct { const char *script, *why; } foreign[] = {
	{ HEAD "steps:\ngo Z\n", "step 1 of the schedule cannot be made" },
	{ HEAD "terminal: 9999x9999\nsteps:\ngo A\ndeliver A SIGUSR1\n",
	  "step 2 of the schedule cannot be made" },
	{ HEAD "looks: points\nshared: granules=8\nsteps:\nexpire A\n",
	  "step 1 of the schedule cannot be made" },
};

START_TEST(what_does_not_fit_is_told)
{
	struct rehearsal *r = begin("echo word", foreign[_i].script, NULL,
				    NULL, 10000);

	ck_assert_int_eq(run(r), REHEARSAL_REFUSED);
	ck_assert_msg(strstr(rehearsal_why(r), foreign[_i].why) != NULL,
		      "%s", rehearsal_why(r));
	rehearsal_end(r);
}
END_TEST

START_TEST(it_can_be_given_up_at_any_time)
{
	struct rehearsal *r = begin("sleep 1000 | sleep 1000", NULL, NULL,
				    NULL, 10000);

	rehearsal_advance(r);
	rehearsal_end(r);
	rehearsal_end(NULL);
}
END_TEST

START_TEST(nonsense_is_not_begun)
{
	char *argv[] = { (char *)"/bin/true", NULL }, *why = NULL;
	const struct schedule words = {
		.looks = "points", .shared = (char *)"granules=8 zz",
	};
	const struct rehearsal_config bad[] = {
		{ .argv = argv, .cwd = folder, .plan = "first a; go B" },
		{ .argv = argv, .cwd = folder, .until = "nothing" },
		{ .argv = argv, .cwd = folder, .script = &words },
	};

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		ck_assert_ptr_null(rehearsal_begin(&bad[i], &why));
		ck_assert_ptr_nonnull(why);
		free(why);
		why = NULL;
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("rehearsal");
	TCase *c = tcase_create("foreign");
	char *why = NULL;
	int ret;

	if (live_lacks_ptrace())
		return EXIT_SUCCESS;
	folder = path_temporary(&why);
	if (!folder)
		return EXIT_FAILURE;
	unit_add(s, to_the_end);
	unit_add(s, to_where_it_is_to_stop);
	unit_add(s, to_a_standstill);
	unit_add(s, no_longer_than_it_may);
	unit_add(s, by_a_schedule_and_on);
	tcase_set_timeout(c, 0);
	tcase_add_loop_test(c, what_does_not_fit_is_told, 0,
			    ARRAY_SIZE(foreign));
	suite_add_tcase(s, c);
	unit_add(s, it_can_be_given_up_at_any_time);
	unit_add(s, nonsense_is_not_begun);
	ret = unit_run(s);
	path_remove_tree(folder, NULL);
	free(folder);
	return ret;
}
