/* Arguments of message queues.  */
#include "config.h"

#include "tracer/args.h"
#include "tracer/flags.h"

#include <mqueue.h>
#include <string.h>

/* A copy of the structure that the argument points to; false: "ADDR" or null
 * is shown instead.  */
static bool
fetch(struct task *k, struct buf *b, int i, void *to, size_t n)
{
	if (k->arg[i] && memory_read(k->tid, k->arg[i], to, n) == (ssize_t)n)
		return true;
	buf_adds(b, k->arg[i] ? "\"ADDR\"" : "null");
	return false;
}

/* struct msgbuf begins with it (msgop(2)).  */
void
show_msg_type(struct tracing *t, struct task *k, struct buf *b, int i)
{
	long type = 0;

	(void)t;
	if (fetch(k, b, i, &type, sizeof(type)))
		buf_add_int(b, type);
}

void
show_mq_attr(struct tracing *t, struct task *k, struct buf *b, int i)
{
	struct mq_attr a;

	(void)t;
	if (fetch(k, b, i, &a, sizeof(a)))
		buf_addf(b, "{\"mq_maxmsg\":%ld,\"mq_msgsize\":%ld}",
			 a.mq_maxmsg, a.mq_msgsize);
}

/* Of what mq_setattr(3) is given, only the flags count.  */
void
show_mq_flags(struct tracing *t, struct task *k, struct buf *b, int i)
{
	struct mq_attr a;

	(void)t;
	if (!fetch(k, b, i, &a, sizeof(a)))
		return;
	buf_adds(b, "{\"mq_flags\":");
	flags_write(b, FLAGS_OPEN_NO_MODE, a.mq_flags);
	buf_addc(b, '}');
}
