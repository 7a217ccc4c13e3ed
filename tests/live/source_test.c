/*
 * Source positions of real programs, compiled here in several ways and run
 * under a small tracer.  Each getppid() is a point, and so is each thread's
 * beginning (there the C library has no rules for unwinding); the lines
 * wanted are those that say "here:" in the program's text.
 */
#include "config.h"

#include "base/buf.h"
#include "base/paths.h"
#include "child.h"
#include "tracer/source.h"

#include <check.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <linux/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct way {
	const char *compiler, *flags;
} ways[] = {
	{ "cc", "-g -O0" },
	{ "cc", "-g -O2" },
	{ "cc", "-g -O0 -static" },
	{ "cc", "-g -O2 -static-pie" },
	{ "cc", "-g -O2 -no-pie" },
	{ "cc", "-g -O2 -fomit-frame-pointer -gdwarf-4" },
	{ "clang", "-g -O0" },
	{ "clang", "-g -O2" },
};

static char folder[PATH_MAX], home[PATH_MAX];
static struct source_cache *cache;
static struct buf seen = BUF_INIT;	/* lines found, each once, sorted */

static void
setup(void)
{
	char *why = NULL, *temporary = path_temporary(&why);

	ck_assert_msg(temporary != NULL, "%s", why);
	ck_assert_ptr_nonnull(realpath(temporary, folder));
	free(temporary);
	ck_assert_ptr_nonnull(getcwd(home, sizeof(home)));
	ck_assert_int_eq(chdir(folder), 0);
	cache = source_cache_new();
}

static void
teardown(void)
{
	ck_assert_int_eq(chdir(home), 0);
	source_cache_free(cache);
	buf_release(&seen);
	path_remove_tree(folder, NULL);
}

static void
shell(const char *command)
{
	ck_assert_msg(system(command) == 0, "fails: %s", command);
}

/* NAME.c of the sources, into the current folder, and compiled there.  */
static bool
compile(const struct way *way, const char *name)
{
	char command[1024];

	snprintf(command, sizeof(command), "command -v %s >/dev/null",
		 way->compiler);
	if (system(command) != 0) {
		printf("# %s is not installed: skipped\n", way->compiler);
		return false;
	}
	snprintf(command, sizeof(command),
		 "cp %s/tests/live/source/%s.c . && "
		 "%s %s -pthread -o %s %s.c", TOP_SRCDIR, name,
		 way->compiler, way->flags, name, name);
	shell(command);
	return true;
}

static void
note(const char *line)
{
	char wanted[512];

	snprintf(wanted, sizeof(wanted), "%s\n", line);
	if (!strstr(buf_str(&seen), wanted))
		buf_adds(&seen, wanted);
}

/* The call a tracee is stopped before, -1 if it is not before one.  */
static long
call_of(pid_t tid)
{
	struct ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, tid, sizeof(info), &info) <= 0 ||
	    info.op != PTRACE_SYSCALL_INFO_ENTRY)
		return -1;
	return info.entry.nr;
}

static int
forwarded(int status)
{
	int signal = WSTOPSIG(status);

	return signal == SIGUSR1 && status >> 16 == 0 ? signal : 0;
}

static bool
is_point(long call)
{
	return call == SYS_getppid || call == SYS_clone3;
}

/* Run a program to its end; look at each of those stops.  */
static void
run(const char *program)
{
	char path[PATH_MAX + 16], line[256];
	int status;
	pid_t pid;

	snprintf(path, sizeof(path), "%s/%s", folder, program);
	pid = fork();
	if (pid == 0) {
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		execl(path, path, (char *)NULL);
		_exit(127);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD |
	       PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_EXITKILL);
	while (pid > 0) {
		if (WIFSTOPPED(status)) {
			if (is_point(call_of(pid))) {
				source_find(cache, pid, line, sizeof(line));
				note(line);
			}
			ptrace(PTRACE_SYSCALL, pid, 0, forwarded(status));
		} else {
			source_forget(cache, pid);
		}
		pid = waitpid(-1, &status, __WALL);
	}
}

/* Every "here:" of the text was seen, and nothing else.  */
static void
saw_all(const char *name)
{
	char path[PATH_MAX + 64], text[512], wanted[64];
	int number = 0, all = 0, got = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s.c", folder, name);
	f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	while (fgets(text, sizeof(text), f)) {
		number++;
		if (sscanf(text, "#line %d \"inlined.c\"", &number) == 1)
			number--;
		if (!strstr(text, "here:"))
			continue;
		snprintf(wanted, sizeof(wanted), "%s.c:%d\n", name, number);
		ck_assert_msg(strstr(buf_str(&seen), wanted) != NULL,
			      "%.*s was not seen, but:\n%s",
			      (int)strlen(wanted) - 1, wanted, buf_str(&seen));
		all++;
	}
	fclose(f);
	for (const char *p = buf_str(&seen); *p; p++)
		got += *p == '\n';
	ck_assert_msg(got == all, "%d lines wanted, but:\n%s", all,
		      buf_str(&seen));
}

static void
compile_run_compare(int way, const char *name)
{
	if (!compile(&ways[way], name))
		return;
	run(name);
	saw_all(name);
}

START_TEST(calls_and_signal_handlers)
{
	compile_run_compare(_i, "plain");
}
END_TEST

START_TEST(threads_and_children)
{
	compile_run_compare(_i, "threads");
}
END_TEST

START_TEST(inline_functions_of_headers_count_as_their_call)
{
	compile_run_compare(_i, "inlined");
}
END_TEST

START_TEST(without_debug_information_there_is_no_line)
{
	compile(&(struct way){ "cc", "-O1 -g0" }, "plain");
	run("plain");
	ck_assert_str_eq(buf_str(&seen), "\n");
}
END_TEST

START_TEST(a_path_outside_is_whole_and_plain)
{
	char wanted[PATH_MAX + 32];

	shell("mkdir -p a/b");
	ck_assert_int_eq(chdir("a"), 0);
	compile(&(struct way){ "cc", "-g" }, "plain");
	shell("cc -g -o ../plain b/.././/plain.c");
	source_set_folder(cache, "/nowhere");
	run("plain");
	snprintf(wanted, sizeof(wanted), "%s/a/plain.c:10\n", folder);
	ck_assert_ptr_nonnull(strstr(buf_str(&seen), wanted));
	buf_clear(&seen);
	source_set_folder(cache, folder);
	run("plain");
	ck_assert_ptr_nonnull(strstr(buf_str(&seen), "a/plain.c:10\n"));
	ck_assert_ptr_null(strstr(buf_str(&seen), folder));
}
END_TEST

START_TEST(a_process_that_is_gone_has_no_line)
{
	char line[64] = "unchanged";
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	waitpid(pid, NULL, 0);
	ck_assert(!source_find(cache, pid, line, sizeof(line)));
	ck_assert_str_eq(line, "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("source");
	SRunner *runner = srunner_create(suite);
	TCase *t = tcase_create("lines");
	int failed, all = ARRAY_SIZE(ways);

	if (live_lacks_ptrace()) {
		srunner_free(runner);
		return 0;
	}
	tcase_set_timeout(t, 0);	/* a busy machine must not fail it */
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, calls_and_signal_handlers, 0, all);
	tcase_add_loop_test(t, threads_and_children, 0, all);
	tcase_add_loop_test(t, inline_functions_of_headers_count_as_their_call,
			    0, all);
	tcase_add_test(t, without_debug_information_there_is_no_line);
	tcase_add_test(t, a_path_outside_is_whole_and_plain);
	tcase_add_test(t, a_process_that_is_gone_has_no_line);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
