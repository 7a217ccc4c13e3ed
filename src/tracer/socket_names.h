/* Names of the constants of sockets, in arguments of calls.  */
#ifndef TRACER_SOCKET_NAMES_H
#define TRACER_SOCKET_NAMES_H

#include "base/buf.h"

/* Each appends the name of a value, in quotes; a number where it has none. */
void socket_domain_write(struct buf *out, int domain);
void socket_type_write(struct buf *out, int type);	/* SOCK_STREAM|... */
void socket_new_flags_write(struct buf *out, int flags); /* accept4(2) */
void socket_protocol_write(struct buf *out, int domain, int protocol);
void socket_how_write(struct buf *out, int how);	/* shutdown(2) */
void socket_message_flags_write(struct buf *out, unsigned flags);
void socket_level_write(struct buf *out, int level);
void socket_option_write(struct buf *out, int level, int option);

#endif
