/* `ipclab doctor`, run whole and on machines made poorer.  */
#include "config.h"

#include "base/buf.h"
#include "child.h"

#undef fail
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct buf out = BUF_INIT;	/* what it printed */
static json_t *report;

static void
read_back(FILE *f)
{
	char text[4096];
	size_t n;

	rewind(f);
	buf_clear(&out);
	while ((n = fread(text, 1, sizeof(text), f)) > 0)
		buf_add(&out, text, n);
}

static const char *
program(void)
{
	const char *path = getenv("IPCLAB");

	return path ? path : TOP_BUILDDIR "/ipclab";
}

/* Run it with an option (NULL: none) in a child that prepare() has changed;
 * its exit status.  Errors are only kept when it prints plain text.  */
static int
run(const char *option, void (*prepare)(void))
{
	FILE *f = tmpfile();
	int status;
	pid_t pid;

	ck_assert_ptr_nonnull(f);
	pid = fork();
	if (pid == 0) {
		/* The leak checker is a tracer, which some tests forbid.  */
		setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
		if (prepare)
			prepare();
		dup2(fileno(f), 1);
		if (!option)
			dup2(fileno(f), 2);
		execl(program(), "ipclab", "doctor", option, (char *)NULL);
		_exit(126);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	read_back(f);
	fclose(f);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
run_json(int code, void (*prepare)(void))
{
	json_error_t error;

	ck_assert_int_eq(run("--json", prepare), code);
	report = json_loads(buf_str(&out), 0, &error);
	ck_assert_msg(report != NULL, "%s:\n%s", error.text, buf_str(&out));
	ck_assert_str_eq(json_string_value(json_object_get(report, "ipclab")),
			 "doctor");
	ck_assert_int_eq(json_integer_value(json_object_get(report,
							    "version")), 1);
}

static json_t *
check_named(const char *name)
{
	json_t *check, *checks = json_object_get(report, "checks");
	size_t i;

	json_array_foreach(checks, i, check) {
		const char *is = json_string_value(json_object_get(check,
								   "name"));

		if (is && strcmp(is, name) == 0)
			return check;
	}
	ck_abort_msg("there is no check %s", name);
	return NULL;
}

static bool
is_ok(const char *name)
{
	json_t *ok = json_object_get(check_named(name), "ok");

	ck_assert(json_is_boolean(ok));
	return json_is_true(ok);
}

static const char *
found(const char *name)
{
	return json_string_value(json_object_get(check_named(name), "found"));
}

START_TEST(each_check_says_what_was_found_and_what_follows)
{
	json_t *check, *checks;
	size_t i;

	run_json(0, NULL);
	checks = json_object_get(report, "checks");
	ck_assert_uint_gt(json_array_size(checks), 25);
	json_array_foreach(checks, i, check) {
		ck_assert(json_is_string(json_object_get(check, "name")));
		ck_assert(json_is_boolean(json_object_get(check, "ok")));
		ck_assert(json_is_boolean(json_object_get(check, "needed")));
		ck_assert_int_gt(json_string_length(json_object_get(check,
							"found")), 0);
		ck_assert_int_gt(json_string_length(json_object_get(check,
							"means")), 20);
	}
	ck_assert(is_ok("ptrace") && is_ok("seccomp") && is_ok("content"));
	ck_assert(is_ok("lessons"));
}
END_TEST

START_TEST(the_plain_form_fits_the_screen_and_names_the_same)
{
	char *line, *rest;

	run_json(0, NULL);
	ck_assert_int_eq(run(NULL, NULL), 0);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "  ok    ptrace "));
	for (line = strtok_r(out.data, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		if (strncmp(line, "        ", 8) == 0)
			ck_assert_msg(strlen(line) < 80, "%s", line);
}
END_TEST

START_TEST(an_ordinary_user_lacks_nothing_that_is_needed)
{
	live_user(1);
	if (access(program(), X_OK) < 0) {
		printf("# %s: %s: skipped\n", program(), strerror(errno));
		return;
	}
	run_json(0, NULL);
	ck_assert(is_ok("ptrace") && is_ok("content") && is_ok("kcmp"));
	if (geteuid() == 65534)
		ck_assert(!is_ok("page-frames"));
}
END_TEST

static void
refuse_ptrace(void)
{
	live_refuse(SCMP_SYS(ptrace), EPERM, 0);
}

START_TEST(without_ptrace_the_lab_cannot_run)
{
	run_json(3, refuse_ptrace);
	ck_assert(!is_ok("ptrace") && !is_ok("seccomp"));
	ck_assert(is_ok("content"));
	ck_assert_ptr_nonnull(strstr(found("ptrace"), "not permitted"));
	ck_assert_int_eq(run(NULL, refuse_ptrace), 3);
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "  LACKS ptrace "));
	ck_assert_ptr_nonnull(strstr(buf_str(&out), "for lack of: ptrace, "
				     "seccomp, syscall-info\n"));
}
END_TEST

static void
refuse_pidfd_getfd(void)
{
	live_refuse(SCMP_SYS(pidfd_getfd), EPERM, 0);
}

START_TEST(content_is_seen_without_pidfd_getfd)
{
	run_json(0, refuse_pidfd_getfd);
	ck_assert(is_ok("content") && !is_ok("pidfd"));
}
END_TEST

static void
refuse_tee(void)
{
	live_refuse(SCMP_SYS(tee), ENOSYS, 0);
}

START_TEST(content_is_not_seen_without_tee)
{
	run_json(3, refuse_tee);
	ck_assert(!is_ok("content") && is_ok("ptrace"));
}
END_TEST

static void
refuse_unshare(void)
{
	live_refuse(SCMP_SYS(unshare), EPERM, 0);
}

START_TEST(without_namespaces_the_lab_runs)
{
	run_json(0, refuse_unshare);
	ck_assert(!is_ok("user-namespaces") && !is_ok("pid-namespaces"));
}
END_TEST

static void
have_no_terminal(void)
{
	unsetenv("TERM");
	setenv("NO_COLOR", "1", 1);
	setenv("LC_ALL", "C", 1);
	dup2(open("/dev/null", O_RDWR), 0);
}

START_TEST(a_poor_terminal_is_told)
{
	run_json(0, have_no_terminal);
	ck_assert(!is_ok("terminal") && !is_ok("colours") && !is_ok("mouse"));
	ck_assert(!is_ok("characters"));
	ck_assert_ptr_nonnull(strstr(found("colours"), "NO_COLOR"));
}
END_TEST

static void
have_no_home(void)
{
	setenv("XDG_STATE_HOME", "/dev/null/none", 1);
	setenv("IPCLAB_DATADIR", "/none", 1);
	setenv("PATH", "/none", 1);
}

START_TEST(what_is_not_there_is_told)
{
	run_json(3, have_no_home);
	ck_assert(!is_ok("state") && !is_ok("lessons") && !is_ok("cc"));
	ck_assert_ptr_nonnull(strstr(found("lessons"), "/none/lessons"));
	ck_assert_str_eq(found("cc"), "not installed");
}
END_TEST

START_TEST(words_too_many_are_refused)
{
	ck_assert_int_eq(run("cure", NULL), 2);
}
END_TEST

START_TEST(no_mount_stays_behind)
{
	struct buf before = BUF_INIT, after = BUF_INIT;
	const char *mounts = "/proc/self/mountinfo";

	ck_assert_int_eq(buf_read_file(&before, mounts, 1 << 20, NULL), 0);
	run_json(0, NULL);
	ck_assert_int_eq(buf_read_file(&after, mounts, 1 << 20, NULL), 0);
	ck_assert_str_eq(buf_str(&before), buf_str(&after));
	buf_release(&before);
	buf_release(&after);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		each_check_says_what_was_found_and_what_follows,
		the_plain_form_fits_the_screen_and_names_the_same,
		an_ordinary_user_lacks_nothing_that_is_needed,
		without_ptrace_the_lab_cannot_run,
		content_is_seen_without_pidfd_getfd,
		content_is_not_seen_without_tee,
		without_namespaces_the_lab_runs,
		a_poor_terminal_is_told,
		what_is_not_there_is_told,
		words_too_many_are_refused,
		no_mount_stays_behind,
	};
	Suite *suite = suite_create("doctor");
	SRunner *runner = srunner_create(suite);
	TCase *t = tcase_create("doctor");
	int failed;

	if (live_lacks_ptrace()) {
		srunner_free(runner);
		return 0;
	}
	tcase_set_timeout(t, 0);	/* a busy machine must not fail it */
	for (size_t i = 0; i < ARRAY_SIZE(tests); i++)
		tcase_add_test(t, tests[i]);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
