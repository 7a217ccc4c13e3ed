/*
 * Control groups: what is read in their files, and which are taken for some.
 * Where $IPCLAB_CGROUP names a folder for us, real ones bound a sandbox, and
 * none stays (docs/testing.md says how to have one).
 */
#include "config.h"

#include "base/base.h"
#include "child.h"
#include "sandbox/cgroup.h"
#include "sandbox/sandbox.h"

#undef fail
#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB (INT64_C(1) << 20)

/* ---- texts ---- */

START_TEST(a_number_stands_after_its_word)
{
	static const char text[] = "low 0\noom 7\noom_kill 12\n";

	ck_assert_int_eq(cgroup_number(text, "oom_kill"), 12);
	ck_assert_int_eq(cgroup_number(text, "oom"), 7);
	ck_assert_int_eq(cgroup_number(text, "low"), 0);
	ck_assert_int_eq(cgroup_number("oom_kill 3", "oom_kill"), 3);
}
END_TEST

START_TEST(what_is_no_number_is_none)
{
	static const char *const bad[] = {
		"", "\n\n", "oom_kill", "oom_kill\n", "oom_kill \n",
		"oom_kill x", "oom_kill -3", "oom_kill 3x\n", "oom_kill  3",
		"oom_kill 99999999999999999999\n", " oom_kill 3",
		"oom_kill3", "oom_kill_group 3",
	};

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		ck_assert_msg(cgroup_number(bad[i], "oom_kill") == -1, "%s",
			      bad[i]);
}
END_TEST

START_TEST(a_word_is_whole)
{
	ck_assert(cgroup_has("cpu memory pids\n", "memory"));
	ck_assert(cgroup_has("pids", "pids"));
	ck_assert(!cgroup_has("cpuset memory\n", "cpu"));
	ck_assert(!cgroup_has("cpu\n", "cpuset"));
	ck_assert(!cgroup_has("", "cpu"));
	ck_assert(!cgroup_has("\n", "cpu"));
}
END_TEST

/* ---- on a made-up tree ---- */

static char *
made_folder(const char *name)
{
	char *path = xasprintf("%s/%s", live_folder(), name);

	ck_assert(mkdir(path, 0755) == 0 || errno == EEXIST);
	return path;
}

static void
make_file(const char *folder, const char *name)
{
	char *path = xasprintf("%s/%s", folder, name);
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fclose(f);
	free(path);
}

static void
holds(const char *folder, const char *name, const char *expected)
{
	char *path = xasprintf("%s/%s", folder, name), text[64] = "";
	FILE *f = fopen(path, "r");

	ck_assert_ptr_nonnull(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	ck_assert_str_eq(text, expected);
	free(path);
}

static const struct cgroup_limits small = { .memory = 64 * MIB,
					    .processes = 20 };

static int
limit(const char *path, char **why)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY), ret;

	ck_assert_int_ge(fd, 0);
	ret = cgroup_limit(fd, &small, why);
	close(fd);
	return ret;
}

START_TEST(limits_are_written_into_their_files)
{
	char *folder = made_folder("limits"), *why = NULL;

	make_file(folder, "memory.max");
	make_file(folder, "memory.oom.group");
	make_file(folder, "pids.max");
	ck_assert_int_eq(limit(folder, &why), 0);
	make_file(folder, "memory.swap.max");
	make_file(folder, "cpu.max");
	ck_assert_int_eq(limit(folder, &why), 0);
	ck_assert_ptr_null(why);
	holds(folder, "memory.max", "67108864");
	holds(folder, "memory.oom.group", "1");
	holds(folder, "memory.swap.max", "0");
	holds(folder, "pids.max", "20");
	holds(folder, "cpu.max", "200000 100000");
	free(folder);
}
END_TEST

START_TEST(a_limit_that_is_not_there_is_told)
{
	char *folder = made_folder("few"), *why = NULL;

	ck_assert_int_eq(limit(folder, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "memory.max"));
	make_file(folder, "memory.max");
	make_file(folder, "memory.oom.group");
	free(why);
	why = NULL;
	ck_assert_int_eq(limit(folder, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "pids.max"));
	free(why);
	free(folder);
}
END_TEST

START_TEST(other_folders_are_none)
{
	char *folder = made_folder("other"), *why = NULL;

	ck_assert_int_eq(cgroup_usable(folder, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "version 2"));
	free(why);
	why = NULL;
	ck_assert_int_eq(rmdir(folder), 0);	/* so nothing was made */
	ck_assert_int_eq(cgroup_usable(folder, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, folder));
	free(why);
	free(folder);
}
END_TEST

/* Asked for and not there: nothing is weaker without a word.  */
START_TEST(without_the_one_that_was_asked_for_nothing_is_started)
{
	char true_path[] = "/usr/bin/true";
	char *const argv[] = { true_path, NULL };
	char *why = NULL, *reason = NULL;

	setenv("IPCLAB_CGROUP", live_folder(), 1);
	ck_assert_int_eq(sandbox_spawn(&(struct sandbox_config){ .cwd = "/" },
				       argv, (int[]){ 0, 1, 2 }, 3, &why), -1);
	ck_assert_ptr_nonnull(strstr(why, "IPCLAB_CGROUP"));
	ck_assert_int_eq(sandbox_tier(&reason), SANDBOX_NONE);
	ck_assert_str_eq(reason, why);
	free(why);
	free(reason);
}
END_TEST

/* ---- real ones ---- */

static const char *where;	/* NULL: there can be none */

/* How many are there; the path of one of them.  */
static int
folders(char **one)
{
	DIR *d = opendir(where);
	struct dirent *it;
	int n = 0;

	ck_assert_ptr_nonnull(d);
	while ((it = readdir(d))) {
		if (strncmp(it->d_name, "ipclab-", 7) != 0)
			continue;
		n++;
		if (one && !*one)
			*one = xasprintf("%s/%s", where, it->d_name);
	}
	closedir(d);
	return n;
}

static void
fork_many(int end)
{
	unsigned char n = 0;

	for (int i = 0; i < 50; i++) {
		pid_t pid = fork();

		if (pid == 0)
			for (;;)
				pause();
		n += pid > 0;
	}
	ck_assert_int_eq(write(end, &n, 1), 1);
	for (;;)
		pause();
}

START_TEST(processes_are_bounded_and_all_are_ended)
{
	const struct cgroup_limits few = { .memory = 64 * MIB,
					   .processes = 10 };
	struct cgroup g;
	unsigned char n;
	char *why = NULL;
	int ends[2];
	pid_t pid;

	ck_assert_int_eq(cgroup_usable(where, &why), 0);
	ck_assert_int_eq(cgroup_make(&g, where, &few, &why), 0);
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		ck_assert(cgroup_enter(&g));
		close(g.fd);
		fork_many(ends[1]);
	}
	close(ends[1]);
	ck_assert_int_eq(read(ends[0], &n, 1), 1);
	ck_assert_int_eq(n, 9);
	ck_assert(!cgroup_was_full(&g));
	cgroup_remove(&g);
	ck_assert_int_eq(read(ends[0], &n, 1), 0);	/* all are gone */
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	close(ends[0]);
	cgroup_make(&g, where, &few, &why);		/* sweeps */
	cgroup_remove(&g);
	ck_assert_int_eq(folders(NULL), 0);
}
END_TEST

static pid_t
start(const char *script, int output)
{
	char sh[] = "/bin/sh", flag[] = "-c", *text = xstrdup(script);
	char *const argv[] = { sh, flag, text, NULL };
	const struct sandbox_config c = {
		.limits = { .memory = 64 * MIB, .disk = MIB },
	};
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	char *why = NULL;
	pid_t pid = sandbox_spawn(&c, argv, (int[]){ null, output, output }, 3,
				  &why);

	ck_assert_msg(pid > 0, "%s", why ? why : "?");
	close(null);
	free(text);
	return pid;
}

static int
status_of(pid_t pid)
{
	int status;

	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* Each of them has little, and all together have too much.  */
START_TEST(memory_of_all_together_is_bounded)
{
	ck_assert_int_eq(status_of(start("head -c 40000000 /dev/zero | tail "
					 ">/dev/null", 2)), 0);
	ck_assert_int_eq(status_of(start(
		"for i in 1 2 3 4 5 6 7 8; do head -c 40000000 /dev/zero | "
		"(tail; sleep 10000) >/dev/null & done; "
		"x=1; while :; do x=$((x+1)); done", 2)),
		SANDBOX_FULL_OF_MEMORY);
	ck_assert_int_eq(folders(NULL), 0);
}
END_TEST

static pid_t
living(int *end)
{
	int ends[2];
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	pid = start("echo y; sleep 10000", ends[1]);
	close(ends[1]);
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	*end = ends[0];
	return pid;
}

static void
to_end(int end)
{
	char rest[16];

	while (read(end, rest, sizeof(rest)) > 0)
		;
	close(end);
}

START_TEST(a_folder_is_there_for_as_long_as_the_sandbox)
{
	char *folder = NULL;
	int end;
	pid_t pid = living(&end);

	ck_assert_int_eq(folders(&folder), 1);
	holds(folder, "memory.oom.group", "1\n");
	sandbox_kill(pid);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	ck_assert_int_eq(folders(NULL), 0);
	to_end(end);
	free(folder);
}
END_TEST

/* One that is locked is another's: nobody touches it.  */
START_TEST(those_that_live_are_left_alone)
{
	int one, other;
	pid_t first = living(&one), second = living(&other);

	ck_assert_int_eq(folders(NULL), 2);
	ck_assert_int_eq(status_of(start("true", 2)), 0);
	ck_assert_int_eq(folders(NULL), 2);
	sandbox_kill(first);
	sandbox_kill(second);
	waitpid(first, NULL, 0);
	waitpid(second, NULL, 0);
	ck_assert_int_eq(folders(NULL), 0);
	to_end(one);
	to_end(other);
}
END_TEST

START_TEST(what_a_killed_keeper_left_is_removed_by_the_next)
{
	int end;
	pid_t pid = living(&end);

	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	ck_assert_int_eq(folders(NULL), 1);
	ck_assert_int_eq(status_of(start("true", 2)), 0);
	ck_assert_int_eq(folders(NULL), 0);
	to_end(end);
}
END_TEST

START_TEST(who_asked_is_killed_and_nothing_stays)
{
	int ends[2];
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		start("echo y; sleep 10000", ends[1]);
		for (;;)
			pause();
	}
	close(ends[1]);
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	ck_assert_int_eq(folders(NULL), 1);
	kill(pid, SIGKILL);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	to_end(ends[0]);
	while (folders(NULL) > 0)	/* the keeper is at it */
		usleep(1000);
}
END_TEST

START_TEST(the_tier_is_full)
{
	char *why = NULL;

	ck_assert_int_eq(sandbox_tier(&why), SANDBOX_FULL);
	free(why);
}
END_TEST

static void
add(TCase *t, const TTest *const *test, size_t n)
{
	for (size_t i = 0; i < n; i++)
		tcase_add_test(t, test[i]);
}

int
main(void)
{
	const TTest *const made[] = {
		a_number_stands_after_its_word, what_is_no_number_is_none,
		a_word_is_whole, limits_are_written_into_their_files,
		a_limit_that_is_not_there_is_told, other_folders_are_none,
		without_the_one_that_was_asked_for_nothing_is_started,
	}, *const real[] = {
		processes_are_bounded_and_all_are_ended,
		memory_of_all_together_is_bounded,
		a_folder_is_there_for_as_long_as_the_sandbox,
		those_that_live_are_left_alone,
		what_a_killed_keeper_left_is_removed_by_the_next,
		who_asked_is_killed_and_nothing_stays, the_tier_is_full,
	};
	SRunner *runner;
	Suite *suite = suite_create("cgroup");
	TCase *t = tcase_create("cgroup");
	int failed;

	tcase_set_timeout(t, 0);	/* a busy machine must not fail it */
	add(t, made, ARRAY_SIZE(made));
	where = getenv("IPCLAB_CGROUP");
	if (where && *where)
		add(t, real, ARRAY_SIZE(real));
	suite_add_tcase(suite, t);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
