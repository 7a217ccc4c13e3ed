/*
 * What operations touch, in real runs: where two steps that follow each other
 * are said to commute, the run with the two exchanged must be possible, go on
 * in the same way, and end in the same way.  With arguments: shows the
 * operations of a run of that program; after "swap", exchanges in that one.
 */
#include "config.h"

#include "base/base.h"
#include "base/buf.h"
#include "schedule/dependency.h"
#include "tracer/driver.h"
#include "tracer/namespace.h"

#include "child.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STEPS = 600, ALTERNATIVES = 40, SEEDS = 3, SWAPS = 60, OUTPUT = 4096,
       LESSONS = 40 };

struct chosen {
	enum alternative_kind kind;
	int actor, number;
};

struct tape {
	uint64_t random;
	int n, follow;		/* follow: so many are given */
	int impossible;		/* a step that could not be followed, -1 */
	struct step {
		struct chosen chosen;
		struct operation op;
		int n_woken, n_others;
		uint64_t living;	/* actors that had been born, as bits */
		struct chosen other[ALTERNATIVES];	/* also possible */
	} at[STEPS];
	struct run_end end;
	char output[OUTPUT];
};

static const char *tmp;
static struct tape first, second;

/* ---- runs ---- */

static struct chosen
chosen(const struct alternative *a)
{
	return (struct chosen){ a->kind, a->actor, a->number };
}

static bool
same(const struct chosen *a, const struct chosen *b)
{
	return a->kind == b->kind && a->actor == b->actor &&
	       a->number == b->number;
}

static int
followed(struct tape *w, const struct position *p)
{
	for (int i = 0; i < p->n_alternatives; i++) {
		struct chosen c = chosen(&p->alternative[i]);

		if (same(&c, &w->at[w->n].chosen))
			return i;
	}
	w->impossible = w->n;
	return -1;
}

static int
pick(void *with, const struct position *p)
{
	struct tape *w = with;
	struct step *s = &w->at[w->n];
	int i;

	if (w->n == STEPS)
		return -1;
	if (w->n < w->follow)
		return followed(w, p);
	w->random ^= w->random << 13;
	w->random ^= w->random >> 7;
	w->random ^= w->random << 17;
	i = (int)(w->random % (uint64_t)p->n_alternatives);
	s->chosen = chosen(&p->alternative[i]);
	s->n_others = 0;
	for (int j = 0; j < p->n_alternatives && j < ALTERNATIVES; j++)
		s->other[s->n_others++] = chosen(&p->alternative[j]);
	return i;
}

static void
did(void *with, const struct position *p, int picked, const struct done *d)
{
	struct tape *w = with;

	(void)p, (void)picked;
	w->at[w->n].op = d->op;
	w->at[w->n].living = 0;
	for (int i = 0; i < p->n_standing; i++)
		w->at[w->n].living |= UINT64_C(1) << p->standing[i].actor % 64;
	w->at[w->n++].n_woken = d->n_woken;
}

static void
run(struct driver *d, struct tape *w)
{
	static const struct decider decider = { pick, did, NULL };
	char *why = NULL;

	w->n = 0;
	w->impossible = -1;
	ck_assert_msg(driver_run(d, &decider, w, &w->end, &why) == 0, "%s",
		      why);
	snprintf(w->output, sizeof(w->output), "%.*s", (int)w->end.output_len,
		 w->end.output);
}

/* ---- exchanging ---- */

static bool
was_possible(const struct step *s, const struct chosen *c)
{
	for (int i = 0; i < s->n_others; i++)
		if (same(&s->other[i], c))
			return true;
	return false;
}

/* Whoever is woken moves as well, within the step.  */
static bool
was_born(const struct step *s, int actor)
{
	return s->living >> actor % 64 & 1;
}

static bool
can_be_swapped(const struct tape *w, int i)
{
	const struct step *a = &w->at[i], *b = &w->at[i + 1];

	return a->chosen.actor != b->chosen.actor &&
	       was_born(a, b->chosen.actor) && !a->n_woken &&
	       !b->n_woken && dependence(&a->op, &b->op) == COMMUTES;
}

static void
show_step(const struct tape *w, int i, struct buf *b)
{
	if (i >= w->n) {
		buf_adds(b, "\n(none)");
		return;
	}
	buf_addf(b, "\n%d: ", w->at[i].chosen.actor);
	operation_write(b, &w->at[i].op);
}

static void
show_pair(const struct tape *w, int i, struct buf *b)
{
	show_step(w, i, b);
	show_step(w, i + 1, b);
}

/* Numbers of objects and counts may be others, as they are of the moment.  */
static bool
looks_alike(const struct operation *a, const struct operation *b)
{
	if (a->n != b->n || strcmp(a->call, b->call) != 0)
		return false;
	for (int i = 0; i < a->n; i++)
		if (a->touch[i].act != b->touch[i].act)
			return false;
	return true;
}

/* Where they differ: a step, the number of steps: at the end; -1.  */
static int
difference(const struct tape *a, const struct tape *b, int swapped)
{
	if (b->impossible >= 0)
		return b->impossible;
	for (int i = 0; i < a->n && i < b->n; i++) {
		int j = i == swapped ? i + 1 : i == swapped + 1 ? i - 1 : i;

		if (!looks_alike(&a->at[j].op, &b->at[i].op))
			return i;
	}
	return a->n == b->n && a->end.how == b->end.how &&
	       a->end.status == b->end.status &&
	       a->end.left.zombies.n == b->end.left.zombies.n &&
	       a->end.left.processes.n == b->end.left.processes.n &&
	       strcmp(a->output, b->output) == 0 &&
	       strcmp(a->end.crash, b->end.crash) == 0 ? -1 : b->n;
}

/* False: it taught something, and cannot be compared.  */
static bool
swap(struct driver *d, const char *name, int i)
{
	struct chosen kept = first.at[i].chosen;
	struct buf b = BUF_INIT;
	int at;

	for (int j = 0; j < first.n; j++)
		second.at[j].chosen = first.at[j].chosen;
	second.at[i].chosen = first.at[i + 1].chosen;
	second.at[i + 1].chosen = kept;
	second.follow = first.n;
	run(d, &second);
	if (driver_learned(d)) {	/* more points than before */
		buf_release(&b);
		return false;
	}
	at = difference(&first, &second, i);
	show_pair(&first, i, &b);
	if (at >= 0) {
		buf_addf(&b, "\nstep %d was and is: ", at);
		show_step(&first, at, &b);
		show_step(&second, at, &b);
	}
	ck_assert_msg(at < 0, "%s: step %d is said to commute with the next, "
		      "but exchanged they make a difference: %s", name, i,
		      buf_str(&b));
	buf_release(&b);
	return true;
}

/* Of runs before, threads share what none of them shared: these saw fewer
 * points.  */
static void
learn(struct driver *d)
{
	for (int same = 0, i = 0; same < 4 && i < LESSONS; i++) {
		first.random = (uint64_t)i * 104729 + 1;
		first.follow = 0;
		run(d, &first);
		same = driver_learned(d) ? 0 : same + 1;
	}
}

/* Returns how many pairs were exchanged.  */
static int
swaps(char **argv, const char *name)
{
	struct driver_config c = {
		.tracer = { .argv = argv, .cwd = tmp, .seed = 1 },
		.steps_max = STEPS,
	};
	char *why = NULL;
	struct driver *d = driver_open(&c, &why);
	int n = 0;

	ck_assert_msg(d, "%s", why);
	learn(d);
	for (int seed = 1; seed <= SEEDS; seed++) {
		int here = 0;

		first.random = (uint64_t)seed * 7919;
		first.follow = 0;
		run(d, &first);
		for (int i = 0; i + 1 < first.n && here < SWAPS; i++) {
			struct buf b = BUF_INIT;

			if (!can_be_swapped(&first, i))
				continue;
			show_pair(&first, i, &b);
			ck_assert_msg(was_possible(&first.at[i],
						   &first.at[i + 1].chosen),
				      "%s: step %d is said to commute with "
				      "one that it made possible: %s", name, i,
				      buf_str(&b));
			buf_release(&b);
			if (!swap(d, name, i))
				break;
			here++;
		}
		n += here;
	}
	driver_close(d);
	return n;
}

/* ---- programs ---- */

static const struct {
	const char *program, *word;
	int least;		/* pairs that are exchanged */
} programs[] = {
	{ "subject", "fill", 1 }, { "subject", "threads", 0 },
	{ "subject", "fifo", 0 }, { "subject", "files", 0 },
	{ "subject", "poll", 0 }, { "subject", "left", 1 },
	{ "subject", "closes", 0 }, { "subject", "sigpipe", 0 },
	{ "subject", "exec-thread", 0 }, { "subject", "deadlock", 0 },
	{ "mechanisms", "semaphores", 0 }, { "mechanisms", "semaphore", 0 },
	{ "mechanisms", "named", 0 }, { "mechanisms", "counter", 0 },
	{ "mechanisms", "lock", 0 }, { "mechanisms", "timer", 0 },
	{ "sharer", "anonymous", 0 }, { "sharer", "posix", 0 },
	{ "sharer", "memfd", 0 }, { "sharer", "system_v", 0 },
	{ "queuer", NULL, 0 }, { "mqueuer", NULL, 0 },
	{ "signals", "coalesce", 0 }, { "signals", "queue", 0 },
	{ "signals", "take", 0 }, { "signals", "threads", 0 },
	{ "signals", "suspend", 0 }, { "signals", "group", 0 },
};

/* Each is a worker of its own, in namespaces of its own.  */
static void
in_worker(void (*test)(int), int i)
{
	unsigned got;
	int status;
	pid_t pid = namespace_fork(PARTS_ISOLATED | PART_BIT(PART_PIDS), &got);

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		test(i);
		fflush(NULL);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(status == 0, "the worker ended with status %#x", status);
}

/* Of tests/explore, compiled by `ipclab cc`.  */
static const char *const compiled[] = {
	"process/append_bad", "process/fifo_ok", "process/flock_bad",
	"process/setval_bad", "process/ramdump_bad", "process/pshared_ok",
	"process/queue_bad", "process/replies_ok", "process/lock_folder_bad",
	"process/publish_ok", "process/current_ok", "process/adopted_ok",
	"programs/account_ok",
	"programs/deadlock01_ok", "programs/lost_wakeup_bad",
	"programs/stringbuffer_ok", "programs/twostage_bad",
};

static void
compile(const char *name, const char *to)
{
	char command[1024];

	snprintf(command, sizeof(command), "'%s' cc -w -o '%s' "
		 "'%s/tests/explore/%s.c' -lrt", getenv("IPCLAB"), to,
		 getenv("SRCDIR"), name);
	ck_assert_msg(system(command) == 0, "%s does not compile", name);
}

static void
swap_compiled(int i)
{
	char path[PATH_MAX_LEN];
	char *argv[] = { path, NULL };

	snprintf(path, sizeof(path), "%s/compiled", tmp);
	compile(compiled[i], path);
	ck_assert_int_gt(swaps(argv, compiled[i]), 0);
	unlink(path);
}

static char **given;	/* by arguments: this alone */

static void
swap_program(int i)
{
	char path[PATH_MAX_LEN];
	char *argv[] = { path, (char *)(uintptr_t)programs[i].word, NULL };

	if (given) {
		printf("%d pairs\n", swaps(given, given[0]));
		return;
	}
	snprintf(path, sizeof(path), "%s/tests/live/%s", getenv("BUILDDIR"),
		 programs[i].program);
	ck_assert_int_ge(swaps(argv, programs[i].word ? programs[i].word :
			       programs[i].program), programs[i].least);
}

START_TEST(what_commutes_can_be_exchanged)
{
	in_worker(swap_program, _i);
}
END_TEST

START_TEST(what_commutes_in_compiled_programs_can_be_exchanged)
{
	in_worker(swap_compiled, _i);
}
END_TEST

/* ---- looking ---- */

static int
pick_last(void *with, const struct position *p)
{
	(void)with;
	return p->n_alternatives - 1;
}

static void
show(void *with, const struct position *p, int picked, const struct done *d)
{
	struct buf b = BUF_INIT;

	operation_write(&b, &d->op);
	printf("%3d %-6s %s\n", p->step,
	       driver_actor(with, p->alternative[picked].actor), buf_str(&b));
	buf_release(&b);
}

static int
dump(char **argv)
{
	const struct decider decider = { pick_last, show, NULL };
	struct driver_config c = { .tracer = { .argv = argv, .seed = 1 } };
	struct run_end end;
	char *why = NULL;
	struct driver *d = driver_open(&c, &why);

	if (!d || driver_run(d, &decider, d, &end, &why) < 0) {
		fprintf(stderr, "%s\n", why);
		return 1;
	}
	printf("%d steps, ending %d, status %d\n%s", (int)end.steps, end.how,
	       end.status, end.output);
	driver_close(d);
	return 0;
}

int
main(int argc, char **argv)
{
	Suite *s = suite_create("footprint");
	TCase *c = tcase_create("footprint");
	SRunner *r;
	int failed;

	if (argc > 2 && strcmp(argv[1], "swap") == 0)
		given = argv + 2;
	else if (argc > 1)
		return dump(argv + 1);
	if (live_lacks_ptrace())
		return 0;
	tmp = live_folder();
	tcase_set_timeout(c, 0);
	tcase_add_loop_test(c, what_commutes_can_be_exchanged, 0,
			    given ? 1 : ARRAY_SIZE(programs));
	if (!given)
		tcase_add_loop_test(c,
			what_commutes_in_compiled_programs_can_be_exchanged,
			0, ARRAY_SIZE(compiled));
	suite_add_tcase(s, c);
	r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed > 0;
}
