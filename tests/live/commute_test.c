/*
 * Is what the table says true?  Each pair of acts that it says commute is done
 * on real objects of the kernel, by two processes, in both orders from the
 * same state: results and end must be the same.  Prints TAP.
 *
 * An act without a maker, and a pair that is never done, needs a reason here.
 */
#include "config.h"

#include "child.h"
#include "commute.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WATCHDOG = 60, TEXT = 256 };

const char *commute_folder;

static const struct bench *const benches[] = {
	&bench_bytes, &bench_pipes, &bench_queues, &bench_semaphores,
	&bench_mutex, &bench_rwlock, &bench_condition, &bench_barrier,
	&bench_names, &bench_folder, &bench_inode, &bench_signals, &bench_processes,
	&bench_sockets, &bench_counters, &bench_table,
};

/* Acts that no maker does.  */
static const struct {
	enum act act;
	const char *why;
} excused[] = {
	{ ACT_OFFSET_USE, "commutes with nothing" },
	{ ACT_COND_WAIT, "commutes with nothing" },
	{ ACT_COND_WOKEN, "commutes with nothing" },
	{ ACT_COND_CONTROL, "commutes with nothing" },
	{ ACT_BARRIER_CONTROL, "commutes with nothing" },
	{ ACT_FUTEX_WAIT, "commutes with nothing" },
	{ ACT_FUTEX_WAKE, "commutes with nothing" },
	{ ACT_ONCE, "commutes with nothing" },
	{ ACT_SIGNAL_CONTROL, "commutes with nothing" },
	{ ACT_SIGNAL_WAIT, "commutes with nothing" },
	{ ACT_SIGNAL_TAKE, "commutes with nothing" },
	{ ACT_SIGNAL_REACH, "is what an operation is besides: nothing is "
			    "done" },
	{ ACT_EXEC, "commutes with nothing" },
	{ ACT_EXIT_GROUP, "commutes with nothing" },
	{ ACT_PROCESS_CONTROL, "commutes with nothing" },
	{ ACT_SOCKET_CONNECT, "commutes with nothing" },
	{ ACT_SOCKET_ACCEPT, "commutes with nothing" },
	{ ACT_COUNTER_CONTROL, "commutes with nothing" },
	{ ACT_OUTPUT, "commutes with nothing" },
	{ ACT_CLOCK, "time is the lab's own: nothing is asked of the kernel" },
	{ ACT_TIMER, "commutes with nothing" },
	{ ACT_UNKNOWN, "commutes with nothing" },
};

/* Pairs with a condition that never says "commutes".  */
static const struct {
	enum act a, b;
	const char *why;
} never[] = {
	{ ACT_LOCK, ACT_UNLOCK, "the unlock comes first" },
	{ ACT_WRITE_LOCK, ACT_RW_UNLOCK, "the unlock comes first" },
	{ ACT_PIPE_READ, ACT_PIPE_WRITE, "depends, or enables" },
	{ ACT_SEM_POST, ACT_SEM_TRY, "depends" },
	{ ACT_SOCKET_SEND, ACT_SOCKET_RECEIVE, "depends, or enables" },
	{ ACT_COUNTER_ADD, ACT_COUNTER_TAKE, "depends, or enables" },
};

static bool done[ACTS_COUNT][ACTS_COUNT];

/* What a run gave, in memory that it shares with the test.  */
static struct outcome {
	enum dependence verdict;
	bool whole;		/* it came to its end */
	long result[2];
	char end[TEXT];
} *outcome;

/* ---- actors ---- */

static int tell[2][2], hear[2][2];	/* pipes to and from each actor */
static pid_t actor_pid[2];

static void
act(const struct maker *m, int actor)
{
	long r;
	char c;

	if (m->prepare)
		m->prepare(actor);
	if (write(hear[actor][1], "", 1) < 0 ||
	    read(tell[actor][0], &c, 1) != 1)
		_exit(1);
	r = m->go(actor);
	if (write(hear[actor][1], &r, sizeof(r)) < 0)
		_exit(1);
	pause();
	_exit(0);
}

static void
start(const struct bench *b, const struct maker *m, int actor)
{
	char c;

	if (m->by_parent)
		return;
	if (pipe(tell[actor]) < 0 || pipe(hear[actor]) < 0)
		abort();
	actor_pid[actor] = b->shares_table ?
		(pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0) :
		fork();
	if (actor_pid[actor] == 0)
		act(m, actor);
	if (read(hear[actor][0], &c, 1) != 1)
		abort();
}

static void
wait_for_entry(const struct bench *b, int64_t before)
{
	while (b->have(0) <= before)
		sched_yield();
}

static void
hear_result(const struct maker *m, int actor)
{
	siginfo_t info;

	if (m->ends) {
		waitid(P_PID, (id_t)actor_pid[actor], &info,
		       WEXITED | WNOWAIT);
		outcome->result[actor] = info.si_status;
	} else if (read(hear[actor][0], &outcome->result[actor],
			sizeof(long)) != sizeof(long)) {
		abort();
	}
}

static void
go(const struct bench *b, const struct maker *m, int actor)
{
	int64_t before = m->sleeps ? b->have(m->object) : 0;

	if (m->by_parent) {
		outcome->result[actor] = m->go(actor);
		return;
	}
	if (write(tell[actor][1], "", 1) < 0)
		abort();
	if (m->sleeps)
		wait_for_entry(b, before);
	else
		hear_result(m, actor);
}

/* ---- a run ---- */

static struct touch
touch_of(const struct bench *b, const struct maker *m)
{
	return (struct touch){
		.act = m->act, .object = 1, .from = m->from, .to = m->to,
		.value = m->value,
		.have = m->counts && b->have ? b->have(m->object)
					     : HAVE_UNKNOWN,
	};
}

static void
end(const struct bench *b, const struct maker *const *m)
{
	struct buf out = BUF_INIT;

	if (b->release)
		b->release();
	for (int i = 0; i < 2; i++) {
		if (m[i]->sleeps)
			hear_result(m[i], i);
		if (m[i]->by_parent)
			continue;
		kill(actor_pid[i], SIGKILL);
		waitpid(actor_pid[i], NULL, 0);
	}
	b->end(&out);
	snprintf(outcome->end, TEXT, "%s", buf_str(&out));
	outcome->whole = true;
	_exit(0);
}

/* Actor 0 does the first maker, actor 1 the second; first: who begins.  */
static void
run(const struct bench *b, int state, const struct maker *const *m, int first)
{
	struct touch one, two, still;

	alarm(WATCHDOG);
	b->make(state);
	for (int i = 0; i < 2; i++)
		start(b, m[i], i);
	one = touch_of(b, m[first]);
	still = touch_of(b, m[!first]);
	go(b, m[first], first);
	two = touch_of(b, m[!first]);
	outcome->verdict = act_dependence(&one, &two);
	/* The search asks also while both are still to come.  */
	if (act_dependence(&one, &still) == COMMUTES &&
	    act_dependence(&still, &one) == COMMUTES)
		outcome->verdict = COMMUTES;
	/* The other order is done whatever the verdict would be there.  */
	if (first == 0 && outcome->verdict != COMMUTES) {
		for (int i = 0; i < 2; i++)
			if (!m[i]->by_parent)
				kill(actor_pid[i], SIGKILL);
		if (b->release)
			_exit(0);
		outcome->result[!first] = 0;
		end(b, m);
	}
	go(b, m[!first], !first);
	end(b, m);
}

static struct outcome
outcome_of(const struct bench *b, int state, const struct maker *const *m,
	   int first)
{
	pid_t pid;

	memset(outcome, 0, sizeof(*outcome));
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		run(b, state, m, first);
	waitpid(pid, NULL, 0);
	return *outcome;
}

/* ---- pairs ---- */

static bool
same(const struct outcome *a, const struct outcome *b)
{
	return a->whole && b->whole && a->result[0] == b->result[0] &&
	       a->result[1] == b->result[1] && strcmp(a->end, b->end) == 0;
}

static void
show(const char *order, const struct outcome *o)
{
	printf("# %s: %ld, %ld, then %s\n", order, o->result[0], o->result[1],
	       o->whole ? o->end : "it did not end");
}

/* True: as it should be.  */
static bool
try_pair(const struct bench *b, int state, const struct maker *one,
	 const struct maker *two)
{
	const struct maker *m[2] = { one, two };
	struct outcome forth, back;

	if (one->object != two->object || (one->can && !one->can(state)) ||
	    (two->can && !two->can(state)))
		return true;
	forth = outcome_of(b, state, m, 0);
	if (forth.verdict != COMMUTES)
		return true;
	back = outcome_of(b, state, m, 1);
	done[one->act][two->act] = done[two->act][one->act] = true;
	if (same(&forth, &back))
		return true;
	printf("# %s, state %d: %s, %s\n", b->name, state, act_text(one->act),
	       act_text(two->act));
	show("in this order", &forth);
	show("in the other", &back);
	return false;
}

static bool
try_bench(const struct bench *b)
{
	bool good = true;

	for (int state = 0; state < b->states; state++)
		for (int i = 0; i < b->n_makers; i++)
			for (int j = 0; j < b->n_makers; j++)
				good &= try_pair(b, state, &b->makers[i],
						 &b->makers[j]);
	return good;
}

/* ---- nothing is left out ---- */

static bool
has_maker(enum act act)
{
	for (size_t i = 0; i < ARRAY_SIZE(benches); i++)
		for (int j = 0; j < benches[i]->n_makers; j++)
			if (benches[i]->makers[j].act == act)
				return true;
	return false;
}

static bool
is_excused(enum act act)
{
	for (size_t i = 0; i < ARRAY_SIZE(excused); i++)
		if (excused[i].act == act)
			return true;
	return false;
}

static bool
every_act_is_done(void)
{
	bool good = true;

	for (int a = 0; a < ACTS_COUNT; a++)
		if (has_maker(a) == is_excused(a)) {
			printf("# %s: %s\n", act_text(a), has_maker(a) ?
			       "has a maker and an excuse" :
			       "has no maker and no excuse");
			good = false;
		}
	return good;
}

/* "Commutes with nothing" must be so.  */
static bool
excuses_are_true(void)
{
	bool good = true;

	for (size_t i = 0; i < ARRAY_SIZE(excused); i++)
		for (int b = 0; b < ACTS_COUNT; b++) {
			const char *rule = dependence_rule(excused[i].act, b);

			if (strcmp(excused[i].why, "commutes with nothing") ||
			    strcmp(rule, "yes") || b == ACT_READY_LOOK ||
			    is_excused(b))
				continue;
			printf("# %s: commutes with %s\n",
			       act_text(excused[i].act), act_text(b));
			good = false;
		}
	return good;
}

static bool
is_never(enum act a, enum act b)
{
	for (size_t i = 0; i < ARRAY_SIZE(never); i++)
		if ((never[i].a == a && never[i].b == b) ||
		    (never[i].a == b && never[i].b == a))
			return true;
	return false;
}

/* Polling is done with what can be polled.  */
static bool
is_wanted(enum act a, enum act b)
{
	const char *rule = dependence_rule(a, b);

	if (!has_maker(a) || !has_maker(b) || !act_meets(a, b) ||
	    strcmp(rule, "no") == 0)
		return false;
	return a == b || (a != ACT_READY_LOOK && b != ACT_READY_LOOK);
}

static bool
every_pair_is_done(void)
{
	int n = 0, missing = 0;

	for (int a = 0; a < ACTS_COUNT; a++)
		for (int b = a; b < ACTS_COUNT; b++) {
			if (!is_wanted(a, b))
				continue;
			n += done[a][b];
			if (done[a][b] != is_never(a, b))
				continue;
			printf("# %s, %s (%s): %s\n", act_text(a), act_text(b),
			       dependence_rule(a, b), done[a][b] ?
			       "was done, and is said never to be" :
			       "was never done");
			missing++;
		}
	printf("# %d pairs of acts were done in both orders\n", n);
	return missing == 0;
}

int
main(void)
{
	int n = 0;
	bool good = true;

	commute_folder = live_folder();
	outcome = mmap(NULL, sizeof(*outcome), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (outcome == MAP_FAILED)
		return 1;
	signal(SIGPIPE, SIG_IGN);
	printf("1..%zu\n", ARRAY_SIZE(benches) + 3);
#define TELL(ok, ...) \
	do { \
		bool is_good = (ok); \
		good &= is_good; \
		printf("%sok %d - ", is_good ? "" : "not ", ++n); \
		printf(__VA_ARGS__); \
	} while (0)
	for (size_t i = 0; i < ARRAY_SIZE(benches); i++)
		TELL(try_bench(benches[i]), "%s: both orders are alike\n",
		     benches[i]->name);
	TELL(every_act_is_done(), "every act has a maker or a reason\n");
	TELL(excuses_are_true(), "the reasons are true\n");
	TELL(every_pair_is_done(), "every pair that commutes was done\n");
	return !good;
}
