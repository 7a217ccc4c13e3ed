/*
 * The explorer: hands out the orders of a plan, folds the answers in the order
 * of the items, and says what came of it.
 */
#include "config.h"

#include "explore/claim.h"
#include "explore/config_copy.h"
#include "explore/explore_inside.h"
#include "explore/program.h"
#include "explore/verdict.h"

#include "base/i18n.h"
#include "base/processors.h"
#include "tracer/namespace.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	SHORTEN_RUNS = 400,	/* at most, of each kind of try */
	SHORTEN_STEPS = 1000000,	/* ... and steps in all of them */
	SHORTEN_LONG = 2,	/* ... where runs are long */
	SHORTEN_BUSY = 1,	/* ... where each takes a second */
	RACE_ITEM = 1 << 30,	/* no item of the plan: a race is told */
};
enum { USAGE = 2, MACHINE = 3, FAULT = 70 };	/* exit codes */

static int64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* ---- the end ---- */

static double
rate(const struct explore *e, uint64_t runs)
{
	int64_t until = e->looked_ns ? e->looked_ns : now_ns();
	double s = (double)(until - e->ready_ns) / 1e9;

	return e->ready_ns && s > 0 ? (double)runs / s : 0;
}

/* Runs of items that are not folded, as far as was told.  */
static uint64_t
runs_under_way(const struct explore *e)
{
	uint64_t runs = 0;

	for (size_t i = e->n_folded; i < e->n_handed; i++)
		runs += (uint64_t)(e->handed[i].answered
				   ? e->handed[i].answer.runs
				   : e->handed[i].job->runs);
	return runs;
}

/* What lies in a sandbox only is not looked at outside.  */
static char *
flags_of(const struct explore_config *c)
{
	return c->confine && c->tracer.argv[0][0] != '/'
	       ? NULL : program_flags(c->tracer.argv[0]);
}

static void
write_result(struct explore *e)
{
	struct explore_result *r = &e->result;
	const struct covered *c = &e->covered;
	struct outcome o = {
		.config = &e->config, .covered = c, .failure = &r->failure,
		.budget = e->config.runs ? e->config.runs : BUDGET_RUNS,
		.interrupted = r->interrupted, .parts = e->parts,
		.runs_per_second = rate(e, c->runs),
		.flags = flags_of(&e->config),
	};
	struct buf text = BUF_INIT;

	r->runs = c->runs;
	r->somewhere = c->seen;
	r->followed = c->followed;
	r->passed_over = c->passed_over;
	r->cut = c->cut;
	r->cut_why = copy_or_null(c->cut_why);
	r->runs_per_second = o.runs_per_second;
	r->preemption_bound = c->bound;
	r->complete = claim_is_complete(&o);
	r->differs = copy_or_null(c->differs);
	claim_write(&text, &o);
	r->sentence = buf_take(&text);
	outcome_json(&text, &o);
	r->json = buf_take(&text);
	free(o.flags);
}

static void
end_jobs(struct explore *e, const struct job *but)
{
	for (int i = 0; i < e->started; i++)
		if (&e->job[i] != but)
			runner_end(&e->job[i].runner);
}

static void
finish(struct explore *e)
{
	if (e->stage == STAGE_OVER)
		return;
	/* Broken off: what was under way counts as run, and as no more.  */
	e->covered = *plan_covered(e->plan);
	if (!e->covered.differs && !e->short_tried && !e->filled)
		explore_keep_race(e);
	if (e->stage == STAGE_LOOK)
		e->covered.runs += runs_under_way(e);
	if (e->stage == STAGE_SHORTEN && !e->short_tried)
		e->result.failure.unshortened =
			xstrdup(_("there was no time left"));
	e->stage = STAGE_OVER;
	end_jobs(e, NULL);
	if (!e->looked_ns)
		e->looked_ns = now_ns();
	explore_take_failure(e);
	write_result(e);
}

/* What was found until then stays.  */
static void
give_up(struct explore *e, int status, char *why)
{
	free(e->result.trouble);
	e->result.trouble = why ? why : xstrdup(_("it cannot go on"));
	e->result.trouble_status = status;
	finish(e);
}

/* ---- handing out ---- */

static void
forget_race(struct job *j)
{
	answer_release(&j->race);
	j->race = (struct answer){ .kind = ANSWER_END };
}

static void
hand_to(struct explore *e, struct job *j, const struct order *o)
{
	e->handed = xgrow(e->handed, &e->room, e->n_handed + 1,
			  sizeof(*e->handed));
	e->handed[e->n_handed++] = (struct handed){ .item = o->item,
						    .job = j };
	j->ready = false;
	j->item = o->item;
	j->runs = 0;
	forget_race(j);
	runner_order(&j->runner, o);
}

static struct job *
idle_job(struct explore *e)
{
	/* Job 0 last: it has the search.  */
	for (int i = e->started - 1; i >= 0; i--)
		if (e->job[i].ready)
			return &e->job[i];
	return NULL;
}

/*
 * In the order of the plan.  A part of a search waits for job 0, which has
 * what the search knows.
 */
static void
hand_out(struct explore *e)
{
	struct order o;
	struct job *j;

	while (e->stage == STAGE_LOOK && (j = idle_job(e))) {
		if (!e->has_waits && !plan_next(e->plan, &e->waits))
			return;
		o = e->waits;
		e->has_waits = true;
		if (order_is_of_one(&o))
			j = e->job[0].ready ? &e->job[0] : NULL;
		if (!j)
			return;
		e->has_waits = false;
		hand_to(e, j, &o);
	}
}

/* ---- folding ---- */

static bool
is_of_time(enum verdict v)
{
	return v == VERDICT_CPU_LIMIT || v == VERDICT_WALL_LIMIT ||
	       v == VERDICT_MEMORY_LIMIT;
}

/* By what a run costs, and not by the clock.  */
static int64_t
shorten_runs(const struct explore *e)
{
	const struct answer *found = &e->found;
	int64_t steps = found->steps ? found->steps
				     : plan_covered(e->plan)->length;
	int64_t runs = SHORTEN_STEPS / (steps + 1);

	if (found->verdict && is_of_time(verdict_named(found->verdict)))
		return SHORTEN_BUSY;
	if (runs > SHORTEN_RUNS)
		return SHORTEN_RUNS;
	return runs > SHORTEN_LONG ? runs : SHORTEN_LONG;
}

static void
begin_shortening(struct explore *e, struct job *j, int64_t item, char *tape,
		 char *learned, char *verdict)
{
	struct order o = {
		.kind = ORDER_SHORTEN, .item = item, .strategy = verdict,
		.depth = -1, .runs = shorten_runs(e), .tape = tape,
		.learned = learned,
	};

	e->stage = STAGE_SHORTEN;
	e->looked_ns = now_ns();
	end_jobs(e, j);
	j->item = item;
	j->ready = false;
	runner_order(&j->runner, &o);
}

static void
fold_one(struct explore *e, struct handed *h)
{
	char *why = NULL;

	if (h->answer.kind == ANSWER_FAILURE) {
		e->first_run = plan_fold_failure(e->plan, &h->answer);
		e->found = h->answer;
		h->answer = (struct answer){ .kind = ANSWER_END };
		begin_shortening(e, h->job, h->item, e->found.tape,
				 e->found.learned, e->found.verdict);
		return;
	}
	if (plan_fold(e->plan, &h->answer, &why) < 0)
		give_up(e, FAULT, why);
	answer_release(&h->answer);
}

static void
fold(struct explore *e)
{
	const struct covered *c = plan_covered(e->plan);

	while (e->stage == STAGE_LOOK && e->n_folded < e->n_handed &&
	       e->handed[e->n_folded].answered)
		fold_one(e, &e->handed[e->n_folded++]);
	if (e->stage != STAGE_LOOK || !plan_is_over(e->plan))
		return;
	/* Nothing ended badly, but something is wrong all the same. */
	if (c->race && !c->differs) {
		e->first_run = c->race_run;
		begin_shortening(e, &e->job[0], RACE_ITEM, c->race,
				 c->race_learned, c->race_verdict);
	} else {
		finish(e);
	}
}

/* ---- answers ---- */

/* Alone it is wherever it happens to be.  */
static int
processor_of(const struct explore *e, int job)
{
	int place = e->config.place;

	return place || e->jobs > 1 ? 1 + processors_at(place + job) : 0;
}

static int
start_job(struct explore *e, char **why)
{
	struct job *j = &e->job[e->started];

	e->config.tracer.processor = processor_of(e, e->started);
	*j = (struct job){ .item = -1, .race.kind = ANSWER_END };
	if (runner_start(&j->runner, &e->config, why) < 0)
		return -1;
	e->started++;
	return 0;
}

static void
make_plan(struct explore *e, const char *learned)
{
	const struct explore_config *c = &e->config;
	const struct plan_config plan = {
		.strategy = c->strategy, .bound = c->preemptions,
		.runs = c->runs, .seed = c->seed, .faults = c->faults ? 2 : 0,
		.learned = learned, .follow = c->follow,
	};

	if (e->plan)
		plan_free(e->plan);
	e->plan = plan_new(&plan);
}

/* Those that share objects with each other would disturb each other.  */
static void
take_ready(struct explore *e, struct job *j, const struct answer *a)
{
	unsigned needed = PART_BIT(PART_IPC) | PART_BIT(PART_SHM);
	char *why = NULL;

	j->ready = true;
	if (j != &e->job[0])
		return;
	make_plan(e, a->learned);
	e->ready_ns = now_ns();
	e->parts = (unsigned)a->parts;
	if ((e->parts & needed) != needed)
		e->jobs = 1;
	while (e->started < e->jobs && start_job(e, &why) == 0)
		;
	free(why);		/* fewer, then */
}

static struct handed *
handed_item(struct explore *e, const struct job *j, int64_t item)
{
	for (size_t i = e->n_folded; i < e->n_handed; i++)
		if (e->handed[i].item == item && e->handed[i].job == j)
			return &e->handed[i];
	return NULL;
}

/*
 * The short one takes the place of the one that was found.  The runner may
 * have been at a later item when that was folded: what it answers to it is of
 * no interest any more.
 */
static void
take_short(struct explore *e, const struct job *j, struct answer *a)
{
	if (a->item != j->item)
		return;
	if (a->kind == ANSWER_FAILURE) {
		answer_release(&e->found);
		e->found = *a;
		*a = (struct answer){ .kind = ANSWER_END };
	} else {
		e->result.failure.unshortened = copy_or_null(a->text);
	}
	e->short_tried = true;
	finish(e);
}

static void
take_progress(struct job *j, struct answer *a)
{
	if (!a->race_failure[0] || j->race.race_failure)
		return;
	j->race = *a;
	*a = (struct answer){ .kind = ANSWER_END };
}

static void
take_answer(struct explore *e, struct job *j, struct answer *a)
{
	struct handed *h;

	if (a->kind == ANSWER_READY) {
		take_ready(e, j, a);
		return;
	}
	if (a->kind == ANSWER_REFUSED) {
		give_up(e, plan_covered(e->plan)->runs ? FAULT : MACHINE,
			copy_or_null(a->text));
		return;
	}
	j->runs = a->runs;
	if (a->kind == ANSWER_PROGRESS) {
		take_progress(j, a);
		return;
	}
	if (e->stage == STAGE_SHORTEN) {
		take_short(e, j, a);
		return;
	}
	h = handed_item(e, j, a->item);
	if (!h || h->answered || j->item != a->item) {
		give_up(e, FAULT,
			xstrdup(_("an answer that nobody asked for")));
		return;
	}
	h->answered = j->ready = true;
	j->item = -1;
	h->answer = *a;
	*a = (struct answer){ .kind = ANSWER_END };
}

/* Where the sandbox had no more memory, that is the verdict.  There is nobody
 * left to say how the run went.  */
static void
take_gone(struct explore *e, struct job *j, char *why)
{
	if (!j->runner.full) {
		give_up(e, FAULT, why);
		return;
	}
	if (e->found.kind != ANSWER_FAILURE) {
		e->first_run = 1;
		e->filled = why;
	} else {
		free(e->result.failure.unshortened);
		e->result.failure.unshortened = why;
		e->short_tried = true;
	}
	finish(e);
}

static void
read_job(struct explore *e, struct job *j)
{
	char *why = NULL;
	struct answer a;

	while (e->stage != STAGE_OVER && j->runner.fd >= 0)
		switch (runner_take(&j->runner, &a, &why)) {
		case RUNNER_NOTHING:
			return;
		case RUNNER_GONE:
			take_gone(e, j, why);
			return;
		case RUNNER_ANSWER:
			take_answer(e, j, &a);
			answer_release(&a);
		}
}

/* ---- outside ---- */

static int
jobs_wanted(const struct explore_config *c)
{
	int most = c->jobs_max > 0 && c->jobs_max < JOBS_MAX ? c->jobs_max
							     : JOBS_MAX;
	int wanted = c->jobs > 0 ? c->jobs : processors_count();

	return wanted < most ? wanted : most;
}

static int
check(const struct explore_config *c, int *status, char **why)
{
	*status = USAGE;
	if (c->strategy && !strategy_find(c->strategy))
		return fail(why, _("there is no strategy '%s'"), c->strategy);
	/* What lies in a sandbox is looked for in it.  */
	return c->confine ? 0 : tracer_refuses(&c->tracer, why);
}

struct explore *
explore_start(const struct explore_config *c, int *status, char **why)
{
	struct explore *e;

	if (check(c, status, why) < 0)
		return NULL;
	e = xcalloc(1, sizeof(*e));
	config_copy(&e->config, c);
	e->jobs = jobs_wanted(c);
	make_plan(e, NULL);
	e->found.kind = ANSWER_END;
	e->began_ns = now_ns();
	*status = MACHINE;
	if (start_job(e, why) == 0)
		return e;
	explore_end(e);
	return NULL;
}

int
explore_fds(const struct explore *e, struct pollfd *fds, int room)
{
	int n = 0;

	for (int i = 0; i < e->started && n < room; i++)
		if (e->job[i].runner.fd >= 0)
			fds[n++] = (struct pollfd){
				.fd = e->job[i].runner.fd, .events = POLLIN };
	return n;
}

static bool
is_late(const struct explore *e)
{
	return e->config.seconds > 0 &&
	       (now_ns() - e->began_ns) / INT64_C(1000000000) >=
	       e->config.seconds;
}

void
explore_advance(struct explore *e)
{
	for (int i = 0; i < e->started; i++)
		read_job(e, &e->job[i]);
	if (e->stage == STAGE_LOOK)
		fold(e);
	hand_out(e);
	if (e->stage != STAGE_OVER && is_late(e)) {
		e->result.late = true;
		finish(e);
	}
}

bool
explore_is_over(const struct explore *e)
{
	return e->stage == STAGE_OVER;
}

void
explore_progress(const struct explore *e, struct explore_progress *p)
{
	const struct covered *c = plan_covered(e->plan);

	*p = (struct explore_progress){
		.runs = c->runs, .estimate = c->estimate,
		.budget = e->config.runs ? e->config.runs : BUDGET_RUNS,
	};
	if (e->stage == STAGE_LOOK)
		p->runs += runs_under_way(e);
	p->runs_per_second = rate(e, p->runs);
	p->found = e->found.kind == ANSWER_FAILURE;
	p->stage = e->stage == STAGE_SHORTEN ? "shortening" : "search";
}

void
explore_interrupt(struct explore *e)
{
	if (e->stage == STAGE_OVER)
		return;
	e->result.interrupted = true;
	finish(e);
}

const struct explore_result *
explore_result(const struct explore *e)
{
	return e->stage == STAGE_OVER ? &e->result : NULL;
}

void
explore_end(struct explore *e)
{
	struct explore_result *r = &e->result;

	end_jobs(e, NULL);
	for (int i = 0; i < e->started; i++)
		forget_race(&e->job[i]);
	for (size_t i = e->n_folded; i < e->n_handed; i++)
		if (e->handed[i].answered)
			answer_release(&e->handed[i].answer);
	free(e->handed);
	answer_release(&e->found);
	free(e->filled);
	plan_free(e->plan);
	config_release(&e->config);
	free(r->sentence);
	free(r->json);
	free(r->differs);
	free(r->trouble);
	free(r->cut_why);
	free(r->failure.message);
	free(r->failure.picture);
	free(r->failure.passing);
	free(r->failure.rule);
	free(r->failure.output);
	free(r->failure.rows);
	free(r->failure.refused);
	free(r->failure.unshortened);
	free(r->failure.sleeper);
	free(r->failure.slept_at);
	free(r->failure.sleep_for);
	schedule_release(&r->failure.schedule);
	free(e);
}
