/* Who can go, and who goes when nobody says.  */
#include "config.h"

#include <string.h>

#include "base/i18n.h"
#include "event/names.h"
#include "session/inside.h"
#include "world/signals.h"

/* The actor who cannot go, and why not, in one sentence.  */
static int
refuse(struct session *s, int actor, char **why)
{
	const struct actor *a = &s->world->actor[actor];
	struct buf sentence = BUF_INIT;

	switch (a->state) {
	case ACTOR_ZOMBIE:
	case ACTOR_GONE:
		return fail(why, _("%s has ended"), a->role);
	case ACTOR_STOPPED:
		return fail(why, _("%s is stopped by a signal; SIGCONT lets "
				   "it go on"), a->role);
	default:
		break;
	}
	world_why(s->world, actor, &sentence);
	if (sentence.len == 0)
		buf_addf(&sentence, _("%s cannot go now"), a->role);
	fail(why, "%s", buf_str(&sentence));
	buf_release(&sentence);
	return -1;
}

static bool
is_alive(const struct actor *a)
{
	return a->state != ACTOR_ZOMBIE && a->state != ACTOR_GONE;
}

/* One that waits and is not blocked, for an actor that is held.  */
static int
check_delivery(struct session *s, const struct choice *c, int actor,
	       char **why)
{
	const struct actor *a = &s->world->actor[actor];
	int first = world_deliverable(s->world, actor);

	if (a->state != ACTOR_READY)
		return fail(why, _("%s is not held before a call: a signal "
				   "that it does not block comes at once"),
			    a->role);
	if (world_pending(s->world, actor, c->number) == 0)
		return fail(why, _("no %s waits for %s"),
			    signal_name(c->number), a->role);
	if (sigset_has(world_blocked(s->world, actor), c->number))
		return fail(why, _("%s waits for %s, but is blocked there"),
			    signal_name(c->number), a->role);
	if (first && first != c->number)
		return fail(why, _("the kernel would deliver %s first"),
			    signal_name(first));
	return 0;
}

static int
check_actor(struct session *s, struct choice *c, char **why)
{
	int actor = world_actor(s->world, c->actor);
	const struct actor *a;

	if (actor < 0)
		return fail(why, _("there is no actor '%s'"), c->actor);
	a = &s->world->actor[actor];
	COPY_STR(c->actor, a->name);
	if (c->kind == CHOICE_GO && a->state == ACTOR_SLEEPING)
		c->kind = CHOICE_EXPIRE;
	if (c->kind == CHOICE_SIGNAL)
		return is_alive(a) ? 0 : refuse(s, actor, why);
	if (c->kind == CHOICE_DELIVER)
		return check_delivery(s, c, actor, why);
	if (c->kind == CHOICE_EXPIRE) {
		if (a->state == ACTOR_SLEEPING)
			return 0;
		return fail(why, _("%s does not wait for a time"), a->role);
	}
	return a->state == ACTOR_READY ? 0 : refuse(s, actor, why);
}

int
choice_check(struct session *s, struct choice *c, char **why)
{
	if (c->kind == CHOICE_RUN && choice_default(s, c, why) < 0)
		return -1;
	if (c->kind != CHOICE_TYPE)
		return check_actor(s, c, why);
	if (!s->config.pty)
		return fail(why, _("this run has no terminal to type at"));
	return 0;
}

/* Whom the last choice was about, -1: nobody.  */
static int
went_last(const struct session *s)
{
	for (int i = s->step; i-- > 0;) {
		const struct choice *c = &s->schedule.step[i].choice;

		if (c->actor[0])
			return world_actor(s->world, c->actor);
	}
	return -1;
}

static int
first_ready(const struct session *s)
{
	int last = went_last(s);

	if (last >= 0 && s->world->actor[last].state == ACTOR_READY)
		return last;
	for (int i = 0; i < s->world->n_actors; i++)
		if (s->world->actor[i].state == ACTOR_READY)
			return i;
	return -1;
}

/* Who wakes first.  */
static int
first_sleeper(const struct session *s)
{
	int first = -1;

	for (int i = 0; i < s->world->n_actors; i++) {
		const struct actor *a = &s->world->actor[i];

		if (a->state != ACTOR_SLEEPING)
			continue;
		if (first < 0 || a->until < s->world->actor[first].until)
			first = i;
	}
	return first;
}

static int
nobody_can(const struct session *s, char **why)
{
	struct buf sentence = BUF_INIT;

	if (world_deadlock(s->world, &sentence) && sentence.len > 0)
		fail(why, _("deadlock: %s"), buf_str(&sentence));
	else
		fail(why, _("nobody can go: everybody waits for something "
			    "from outside"));
	buf_release(&sentence);
	return -1;
}

int
choice_default(const struct session *s, struct choice *c, char **why)
{
	int actor = first_ready(s);
	bool sleeps = actor < 0;

	if (sleeps)
		actor = first_sleeper(s);
	if (actor < 0)
		return nobody_can(s, why);
	memset(c, 0, sizeof(*c));
	c->kind = sleeps ? CHOICE_EXPIRE : CHOICE_GO;
	COPY_STR(c->actor, s->world->actor[actor].name);
	return 0;
}

/* The next choice: that of the known run or of the schedule, while there is
 * one, else the default.  */
int
choice_next(struct session *s, struct choice *c, char **why)
{
	if (s->step >= (int)s->schedule.n_steps)
		return choice_default(s, c, why);
	*c = s->schedule.step[s->step].choice;
	return choice_check(s, c, why);
}

int
session_default(const struct session *s)
{
	struct choice c;

	if (s->state != SESSION_HELD)
		return -1;
	if (s->step < (int)s->schedule.n_steps) {
		c = s->schedule.step[s->step].choice;
		if (c.kind != CHOICE_RUN)
			return c.actor[0] ? world_actor(s->world, c.actor) : -1;
	}
	if (choice_default(s, &c, NULL) < 0)
		return -1;
	return world_actor(s->world, c.actor);
}
