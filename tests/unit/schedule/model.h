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
	/* its own */
	ADD,		/* r += a */
	UNLESS,		/* r == a? else go on b instructions further */
	BACK,		/* a instructions back */
	FAULT,		/* the program has failed, if r != a */
};

struct instruction {
	enum code code;
	int a, b, r;
};

enum {
	MODEL_ACTORS = 24, MODEL_OBJECTS = 24, MODEL_REGISTERS = 3,
	MODEL_QUEUE = 4
};

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
};

struct actor {
	int8_t pc, state;		/* enum standing_state, or... */
	int8_t signal;			/* a signal waits: 1 + variable */
	int8_t waits;			/* 1 + its place in the condition's
					   queue; 0: not in it */
	bool again;			/* woken, and before the mutex */
	int8_t same;			/* loads that gave the same, in a row */
	int8_t last_load;
	int32_t r[MODEL_REGISTERS];
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
};

void machine_start(struct machine *m, const struct program *p);
/* Fill in p; its arrays are static: the next call fills them again.  */
void machine_position(const struct machine *m, const struct program *program,
		      int last, int step, struct position *p);
void machine_do(struct machine *m, const struct program *program,
		const struct alternative *a, struct done *d);
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
