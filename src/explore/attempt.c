/* See attempt.h.  */
#include "config.h"

#include "explore/attempt.h"

#include "base/i18n.h"
#include "base/words.h"
#include "explore/message.h"
#include "explore/verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECOND INT64_C(1000000000)

enum {
	STEPS_MAX = 10000,	/* of a run: thousands of runs are made */
	BUSY_PART = 5,		/* of its processor time, without a point */
};

int
attempts_open(struct attempts *a, const struct explore_config *config,
	      char **why)
{
	const struct tracer_limits *l = &config->tracer.limits;
	struct driver_config c = {
		.tracer = config->tracer,
		.signals = config->signals,
		.faults = config->faults,
		.strict = config->strict && !config->leaks_allowed,
		.input = config->input,
		.steps_max = STEPS_MAX,
	};

	*a = (struct attempts){ .config = config };
	c.tracer.seed = config->seed;
	if (l->steps > 0)
		c.steps_max = l->steps;
	if (l->cpu > 0)
		c.busy_ns = l->cpu * SECOND / BUSY_PART;
	a->driver = driver_open(&c, why);
	if (!a->driver)
		return -1;
	a->races = races_new();
	a->spins = spins_new();
	spins_ask(a->spins, driver_state, a->driver);
	a->holds = held_new();
	if ((config->rules || config->somewhere) &&
	    !(a->rules = rules_new(config->rules, config->somewhere, why)))
		return -1;
	return 0;
}

void
attempts_close(struct attempts *a)
{
	if (a->driver)
		driver_close(a->driver);
	races_free(a->races);
	spins_free(a->spins);
	held_free(a->holds);
	rules_free(a->rules);
	buf_release(&a->last.broken);
	free(a->shown.standing);
	free(a->shown.alternative);
	tape_release(&a->last.tape);
	free(a->last.message);
	free(a->last.hash);
	buf_release(&a->last.steps);
	buf_release(&a->unknown);
	buf_release(&a->plain);
	buf_release(&a->words);
	buf_release(&a->busy_wait);
	*a = (struct attempts){ .config = NULL };
}

/* ---- during a run ---- */

struct watched {
	struct attempts *attempts;
	const struct picker *by;
};

/* Those who go round in a loop are not shown as able to go.  */
static const struct position *
show(struct attempts *a, const struct position *p)
{
	struct position *s = &a->shown, old = *s;
	size_t standing = (size_t)p->n_standing;
	size_t alternatives = (size_t)p->n_alternatives;

	*s = *p;
	s->standing = xgrow(old.standing, &a->room_standing, standing,
			    sizeof(*s->standing));
	s->alternative = xgrow(old.alternative, &a->room_alternatives,
			       alternatives, sizeof(*s->alternative));
	if (standing)
		memcpy(s->standing, p->standing,
		       standing * sizeof(*s->standing));
	if (alternatives)
		memcpy(s->alternative, p->alternative,
		       alternatives * sizeof(*s->alternative));
	spins_filter(a->spins, s);
	return s;
}

/* The same alternative in the driver's position.  */
static int
find_shown(const struct position *p, const struct alternative *a)
{
	for (int i = 0; i < p->n_alternatives; i++) {
		const struct alternative *b = &p->alternative[i];

		if (b->kind == a->kind && b->actor == a->actor &&
		    b->number == a->number)
			return i;
	}
	return -1;
}

static int
watch_pick(void *with, const struct position *p)
{
	struct watched *w = with;
	struct attempts *a = w->attempts;
	const struct position *shown = show(a, p);

	if (shown->n_alternatives == 0) {
		a->last.busy = spins_busy(a->spins, &a->last.busy_pc);
		a->last.livelock = a->last.busy < 0;
		return -1;
	}
	a->picked = w->by->pick(w->by->with, shown);
	if (a->picked < 0 || a->picked >= shown->n_alternatives)
		return -1;
	return find_shown(p, &shown->alternative[a->picked]);
}

/* FNV-1a, over what must be equal in two runs that are the same.  */
static uint64_t
hash_step(const struct alternative *a, const struct operation *o)
{
	struct buf text = BUF_INIT;
	uint64_t hash = UINT64_C(14695981039346656037);

	buf_addf(&text, "%d %d %d ", a->kind, a->actor, a->number);
	operation_write(&text, o);
	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.data[i]) *
		       UINT64_C(1099511628211);
	buf_release(&text);
	return hash;
}

static void
note_step(struct attempts *all, const struct alternative *a,
	  const struct operation *o)
{
	struct attempt *made = &all->last;
	const char *name = driver_actor(all->driver, a->actor);

	if (!made->want_steps)
		return;
	made->hash = xgrow(made->hash, &made->room_hash, made->n_hash + 1,
			   sizeof(*made->hash));
	made->hash[made->n_hash++] = hash_step(a, o);
	buf_addf(&made->steps, "%s: ", name ? name : "?");
	operation_write(&made->steps, o);
	buf_addc(&made->steps, '\n');
}

static void
count(struct attempts *a, const struct operation *o)
{
	for (int i = 0; i < o->n; i++)
		a->points[o->touch[i].act]++;
	if (o->unknown) {
		a->points[ACT_UNKNOWN] += o->n == 0;
		words_unite(&a->unknown, o->call[0] ? o->call : "?");
	}
}

static void
watch_did(void *with, const struct position *true_p, int true_picked,
	  const struct done *d)
{
	struct watched *w = with;
	struct attempt *made = &w->attempts->last;
	const struct position *p = &w->attempts->shown;
	int picked = w->attempts->picked;
	int actor = p->alternative[picked].actor;
	const struct race *race;

	(void)true_p, (void)true_picked;
	tape_add(&made->tape, p, picked);
	note_step(w->attempts, &p->alternative[picked], &d->op);
	count(w->attempts, &d->op);
	if (p->n_standing > made->actors)
		made->actors = p->n_standing;
	spins_step(w->attempts->spins, actor, d);
	held_step(w->attempts->holds, p, actor, d);
	race = races_step(w->attempts->races, p, actor, d);
	if (race && !made->raced) {
		made->raced = true;
		made->race = *race;
	}
	if (w->by->did)
		w->by->did(w->by->with, p, picked, d);
}

static void
watch_event(void *with, const struct event *e)
{
	struct watched *w = with;

	if (w->attempts->rules)
		rules_event(w->attempts->rules, e);
	if (w->by->event)
		w->by->event(w->by->with, e);
}

/* ---- the run ---- */

/* A livelock is shown as it began: that it went on is of no interest.  */
static void
leave_out_watched(struct attempts *a)
{
	struct attempt *made = &a->last;
	size_t watched = spins_watched(a->spins);

	if (!made->livelock || watched > made->tape.n)
		return;
	made->tape.n -= watched;
	made->end.steps -= watched;
}


static void
forget_last(struct attempt *last)
{
	last->tape.n = 0;
	free(last->message);
	last->message = NULL;
	last->verdict = VERDICT_ACCEPT;
	last->whole = last->raced = last->livelock = last->asks = false;
	last->actors = 0;
	last->busy = -1;
	last->n_hash = 0;
	buf_clear(&last->steps);
	buf_clear(&last->broken);
}

struct role
attempts_role(const struct attempts *a, int actor)
{
	const char *name = driver_actor(a->driver, actor);

	return cast_role(a->config->tracer.cast, name ? name : "?");
}

struct role
attempts_killed(const struct attempts *a, const struct attempt *made)
{
	char name[NAME_MAX_LEN];
	size_t n = strcspn(made->end.crash, " ");	/* "A:1: SIGSEGV" */

	snprintf(name, sizeof(name), "%.*s", (int)(n ? n - 1 : 0),
		 made->end.crash);
	return cast_role(a->config->tracer.cast, name);
}

void
attempts_header(const struct attempts *a, struct header *h)
{
	const struct explore_config *c = a->config;
	struct buf command = BUF_INIT;

	*h = (struct header){ .version = EVENT_VERSION, .driven = true,
			      .seed = c->seed };
	words_join(&command, c->tracer.argv);
	COPY_STR(h->command, buf_str(&command));
	if (c->tracer.cwd)
		COPY_STR(h->cwd, c->tracer.cwd);
	if (c->tracer.cast)
		COPY_STR(h->cast, c->tracer.cast);
	buf_release(&command);
}

static void
begin(struct attempts *a)
{
	struct header h;

	forget_last(&a->last);
	races_begin(a->races);
	spins_begin(a->spins);
	held_begin(a->holds);
	if (!a->rules)
		return;
	attempts_header(a, &h);
	rules_begin(a->rules, &h);
}

void
attempts_learned(const struct attempts *a, struct buf *out)
{
	driver_learned_write(a->driver, out);
	spins_known(a->spins, out);
}

static int
begin_with(struct attempts *a, const char *words, bool keep)
{
	struct buf rest = BUF_INIT;
	int rc;

	spins_know(a->spins, words, keep, &rest);
	rc = driver_learned_read(a->driver, buf_str(&rest));
	buf_release(&rest);
	return rc;
}

int
attempts_learn(struct attempts *a, const char *words)
{
	return begin_with(a, words, false);
}

bool
attempt_taught(const struct attempts *a)
{
	return driver_learned(a->driver) || spins_taught(a->spins);
}

/* What a run knows to be shared decides where its points are: a tape is made
 * again only with the same words.  */
static void
know(struct attempts *a)
{
	buf_clear(&a->words);
	attempts_learned(a, &a->words);
	if (!a->frozen || strcmp(buf_str(&a->words), a->frozen) == 0)
		return;
	begin_with(a, a->frozen, true);
	buf_clear(&a->words);
	buf_adds(&a->words, a->frozen);
}

/* Others could have gone on: where that is allowed, nothing is wrong with the
 * run, but it was not made to its end.  */
static void
judge_busy_wait(struct attempts *a)
{
	struct attempt *made = &a->last;

	if (!made->livelock || !spins_asks(a->spins))
		return;
	if (!a->busy_wait.len)
		verdict_busy_wait(a, &a->shown, &a->busy_wait);
	made->asks = a->config->busy_waits_fail;
	if (made->asks || !spins_is_led(a->spins))
		return;
	made->livelock = false;
	made->how = ENDING_GIVEN_UP;
}

/* Why it was cut off is told with who is to blame, where there is room.  */
static void
tell_unfair(struct attempts *a)
{
	struct run_end *end = &a->last.end;
	size_t n = strlen(end->over);
	struct buf who = BUF_INIT;

	if (end->how != ENDING_CUT || end->bound != BOUND_TIME ||
	    a->config->tracer.confined)
		return;
	verdict_unfair(a, &a->last, &who);
	if (who.len && n + who.len + 3 < sizeof(end->over))
		snprintf(end->over + n, sizeof(end->over) - n, "%s%s",
			 _("; "), buf_str(&who));
	buf_release(&who);
}

int
attempt(struct attempts *a, const struct picker *by, char **why)
{
	struct watched w = { .attempts = a, .by = by };
	const struct decider decider = {
		.pick = watch_pick, .did = watch_did,
		.event = by->event || a->rules ? watch_event : NULL,
		/* No condition asks where in the source anybody is.  */
		.sources = by->event != NULL,
	};
	struct attempt *made = &a->last;

	begin(a);
	know(a);
	if (driver_run(a->driver, &decider, &w, &made->end, why) < 0)
		return -1;
	leave_out_watched(a);
	tell_unfair(a);
	made->how = made->livelock ? ENDING_STUCK : made->end.how;
	judge_busy_wait(a);
	if (made->end.busy) {
		made->busy = made->end.busy_actor;
		made->busy_pc = made->end.busy_pc;
	}
	made->position = made->livelock ? &a->shown : made->end.position;
	made->whole = made->how == ENDING_OVER || made->how == ENDING_STUCK;
	if (a->rules && made->whole)
		rules_end(a->rules, &made->broken);
	made->held = held_end(a->holds, made->position);
	made->verdict = verdict_of(a, made, &made->message);
	return 0;
}

static int
pick_followed(void *with, const struct position *p)
{
	return follow_pick(with, p);
}

int
attempt_follow(struct attempts *a, struct follow *f, char **why)
{
	struct picker by = { .pick = pick_followed, .with = f };

	return attempt(a, &by, why);
}
