/*
 * The runtime by itself: this test is the tracer, and answers its calls
 * (runtime/abi.h).  A program is a fork server; each run sees what one that
 * was executed sees; and of private memory only what threads share is told.
 */
#include "config.h"

#include "runtime/abi.h"
#include "tracer/trace.h"
#include "tests/live/child.h"

#include <check.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TOLD_MAX = 4000, TASKS_MAX = 16, LEARNED_MAX = 512, TEXT_MAX = 4096 };

static const char *const compilers[] = { "gcc", "clang" };
static const char *tmp;
static bool built[ARRAY_SIZE(compilers)];

struct told {
	long nr;
	uint64_t arg[6];
	int run;
};

struct lab {
	unsigned wants;		/* RT_SERVE, RT_LEARN */
	int runs;		/* to be made */
	bool learns;		/* hand on what was learned */

	pid_t server, task[TASKS_MAX];
	bool stopped[TASKS_MAX];	/* has made its first stop */
	int n_tasks;
	bool held;		/* the server, at its entry */
	int run;
	int status[8];		/* of each run */
	pid_t first;		/* of this run */
	uint64_t table, learned[LEARNED_MAX];
	int n_learned;
	struct told told[TOLD_MAX];
	int n;
	char text[TEXT_MAX];	/* what all runs printed */
};

static int
place(struct lab *l, pid_t tid)
{
	int i = 0;

	while (i < l->n_tasks && l->task[i] != tid)
		i++;
	if (i == l->n_tasks) {
		ck_assert_int_lt(l->n_tasks, TASKS_MAX);
		l->stopped[l->n_tasks] = false;
		l->task[l->n_tasks++] = tid;
	}
	return i;
}

static void
drop(struct lab *l, pid_t tid)
{
	int i = place(l, tid);

	l->n_tasks--;
	l->task[i] = l->task[l->n_tasks];
	l->stopped[i] = l->stopped[l->n_tasks];
}

/* ---- its calls ---- */

static int64_t
mapping_at(pid_t tid, const uint64_t *arg)
{
	struct rt_mapping answer = { .start = 0 };
	struct mapping m;

	if (!maps_look(tid, arg[0], &m))
		return -EFAULT;
	answer.start = m.start;
	answer.end = m.end;
	answer.flags = (m.perms[3] == 's' ? RT_SHARED : 0) |
		       (m.perms[1] == 'w' ? RT_WRITABLE : 0) |
		       (m.ino ? RT_FILE : 0);
	return memory_write(tid, arg[1], &answer, sizeof(answer)) ? 0
								  : -EFAULT;
}

static void
note(struct lab *l, long nr, const uint64_t *arg)
{
	struct told *t = &l->told[l->n];

	ck_assert_int_lt(l->n, TOLD_MAX);
	l->n++;
	t->nr = nr;
	t->run = l->run;
	memcpy(t->arg, arg, sizeof(t->arg));
	if ((nr == RT_LOAD || nr == RT_STORE || nr == RT_RMW) &&
	    arg[2] & RT_LEARNED)
		for (uint64_t at = arg[4]; at < arg[5] &&
		     l->n_learned < LEARNED_MAX; at += RT_GRANULE)
			l->learned[l->n_learned++] = at;
}

/* The answer, if it is a call that has one.  */
static bool
answer(struct lab *l, pid_t tid, long nr, const uint64_t *arg, int64_t *value)
{
	switch (nr) {
	case RT_HELLO:
		*value = RT_TRACED | l->wants;
		return arg[0] == RT_VERSION;
	case RT_MAPPING:
		*value = mapping_at(tid, arg);
		return true;
	default:
		return false;
	}
}

/* The server stands; all of its run has ended: the next, or the end.  */
static void
serve(struct lab *l)
{
	int64_t value = 0;

	if (l->run < l->runs) {
		value = 1;
		if (l->learns) {
			ck_assert(l->n_learned == 0 ||
				  memory_write(l->server, l->table,
					       l->learned, l->n_learned *
					       sizeof(*l->learned)));
			value += l->n_learned;
		}
		l->n_learned = 0;
		l->run++;
		l->first = 0;
	}
	l->held = false;
	/* It is at its entry: skipped, and given its result at the exit.  */
	regs_skip_call(l->server);
	ptrace(PTRACE_SYSCALL, l->server, NULL, NULL);
	ck_assert_int_eq(waitpid(l->server, NULL, __WALL), l->server);
	regs_set_result(l->server, value);
	ptrace(PTRACE_SYSCALL, l->server, NULL, NULL);
}

/* True: it goes on.  */
static bool
call(struct lab *l, pid_t tid)
{
	struct __ptrace_syscall_info info;
	int64_t value;
	uint64_t arg[6];
	long nr;

	ck_assert(ptrace(PTRACE_GET_SYSCALL_INFO, tid, sizeof(info), &info) >
		  0);
	if (info.op != PTRACE_SYSCALL_INFO_ENTRY)
		return true;
	nr = info.entry.nr;
	memcpy(arg, info.entry.args, sizeof(arg));
	if (nr == RT_SERVER) {
		l->server = tid;
		l->table = arg[0];
		l->held = true;
		ck_assert_int_ge(arg[1], LEARNED_MAX);
		return false;
	}
	if (nr < RT_HELLO || nr >= RT_AFTER_OPERATIONS)
		return true;
	if (answer(l, tid, nr, arg, &value)) {
		regs_skip_call(tid);
		ptrace(PTRACE_SYSCALL, tid, NULL, NULL);
		ck_assert_int_eq(waitpid(tid, NULL, __WALL), tid);
		regs_set_result(tid, value);
	} else {
		note(l, nr, arg);
	}
	return true;
}

/* ---- a program ---- */

static void
ended(struct lab *l, pid_t tid, int status)
{
	drop(l, tid);
	if (tid == l->server)
		l->server = 0;
	if (tid == l->first)
		l->status[l->run] = status;
}

/* Told by its maker.  It may have stopped before, and was left so.  */
static void
born(struct lab *l, pid_t parent)
{
	unsigned long tid;

	ptrace(PTRACE_GETEVENTMSG, parent, NULL, &tid);
	if (l->stopped[place(l, tid)])
		ptrace(PTRACE_SYSCALL, (pid_t)tid, NULL, NULL);
	if (parent == l->server)
		l->first = tid;
}

/* A stop or an end of one task.  */
static void
handle(struct lab *l, pid_t tid, int status)
{
	int signal = WSTOPSIG(status), event = status >> 16;
	int before = l->n_tasks;
	bool *stopped = &l->stopped[place(l, tid)];

	if (l->n_tasks > before) {	/* its maker has not told of it */
		*stopped = true;
		return;
	}
	if (WIFEXITED(status) || WIFSIGNALED(status)) {
		ended(l, tid, status);
		return;
	}
	if (event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK ||
	    event == PTRACE_EVENT_CLONE)
		born(l, tid);
	if (signal == (SIGTRAP | 0x80)) {
		if (!call(l, tid))
			return;
		signal = 0;
	} else if (event || !*stopped || signal == SIGTRAP) {
		signal = 0;
	}
	*stopped = true;
	ptrace(PTRACE_SYSCALL, tid, NULL, (void *)(long)signal);
}

static pid_t
start(struct lab *l, int compiler, const char *program, const char *word,
      int out)
{
	char path[PATH_MAX_LEN];
	pid_t pid;

	snprintf(path, sizeof(path), "%s/%s-%s", tmp, program,
		 compilers[compiler]);
	pid = fork();
	if (pid == 0) {
		dup2(out, 1);
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		execl(path, program, word, NULL);
		_exit(127);
	}
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	ptrace(PTRACE_SETOPTIONS, pid, NULL,
	       (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL |
			PTRACE_O_TRACEEXEC | PTRACE_O_TRACEFORK |
			PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE));
	l->stopped[place(l, pid)] = true;
	l->first = pid;
	ptrace(PTRACE_SYSCALL, pid, NULL, NULL);
	return pid;
}

static void
run(struct lab *l, int compiler, const char *program, const char *word)
{
	int ends[2], status;
	ssize_t n;
	pid_t tid;

	if (!built[compiler])
		exit(EXIT_SUCCESS);
	ck_assert_int_eq(pipe(ends), 0);
	start(l, compiler, program, word, ends[1]);
	close(ends[1]);
	while (l->n_tasks > 0) {
		if (l->held && l->n_tasks == 1) {
			serve(l);
			continue;
		}
		tid = waitpid(-1, &status, __WALL);
		ck_assert_int_gt(tid, 0);
		handle(l, tid, status);
	}
	n = read(ends[0], l->text, sizeof(l->text) - 1);
	l->text[n > 0 ? n : 0] = '\0';
	close(ends[0]);
}

/* ---- what was told ---- */

/* Where the program says it is.  */
static uint64_t
address_of(const struct lab *l, const char *name)
{
	char line[64];
	const char *at;

	snprintf(line, sizeof(line), "%s 0x", name);
	at = strstr(l->text, line);
	ck_assert_msg(at, "no %s in: %s", name, l->text);
	return strtoull(at + strlen(name), NULL, 16);
}

/* "load", "store*" (learned) of what lies there, in the order told, of one
 * run.  */
static const char *
told_of(const struct lab *l, int number, uint64_t at, size_t size)
{
	static char text[1024];
	size_t len = 0;

	text[0] = '\0';
	for (int i = 0; i < l->n; i++) {
		const struct told *t = &l->told[i];

		if (t->run != number || t->nr < RT_LOAD || t->nr > RT_RMW ||
		    t->arg[0] >= at + size || t->arg[0] + t->arg[1] <= at)
			continue;
		len += snprintf(text + len, sizeof(text) - len, "%s%s%s",
				len ? " " : "", t->nr == RT_LOAD ? "load" :
				t->nr == RT_STORE ? "store" : "rmw",
				t->arg[2] & RT_LEARNED ? "*" : "");
		ck_assert_uint_lt(len, sizeof(text));
	}
	return text;
}

static const char *
told(const struct lab *l, int number, const char *name, size_t size)
{
	return told_of(l, number, address_of(l, name), size);
}

static int
count(const char *text, const char *word)
{
	int n = 0;

	for (; (text = strstr(text, word)); text++)
		n++;
	return n;
}

/* ---- the tests ---- */

START_TEST(a_server_forks_for_each_run)
{
	struct lab l = { .wants = RT_SERVE, .runs = 4 };

	run(&l, _i, "learn", NULL);
	ck_assert_int_eq(l.run, 4);
	for (int i = 1; i <= 4; i++)
		ck_assert_msg(WIFEXITED(l.status[i]) &&
			      WEXITSTATUS(l.status[i]) == 0, "run %d: %#x", i,
			      (unsigned)l.status[i]);
	/* Its constructors ran once; what they left in a buffer is printed by
	 * each run, and not by the server.  */
	ck_assert_int_eq(count(l.text, "constructed\n"), 4);
}
END_TEST

START_TEST(without_a_server_main_runs)
{
	struct lab l = { .wants = 0 };

	run(&l, _i, "learn", NULL);
	ck_assert_int_eq(l.run, 0);
	ck_assert_int_eq(l.status[0], 0);
	/* ... and all that others can reach is told.  */
	ck_assert_str_eq(told(&l, 0, "own", 16), "load store load store");
}
END_TEST

START_TEST(only_what_threads_share_is_told)
{
	struct lab l = { .wants = RT_SERVE | RT_LEARN, .runs = 2,
			 .learns = true };

	run(&l, _i, "learn", NULL);
	ck_assert_int_eq(l.run, 2);
	ck_assert_int_eq(l.status[1], 0);
	ck_assert_int_eq(l.status[2], 0);
	/* By the second thread: from there on it is shared.  */
	ck_assert_str_eq(told(&l, 1, "counter", 8), "load* store load");
	ck_assert_str_eq(told(&l, 2, "counter", 8),
			 "load store load store load");
	ck_assert_str_eq(told(&l, 1, "read_only", 8), "");
	ck_assert_str_eq(told(&l, 2, "read_only", 8), "");
	ck_assert_str_eq(told(&l, 1, "written_late", 8), "store*");
	ck_assert_str_eq(told(&l, 2, "written_late", 8), "load load store");
	ck_assert_str_eq(told(&l, 1, "own", 16), "");
	/* What was done before there were threads comes before them.  */
	ck_assert_str_eq(told(&l, 1, "before", 8), "");
	ck_assert_str_eq(told(&l, 1, "on_stack", 8), "load*");
	ck_assert_str_eq(told(&l, 2, "on_stack", 8), "store load");
	/* What another thread made, and this one takes back.  */
	ck_assert_str_eq(told(&l, 1, "handed_over", 64), "store*");
	/* One thread's stack and blocks, then another's.  */
	ck_assert_str_eq(told(&l, 1, "block", 64), "");
}
END_TEST

START_TEST(a_child_has_nothing_to_share)
{
	struct lab l = { .wants = RT_SERVE | RT_LEARN, .runs = 1 };

	run(&l, _i, "learn", "fork");
	ck_assert_int_eq(l.status[1], 0);
	ck_assert_str_eq(told(&l, 1, "counter", 8), "");
	ck_assert_str_eq(told(&l, 1, "own", 16), "");
}
END_TEST

/* ---- all of it ---- */

static bool
build(int i)
{
	char command[1024];

	snprintf(command, sizeof(command), "command -v %s >/dev/null",
		 compilers[i]);
	if (system(command) != 0)
		return false;
	snprintf(command, sizeof(command), "CC=%s '%s' cc -w -o '%s/learn-%s' "
		 "'%s/tests/live/cc/learn.c'", compilers[i], getenv("IPCLAB"),
		 tmp, compilers[i], getenv("SRCDIR"));
	if (system(command) != 0)
		printf("Bail out! %s: learn.c does not compile\n",
		       compilers[i]);
	return true;
}

int
main(void)
{
	const TTest *const tests[] = {
		a_server_forks_for_each_run, without_a_server_main_runs,
		only_what_threads_share_is_told, a_child_has_nothing_to_share,
	};
	Suite *s = suite_create("runtime");
	TCase *c = tcase_create("runtime");
	SRunner *runner;
	int failed;

	if (live_lacks_ptrace())
		return 0;
	tmp = live_folder();
	for (int i = 0; i < (int)ARRAY_SIZE(compilers); i++)
		built[i] = build(i);
	tcase_set_timeout(c, 60);
	for (size_t i = 0; i < ARRAY_SIZE(tests); i++)
		tcase_add_loop_test(c, tests[i], 0, ARRAY_SIZE(compilers));
	suite_add_tcase(s, c);
	runner = srunner_create(s);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
