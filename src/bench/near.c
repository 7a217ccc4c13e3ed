/*
 * The two that talk.  The near process asks and looks at the clock; the far
 * one answers until it is ended.  Neither returns.
 *
 * Latency: a message there, one of the same size back; one sample each.
 * Throughput: batches that are long enough for the clock; the far process
 * says when it has all of a batch, and that is part of the time.
 */
#include "config.h"

#include "bench/channel.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	WARM_PART = 8,		/* an eighth of the time is for warming up */
	BATCH_PART = 6,		/* a batch is at least a sixth of the rest */
	BATCH_NS = 4000000,	/* ... or this */
	BATCH_MOST = 1 << 20,
};

int
channel_failed(struct channel *c, const char *call)
{
	c->call = call;
	return -1;
}

/* It is over for this side: say why, if anything is wrong.  */
static void __attribute__((noreturn))
leave(struct channel *c, bool failed)
{
	struct control *control = c->control;

	if (failed && (errno == EMSGSIZE || errno == E2BIG)) {
		control->too_large = true;
	} else if (failed && !control->error) {
		snprintf(control->call, sizeof(control->call), "%s", c->call);
		control->error = errno;
	}
	_exit(failed);
}

/* Both are ready before one begins.  */
static void
meet(struct channel *c)
{
	uint32_t *here = &c->control->here;

	if (c->ops->begin && c->ops->begin(c) < 0)
		leave(c, true);
	__atomic_add_fetch(here, 1, __ATOMIC_SEQ_CST);
	futex_wake(here);
	while (__atomic_load_n(here, __ATOMIC_SEQ_CST) < 2)
		futex_wait(here, 1);
}

static int
ask(struct channel *c)
{
	if (!c->ops->no_reply && c->ops->send(c) < 0)
		return -1;
	return c->ops->receive(c);
}

/* The time after one answer is the time before the next question: one look
 * at the clock a sample.  */
static void
measure_latency(struct channel *c)
{
	struct control *s = c->control;
	uint64_t begin = clock_now(), before = begin, after;
	uint64_t warm = begin + s->slice_ns / WARM_PART;
	uint64_t end = begin + s->slice_ns;

	do {
		if (ask(c) < 0)
			leave(c, true);
		before = clock_now();
	} while (before < warm);
	do {
		if (ask(c) < 0)
			leave(c, true);
		after = clock_now();
		s->sample[s->n++] = (double)(after - before);
		before = after;
	} while (after < end && s->n < SAMPLES);
}

/* An answer of one byte, which holds the sender back.  */
static int
hold_back(struct channel *c, bool sender)
{
	size_t size = c->size;
	int rc;

	c->size = 1;
	rc = sender ? c->ops->receive(c) : c->ops->send(c);
	c->size = size;
	return rc;
}

/* How many messages may be under way; 0: the mechanism sees to it.  */
static uint32_t
burst(const struct channel *c)
{
	uint32_t n = c->ops->burst;

	if (n && c->ops->burst_bytes && n > c->ops->burst_bytes / c->size)
		n = (uint32_t)(c->ops->burst_bytes / c->size);
	return c->ops->burst && n == 0 ? 1 : n;
}

/* All messages of a batch, on either side.  */
static int
pass(struct channel *c, uint32_t n)
{
	bool sender = c->side == NEAR && !c->ops->no_reply;
	uint32_t most = burst(c);

	for (uint32_t i = 1; i <= n; i++) {
		if ((sender ? c->ops->send : c->ops->receive)(c) < 0)
			return -1;
		if (most && (i % most == 0 || i == n) &&
		    hold_back(c, sender) < 0)
			return -1;
	}
	return 0;
}

/* One batch: ns.  */
static uint64_t
run_batch(struct channel *c, uint32_t n)
{
	struct control *s = c->control;
	uint32_t number = s->go + 1;
	uint64_t begin = clock_now();

	s->batch = n;
	__atomic_store_n(&s->go, number, __ATOMIC_SEQ_CST);
	if (!c->ops->no_reply)
		futex_wake(&s->go);
	if (pass(c, n) < 0)
		leave(c, true);
	while (!c->ops->no_reply &&
	       __atomic_load_n(&s->done, __ATOMIC_SEQ_CST) != number)
		futex_wait(&s->done, number - 1);
	return clock_now() - begin;
}

/* Batches grow until one is long enough: that is the warming up.  */
static uint32_t
choose_batch(struct channel *c)
{
	uint64_t enough = c->control->slice_ns / BATCH_PART;
	uint32_t n = 1;

	if (enough > BATCH_NS)
		enough = BATCH_NS;
	while (run_batch(c, n) < enough && n < BATCH_MOST)
		n *= 2;
	return n;
}

static void
measure_throughput(struct channel *c)
{
	struct control *s = c->control;
	uint64_t end = clock_now() + s->slice_ns;
	uint32_t n = choose_batch(c);

	do {
		uint64_t ns = run_batch(c, n);

		s->sample[s->n++] = (double)c->size * n * 1e9 / (double)ns;
	} while (clock_now() < end && s->n < SAMPLES);
}

void
near_main(struct channel *c, enum figure figure)
{
	meet(c);
	if (figure == FIGURE_LATENCY)
		measure_latency(c);
	else
		measure_throughput(c);
	leave(c, false);
}

static void
answer_batches(struct channel *c)
{
	struct control *s = c->control;

	for (uint32_t number = 1;; number++) {
		while (__atomic_load_n(&s->go, __ATOMIC_SEQ_CST) != number)
			futex_wait(&s->go, number - 1);
		if (pass(c, s->batch) < 0)
			leave(c, true);
		__atomic_store_n(&s->done, number, __ATOMIC_SEQ_CST);
		futex_wake(&s->done);
	}
}

void
far_main(struct channel *c, enum figure figure)
{
	meet(c);
	while (c->ops->no_reply)
		pause();
	if (figure == FIGURE_THROUGHPUT)
		answer_batches(c);
	for (;;)
		if (c->ops->receive(c) < 0 || c->ops->send(c) < 0)
			leave(c, true);
}
