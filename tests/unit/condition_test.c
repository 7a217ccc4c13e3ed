/* Conditions: the grammar, its errors, and the truth of every statement.  */
#include "tests/unit/unit.h"

#include "condition/condition.h"

#include <stdio.h>

static char *why;

/* A world of these events, one line each.  */
static const char *began_in = "/home/x/run";

static struct world *
world_of(const char *lines)
{
	static struct event e;
	struct header h = { .version = 1, .driven = true,
			    .cast = "A=writer,A.1=reader" };
	struct world *w;

	COPY_STR(h.cwd, began_in);
	w = world_new(&h);
	while (*lines) {
		size_t n = strcspn(lines, "\n");

		ck_assert_msg(event_parse(lines, n, &e, &why) == 0, "%.*s: %s",
			      (int)n, lines, why);
		world_apply(w, &e);
		lines += n + (lines[n] == '\n');
	}
	return w;
}

#define A(rest) "{\"actor\":\"A\",\"pid\":1,\"tid\":1," rest "}\n"
#define A1(rest) "{\"actor\":\"A.1\",\"pid\":2,\"tid\":2," rest "}\n"
#define PIPE_MADE \
	A("\"what\":\"start\"") \
	A("\"what\":\"call\",\"call\":\"pipe2\",\"result\":0,\"object\":" \
	  "\"pipe 1\",\"opens\":[{\"fd\":3,\"description\":1,\"object\":" \
	  "\"pipe 1\",\"mode\":\"read\"},{\"fd\":4,\"description\":2," \
	  "\"object\":\"pipe 1\",\"mode\":\"write\"}],\"object_state\":" \
	  "{\"bytes\":0,\"capacity\":8192}")
#define FORKED \
	A1("\"what\":\"start\",\"parent\":\"A\"") \
	A("\"what\":\"call\",\"call\":\"clone\",\"result\":2")
#define STARTS(name, pid) \
	"{\"actor\":\"" name "\",\"pid\":" #pid ",\"tid\":" #pid \
	",\"what\":\"start\",\"parent\":\"A\"}\n"
#define WROTE(n) \
	A("\"what\":\"call\",\"call\":\"write\",\"args\":{\"fd\":4,\"count\":" \
	  #n "},\"result\":" #n ",\"object\":\"pipe 1\",\"end\":\"write\"," \
	  "\"fd\":4,\"description\":2,\"bytes\":" #n ",\"data\":\"hello\"")
#define BLOCKED \
	A("\"what\":\"block\",\"call\":\"write\",\"args\":{\"fd\":4,\"count\":" \
	  "4096},\"object\":\"pipe 1\",\"end\":\"write\",\"fd\":4")
#define AT_READ \
	A1("\"what\":\"point\",\"call\":\"read\",\"args\":{\"fd\":3,\"count\":" \
	   "9},\"object\":\"pipe 1\",\"end\":\"read\",\"fd\":3")
#define PRINTED \
	A1("\"what\":\"call\",\"call\":\"write\",\"result\":3,\"object\":" \
	   "\"terminal 1\",\"end\":\"write\",\"fd\":1,\"bytes\":3,\"data\":" \
	   "\"hi\\n\"")
#define FULL PIPE_MADE FORKED WROTE(8192) PRINTED AT_READ BLOCKED

static enum truth
truth_of(struct world *w, const char *text)
{
	struct condition *c = condition_parse(text, &why);
	enum truth t;

	ck_assert_msg(c != NULL, "%s: %s", text, why);
	t = condition_eval(c, w);
	condition_free(c);
	return t;
}

static void
is(struct world *w, const char *text)
{
	ck_assert_msg(truth_of(w, text) == IS_TRUE, "should hold: %s", text);
}

static void
is_not(struct world *w, const char *text)
{
	ck_assert_msg(truth_of(w, text) == IS_FALSE, "should not hold: %s",
		      text);
}

static void
is_open(struct world *w, const char *text)
{
	ck_assert_msg(truth_of(w, text) == IS_UNKNOWN, "not unknown: %s",
		      text);
}

START_TEST(statements_about_actors)
{
	struct world *w = world_of(FULL);

	is(w, "writer is blocked");
	is(w, "A is blocked");
	is_not(w, "writer is ready");
	is(w, "writer is blocked in write");
	is(w, "writer is blocked in write on pipe 1");
	is_not(w, "writer is blocked in write on pipe 2");
	is_not(w, "writer is blocked in read");
	is(w, "reader is ready");
	is(w, "reader is held");
	is(w, "reader is at read on pipe 1");
	is_not(w, "reader is at write");
	is(w, "somebody is ready");
	is_not(w, "everybody is ready");
	is(w, "nobody is asleep");
	is_not(w, "nobody is blocked");
	is(w, "reader has started");
	is_not(w, "reader has ended");
	is_open(w, "logger has ended");
	is(w, "writer has called write");
	is(w, "writer has called write 1 times");
	is_not(w, "writer has called write at least 2 times");
	is(w, "writer has called fork");
	is(w, "writer has called pipe");
	is(w, "writer's last call is write");
	is(w, "writer's last result is 8192");
	is(w, "writer's last result is at least 1");
	is_not(w, "writer's last result is fewer than 8 KiB");
	is_not(w, "writer's last call failed");
	is(w, "reader printed \"hi\"");
	is_not(w, "writer printed \"hi\"");
	is(w, "reader holds the write end of pipe 1");
	is(w, "everybody holds a read end of pipe 1");
	is_open(w, "nobody holds a read end of pipe 9");
	is_open(w, "everybody holds a read end of pipe 9");
	is(w, "reader has descriptor 3 on pipe 1");
	is_not(w, "reader has descriptor 5");
	world_free(w);
}
END_TEST

START_TEST(statements_about_programs)
{
	struct world *w = world_of(
		A("\"what\":\"start\"")
		A("\"what\":\"exec\",\"path\":\"ask\"")
		A1("\"what\":\"start\",\"parent\":\"A\"")
		"{\"actor\":\"A.2\",\"what\":\"start\",\"parent\":\"A\"}\n"
		A1("\"what\":\"exec\",\"path\":\"/usr/bin/dash\","
		   "\"args\":{\"pathname\":\"/bin/sh\"}"));

	is(w, "A runs \"ask\"");
	is(w, "A runs \"./ask\"");
	is(w, "A.1 runs \"/bin/sh\"");
	is(w, "A.1 runs \"sh\"");
	is(w, "A.1 runs \"dash\"");
	is_not(w, "A.1 runs \"bin/sh\"");
	is_not(w, "A.1 runs \"/usr/bin/sh\"");
	is(w, "A.2 runs \"ask\"");
	is(w, "nobody runs \"rm\"");
	is_open(w, "A.3 runs \"sh\"");
	world_free(w);
}
END_TEST

START_TEST(statements_about_ends)
{
	struct world *w = world_of(FULL
		A("\"what\":\"exit\",\"signal\":\"SIGPIPE\"")
		A1("\"what\":\"call\",\"call\":\"read\",\"result\":-1,"
		   "\"error\":\"EAGAIN\"")
		A1("\"what\":\"exit\",\"status\":3")
		"{\"what\":\"end\",\"status\":3}");

	is(w, "writer was killed by SIGPIPE");
	is(w, "writer was killed");
	is_not(w, "writer was killed by SIGINT");
	is_not(w, "writer has exited");
	is(w, "reader has exited");
	is(w, "reader has exited with 3");
	is_not(w, "reader has exited with 0");
	is_not(w, "reader was killed");
	is(w, "reader's last call failed");
	is(w, "reader's last call failed with EAGAIN");
	is_not(w, "reader's last call failed with EPIPE");
	is(w, "everybody has ended");
	is_not(w, "everybody is blocked");
	is(w, "0 actors live");
	is(w, "the run has ended");
	is(w, "the run ended with 3");
	is_not(w, "the run was killed by SIGPIPE");
	is(w, "pipe 1 has no write end open");
	world_free(w);
}
END_TEST

START_TEST(statements_about_objects)
{
	struct world *w = world_of(FULL);

	is(w, "pipe 1 is full");
	is_not(w, "pipe 1 is empty");
	is(w, "pipe 1 holds 8192 bytes");
	is(w, "pipe 1 holds 8 KiB");
	is(w, "pipe 1 holds 8K bytes");
	is(w, "pipe 1 holds more than PIPE_BUF bytes");
	is_not(w, "pipe 1 holds at most 8,191 bytes");
	is(w, "pipe 1 has room for 0 bytes");
	is_not(w, "pipe 1 has room for 1 byte");
	is(w, "pipe 1 has capacity 8192");
	is(w, "pipe 1 has 2 write ends");
	is(w, "pipe 1 has at least 1 read end open");
	is_not(w, "pipe 1 has no read ends");
	is(w, "pipe 1 contains \"hell\"");
	is_open(w, "pipe 1 contains \"world\"");
	is(w, "pipe 1 was last written by writer");
	is_not(w, "pipe 1 was last written by reader");
	is(w, "8192 bytes were written to pipe 1");
	is(w, "0 bytes were read from pipe 1");
	is_not(w, "a byte is lost");
	is_open(w, "pipe 2 is full");
	is_open(w, "\"props/state\" exists");
	world_free(w);
}
END_TEST

static void
explains(struct world *w, const char *text, const char *expected)
{
	struct condition *c = condition_parse(text, &why);
	struct buf out = BUF_INIT;

	condition_explain(c, w, &out);
	ck_assert_str_eq(buf_str(&out), expected);
	buf_release(&out);
	condition_free(c);
}

#define SENT(call, type, len, text) \
	A("\"what\":\"call\",\"call\":\"" call "\",\"result\":0," \
	  "\"object\":\"" QUEUE "\",\"end\":\"write\",\"bytes\":" #len "," \
	  "\"type\":" #type ",\"data\":\"" text "\"")

START_TEST(statements_about_queues)
{
#define QUEUE "queue 1"
	struct world *w = world_of(A("\"what\":\"start\"")
		SENT("msgsnd", 3, 5, "three") SENT("msgsnd", 1, 0, "")
		SENT("msgsnd", 1, 100, "begins"));

	is(w, "queue 1's first message is \"three\"");
	is_not(w, "queue 1's first message is \"thre\"");
	is(w, "queue 1's second message is \"\"");
	is(w, "queue 1's first message has type 3");
	is_not(w, "queue 1's last message has type 3");
	is(w, "queue 1's third message was sent by writer");
	is_not(w, "queue 1's third message was sent by nobody");
	is_open(w, "queue 1's fourth message has type 1");
	is(w, "queue 1 holds 3 messages");
	is(w, "queue 1 holds 105 bytes");
	is_not(w, "queue 1 is empty");
	is_not(w, "queue 1 notifies writer");
	explains(w, "queue 1's first message has type 1",
		 "the message has type 3");
	explains(w, "queue 1's fourth message has type 1",
		 "queue 1 holds 3 messages");
	world_free(w);
#undef QUEUE
#define QUEUE "mqueue 1"
	w = world_of(A("\"what\":\"start\"")
		A("\"what\":\"call\",\"call\":\"mq_open\",\"result\":3,"
		  "\"object\":\"mqueue 1\",\"opens\":[{\"fd\":3,"
		  "\"description\":1,\"object\":\"mqueue 1\",\"mode\":"
		  "\"both\"}]")
		A("\"what\":\"call\",\"call\":\"mq_notify\",\"fd\":3,\"args\":"
		  "{\"sevp\":{\"value\":0,\"signo\":\"SIGUSR1\",\"notify\":"
		  "\"SIGEV_SIGNAL\"}},\"result\":0,\"object\":\"mqueue 1\"")
		A1("\"what\":\"start\",\"parent\":\"A\""));
	is(w, "mqueue 1 notifies writer");
	is_not(w, "mqueue 1 notifies reader");
	is_not(w, "mqueue 1 notifies nobody");
	world_free(w);
	w = world_of(A("\"what\":\"start\"")
		A("\"what\":\"call\",\"call\":\"mq_notify\",\"fd\":3,\"args\":"
		  "{\"sevp\":{\"notify\":\"SIGEV_NONE\"}},\"result\":0,"
		  "\"object\":\"mqueue 1\",\"end\":\"read\"")
		A("\"what\":\"call\",\"call\":\"close\",\"result\":0,"
		  "\"object\":\"mqueue 1\",\"fd\":3,\"closes\":[3,3]"));
	is(w, "mqueue 1 notifies nobody");
	world_free(w);
	w = world_of(A("\"what\":\"start\"")
		SENT("mq_timedsend", 1, 3, "low")
		SENT("mq_timedsend", 9, 4, "high"));
	is(w, "mqueue 1's first message is \"high\"");
	is(w, "mqueue 1's last message has priority 1");
	is(w, "writer has called mq_send 2 times");
	world_free(w);
#undef QUEUE
	w = world_of(FULL);
	is_open(w, "pipe 1's first message has type 1");
	explains(w, "pipe 1's first message has type 1",
		 "pipe 1 is not a queue");
	world_free(w);
}
END_TEST

START_TEST(statements_about_files)
{
	struct world *w = world_of(
		A("\"what\":\"start\"")
		A("\"what\":\"object\",\"object\":\"file 1\",\"kind\":\"file\","
		  "\"path\":\"props/state\",\"object_state\":{\"size\":0}")
		A("\"what\":\"call\",\"call\":\"openat\",\"args\":{\"pathname\":"
		  "\"props/state\",\"flags\":\"O_WRONLY|O_CREAT|O_TRUNC\"},"
		  "\"result\":3,\"object\":\"file 1\",\"fd\":3,\"opens\":"
		  "[{\"fd\":3,\"description\":1,\"object\":\"file 1\","
		  "\"mode\":\"write\"}]")
		A("\"what\":\"call\",\"call\":\"write\",\"result\":5,\"object\":"
		  "\"file 1\",\"end\":\"write\",\"fd\":3,\"bytes\":5,"
		  "\"offset\":5,\"data\":\"ready\""));

	is(w, "\"props/state\" contains \"ready\"");
	is(w, "props/state contains exactly \"ready\"");
	is(w, "./props/state contains \"read\"");
	is_not(w, "file 1 contains \"unknown\"");
	is(w, "file 1 was last written by writer");
	is(w, "props/state has size 5");
	is(w, "props/state holds 5 bytes");
	is_not(w, "props/state is empty");
	is(w, "props/state exists");
	world_free(w);
	w = world_of(A("\"what\":\"start\"")
		A("\"what\":\"object\",\"object\":\"file 1\",\"kind\":\"file\","
		  "\"path\":\"x\"")
		A("\"what\":\"call\",\"call\":\"unlink\",\"result\":0,"
		  "\"object\":\"file 1\""));
	is_not(w, "\"x\" exists");
	world_free(w);
}
END_TEST

START_TEST(a_path_may_be_absolute_or_relative)
{
	struct world *w = world_of(A("\"what\":\"start\"")
		A("\"what\":\"object\",\"object\":\"file 1\",\"kind\":\"file\","
		  "\"path\":\"props/state\"")
		A("\"what\":\"object\",\"object\":\"file 2\",\"kind\":\"file\","
		  "\"path\":\"/home/x/run/door\"")
		A("\"what\":\"point\",\"call\":\"openat\",\"args\":"
		  "{\"pathname\":\"props/new\"}"));

	is(w, "\"/home/x/run/props/state\" exists");
	is(w, "\"/home/x/run/./props/state\" exists");
	is(w, "./props/state exists");
	is(w, "\"door\" exists");
	is_open(w, "\"/home/x/props/state\" exists");
	is_open(w, "\"/home/x/running/props/state\" exists");
	is_open(w, "\"/props/state\" exists");
	is(w, "writer is at openat on \"/home/x/run/props/new\"");
	is_not(w, "writer is at openat on \"/home/x/props/new\"");
	world_free(w);
	began_in = "/";
	w = world_of(A("\"what\":\"start\"")
		A("\"what\":\"object\",\"object\":\"file 1\",\"kind\":\"file\","
		  "\"path\":\"state\""));
	is(w, "\"/state\" exists");
	is_open(w, "\"/\" exists");
	world_free(w);
	began_in = "";
	w = world_of(A("\"what\":\"start\"")
		A("\"what\":\"object\",\"object\":\"file 1\",\"kind\":\"file\","
		  "\"path\":\"state\""));
	is_open(w, "\"/state\" exists");
	world_free(w);
	began_in = "/home/x/run";
}
END_TEST

START_TEST(statements_about_the_run)
{
	struct world *w = world_of(FULL
		"{\"what\":\"held\",\"time\":1500000000}");

	is(w, "output contains \"hi\"");
	is(w, "output is \"hi\\n\"");
	is_not(w, "output is \"hi\"");
	is_not(w, "deadlock");
	is_not(w, "the run has ended");
	is(w, "2 actors live");
	is(w, "at least 1 actor lives");
	is(w, "time is at least 1 s");
	is(w, "time is 1500 ms");
	is_not(w, "time is more than 2 s");
	world_free(w);
}
END_TEST

START_TEST(and_or_not_and_parentheses)
{
	struct world *w = world_of(FULL);

	is(w, "pipe 1 is full and writer is blocked");
	is_not(w, "pipe 1 is full and writer is ready");
	is(w, "pipe 1 is empty or writer is blocked");
	is(w, "not pipe 1 is empty");
	is(w, "not not pipe 1 is full");
	/* "and" binds closer than "or". */
	is(w, "pipe 1 is full or pipe 1 is full and pipe 1 is empty");
	is_not(w, "(pipe 1 is full or pipe 1 is full) and pipe 1 is empty");
	is_not(w, "not (pipe 1 is full and writer is blocked)");
	is_open(w, "pipe 2 is full and pipe 1 is full");
	is_not(w, "pipe 2 is full and pipe 1 is empty");
	is(w, "pipe 2 is full or pipe 1 is full");
	is_open(w, "not pipe 2 is full");
	world_free(w);
}
END_TEST

static void
refused(const char *text, const char *because)
{
	ck_assert_ptr_null(condition_parse(text, &why));
	ck_assert_msg(strstr(why, because) == why, "%s:\n  %s\nnot\n  %s",
		      text, why, because);
}

START_TEST(errors_name_the_column_what_was_found_and_what_could_stand)
{
	refused("writer is blokced", "column 11: found 'blokced' where "
		"running, ready, blocked, asleep, stopped, held, at or in "
		"could stand; did you mean 'blocked'?");
	refused("pipe 1 is ful", "column 11: found 'ful' where full, empty");
	ck_assert_ptr_nonnull(strstr(why, "did you mean 'full'?"));
	refused("pipe is full", "column 6: found 'is' where its number could "
		"stand");
	refused("pipe 1 holds", "column 13: the condition ends where ");
	refused("writer is blocked in", "column 21: the condition ends where "
		"a system call could stand");
	refused("writer is blocked in raed", "column 22: found 'raed' where "
		"a system call could stand");
	refused("writer was killed by SIGFOO", "column 22: found 'SIGFOO' "
		"where a signal (SIGPIPE) could stand");
	refused("pipe 1 is full adn writer is ready", "column 16: found 'adn' "
		"where and, or or its end could stand; did you mean 'and'?");
	refused("(pipe 1 is full", "column 16: the condition ends where and, "
		"or or ')' could stand");
	refused("pipe 1 is full)", "column 15: found ')' where and, or or its "
		"end could stand");
	refused("", "column 1: the condition ends where not, '(', an actor, ");
	refused("output is \"x", "column 11: the text that begins here lacks "
		"its closing quote");
	refused("output is \"\\q\"", "column 12: after a backslash only ");
	refused("pipe 1 is full and", "column 19: the condition ends where "
		"not, '(', ");
}
END_TEST

START_TEST(anything_long_or_deep_is_refused)
{
	char text[8192];

	memset(text, '(', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	refused(text, "a condition longer than 4000 bytes");
	text[3000] = '\0';
	refused(text, "more than 50 parentheses and nots inside each other");
	memset(text, 'x', 3000);
	refused(text, "column 1: this word is too long");
	refused("pipe 1 holds 99999999999999999999 bytes",
		"column 14: this number is too large");
}
END_TEST

START_TEST(an_explanation_gives_the_actual_values)
{
	struct world *w = world_of(FULL);

	explains(w, "pipe 1 holds 65536 bytes",
		 "pipe 1 holds 8192 bytes, not 65536");
	explains(w, "pipe 1 has 1 write end",
		 "pipe 1 has 2 write ends open, not 1");
	explains(w, "pipe 1 has room for 9 bytes",
		 "pipe 1 has room for 0 bytes");
	explains(w, "5 bytes were written to pipe 1",
		 "pipe 1 has taken in 8192 bytes, not 5");
	explains(w, "pipe 1 is full", "pipe 1 holds 8192 of 8192 bytes");
	explains(w, "writer is ready",
		 "writer is blocked in write on pipe 1");
	explains(w, "reader is at write", "reader is ready at read on pipe 1");
	explains(w, "writer has called write 3 times",
		 "writer has called write 1 time");
	explains(w, "pipe 1 has no read end",
		 "pipe 1 has 2 read ends open, not 0");
	explains(w, "pipe 1 is full and output contains \"h\" and "
		 "output contains \"i\"",
		 "pipe 1 holds 8192 of 8192 bytes; the output is \"hi\\n\"");
	explains(w, "logger is ready", "there is no actor logger");
	explains(w, "pipe 7 is full", "there is no pipe 7");
	explains(w, "pipe 1 is full and writer is ready",
		 "writer is blocked in write on pipe 1");
	explains(w, "pipe 1 is full and writer is blocked",
		 "pipe 1 holds 8192 of 8192 bytes; "
		 "writer is blocked in write on pipe 1");
	explains(w, "nobody is blocked",
		 "writer is blocked in write on pipe 1");
	explains(w, "everybody has started", "writer has started; "
		 "reader has started");
	explains(w, "somebody has exited", "writer lives; reader lives");
	world_free(w);
	w = world_of(PIPE_MADE WROTE(1));
	explains(w, "pipe 1 has 2 write ends",
		 "pipe 1 has 1 write end open, not 2");
	explains(w, "pipe 1 is empty", "pipe 1 holds 1 of 8192 bytes");
	explains(w, "pipe 1 holds 0 bytes", "pipe 1 holds 1 byte, not 0");
	explains(w, "somebody is blocked",
		 "writer is running");
	world_free(w);
	w = world_of(PIPE_MADE FORKED
		     STARTS("A.2", 3) STARTS("A.3", 4));
	explains(w, "nobody has ended",
		 "that is so of none of the 4 actors");
	explains(w, "everybody has started", "that is so of all 4 actors");
	world_free(w);
}
END_TEST

START_TEST(every_row_of_the_table_has_an_example_that_parses)
{
	struct world *w = world_of(FULL);
	struct buf out = BUF_INIT;
	int n = 0;

	for (const struct statement_help *s = condition_statements();
	     s->syntax; s++, n++) {
		struct condition *c = condition_parse(s->example, &why);

		ck_assert_msg(c != NULL, "%s: %s", s->example, why);
		ck_assert_str_eq(condition_text(c), s->example);
		buf_clear(&out);
		condition_explain(c, w, &out);
		ck_assert_msg(out.len > 0, "%s: no explanation", s->example);
		ck_assert(s->meaning[0]);
		condition_free(c);
	}
	ck_assert_int_gt(n, 30);
	buf_release(&out);
	world_free(w);
}
END_TEST

/* Feed the rule the worlds after each line.  */
static bool
rule_over(const char *text, const char *lines, uint64_t *decided)
{
	static struct event e;
	struct header h = { .version = 1, .driven = true };
	struct world *w = world_new(&h);
	struct rule r;
	bool holds;

	ck_assert_msg(rule_parse(&r, text, &why) == 0, "%s", why);
	while (*lines) {
		size_t n = strcspn(lines, "\n");

		ck_assert_int_eq(event_parse(lines, n, &e, &why), 0);
		world_apply(w, &e);
		rule_feed(&r, w);
		lines += n + (lines[n] == '\n');
	}
	rule_end(&r, w);
	ck_assert(r.decided);
	if (decided)
		*decided = r.decided_n;
	holds = r.holds;
	rule_release(&r);
	world_free(w);
	return holds;
}

START_TEST(rules_hold_over_a_run)
{
	uint64_t n;

	ck_assert(rule_over("until pipe 1 is full", FULL, &n));
	ck_assert_uint_eq(n, 5);
	ck_assert(!rule_over("until A has ended", FULL, NULL));
	ck_assert(rule_over("never A has ended", FULL, NULL));
	ck_assert(!rule_over("never pipe 1 is full", FULL, &n));
	ck_assert_uint_eq(n, 5);
	ck_assert(rule_over("always pipe 1 holds at most 8 KiB", FULL, NULL));
	ck_assert(!rule_over("always pipe 1 is empty", FULL, &n));
	ck_assert_uint_eq(n, 5);
	ck_assert(rule_over("finally pipe 1 is full", FULL, NULL));
	ck_assert(!rule_over("finally pipe 1 is empty", FULL, NULL));
	/* What is not there keeps no rule. */
	ck_assert(!rule_over("always pipe 9 is empty", FULL, NULL));
	ck_assert(!rule_over("never pipe 9 is full", FULL, NULL));
	ck_assert(!rule_over("once pipe 9 is full", FULL, NULL));
	ck_assert(rule_over("once pipe 1 is full", FULL, NULL));
}
END_TEST

START_TEST(a_rule_needs_its_modality)
{
	struct rule r;

	ck_assert_int_eq(rule_parse(&r, "pipe 1 is full", &why), -1);
	ck_assert_str_eq(why, "a rule begins with until, always, never, "
			      "finally or once, not with 'pipe'");
	ck_assert_int_eq(rule_parse(&r, "nevr deadlock", &why), -1);
	ck_assert_str_eq(why, "a rule begins with until, always, never, "
			      "finally or once, not with 'nevr'; did you mean 'never'?");
	ck_assert_int_eq(rule_parse(&r, "never not 3", &why), -1);
	ck_assert_msg(strncmp(why, "column 12: ", 11) == 0, "%s", why);
	ck_assert_int_eq(rule_parse(&r, "  never deadlock", &why), 0);
	ck_assert_str_eq(condition_text(r.condition), "deadlock");
	rule_release(&r);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("condition");

	unit_add(s, statements_about_actors);
	unit_add(s, statements_about_programs);
	unit_add(s, statements_about_ends);
	unit_add(s, statements_about_objects);
	unit_add(s, statements_about_queues);
	unit_add(s, statements_about_files);
	unit_add(s, a_path_may_be_absolute_or_relative);
	unit_add(s, statements_about_the_run);
	unit_add(s, and_or_not_and_parentheses);
	unit_add(s, errors_name_the_column_what_was_found_and_what_could_stand);
	unit_add(s, anything_long_or_deep_is_refused);
	unit_add(s, an_explanation_gives_the_actual_values);
	unit_add(s, every_row_of_the_table_has_an_example_that_parses);
	unit_add(s, rules_hold_over_a_run);
	unit_add(s, a_rule_needs_its_modality);
	return unit_run(s);
}
