/* See work.h: what all orders have in common.  */
#include "config.h"

#include "explore/work_inside.h"

#include "base/i18n.h"
#include "base/words.h"
#include "explore/config_copy.h"
#include "explore/loops.h"
#include "explore/verdict.h"
#include "tracer/refused.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TELL_NS INT64_C(100000000)
enum { OUTPUT_TOLD = 4096 };	/* bytes of what a failing run printed */

/*
 * Actors are numbered as they are first seen.  One run that is the same for
 * all, made first, gives them the same numbers in all runners, and shows most
 * of what they share; one of them is ordered to judge it.
 */
struct first {
	struct strategy *strategy;
	struct places *places;
};

static int
pick_first(void *with, const struct position *p)
{
	struct strategy *s = ((struct first *)with)->strategy;

	return s->kind->pick(s, p);
}

static void
did_first(void *with, const struct position *p, int picked,
	  const struct done *d)
{
	const struct first *f = with;

	f->strategy->kind->did(f->strategy, p, picked, d);
	places_note(f->places, p->alternative[picked].actor, &d->op,
		    position_is_lonely(p));
}

static int
make_first(struct work *w, char **why)
{
	const struct strategy_config c = { .depth = -1 };
	struct strategy *s = strategy_find("march")->open(&c);
	struct first f = { .strategy = s, .places = &w->places };
	struct picker by = { .pick = pick_first, .did = did_first, .with = &f };
	int rc;

	places_release(&w->places);
	s->kind->begin(s);
	rc = attempt(&w->attempts, &by, why);
	s->kind->close(s);
	places_sort(&w->places);
	return rc;
}

static int
judge_first(struct work *w, char **why)
{
	int over;

	if (!w->fresh && make_first(w, why) < 0)
		return -1;
	over = work_count(w) ? 1 : work_lead_on(w, why);
	if (!over)
		work_tell_end(w);
	return over < 0 ? -1 : 0;
}

int
work_lead_on(struct work *w, char **why)
{
	struct attempts *all = &w->attempts;
	struct tape tape = TAPE_INIT;
	struct follow f = { .tape = &tape, .skip = SIZE_MAX,
			    .exact = spins_suspect(all->spins),
			    .rest = FOLLOW_STRAIGHT };
	int over;

	/* Made again, a run that taught something has other steps.  */
	if (!f.exact || f.exact > all->last.tape.n || attempt_taught(all))
		return 0;
	tape_copy(&tape, &all->last.tape);
	tape.n = f.exact;
	spins_lead(all->spins, LEAD_SUSPECT);
	follow_begin(&f);
	over = attempt_follow(all, &f, why);
	follow_end(&f);
	spins_lead(all->spins, LEAD_NOBODY);
	tape_release(&tape);
	/* It is that run, made longer: it does not count.  */
	w->end.runs--;
	return over < 0 ? -1 : work_count(w);
}

struct work *
work_open(const struct explore_config *config, work_tell *tell, void *with,
	  char **why)
{
	struct work *w = xcalloc(1, sizeof(*w));

	w->tell = tell;
	w->with = with;
	if (attempts_open(&w->attempts, config, why) == 0 &&
	    make_first(w, why) == 0) {
		w->fresh = true;
		return w;
	}
	work_close(w);
	return NULL;
}

void
work_learned(const struct work *w, struct buf *out)
{
	attempts_learned(&w->attempts, out);
}

void
work_close(struct work *w)
{
	for (size_t i = 0; i < ARRAY_SIZE(w->under_way); i++)
		if (w->under_way[i].strategy)
			w->under_way[i].strategy->kind->close(
				w->under_way[i].strategy);
	attempts_close(&w->attempts);
	buf_release(&w->learned);
	buf_release(&w->text);
	buf_release(&w->points);
	buf_release(&w->tallied);
	places_release(&w->places);
	free(w);
}

/* ---- answers ---- */

static int64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* Only for people to see that it goes on: not every time.  */
static void
tell_progress(struct work *w)
{
	struct answer a = w->end;
	int64_t now = now_ns();

	if (now - w->told_ns < TELL_NS)
		return;
	w->told_ns = now;
	a.kind = ANSWER_PROGRESS;
	w->tell(w->with, &a);
}

static const char *
actor_name(const void *with, int actor)
{
	const char *name = driver_actor(with, actor);

	return name ? name : "?";
}

/* What was known to be shared when the run that was made last began; of loops
 * who makes it again need not know.  */
static char *
shared_words(const struct work *w)
{
	struct buf words = BUF_INIT, places = BUF_INIT;
	struct loops loops = { .n = 0 };

	if (!driver_has_runtime(w->attempts.driver))
		return NULL;
	loops_read(&loops, buf_str(&w->attempts.words), &places);
	driver_learned_name(w->attempts.driver, buf_str(&places), &words);
	buf_release(&places);
	return buf_take(&words);
}

/* NULL: it was given none.  */
static char *
environment(const struct explore_config *c)
{
	struct buf words = BUF_INIT;

	if (!c->tracer.env)
		return NULL;
	words_join(&words, c->tracer.env);
	return buf_take(&words);
}

static void
write_schedule(const struct work *w, const struct tape *t, struct buf *out)
{
	const struct explore_config *c = w->attempts.config;
	struct schedule s = SCHEDULE_INIT;

	attempts_header(&w->attempts, &s.header);
	if (c->lesson)
		COPY_STR(s.lesson, c->lesson);
	COPY_STR(s.namespaces, "private");
	COPY_STR(s.output, "file");
	COPY_STR(s.looks, "points");
	s.shared = shared_words(w);
	s.environment = environment(c);
	s.input = copy_or_null(c->input);
	COPY_STR(s.calls, c->tracer.confined ? "confined" : "");
	tape_schedule(t, &s, actor_name, w->attempts.driver);
	schedule_write(out, &s);
	schedule_release(&s);
}

static int64_t
seen(const struct work *w)
{
	struct rules *rules = w->attempts.rules;

	return rules ? (int64_t)sights_seen(rules_sights(rules)) : 0;
}

/* The attempt made last, as a failure; who writes it frees what is set.  */
struct failing {
	struct answer answer;
	struct buf tape, schedule, refused;
	char *output;
};

/* Who makes a call of another architecture is killed, whatever it was.  */
static void
write_refused(const struct run_end *end, struct buf *out)
{
	const char *killed = strstr(end->crash, ": SIGSYS");

	buf_adds(out, "");
	refused_write(end->refused, out);
	if (killed)
		buf_addf(out, "%.*s\t%s\t\t1\t\n",
			 (int)(killed - end->crash), end->crash,
			 "another architecture");
}

static void
failing_init(struct failing *f, const struct work *w, const struct told *told)
{
	const struct attempt *made = &w->attempts.last;
	const struct rules *rules = w->attempts.rules;

	*f = (struct failing){ .answer = {
		.kind = ANSWER_FAILURE,
		.item = w->order->item,
		.runs = w->end.runs,
		.estimate = w->end.estimate,
		.verdict = (char *)verdict_word(made->verdict),
		.message = told && told->message ? told->message
						 : made->message,
		.switches = tape_switches(&made->tape),
		.preemptions = tape_preemptions(&made->tape),
		.faults = tape_faults(&made->tape),
		.steps = (int64_t)made->end.steps,
		.picture = told ? told->picture : NULL,
		.passing = told ? told->passing : NULL,
		.rows = told ? told->rows : NULL,
		.at_end = told ? (int64_t)told->at_end : 0,
		.sleeper = told ? told->sleeper : NULL,
		.slept_at = told ? told->slept_at : NULL,
		.sleep_for = told ? told->sleep_for : NULL,
		.turning_step = told ? told->turning_step : 0,
		.busy_wait = (char *)buf_str(&w->attempts.busy_wait),
		.rule = (char *)(rules ? rules_broken(rules) : NULL),
		.seen = seen(w),
		.followed = w->end.followed, .passed_over = w->end.passed_over,
		.runtime = driver_has_runtime(w->attempts.driver),
	} };
	tape_write(&f->tape, &made->tape, actor_name, w->attempts.driver);
	write_schedule(w, &made->tape, &f->schedule);
	if (w->attempts.config->tracer.confined)
		write_refused(&made->end, &f->refused);
	f->answer.refused = (char *)buf_str(&f->refused);
	f->output = xstrndup(made->end.output ? made->end.output : "",
			     made->end.output_len < OUTPUT_TOLD ?
			     made->end.output_len : OUTPUT_TOLD);
	f->answer.output = f->output;
	f->answer.tape = (char *)buf_str(&f->tape);
	f->answer.learned = (char *)buf_str(&w->attempts.words);
	f->answer.schedule = (char *)buf_str(&f->schedule);
}

static void
failing_release(struct failing *f)
{
	buf_release(&f->tape);
	buf_release(&f->schedule);
	buf_release(&f->refused);
	free(f->output);
}

void
work_tell_failure(struct work *w, const struct told *told)
{
	struct failing f;

	failing_init(&f, w, told);
	w->tell(w->with, &f.answer);
	failing_release(&f);
}

void
work_tell_end(struct work *w)
{
	struct attempts *all = &w->attempts;
	uint64_t since[ACTS_COUNT];

	for (int i = 0; i < ACTS_COUNT; i++)
		since[i] = all->points[i] - w->before[i];
	buf_clear(&w->points);
	counts_write(&w->points, since);
	buf_clear(&w->learned);
	attempts_learned(all, &w->learned);
	w->end.kind = ANSWER_END;
	w->end.seen = seen(w);
	w->end.points = (char *)buf_str(&w->points);
	buf_clear(&w->tallied);
	tally_write(&w->tallied, &w->tally);
	w->end.tally = (char *)buf_str(&w->tallied);
	w->end.busy_wait = (char *)buf_str(&all->busy_wait);
	w->end.learned = (char *)buf_str(&w->learned);
	w->end.unknown = (char *)buf_str(&all->unknown);
	w->end.plain = (char *)buf_str(&all->plain);
	w->end.text = (char *)buf_str(&w->text);
	w->end.runtime = driver_has_runtime(all->driver);
	w->tell(w->with, &w->end);
}

/* ---- an item ---- */

static void
keep_first(char **text, const char *said)
{
	if (!*text && said[0])
		*text = xstrdup(said);
}

/* Is it a fault whatever comes of it?  */
static bool
is_kept(enum verdict v)
{
	return v == VERDICT_RACE || v == VERDICT_BUSY_WAIT;
}

/* The learner sees more in a run that ends badly, so the search for one goes on
 * for a while.  A race comes before a busy-wait, whichever was found first.  */
static void
keep_race(struct work *w)
{
	const char *word = verdict_word(w->attempts.last.verdict);
	struct buf line = BUF_INIT;
	struct failing f;

	if (!race_comes_before(word, w->end.race_verdict))
		return;
	free(w->end.race);
	free(w->end.race_learned);
	free(w->end.race_verdict);
	free(w->end.race_failure);
	w->end.race_verdict = xstrdup(word);
	failing_init(&f, w, NULL);
	answer_write(&line, &f.answer);
	w->end.race = buf_take(&f.tape);
	w->end.race_learned = xstrdup(buf_str(&w->attempts.words));
	w->end.race_failure = buf_take(&line);
	w->end.race_run = w->end.runs;
	failing_release(&f);
	w->told_ns = 0;		/* who is interrupted then can tell of it */
}

bool
work_count(struct work *w)
{
	const struct attempt *made = &w->attempts.last;
	struct answer *e = &w->end;

	e->runs++;
	if ((int64_t)made->end.steps > e->length)
		e->length = (int64_t)made->end.steps;
	if (made->actors > e->actors)
		e->actors = made->actors;
	e->cut += made->how == ENDING_CUT;
	e->races += made->raced;
	keep_first(&e->cut_why, made->end.over);
	keep_first(&e->unsupported, made->end.unsupported);
	words_unite(&w->attempts.plain, made->end.plain);
	if (attempt_taught(&w->attempts))
		e->taught = true;
	if (made->end.how == ENDING_OVER && made->end.status >= 0)
		tally_add(&w->tally, made->end.status, made->end.output,
			  made->end.output_len);
	if (is_kept(made->verdict)) {
		keep_race(w);
	} else if (made->verdict != VERDICT_ACCEPT) {
		work_tell_failure(w, NULL);
		return true;
	}
	tell_progress(w);
	return false;
}

static void
begin_item(struct work *w, const struct order *o)
{
	free(w->end.cut_why);
	free(w->end.unsupported);
	free(w->end.race);
	free(w->end.race_learned);
	free(w->end.race_verdict);
	free(w->end.race_failure);
	w->order = o;
	w->end = (struct answer){ .item = o->item };
	w->tally = (struct tally){ .n = 0 };
	if (w->attempts.rules && !(w->fresh && o->kind == ORDER_FIRST))
		sights_clear(rules_sights(w->attempts.rules));
	if (!(w->fresh && o->kind == ORDER_FIRST)) {
		memcpy(w->before, w->attempts.points, sizeof(w->before));
		buf_clear(&w->attempts.unknown);
		buf_clear(&w->attempts.busy_wait);
		buf_clear(&w->attempts.plain);
	}
	buf_clear(&w->text);
}

/* All items begin with what their order says, whoever carries them out.  */
static int
learn(struct work *w, const char *words)
{
	buf_clear(&w->learned);
	attempts_learned(&w->attempts, &w->learned);
	return strcmp(buf_str(&w->learned), words) == 0 ? 0
	       : attempts_learn(&w->attempts, words);
}

int
work_do(struct work *w, const struct order *o, char **why)
{
	static int (*const ways[ORDERS_COUNT])(struct work *w, char **why) = {
		[ORDER_FIRST] = judge_first,
		[ORDER_TWICE] = work_twice,
		[ORDER_SEARCH] = work_search,
		[ORDER_SHORTEN] = work_shorten,
		[ORDER_FOLLOW] = work_follow,
	};
	int rc;

	begin_item(w, o);
	/* The first run begins with nothing, and what it taught stays.  */
	if (o->kind != ORDER_FIRST && learn(w, o->learned) < 0)
		return fail(why, _("these are no addresses: %s"), o->learned);
	rc = ways[o->kind](w, why);
	w->fresh = false;
	return rc;
}
