/* See slept.h: a few runs that differ only in when a sleep ends.  */
#include "config.h"

#include "explore/slept.h"

#include "explore/report.h"

#include <stdlib.h>
#include <string.h>

enum { SAMPLES = 12, LOOKS_MAX = 3, NOBODY = -1, ALL = -2 };

struct stepped {
	enum alternative_kind kind;
	int actor;
	bool delay;		/* a sleep ended here */
	bool early;		/* ... while others could go, or sleep */
	struct operation op;
};

/* A run, and how it is led.  */
struct led {
	struct follow follow;
	int late;		/* whose sleeps end last: an actor, ALL, NOBODY */
	int eager;		/* who always goes first, NOBODY */
	struct position shown;
	size_t room;
	int *index;		/* of what is shown: where it stood */
	size_t room_index;
	struct stepped *step;
	size_t n, room_steps;
	struct report *report;	/* knows where in the source; NULL: not asked */
};

/* ---- leading ---- */

/* Its own signals: those that reach it, and the alarm that it waits for.  */
static bool
is_own_signals(const struct operation *o, const struct touch *t)
{
	uint32_t own = 0;

	for (int i = 0; i < o->n; i++)
		if (o->touch[i].act == ACT_SIGNAL_REACH)
			own = o->touch[i].object;
	return t->act == ACT_SIGNAL_REACH ||
	       (t->object == own && (t->act == ACT_SIGNAL_WAIT ||
				     t->act == ACT_SIGNAL_SEND));
}

/* Nothing but time ends it: whoever waits for an object touches that.  */
static bool
is_delay(const struct alternative *a)
{
	bool clock = false;

	if (a->kind != ALTERNATIVE_EXPIRE || a->op.unknown)
		return false;
	for (int i = 0; i < a->op.n; i++) {
		const struct touch *t = &a->op.touch[i];

		if (t->act == ACT_CLOCK)
			clock = true;
		else if (!is_own_signals(&a->op, t))
			return false;
	}
	return clock;
}

static bool
is_late(const struct led *l, const struct alternative *a)
{
	return is_delay(a) && (l->late == ALL || l->late == a->actor);
}

/* Can anybody go on but for sleeps that are put off?  */
static bool
others_can(const struct position *p, const struct led *l)
{
	for (int i = 0; i < p->n_alternatives; i++)
		if (!p->alternative[i].fault &&
		    !is_late(l, &p->alternative[i]))
			return true;
	return false;
}

/* Could another go on, who may be one that sleeps?  */
static bool
is_early(const struct position *p, int sleeper)
{
	for (int i = 0; i < p->n_alternatives; i++)
		if (!p->alternative[i].fault &&
		    p->alternative[i].actor != sleeper)
			return true;
	return false;
}

/* The position without the sleeps that are put off.  */
static const struct position *
without_late(struct led *l, const struct position *p)
{
	struct position *s = &l->shown;
	struct alternative *kept = s->alternative;
	size_t n = (size_t)p->n_alternatives;

	*s = *p;
	s->alternative = xgrow(kept, &l->room, n, sizeof(*kept));
	l->index = xgrow(l->index, &l->room_index, n, sizeof(*l->index));
	s->n_alternatives = 0;
	for (int i = 0; i < p->n_alternatives; i++)
		if (!is_late(l, &p->alternative[i])) {
			l->index[s->n_alternatives] = i;
			s->alternative[s->n_alternatives++] =
				p->alternative[i];
		}
	return s;
}

static int
find_eager(const struct led *l, const struct position *p)
{
	for (int i = 0; i < p->n_alternatives; i++)
		if (p->alternative[i].actor == l->eager &&
		    (p->alternative[i].kind == ALTERNATIVE_GO ||
		     p->alternative[i].kind == ALTERNATIVE_EXPIRE))
			return i;
	return -1;
}

static int
pick(void *with, const struct position *p)
{
	struct led *l = with;
	int found = l->eager == NOBODY ? -1 : find_eager(l, p);

	if (found >= 0)
		return found;
	if (l->late == NOBODY || !others_can(p, l))
		return follow_pick(&l->follow, p);
	found = follow_pick(&l->follow, without_late(l, p));
	return found < 0 ? -1 : l->index[found];
}

static void
did(void *with, const struct position *p, int picked, const struct done *d)
{
	const struct alternative *a = &p->alternative[picked];
	struct led *l = with;

	l->step = xgrow(l->step, &l->room_steps, l->n + 1, sizeof(*l->step));
	l->step[l->n++] = (struct stepped){
		.kind = a->kind, .actor = a->actor, .op = d->op,
		.delay = is_delay(a),
		.early = is_delay(a) && is_early(p, a->actor),
	};
	if (l->report)
		report_step(l->report, p, picked, d);
}

static void
event(void *with, const struct event *e)
{
	report_event(((struct led *)with)->report, e);
}

/* Its report is wanted.  */
static void
led_reported(struct led *l, const struct attempts *a)
{
	struct header h;

	attempts_header(a, &h);
	l->report = report_new(&h);
}

static void
led_release(struct led *l)
{
	free(l->shown.alternative);
	free(l->index);
	free(l->step);
	report_free(l->report);
}

static int
lead(struct attempts *a, struct led *l, char **why)
{
	const struct picker by = { .pick = pick, .did = did, .with = l,
				   .event = l->report ? event : NULL };
	int rc;

	l->n = 0;
	follow_begin(&l->follow);
	rc = attempt(a, &by, why);
	follow_end(&l->follow);
	return rc;
}

/* ---- questions: 1, 0, or -1 with *why ---- */

/* A race is in runs that end well, too.  */
static bool
passes(const struct attempt *made)
{
	return made->whole && (made->verdict == VERDICT_ACCEPT ||
			       made->verdict == VERDICT_RACE);
}

/* Does the failing run pass with these sleeps put off?  Its steps stay.  */
static int
passes_late(struct attempts *a, const struct tape *tape, int late,
	    struct led *l, char **why)
{
	l->follow = (struct follow){ .tape = tape, .skip = SIZE_MAX,
				     .rest = FOLLOW_ORDER };
	l->late = late;
	l->eager = NOBODY;
	return lead(a, l, why) < 0 ? -1 : passes(&a->last);
}

/* Does every run in which these sleeps end last?  */
static int
all_pass_late(struct attempts *a, const struct tape *tape, int late,
	      char **why)
{
	struct led l = { .late = late, .eager = NOBODY };
	int good = 1;

	for (int i = 0; i < SAMPLES && good == 1; i++) {
		l.follow = (struct follow){ .tape = tape, .skip = SIZE_MAX,
					    .rest = FOLLOW_RANDOM,
					    .random = (uint64_t)i };
		good = lead(a, &l, why) < 0 ? -1 : passes(&a->last);
	}
	led_release(&l);
	return good;
}

/* Does it fail where the sleeper always goes first?  */
static int
fails_early(struct attempts *a, const struct tape *tape, enum verdict verdict,
	    int sleeper, char **why)
{
	struct led l = { .late = NOBODY, .eager = sleeper };
	int rc;

	l.follow = (struct follow){ .tape = tape, .skip = SIZE_MAX,
				    .rest = FOLLOW_STRAIGHT };
	rc = lead(a, &l, why);
	led_release(&l);
	return rc < 0 ? -1 : a->last.verdict == verdict;
}

/* ---- what it should have waited for ---- */

/* In the run that passes: the end of the sleep that was put off.  */
static size_t
find_end(const struct led *failing, const struct led *late, size_t early)
{
	int actor = failing->step[early].actor, nth = 0;

	for (size_t i = 0; i <= early; i++)
		nth += failing->step[i].actor == actor &&
		       failing->step[i].delay;
	for (size_t i = 0; i < late->n; i++)
		if (late->step[i].actor == actor && late->step[i].delay &&
		    --nth == 0)
			return i;
	return late->n;
}

/* The first that the sleeper does behind its sleep, and that uses what another
 * did between the step where it woke too early and the end of its sleep.  */
static bool
find_use(const struct led *late, size_t from, size_t end, size_t *done)
{
	int actor = late->step[end].actor;

	for (size_t use = end + 1; use < late->n; use++) {
		if (late->step[use].actor != actor)
			continue;
		for (size_t i = end; i-- > from;)
			if (late->step[i].actor != actor &&
			    !late->step[i].op.ends &&
			    dependence(&late->step[i].op,
				       &late->step[use].op) != COMMUTES) {
				*done = i;
				return true;
			}
	}
	return false;
}

/* late: the run that passed.  */
static bool
take_use(const struct led *failing, const struct led *late, size_t early,
	 struct slept *to)
{
	size_t end = find_end(failing, late, early), done;

	if (end == late->n || early >= end ||
	    !find_use(late, early, end, &done))
		return false;
	to->sleeper = late->step[end].actor;
	to->other = late->step[done].actor;
	to->at = xstrdup(report_source(failing->report, early + 1));
	to->waits_for = xstrdup(report_source(late->report, done + 1));
	return true;
}

/* Is it this early end of a sleep?  1, 0, or -1 with *why.  */
static int
look_at(struct attempts *a, const struct tape *tape, enum verdict verdict,
	const struct led *failing, size_t early, struct slept *to, char **why)
{
	int sleeper = failing->step[early].actor, rc;
	struct led late = { .n = 0 };

	led_reported(&late, a);
	rc = passes_late(a, tape, sleeper, &late, why);
	if (rc == 1 && !take_use(failing, &late, early, to))
		rc = 0;
	led_release(&late);
	rc = rc == 1 ? fails_early(a, tape, verdict, sleeper, why) : rc;
	/* Others may sleep in place of waiting, too; or for a while only.  */
	if (rc == 1) {
		rc = all_pass_late(a, tape, ALL, why);
		rc = rc == 0 ? all_pass_late(a, tape, sleeper, why) : rc;
	}
	if (rc != 1)
		slept_release(to);
	return rc;
}

/* ---- a data race ---- */

/* What came of a run, as far as the program's user sees it.  */
struct came {
	bool passes;
	int status;
	char *output;
	size_t len;
};

static void
take_came(const struct attempts *a, struct came *c)
{
	const struct run_end *end = &a->last.end;

	*c = (struct came){ .passes = passes(&a->last),
			    .status = end->status, .len = end->output_len };
	c->output = xstrndup(end->output ? end->output : "", c->len);
}

static bool
came_alike(const struct came *a, const struct came *b)
{
	return a->passes == b->passes && a->status == b->status &&
	       a->len == b->len && memcmp(a->output, b->output, a->len) == 0;
}

/* Where whoever makes the second access wakes between the two; late->n: it
 * does not.  */
static size_t
wakes_between(const struct led *late, const struct race *race)
{
	for (size_t i = race->first.step + 1; i < race->second.step; i++)
		if (i < late->n && late->step[i].delay &&
		    late->step[i].actor == race->second.actor)
			return i;
	return late->n;
}

/* In the run where sleeps end last the sleeper comes second.  */
static bool
take_race(const struct attempts *a, const struct led *late, struct slept *to)
{
	const struct race *race = &a->last.race;
	size_t wakes = late->n;

	if (a->last.raced && race->first.actor != race->second.actor)
		wakes = wakes_between(late, race);
	if (wakes == late->n)
		return false;
	to->sleeper = race->second.actor;
	to->other = race->first.actor;
	to->at = xstrdup(report_source(late->report, wakes + 1));
	to->waits_for = xstrdup(report_source(late->report,
					      race->first.step + 1));
	return true;
}

/* Does something else come of it where the sleeper always goes first?  */
static int
differs_early(struct attempts *a, const struct tape *tape, int sleeper,
	      const struct came *late, char **why)
{
	struct led l = { .late = NOBODY, .eager = sleeper };
	struct came early;
	int rc;

	l.follow = (struct follow){ .tape = tape, .skip = SIZE_MAX,
				    .rest = FOLLOW_STRAIGHT };
	rc = lead(a, &l, why);
	led_release(&l);
	if (rc < 0)
		return -1;
	take_came(a, &early);
	rc = !came_alike(&early, late);
	free(early.output);
	return rc;
}

static int
look_at_race(struct attempts *a, const struct tape *tape, struct slept *to,
	     char **why)
{
	struct led late = { .n = 0 };
	struct came came;
	int rc;

	led_reported(&late, a);
	rc = passes_late(a, tape, ALL, &late, why);
	take_came(a, &came);
	if (rc == 1 && !take_race(a, &late, to))
		rc = 0;
	led_release(&late);
	rc = rc == 1 ? differs_early(a, tape, to->sleeper, &came, why) : rc;
	rc = rc == 1 ? all_pass_late(a, tape, ALL, why) : rc;
	free(came.output);
	if (rc != 1)
		slept_release(to);
	return rc < 0 ? -1 : 0;
}

int
slept_look(struct attempts *a, const struct tape *tape, enum verdict verdict,
	   struct slept *to, char **why)
{
	struct led failing = { .late = NOBODY, .eager = NOBODY };
	int rc, looks = 0;

	slept_release(to);
	if (verdict == VERDICT_RACE)
		return look_at_race(a, tape, to, why);
	failing.follow = (struct follow){ .tape = tape, .exact = tape->n,
					  .skip = SIZE_MAX,
					  .rest = FOLLOW_STRAIGHT };
	led_reported(&failing, a);
	rc = lead(a, &failing, why);
	for (size_t i = 0; i < failing.n && rc == 0 && looks < LOOKS_MAX; i++)
		if (failing.step[i].early) {
			rc = look_at(a, tape, verdict, &failing, i, to, why);
			looks++;
		}
	led_release(&failing);
	return rc < 0 ? -1 : 0;
}

void
slept_release(struct slept *s)
{
	free(s->at);
	free(s->waits_for);
	*s = (struct slept){ .sleeper = NOBODY, .other = NOBODY };
}
