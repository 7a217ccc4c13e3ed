/* Progress is kept, and where it cannot be kept the lab goes on.  */
#include "unit.h"

#include "base/buf.h"
#include "base/paths.h"
#include "lesson/progress.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *folder, *path;

static void
make(void)
{
	folder = path_temporary(NULL);
	ck_assert_ptr_nonnull(folder);
	path = xasprintf("%s/state/progress.db", folder);
}

static void
unmake(void)
{
	chmod(folder, 0700);
	path_remove_tree(folder, NULL);
	free(folder);
	free(path);
}

static void
fill(struct progress *p)
{
	progress_at(p, "02-pipes", "full", 2);
	progress_answer(p, "02-pipes", "full", 0, 3, true);
	progress_claim(p, "02-pipes", "full", 1);
	progress_experiment(p, "02-pipes", "fill");
}

static void
check_full(struct progress *p)
{
	struct progress_lesson l;

	progress_lesson(p, "02-pipes", &l);
	ck_assert(l.begun);
	ck_assert(!l.done);
	ck_assert_int_eq(l.reached, 2);
	ck_assert_str_eq(l.step, "full");
	ck_assert_int_eq(progress_answered(p, "02-pipes", "full", 0), 3);
	ck_assert_int_eq(progress_answered(p, "02-pipes", "full", 1), -1);
	ck_assert(progress_claim_seen(p, "02-pipes", "full", 1));
	ck_assert(!progress_claim_seen(p, "02-pipes", "full", 0));
	ck_assert(progress_experiment_done(p, "02-pipes", "fill"));
	ck_assert(!progress_experiment_done(p, "02-pipes", "file"));
}

START_TEST(what_was_done_is_there_the_next_time)
{
	struct progress *p;

	make();
	p = progress_open(path);
	ck_assert(progress_is_kept(p));
	ck_assert_ptr_null(progress_trouble(p));
	fill(p);
	progress_close(p);
	p = progress_open(path);
	check_full(p);
	ck_assert_ptr_null(progress_trouble(p));
	progress_close(p);
	unmake();
}
END_TEST

START_TEST(going_back_keeps_the_furthest_step)
{
	struct progress_lesson l;
	struct progress *p;
	char *last;

	make();
	p = progress_open(path);
	progress_at(p, "02-pipes", "c", 3);
	progress_at(p, "01-two", "a", 1);
	progress_at(p, "02-pipes", "b", 2);
	progress_lesson(p, "02-pipes", &l);
	ck_assert_int_eq(l.reached, 3);
	ck_assert_str_eq(l.step, "b");
	last = progress_last(p);
	ck_assert_str_eq(last, "02-pipes");
	free(last);
	progress_done(p, "02-pipes");
	progress_lesson(p, "02-pipes", &l);
	ck_assert(l.done);
	progress_answer(p, "02-pipes", "b", 0, 1, false);
	progress_answer(p, "02-pipes", "b", 0, 2, true);
	ck_assert_int_eq(progress_answered(p, "02-pipes", "b", 0), 2);
	progress_close(p);
	unmake();
}
END_TEST

START_TEST(a_lab_that_is_killed_loses_nothing)
{
	/* Static: what is open when it is killed is no leak.  */
	static struct progress *volatile open_when_killed;
	struct progress *p;
	pid_t pid;

	make();
	pid = fork();
	if (pid == 0) {
		open_when_killed = progress_open(path);
		fill(open_when_killed);
		raise(SIGKILL);
	}
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	p = progress_open(path);
	check_full(p);
	ck_assert_ptr_null(progress_trouble(p));
	progress_close(p);
	unmake();
}
END_TEST

/* What is done while nothing can be kept is known until the lab ends, and
 * the learner is told once.  */
static void
works_untold(struct progress *p, const char *sentence)
{
	const char *said = progress_trouble(p);

	ck_assert(!progress_is_kept(p));
	ck_assert_ptr_nonnull(said);
	ck_assert_msg(strstr(said, sentence), "%s", said);
	ck_assert_ptr_null(progress_trouble(p));
	check_full(p);
}

START_TEST(where_no_file_can_be_made_the_lab_goes_on)
{
	struct progress *p;

	make();
	free(path);
	/* Even root makes no folder below a device.  */
	path = xstrdup("/dev/null/state/progress.db");
	p = progress_open(path);
	fill(p);
	works_untold(p, "your progress is not kept: ");
	progress_close(p);
	unmake();
}
END_TEST

static void
give_up_root(void)
{
	if (geteuid() == 0)
		ck_assert_int_eq(setuid(65534), 0);
}

START_TEST(a_read_only_file_is_read_and_the_lab_goes_on)
{
	struct progress *p;
	int status;
	pid_t pid;

	make();
	p = progress_open(path);
	fill(p);
	progress_close(p);
	chmod(folder, 0755);
	*strrchr(path, '/') = '\0';
	chmod(path, 0555);
	path[strlen(path)] = '/';
	chmod(path, 0444);
	pid = fork();
	if (pid == 0) {
		give_up_root();
		p = progress_open(path);
		fill(p);
		works_untold(p, "your progress is not kept: ");
		progress_close(p);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	*strrchr(path, '/') = '\0';
	chmod(path, 0755);
	unmake();
}
END_TEST

/* No assertion while it holds: Check, too, writes to a file.  */
static void
limit_files(rlim_t bytes)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = bytes;
	setrlimit(RLIMIT_FSIZE, &limit);
}

START_TEST(a_full_disk_stops_keeping_and_nothing_else)
{
	struct progress *p;

	make();
	p = progress_open(path);
	fill(p);
	limit_files(4096);
	progress_at(p, "02-pipes", "end", 9);
	limit_files(RLIM_INFINITY);
	progress_at(p, "02-pipes", "full", 2);
	ck_assert(!progress_is_kept(p));
	ck_assert_ptr_nonnull(strstr(progress_trouble(p), "not kept"));
	/* What was known before the disk was full is still known.  */
	ck_assert_int_eq(progress_answered(p, "02-pipes", "full", 0), 3);
	progress_close(p);
	/* And the file is as it was.  */
	p = progress_open(path);
	check_full(p);
	progress_close(p);
	unmake();
}
END_TEST

START_TEST(a_disk_that_is_full_from_the_start_is_said)
{
	struct progress *p;

	make();
	limit_files(0);
	p = progress_open(path);
	limit_files(RLIM_INFINITY);
	fill(p);
	works_untold(p, "your progress is not kept: ");
	progress_close(p);
	unmake();
}
END_TEST

static void
damage(off_t at, const char *bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(pwrite(fd, bytes, strlen(bytes), at), strlen(bytes));
	close(fd);
}

static void
is_set_aside(void)
{
	struct progress *p = progress_open(path);
	const char *said = progress_trouble(p);
	char *aside = xasprintf("%s.damaged-1", path);

	ck_assert_ptr_nonnull(said);
	ck_assert_msg(strstr(said, "damaged-1"), "%s", said);
	ck_assert(progress_is_kept(p));
	ck_assert_int_eq(access(aside, F_OK), 0);
	fill(p);
	progress_close(p);
	p = progress_open(path);
	check_full(p);
	progress_close(p);
	free(aside);
}

START_TEST(a_file_that_is_no_database_is_set_aside)
{
	make();
	progress_close(progress_open(path));
	damage(0, "This is not a database, and never was.");
	is_set_aside();
	unmake();
}
END_TEST

START_TEST(a_database_with_a_broken_page_is_set_aside)
{
	struct progress *p;

	make();
	p = progress_open(path);
	fill(p);
	progress_close(p);
	damage(4096, "broken broken broken broken broken broken");
	is_set_aside();
	unmake();
}
END_TEST

START_TEST(a_file_of_a_later_version_is_left_alone)
{
	struct progress *p;
	sqlite3 *db;

	make();
	progress_close(progress_open(path));
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_exec(db, "PRAGMA user_version = 2000", NULL, NULL, NULL);
	sqlite3_close(db);
	p = progress_open(path);
	fill(p);
	works_untold(p, "by a later version of ipclab");
	progress_close(p);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_exec(db, "PRAGMA user_version = 1002; ALTER TABLE lesson ADD "
		     "COLUMN mark INTEGER", NULL, NULL, NULL);
	sqlite3_close(db);
	p = progress_open(path);
	ck_assert_int_eq(progress_answered(p, "02-pipes", "full", 0), -1);
	fill(p);
	check_full(p);
	ck_assert(progress_is_kept(p));
	progress_close(p);
	unmake();
}
END_TEST

START_TEST(two_labs_write_to_one_file)
{
	struct progress *a, *b;

	make();
	a = progress_open(path);
	b = progress_open(path);
	fill(a);
	check_full(b);
	progress_at(b, "01-two", "x", 1);
	progress_close(a);
	progress_close(b);
	a = progress_open(path);
	check_full(a);
	progress_close(a);
	unmake();
}
END_TEST

START_TEST(an_exercise_and_how_far_it_is)
{
	struct progress_exercise e;
	struct progress *p;

	make();
	p = progress_open(path);
	progress_exercise(p, "pingpong", &e);
	ck_assert(!e.begun && !e.passed && e.tried == 0);
	progress_exercise_begin(p, "pingpong", "/home/a/pingpong");
	progress_exercise_tried(p, "pingpong", 10, 10, true);
	progress_exercise_tried(p, "pingpong", 4, 10, false);
	progress_exercise_hints(p, "pingpong", 2);
	progress_exercise_hints(p, "pingpong", 1);
	progress_exercise_begin(p, "pingpong", "/home/b/pingpong");
	progress_close(p);
	p = progress_open(path);
	progress_exercise(p, "pingpong", &e);
	ck_assert(e.begun && e.passed);
	ck_assert_int_eq(e.tried, 2);
	ck_assert_int_eq(e.score, 4);
	ck_assert_int_eq(e.maximum, 10);
	ck_assert_int_eq(e.hints, 2);
	ck_assert_str_eq(e.folder, "/home/b/pingpong");
	progress_close(p);
	unmake();
}
END_TEST

/* Files of the version before have no exercises.  */
START_TEST(an_older_file_is_gone_on_with)
{
	struct progress_exercise e;
	struct progress *p;
	sqlite3 *db;

	make();
	p = progress_open(path);
	fill(p);
	progress_close(p);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_exec(db, "DROP TABLE exercise; PRAGMA user_version = 1000",
		     NULL, NULL, NULL);
	sqlite3_close(db);
	p = progress_open(path);
	check_full(p);
	progress_exercise_begin(p, "pingpong", "/tmp/pingpong");
	progress_exercise(p, "pingpong", &e);
	ck_assert(e.begun);
	ck_assert(progress_is_kept(p));
	progress_close(p);
	unmake();
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("progress");

	unit_add(s, what_was_done_is_there_the_next_time);
	unit_add(s, going_back_keeps_the_furthest_step);
	unit_add(s, a_lab_that_is_killed_loses_nothing);
	unit_add(s, where_no_file_can_be_made_the_lab_goes_on);
	unit_add(s, a_read_only_file_is_read_and_the_lab_goes_on);
	unit_add(s, a_full_disk_stops_keeping_and_nothing_else);
	unit_add(s, a_disk_that_is_full_from_the_start_is_said);
	unit_add(s, a_file_that_is_no_database_is_set_aside);
	unit_add(s, a_database_with_a_broken_page_is_set_aside);
	unit_add(s, a_file_of_a_later_version_is_left_alone);
	unit_add(s, two_labs_write_to_one_file);
	unit_add(s, an_exercise_and_how_far_it_is);
	unit_add(s, an_older_file_is_gone_on_with);
	return unit_run(s);
}
