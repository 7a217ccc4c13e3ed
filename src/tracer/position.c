/* Who could do what: a run as a search sees it between two steps.  */
#include "config.h"

#include "tracer/pending.h"
#include "tracer/run.h"
#include "tracer/runtime.h"

#include "event/sigset.h"

#include <signal.h>
#include <string.h>

static struct standing *
add_standing(struct driver *d)
{
	struct position *p = &d->position;

	p->standing = xgrow(p->standing, &d->standing_room,
			    p->n_standing + 1, sizeof(*p->standing));
	return &p->standing[p->n_standing++];
}

struct alternative *
position_add(struct driver *d, enum alternative_kind kind,
	     const struct standing *s)
{
	struct position *p = &d->position;
	struct alternative *a;

	p->alternative = xgrow(p->alternative, &d->alternative_room,
			       p->n_alternatives + 1,
			       sizeof(*p->alternative));
	a = &p->alternative[p->n_alternatives++];
	a->kind = kind;
	a->actor = s->actor;
	a->number = 0;
	a->fault = false;
	a->op = s->next;
	return a;
}

/* Going in is a step of its own where others notice it, or where the sleep
 * has a limit of time.  */
static enum standing_state
state_at_point(struct tracing *t, struct task *k, struct operation *o)
{
	if (o->sleeps_inside)
		return STANDS_READY;
	k->would_block = foresee_sleep(t, k);
	/* The sleep itself is where it goes wrong.  */
	if (k->would_block && lock_is_misplaced(t, k)) {
		o->sleeps_inside = true;
		return STANDS_READY;
	}
	k->foreseen = !k->would_block && !virtual_has_limit(k);
	return k->would_block ? STANDS_WAITS : STANDS_READY;
}

static enum standing_state
state_of(struct tracing *t, struct task *k, struct operation *o)
{
	switch (k->phase) {
	case PHASE_POINT:
		footprint_before(t, k, o);
		return state_at_point(t, k, o);
	case PHASE_TIMED:
	case PHASE_ASLEEP:
		footprint_before(t, k, o);
		return virtual_wakes(t, k) >= 0 ? STANDS_TIMED : STANDS_SLEEPS;
	case PHASE_ENDED:
		memset(o, 0, offsetof(struct operation, touch));
		return STANDS_ENDED;
	default:
		footprint_before(t, k, o);
		return STANDS_SLEEPS;
	}
}

/* The array is still as it was at the last look: who is held where it was
 * held then, and nobody did anything since but access memory, stands as it
 * stood.  Of locks and the like memory says whether they are taken.  */
static bool
is_unchanged(const struct driver *d, const struct task *k,
	     const struct standing *s)
{
	return d->t->quiet && k->phase == PHASE_POINT && k->looked != 0 &&
	       k->looked == d->search.changes && k->call->does != DOES_FUTEX &&
	       k->call->does != DOES_OPERATION_BEGIN &&
	       (s->state == STANDS_READY || s->state == STANDS_WAITS);
}

/* Is it about to change what signals do to it?  One that waits would end it now,
 * and after that perhaps no more.  */
static bool
changes_signals(const struct operation *o)
{
	for (int i = 0; i < o->n; i++)
		if (o->touch[i].act == ACT_SIGNAL_CONTROL)
			return true;
	return false;
}

/* Of a child that ended the kernel tells on its own: when that is heard of is
 * a choice always, as is it of what would end who is not ready for it yet;
 * other signals' only where it was asked for.  At an access there is none: the
 * handler comes first (choose.c).  */
static int
deliverable(const struct driver *d, struct task *k,
	    const struct operation *next)
{
	bool changes = changes_signals(next);
	int signal;

	if (k->phase != PHASE_POINT || k->call->does == DOES_ACCESS ||
	    (!d->config.signals && !changes &&
	     !sigset_has(k->leader->caught, SIGCHLD)))
		return 0;
	signal = pending_first(k);
	if (!signal || d->config.signals || signal == SIGCHLD)
		return signal;
	return changes && !sigset_has(k->leader->caught, signal) ? signal : 0;
}

static void
add_deliveries(struct driver *d)
{
	struct task *k = d->t->first;

	for (int i = 0; k; k = k->next, i++) {
		struct standing *s = &d->position.standing[i];
		int signal = deliverable(d, k, &s->next);

		if (signal)
			position_add(d, ALTERNATIVE_DELIVER, s)->number =
				signal;
	}
}

/* Nobody can go, and a timer is set: time passes when all sleep, and for that
 * who is before a sleep has to go in (settle.c).  */
static void
add_sleeper(struct driver *d)
{
	struct position *p = &d->position;

	if (!virtual_alarm_is_set(d->t))
		return;
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].state == STANDS_WAITS) {
			p->standing[i].state = STANDS_READY;
			p->standing[i].next.sleeps_inside = true;
			position_add(d, ALTERNATIVE_GO, &p->standing[i]);
			return;
		}
}

void
position_look(struct driver *d)
{
	struct position *p = &d->position;

	p->n_standing = p->n_alternatives = 0;
	for (struct task *k = d->t->first; k; k = k->next) {
		struct standing *s = add_standing(d);

		if (is_unchanged(d, k, s))
			continue;
		s->actor = driver_number(d, k->name);
		d->crowded |= s->actor >= ACTORS_MAX;
		s->state = state_of(d->t, k, &s->next);
		k->looked = k->phase == PHASE_POINT ? d->search.changes : 0;
	}
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].state == STANDS_READY)
			position_add(d, ALTERNATIVE_GO, &p->standing[i]);
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].state == STANDS_TIMED)
			position_add(d, ALTERNATIVE_EXPIRE, &p->standing[i]);
	if (p->n_alternatives == 0)
		add_sleeper(d);
	add_deliveries(d);
	/* Where nobody can go but by a fault, nobody can go.  */
	if (d->config.faults && p->n_alternatives > 0)
		faults_add(d);
}

void
position_choice(const struct driver *d, const struct alternative *a,
		struct choice *c)
{
	static const enum choice_kind kinds[] = {
		[ALTERNATIVE_GO] = CHOICE_GO,
		[ALTERNATIVE_EXPIRE] = CHOICE_EXPIRE,
		[ALTERNATIVE_DELIVER] = CHOICE_DELIVER,
		[ALTERNATIVE_CUT] = CHOICE_CUT,
		[ALTERNATIVE_FAIL] = CHOICE_FAIL,
		[ALTERNATIVE_WAKE] = CHOICE_WAKE,
	};

	memset(c, 0, offsetof(struct choice, typed));
	c->kind = kinds[a->kind];
	c->number = a->number;
	COPY_STR(c->actor, driver_actor(d, a->actor));
}
