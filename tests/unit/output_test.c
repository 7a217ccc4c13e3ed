/* The output pane: whose is each line?  */
#include "tests/unit/unit.h"

#include "term/keys.h"
#include "view/output_pane.h"
#include "view/scene.h"

static struct log *events;
static struct world *world;
static struct output_pane *pane;

static void
event(const char *line)
{
	static struct event e;
	char *why = NULL;

	ck_assert_msg(event_parse(line, strlen(line), &e, &why) == 0, "%s",
		      why);
	log_append(events, line, strlen(line));
	world_apply(world, &e);
}

static void
writes(const char *actor, const char *data, int bytes)
{
	struct event e;
	struct buf line = BUF_INIT;

	event_init(&e, WHAT_CALL);
	e.n = world->n + 1;
	COPY_STR(e.actor, actor);
	COPY_STR(e.call, "write");
	COPY_STR(e.object, "terminal 1");
	e.end = MODE_WRITE;
	e.has_result = true;
	e.result = e.bytes = bytes;
	e.data_len = (int)strlen(data);
	memcpy(e.data, data, strlen(data));
	event_write(&line, &e);
	event(buf_str(&line));
	buf_release(&line);
}

static void
start(void)
{
	struct header h = { .version = EVENT_VERSION };

	COPY_STR(h.cast, "A=ann,A.1=bob");
	events = log_new();
	log_set_header(events, &h);
	world = world_new(&h);
	pane = output_new(5, 40);
	event("{\"n\":1,\"actor\":\"A\",\"pid\":2,\"tid\":2,"
	      "\"what\":\"start\"}");
	event("{\"n\":2,\"actor\":\"A.1\",\"pid\":3,\"tid\":3,"
	      "\"what\":\"start\",\"parent\":\"A\"}");
	event("{\"n\":3,\"actor\":\"A\",\"what\":\"object\","
	      "\"object\":\"terminal 1\",\"kind\":\"terminal\"}");
}

static void
stop(void)
{
	output_free(pane);
	world_free(world);
	log_free(events);
}

static void
feed(const char *bytes)
{
	output_feed(pane, bytes, strlen(bytes));
	output_attribute(pane, events, log_count(events));
}

static void
shows(int rows, const char *want)
{
	struct canvas *c = canvas_new(rows, 30, false);
	struct scene s = { .world = world, .log = events };
	struct buf b = BUF_INIT;

	output_draw(pane, &s, c, (struct rect){ 0, 0, rows, 30 }, false);
	canvas_text(c, &b);
	ck_assert_str_eq(buf_str(&b), want);
	buf_release(&b);
	canvas_free(c);
}

START_TEST(each_line_has_its_writer)
{
	start();
	writes("A", "one\n", 4);
	writes("A.1", "two\n", 4);
	feed("one\r\ntwo\r\n");
	shows(3, "ann  | one\nbob  | two\n\n");
	stop();
}
END_TEST

START_TEST(bytes_may_come_before_or_after_their_event)
{
	start();
	feed("on");
	writes("A", "one\n", 4);
	feed("e\r");
	feed("\n");
	writes("A.1", "two\n", 4);
	feed("");
	shows(3, "ann  | one\n\n\n");
	feed("two\r\n");
	shows(3, "ann  | one\nbob  | two\n\n");
	stop();
}
END_TEST

START_TEST(the_echo_of_what_was_typed_is_nobodys)
{
	start();
	feed("hello\r\n");
	writes("A", "thanks\n", 7);
	feed("thanks\r\n");
	shows(3, "     | hello\nann  | thanks\n\n");
	stop();
}
END_TEST

START_TEST(a_write_longer_than_its_known_data_keeps_its_writer)
{
	start();
	writes("A", "aaaa", 12);
	writes("A.1", "b\n", 2);
	feed("aaaaaaaaaaa\r\nb\r\n");
	shows(3, "ann  | aaaaaaaaaaa\nbob  | b\n\n");
	stop();
}
END_TEST

START_TEST(lines_keep_their_writer_when_they_scroll)
{
	start();
	for (int i = 0; i < 4; i++) {
		writes("A", "one\n", 4);
		writes("A.1", "two\n", 4);
		feed("one\r\ntwo\r\n");
	}
	ck_assert_int_eq(output_lines(pane), 8);
	shows(8, "ann  | one\nbob  | two\nann  | one\nbob  | two\n"
		 "ann  | one\nbob  | two\nann  | one\nbob  | two\n");
	shows(2, "ann  | one\nbob  | two\n");
	stop();
}
END_TEST

START_TEST(what_nobody_claims_is_shown_all_the_same)
{
	start();
	feed("stray");
	ck_assert(output_is_empty(pane));
	output_flush(pane);
	shows(1, "     | stray\n");
	stop();
}
END_TEST

START_TEST(a_flood_is_bounded)
{
	char flood[1000];

	start();
	memset(flood, 'x', sizeof(flood));
	for (int i = 0; i < 1000; i++)
		output_feed(pane, flood, sizeof(flood));
	ck_assert(!output_is_empty(pane));
	ck_assert_int_le(output_lines(pane), 205);
	stop();
}
END_TEST

START_TEST(a_recording_shows_what_its_events_carry)
{
	start();
	writes("A", "one\n", 4);
	writes("A.1", "two", 300);
	output_replay(pane, events, world);
	shows(3, "ann  | one\nbob  | two...\n\n");
	stop();
}
END_TEST

START_TEST(a_program_that_draws_has_its_screen)
{
	start();
	feed("\033[2J\033[3;5Hhere\033[1;1H\033[7mtop\033[0m");
	output_flush(pane);
	shows(3, "     | top\n     |\n     |     here\n");
	stop();
}
END_TEST

static const struct {
	int key;
	const char *bytes;
} typed[] = {
	{ 'a', "a" }, { 0x7ba1, "管" }, { KEYS_ENTER, "\r" },
	{ 'C' & 0x1f, "\003" }, { KEYS_UP, "\033[A" },
	{ KEYS_BACKSPACE, "\177" }, { KEYS_ESCAPE, "\033" },
	{ KEYS_F1, "\033OP" },
};

START_TEST(keys_become_what_a_terminal_sends)
{
	start();
	for (size_t i = 0; i < ARRAY_SIZE(typed); i++) {
		struct buf b = BUF_INIT;

		output_key(pane, typed[i].key, &b);
		ck_assert_str_eq(buf_str(&b), typed[i].bytes);
		buf_release(&b);
	}
	stop();
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("output");

	unit_add(s, each_line_has_its_writer);
	unit_add(s, bytes_may_come_before_or_after_their_event);
	unit_add(s, the_echo_of_what_was_typed_is_nobodys);
	unit_add(s, a_write_longer_than_its_known_data_keeps_its_writer);
	unit_add(s, lines_keep_their_writer_when_they_scroll);
	unit_add(s, what_nobody_claims_is_shown_all_the_same);
	unit_add(s, a_flood_is_bounded);
	unit_add(s, a_recording_shows_what_its_events_carry);
	unit_add(s, a_program_that_draws_has_its_screen);
	unit_add(s, keys_become_what_a_terminal_sends);
	return unit_run(s);
}
