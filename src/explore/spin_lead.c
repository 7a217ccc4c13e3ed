/* What comes of those who go round: set aside, led on, or nobody is left.  */
#include "config.h"

#include "explore/spin_inside.h"

/* ---- leading one on ---- */

/* One who is set aside, of a loop that was not tried: to lead it on here would
 * hide what others can do; another run does it.  */
static void
suspect(struct spins *s, const struct position *p)
{
	if (s->suspect || s->rounds.suspect || loops_are_full(&s->known))
		return;
	for (int i = 0; i < p->n_alternatives; i++) {
		const struct alternative *a = &p->alternative[i];
		uint64_t place;

		if (!spins_go_round(s, a) ||
		    !spins_others_could_go(s, p, a->actor))
			continue;
		place = spins_place(&s->actor[a->actor]);
		if (loops_find(&s->known, place))
			continue;
		s->suspect = s->rounds.steps;
		s->suspect_place = place;
		return;
	}
}

static bool
is_to_be_led(const struct spins *s, const struct position *p,
	     const struct alternative *a)
{
	uint64_t place;

	if (!spins_go_round(s, a) || !spins_others_could_go(s, p, a->actor))
		return false;
	place = spins_place(&s->actor[a->actor]);
	return s->lead == LEAD_EACH ||
	       (s->lead == LEAD_SUSPECT && place == s->lead_place);
}

static void
begin_leading(struct spins *s, const struct position *p)
{
	for (int i = 0; i < p->n_alternatives; i++) {
		const struct alternative *a = &p->alternative[i];

		if (!is_to_be_led(s, p, a))
			continue;
		s->led = a->actor;
		s->led_place = spins_place(&s->actor[a->actor]);
		s->led_steps = 0;
		return;
	}
}

static void
learn(struct spins *s, uint64_t place, int rounds)
{
	if (loops_add(&s->known, place, rounds))
		s->taught |= rounds > 0;
}

/* It has left its loop, or cannot go: others may, again.  */
static void
end_leading(struct spins *s, bool left)
{
	learn(s, s->led_place, left ? (int)s->led_rounds + SPIN_UNSEEN
			       : LOOP_TRIED);
	s->led_over = s->lead == LEAD_SUSPECT;
	s->led = -1;
	s->led_steps = 0;
}

static const struct alternative *
next_of(const struct position *p, int actor)
{
	for (int i = 0; i < p->n_alternatives; i++)
		if (p->alternative[i].actor == actor &&
		    !p->alternative[i].fault &&
		    p->alternative[i].kind != ALTERNATIVE_DELIVER)
			return &p->alternative[i];
	return NULL;
}

static void
mark(struct position *p, int actor)
{
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].actor == actor &&
		    (p->standing[i].state == STANDS_READY ||
		     p->standing[i].state == STANDS_TIMED))
			p->standing[i].state = STANDS_SPINS;
}

/* False: nobody is led on.  */
static bool
lead_on(struct spins *s, struct position *p)
{
	const struct alternative *next;
	const struct spinner *a;

	if (s->led < 0 && !s->led_over)
		begin_leading(s, p);
	if (s->led < 0)
		return false;
	a = &s->actor[s->led];
	next = next_of(p, s->led);
	if (!next || !spins_before_loop(a, &next->op)) {
		end_leading(s, next != NULL);
		return false;
	}
	s->led_rounds = a->round / a->period;
	if (s->led_steps < TOGETHER || s->led_steps % a->period != 0) {
		rounds_show_only(p, s->led);
		return true;
	}
	learn(s, s->led_place, LOOP_TRIED);
	mark(p, s->led);
	p->n_alternatives = 0;
	s->livelock = s->led;
	s->asks = true;
	return true;
}

/* ---- nobody else can go ---- */

/* The one that has gone round for the fewest steps is let go, for a while: its
 * loop may have an end of its own.  */
static bool
let_one_go(struct spins *s, struct position *p)
{
	int who = -1, dead = 0, all = 0;

	for (int i = 0; i < p->n_alternatives; i++) {
		const struct alternative *a = &p->alternative[i];
		const struct spinner *x;
		const struct loop *l;

		if (a->fault)
			continue;
		x = &s->actor[a->actor];
		l = loops_find(&s->known, spins_place(x));
		all++;
		dead += l && l->rounds == LOOP_DEAD;
		if (who < 0 || x->round < s->actor[who].round)
			who = a->actor;
	}
	if (who < 0)			/* but by a fault */
		return true;
	if (dead == all || s->patience <= 0)
		return false;
	rounds_show_only(p, who);
	return true;
}

static void
set_aside(struct spins *s, struct position *p)
{
	int kept = 0;

	for (int i = 0; i < p->n_alternatives; i++)
		if (spins_go_round(s, &p->alternative[i]))
			mark(p, p->alternative[i].actor);
		else
			p->alternative[kept++] = p->alternative[i];
	p->n_alternatives = kept;
}

/* Nothing that they look at can change any more.  */
static void
live_in_lock(struct spins *s, struct position *p)
{
	for (int i = 0; i < p->n_alternatives; i++) {
		const struct alternative *a = &p->alternative[i];

		if (a->fault)
			continue;
		learn(s, spins_place(&s->actor[a->actor]), LOOP_DEAD);
		mark(p, a->actor);
		s->livelock = a->actor;
	}
	p->n_alternatives = 0;
}

void
spins_filter(struct spins *s, struct position *p)
{
	spins_filter_due(s, p);
	if (p->n_alternatives == 0)
		return;
	if (s->lead == LEAD_NOBODY)
		suspect(s, p);
	else if (s->lead != LEAD_TOGETHER && lead_on(s, p))
		return;
	if (rounds_filter(&s->rounds, p)) {
		if (p->n_alternatives > 0)
			return;
		s->livelock = rounds_actor(&s->rounds);
		s->asks = rounds_move(&s->rounds) &&
			  !rounds_change(&s->rounds);
		return;
	}
	if (spins_others_could_go(s, p, -1))
		set_aside(s, p);
	else if (!let_one_go(s, p))
		live_in_lock(s, p);
}

void
spins_lead(struct spins *s, enum lead lead)
{
	bool alone = lead == LEAD_SUSPECT && s->suspect;

	if (s->tried)			/* whatever came of it */
		loops_add(&s->known, s->tried, LOOP_TRIED);
	s->lead = lead;
	s->lead_place = alone ? s->suspect_place : 0;
	s->tried = lead != LEAD_SUSPECT ? 0 :
		   alone ? s->suspect_place : s->rounds.suspect_place;
	s->rounds.leads = lead != LEAD_NOBODY && !alone;
	s->rounds.blind = lead != LEAD_NOBODY;
}
