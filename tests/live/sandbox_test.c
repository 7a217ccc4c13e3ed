/*
 * What is inside a sandbox, and what is not: scripts are run in it, as who we
 * are (root in many containers) and as an ordinary user.
 */
#include "config.h"

#include "base/buf.h"
#include "child.h"
#include "sandbox/policy.h"
#include "sandbox/sandbox.h"

#undef fail
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct buf out = BUF_INIT;	/* what it printed, and its errors */

static char *
our_file(const char *name)
{
	return xasprintf("%s/%s", TOP_BUILDDIR, name);
}

static void
read_all(int fd)
{
	char text[4096];
	ssize_t n;

	buf_clear(&out);
	while ((n = read(fd, text, sizeof(text))) > 0 ||
	       (n < 0 && errno == EINTR))
		if (n > 0)
			buf_add(&out, text, (size_t)n);
	if (out.len && out.data[out.len - 1] == '\n')
		out.data[--out.len] = '\0';
}

static pid_t
spawn(const struct sandbox_config *c, const char *script, int output)
{
	char sh[] = "/bin/sh", flag[] = "-c", *text = xstrdup(script);
	char *const argv[] = { sh, flag, text, NULL };
	char *why = NULL;
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	pid_t pid = sandbox_spawn(c, argv, (int[]){ null, output, output }, 3,
				  &why);

	ck_assert_msg(pid > 0, "%s", why ? why : "?");
	close(null);
	free(text);
	return pid;
}

/* Its exit status, as a shell has it.  */
static int
run_in(const struct sandbox_config *c, const char *script)
{
	int ends[2], status;
	pid_t pid;

	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	pid = spawn(c, script, ends[1]);
	close(ends[1]);
	read_all(ends[0]);
	close(ends[0]);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int
run(const char *script)
{
	return run_in(&(struct sandbox_config){ .cwd = NULL }, script);
}

/* The error's number of an act of confined.c; -1: it was killed.  */
static int
try_act(const char *act)
{
	char *probe = our_file("tests/live/confined");
	struct sandbox_bind bind = { probe, "/probe" };
	char *script = xasprintf("/probe %s", act);
	int code = run_in(&(struct sandbox_config){ .bind = &bind,
						    .n_binds = 1 }, script);

	free(script);
	free(probe);
	ck_assert_msg(code == 0 || code > 128, "%s: %d, %s", act, code,
		      buf_str(&out));
	return code == 0 ? atoi(buf_str(&out)) : -1;
}

START_TEST(who_is_inside_is_an_ordinary_user_without_capabilities)
{
	live_user(_i);
	ck_assert_int_eq(run("id -u; id -g; grep -c '^Cap[A-Z][a-z]*:.0*$' "
			     "/proc/self/status; grep ^NoNewPrivs "
			     "/proc/self/status"), 0);
	ck_assert_str_eq(buf_str(&out), "1000\n1000\n5\nNoNewPrivs:\t1");
	ck_assert_int_ne(try_act("root"), 0);
}
END_TEST

START_TEST(nothing_of_the_machine_is_seen)
{
	char *script = xasprintf("for f in /root /home %s /var /etc/shadow "
				 "/sys /run /dev/tty /dev/pts /dev/kmsg; do "
				 "test -e $f && echo $f; done; "
				 "cat /etc/hostname", TOP_BUILDDIR);

	live_user(_i);
	run(script);
	ck_assert_ptr_eq(strstr(buf_str(&out), "\n/"), NULL);
	ck_assert_int_ne(buf_str(&out)[0], '/');
	free(script);
	run("ls -d /proc/[0-9]* | wc -l");
	ck_assert_int_lt(atoi(buf_str(&out)), 8);
	run("env | sort | cut -d= -f1 | tr '\\n' ' '");
	ck_assert_str_eq(buf_str(&out), "HOME LANG PATH PWD ");
}
END_TEST

START_TEST(the_system_cannot_be_written)
{
	live_user(_i);
	run("for d in / /usr /usr/bin /etc /dev /proc/sys/kernel; do "
	    "touch $d/x 2>/dev/null && echo $d; done; "
	    "echo 5 2>/dev/null >/proc/sys/kernel/msgmni && echo msgmni; "
	    "echo .");
	ck_assert_str_eq(buf_str(&out) + out.len - 1, ".");
	ck_assert_ptr_eq(strstr(buf_str(&out), "/\n"), NULL);
	ck_assert_ptr_eq(strstr(buf_str(&out), "usr\n"), NULL);
	ck_assert_ptr_eq(strstr(buf_str(&out), "msgmni\n"), NULL);
	ck_assert_int_eq(run("for d in /tmp /box /dev/shm /dev/mqueue; do "
			     "touch $d/x || exit 1; done"), 0);
}
END_TEST

START_TEST(there_is_no_network_but_its_own)
{
	live_user(_i);
	run("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '");
	ck_assert_str_eq(buf_str(&out), "lo");
}
END_TEST

START_TEST(objects_of_the_machine_are_not_seen_and_none_are_left)
{
	char *script;
	int id;

	live_user(_i);
	id = msgget(IPC_PRIVATE, 0600 | IPC_CREAT);
	ck_assert_int_ge(id, 0);
	run("ipcs -q | grep -c ^0x; ipcmk -Q >/dev/null; "
	    "ipcs -q | grep -c ^0x");
	ck_assert_str_eq(buf_str(&out), "0\n1");
	ck_assert_int_eq(msgctl(id, IPC_RMID, NULL), 0);
	script = xasprintf("echo x >/dev/shm/ipclab-test-%d", getpid());
	ck_assert_int_eq(run(script), 0);
	free(script);
	script = xasprintf("/dev/shm/ipclab-test-%d", getpid());
	ck_assert_int_ne(access(script, F_OK), 0);
	free(script);
}
END_TEST

START_TEST(limits_hold)
{
	const struct sandbox_config small = { .limits = {
		.cpu = 1, .memory = 64 << 20, .file = 1 << 20,
		.descriptors = 20, .processes = 12, .disk = 2 << 20 } };

	live_user(_i);
	run_in(&small, "ulimit -t; ulimit -v; ulimit -f; ulimit -n; "
		       "ulimit -c");
	ck_assert_str_eq(buf_str(&out), "1\n65536\n2048\n20\n0");
	/* A file system that is full, before any file is too large.  */
	ck_assert_int_ne(run_in(&small, "for i in 1 2 3 4 5; do head -c 900000 "
					"/dev/zero >/tmp/$i || exit 1; done"),
			 0);
	ck_assert_ptr_ne(strstr(buf_str(&out), "No space"), NULL);
	ck_assert_int_eq(run_in(&small, "while :; do :; done"), 128 + SIGXCPU);
	ck_assert_int_eq(run_in(&small, "exec head -c 2000000 /dev/zero "
					">/tmp/x"), 128 + SIGXFSZ);
	run_in(&small, "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do "
		       "sleep 1000 & done; ls -d /proc/[0-9]* | wc -l");
	ck_assert_ptr_ne(strstr(buf_str(&out), "annot fork"), NULL);
}
END_TEST

START_TEST(a_bomb_is_bounded)
{
	const struct sandbox_config small = { .limits = { .cpu = 1,
							  .processes = 20 } };

	live_user(_i);
	/* Whatever the shell makes of it, it comes to an end.  */
	run_in(&small, "b() { b | b & }; b; true");
}
END_TEST

START_TEST(what_is_forbidden_is_refused)
{
	static const struct { const char *act; int error; } refused[] = {
		{ "untraced", EPERM }, { "sibling", EPERM },
		{ "new-user", EPERM }, { "unshare", EPERM },
		{ "io_uring", ENOSYS }, { "attach", EPERM },
		{ "traceme", EPERM }, { "keys", EPERM }, { "bpf", EPERM },
		{ "userfaultfd", EPERM }, { "mount", EPERM },
		{ "alg", EAFNOSUPPORT }, { "vsock", EAFNOSUPPORT },
		{ "filter", EPERM }, { "tiocsti", EPERM },
		{ "tiocsti-wide", EPERM }, { "handle", EPERM },
		{ "clone3", ENOSYS },
#ifdef __x86_64__
		{ "int80", -1 }, { "x32", -1 },
#endif
	};

	live_user(_i);
	for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
		ck_assert_msg(try_act(refused[i].act) == refused[i].error,
			      "%s: %s", refused[i].act, buf_str(&out));
}
END_TEST

START_TEST(the_policy_looks_at_bits_of_arguments)
{
	const uint64_t none[6] = { 0 }, wide[6] = { 0, UINT64_MAX << 32 };
	int ioctl_nr = -1;

	for (int i = 0; i < n_policies; i++)
		if (strcmp(policies[i].name, "ioctl") == 0)
			ioctl_nr = policies[i].nr;
	ck_assert_ptr_eq(policy_find(ioctl_nr, none), NULL);
	ck_assert_ptr_eq(policy_find(ioctl_nr, wide), NULL);
	ck_assert_ptr_eq(policy_find(-1, none), NULL);
}
END_TEST

START_TEST(what_is_given_is_there_and_read_only)
{
	struct sandbox_data data[] = { { "/box/in/a.txt", "hello", 5, 0 },
				       { "/tool", "#!/bin/sh\necho tool\n",
					 20, 0555 } };
	const struct sandbox_config c = { .data = data, .n_data = 2 };

	live_user(_i);
	ck_assert_int_eq(run_in(&c, "cat in/a.txt; echo; /tool; echo x "
				    "2>/dev/null >in/a.txt"), 2);
	ck_assert_str_eq(strtok(out.data, "\n"), "hello");
	ck_assert_str_eq(strtok(NULL, "\n"), "tool");
}
END_TEST

START_TEST(what_root_alone_may_read_can_be_given)
{
	char path[] = "/tmp/ipclab-sandbox-XXXXXX";
	struct sandbox_bind bind = { path, "/file" };
	int fd = mkstemp(path);

	ck_assert_int_eq(write(fd, "mine", 4), 4);
	close(fd);
	ck_assert_int_eq(run_in(&(struct sandbox_config){ .bind = &bind,
							  .n_binds = 1 },
				"cat /file"), 0);
	ck_assert_str_eq(buf_str(&out), "mine");
	unlink(path);
}
END_TEST

START_TEST(other_descriptors_stay_outside)
{
	int secret = open("/", O_RDONLY | O_DIRECTORY);

	live_user(_i);
	ck_assert_int_eq(run("ls /proc/self/fd | wc -l"), 0);
	ck_assert_str_eq(buf_str(&out), "4");	/* and that of ls itself */
	close(secret);
}
END_TEST

/* Whoever is inside holds the pipe: its end is theirs.  */
static void
everybody_is_gone(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char byte;

	ck_assert_int_gt(poll(&p, 1, -1), 0);
	ck_assert_int_eq(read(fd, &byte, 1), 0);
}

static const char lives_on[] =
	"(setsid sleep 10000 &) ; (sleep 10000 &) ; echo y; sleep 10000";

START_TEST(killing_it_leaves_nothing)
{
	struct sandbox_config c = { .cwd = NULL };
	int ends[2];
	char byte;
	pid_t pid;

	live_user(_i);
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	pid = spawn(&c, lives_on, ends[1]);
	close(ends[1]);
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	sandbox_kill(pid);
	waitpid(pid, NULL, 0);
	everybody_is_gone(ends[0]);
	close(ends[0]);
}
END_TEST

/* At whatever moment: before anybody is inside, too.  */
START_TEST(killing_it_at_once_leaves_nothing)
{
	struct sandbox_config c = { .cwd = NULL };
	const struct timespec some = { 0, 500000 };

	live_user(_i);
	for (int i = 0; i < 20; i++) {
		int ends[2];
		pid_t pid;

		ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
		pid = spawn(&c, "true", ends[1]);
		close(ends[1]);
		for (int k = 0; k < i; k++)
			nanosleep(&some, NULL);
		sandbox_kill(pid);
		waitpid(pid, NULL, 0);
		everybody_is_gone(ends[0]);
		close(ends[0]);
	}
}
END_TEST

/* More of them than are remembered.  */
START_TEST(those_that_are_ended_are_gone_when_all_has_settled)
{
	enum { MANY = 20 };
	struct sandbox_config c = { .cwd = NULL };
	pid_t pid[MANY];
	int ends[2];
	char byte;

	live_user(_i);
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	for (int i = 0; i < MANY; i++) {
		pid[i] = spawn(&c, lives_on, ends[1]);
		for (int said = 0; i % 2 && said < 2; said++)
			ck_assert_int_eq(read(ends[0], &byte, 1), 1);
		sandbox_end(pid[i]);
	}
	close(ends[1]);
	sandbox_settle();
	for (int i = 0; i < MANY; i++) {
		ck_assert_int_eq(waitpid(pid[i], NULL, WNOHANG), -1);
		ck_assert_int_eq(errno, ECHILD);
	}
	while (read(ends[0], &byte, 1) == 1)
		;
	everybody_is_gone(ends[0]);
	close(ends[0]);
}
END_TEST

START_TEST(it_dies_with_its_parent)
{
	struct sandbox_config c = { .cwd = NULL };
	int ends[2];
	char byte;
	pid_t parent;

	live_user(_i);
	ck_assert_int_eq(pipe2(ends, O_CLOEXEC), 0);
	parent = fork();
	if (parent == 0) {
		spawn(&c, lives_on, ends[1]);
		pause();
	}
	close(ends[1]);
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	ck_assert_int_eq(read(ends[0], &byte, 1), 1);
	kill(parent, SIGKILL);
	waitpid(parent, NULL, 0);
	everybody_is_gone(ends[0]);
	close(ends[0]);
}
END_TEST

START_TEST(programs_are_compiled_inside)
{
	struct sandbox_data source = { "/box/a.c", "#include <stdio.h>\n"
		"int main(void) { puts(\"made\"); return 7; }\n", 61, 0 };
	const struct sandbox_config c = { .data = &source, .n_data = 1 };

	live_user(_i);
	ck_assert_int_eq(run_in(&c, "gcc -o /tmp/a a.c && /tmp/a"), 7);
	ck_assert_str_eq(buf_str(&out), "made");
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		who_is_inside_is_an_ordinary_user_without_capabilities,
		nothing_of_the_machine_is_seen,
		the_system_cannot_be_written,
		there_is_no_network_but_its_own,
		objects_of_the_machine_are_not_seen_and_none_are_left,
		limits_hold,
		a_bomb_is_bounded,
		what_is_forbidden_is_refused,
		the_policy_looks_at_bits_of_arguments,
		what_is_given_is_there_and_read_only,
		what_root_alone_may_read_can_be_given,
		other_descriptors_stay_outside,
		killing_it_leaves_nothing,
		killing_it_at_once_leaves_nothing,
		those_that_are_ended_are_gone_when_all_has_settled,
		it_dies_with_its_parent,
		programs_are_compiled_inside,
	};
	char *why = NULL;
	Suite *suite = suite_create("sandbox");
	SRunner *runner = srunner_create(suite);
	TCase *t = tcase_create("sandbox");
	int failed;

	if (sandbox_tier(&why) == SANDBOX_NONE) {
		printf("1..0 # SKIP %s\n", why);
		srunner_free(runner);
		return 0;
	}
	free(why);
	tcase_set_timeout(t, 0);	/* a busy machine must not fail it */
	for (size_t i = 0; i < ARRAY_SIZE(tests); i++)
		tcase_add_loop_test(t, tests[i], 0, LIVE_USERS);
	suite_add_tcase(suite, t);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
