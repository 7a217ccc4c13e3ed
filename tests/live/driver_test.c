/*
 * Driven runs inside one process, run after run: the scenarios of subject.c,
 * under choices made by a function.
 */
#include "config.h"

#include "schedule/schedule.h"
#include "tracer/driver.h"
#include "tracer/namespace.h"

#include "child.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* RUNS of each program, or what the environment says: make check-explore.  */
enum { TAPE_MAX = 4000, RUNS = 8 };

/* Chooses by chance from a seed, or the first; notes what it chose.  */
struct tape {
	struct driver *d;
	uint64_t random;	/* 0: always the first */
	int n, follow;		/* follow: so many are given */
	struct chosen {
		enum alternative_kind kind;
		int actor, number;
	} at[TAPE_MAX];
	int stuck_waits, stuck_sleeps;
	int woken, events, timed;
	bool never_first;	/* the last alternative instead */
};

static int runs = RUNS;
static const char *tmp;
static char program[PATH_MAX_LEN];

static void
look(struct tape *w, const struct position *p)
{
	w->stuck_waits = w->stuck_sleeps = 0;
	for (int i = 0; i < p->n_standing; i++) {
		w->stuck_waits += p->standing[i].state == STANDS_WAITS;
		w->stuck_sleeps += p->standing[i].state == STANDS_SLEEPS;
		w->timed += p->standing[i].state == STANDS_TIMED;
	}
}

static int
find(const struct position *p, const struct chosen *c)
{
	for (int i = 0; i < p->n_alternatives; i++)
		if (p->alternative[i].kind == c->kind &&
		    p->alternative[i].actor == c->actor &&
		    p->alternative[i].number == c->number)
			return i;
	ck_abort_msg("step %d: what was chosen is not possible", p->step);
}

static int
pick(void *with, const struct position *p)
{
	struct tape *w = with;
	int i = w->never_first ? p->n_alternatives - 1 : 0;

	look(w, p);
	ck_assert_int_lt(w->n, TAPE_MAX);
	if (w->n < w->follow) {
		i = find(p, &w->at[w->n]);
	} else if (w->random) {
		w->random ^= w->random << 13;
		w->random ^= w->random >> 7;
		w->random ^= w->random << 17;
		i = (int)(w->random % (uint64_t)p->n_alternatives);
	}
	w->at[w->n].kind = p->alternative[i].kind;
	w->at[w->n].actor = p->alternative[i].actor;
	w->at[w->n++].number = p->alternative[i].number;
	return i;
}

static void
did(void *with, const struct position *p, int picked, const struct done *d)
{
	struct tape *w = with;

	(void)p, (void)picked;
	w->woken += d->n_woken;
}

static void
event(void *with, const struct event *e)
{
	struct tape *w = with;

	(void)e;
	w->events++;
}

static const struct decider quiet = { pick, did, NULL };
static const struct decider loud = { pick, did, event };

static struct driver *
open_driver(const struct driver_config *c)
{
	char *why = NULL;
	struct driver *d = driver_open(c, &why);

	ck_assert_msg(d, "%s", why);
	return d;
}

static struct driver *
driver(const char *scenario)
{
	static char *argv[3];
	struct driver_config c = {
		.tracer = { .argv = argv, .cwd = tmp, .seed = 1 },
	};

	argv[0] = program;
	argv[1] = (char *)(uintptr_t)scenario;
	return open_driver(&c);
}

static struct run_end
run_by(struct driver *d, const struct decider *decider, struct tape *w)
{
	struct run_end end;
	char *why = NULL;

	w->n = w->woken = w->events = w->timed = 0;
	w->d = d;
	ck_assert_msg(driver_run(d, decider, w, &end, &why) == 0, "%s", why);
	return end;
}

static struct run_end
run(struct driver *d, struct tape *w)
{
	return run_by(d, &quiet, w);
}

/* ---- each test is a worker of its own ---- */

/* What the kernel gives a run in one namespace it does not give the next. */
static void
in_worker(void (*test)(void))
{
	unsigned got;
	int status;
	pid_t pid = namespace_fork(PARTS_ISOLATED | PART_BIT(PART_PIDS), &got);

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		test();
		fflush(NULL);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(status == 0, "the worker ended with status %#x", status);
}

#define WORKER_TEST(name) \
	static void name##_inside(void); \
	START_TEST(name) { in_worker(name##_inside); } END_TEST \
	static void name##_inside(void)

WORKER_TEST(a_run_ends_when_all_have_ended)
{
	static struct tape w;
	struct driver *d = driver("fill");
	struct run_end end = run(d, &w);

	ck_assert_int_eq(end.how, ENDING_OVER);
	ck_assert_int_eq(end.status, 0);
	ck_assert_uint_eq(end.steps, w.n);
	ck_assert_uint_gt(end.steps, 10);
	ck_assert_int_eq(end.position->step, w.n);
	ck_assert_int_eq(end.position->n_standing, 2);
	ck_assert_int_eq(end.position->standing[1].state, STANDS_ENDED);
	ck_assert_str_eq(driver_actor(d, 0), "A");
	ck_assert_str_eq(driver_actor(d, 1), "A.1");
	ck_assert_ptr_null(driver_actor(d, 2));
	ck_assert_int_eq(end.left.zombies.n + end.left.processes.n +
			 end.left.objects.n, 0);
	driver_close(d);
}

/* Of every scenario, under many schedules: what is chosen decides.  */
static const char *const scenarios[] = {
	"fill", "large", "threads", "fifo", "files", "sleep", "poll", "left",
	"alarm", "spawn", "entropy", "sigpipe", "closes", "exec-thread",
};

static const char *scenario;

static void
same_choices(void)
{
	static struct tape w, again;
	struct driver *d = driver(scenario);

	for (int i = 0; i < runs; i++) {
		struct run_end end, other;

		memset(&w, 0, sizeof(w));
		w.random = i;
		end = run(d, &w);
		again = w;
		again.random = 0;
		again.follow = w.n;
		other = run_by(d, i % 2 ? &quiet : &loud, &again);
		ck_assert_int_eq(again.n, w.n);
		ck_assert_msg(end.digest == other.digest,
			      "%s: run %d: two digests", scenario, i);
		ck_assert_int_eq(end.how, other.how);
		ck_assert_int_eq(end.status, other.status);
		ck_assert(i % 2 || again.events > 0);
	}
	driver_close(d);
}

/* ... whoever of them draws first.  */
WORKER_TEST(each_actor_has_random_numbers_of_its_own)
{
	static struct tape w;
	struct driver *d = driver("draw");
	char first[80] = "";

	for (int i = 0; i < runs; i++) {
		struct run_end end;

		memset(&w, 0, sizeof(w));
		w.random = (uint64_t)i * 7919;
		end = run(d, &w);
		ck_assert_int_eq(end.status, 0);
		if (i == 0)
			snprintf(first, sizeof(first), "%s", end.output);
		ck_assert_uint_gt(strlen(first), 20);
		ck_assert_str_eq(end.output, first);
	}
	driver_close(d);
}

START_TEST(the_same_choices_give_the_same_run)
{
	scenario = scenarios[_i];
	in_worker(same_choices);
}
END_TEST

/* ---- the same run in a session's tracer ---- */

/* Up to "held" or "end"; what cannot be chosen is told by "differ".  */
static bool
read_step(FILE *in, struct event *e)
{
	char *line = NULL, *why = NULL;
	size_t room = 0;
	ssize_t len;
	bool on = false;

	while (!on && (len = getline(&line, &room, in)) > 0) {
		if (strncmp(line, "{\"ipclab\"", 9) == 0)
			continue;
		ck_assert_msg(event_parse(line, len, e, &why) == 0, "%s",
			      why);
		ck_assert_msg(e->what != WHAT_DIFFER, "%s: %s", scenario,
			      e->text);
		on = e->what == WHAT_HELD || e->what == WHAT_END;
	}
	free(line);
	return on && e->what == WHAT_HELD;
}

static void
write_choice(struct driver *d, const struct chosen *c, int to)
{
	static const enum choice_kind kinds[] = {
		[ALTERNATIVE_GO] = CHOICE_GO,
		[ALTERNATIVE_EXPIRE] = CHOICE_EXPIRE,
	};
	struct choice choice = { .kind = kinds[c->kind] };
	struct buf text = BUF_INIT;

	COPY_STR(choice.actor, driver_actor(d, c->actor));
	choice_write(&text, &choice);
	buf_addc(&text, '\n');
	ck_assert_int_eq(write(to, text.data, text.len), (ssize_t)text.len);
	buf_release(&text);
}

static void
same_output(int fd, const struct run_end *end)
{
	static char text[65536];
	ssize_t n = pread(fd, text, sizeof(text), 0);

	ck_assert_int_eq(n, (ssize_t)end->output_len);
	ck_assert(memcmp(text, end->output, n) == 0);
}

/* In the end the run is over, or nobody can go.  */
static void
replay(struct driver *d, const struct tape *w, const struct run_end *end,
       char **argv)
{
	static struct event e;
	struct buf words = BUF_INIT;
	struct tracer_config c = {
		.argv = argv, .cwd = tmp, .seed = 1, .driven = true,
		.private_pids = true, .isolate = true,
		.output = memfd_create("output", MFD_CLOEXEC),
	};
	struct tracer t;
	char *why = NULL;
	FILE *in;

	driver_learned_write(d, &words);
	c.learned = buf_str(&words);
	c.looks = true;
	ck_assert_msg(tracer_start(&t, &c, &why) == 0, "%s", why);
	in = fdopen(t.events, "r");
	for (int i = 0; i < w->n; i++) {
		ck_assert_msg(read_step(in, &e), "%s: over after %d of %d "
			      "steps", scenario, i, w->n);
		write_choice(d, &w->at[i], t.commands);
	}
	ck_assert_int_eq(read_step(in, &e), end->how != ENDING_OVER);
	if (end->how == ENDING_OVER && WIFEXITED(end->status))
		ck_assert_int_eq(e.status, WEXITSTATUS(end->status));
	t.events = dup(t.events);
	fclose(in);
	tracer_stop(&t);
	same_output(c.output, end);
	close(c.output);
	buf_release(&words);
}

/* Built with `ipclab cc`; and those that are not.  */
static const char *const programs[] = {
	"programs/account_bad", "programs/deadlock01_bad",
	"programs/queue_ok", "programs/sync01_ok", "process/ramdump_bad",
	"process/counter_bad", "process/fifo_bad", "process/eintr_bad",
};

static void
build(const char *name, char *out, size_t room)
{
	char *command = xasprintf("'%s/ipclab' cc -pthread -w -o '%s' "
				  "'%s/tests/explore/%s.c'",
				  getenv("BUILDDIR"), out, getenv("SRCDIR"),
				  name);

	(void)room;
	ck_assert_int_eq(system(command), 0);
	free(command);
}

static void
same_in_session(void)
{
	static struct tape w;
	static char path[PATH_MAX_LEN];
	static char *argv[] = { path, NULL };
	struct driver_config c = {
		.tracer = { .argv = argv, .cwd = tmp, .seed = 1 },
	};
	struct driver *d;

	snprintf(path, sizeof(path), "%s/%s", tmp, "program");
	build(scenario, path, sizeof(path));
	d = open_driver(&c);
	for (int i = 0; i < runs; i++) {
		struct run_end end;

		memset(&w, 0, sizeof(w));
		w.random = i;
		end = run(d, &w);
		ck_assert(driver_has_runtime(d));
		ck_assert(i > 0 || end.how != ENDING_CUT);
		/* A run that taught something is not repeatable as such. */
		if (!driver_learned(d))
			replay(d, &w, &end, argv);
	}
	driver_close(d);
	unlink(path);
}

START_TEST(a_session_makes_the_same_run)
{
	scenario = programs[_i];
	in_worker(same_in_session);
}
END_TEST

static void
same_plain_in_session(void)
{
	static struct tape w;
	static char *argv[3] = { program };
	struct driver *d = driver(scenario);

	argv[1] = (char *)(uintptr_t)scenario;
	for (int i = 0; i < 6; i++) {
		struct run_end end;

		memset(&w, 0, sizeof(w));
		w.random = i;
		end = run(d, &w);
		replay(d, &w, &end, argv);
	}
	driver_close(d);
}

START_TEST(a_session_makes_the_same_run_of_any_program)
{
	scenario = scenarios[_i];
	in_worker(same_plain_in_session);
}
END_TEST

/* The inode of each descriptor; 0: it is closed.  */
static void
descriptors(ino_t ino[64])
{
	struct stat st;

	for (int fd = 0; fd < 64; fd++)
		ino[fd] = fstat(fd, &st) == 0 ? st.st_ino : 0;
}

/* A fork server goes when what was learned is forgotten.  What it used of the
 * driver's stays open.  */
WORKER_TEST(a_server_ends_alone)
{
	static struct tape w;
	static char path[PATH_MAX_LEN];
	static char *argv[] = { path, NULL };
	struct driver_config c = {
		.tracer = { .argv = argv, .cwd = tmp, .seed = 1 },
	};
	ino_t before[64], after[64];
	struct driver *d;

	snprintf(path, sizeof(path), "%s/%s", tmp, "program");
	build("process/counter_bad", path, sizeof(path));
	d = open_driver(&c);
	descriptors(before);
	for (int i = 0; i < 3; i++) {
		run(d, &w);
		ck_assert(driver_has_runtime(d));
		ck_assert_int_eq(driver_learned_read(d, ""), 0);
		descriptors(after);
		for (int fd = 0; fd < 64; fd++)
			ck_assert_msg(!before[fd] || before[fd] == after[fd],
				      "descriptor %d was closed", fd);
	}
	driver_close(d);
	unlink(path);
}

WORKER_TEST(a_deadlock_is_where_nobody_can_go)
{
	static struct tape w;
	struct driver *d = driver("deadlock");
	struct run_end end = run(d, &w);

	ck_assert_int_eq(end.how, ENDING_STUCK);
	ck_assert_int_eq(end.status, -1);
	/* ... and the next run begins as if nothing had been.  */
	ck_assert_uint_eq(run(d, &w).digest, end.digest);
	driver_close(d);
}

WORKER_TEST(who_computes_without_end_is_found)
{
	static struct tape w;
	static char *argv[] = { program, (char *)"spin", NULL };
	struct driver_config c = {
		.tracer = { .argv = argv, .cwd = tmp },
		.busy_ns = 20000000,
	};
	char place[80];
	struct driver *d = open_driver(&c);
	struct run_end end = run(d, &w);

	ck_assert_int_eq(end.how, ENDING_CUT);
	ck_assert(end.busy);
	ck_assert_str_eq(driver_actor(d, end.busy_actor), "A");
	ck_assert_uint_ne(end.busy_pc, 0);
	ck_assert(driver_source(d, end.busy_actor, end.busy_pc, place,
				sizeof(place)));
	ck_assert_msg(strstr(place, "subject.c:"), "%s", place);
	ck_assert_str_ne(end.over, "");
	ck_assert_int_eq(run(d, &w).busy, true);
	driver_close(d);
}

WORKER_TEST(a_bomb_is_bounded)
{
	static struct tape w;
	static char *argv[] = { program, (char *)"bomb", NULL };
	struct driver_config c = {
		.tracer = { .argv = argv, .cwd = tmp, .tasks_max = 50 },
	};
	struct driver *d = open_driver(&c);

	for (int i = 0; i < 3; i++) {
		struct run_end end = run(d, &w);

		ck_assert_int_eq(end.how, ENDING_CUT);
		ck_assert_str_ne(end.over, "");
	}
	driver_close(d);
}

WORKER_TEST(a_flood_of_steps_is_bounded)
{
	static struct tape w;
	static char *argv[] = { program, (char *)"flood", NULL };
	struct driver_config c = {
		.tracer = { .argv = argv, .cwd = tmp }, .steps_max = 300,
	};
	struct driver *d = open_driver(&c);
	struct run_end end = run(d, &w);

	ck_assert_int_eq(end.how, ENDING_CUT);
	ck_assert_uint_eq(end.steps, 300);
	driver_close(d);
}

static int
give_up(void *with, const struct position *p)
{
	return p->step == 3 ? -1 : pick(with, p);
}

WORKER_TEST(a_run_can_be_given_up)
{
	static struct tape w;
	static const struct decider short_of = { give_up, did, NULL };
	struct driver *d = driver("fill");
	struct run_end end = run_by(d, &short_of, &w);

	ck_assert_int_eq(end.how, ENDING_GIVEN_UP);
	ck_assert_uint_eq(end.steps, 3);
	driver_close(d);
}

WORKER_TEST(a_crash_is_told)
{
	static struct tape w;
	struct driver *d = driver("crash");
	struct run_end end = run(d, &w);

	ck_assert_str_ne(end.crash, "");
	driver_close(d);
}

/* What a program finds in its folder it found there in the first run, too. */
WORKER_TEST(each_run_finds_the_folder_as_it_was)
{
	static struct tape w;
	static char *argv[] = {
		(char *)"/bin/sh", (char *)"-c",
		(char *)"cat old; ls; echo new > old; mkfifo f; > g; mkdir d; "
			"rm gone; > d/h; ls", NULL
	};
	struct driver_config c = { .tracer = { .argv = argv, .cwd = tmp } };
	struct driver *d;
	char *path = xasprintf("%s/old", tmp), *gone;
	struct run_end end;
	FILE *f = fopen(path, "w");

	fputs("before\n", f);
	fclose(f);
	gone = xasprintf("%s/gone", tmp);
	close(open(gone, O_WRONLY | O_CREAT, 0600));
	d = open_driver(&c);
	for (int i = 0; i < 3; i++) {
		end = run(d, &w);
		ck_assert_int_eq(end.status, 0);
		ck_assert_str_eq(end.output, "before\ngone\nold\n"
				 "d\nf\ng\nold\n");
		ck_assert_int_eq(end.left.objects.n, 1);
		ck_assert_str_eq(end.left.objects.name[0], "f (FIFO)");
	}
	driver_close(d);
	ck_assert_int_eq(access(gone, F_OK), 0);
	unlink(path);
	unlink(gone);
	free(path);
	free(gone);
}

WORKER_TEST(objects_and_processes_that_are_left_are_counted)
{
	static struct tape w;
	static char maker[PATH_MAX_LEN];
	static char *argv[] = { maker, (char *)"make", (char *)"/driver",
				(char *)"77", NULL };
	struct driver_config c = { .tracer = { .argv = argv, .cwd = tmp } };
	struct driver *d;
	struct run_end end;
	uint64_t first = 0;

	snprintf(maker, sizeof(maker), "%s/tests/live/maker",
		 getenv("BUILDDIR"));
	d = open_driver(&c);
	for (int i = 0; i < 3; i++) {
		end = run(d, &w);
		ck_assert_int_gt(end.left.objects.n, 0);
		ck_assert_str_ne(end.left.objects.name[0], "");
		/* Numbers of objects, ports of sockets: as the first time. */
		ck_assert(i == 0 || end.digest == first);
		first = end.digest;
	}
	driver_close(d);
}

WORKER_TEST(what_cannot_be_run_is_refused)
{
	static char *argv[] = { (char *)"/nowhere/nothing", NULL };
	struct driver_config c = { .tracer = { .argv = argv, .cwd = tmp } };
	char *why = NULL;

	ck_assert_ptr_null(driver_open(&c, &why));
	ck_assert_str_ne(why, "");
	free(why);
}

static Suite *
suite(void)
{
	Suite *s = suite_create("driver");
	TCase *t = tcase_create("runs");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, a_run_ends_when_all_have_ended);
	tcase_add_loop_test(t, the_same_choices_give_the_same_run, 0,
			    ARRAY_SIZE(scenarios));
	tcase_add_loop_test(t, a_session_makes_the_same_run, 0,
			    ARRAY_SIZE(programs));
	tcase_add_loop_test(t, a_session_makes_the_same_run_of_any_program, 0,
			    ARRAY_SIZE(scenarios));
	tcase_add_test(t, a_server_ends_alone);
	tcase_add_test(t, a_deadlock_is_where_nobody_can_go);
	tcase_add_test(t, each_actor_has_random_numbers_of_its_own);
	tcase_add_test(t, who_computes_without_end_is_found);
	tcase_add_test(t, a_bomb_is_bounded);
	tcase_add_test(t, a_flood_of_steps_is_bounded);
	tcase_add_test(t, a_run_can_be_given_up);
	tcase_add_test(t, a_crash_is_told);
	tcase_add_test(t, each_run_finds_the_folder_as_it_was);
	tcase_add_test(t, objects_and_processes_that_are_left_are_counted);
	tcase_add_test(t, what_cannot_be_run_is_refused);
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
	if (getenv("RUNS"))
		runs = atoi(getenv("RUNS"));
	tmp = live_folder();
	snprintf(program, sizeof(program), "%s/tests/live/subject",
		 getenv("BUILDDIR"));
	r = srunner_create(suite());
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed > 0;
}
