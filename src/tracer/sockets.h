/*
 * Sockets that the subject made: which address each has, and which two are
 * the ends of one connection.
 *
 * connect(2) makes the far end of a connection at once, before anybody
 * accepts it: it waits in the queue of the listening socket, and what is sent
 * waits in it.  It has no inode yet, but here it gets its name, so that what
 * is in it can be told; accept(2) gives it a descriptor.
 */
#ifndef TRACER_SOCKETS_H
#define TRACER_SOCKETS_H

#include "tracer/trace.h"

void sockets_free(struct tracing *t);

/* Ask the kernel for its type and addresses, and keep them; local (room
 * ADDRESS_MAX_LEN, may be NULL) gets its own address.  */
void sockets_look(struct tracing *t, struct task *k, int fd, int id,
		  char *local);
/* It was bound to a path: unlink(2) of it concerns this socket.  */
void sockets_bound(struct tracing *t, struct task *k, int id, uint64_t addr,
		   uint64_t len);
/* The socket that has that address and would get what is sent there by this
 * one, -1: none that we know.  */
int sockets_at(struct tracing *t, struct task *k, int from, uint64_t addr,
	       uint64_t len);
/* These two are the ends of one connection; datagrams: from only sends to. */
void sockets_join(struct tracing *t, int from, int to);
void sockets_part(struct tracing *t, int id);
int sockets_peer(struct tracing *t, int id);
/* A datagram socket without an address: its first send gives it one.  */
bool sockets_is_nameless(struct tracing *t, int id);
bool sockets_is_datagram(struct tracing *t, int id);
bool sockets_is_listening(struct tracing *t, int id);

/* The far end of a connection that was made to a listening socket: a new
 * object, told.  */
int sockets_expect(struct tracing *t, struct task *k, int client,
		   int listener);
/* Descriptor fd of the task was accepted from that listening socket: it is
 * the far end that was expected.  */
void sockets_accepted(struct tracing *t, struct task *k, int fd,
		      int listener);

/* The state of a socket, with the names of others in it.  */
bool sockets_state(struct tracing *t, int id, struct task *k, int fd,
		   struct object_state *s);

#endif
