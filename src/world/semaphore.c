/*
 * Semaphores: their values, who took how much, and who waits.  System V sets
 * (semop(2)) and POSIX semaphores (sem_overview(7)) are the same here; a set of
 * one kind has many, the other has one.
 */
#include "config.h"

#include "base/i18n.h"
#include "event/json.h"
#include "world/inside.h"
#include "world/semaphore.h"

#include <stdio.h>
#include <string.h>

enum { TAKERS = 64, GIFTS = 4 };

/* What an actor took from a semaphore and nobody gave back, and what the
 * kernel will undo at its end (SEM_UNDO).  */
struct taker {
	int actor, num;
	int64_t net;		/* below 0, it holds some; above, it gave some
				   that nobody took */
	int64_t undo;		/* is added at its end */
};

struct semaphores {
	int n;			/* known; 0: none yet */
	bool of_one;		/* POSIX: for the threads of one process */
	int64_t value[STATE_ITEMS_MAX];
	int n_takers;
	struct taker taker[TAKERS];
	struct gifts {
		uint64_t given[GIFTS];	/* events, the oldest first */
		int by[GIFTS];
		int n;
		uint64_t early;	/* took what is told later to be given */
	} gifts[STATE_ITEMS_MAX];
};

static struct semaphores *
own(struct object *o)
{
	return object_own(o, sizeof(struct semaphores));
}

static const struct semaphores *
known(const struct object *o)
{
	const struct semaphores *s =
		object_has_own(o, sizeof(struct semaphores));

	return s && s->n > 0 ? s : NULL;
}

/* In System V sets a process undoes as a whole, so threads count as their
 * process.  */
static int
leader_of(const struct world *w, int a)
{
	for (int i = 0; i < w->n_actors; i++)
		if (w->actor[i].pid == w->actor[a].pid && !w->actor[i].thread &&
		    actor_is_alive(&w->actor[i]))
			return i;
	return a;
}

static struct taker *
taker_of(struct semaphores *s, int actor, int num)
{
	struct taker *free_one = NULL;

	for (int i = 0; i < s->n_takers; i++) {
		struct taker *k = &s->taker[i];

		if (k->actor == actor && k->num == num)
			return k;
		if (k->net == 0 && k->undo == 0)
			free_one = k;
	}
	if (!free_one && s->n_takers < TAKERS)
		free_one = &s->taker[s->n_takers++];
	if (free_one)
		*free_one = (struct taker){ actor, num, 0, 0 };
	return free_one;
}

/* What one takes without another having given it before, and nobody has given
 * back since, is taken by him: net.  Who gives what he has not taken, gives
 * back what another took; or it waits for one to come.  */
static void
settle(struct semaphores *s, struct taker *k, int64_t by)
{
	int64_t own = k->net < 0 && by > 0 ? -k->net < by ? -k->net : by : 0;

	k->net += own;
	by -= own;
	for (int i = 0; i < s->n_takers && by; i++) {
		struct taker *o = &s->taker[i];
		int64_t most = by > 0 ? -o->net : o->net, n = by < 0 ? -by : by;

		if (o->num != k->num || most <= 0)
			continue;
		n = n < most ? n : most;
		o->net += by > 0 ? n : -n;
		by += by > 0 ? -n : n;
	}
	k->net += by;
}

static void
forget(struct semaphores *s, int num)
{
	for (int i = 0; i < s->n_takers; i++)
		if (s->taker[i].num == num)
			s->taker[i].net = s->taker[i].undo = 0;
}

static void
changed(struct world *w, int id, int a)
{
	struct object *o = &w->object[id];

	o->changed_n = w->n;
	o->last_writer = a;
	o->last_write_n = w->n;
	o->value = own(o)->value[0];
}

/* The arrow from who gave to who took it; of POSIX semaphores it is told first
 * that somebody was woken, and then what woke it.  */
static void
link_gift(struct world *w, struct semaphores *s, int who, int num, int64_t by)
{
	struct gifts *g = &s->gifts[num];

	if (by > 0 && g->early) {
		world_link_to(w, w->n, g->early);
		g->early = 0;
	} else if (by > 0 && g->n < GIFTS) {
		g->given[g->n] = w->n;
		g->by[g->n++] = who;
	} else if (by < 0 && s->value[num] + by < 0) {
		g->early = w->n;
	} else if (by < 0 && g->n > 0) {
		if (g->by[0] != who)
			world_link(w, g->given[0]);
		g->n--;
		memmove(g->given, g->given + 1, g->n * sizeof(g->given[0]));
		memmove(g->by, g->by + 1, g->n * sizeof(g->by[0]));
	}
}

/* One operation that was carried out.  */
static void
add(struct world *w, struct semaphores *s, int who, int num, int64_t by,
    bool undo)
{
	struct taker *k;

	if (num < 0 || num >= STATE_ITEMS_MAX || by < -65535 || by > 65535)
		return;
	if (num >= s->n)
		s->n = num + 1;
	link_gift(w, s, who, num, by);
	s->value[num] += by;
	k = taker_of(s, who, num);
	if (!k)
		return;
	settle(s, k, by);
	if (undo)
		k->undo -= by;
}

/* ---- System V ---- */

/* One element of semop's list: {"sem_num":0,"sem_op":-1,"sem_flg":"0"}.  */
static bool
read_op(struct json *j, struct semaphore_op *op)
{
	char key[NAME_MAX_LEN], flags[64];
	int64_t n;

	*op = (struct semaphore_op){ -1, 0, false, false };
	for (bool first = true; json_next_key(j, first, key, sizeof(key));
	     first = false) {
		flags[0] = '\0';
		n = -1;
		if (json_peek_text(j) ? !json_read_text(j, flags, sizeof(flags))
				      : !json_read_int(j, &n))
			return false;
		if (strcmp(key, "sem_num") == 0 && n >= 0 && n < 65536)
			op->num = (int)n;
		else if (strcmp(key, "sem_op") == 0)
			op->op = n;
		else if (strcmp(key, "sem_flg") == 0) {
			op->undo = strstr(flags, "SEM_UNDO");
			op->nowait = strstr(flags, "IPC_NOWAIT");
		}
	}
	return !json_failed(j) && op->num >= 0 && op->op >= INT16_MIN &&
	       op->op <= INT16_MAX;
}

int
semaphore_ops(const char *args, struct semaphore_op *op, int max)
{
	char text[ARGS_MAX_LEN];
	struct event e;
	struct json j;
	int n = 0;

	event_init(&e, WHAT_NONE);
	COPY_STR(e.args, args);
	if (!event_arg(&e, "sops", text, sizeof(text)))
		return 0;
	json_init(&j, text, strlen(text));
	for (bool first = true; n < max && json_next_item(&j, first);
	     first = false)
		if (!read_op(&j, &op[n++]))
			return 0;
	return n;
}

int
semaphore_ops_all(const char *args, int told)
{
	struct event e;
	int64_t n;

	event_init(&e, WHAT_NONE);
	COPY_STR(e.args, args);
	n = event_arg_int(&e, "nsops", told);
	return n > told && n <= INT32_MAX ? (int)n : told;
}

/* More was done than an event can tell: now only the kernel knows.  */
static void
unlearn(struct world *w, int id, int a)
{
	struct semaphores *s = own(&w->object[id]);

	s->n = s->n_takers = 0;
	changed(w, id, a);
	w->object[id].value = NO_VALUE;
}

static void
operated(struct world *w, int id, const struct event *e, int a)
{
	struct semaphore_op op[SEMAPHORE_OPS];
	int n = semaphore_ops(e->args, op, SEMAPHORE_OPS);

	if (semaphore_ops_all(e->args, n) > n) {
		unlearn(w, id, a);
		return;
	}
	for (int i = 0; i < n; i++)
		add(w, own(&w->object[id]), leader_of(w, a), op[i].num,
		    op[i].op, op[i].undo);
	changed(w, id, a);
}

/* No semaphore has another (SEM_VALUE_MAX, sem_post(3)); a damaged recording
 * may say anything.  */
static int64_t
in_bounds(int64_t value)
{
	return value < 0 ? 0 : value > INT32_MAX ? INT32_MAX : value;
}

static void
set_value(struct semaphores *s, int64_t num, int64_t value)
{
	if (num < 0 || num >= STATE_ITEMS_MAX)
		return;
	if (num >= s->n)
		s->n = (int)num + 1;
	s->value[num] = in_bounds(value);
	forget(s, (int)num);	/* semctl(2): all adjustments are cleared */
}

static void
set_all(struct semaphores *s, const struct event *e)
{
	char text[ARGS_MAX_LEN];
	struct json j;
	int64_t value;
	int n = 0;

	if (!event_arg(e, "arg", text, sizeof(text)))
		return;
	json_init(&j, text, strlen(text));
	for (bool first = true; json_next_item(&j, first); first = false)
		if (json_read_int(&j, &value))
			set_value(s, n++, value);
		else
			return;
}

static void
controlled(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];
	char op[32] = "";

	event_arg(e, "op", op, sizeof(op));
	if (strcmp(op, "IPC_RMID") == 0) {
		o->removed = true;
		return;
	}
	if (strcmp(op, "SETVAL") == 0)
		set_value(own(o), event_arg_int(e, "semnum", -1),
			  event_arg_int(e, "arg", 0));
	else if (strcmp(op, "SETALL") == 0)
		set_all(own(o), e);
	else
		return;
	changed(w, id, a);
}

void
semaphore_set_called(struct world *w, int id, const struct event *e, int a)
{
	if (strcmp(e->call, "semop") == 0 ||
	    strcmp(e->call, "semtimedop") == 0)
		operated(w, id, e, a);
	else if (strcmp(e->call, "semctl") == 0)
		controlled(w, id, e, a);
	else if (strcmp(e->call, "semget") == 0)
		w->object[id].made = true;
}

/* exit_sem(): what a process took with SEM_UNDO comes back at its end, and no
 * value goes below zero by that (semop(2), "SEM_UNDO").  */
void
semaphores_undone(struct world *w, int a)
{
	for (int i = 0; i < w->n_objects; i++) {
		struct object *o = &w->object[i];
		struct semaphores *s;

		if (o->kind != KIND_SEMAPHORE_SET || !known(o))
			continue;
		s = own(o);
		for (int j = 0; j < s->n_takers; j++) {
			struct taker *k = &s->taker[j];

			if (k->actor != a)
				continue;
			if (k->undo) {
				s->value[k->num] += k->undo;
				if (s->value[k->num] < 0)
					s->value[k->num] = 0;
				changed(w, i, a);
			}
			/* The net stays: what was taken without SEM_UNDO by
			 * one that is gone is not given back.  */
			k->net += k->undo;
			k->undo = 0;
		}
	}
}

void
semaphore_set_probed(struct world *w, int id, const struct object_state *s)
{
	struct object *o = &w->object[id];
	struct semaphores *sems;

	/* What it was before the run began, or since semget made it, only the
	 * kernel knows.  */
	if (known(o))
		return;
	sems = own(o);
	for (int i = 0; i < s->n_items && i < STATE_ITEMS_MAX; i++)
		sems->value[i] = in_bounds(s->item[i].value);
	sems->n = s->n_items;
	o->value = sems->value[0];
	(void)w;
}

bool
semaphore_set_check(const struct world *w, int id,
		    const struct object_state *s, struct buf *out)
{
	const struct object *o = &w->object[id];
	const struct semaphores *sems = known(o);
	char what[32];

	for (int i = 0; sems && i < s->n_items && i < sems->n; i++) {
		if (sems->value[i] == s->item[i].value)
			continue;
		snprintf(what, sizeof(what), _("value %d"), i);
		return check_number(out, o, what, sems->value[i],
				    s->item[i].value);
	}
	return true;
}

/* ---- POSIX: told by the runtime, or only by the kernel ---- */

static const struct {
	const char *call;
	int by;
} posix_ops[] = {
	{ "sem_wait", -1 }, { "sem_trywait", -1 }, { "sem_timedwait", -1 },
	{ "sem_clockwait", -1 }, { "sem_post", 1 },
};

/* Named ones lie in /dev/shm (sem_overview(7)); "/door" is sem.door there.  */
static bool
path_of(const struct event *e, char *out, size_t room)
{
	char name[PATH_MAX_LEN];

	if (!event_arg(e, "name", name, sizeof(name)))
		return false;
	snprintf(out, room, "/dev/shm/sem.%s", name + (name[0] == '/'));
	return true;
}

/* It was made under another name, and then linked to its own.  */
static void
opened(struct object *o, const struct event *e)
{
	path_of(e, o->path, sizeof(o->path));
	if (e->value == NO_VALUE)
		return;
	own(o)->value[0] = o->value = e->value;
	own(o)->n = 1;
}

/* What sem_open(3) does to give it its name, seen as calls.  */
void
semaphore_linked(struct world *w, int id, const struct event *e, int a)
{
	(void)a;
	if (w->object[id].kind == KIND_SEMAPHORE && e->path[0])
		COPY_STR(w->object[id].path, e->path);
}

void
semaphore_unlinked(struct world *w, const struct event *e)
{
	char path[PATH_MAX_LEN];
	int id;

	if (!path_of(e, path, sizeof(path)))
		return;
	id = world_object(w, path);
	if (id >= 0)
		w->object[id].removed = true;
}

void
semaphore_called(struct world *w, int id, const struct event *e, int a)
{
	struct object *o = &w->object[id];

	if (strcmp(e->call, "sem_init") == 0 && e->value != NO_VALUE) {
		o->made = true;
		set_value(own(o), 0, e->value);
		own(o)->of_one = event_arg_int(e, "pshared", 1) == 0;
		changed(w, id, a);
	}
	if (strcmp(e->call, "sem_open") == 0)
		opened(o, e);
	if (strcmp(e->call, "sem_destroy") == 0)
		o->removed = true;
	for (size_t i = 0; i < ARRAY_SIZE(posix_ops); i++)
		if (strcmp(e->call, posix_ops[i].call) == 0 && known(o)) {
			add(w, own(o), a, 0, posix_ops[i].by, false);
			/* Whom this one woke was told before it. */
			if (e->value != NO_VALUE)
				own(o)->value[0] = e->value;
			changed(w, id, a);
		}
}

void
semaphore_probed(struct world *w, int id, const struct object_state *s)
{
	struct object *o = &w->object[id];

	(void)w;
	/* A program that was not built with the runtime posts without a call:
	 * the kernel's word is all there is.  */
	if (s->value == NO_VALUE)
		return;
	own(o)->value[0] = o->value = s->value;
	own(o)->n = 1;
}

/* ---- asking ---- */

int64_t
world_semaphore(const struct world *w, int object, int num)
{
	const struct semaphores *s = known(&w->object[object]);

	if (!s || num < 0 || num >= s->n)
		return NO_VALUE;
	return s->value[num];
}

int
world_semaphores(const struct world *w, int object)
{
	const struct semaphores *s = known(&w->object[object]);

	return s ? s->n : 0;
}

int64_t
world_taken(const struct world *w, int object, int num, int actor)
{
	const struct semaphores *s = known(&w->object[object]);

	for (int i = 0; s && i < s->n_takers; i++)
		if (s->taker[i].num == num && s->taker[i].actor == actor &&
		    s->taker[i].net < 0)
			return -s->taker[i].net;
	return 0;
}

int
world_waits_for_semaphore(const struct world *w, int actor)
{
	struct wait wait;

	return wait_of(w, actor, &wait) && wait.kind == WAIT_SEMAPHORE ?
	       wait.number : -1;
}

int
semaphore_holder(const struct world *w, int object, int actor)
{
	return w->object[object].kind == KIND_SEMAPHORE_SET ?
	       leader_of(w, actor) : actor;
}

bool
semaphore_is_of_one(const struct world *w, int object)
{
	const struct semaphores *s = known(&w->object[object]);

	return s && s->of_one;
}
