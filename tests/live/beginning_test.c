/*
 * A run that tells its events begins as a fork of a server, or is executed
 * where source lines are wanted: both tell the same, event by event, from the
 * first one on.
 */
#include "config.h"

#include "tracer/namespace.h"
#include "tracer/run.h"

#include "child.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 4 };

/* What a run told, and what is chosen in it: by chance, from a seed.  */
struct run {
	uint64_t random;
	struct buf text;
	size_t events;
};

static const char *tmp;

static int
pick(void *with, const struct position *p)
{
	struct run *r = with;

	r->random ^= r->random << 13;
	r->random ^= r->random >> 7;
	r->random ^= r->random << 17;
	return (int)(r->random % (uint64_t)p->n_alternatives);
}

/* A variable has its name where lines are wanted, else its address.  */
static void
cut_place(char *args)
{
	char *from = strstr(args, "\"place\":\""), *to;

	if (!from)
		return;
	from += strlen("\"place\":\"");
	to = strchr(from, '"');
	memmove(from, to, strlen(to) + 1);
}

/* Physical pages are those that the kernel had left.  */
static void
event(void *with, const struct event *e)
{
	static struct event told;
	struct run *r = with;

	told = *e;
	told.source[0] = '\0';
	cut_place(told.args);
	for (int i = 0; i < told.state.n_items; i++)
		told.state.item[i].frame = 0;
	event_write(&r->text, &told);
	r->events++;
}

static const struct decider executed = { pick, NULL, event, true };
static const struct decider forked = { pick, NULL, event };

static struct run_end
run(struct driver *d, const struct decider *by, uint64_t seed, struct run *r)
{
	struct run_end end;
	char *why = NULL;

	buf_clear(&r->text);
	r->random = seed * 7919 + 1;
	r->events = 0;
	ck_assert_msg(driver_run(d, by, r, &end, &why) == 0, "%s", why);
	return end;
}

/* Their texts are equal, or the first lines that differ are shown.  */
static void
same_text(const char *name, const char *a, const char *b)
{
	size_t i = 0, line = 0;

	for (; a[i] && a[i] == b[i]; i++)
		if (a[i] == '\n')
			line = i + 1;
	ck_assert_msg(a[i] == b[i], "%s:\nexecuted: %.*s\nforked:   %.*s", name,
		      (int)strcspn(a + line, "\n"), a + line,
		      (int)strcspn(b + line, "\n"), b + line);
}

/* From SRCDIR, with their arguments.  */
static const struct example {
	const char *source, *arg[3];
} examples[] = {
	{ "exercises/reap/solutions/good/loop/crew.c", { "3" } },
	{ "exercises/framing/solutions/good/length/framing.c",
	  { "one", "two" } },
	{ "tests/explore/process/counter_bad.c", { NULL } },
	{ "tests/explore/process/ramdump_bad.c", { NULL } },
	{ "tests/explore/process/fifo_bad.c", { NULL } },
	{ "tests/explore/process/eintr_bad.c", { NULL } },
	{ "tests/explore/programs/account_bad.c", { NULL } },
	{ "tests/explore/programs/queue_ok.c", { NULL } },
	{ "tests/live/subject.c", { "fill" } },
	{ "tests/live/subject.c", { "files" } },
	{ "tests/live/subject.c", { "poll" } },
	{ "tests/live/subject.c", { "alarm" } },
	{ "tests/live/subject.c", { "spawn" } },
	{ "tests/live/subject.c", { "closes" } },
	{ "tests/live/subject.c", { "exec-thread" } },
};

static const struct example *example;

static void
build(const char *out)
{
	char *command = xasprintf("'%s/ipclab' cc -pthread -w -o '%s' '%s/%s'",
				  getenv("BUILDDIR"), out, getenv("SRCDIR"),
				  example->source);

	ck_assert_int_eq(system(command), 0);
	free(command);
}

/* One that teaches what is shared sees fewer points than those behind it.  */
static struct run_end
run_executed(struct driver *d, uint64_t seed, struct run *r)
{
	struct run_end end;

	do
		end = run(d, &executed, seed, r);
	while (driver_learned(d));
	return end;
}

static void
compare(void)
{
	static struct run first, second;
	char *path = xasprintf("%s/program", tmp);
	char *argv[5] = { path };
	struct driver_config c = {
		.tracer = { .argv = argv, .cwd = tmp, .seed = 1 },
	};
	struct driver *d;
	char *why = NULL;

	memcpy(&argv[1], example->arg, sizeof(example->arg));
	build(path);
	d = driver_open(&c, &why);
	ck_assert_msg(d, "%s", why);
	for (uint64_t i = 0; i < RUNS; i++) {
		struct run_end a = run_executed(d, i, &first);
		struct run_end b = run(d, &forked, i, &second);

		ck_assert(d->server && server_is_heard(d->server));
		ck_assert_uint_gt(first.events, 10);
		same_text(example->source, buf_str(&first.text),
			  buf_str(&second.text));
		ck_assert_uint_eq(a.digest, b.digest);
		ck_assert_int_eq(a.status, b.status);
	}
	driver_close(d);
	unlink(path);
	buf_release(&first.text);
	buf_release(&second.text);
	free(path);
}

/* One process can have one driver.  */
START_TEST(a_fork_tells_what_an_executed_run_tells)
{
	unsigned got;
	int status;
	pid_t pid;

	example = &examples[_i];
	pid = namespace_fork(PARTS_ISOLATED | PART_BIT(PART_PIDS), &got);
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		/* Else they have other process numbers in each run.  */
		if (got & PART_BIT(PART_PIDS))
			compare();
		fflush(NULL);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(status == 0, "the worker ended with status %#x", status);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("beginning");
	TCase *t = tcase_create("events");

	tcase_set_timeout(t, 120);
	tcase_add_loop_test(t, a_fork_tells_what_an_executed_run_tells, 0,
			    ARRAY_SIZE(examples));
	suite_add_tcase(s, t);
	return s;
}

int
main(void)
{
	SRunner *r;
	int failed;

	if (live_lacks_ptrace())
		return 0;
	tmp = live_folder();
	r = srunner_create(suite());
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed > 0;
}
