/* Arguments that a mechanism shows in its own way; for args.c.  */
#ifndef TRACER_ARGS_H
#define TRACER_ARGS_H

#include "tracer/trace.h"

/* Append argument number i as JSON.  */
typedef void show_fn(struct tracing *t, struct task *k, struct buf *b, int i);

/* decode_semaphore.c, decode_futex.c */
show_fn args_semops, args_semctl_arg, args_futex_op;

/* args_queue.c */
show_fn show_msg_type, show_mq_attr, show_mq_flags;
/* decode_counter.c */
show_fn args_lock;

#endif
