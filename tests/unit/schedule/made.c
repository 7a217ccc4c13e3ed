/* Programs made by dice: made.h.  */
#include "made.h"

#include "base/random.h"

#include <string.h>


static int
below(uint64_t *r, int n)
{
	return (int)random_below(r, (uint64_t)n);
}

static void
make_one(uint64_t *r, const struct taste *t, int actors,
	 struct instruction *in)
{
	*in = (struct instruction){
		.code = t->codes[below(r, t->n_codes)],
		.a = below(r, 2), .b = 1 + below(r, 2), .r = below(r, 2),
	};
	if (in->code == COND_WAIT || in->code == COND_TIMED)
		in->b = in->a;
	if (in->code == KILL)
		in->a = below(r, actors);
	if (in->code == UNLESS) {
		in->a = below(r, 2);
		in->b = 1;
	}
}

/* Those that are not of any two numbers.  */
static void
make_other(uint64_t *r, int actors, int actor, struct instruction *in)
{
	switch (in->code) {
	case FETCH: case TRY_FETCH:
		in->b = below(r, 3);
		break;
	case REAP: case TRY_REAP:
		in->a = below(r, actors);
		if (actor > 0)
			in->code = LOAD, in->a = 0;
		break;
	case FILE_PUT: case FILE_GET:
		in->a = below(r, 4);
		break;
	default:
		break;
	}
}

static bool
is_rw(enum code code)
{
	return code >= RW_READ && code <= RW_TIMED;
}

/* Who has a read-write lock gives it back before it takes it again.  */
static void
make_rw(struct instruction *in, int *held)
{
	int bit = 1 << in->a;

	if (*held & bit)
		in->code = RW_UNLOCK;
	else if (in->code == RW_UNLOCK)
		in->code = RW_READ;
	*held ^= bit;
}

static bool
is_lock(enum code code)
{
	return code == LOCK || code == UNLOCK || is_rw(code);
}

/* A mutex must be held by who unlocks it or waits with it.  */
static int
make_code(uint64_t *r, const struct taste *t, int actors, int actor,
	  struct instruction *code)
{
	int length = 1 + below(r, t->length), held = -1, held_rw = 0, n = 0;

	while (n < length) {
		struct instruction *in = &code[n];

		make_one(r, t, actors, in);
		make_other(r, actors, actor, in);
		if (is_rw(in->code))
			make_rw(in, &held_rw);
		if (in->code == LOCK && held >= 0)
			*in = (struct instruction){ UNLOCK, .a = held };
		if (in->code == LOCK)
			held = in->a;
		else if (in->code == UNLOCK && held >= 0)
			in->a = held, held = -1;
		else if (in->code == UNLOCK)
			continue;
		else if ((in->code == COND_WAIT || in->code == COND_TIMED) &&
			 held < 0)
			continue;
		if (in->code == COND_WAIT || in->code == COND_TIMED)
			in->b = held;
		n++;
	}
	if (held >= 0)
		code[n++] = (struct instruction){ UNLOCK, .a = held };
	/* What an UNLESS may pass over is no lock.  */
	for (int i = 0; i < n; i++)
		if (code[i].code == UNLESS &&
		    (i + 1 == n || is_lock(code[i + 1].code)))
			code[i] = (struct instruction){ .code = LOAD };
	code[n++] = (struct instruction){ .code = END };
	return n;
}

/* From dice of their own: programs without them stay what they are.  */
static void
make_objects(const uint64_t *r, const struct taste *t, struct program *p)
{
	uint64_t own = random_mix(*r, 11);

	p->ends = t->ends;
	p->family = t->family;
	p->uncounted = below(&own, 2);
	for (int i = 0; i < MODEL_FEW; i++) {
		p->barrier[i] = 2 + below(&own, p->n - 1);
		p->set[i] = below(&own, 3);
	}
	p->reached = below(&own, 2);
}

void
make_program(uint64_t seed, const struct taste *t, struct made *to)
{
	uint64_t r = random_mix(seed, 7);
	int actors = 2 + below(&r, t->actors - 1);

	memset(to, 0, sizeof(*to));
	to->program.n = actors;
	to->program.spurious = t->spurious;
	to->program.short_reads = t->short_reads;
	for (int i = 0; i < actors; i++) {
		make_code(&r, t, actors, i, to->code[i]);
		to->program.code[i] = to->code[i];
		to->program.process[i] = below(&r, 2);
	}
	for (int i = 0; i < 2; i++) {
		to->program.semaphore[i] = below(&r, 3);
		to->program.room[i] = 1 + below(&r, 3);
	}
	make_objects(&r, t, &to->program);
	/* One is born by another sometimes.  */
	if (actors > 2 && below(&r, 3) == 0) {
		memmove(&to->code[0][1], &to->code[0][0],
			sizeof(to->code[0][0]) * (CODE_MAX - 1));
		to->code[0][0] = (struct instruction){ SPAWN, .a = 1 };
		to->program.later[1] = true;
	}
}

/* ---- tastes ---- */

static const enum code memory[] = {
	LOAD, STORE, SET, INCREMENT, ADD, LOAD, SET
}, locks[] = {
	LOAD, SET, INCREMENT, LOCK, LOCK, UNLOCK, TRY_LOCK, UNLESS
}, semaphores[] = {
	LOAD, SET, INCREMENT, WAIT, POST, POST, TRY_WAIT, TIMED_WAIT
}, conditions[] = {
	LOAD, SET, LOCK, LOCK, UNLOCK, COND_WAIT, COND_TIMED, SIGNAL,
	BROADCAST, COND_WAIT
}, channels[] = {
	LOAD, SET, SEND, SEND, RECEIVE, RECEIVE, INCREMENT
}, ends[] = {
	LOAD, SET, INCREMENT, LOCK, UNLOCK, EXIT_ALL, JOIN, POST, WAIT, UNLESS
}, signals[] = {
	LOAD, SET, INCREMENT, KILL, WAIT, POST, EXIT_ALL
}, everything[] = {
	LOAD, SET, INCREMENT, LOCK, UNLOCK, WAIT, POST, TIMED_WAIT, TRY_WAIT,
	COND_WAIT, COND_TIMED, SIGNAL, SEND, RECEIVE, EXIT_ALL, JOIN, STRANGE,
	KILL, UNLESS, ADD
}, rwlocks[] = {
	LOAD, SET, RW_READ, RW_WRITE, RW_READ, RW_TRY_READ, RW_TRY_WRITE,
	RW_TIMED, RW_UNLOCK, UNLESS
}, barriers[] = {
	LOAD, SET, INCREMENT, ARRIVE, ARRIVE, UNLESS
}, mails[] = {
	LOAD, SET, MAIL, MAIL, FETCH, FETCH, TRY_FETCH, UNLESS
}, pipe_ends[] = {
	LOAD, SET, SEND, SEND, RECEIVE, TRY_RECEIVE, CLOSE_READ, CLOSE_READ,
	CLOSE_WRITE, CLOSE_WRITE
}, counters[] = {
	LOAD, SET, COUNT, COUNT, TAKE, TAKE, TRY_TAKE, UNLESS
}, children[] = {
	LOAD, SET, INCREMENT, REAP, REAP, TRY_REAP, UNLESS
}, sets[] = {
	LOAD, SET, SET_WAIT, SET_POST, SET_POST, SET_TRY, SET_MOVE, SET_BOTH,
	SET_ZERO
}, files[] = {
	FILE_PUT, FILE_PUT, FILE_GET, FILE_GET, FILE_ADD, FILE_CUT, FILE_SIZE,
	NEXT_PUT, NEXT_GET, LOAD, SET
}, handlers[] = {
	LOAD, SET, KILL, KILL, KILL, BLOCK, UNBLOCK, PENDING, AWAIT, PAUSE
}, all_objects[] = {
	LOAD, SET, INCREMENT, LOCK, UNLOCK, RW_READ, RW_WRITE, RW_UNLOCK,
	ARRIVE, MAIL, FETCH, SEND, RECEIVE, CLOSE_READ, CLOSE_WRITE, COUNT,
	TAKE, REAP, TRY_REAP, SET_WAIT, SET_POST, SET_BOTH, FILE_PUT, FILE_GET,
	FILE_ADD, NEXT_PUT, KILL, BLOCK, UNBLOCK, AWAIT, PAUSE, EXIT_ALL,
	COND_WAIT, SIGNAL, TIMED_WAIT, UNLESS
};

#define OF(list) .codes = list, .n_codes = ARRAY_SIZE(list)
const struct taste tastes[] = {
	{ OF(memory), .actors = 4, .length = 4 },
	{ OF(locks), .actors = 3, .length = 6 },
	{ OF(semaphores), .actors = 4, .length = 5 },
	{ OF(conditions), .actors = 3, .length = 6, .spurious = true },
	{ OF(channels), .actors = 3, .length = 5, .short_reads = true },
	{ OF(ends), .actors = 4, .length = 5 },
	{ OF(signals), .actors = 3, .length = 5 },
	{ OF(everything), .actors = 3, .length = 6, .spurious = true,
	  .short_reads = true },
	{ OF(rwlocks), .actors = 4, .length = 5 },
	{ OF(barriers), .actors = 4, .length = 4 },
	{ OF(mails), .actors = 4, .length = 4 },
	{ OF(pipe_ends), .actors = 3, .length = 5, .short_reads = true,
	  .ends = true },
	{ OF(counters), .actors = 4, .length = 4 },
	{ OF(children), .actors = 4, .length = 4, .family = true },
	{ OF(sets), .actors = 4, .length = 4 },
	{ OF(files), .actors = 3, .length = 4 },
	{ OF(handlers), .actors = 3, .length = 4 },
	{ OF(all_objects), .actors = 3, .length = 5, .spurious = true,
	  .short_reads = true, .ends = true, .family = true },
};

const int n_tastes = ARRAY_SIZE(tastes);
