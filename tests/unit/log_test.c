/* The log: live, from a file, damaged, foreign, long.  */
#include "tests/unit/unit.h"

#include "event/log.h"

#include <sys/stat.h>
#include <stdio.h>
#include <unistd.h>

static char *why;
static char path[64];

/* A fresh file of that content.  */
static const char *
file_of(const char *text)
{
	FILE *f;

	strcpy(path, "log_test-XXXXXX");
	f = fdopen(mkstemp(path), "w");
	fputs(text, f);
	fclose(f);
	return path;
}

#define HEADER "{\"ipclab\":\"events\",\"version\":1,\"command\":\"x\"}\n"
#define NOTE(n) "{\"n\":" #n ",\"what\":\"note\",\"text\":\"t" #n "\"}\n"

static void
has(struct log *log, uint64_t n, const char *text)
{
	const struct event *e = log_at(log, n, &why);

	ck_assert_msg(e != NULL, "%s", why);
	ck_assert_str_eq(e->text, text);
}

START_TEST(a_live_log_gives_back_what_was_appended)
{
	struct log *log = log_new();

	log_append(log, NOTE(1), strlen(NOTE(1)));
	log_append(log, NOTE(2), strlen(NOTE(2)) - 1);
	log_append(log, NOTE(3), strlen(NOTE(3)));
	ck_assert_uint_eq(log_count(log), 3);
	has(log, 3, "t3");
	has(log, 1, "t1");
	has(log, 1, "t1");
	log_truncate(log, 1);
	ck_assert_uint_eq(log_count(log), 1);
	ck_assert_ptr_null(log_at(log, 2, &why));
	ck_assert_str_eq(why, "there is no event 2");
	log_append(log, NOTE(9), strlen(NOTE(9)));
	has(log, 2, "t9");
	ck_assert_ptr_null(log_warning(log));
	log_free(log);
}
END_TEST

START_TEST(a_recording_is_read_where_it_lies)
{
	struct log *log = log_open(file_of(HEADER NOTE(1) NOTE(2)), &why);

	ck_assert_msg(log != NULL, "%s", why);
	ck_assert_str_eq(log_header(log)->command, "x");
	ck_assert_uint_eq(log_count(log), 2);
	has(log, 2, "t2");
	has(log, 1, "t1");
	log_append(log, NOTE(3), strlen(NOTE(3)));
	has(log, 3, "t3");
	log_truncate(log, 1);
	log_append(log, NOTE(4), strlen(NOTE(4)));
	has(log, 2, "t4");
	has(log, 1, "t1");
	log_free(log);
	unlink(path);
}
END_TEST

START_TEST(a_line_cut_short_is_left_out_and_said)
{
	char expected[128];
	struct log *log = log_open(file_of(HEADER NOTE(1) "{\"n\":2,\"wh"),
				   &why);

	ck_assert_msg(log != NULL, "%s", why);
	ck_assert_uint_eq(log_count(log), 1);
	snprintf(expected, sizeof(expected), "%s ends in the middle of line 3;"
		 " the events up to there are shown", path);
	ck_assert_str_eq(log_warning(log), expected);
	has(log, 1, "t1");
	log_free(log);
	unlink(path);
}
END_TEST

START_TEST(a_whole_last_line_without_newline_counts)
{
	struct log *log = log_open(file_of(HEADER "{\"what\":\"held\"}"), &why);

	ck_assert_uint_eq(log_count(log), 1);
	ck_assert_ptr_null(log_warning(log));
	log_free(log);
	unlink(path);
}
END_TEST

static void
refused(const char *text, const char *because)
{
	char expected[256];

	ck_assert_ptr_null(log_open(file_of(text), &why));
	snprintf(expected, sizeof(expected), "%s:1: %s", path, because);
	ck_assert_str_eq(why, expected);
	unlink(path);
}

START_TEST(a_foreign_file_is_refused_with_a_sentence)
{
	const char *foreign = "this is not a recording of ipclab: its first "
			      "line lacks \"ipclab\":\"events\"";

	refused("", foreign);
	refused("#!/bin/sh\necho hello\n", foreign);
	refused("{\"version\":1}\n", foreign);
	refused("{\"ipclab\":\"events\",\"version\":7}\n",
		"a recording of version 7; this ipclab reads version 1");
	ck_assert_ptr_null(log_open("/nonexistent/x", &why));
	ck_assert_str_eq(why, "cannot open /nonexistent/x: "
			      "No such file or directory");
	ck_assert_ptr_null(log_open(".", &why));
	ck_assert_str_eq(why, ". is not a regular file: a recording is read "
			      "from a file");
}
END_TEST

START_TEST(a_damaged_line_is_named_and_the_others_are_shown)
{
	char expected[128];
	struct log *log = log_open(file_of(HEADER NOTE(1) "rubbish\n" NOTE(3)),
				   &why);

	ck_assert_uint_eq(log_count(log), 3);
	ck_assert_ptr_null(log_at(log, 2, &why));
	snprintf(expected, sizeof(expected),
		 "%s:3: column 1: an object should begin here", path);
	ck_assert_str_eq(why, expected);
	has(log, 3, "t3");
	log_free(log);
	unlink(path);
}
END_TEST

START_TEST(what_is_saved_is_what_is_opened)
{
	struct log *log = log_new(), *back;
	struct header h = { .version = 1, .command = "sh", .seed = 5 };
	char line[64];

	log_set_header(log, &h);
	for (int i = 1; i <= 1000; i++) {
		snprintf(line, sizeof(line),
			 "{\"what\":\"note\",\"text\":\"%d\"}", i);
		log_append(log, line, strlen(line));
	}
	file_of("what stood there before");
	ck_assert_int_eq(log_save(log, path, &why), 0);
	back = log_open(path, &why);
	ck_assert_uint_eq(log_count(back), 1000);
	ck_assert_uint_eq(log_header(back)->seed, 5);
	has(back, 777, "777");
	/* Over the very file that is open. */
	log_truncate(back, 500);
	ck_assert_int_eq(log_save(back, path, &why), 0);
	has(back, 500, "500");
	log_free(back);
	back = log_open(path, &why);
	ck_assert_uint_eq(log_count(back), 500);
	log_free(back);
	unlink(path);
	ck_assert_int_eq(log_save(log, "/nonexistent/x", &why), -1);
	log_free(log);
	ck_assert_str_eq(why, "cannot write /nonexistent/x: "
			      "No such file or directory");
}
END_TEST

START_TEST(a_flood_goes_to_a_file_without_a_name)
{
	struct log *log = log_new();
	struct event e;
	struct buf line = BUF_INIT;
	const int many = 12000;

	event_init(&e, WHAT_NOTE);
	memset(e.data, 'x', DATA_MAX_LEN - 1);
	e.data_len = DATA_MAX_LEN - 1;
	for (int i = 1; i <= many; i++) {
		buf_clear(&line);
		snprintf(e.text, sizeof(e.text), "%d", i);
		event_write(&line, &e);
		log_append(log, line.data, line.len);
	}
	has(log, 1, "1");
	has(log, many, "12000");
	has(log, 7000, "7000");
	log_truncate(log, 3000);
	has(log, 3000, "3000");
	log_append(log, NOTE(5), strlen(NOTE(5)));
	has(log, 3001, "t5");
	has(log, 2999, "2999");
	buf_release(&line);
	log_free(log);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("log");

	unit_add(s, a_live_log_gives_back_what_was_appended);
	unit_add(s, a_recording_is_read_where_it_lies);
	unit_add(s, a_line_cut_short_is_left_out_and_said);
	unit_add(s, a_whole_last_line_without_newline_counts);
	unit_add(s, a_foreign_file_is_refused_with_a_sentence);
	unit_add(s, a_damaged_line_is_named_and_the_others_are_shown);
	unit_add(s, what_is_saved_is_what_is_opened);
	unit_add(s, a_flood_goes_to_a_file_without_a_name);
	return unit_run(s);
}
