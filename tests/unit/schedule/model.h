/*
 * A model machine: small programs over variables, mutexes, semaphores,
 * condition variables, channels, signals, and the ends of threads and
 * processes.  It shows a strategy positions as the explorer does, so that
 * what the strategies claim can be compared with all interleavings.
 *
 * A program is an array of instructions for each actor, END last.  What
 * touches only the actor's own registers is done along with the operation
 * before it.
 */
#ifndef TESTS_UNIT_SCHEDULE_MODEL_H
#define TESTS_UNIT_SCHEDULE_MODEL_H

#include "schedule/strategy.h"

enum code {
	END,		/* of the thread */
	/* visible; r is a register */
	LOAD,		/* r = variable a */
	STORE,		/* variable a = r */
	SET,		/* variable a = b */
	INCREMENT,	/* variable a += b, at once */
	LOCK, UNLOCK,	/* mutex a */
	TRY_LOCK,	/* r = 1 if it is taken now, else 0 */
	WAIT, POST,	/* semaphore a */
	TIMED_WAIT,	/* r = 1 if time was over first, else 0 */
	TRY_WAIT,	/* r = 1 if it was had, else 0 */
	COND_WAIT,	/* condition a, mutex b */
	COND_TIMED,	/* ... r = 1 if time was over */
	SIGNAL, BROADCAST,	/* condition a */
	SEND,		/* channel a, item b; sleeps while it is full */
	RECEIVE,	/* channel a, up to b items; sleeps while it is empty;
			   r = the items, as digits */
	KILL,		/* a signal to actor a: adds 1 to variable b */
	EXIT_ALL,	/* ends all actors of its process */
	SPAWN,		/* actor a begins */
	JOIN,		/* sleeps until actor a has ended */
	STRANGE,	/* variable a += b, in a way that nobody knows */
	/* objects.c: read-write lock a; r = 1 if it is had, else 0 */
	RW_READ, RW_WRITE, RW_TRY_READ, RW_TRY_WRITE, RW_UNLOCK,
	RW_TIMED,	/* to read; r = 0 if time was over */
	ARRIVE,		/* barrier a; r = 1 if it is the last */
	MAIL,		/* queue a, a message of type b */
	FETCH, TRY_FETCH,	/* of type b, 0: any; r = its type, or 0 */
	CLOSE_READ, CLOSE_WRITE,	/* its end of channel a */
	TRY_RECEIVE,	/* one item of channel a, 0: end, -1: nothing yet */
	COUNT,		/* counter a += b */
	TAKE, TRY_TAKE,	/* r = counter a, which is 0 then */
	REAP, TRY_REAP,	/* child a, below 1: any; r = which */
	SET_WAIT, SET_POST, SET_TRY,	/* semaphore a of the set */
	SET_MOVE,	/* ... from a to the other */
	SET_BOTH,	/* ... both of them */
	SET_ZERO,	/* sleeps until a is 0 */
	FILE_PUT, FILE_GET,	/* b bytes at a; r = what is there */
	FILE_ADD,	/* append b bytes */
	FILE_CUT,	/* to a bytes */
	FILE_SIZE,	/* r = its size */
	NEXT_PUT, NEXT_GET,	/* b bytes at the offset that all share */
	BLOCK, UNBLOCK,	/* signals */
	PENDING,	/* r = the signal that waits */
	AWAIT,		/* sleeps until there is one and takes it; r = which */
	PAUSE,		/* sleeps until one was delivered */
	/* its own */
	ADD,		/* r += a */
	UNLESS,		/* r == a? else go on b instructions further */
	BACK,		/* a instructions back */
	FAULT,		/* the program has failed, if r != a */
	CODES
};

struct instruction {
	enum code code;
	int a, b, r;
};

enum {
	MODEL_ACTORS = 24, MODEL_OBJECTS = 24, MODEL_REGISTERS = 3,
	MODEL_QUEUE = 4, MODEL_FEW = 2, MODEL_FILE = 6
};

enum { OBJECT_FAMILY = 1600 };

struct program {
	int n;				/* actors */
	const struct instruction *code[MODEL_ACTORS];
	int process[MODEL_ACTORS];
	bool later[MODEL_ACTORS];	/* begins when it is spawned */
	int semaphore[MODEL_OBJECTS];	/* their values at first */
	int room[MODEL_OBJECTS];	/* of channels, up to MODEL_QUEUE */
	bool spurious;			/* WAKE is offered, as a fault */
	bool short_reads;		/* CUT, as a fault */
	bool hidden[MODEL_OBJECTS];	/* variables that only one touches:
					   no points */
	int barrier[MODEL_FEW];		/* how many meet there */
	int set[MODEL_FEW];		/* semaphores of the set, at first */
	bool ends;			/* channels have ends, which all hold */
	bool family;			/* all are children of actor 0 */
	bool reached;			/* each step depends on signals, so that
					   two of one kind need not */
	bool uncounted;			/* what is in objects is not shown */
};

struct actor {
	int8_t pc, state;		/* enum standing_state, or... */
	int8_t signal;			/* a signal waits: 1 + variable */
	int8_t waits;			/* 1 + its place in the condition's
					   queue; 0: not in it */
	bool again;			/* woken, and before the mutex */
	bool inside;			/* a barrier, or a pause: asleep */
	bool blocks;			/* signals */
	int8_t same;			/* loads that gave the same, in a row */
	int8_t last_load;
	int32_t r[MODEL_REGISTERS];
};

/* objects.c */
struct objects {
	int8_t readers[MODEL_FEW], writer[MODEL_FEW];	/* 1 + actor */
	int8_t reads[MODEL_ACTORS];	/* locks, as bits */
	int8_t arrived[MODEL_FEW];
	int8_t mails[MODEL_FEW], mail[MODEL_FEW][MODEL_QUEUE];
	int8_t closed_read[MODEL_ACTORS], closed_write[MODEL_ACTORS];
	int8_t counter[MODEL_FEW];
	int8_t unborn, reaped;		/* children, as bits */
	int8_t set[MODEL_FEW];
	int8_t file[MODEL_FILE], size, offset;
};

/* All of it is compared and hashed as bytes.  */
struct machine {
	struct actor actor[MODEL_ACTORS];
	int32_t variable[MODEL_OBJECTS];
	int8_t owner[MODEL_OBJECTS];	/* of a mutex, 1 + actor */
	int8_t semaphore[MODEL_OBJECTS];
	int8_t items[MODEL_OBJECTS], item[MODEL_OBJECTS][MODEL_QUEUE];
	int8_t waiting;			/* places given in conditions */
	int8_t order[MODEL_ACTORS], born;
	bool failed;
	struct objects more;
};

void machine_start(struct machine *m, const struct program *p);
/* Fill in p; its arrays are static: the next call fills them again.  */
void machine_position(const struct machine *m, const struct program *program,
		      int last, int step, struct position *p);
void machine_do(struct machine *m, const struct program *program,
		const struct alternative *a, struct done *d);
/* It was let go from inside its instruction: past it.  */
void machine_go_on(struct machine *m, const struct program *p, int i);
/* No actor can go on, though some live.  */
bool machine_is_stuck(const struct machine *m, const struct program *program);

enum { MODEL_STUCK = 8 };

struct outcome {
	struct machine end;
	/* Where nobody could go on but by a fault: an end, if none comes.  */
	int n_stuck;
	struct machine stuck[MODEL_STUCK];
	enum ending ending;
	bool failed;		/* an assertion, or stuck */
	int preemptions, faults, steps;
};
/* One run; the strategy's begin() has said true.  */
void model_run(struct strategy *s, const struct program *p, int steps_max,
	       struct outcome *to);

#endif
