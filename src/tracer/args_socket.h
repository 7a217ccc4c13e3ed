/* The arguments of calls on sockets, as JSON: see args.c.  */
#ifndef TRACER_ARGS_SOCKET_H
#define TRACER_ARGS_SOCKET_H

#include "tracer/trace.h"

#include <sys/socket.h>

/* One a kind of argument: number i of the call that the task is at.  */
void show_socket_domain(struct tracing *t, struct task *k, struct buf *b,
			int i);
void show_socket_type(struct tracing *t, struct task *k, struct buf *b, int i);
void show_socket_new_flags(struct tracing *t, struct task *k, struct buf *b,
			   int i);
void show_socket_protocol(struct tracing *t, struct task *k, struct buf *b,
			  int i);
void show_socket_how(struct tracing *t, struct task *k, struct buf *b, int i);
void show_socket_message_flags(struct tracing *t, struct task *k,
			       struct buf *b, int i);
void show_socket_level(struct tracing *t, struct task *k, struct buf *b,
		       int i);
void show_socket_option(struct tracing *t, struct task *k, struct buf *b,
			int i);
/* An address; its length is the next argument.  */
void show_socket_address(struct tracing *t, struct task *k, struct buf *b,
			 int i);
/* The value of an option; its length is the next argument.  */
void show_socket_value(struct tracing *t, struct task *k, struct buf *b,
		       int i);
/* struct msghdr: where to, how many bytes, what goes with them.  */
void show_socket_message(struct tracing *t, struct task *k, struct buf *b,
			 int i);
/* ... a list of them (sendmmsg(2)); their number is the next argument.  */
void show_socket_messages(struct tracing *t, struct task *k, struct buf *b,
			  int i);

/* The address at that place in the subject; false: it cannot be read.  */
bool socket_address_at(struct task *k, uint64_t at, uint64_t len, char *out,
		       size_t room);
/* Control messages (cmsg(3)) as a list; nothing where there are none.  */
void socket_control_write(struct tracing *t, struct task *k, struct buf *b,
			  const struct msghdr *m);
/* What an option is, by its level and number.  */
void socket_value_write(struct tracing *t, struct task *k, struct buf *b,
			uint64_t at, uint64_t len);

#endif
