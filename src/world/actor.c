/* Actors: their birth, their calls, their end.  */
#include "config.h"

#include "base/i18n.h"
#include "event/cast.h"
#include "world/inside.h"

#include <string.h>

static const char *const state_names[] = {
	[ACTOR_RUNNING] = N_("running"),
	[ACTOR_READY] = N_("ready"),
	[ACTOR_BLOCKED] = N_("blocked"),
	[ACTOR_SLEEPING] = N_("asleep"),
	[ACTOR_STOPPED] = N_("stopped"),
	[ACTOR_ZOMBIE] = N_("zombie"),
	[ACTOR_GONE] = N_("gone"),
};

const char *
actor_state_name(enum actor_state state)
{
	return _(state_names[state]);
}

bool
actor_is_alive(const struct actor *a)
{
	return a->state != ACTOR_ZOMBIE && a->state != ACTOR_GONE;
}

bool
actor_is_blocked(const struct actor *a)
{
	return a->state == ACTOR_BLOCKED ||
	       (a->state == ACTOR_READY && a->would_block && a->until < 0);
}

int
world_actor(const struct world *w, const char *name)
{
	/* The newest first: a role may pass on to a later actor. */
	for (int i = w->n_actors - 1; i >= 0; i--)
		if (strcmp(w->actor[i].name, name) == 0 ||
		    strcmp(w->actor[i].role, name) == 0)
			return i;
	return -1;
}

static int
add_actor(struct world *w, const struct event *e)
{
	struct actor *a;

	w->actor = xgrow(w->actor, &w->room_actors, w->n_actors + 1,
			 sizeof(*w->actor));
	a = &w->actor[w->n_actors++];
	memset(a, 0, sizeof(*a));
	COPY_STR(a->name, e->actor);
	COPY_STR(a->role, cast_role(w->history->cast, a->name).text);
	a->pid = e->pid;
	a->tid = e->tid;
	a->thread = e->tid != e->pid;
	a->parent = -1;
	a->object = a->fd = -1;
	a->until = -1;
	a->status = -1;
	a->born_n = w->n;
	history_actor(w);
	return w->n_actors - 1;
}

/* By the exact name: roles are for people.  */
int
actor_find(const struct world *w, const char *name)
{
	for (int i = w->n_actors - 1; i >= 0; i--)
		if (strcmp(w->actor[i].name, name) == 0)
			return i;
	return -1;
}

int
actor_find_or_add(struct world *w, const struct event *e)
{
	int a = actor_find(w, e->actor);

	if (a >= 0 || !e->actor[0])
		return a;
	if (e->what != WHAT_START)
		world_differ(w, "event %llu is of %s, whose start was not told",
			     (unsigned long long)w->n, e->actor);
	a = add_actor(w, e);
	if (e->what != WHAT_START) {
		w->actor[a].fds = descriptors_new();
		signals_born(w, a, -1);
	}
	return a;
}

void
actor_starts(struct world *w, const struct event *e, int a)
{
	struct actor *actor = &w->actor[a];
	int parent = actor_find(w, e->parent);

	if (actor->fds) {
		world_differ(w, "event %llu starts %s again",
			     (unsigned long long)w->n, e->actor);
		return;
	}
	actor->parent = parent == a ? -1 : parent;
	if (!actor->signals)
		signals_born(w, a, actor->parent);
	actor->state = ACTOR_RUNNING;
	if (parent < 0 || !w->actor[parent].fds) {
		actor->fds = descriptors_new();
	} else {
		actor->fds = e->shares_files ?
			descriptors_share(w->actor[parent].fds) :
			descriptors_copy(w->actor[parent].fds);
		COPY_STR(actor->program, w->actor[parent].program);
		COPY_STR(actor->started_as, w->actor[parent].started_as);
	}
	if (actor->parent >= 0 && !actor->thread)
		mappings_inherited(w, a, actor->parent);
	ends_changed(w, e, a);
}

static void
forget_call(struct actor *a)
{
	a->call[0] = a->args[0] = '\0';
	a->object = a->fd = -1;
	a->end = 0;
	a->would_block = false;
	a->until = -1;
}

void
actor_execs(struct world *w, const struct event *e, int a)
{
	struct actor *actor = &w->actor[a];

	if (!actor_is_alive(actor))
		return;
	COPY_STR(actor->program, e->path);
	event_arg(e, "pathname", actor->started_as,
		  sizeof(actor->started_as));
	if (actor->fds && actor->fds->refs > 1) {
		struct descriptors *own = descriptors_copy(actor->fds);

		descriptors_put(actor->fds);
		actor->fds = own;
	}
	if (actor->fds)
		descriptors_exec(actor->fds);
	signals_exec(w, e, a);
	mappings_dropped(w, a);
	actor->thread = false;
	actor->pid = e->pid;
	actor->tid = e->tid;
}

static void
take_call(struct world *w, const struct event *e, int a)
{
	int object = e->object[0] ? object_find_or_add(w, e->object) : -1;
	struct actor *actor = &w->actor[a];

	ends_changed(w, e, a);
	signals_left(w, e, a);
	COPY_STR(actor->call, e->call);
	COPY_STR(actor->args, e->args);
	actor->call_n = w->n;
	actor->object = object;
	actor->end = e->end;
	actor->fd = e->fd;
	actor->would_block = e->would_block;
	actor->until = e->until;
	if (object >= 0 && e->state.known)
		object_probed(w, object, &e->state);
}

void
actor_points(struct world *w, const struct event *e, int a)
{
	if (!actor_is_alive(&w->actor[a]))
		return;
	condition_left(w, e, a);
	w->actor[a].state = ACTOR_READY;
	take_call(w, e, a);
}

void
actor_blocks(struct world *w, const struct event *e, int a)
{
	if (!actor_is_alive(&w->actor[a]))
		return;
	w->actor[a].state = e->until >= 0 ? ACTOR_SLEEPING : ACTOR_BLOCKED;
	take_call(w, e, a);
	lock_waited(w, e, a);
}

void
actor_calls(struct world *w, const struct event *e, int a)
{
	struct actor *actor = &w->actor[a];

	if (actor_is_alive(actor)) {
		actor->state = ACTOR_RUNNING;
		forget_call(actor);
	}
	signals_called(w, e, a);
	/* It ends a handler, not what the program called.  */
	if (strcmp(e->call, "rt_sigreturn") == 0)
		return;
	COPY_STR(actor->last_call, e->call);
	actor->last_result = e->result;
	actor->last_error = e->error;
	actor->last_n = w->n;
	history_call(w, a, e);
	memory_orders(w, e, a);
	object_called(w, e, a);
	actor = &w->actor[a];
	actor->ahead = 0;
	ends_changed(w, e, a);
	if (e->object[0] && e->state.known)
		object_probed(w, object_find_or_add(w, e->object), &e->state);
}

void
actor_signal(struct world *w, const struct event *e, int a)
{
	struct actor *actor = &w->actor[a];

	if (!actor_is_alive(actor))
		return;
	actor->signal = e->signal;
	signals_delivered(w, e, a);
	/* Out of its sleep, if a handler runs: the call is made again later. */
	if (strstr(e->args, "\"handler\"") &&
	    (actor->state == ACTOR_BLOCKED || actor->state == ACTOR_SLEEPING)) {
		actor->state = ACTOR_RUNNING;
		forget_call(actor);
	}
	fault_told(w, e, a);
}

void
actor_stops(struct world *w, const struct event *e, int a)
{
	struct actor *actor = &w->actor[a];

	if (!actor_is_alive(actor))
		return;
	if (actor->state != ACTOR_STOPPED)
		actor->before_stop = actor->state;
	actor->state = ACTOR_STOPPED;
	actor->signal = e->signal;
}

void
actor_continues(struct world *w, const struct event *e, int a)
{
	(void)e;
	if (w->actor[a].state == ACTOR_STOPPED)
		w->actor[a].state = w->actor[a].before_stop;
}

void
actor_exits(struct world *w, const struct event *e, int a)
{
	struct actor *actor = &w->actor[a];

	if (!actor_is_alive(actor)) {
		world_differ(w, "event %llu ends %s again",
			     (unsigned long long)w->n, e->actor);
		return;
	}
	forget_call(actor);
	actor->status = e->signal ? -1 : e->status;
	actor->signal = e->signal;
	actor->ended_n = w->n;
	/* Nobody waits for a thread (CLONE_THREAD, clone(2)). */
	actor->state = actor->thread ? ACTOR_GONE : ACTOR_ZOMBIE;
	ends_dropped(w, a);
	mappings_of_ended(w, a);
	if (!actor->thread)
		semaphores_undone(w, a);
	signals_dead(w, a);
}

void
actor_reaped(struct world *w, const struct event *e, int a)
{
	(void)e;
	if (actor_is_alive(&w->actor[a])) {
		w->actor[a].ended_n = w->n;
		w->actor[a].state = ACTOR_GONE;
		ends_dropped(w, a);
		signals_dead(w, a);
		mappings_of_ended(w, a);
	}
	w->actor[a].state = ACTOR_GONE;
}
