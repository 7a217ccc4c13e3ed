/*
 * Those who go on for long without a point: one load of very many that are not
 * told is told all the same (runtime/access.c).
 */
#include "config.h"

#include "explore/spin_inside.h"

#include <limits.h>

enum {
	LONG = 2,		/* operations in a row that are due: others
				   first */
	TOO_LONG = 40,
};

void
spins_step_due(struct spins *s, struct spinner *a, const struct done *d)
{
	if (!d->op.due) {
		a->due = a->alike = 0;
		s->dues = 0;
		return;
	}
	a->due++;
	s->dues++;
	a->alike = d->op.asks && d->spot == a->due_spot ? a->alike + 1 : 0;
	a->due_spot = d->spot;
	a->due_pc = d->op.pc;
}

/* How long has it gone on without a point?  */
static int
due_of(const struct spins *s, int actor)
{
	return (size_t)actor < s->n ? s->actor[actor].due : 0;
}

static bool
is_late(const struct spins *s, int actor, int least)
{
	return due_of(s, actor) > least && due_of(s, actor) >= LONG;
}

/* Who has not asked for the same all the time; -1.  */
static int
who_computes(const struct spins *s, const struct position *p)
{
	for (int i = 0; i < p->n_alternatives; i++) {
		int actor = p->alternative[i].actor;

		if (!spins_go_round(s, &p->alternative[i]) &&
		    s->actor[actor].alike < TOO_LONG - LONG)
			return actor;
	}
	return -1;
}

/* Nobody will end: each waits in a loop for what nobody does, or computes.  */
static void
end_dues(struct spins *s, struct position *p, int who)
{
	int busy = who_computes(s, p);

	if (busy < 0 || (s->due_state &&
			 s->due_state == rounds_state(&s->rounds))) {
		s->livelock = who;
		rounds_mark(p);
	} else {
		s->busy = busy;
	}
	p->n_alternatives = 0;
}

/* Those who have gone on for longer than others wait for them.  */
void
spins_filter_due(struct spins *s, struct position *p)
{
	int least = INT_MAX, who = -1, kept = 0;

	for (int i = 0; i < p->n_alternatives; i++) {
		int actor = p->alternative[i].actor;

		if (!spins_go_round(s, &p->alternative[i]) &&
		    due_of(s, actor) < least) {
			least = due_of(s, actor);
			who = actor;
		}
	}
	if (who < 0 || least < TOO_LONG)
		s->due_state = 0;
	else if (least > TOO_LONG) {
		end_dues(s, p, who);
		return;
	} else if (!s->due_state) {
		s->due_state = rounds_state(&s->rounds);
	}
	for (int i = 0; i < p->n_alternatives; i++)
		if (!is_late(s, p->alternative[i].actor, least))
			p->alternative[kept++] = p->alternative[i];
	p->n_alternatives = kept;
	for (int i = 0; i < p->n_standing; i++)
		if (is_late(s, p->standing[i].actor, least) &&
		    p->standing[i].state == STANDS_READY)
			p->standing[i].state = STANDS_SPINS;
}

int
spins_busy(const struct spins *s, uint64_t *pc)
{
	if (s->busy >= 0)
		*pc = s->actor[s->busy].due_pc;
	return s->busy;
}

bool
spins_is_slow(const struct spins *s)
{
	return s->livelock >= 0 && s->dues > 0;
}

/* A few are left, to show what they look at.  */
size_t
spins_watched_due(const struct spins *s)
{
	size_t shown = 0;

	for (size_t i = 0; i < s->n; i++)
		shown += s->actor[i].due > 0 ? LONG : 0;
	return s->dues > shown ? s->dues - shown : 0;
}
