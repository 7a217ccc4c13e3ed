/* What is claimed after an exploration, and the document that lists it.  */
#include "explore/claim.h"
#include "tests/unit/unit.h"
#include "tracer/namespace.h"

#include <jansson.h>
#include <signal.h>

static char race[] = "./race", x[] = "x", *argv[] = { race, x, NULL };
static struct explore_config config;
static struct covered covered;
static struct failure failure;
static struct outcome outcome;
static struct buf text;

static void
setup(void)
{
	config = (struct explore_config){ .preemptions = -1, .status = -1,
					  .seed = 7 };
	config.tracer.argv = argv;
	covered = (struct covered){ .runs = 40, .bound = -1, .length = 10,
				    .actors = 2, .runtime = true };
	covered.points[ACT_LOAD] = 80;
	failure = (struct failure){ .verdict = VERDICT_ACCEPT };
	outcome = (struct outcome){
		.config = &config, .covered = &covered, .failure = &failure,
		.budget = BUDGET_RUNS, .runs_per_second = 812.34,
		.parts = PARTS_ISOLATED | PART_BIT(PART_PIDS),
	};
	buf_clear(&text);
}

static const char *
claim(void)
{
	buf_clear(&text);
	claim_write(&text, &outcome);
	return buf_str(&text);
}

static const char any[] = "No failure in any interleaving of these points";

START_TEST(exhausted_is_said_in_one_sentence)
{
	setup();
	covered.complete = true;
	ck_assert_str_eq(claim(), "No failure in any interleaving of these "
			 "points (40 runs).\n");
	ck_assert(claim_is_complete(&outcome));
}
END_TEST

START_TEST(a_bound_is_a_part_of_the_sentence)
{
	setup();
	covered.complete = true;
	covered.bound = 2;
	ck_assert_str_eq(claim(), "No failure in any interleaving of these "
			 "points with at most 2 preemptions (40 runs).\n");
	covered.bound = 0;
	ck_assert_str_eq(claim(), "No failure in any interleaving of these "
			 "points without a preemption (40 runs).\n");
}
END_TEST

/* Each of these makes the search's sentence untrue.  */
START_TEST(whatever_takes_away_from_it_takes_the_sentence_away)
{
	static char reason[] = "what";

	for (int i = 0; i < 5; i++) {
		setup();
		covered.complete = true;
		if (i == 0)
			covered.cut = 1;
		else if (i == 1)
			covered.races = 1;
		else if (i == 2)
			covered.unsupported = reason;
		else if (i == 3)
			words_unite(&covered.unknown, "ioctl");
		else
			covered.differs = reason;
		ck_assert_msg(!strstr(claim(), any), "%d: %s", i, buf_str(&text));
		ck_assert(!claim_is_complete(&outcome));
		buf_release(&covered.unknown);
	}
}
END_TEST

START_TEST(samples_come_with_the_probability_of_a_miss)
{
	setup();
	covered.sampled = 30;
	covered.pct[2] = 20;
	ck_assert_ptr_nonnull(strstr(claim(), "30 runs were sampled"));
	ck_assert_ptr_null(strstr(buf_str(&text), any));
	/* (1 - 1 / (2 * 10)) ^ 20 */
	ck_assert_ptr_nonnull(strstr(buf_str(&text), "at most 0.36"));
	ck_assert(!claim_is_complete(&outcome));
}
END_TEST

START_TEST(the_probability_is_that_of_the_paper)
{
	ck_assert_double_eq_tol(claim_missed(1, 4, 100, 1), 0.75, 1e-9);
	ck_assert_double_eq_tol(claim_missed(2, 2, 5, 1), 0.9, 1e-9);
	ck_assert_double_eq_tol(claim_missed(3, 2, 5, 2), 0.98 * 0.98, 1e-9);
	ck_assert_double_eq_tol(claim_missed(2, 0, 0, 9), 1, 1e-9);
}
END_TEST

START_TEST(a_plain_program_and_a_shared_machine_are_told)
{
	setup();
	covered.complete = true;
	covered.runtime = false;
	outcome.parts &= ~PART_BIT(PART_NET);
	ck_assert_ptr_nonnull(strstr(claim(), "not built with `ipclab cc`"));
	ck_assert_ptr_nonnull(strstr(buf_str(&text), "the network"));
}
END_TEST

START_TEST(after_a_failure_nothing_is_claimed)
{
	setup();
	covered.complete = true;
	failure.verdict = VERDICT_DEADLOCK;
	failure.first_run = 12;
	ck_assert_str_eq(claim(), "Found in run 12.\n");
	ck_assert(!claim_is_complete(&outcome));
}
END_TEST

START_TEST(that_runs_differ_is_told_where_nobody_said_what_is_right)
{
	setup();
	covered.complete = true;
	tally_add(&covered.tally, 0, "20\n", 3);
	ck_assert_ptr_null(strstr(claim(), "alike"));
	tally_add(&covered.tally, 1 << 8, "-60\n", 4);
	tally_add(&covered.tally, SIGKILL, "", 0);
	ck_assert_ptr_nonnull(strstr(claim(), "Not all runs ended alike:\n"
		"  1 run: exit status 0, it printed \"20\\n\"\n"
		"  1 run: exit status 1, it printed \"-60\\n\"\n"
		"  1 run: ended by a signal (Killed)\n"
		"With --status N or --output FILE"));
	config.status = 0;
	ck_assert_ptr_null(strstr(claim(), "--status N"));
	for (char c = 'a'; c < 'd'; c++)
		tally_add(&covered.tally, 0, &c, 1);
	ck_assert_ptr_nonnull(strstr(claim(), "\"a\"\n  1 run: exit status 0, "
				     "it printed \"b\"\n  ... and in other"));
	failure.verdict = VERDICT_CRASH;
	ck_assert_ptr_null(strstr(claim(), "alike"));
	failure.verdict = VERDICT_RACE;
	ck_assert_ptr_nonnull(strstr(claim(), "alike"));
}
END_TEST

/* ---- JSON ---- */

static json_t *
document(void)
{
	json_error_t error;
	json_t *o;

	buf_clear(&text);
	outcome_json(&text, &outcome);
	o = json_loads(buf_str(&text), 0, &error);
	ck_assert_msg(o != NULL, "%s", error.text);
	return o;
}

static void
fail_somehow(void)
{
	static char message[] = "A waits", picture[] = "A  B\n";

	failure = (struct failure){ .verdict = VERDICT_DEADLOCK,
				    .message = message, .picture = picture,
				    .switches = 3, .first_run = 9 };
	COPY_STR(failure.schedule.header.command, "./race x");
}

START_TEST(the_document_says_what_was_covered)
{
	json_t *o;

	setup();
	covered.complete = true;
	o = document();
	ck_assert_str_eq(json_string_value(json_object_get(o, "ipclab")),
			 "exploration");
	ck_assert(json_is_true(json_object_get(o, "complete")));
	ck_assert(json_is_null(json_object_get(o, "preemption_bound")));
	ck_assert_int_eq(json_integer_value(json_object_get(o, "seed")), 7);
	ck_assert_int_eq(json_integer_value(json_object_get(
		json_object_get(o, "points"), act_text(ACT_LOAD))), 80);
	ck_assert_uint_eq(json_array_size(json_object_get(o, "failures")), 0);
	ck_assert_uint_eq(json_array_size(json_object_get(o, "command")), 2);
	json_decref(o);
}
END_TEST

START_TEST(a_failure_stands_in_the_list)
{
	json_t *o, *f;

	setup();
	fail_somehow();
	config.save = "race.schedule";
	o = document();
	f = json_array_get(json_object_get(o, "failures"), 0);
	ck_assert_str_eq(json_string_value(json_object_get(f, "verdict")),
			 "deadlock");
	ck_assert_str_eq(json_string_value(json_object_get(f, "schedule")),
			 "race.schedule");
	ck_assert_ptr_nonnull(strstr(json_string_value(json_object_get(f,
			      "choices")), "command: ./race x\n"));
	ck_assert(json_is_null(json_object_get(f, "passing")));
	json_decref(o);
}
END_TEST

static void
check_keys(const json_t *value, const char *document_text)
{
	const char *key;
	const json_t *inside;
	size_t i;

	if (json_is_array(value))
		json_array_foreach(value, i, inside)
			check_keys(inside, document_text);
	json_object_foreach((json_t *)(uintptr_t)value, key, inside) {
		char *entry = xasprintf("\n| `%s` | ", key);

		ck_assert_msg(strstr(document_text, entry) != NULL,
			      "not documented: %s", key);
		free(entry);
		/* The keys of these are no words of the format.  */
		if (strcmp(key, "points") != 0)
			check_keys(inside, document_text);
	}
}

static void
load(struct buf *to)
{
	char *why = NULL;

	ck_assert_msg(buf_read_file(to, TOP_SRCDIR "/docs/exploring.md",
				    1 << 20, &why) == 0, "%s", why);
}

START_TEST(every_key_is_documented)
{
	struct buf page = BUF_INIT;
	json_t *o;

	setup();
	fail_somehow();
	covered.pct[2] = 5;
	tally_add(&covered.tally, 0, "x", 1);
	o = document();
	load(&page);
	check_keys(o, buf_str(&page));
	json_decref(o);
	buf_release(&page);
}
END_TEST

START_TEST(every_key_that_is_documented_is_there)
{
	struct buf page = BUF_INIT;
	const char *p;

	setup();
	fail_somehow();
	covered.pct[2] = 5;
	tally_add(&covered.tally, 0, "x", 1);
	json_decref(document());
	load(&page);
	p = strstr(buf_str(&page), "\n## The JSON\n");
	ck_assert_ptr_nonnull(p);
	while ((p = strstr(p, "\n| `"))) {
		size_t n = strcspn(p += 4, "`");
		char *key = xasprintf("\"%.*s\":", (int)n, p);

		ck_assert_msg(strstr(buf_str(&text), key) != NULL,
			      "documented, and not there: %s", key);
		free(key);
	}
	buf_release(&page);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("claim");

	unit_add(s, exhausted_is_said_in_one_sentence);
	unit_add(s, a_bound_is_a_part_of_the_sentence);
	unit_add(s, whatever_takes_away_from_it_takes_the_sentence_away);
	unit_add(s, samples_come_with_the_probability_of_a_miss);
	unit_add(s, the_probability_is_that_of_the_paper);
	unit_add(s, a_plain_program_and_a_shared_machine_are_told);
	unit_add(s, after_a_failure_nothing_is_claimed);
	unit_add(s, that_runs_differ_is_told_where_nobody_said_what_is_right);
	unit_add(s, the_document_says_what_was_covered);
	unit_add(s, a_failure_stands_in_the_list);
	unit_add(s, every_key_is_documented);
	unit_add(s, every_key_that_is_documented_is_there);
	return unit_run(s);
}
