/*
 * A schedule of another program, followed as far as it fits: what a learner
 * found in the program that was wrong is tried on the one that was mended.
 *
 * Each actor has its steps in their order, and makes the next one as soon as
 * it comes first of all that can be made.  Where the schedule notes what the
 * steps did, an operation that is new is made on the way, and a step whose
 * operation is not there any more is passed over.
 */
#include "config.h"

#include "explore/work_inside.h"

#include <stdlib.h>
#include <string.h>

struct script {
	struct schedule schedule;
	struct driver *driver;
	bool noted;		/* it says what its steps did */
	bool *done;		/* steps that were made, or passed over */
	size_t *before;		/* the same actor's step before, from 1; 0: it
				   is the first */
	int64_t made, passed_over;
	int through;		/* operations in a row that were new */
};

enum { THROUGH_MAX = 100 };

static int
actor_named(const struct script *s, const char *name)
{
	const char *known;

	for (int i = 0; (known = driver_actor(s->driver, i)); i++)
		if (strcmp(known, name) == 0)
			return i;
	return -1;
}

static const struct standing *
standing_of(const struct position *p, int actor)
{
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].actor == actor)
			return &p->standing[i];
	return NULL;
}

static int
find(const struct position *p, enum alternative_kind kind, int actor,
     int number)
{
	for (int i = 0; i < p->n_alternatives; i++) {
		const struct alternative *a = &p->alternative[i];

		if (a->kind == kind && a->actor == actor &&
		    (kind == ALTERNATIVE_GO || a->number == number))
			return i;
	}
	return -1;
}

/* ---- operations ---- */
/* What a step did, as far as it is noted: "read" of "read = 9" or "read
 * waits", "exit" of "exit 0"; its length.  */
static size_t
word_of(const struct step *step)
{
	return strcspn(step->happened, " ");
}

static bool
is_access(const struct operation *o)
{
	return o->n > 0 && (o->touch[0].act == ACT_LOAD ||
			    o->touch[0].act == ACT_STORE ||
			    o->touch[0].act == ACT_RMW);
}

/* Is the operation of the kind that the step notes?  What is not noted where
 * others are is an access to memory; "exit" is exit_group, too.  */
static bool
is_alike(const struct script *s, const struct step *step,
	 const struct operation *o)
{
	size_t n = word_of(step);

	if (!s->noted || !o->call[0])
		return true;
	if (n == 0 || is_access(o))
		return n == 0 && is_access(o);
	return strncmp(o->call, step->happened, n) == 0;
}

/* Does the schedule have one alike of the actor, behind step i?  */
static bool
comes_later(const struct script *s, size_t i, const struct operation *o)
{
	const struct step *step = s->schedule.step;

	for (size_t k = i + 1; k < s->schedule.n_steps; k++)
		if (strcmp(step[k].choice.actor, step[i].choice.actor) == 0 &&
		    is_alike(s, &step[k], o))
			return true;
	return false;
}

/* ---- steps ---- */
enum fits { FITS, NEW, GONE, NOT_YET };

/* Can step i be made now?  *pick says how.  */
static enum fits
try_step(const struct script *s, size_t i, const struct position *p, int *pick)
{
	static const enum alternative_kind kinds[] = {
		[CHOICE_GO] = ALTERNATIVE_GO,
		[CHOICE_DELIVER] = ALTERNATIVE_DELIVER,
		[CHOICE_CUT] = ALTERNATIVE_CUT,
		[CHOICE_EXPIRE] = ALTERNATIVE_EXPIRE,
	};
	const struct step *step = &s->schedule.step[i];
	const struct choice *c = &step->choice;
	int actor = actor_named(s, c->actor);
	const struct standing *at = standing_of(p, actor);
	bool ours = (size_t)c->kind < ARRAY_SIZE(kinds);
	int go = find(p, ALTERNATIVE_GO, actor, 0);

	if (!at)		/* it may be born yet */
		return p->n_alternatives ? NOT_YET : GONE;
	if (at->state == STANDS_ENDED || !ours)
		return GONE;
	*pick = find(p, kinds[c->kind], actor, c->number);
	if (*pick < 0)
		return go < 0 ? NOT_YET : GONE;
	if (c->kind != CHOICE_GO || is_alike(s, step, &at->next))
		return FITS;
	return comes_later(s, i, &at->next) ? GONE : NEW;
}

/* Of a schedule that somebody else wrote: looked for once, not at each
 * choice.  */
static void
chain(struct script *s)
{
	const struct step *step = s->schedule.step;

	for (size_t i = 0; i < s->schedule.n_steps; i++) {
		size_t k = i;

		while (k > 0 && strcmp(step[k - 1].choice.actor,
				       step[i].choice.actor) != 0)
			k--;
		s->before[i] = k;
	}
}

/* Steps of this actor before step i are waiting: each is made when all before
 * it were.  */
static bool
waits_before(const struct script *s, size_t i)
{
	return s->before[i] && !s->done[s->before[i] - 1];
}

/* The next step in which this actor goes; -1: there is none.  */
static int
next_go(const struct script *s, const char *name)
{
	for (size_t i = 0; i < s->schedule.n_steps; i++)
		if (!s->done[i] &&
		    s->schedule.step[i].choice.kind == CHOICE_GO &&
		    strcmp(s->schedule.step[i].choice.actor, name) == 0)
			return (int)i;
	return -1;
}

static int
straight(const struct position *p)
{
	int i = position_find(p, p->last);

	if (i >= 0)
		return i;
	for (i = 0; i < p->n_alternatives; i++)
		if (!p->alternative[i].fault)
			return i;
	return -1;
}

/* The stage on which the schedule was made has fewer points: what an actor
 * did between two of them, it did at once.  So who went last makes what is new
 * first; -1: it is at a step.  */
static int
go_through(struct script *s, const struct position *p)
{
	const struct standing *at = standing_of(p, p->last);
	const char *name = p->last < 0 ? NULL : driver_actor(s->driver,
							     p->last);
	int i = name && at ? next_go(s, name) : -1;

	if (i < 0 || is_alike(s, &s->schedule.step[i], &at->next) ||
	    comes_later(s, (size_t)i, &at->next) ||
	    s->through++ >= THROUGH_MAX)
		return -1;
	return position_find(p, p->last);
}

static int
pick(void *with, const struct position *p)
{
	struct script *s = with;
	int found = go_through(s, p);

	if (found >= 0)
		return found;
	s->through = 0;
	for (size_t i = 0; i < s->schedule.n_steps; i++) {
		enum fits fits = s->done[i] || waits_before(s, i) ? NOT_YET :
				 try_step(s, i, p, &found);

		if (fits == NEW)
			return found;
		s->done[i] |= fits == FITS || fits == GONE;
		s->passed_over += fits == GONE;
		s->made += fits == FITS;
		if (fits == FITS)
			return found;
	}
	return straight(p);
}

/* What is left had no chance.  */
static void
count_left(struct script *s)
{
	for (size_t i = 0; i < s->schedule.n_steps; i++)
		s->passed_over += !s->done[i];
}

int
work_follow(struct work *w, char **why)
{
	const char *text = w->order->tape;
	struct script s = { .driver = w->attempts.driver };
	const struct picker by = { .pick = pick, .with = &s };
	int over = schedule_parse(&s.schedule, text, strlen(text), "schedule",
				  why);

	for (size_t i = 0; i < s.schedule.n_steps; i++)
		s.noted |= s.schedule.step[i].happened[0] != '\0';
	s.done = xcalloc(s.schedule.n_steps + 1, sizeof(*s.done));
	s.before = xcalloc(s.schedule.n_steps + 1, sizeof(*s.before));
	chain(&s);
	if (over == 0)
		over = attempt(&w->attempts, &by, why);
	if (over == 0) {
		count_left(&s);
		w->end.followed = s.made;
		w->end.passed_over = s.passed_over;
		over = work_count(w) ? 1 : work_lead_on(w, why);
	}
	if (over == 0)
		work_tell_end(w);
	free(s.done);
	free(s.before);
	schedule_release(&s.schedule);
	return over < 0 ? -1 : 0;
}
