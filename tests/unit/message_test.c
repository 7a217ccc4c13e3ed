/* What explorer and runners say to each other comes back as it was; nothing
 * else is taken.  */
#include "explore/message.h"
#include "explore/tape.h"
#include "tests/unit/unit.h"

static struct buf line;

static char *
text(const char *s)
{
	return (char *)(uintptr_t)s;
}

START_TEST(an_order_comes_back)
{
	struct order o = {
		.kind = ORDER_SEARCH, .item = 7, .strategy = text("pct"),
		.seed = INT64_MAX, .depth = -1, .length = 40, .faults = 2,
		.runs = 100, .on = true, .learned = text("a:1 b:2"),
		.tape = text("A go,A.1 cut 10!*"),
	}, back;
	char *why = NULL;

	order_write(&line, &o);
	ck_assert_msg(order_read(&back, line.data, line.len, &why) == 0, "%s",
		      why);
	ck_assert_int_eq(back.kind, ORDER_SEARCH);
	ck_assert_int_eq(back.item, 7);
	ck_assert_str_eq(back.strategy, "pct");
	ck_assert(back.seed == INT64_MAX && back.depth == -1);
	ck_assert(back.length == 40 && back.faults == 2 && back.runs == 100);
	ck_assert(back.on);
	ck_assert_str_eq(back.learned, "a:1 b:2");
	ck_assert_str_eq(back.tape, o.tape);
	order_release(&back);
}
END_TEST

START_TEST(an_answer_comes_back_with_the_fields_of_its_kind)
{
	struct answer a = {
		.kind = ANSWER_FAILURE, .item = 3, .runs = 9,
		.verdict = text("deadlock"),
		.message = text("A waits\n\"for\" B; \xc3\xa9"),
		.tape = text("A go"), .schedule = text("ipclab schedule 1\n"),
		.switches = 4, .turning_step = 2, .cut = 5,
	}, back;
	char *why = NULL;

	answer_write(&line, &a);
	ck_assert_ptr_eq(memchr(line.data, '\n', line.len),
			 line.data + line.len - 1);
	ck_assert_msg(answer_read(&back, line.data, line.len, &why) == 0, "%s",
		      why);
	ck_assert_str_eq(back.message, a.message);
	ck_assert_str_eq(back.schedule, a.schedule);
	ck_assert_str_eq(back.picture, "");
	ck_assert(back.switches == 4 && back.turning_step == 2);
	ck_assert_msg(back.cut == 0, "of an end, not of a failure");
	ck_assert_ptr_null(back.race);
	answer_release(&back);
}
END_TEST

START_TEST(progress_tells_of_a_race_as_of_a_failure)
{
	struct answer a = {
		.kind = ANSWER_PROGRESS, .runs = 2, .race = text("A go"),
		.race_failure = text("{\"a\":\"b\"}\n"), .race_run = 2,
	}, back;
	char *why = NULL;

	answer_write(&line, &a);
	ck_assert_msg(answer_read(&back, line.data, line.len, &why) == 0, "%s",
		      why);
	ck_assert_str_eq(back.race, a.race);
	ck_assert_str_eq(back.race_failure, a.race_failure);
	ck_assert(back.race_run == 2);
	answer_release(&back);
}
END_TEST

static void
refuses(const char *bad)
{
	struct answer a;
	char *why = NULL;

	ck_assert_msg(answer_read(&a, bad, strlen(bad), &why) < 0,
		      "was taken: %s", bad);
	ck_assert_ptr_nonnull(why);
	free(why);
	answer_release(&a);
}

START_TEST(what_is_no_answer_is_refused)
{
	static const char *const bad[] = {
		"", "ready", "{}", "[]", "{\"what\":\"read\"}",
		"{\"item\":1,\"what\":\"ready\"}",
		/* a field is missing; one is there twice; a strange one; one
		 * of another kind; a wrong type; more than one object */
		"{\"what\":\"progress\",\"item\":1,\"runs\":2}",
		"{\"what\":\"progress\",\"item\":1,\"item\":1,\"runs\":2,"
			"\"estimate\":0}",
		"{\"what\":\"progress\",\"item\":1,\"runs\":2,\"estimate\":0,"
			"\"more\":1}",
		"{\"what\":\"progress\",\"item\":1,\"runs\":2,\"estimate\":0,"
			"\"tape\":\"\"}",
		"{\"what\":\"progress\",\"item\":\"1\",\"runs\":2,"
			"\"estimate\":0}",
		"{\"what\":\"progress\",\"item\":1,\"runs\":2,\"estimate\":0} "
			"{}",
		"{\"what\":\"progress\",\"item\":1,\"runs\":2,\"estimate\":0",
	};

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		refuses(bad[i]);
}
END_TEST

START_TEST(every_beginning_of_an_answer_is_refused)
{
	struct answer a = { .kind = ANSWER_END, .text = text("x"),
			    .points = text("1:2") };

	answer_write(&line, &a);
	for (size_t n = 0; n < line.len - 2; n++) {
		char *part = xstrndup(line.data, n);

		refuses(part);
		free(part);
	}
}
END_TEST

START_TEST(counts_are_added)
{
	uint64_t counts[ACTS_COUNT] = { [0] = 5, [3] = 1 };

	counts_write(&line, counts);
	ck_assert_str_eq(buf_str(&line), "0:5 3:1");
	ck_assert(counts_add(counts, "0:1 2:7"));
	ck_assert(counts[0] == 6 && counts[2] == 7 && counts[3] == 1);
	ck_assert(counts_add(counts, ""));
	ck_assert(!counts_add(counts, "0"));
	ck_assert(!counts_add(counts, "0:"));
	ck_assert(!counts_add(counts, "0:1 "));
	ck_assert(!counts_add(counts, "0:1,1:1"));
	ck_assert(!counts_add(counts, "-1:1"));
	ck_assert(!counts_add(counts, "0:-1"));
	ck_assert(!counts_add(counts, "9999:1"));
	ck_assert(!counts_add(counts, "0:99999999999999999999999"));
}
END_TEST

START_TEST(words_are_united)
{
	ck_assert(words_unite(&line, "b a b"));
	ck_assert_str_eq(buf_str(&line), "b a");
	ck_assert(!words_unite(&line, "a b"));
	ck_assert(!words_unite(&line, ""));
	ck_assert_msg(words_unite(&line, "ab"), "a part of a word is another");
	ck_assert_str_eq(buf_str(&line), "b a ab");
}
END_TEST

/* ---- tapes as text ---- */

static const char *const names[] = { "A", "A.1", "A:2" };

static const char *
name(const void *with, int actor)
{
	(void)with;
	return names[actor];
}

static int
number(void *with, const char *wanted)
{
	(void)with;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strcmp(names[i], wanted) == 0)
			return (int)i;
	return -1;
}

START_TEST(a_tape_comes_back)
{
	static const char as_text[] =
		"A go,A.1 go!,A expire,A:2 deliver 10,A cut 100*,A.1 fail 4!*,"
		"A wake";
	struct tape t = TAPE_INIT;

	ck_assert_int_eq(tape_parse(&t, as_text, number, NULL), 0);
	ck_assert_uint_eq(t.n, 7);
	ck_assert(t.pick[1].preempts && !t.pick[1].fault);
	ck_assert(t.pick[4].fault && t.pick[4].number == 100);
	tape_write(&line, &t, name, NULL);
	ck_assert_str_eq(buf_str(&line), as_text);
	tape_release(&t);
}
END_TEST

START_TEST(what_is_no_tape_is_refused)
{
	static const char *const bad[] = {
		"A", "A stop", "B go", "A go,", ",A go", "A go;A go", "A go !",
		"A go 1 2", "A go x", "A  go 99999999999",
	};

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct tape t = TAPE_INIT;

		ck_assert_msg(tape_parse(&t, bad[i], number, NULL) < 0,
			      "was taken: %s", bad[i]);
		tape_release(&t);
	}
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("message");

	unit_add(s, an_order_comes_back);
	unit_add(s, an_answer_comes_back_with_the_fields_of_its_kind);
	unit_add(s, progress_tells_of_a_race_as_of_a_failure);
	unit_add(s, what_is_no_answer_is_refused);
	unit_add(s, every_beginning_of_an_answer_is_refused);
	unit_add(s, counts_are_added);
	unit_add(s, words_are_united);
	unit_add(s, a_tape_comes_back);
	unit_add(s, what_is_no_tape_is_refused);
	return unit_run(s);
}
