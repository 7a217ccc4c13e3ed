/* A model machine.  */
#include "model.h"
#include "objects.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { OBJECT_VARIABLE = 100, OBJECT_MUTEX = 200, OBJECT_SEMAPHORE = 300,
       OBJECT_CONDITION = 400, OBJECT_CHANNEL = 500, OBJECT_THREAD = 600,
       OBJECT_PROCESS = 700, OBJECT_SIGNALS = 800 };

enum { SPIN = 3 };	/* loads that give the same: it spins */

enum { BORN_NOT = 100 };	/* a state that is no enum standing_state */

static const struct instruction *
at(const struct machine *m, const struct program *p, int i)
{
	return &p->code[i][m->actor[i].pc];
}

/* ---- what an actor would do ---- */

static struct touch *
touch(struct operation *o, enum act act, int base, int number)
{
	return operation_touch(o, act, (uint32_t)(base + number));
}

static int
waiters(const struct machine *m, const struct program *p, int condition)
{
	int n = 0;

	for (int i = 0; i < p->n; i++)
		n += m->actor[i].waits && at(m, p, i)->a == condition;
	return n;
}

/* An instruction that is one act on one object.  */
static const struct simple {
	enum act act;
	int base;
} simple[] = {
	[LOAD] = { ACT_LOAD, OBJECT_VARIABLE },
	[STORE] = { ACT_STORE, OBJECT_VARIABLE },
	[SET] = { ACT_STORE, OBJECT_VARIABLE },
	[INCREMENT] = { ACT_RMW, OBJECT_VARIABLE },
	[LOCK] = { ACT_LOCK, OBJECT_MUTEX },
	[UNLOCK] = { ACT_UNLOCK, OBJECT_MUTEX },
	[TRY_LOCK] = { ACT_TRY_LOCK, OBJECT_MUTEX },
	[WAIT] = { ACT_SEM_WAIT, OBJECT_SEMAPHORE },
	[TIMED_WAIT] = { ACT_SEM_WAIT, OBJECT_SEMAPHORE },
	[TRY_WAIT] = { ACT_SEM_TRY, OBJECT_SEMAPHORE },
	[POST] = { ACT_SEM_POST, OBJECT_SEMAPHORE },
	[COND_WAIT] = { ACT_COND_WAIT, OBJECT_CONDITION },
	[COND_TIMED] = { ACT_COND_WAIT, OBJECT_CONDITION },
	[SIGNAL] = { ACT_COND_SIGNAL, OBJECT_CONDITION },
	[BROADCAST] = { ACT_COND_BROADCAST, OBJECT_CONDITION },
	[SEND] = { ACT_PIPE_WRITE, OBJECT_CHANNEL },
	[RECEIVE] = { ACT_PIPE_READ, OBJECT_CHANNEL },
	[KILL] = { ACT_SIGNAL_SEND, OBJECT_SIGNALS },
	[SPAWN] = { ACT_CREATE, OBJECT_THREAD },
	[JOIN] = { ACT_JOIN, OBJECT_THREAD },
};

static void
fill_counts(const struct machine *m, const struct program *p,
	    const struct instruction *in, struct touch *t)
{
	switch (in->code) {
	case WAIT: case TIMED_WAIT: case TRY_WAIT: case POST:
		t->value = 1;
		t->have = m->semaphore[in->a];
		t->gives_up = in->code == TIMED_WAIT;
		break;
	case SEND: case RECEIVE:
		t->value = in->code == SEND ? 1 : in->b;
		t->have = m->items[in->a];
		break;
	case COND_WAIT: case COND_TIMED: case SIGNAL: case BROADCAST:
		t->have = waiters(m, p, in->a);
		break;
	case JOIN: case SPAWN:
		t->value = 1 + in->a;
		break;
	case KILL:
		t->value = 1 + in->b;
		t->have = p->reached ? 0 : HAVE_UNKNOWN;
		break;
	default:
		break;
	}
}

static void
operation_of(const struct machine *m, const struct program *p, int i,
	     struct operation *o)
{
	const struct instruction *in = at(m, p, i);

	memset(o, 0, sizeof(*o));
	o->pc = (uint64_t)m->actor[i].pc + 1;
	if (m->actor[i].again) {
		touch(o, ACT_LOCK, OBJECT_MUTEX, in->b);
	} else if (in->code == END) {
		o->ends = true;
		touch(o, ACT_EXIT, OBJECT_THREAD, i)->value = 1 + i;
		touch(o, ACT_EXIT, OBJECT_PROCESS, p->process[i]);
		touch(o, ACT_SIGNAL_CONTROL, OBJECT_SIGNALS, i);
		objects_end_operation(m, p, i, o);
	} else if (in->code == EXIT_ALL) {
		o->ends = true;
		touch(o, ACT_EXIT_GROUP, OBJECT_PROCESS, p->process[i]);
		for (int k = 0; k < p->n; k++)
			if (p->process[k] == p->process[i]) {
				touch(o, ACT_SIGNAL_CONTROL, OBJECT_SIGNALS,
				      k);
				/* Who waits for one that has ended was let go
				 * on before.  */
				if (m->actor[k].state == STANDS_ENDED)
					continue;
				touch(o, ACT_EXIT, OBJECT_THREAD,
				      k)->value = 1 + k;
				objects_end_operation(m, p, k, o);
			}
	} else if (in->code == STRANGE) {
		o->unknown = true;
	} else if (objects_have(in->code)) {
		objects_operation(m, p, i, o);
	} else if (!objects_may_use(m, i, in)) {
		;	/* it fails */
	} else {
		if (in->code == SPAWN)
			touch(o, ACT_CREATE, OBJECT_PROCESS,
			      p->process[in->a]);
		if (in->code == SPAWN && p->family)
			touch(o, ACT_FORK, OBJECT_FAMILY, 0);
		fill_counts(m, p, in, touch(o, simple[in->code].act,
					    simple[in->code].base, in->a));
		if (in->code == COND_WAIT || in->code == COND_TIMED) {
			o->sleeps_inside = true;
			touch(o, ACT_UNLOCK, OBJECT_MUTEX, in->b);
		}
	}
	if (p->reached && !m->actor[i].blocks)
		touch(o, ACT_SIGNAL_REACH, OBJECT_SIGNALS, i);
}

static bool
would_sleep(const struct machine *m, const struct program *p, int i)
{
	const struct instruction *in = at(m, p, i);

	if (m->actor[i].again)
		return m->owner[in->b] != 0;
	if (objects_have(in->code))
		return objects_would_sleep(m, p, i);
	switch (in->code) {
	case LOCK: return m->owner[in->a] != 0;
	case WAIT: case TIMED_WAIT: return m->semaphore[in->a] == 0;
	case SEND:
		return m->items[in->a] == p->room[in->a] &&
		       objects_may_use(m, i, in) &&
		       objects_readers(m, p, in->a) > 0;
	case RECEIVE:
		return m->items[in->a] == 0 && objects_may_use(m, i, in) &&
		       objects_writers(m, p, in->a) > 0;
	case JOIN: return m->actor[in->a].state != STANDS_ENDED;
	default: return false;
	}
}

static enum standing_state
state_of(const struct machine *m, const struct program *p, int i)
{
	const struct actor *a = &m->actor[i];
	const struct instruction *in = at(m, p, i);

	if (a->state == STANDS_ENDED)
		return STANDS_ENDED;
	if (a->waits)
		return in->code == COND_TIMED ? STANDS_TIMED : STANDS_SLEEPS;
	if (a->inside)
		return STANDS_SLEEPS;
	if (would_sleep(m, p, i))
		return STANDS_WAITS;
	if (a->same >= SPIN && in->code == LOAD &&
	    m->variable[in->a] == a->r[in->r])
		return STANDS_SPINS;
	return STANDS_READY;
}

/* ---- positions ---- */

static struct standing standings[MODEL_ACTORS];
static struct alternative alternatives[MODEL_ACTORS * 4];

static struct alternative *
add(struct position *p, enum alternative_kind kind, int actor)
{
	struct alternative *a = &p->alternative[p->n_alternatives++];

	memset(a, 0, sizeof(*a));
	a->kind = kind;
	a->actor = actor;
	return a;
}

static void
add_other(const struct machine *m, const struct program *program, int i,
	  enum standing_state state, struct position *p)
{
	const struct instruction *in = at(m, program, i);
	struct alternative *a;

	if (state == STANDS_TIMED) {
		a = add(p, ALTERNATIVE_EXPIRE, i);
		touch(&a->op, ACT_COND_WOKEN, OBJECT_CONDITION, in->a);
	} else if (state == STANDS_WAITS && in->code == TIMED_WAIT) {
		a = add(p, ALTERNATIVE_EXPIRE, i);
		touch(&a->op, ACT_SEM_LOOK, OBJECT_SEMAPHORE, in->a);
	} else if (state == STANDS_WAITS && in->code == RW_TIMED) {
		a = add(p, ALTERNATIVE_EXPIRE, i);
		operation_of(m, program, i, &a->op);
		a->op.touch[0].act = ACT_TRY_READ_LOCK;
	}
	if (m->actor[i].waits && program->spurious) {
		a = add(p, ALTERNATIVE_WAKE, i);
		a->fault = true;
		touch(&a->op, ACT_COND_WOKEN, OBJECT_CONDITION, in->a);
	}
	if (state == STANDS_READY && in->code == RECEIVE && in->b > 1 &&
	    objects_may_use(m, i, in) && m->items[in->a] > 1 && program->short_reads) {
		a = add(p, ALTERNATIVE_CUT, i);
		a->fault = true;
		a->number = 1;
		touch(&a->op, ACT_PIPE_READ, OBJECT_CHANNEL, in->a)->value = 1;
		a->op.touch[0].have = m->items[in->a];
	}
	if (m->actor[i].signal && !m->actor[i].blocks) {
		a = add(p, ALTERNATIVE_DELIVER, i);
		touch(&a->op, ACT_SIGNAL_TAKE, OBJECT_SIGNALS, i);
		touch(&a->op, ACT_RMW, OBJECT_VARIABLE,
		      m->actor[i].signal - 1);
	}
}

void
machine_position(const struct machine *m, const struct program *program,
		 int last, int step, struct position *p)
{
	*p = (struct position){
		.step = step, .last = last, .standing = standings,
		.alternative = alternatives,
	};
	for (int k = 0; k < m->born; k++) {
		int i = m->order[k];
		struct standing *s = &standings[p->n_standing++];

		s->actor = i;
		s->state = state_of(m, program, i);
		operation_of(m, program, i, &s->next);
		if (s->state == STANDS_READY)
			add(p, ALTERNATIVE_GO, i)->op = s->next;
	}
	for (int k = 0; k < m->born; k++)
		if (standings[k].state != STANDS_ENDED &&
		    standings[k].state != STANDS_SPINS)
			add_other(m, program, standings[k].actor,
				  standings[k].state, p);
}

bool
machine_is_stuck(const struct machine *m, const struct program *program)
{
	bool live = false;

	for (int i = 0; i < program->n; i++) {
		enum standing_state s;

		if (m->actor[i].state == BORN_NOT)
			continue;
		s = state_of(m, program, i);
		if (s == STANDS_READY || s == STANDS_TIMED ||
		    (s == STANDS_WAITS &&
		     (at(m, program, i)->code == TIMED_WAIT ||
		      at(m, program, i)->code == RW_TIMED)))
			return false;
		live |= s != STANDS_ENDED;
	}
	return live;
}

/* ---- doing ---- */

/* Go past what touches only registers.  */
static void
settle(struct machine *m, const struct program *p, int i)
{
	struct actor *a = &m->actor[i];

	for (;; a->pc++) {
		const struct instruction *in = at(m, p, i);

		switch (in->code) {
		case ADD: a->r[in->r] += in->a; break;
		case UNLESS:
			if (a->r[in->r] != in->a)
				a->pc = (int8_t)(a->pc + in->b);
			break;
		case BACK: a->pc = (int8_t)(a->pc - in->a - 1); break;
		case FAULT: m->failed |= a->r[in->r] != in->a; break;
		default: return;
		}
	}
}

void
machine_go_on(struct machine *m, const struct program *p, int i)
{
	m->actor[i].inside = false;
	m->actor[i].pc++;
	settle(m, p, i);
}

static void
birth(struct machine *m, const struct program *p, int i)
{
	m->more.unborn &= (int8_t)~(1 << i);
	m->actor[i].state = STANDS_READY;
	m->order[m->born++] = (int8_t)i;
	settle(m, p, i);
}

void
machine_start(struct machine *m, const struct program *p)
{
	memset(m, 0, sizeof(*m));
	for (int i = 0; i < MODEL_OBJECTS; i++)
		m->semaphore[i] = (int8_t)p->semaphore[i];
	for (int i = 0; i < MODEL_FEW; i++)
		m->more.set[i] = (int8_t)p->set[i];
	m->more.unborn = -1;
	for (int i = 0; i < p->n; i++)
		m->actor[i].state = BORN_NOT;
	for (int i = 0; i < p->n; i++)
		if (!p->later[i])
			birth(m, p, i);
}

static int
first_waiter(const struct machine *m, const struct program *p, int condition)
{
	int first = -1;

	for (int i = 0; i < p->n; i++)
		if (m->actor[i].waits && at(m, p, i)->a == condition &&
		    (first < 0 || m->actor[i].waits < m->actor[first].waits))
			first = i;
	return first;
}

/* Out of the condition's queue; on to the mutex.  Places are numbered anew,
 * so that equal queues are equal bytes.  */
static void
leave_condition(struct machine *m, int i)
{
	int place = m->actor[i].waits;

	m->actor[i].waits = 0;
	m->actor[i].again = true;
	for (int k = 0; k < MODEL_ACTORS; k++)
		if (m->actor[k].waits > place)
			m->actor[k].waits--;
	m->waiting--;
}

static void
wake(struct machine *m, const struct program *p, int condition, int most,
     struct done *d)
{
	int i;

	while (most-- > 0 && (i = first_waiter(m, p, condition)) >= 0) {
		leave_condition(m, i);
		d->woken[d->n_woken++] = i;
	}
}

static void
receive(struct machine *m, struct actor *a, const struct instruction *in,
	int most)
{
	int n = m->items[in->a] < most ? m->items[in->a] : most;

	a->r[in->r] = 0;
	for (int k = 0; k < n; k++)
		a->r[in->r] = a->r[in->r] * 10 + m->item[in->a][k];
	m->items[in->a] = (int8_t)(m->items[in->a] - n);
	memmove(m->item[in->a], m->item[in->a] + n, (size_t)MODEL_QUEUE -
		(size_t)n);
	memset(m->item[in->a] + MODEL_QUEUE - n, 0, (size_t)n);
}

/* What has ended is all the same.  */
static void
end_actor(struct machine *m, const struct program *p, int i)
{
	objects_end(m, p, i);
	if (m->actor[i].waits)
		leave_condition(m, i);
	m->actor[i].again = false;
	m->actor[i].signal = 0;
	m->actor[i].same = 0;
	m->actor[i].state = STANDS_ENDED;
}

static void
end_process(struct machine *m, const struct program *p, int i)
{
	for (int k = 0; k < p->n; k++)
		if (p->process[k] == p->process[i] &&
		    m->actor[k].state != BORN_NOT)
			end_actor(m, p, k);
}

static void
count_same(struct actor *a, const struct instruction *in, int value)
{
	bool same = a->last_load == in->a + 1 && a->r[in->r] == value;

	a->same = (int8_t)(!same ? 1 : a->same < SPIN ? a->same + 1 : SPIN);
	a->last_load = (int8_t)(in->a + 1);
}

static void
do_visible(struct machine *m, const struct program *p, int i, struct done *d)
{
	struct actor *a = &m->actor[i];
	const struct instruction *in = at(m, p, i);
	int8_t *sem = &m->semaphore[in->a], *owner = &m->owner[in->a];

	if (!objects_may_use(m, i, in)) {
		a->r[in->r] = -1;
		a->pc++;
		settle(m, p, i);
		return;
	}
	if (in->code == LOAD)
		count_same(a, in, m->variable[in->a]);
	else
		a->same = a->last_load = 0;
	switch (in->code) {
	case LOAD: a->r[in->r] = m->variable[in->a]; break;
	case STORE: m->variable[in->a] = a->r[in->r]; break;
	case SET: m->variable[in->a] = in->b; break;
	case INCREMENT: case STRANGE: m->variable[in->a] += in->b; break;
	case LOCK: *owner = (int8_t)(1 + i); break;
	case UNLOCK: *owner = 0; break;
	case TRY_LOCK:
		a->r[in->r] = *owner == 0;
		if (*owner == 0)
			*owner = (int8_t)(1 + i);
		break;
	case TRY_WAIT: a->r[in->r] = *sem > 0; *sem -= *sem > 0; break;
	case TIMED_WAIT: a->r[in->r] = 0; /* fall through */
	case WAIT: --*sem; break;
	case POST: ++*sem; break;
	case SIGNAL: wake(m, p, in->a, 1, d); break;
	case BROADCAST: wake(m, p, in->a, MODEL_ACTORS, d); break;
	case SEND:
		if (objects_readers(m, p, in->a) > 0)
			m->item[in->a][m->items[in->a]++] = (int8_t)in->b;
		a->r[in->r] += objects_readers(m, p, in->a) == 0;
		break;
	case RECEIVE: receive(m, a, in, in->b); break;
	case KILL:
		if (m->actor[in->a].state != STANDS_ENDED)
			m->actor[in->a].signal = (int8_t)(1 + in->b);
		break;
	case SPAWN: birth(m, p, in->a); break;
	case JOIN: break;
	default: ck_abort_msg("no visible instruction");
	}
	a->pc++;
	settle(m, p, i);
}

static void
go(struct machine *m, const struct program *p, int i, struct done *d)
{
	struct actor *a = &m->actor[i];
	const struct instruction *in = at(m, p, i);

	operation_of(m, p, i, &d->op);
	if (a->again) {
		m->owner[in->b] = (int8_t)(1 + i);
		a->again = false;
		a->pc++;
		settle(m, p, i);
	} else if (in->code == COND_WAIT || in->code == COND_TIMED) {
		if (in->code == COND_TIMED)
			a->r[in->r] = 0;
		m->owner[in->b] = 0;
		a->waits = ++m->waiting;
	} else if (in->code == END) {
		end_actor(m, p, i);
	} else if (in->code == EXIT_ALL) {
		end_process(m, p, i);
	} else if (objects_have(in->code)) {
		a->same = a->last_load = 0;
		if (objects_do(m, p, i, d))
			machine_go_on(m, p, i);
	} else {
		do_visible(m, p, i, d);
	}
}

void
machine_do(struct machine *m, const struct program *program,
	   const struct alternative *what, struct done *d)
{
	int i = what->actor;
	struct actor *a = &m->actor[i];
	const struct instruction *in = at(m, program, i);

	memset(d, 0, sizeof(*d));
	d->op = what->op;
	switch (what->kind) {
	case ALTERNATIVE_GO:
		go(m, program, i, d);
		break;
	case ALTERNATIVE_EXPIRE:
		a->r[in->r] = in->code != RW_TIMED;
		if (in->code == COND_TIMED) {
			leave_condition(m, i);
			break;
		}
		a->pc++;
		settle(m, program, i);
		break;
	case ALTERNATIVE_WAKE:
		leave_condition(m, i);
		break;
	case ALTERNATIVE_CUT:
		receive(m, a, in, what->number);
		a->pc++;
		settle(m, program, i);
		break;
	case ALTERNATIVE_DELIVER:
		m->variable[a->signal - 1]++;
		a->signal = 0;
		if (a->inside && in->code == PAUSE)
			machine_go_on(m, program, i);
		break;
	default:
		ck_abort_msg("no such alternative");
	}
}

/* ---- a run ---- */

static bool
has_choice(const struct position *p)
{
	for (int i = 0; i < p->n_alternatives; i++)
		if (!p->alternative[i].fault)
			return true;
	return false;
}

void
model_run(struct strategy *s, const struct program *program, int steps_max,
	  struct outcome *to)
{
	struct position p;
	struct done d;
	int last = -1, i;

	memset(to, 0, sizeof(*to));
	machine_start(&to->end, program);
	for (;;) {
		machine_position(&to->end, program, last, to->steps, &p);
		to->ending = machine_is_stuck(&to->end, program) ?
			     ENDING_STUCK : ENDING_OVER;
		if (p.n_alternatives == 0)
			break;
		if (!has_choice(&p)) {
			ck_assert_int_lt(to->n_stuck, MODEL_STUCK);
			to->stuck[to->n_stuck++] = to->end;
		}
		if (to->steps == steps_max) {
			to->ending = ENDING_CUT;
			break;
		}
		i = s->kind->pick(s, &p);
		if (i < 0) {
			if (has_choice(&p))
				to->ending = ENDING_GIVEN_UP;
			break;
		}
		ck_assert_int_lt(i, p.n_alternatives);
		to->preemptions += position_preempts(&p, i);
		to->faults += p.alternative[i].fault;
		last = p.alternative[i].actor;
		machine_do(&to->end, program, &p.alternative[i], &d);
		s->kind->did(s, &p, i, &d);
		to->steps++;
	}
	to->failed = to->end.failed || to->ending == ENDING_STUCK;
	s->kind->end(s, &p, to->ending);
}
