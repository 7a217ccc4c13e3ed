/*
 * Probing sockets: what they are, whom they are connected to, what waits in
 * them to be read.  Nothing is taken out: streams and datagrams are peeked at
 * (MSG_PEEK, recv(2)), all datagrams one after the other by SO_PEEK_OFF, which
 * is a property of the socket and is put back as it was (socket(7)).
 */
#ifndef PROBE_SOCKET_H
#define PROBE_SOCKET_H

#include "event/event.h"

#include <sys/types.h>

enum { PROBE_WAITING_MAX = 32 };

/* Who it is.  */
struct probe_socket {
	int family, type;		/* AF_UNIX, SOCK_STREAM */
	uint64_t inode;
	bool listening;
	char local[ADDRESS_MAX_LEN];	/* "" while it has none */
	char remote[ADDRESS_MAX_LEN];	/* "" while it is not connected */
	uint64_t peer;			/* UNIX: inode of the other end; 0 */
	int n_waiting;			/* UNIX, listening: clients queued */
	uint64_t waiting[PROBE_WAITING_MAX];
};

/* Who it is, and (out not NULL) its state: bytes or datagrams to be read,
 * connections to be accepted, backlog, and words: "AF_UNIX stream connected".
 * Further words: "listening", "ended" (the other end sends no more), "shut"
 * (this one sends no more), "error" (the next call will tell of one).
 * value: descriptors that are on their way in it.  */
int probe_socket(pid_t pid, int fd, struct probe_socket *who,
		 struct object_state *out, char **why);

/* Would a send sleep now, because what was sent before fills the buffer?
 * (SIOCOUTQ against SO_SNDBUF, unix(7); TCP: SO_MEMINFO)  1, 0, or -1.  Says
 * nothing of O_NONBLOCK, nor of a datagram's receiver.  */
int probe_socket_send_waits(pid_t pid, int fd);
/* Bytes of a stream that can be read now (SIOCINQ), -1; *ended: no more will
 * come.  */
int64_t probe_socket_unread(pid_t pid, int fd, bool *ended);
/* O_NONBLOCK, or a limit of time (SO_RCVTIMEO, SO_SNDTIMEO): it does not wait
 * for ever.  */
bool probe_socket_is_patient(pid_t pid, int fd, bool to_send);

/* Not a look, but a change: the limit of time of its receives, or sends, in ns
 * (0: none) is replaced; what it was, -1.  Driven runs take it away for the
 * time of a call, and count it on the virtual clock.  */
int64_t probe_socket_swap_limit(pid_t pid, int fd, bool to_send, int64_t ns);

#endif
