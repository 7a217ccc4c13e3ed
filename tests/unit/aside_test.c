/* What is handed in beside the files of an exercise, as a learner's lab writes
 * it, and as somebody else might.  */
#include "base/paths.h"
#include "base/save.h"
#include "exercise/breaker.h"
#include "grade/aside.h"
#include "grade/manifest.h"
#include "tests/unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define EXERCISES TOP_SRCDIR "/exercises"
#define STEPS "ipclab schedule 1\ncommand: ./count\nseed: 1\n" \
	      "cast: A=parent,A.1=first,A.2=second\nsteps:\n"

static char *folder, *why;
static struct exercise e;
static struct aside aside;

static void
setup(void)
{
	folder = path_temporary(&why);
	ck_assert_msg(folder != NULL, "%s", why);
	ck_assert_int_eq(exercise_load(&e, EXERCISES "/lost-update", NULL,
				       NULL), 0);
	aside = (struct aside){ .breaker = NULL };
}

static void
teardown(void)
{
	aside_release(&aside);
	exercise_release(&e);
	path_remove_tree(folder, NULL);
	free(folder);
}

static void
lay(const char *name, const char *text, size_t n)
{
	char *path = xasprintf("%s/%s", folder, name);
	char *end = strrchr(path, '/');

	*end = '\0';
	mkdir(path, 0777);
	*end = '/';
	ck_assert_msg(save_file(path, text, n, &why) == 0, "%s", why);
	free(path);
}

static void
look(void)
{
	aside_release(&aside);
	ck_assert_msg(aside_read(&aside, &e, NULL, folder, &why) == 0, "%s",
		      why);
	ck_assert_ptr_null(why);
}

/* ---- hints ---- */
static int64_t
hints(const char *list)
{
	char *text = xasprintf("{\"ipclab\": \"submission\", \"version\": 1, "
			       "\"exercises\": %s}", list);
	int64_t n = manifest_hints(text, strlen(text), "a", 4);

	free(text);
	return n;
}

START_TEST(hints_are_what_the_manifest_says_within_what_there_are)
{
	static const struct { const char *list; int hints; } cases[] = {
		{ "[{\"exercise\": \"a\", \"hints\": 2}]", 2 },
		{ "[{\"exercise\": \"b\", \"hints\": 2}]", 0 },
		{ "[{\"exercise\": \"a\"}]", 0 },
		{ "[{\"exercise\": \"a\", \"hints\": 99}]", 4 },
		{ "[{\"exercise\": \"a\", \"hints\": 9223372036854775807}]",
		  4 },
		{ "[{\"exercise\": \"a\", \"hints\": -1}]", 0 },
		{ "[{\"exercise\": \"a\", \"hints\": 1.5}]", 0 },
		{ "[{\"exercise\": \"a\", \"hints\": \"3\"}]", 0 },
		{ "[{\"exercise\": \"a\", \"hints\": [3]}]", 0 },
		{ "[{\"exercise\": 1, \"hints\": 3}]", 0 },
		{ "[7, null, [], {\"exercise\": \"a\", \"hints\": 1}]", 1 },
		{ "[{\"exercise\": \"a\", \"hints\": 3},"
		  " {\"exercise\": \"a\", \"hints\": 1}]", 3 },
		{ "{}", 0 }, { "null", 0 }, { "\"a\"", 0 }, { "[", 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		ck_assert_int_eq((int)hints(cases[i].list), cases[i].hints);
	ck_assert_int_eq((int)manifest_hints("[]", 2, "a", 4), 0);
	ck_assert_int_eq((int)manifest_hints("", 0, "a", 4), 0);
}
END_TEST

START_TEST(a_manifest_that_was_written_is_read)
{
	struct handin_part part = { .exercise = &e, .hints = 3 };
	char *text = manifest_text(&part, 1, "hw");

	ck_assert_int_eq((int)manifest_hints(text, strlen(text), "lost-update",
					     9), 3);
	lay("manifest.json", text, strlen(text));
	look();
	ck_assert_int_eq((int)aside.hints, 3);
	free(text);
}
END_TEST

START_TEST(without_a_manifest_nothing_is_said_of_hints)
{
	lay("count.c", "", 0);
	look();
	ck_assert_int_eq((int)aside.hints, 0);
	ck_assert_ptr_null(aside.breaker);
	ck_assert_ptr_null(aside.breaker_refused);
}
END_TEST

/* ---- the schedule ---- */
START_TEST(a_schedule_is_found_in_its_folder_or_beside_the_files)
{
	static const char in_folder[] = STEPS "go A\n";
	static const char beside[] = STEPS "go A\ngo A\n";

	lay("schedule", beside, sizeof(beside) - 1);
	look();
	ck_assert_str_eq(aside.breaker, beside);
	lay("lost-update-break/schedule", in_folder, sizeof(in_folder) - 1);
	look();
	ck_assert_str_eq(aside.breaker, in_folder);
	ck_assert_int_eq(strncmp(aside.breaker_digest, "sha256:", 7), 0);
}
END_TEST

static const struct {
	const char *text, *why;
} bad[] = {
	{ "", "this is no schedule" },
	{ "nothing\n", "this is no schedule" },
	{ STEPS "signal A SIGKILL\n", "is 'signal A SIGKILL'" },
	{ "ipclab schedule 1\ncommand: ./other\nseed: 1\nsteps:\ngo A\n",
	  "this is a schedule of './other'" },
	{ STEPS "fly A\n", "schedule:6" },
};

START_TEST(what_is_none_is_refused_in_a_sentence)
{
	lay("schedule", bad[_i].text, strlen(bad[_i].text));
	look();
	ck_assert_ptr_null(aside.breaker);
	ck_assert_ptr_null(aside.breaker_digest);
	ck_assert_ptr_nonnull(aside.breaker_refused);
	ck_assert_msg(strstr(aside.breaker_refused, bad[_i].why) != NULL,
		      "%s", aside.breaker_refused);
	ck_assert_ptr_null(strchr(aside.breaker_refused, '\n'));
}
END_TEST

START_TEST(a_schedule_of_any_size_is_bounded)
{
	struct buf text = BUF_INIT;

	buf_adds(&text, STEPS);
	for (int i = 0; i < 10001; i++)
		buf_adds(&text, "go A\n");
	lay("schedule", buf_str(&text), text.len);
	look();
	ck_assert_ptr_nonnull(strstr(aside.breaker_refused,
				     "10001 steps; 10000 are allowed"));
	while (text.len <= SUBMISSION_FILE_MAX)
		buf_adds(&text, "# and so on\n");
	lay("schedule", buf_str(&text), text.len);
	look();
	ck_assert_ptr_nonnull(strstr(aside.breaker_refused,
				     "larger than 1024 KiB"));
	lay("schedule", STEPS "go A\n\0go A\n", sizeof(STEPS) + 11);
	look();
	ck_assert_ptr_nonnull(strstr(aside.breaker_refused, "no NUL"));
	buf_release(&text);
}
END_TEST

START_TEST(no_link_is_followed)
{
	char *path = xasprintf("%s/schedule", folder);

	ck_assert_int_eq(symlink("/etc/passwd", path), 0);
	look();
	ck_assert_ptr_null(aside.breaker);
	ck_assert_ptr_nonnull(strstr(aside.breaker_refused, "a link"));
	free(path);
}
END_TEST

START_TEST(what_mends_nothing_has_no_schedule)
{
	exercise_release(&e);
	ck_assert_int_eq(exercise_load(&e, EXERCISES "/pingpong", NULL, NULL),
			 0);
	lay("schedule", STEPS "go A\n", sizeof(STEPS) + 4);
	look();
	ck_assert_ptr_null(aside.breaker);
	ck_assert_ptr_null(aside.breaker_refused);
}
END_TEST

START_TEST(one_file_has_nothing_beside_it)
{
	char *path = xasprintf("%s/count.c", folder);

	lay("count.c", STEPS, strlen(STEPS));
	lay("schedule", STEPS "go A\n", sizeof(STEPS) + 4);
	ck_assert_int_eq(aside_read(&aside, &e, NULL, path, &why), 0);
	ck_assert_ptr_null(aside.breaker);
	ck_assert_ptr_null(aside.breaker_refused);
	free(path);
}
END_TEST

static void
add_test(Suite *s, const char *name, const TTest *test, int n)
{
	TCase *c = tcase_create(name);

	tcase_set_timeout(c, 0);
	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_loop_test(c, test, 0, n);
	suite_add_tcase(s, c);
}

/* Folders are read by openat2(2), which some valgrinds do not know.  */
static bool
has_openat2(void)
{
	struct open_how how = { .flags = O_RDONLY };
	long fd = syscall(SYS_openat2, AT_FDCWD, "/", &how, sizeof(how));

	if (fd < 0 && errno == ENOSYS)
		return false;
	close((int)fd);
	return true;
}

static void
add_folders(Suite *s)
{
#define ADD(test) add_test(s, #test, test, 1)
	ADD(a_manifest_that_was_written_is_read);
	ADD(without_a_manifest_nothing_is_said_of_hints);
	ADD(a_schedule_is_found_in_its_folder_or_beside_the_files);
	add_test(s, "what_is_none_is_refused_in_a_sentence",
		 what_is_none_is_refused_in_a_sentence, ARRAY_SIZE(bad));
	ADD(a_schedule_of_any_size_is_bounded);
	ADD(no_link_is_followed);
	ADD(what_mends_nothing_has_no_schedule);
	ADD(one_file_has_nothing_beside_it);
}

int
main(void)
{
	Suite *s = suite_create("aside");

	ADD(hints_are_what_the_manifest_says_within_what_there_are);
	if (has_openat2())
		add_folders(s);
	return unit_run(s);
}
