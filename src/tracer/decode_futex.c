/*
 * Futexes (futex(2)): what semaphores, mutexes and condition variables sleep
 * on.  A call on memory that nobody else can reach is the C library's own
 * affair: it is neither told nor a point.
 */
#include "config.h"

#include "event/json.h"
#include "tracer/args.h"
#include "tracer/decode.h"
#include "tracer/flags.h"

#include <linux/futex.h>
#include <string.h>

void
args_futex_op(struct tracing *t, struct task *k, struct buf *b, int i)
{
	int op = (int)k->arg[i];

	(void)t;
	flags_write(b, FLAGS_FUTEX, op & FUTEX_CMD_MASK);
	b->len--;	/* the quote: within it go on, as futex.h does */
	if (op & FUTEX_PRIVATE_FLAG)
		buf_adds(b, "_PRIVATE");
	if (op & FUTEX_CLOCK_REALTIME)
		buf_adds(b, "|FUTEX_CLOCK_REALTIME");
	buf_addc(b, '"');
}

static bool
others_reach(struct tracing *t, struct task *k)
{
	uint64_t offset;

	for (struct task *o = t->first; o; o = o->next)
		if (o != k && o->leader == k->leader &&
		    o->phase != PHASE_ENDED)
			return true;
	return !((int)k->arg[1] & FUTEX_PRIVATE_FLAG) &&
	       thing_of_address(t, k, k->arg[0], &offset) >= 0;
}

void
decode_entry_futex(struct tracing *t, struct task *k)
{
	if (!others_reach(t, k))
		return;
	k->thing = thing_sync_at(t, k, k->arg[0]);
	COPY_STR(k->e.object, thing_name(t, k->thing));
}

bool
point_futex(struct tracing *t, struct task *k)
{
	(void)t;
	return k->thing >= 0;
}

/* It sleeps while the word is what the caller expects, unless it is one of
 * those that do not look at it.  */
bool
foresee_futex(struct tracing *t, struct task *k)
{
	int op = (int)k->arg[1] & FUTEX_CMD_MASK;
	uint32_t word;

	(void)t;
	if ((op != FUTEX_WAIT && op != FUTEX_WAIT_BITSET) ||
	    virtual_has_limit(k) ||
	    memory_read(k->tid, k->arg[0], &word, sizeof(word)) !=
	    sizeof(word))
		return false;
	return word == (uint32_t)k->arg[2];
}
