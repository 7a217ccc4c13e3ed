/* The event, its line, its header, its names, and descriptor tables.  */
#include "tests/unit/unit.h"

#include "event/sigset.h"
#include "event/descriptors.h"
#include "event/json.h"
#include "event/names.h"

#include <stdio.h>

static struct event a, b;
static char *why;

static const char whole[] =
	"{\"n\":14,\"actor\":\"A.1\",\"pid\":7,\"tid\":8,\"what\":\"call\","
	"\"step\":3,\"choice\":\"go A.1\",\"parent\":\"A\","
	"\"call\":\"write\",\"args\":{\"fd\":4,\"count\":4096},"
	"\"result\":4096,\"error\":\"EPIPE\",\"signal\":\"SIGPIPE\","
	"\"status\":3,\"object\":\"pipe 1\",\"object2\":\"pipe 2\","
	"\"kind\":\"pipe\",\"path\":\"/tmp/x\",\"end\":\"write\",\"fd\":4,"
	"\"description\":3,\"bytes\":4096,\"offset\":12,"
	"\"type\":7,\"value\":-3,\"from\":\"A\",\"address\":\"@x\","
	"\"data\":\"a\\u0000\\n\\u00ff\","
	"\"opens\":[{\"fd\":3,\"description\":1,\"object\":\"pipe 1\","
	"\"mode\":\"read\",\"cloexec\":true},{\"fd\":4,\"description\":2,"
	"\"object\":\"pipe 1\",\"mode\":\"both\",\"nonblock\":true,"
	"\"append\":true}],\"closes\":[5,9],\"shares_files\":true,"
	"\"would_block\":true,\"until\":99,\"object_state\":{\"bytes\":8192,"
	"\"capacity\":65536,\"size\":5,\"read_ends\":1,\"write_ends\":2,"
	"\"messages\":2,\"max_messages\":10,\"max_size\":8192,"
	"\"value\":-5,\"waiters\":1,\"maps\":2,\"peer\":\"socket 2\","
	"\"status\":\"listening\",\"derived\":true,"
	"\"content\":\"xy\",\"items\":[{\"number\":1,\"value\":5,"
	"\"data\":\"hello\"},{\"number\":-2,\"value\":0,\"waiters\":1,"
	"\"zero_waiters\":0,\"pid\":7}]},\"source\":\"fill.c:19\",\"text\":\"a note\","
	"\"time\":123}\n";

static void
parse(struct event *e, const char *line)
{
	int rc = event_parse(line, strlen(line), e, &why);

	ck_assert_msg(rc == 0, "%s: %s", line, why);
}

static void
refused(const char *line, const char *because)
{
	ck_assert_int_eq(event_parse(line, strlen(line), &a, &why), -1);
	ck_assert_str_eq(why, because);
}

START_TEST(a_line_with_every_field_is_written_as_it_was_read)
{
	struct buf out = BUF_INIT;

	parse(&a, whole);
	event_write(&out, &a);
	ck_assert_str_eq(buf_str(&out), whole);
	for (size_t i = 0; event_field_name(i); i++) {
		char key[64];

		snprintf(key, sizeof(key), "\"%s\":", event_field_name(i));
		ck_assert_msg(strstr(whole, key) != NULL, "%s", key);
	}
	buf_release(&out);
}
END_TEST

START_TEST(an_empty_event_has_only_its_number_and_kind)
{
	struct buf out = BUF_INIT;

	event_init(&a, WHAT_HELD);
	event_write(&out, &a);
	ck_assert_str_eq(buf_str(&out), "{\"what\":\"held\"}\n");
	buf_release(&out);
}
END_TEST

START_TEST(what_is_read_is_what_stood_there)
{
	parse(&a, whole);
	ck_assert_uint_eq(a.n, 14);
	ck_assert_int_eq(a.what, WHAT_CALL);
	ck_assert_int_eq(a.data_len, 4);
	ck_assert_mem_eq(a.data, "a\0\n\xff", 4);
	ck_assert_int_eq(a.n_opened, 2);
	ck_assert_uint_eq(a.opened[1].mode, MODE_READ | MODE_WRITE);
	ck_assert(a.opened[0].cloexec && !a.opened[0].append);
	ck_assert_int_eq(a.close_first, 5);
	ck_assert_int_eq(a.close_last, 9);
	ck_assert_int_eq(a.state.write_ends, 2);
	ck_assert_int_eq(a.state.content_len, 2);
	ck_assert(a.has_result);
	ck_assert_int_eq(event_arg_int(&a, "count", -1), 4096);
	ck_assert_int_eq(event_arg_int(&a, "flags", -1), -1);
}
END_TEST

START_TEST(unknown_fields_are_skipped_whatever_they_hold)
{
	parse(&a, "{\"a name that is much longer than any name of a field\":"
		  "[1,{\"x\":[true,null,-1.5e3,\"\\\"\"]}], \"what\" : \"held\""
		  " , \"n\":7}");
	ck_assert_int_eq(a.what, WHAT_HELD);
	ck_assert_uint_eq(a.n, 7);
}
END_TEST

START_TEST(damaged_lines_are_refused_with_the_column)
{
	refused("", "column 1: an object should begin here");
	refused("garbage", "column 1: an object should begin here");
	refused("{\"n\":1}", "an event without \"what\"");
	refused("{\"what\":\"call\"", "column 15: ',' or '}' should stand here");
	refused("{\"what\":\"dance\"}",
		"column 16: a word this version does not know");
	refused("{\"what\":\"call\",\"n\":x}",
		"column 20: a whole number should stand here");
	refused("{\"what\":\"call\",\"n\":99999999999999999999}",
		"column 39: a number out of range");
	refused("{\"what\":\"call\",\"closes\":[3]}",
		"column 28: not a first and a last descriptor");
	refused("{\"what\":\"call\",\"closes\":[3,2]}",
		"column 30: not a first and a last descriptor");
	refused("{\"what\":\"call\",\"opens\":[{\"mode\":\"read\"}]}",
		"column 40: a descriptor without a number");
	refused("{\"what\":\"call\",\"args\":3}",
		"column 23: an object should stand here");
	refused("{\"what\":\"call\",\"error\":\"EWHAT\"}",
		"column 31: a name nobody knows");
	refused("{\"what\":\"call\"} x", "column 17: more text than one object");
	refused("{\"what\":\"call\",\"actor\":\"01234567890123456789012345678901"
		"\"}", "column 57: a text longer than allowed");
}
END_TEST

START_TEST(text_survives_in_any_language_and_bytes_in_any_value)
{
	struct buf out = BUF_INIT;
	unsigned char all[256];

	event_init(&a, WHAT_NOTE);
	COPY_STR(a.text, "管道 \xf0\x9f\x98\x80 \"q\" \\ \x01");
	for (int i = 0; i < 256; i++)
		all[i] = i;
	memcpy(a.data, all, 256);
	a.data_len = 256;
	event_write(&out, &a);
	parse(&b, buf_str(&out));
	ck_assert_str_eq(b.text, a.text);
	ck_assert_int_eq(b.data_len, 256);
	ck_assert_mem_eq(b.data, all, 256);
	buf_release(&out);
	parse(&b, "{\"what\":\"note\",\"text\":\"\\u7ba1\\ud83d\\ude00\"}");
	ck_assert_str_eq(b.text, "管\xf0\x9f\x98\x80");
	refused("{\"what\":\"note\",\"text\":\"\\ud83d\"}",
		"column 30: no such escape");
}
END_TEST

START_TEST(a_text_that_is_no_utf8_stays_valid_json)
{
	struct buf out = BUF_INIT;

	event_init(&a, WHAT_NOTE);
	COPY_STR(a.text, "x\xff\xc3(\xe7\xae" "y\xed\xa0\x80\xc0\x80");
	event_write(&out, &a);
	ck_assert_str_eq(buf_str(&out),
			 "{\"what\":\"note\",\"text\":\"x?\?(?\?y?\?\?\?\?\"}\n");
	buf_release(&out);
}
END_TEST

START_TEST(times_ids_and_sources_do_not_count_in_comparing)
{
	parse(&a, whole);
	parse(&b, whole);
	b.n = 99;
	b.pid = b.tid = 1;
	b.time = b.until = 5;
	COPY_STR(b.source, "elsewhere.c:1");
	ck_assert(event_equal(&a, &b, NULL));
}
END_TEST

START_TEST(ids_in_results_and_arguments_do_not_count)
{
	const char *field = NULL;

	parse(&a, "{\"what\":\"call\",\"call\":\"wait4\",\"args\":"
		  "{\"pid\":12,\"options\":0},\"result\":12}");
	parse(&b, "{\"what\":\"call\",\"call\":\"wait4\",\"args\":"
		  "{\"pid\":77,\"options\":0},\"result\":77}");
	ck_assert(event_equal(&a, &b, &field));
	b.result = 0;
	ck_assert(!event_equal(&a, &b, &field));
	ck_assert_str_eq(field, "result");
	b.result = 77;
	COPY_STR(b.args, "{\"pid\":77,\"options\":1}");
	ck_assert(!event_equal(&a, &b, &field));
	ck_assert_str_eq(field, "args");
	COPY_STR(b.args, "{\"pid\":77}");
	ck_assert(!event_equal(&a, &b, NULL));
}
END_TEST

START_TEST(every_other_difference_is_found_and_named)
{
	const char *field;

#define DIFFERS(name, change) do { \
	parse(&a, whole); parse(&b, whole); change; field = NULL; \
	ck_assert(!event_equal(&a, &b, &field)); \
	ck_assert_str_eq(field, name); \
} while (0)
	DIFFERS("actor", b.actor[0] = 'B');
	DIFFERS("what", b.what = WHAT_BLOCK);
	DIFFERS("result", b.result++);
	DIFFERS("result", b.has_result = false);
	DIFFERS("error", b.error++);
	DIFFERS("data", b.data[3] = 'x');
	DIFFERS("data", b.data_len = -1);
	DIFFERS("opens", b.opened[1].append = false);
	DIFFERS("opens", b.n_opened = 1);
	DIFFERS("closes", b.close_last++);
	DIFFERS("object_state", b.state.content[1] = 'x');
	DIFFERS("object_state", b.state.known = false);
	DIFFERS("end", b.end = MODE_READ);
	DIFFERS("kind", b.kind = KIND_FIFO);
	DIFFERS("would_block", b.would_block = false);
	DIFFERS("text", b.text[0] = 'A');
}
END_TEST

static void
describes(const char *line, const char *role, const char *expected)
{
	struct buf out = BUF_INIT;

	parse(&a, line);
	event_describe(&out, &a, role);
	ck_assert_str_eq(buf_str(&out), expected);
	buf_release(&out);
}

/* What stands in a program, by what the kernel was asked for.  */
START_TEST(calls_have_the_names_that_programs_use)
{
	static const struct {
		const char *call, *args, *written;
	} calls[] = {
		{ "clone", "{\"flags\":\"CLONE_CHILD_SETTID|SIGCHLD\"}",
		  "fork" },
		{ "clone3", "{\"flags\":\"CLONE_VM|CLONE_THREAD\"}",
		  "pthread_create" },
		{ "clone", "{\"flags\":\"CLONE_VM|CLONE_VFORK\"}", "clone" },
		{ "wait4", "{\"pid\":-1,\"options\":0}", "wait" },
		{ "wait4", "{\"pid\":-1,\"options\":\"WNOHANG\"}",
		  "waitpid" },
		{ "wait4", "{\"pid\":7,\"options\":0}", "waitpid" },
		{ "openat", "", "open" },
		{ "exit_group", "{\"status\":0}", "exit" },
		{ "rt_sigaction", "", "sigaction" },
		{ "newfstatat", "{\"pathname\":\"x\",\"flags\":0}", "stat" },
		{ "clock_nanosleep", "", "nanosleep" },
		{ "pipe2", "{\"flags\":\"O_CLOEXEC\"}", "pipe2" },
		{ "write", "{\"fd\":1}", "write" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		ck_assert_str_eq(event_call_written(calls[i].call,
						    calls[i].args),
				 calls[i].written);
}
END_TEST

START_TEST(an_event_is_described_in_one_line)
{
	describes("{\"what\":\"call\",\"actor\":\"A\",\"call\":\"write\",\"args\":"
		  "{\"fd\":4,\"count\":3},\"result\":3,\"object\":\"pipe 1\","
		  "\"bytes\":3,\"data\":\"a\\nb\"}", "writer",
		  "writer write(fd=4, count=3) = 3  pipe 1  \"a\\nb\"");
	describes("{\"what\":\"call\",\"actor\":\"A\",\"call\":\"openat\",\"args\":"
		  "{\"path\":\"x\",\"flags\":\"O_RDONLY\"},\"result\":-1,"
		  "\"error\":\"ENOENT\"}", NULL,
		  "A openat(path=\"x\", flags=O_RDONLY) = -1 ENOENT");
	describes("{\"what\":\"exit\",\"actor\":\"A\",\"signal\":\"SIGPIPE\"}",
		  NULL, "A is killed by SIGPIPE");
	describes("{\"what\":\"exit\",\"actor\":\"A\",\"status\":3}", NULL,
		  "A ends with 3");
	describes("{\"what\":\"start\",\"actor\":\"A.1\",\"parent\":\"A\","
		  "\"call\":\"clone\"}", "reader",
		  "reader starts, made by A (clone)");
	describes("{\"what\":\"point\",\"actor\":\"A\",\"call\":\"read\",\"args\":"
		  "{\"fd\":3},\"would_block\":true}", NULL,
		  "A is about to read(fd=3)  (it would wait)");
	describes("{\"what\":\"call\",\"actor\":\"A\",\"call\":\"store\",\"args\":"
		  "{\"place\":\"ring->tail\",\"size\":4},\"value\":-3,"
		  "\"object\":\"memory 1\",\"offset\":8}", NULL,
		  "A store ring->tail = -3  memory 1");
	describes("{\"what\":\"point\",\"actor\":\"A\",\"call\":\"load\","
		  "\"args\":{\"place\":\"counter\",\"size\":4}}", NULL,
		  "A is about to load counter");
	describes("{\"what\":\"end\",\"status\":0}", NULL,
		  "the run has ended with 0");
}
END_TEST

START_TEST(every_kind_of_event_has_a_description)
{
	struct buf out = BUF_INIT;

	for (int what = WHAT_NONE + 1; what < WHAT_MAX; what++) {
		event_init(&a, what);
		COPY_STR(a.text, "said");
		buf_clear(&out);
		event_describe(&out, &a, "A");
		ck_assert_msg(out.len > 2, "%s", event_what_name(what));
	}
	buf_release(&out);
}
END_TEST

START_TEST(a_header_survives_its_line)
{
	struct header h = { .version = EVENT_VERSION, .command = "sh -c 'a|b'",
		.cwd = "/tmp/管", .driven = true, .seed = UINT64_MAX,
		.cast = "A=writer" }, back;
	struct buf out = BUF_INIT;

	header_write(&out, &h);
	ck_assert_int_eq(header_parse(out.data, out.len, &back, &why), 0);
	ck_assert_mem_eq(&h.seed, &back.seed, sizeof(h.seed));
	ck_assert_str_eq(h.command, back.command);
	ck_assert_str_eq(h.cwd, back.cwd);
	ck_assert_str_eq(h.cast, back.cast);
	ck_assert(back.driven);
	buf_release(&out);
}
END_TEST

static void
header_refused(const char *line, const char *because)
{
	struct header h;

	ck_assert_int_eq(header_parse(line, strlen(line), &h, &why), -1);
	ck_assert_str_eq(why, because);
}

START_TEST(a_foreign_or_newer_header_is_refused)
{
	const char *foreign = "this is not a recording of ipclab: its first "
			      "line lacks \"ipclab\":\"events\"";

	header_refused("", foreign);
	header_refused("\x7f" "ELF", foreign);
	header_refused("{\"ipclab\":\"exploration\",\"version\":1}", foreign);
	header_refused("{\"ipclab\":\"events\",\"version\":2}",
		       "a recording of version 2; this ipclab reads version 1");
	header_refused("{\"ipclab\":\"events\",\"version\":1,\"seed\":\"1x\"}",
		       "column 43: a seed is a whole number");
	header_refused("{\"ipclab\":\"events\",\"version\":1",
		       "column 31: ',' or '}' should stand here");
}
END_TEST

START_TEST(names_of_errors_and_signals_go_both_ways)
{
	for (int i = 1; i < 134; i++)
		ck_assert_int_eq(errno_number(errno_name(i)), i);
	for (int i = 1; i <= 64; i++)
		ck_assert_int_eq(signal_number(signal_name(i)), i);
	ck_assert_str_eq(errno_name(11), "EAGAIN");
	ck_assert_str_eq(errno_name(1234), "E1234");
	ck_assert_str_eq(signal_name(13), "SIGPIPE");
	ck_assert_str_eq(signal_name(37), "SIGRTMIN+3");
	ck_assert_int_eq(signal_number("RTMIN+3"), 37);
	ck_assert_int_eq(signal_number("SIGRTMAX"), 64);
	ck_assert_int_eq(signal_number("nonsense"), -1);
	ck_assert_int_eq(errno_number("nonsense"), -1);
	ck_assert_int_eq(errno_number("E"), -1);
}
END_TEST

START_TEST(descriptor_tables_share_copy_and_close)
{
	struct descriptors *t = descriptors_new(), *copy, *shared;

	descriptors_set(t, 3, (struct descriptor){ .object = 1 });
	descriptors_set(t, 40, (struct descriptor){ .object = 2,
						    .cloexec = true });
	copy = descriptors_copy(t);
	shared = descriptors_share(t);
	descriptors_close(shared, 3, 3);
	ck_assert_ptr_null(descriptors_get(t, 3));
	ck_assert_int_eq(descriptors_get(copy, 3)->object, 1);
	descriptors_exec(copy);
	ck_assert_ptr_null(descriptors_get(copy, 40));
	ck_assert_ptr_nonnull(descriptors_get(copy, 3));
	descriptors_close(copy, 3, INT32_MAX);
	ck_assert_ptr_null(descriptors_get(copy, 3));
	descriptors_close(t, 0, -1);
	ck_assert_ptr_nonnull(descriptors_get(t, 40));
	descriptors_set(t, -1, (struct descriptor){ .object = 1 });
	descriptors_set(t, INT32_MAX, (struct descriptor){ .object = 1 });
	ck_assert_ptr_null(descriptors_get(t, INT32_MAX));
	descriptors_put(shared);
	descriptors_put(t);
	descriptors_put(copy);
	descriptors_put(NULL);
}
END_TEST

START_TEST(sets_of_signals_go_both_ways)
{
	static const struct { const char *text; uint64_t set; } good[] = {
		{ "[]", 0 }, { "~[]", UINT64_MAX },
		{ "[HUP]", 1 }, { "[USR1 CHLD]", 1 << 9 | 1 << 16 },
		{ "[32 33 RTMIN RTMIN+30]", UINT64_C(7) << 31 |
					    UINT64_C(1) << 63 },
		{ "~[KILL STOP]", ~(UINT64_C(1) << 8 | UINT64_C(1) << 18) },
	};
	static const char *const bad[] = {
		"", "~", "[", "[USR1", "USR1]", "[NO]", "[USR1  CHLD]",
		"[ USR1]", "[USR1,CHLD]",
	};
	struct buf text = BUF_INIT;
	uint64_t set = 5;

	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		ck_assert(sigset_parse(good[i].text, &set));
		ck_assert_msg(set == good[i].set, "%s", good[i].text);
		buf_clear(&text);
		sigset_write(&text, set);
		ck_assert_str_eq(buf_str(&text), good[i].text);
	}
	set = 5;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		ck_assert_msg(!sigset_parse(bad[i], &set), "%s", bad[i]);
	ck_assert_uint_eq(set, 5);
	ck_assert_uint_eq(sigset_bit(0), 0);
	ck_assert_uint_eq(sigset_bit(65), 0);
	buf_release(&text);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("event");

	unit_add(s, a_line_with_every_field_is_written_as_it_was_read);
	unit_add(s, an_empty_event_has_only_its_number_and_kind);
	unit_add(s, what_is_read_is_what_stood_there);
	unit_add(s, unknown_fields_are_skipped_whatever_they_hold);
	unit_add(s, damaged_lines_are_refused_with_the_column);
	unit_add(s, text_survives_in_any_language_and_bytes_in_any_value);
	unit_add(s, a_text_that_is_no_utf8_stays_valid_json);
	unit_add(s, times_ids_and_sources_do_not_count_in_comparing);
	unit_add(s, ids_in_results_and_arguments_do_not_count);
	unit_add(s, every_other_difference_is_found_and_named);
	unit_add(s, an_event_is_described_in_one_line);
	unit_add(s, calls_have_the_names_that_programs_use);
	unit_add(s, every_kind_of_event_has_a_description);
	unit_add(s, a_header_survives_its_line);
	unit_add(s, a_foreign_or_newer_header_is_refused);
	unit_add(s, names_of_errors_and_signals_go_both_ways);
	unit_add(s, descriptor_tables_share_copy_and_close);
	unit_add(s, sets_of_signals_go_both_ways);
	return unit_run(s);
}
