/*
 * What sock_diag(7) tells of a UNIX socket: the only place where the kernel
 * names the other end, and who waits in a listening socket's queue.
 *
 * No privilege is needed, but the question must be asked in the network
 * namespace of the socket: elsewhere it is as if the socket were not there.
 */
#ifndef PROBE_SOCK_DIAG_H
#define PROBE_SOCK_DIAG_H

#include "base/base.h"

#include <stdint.h>

enum { DIAG_WAITING_MAX = 32 };

struct unix_diag {
	uint64_t peer;		/* inode of the other end, 0: none */
	int64_t queue, backlog;	/* of a listening socket; else bytes */
	unsigned shut;		/* 1: it receives no more, 2: sends no more */
	int n_waiting;		/* clients in a listening socket's queue */
	uint64_t waiting[DIAG_WAITING_MAX];	/* their inodes, in order */
};

/* 0, or -1 with errno: ENOENT where the kernel cannot tell.  */
int sock_diag_unix(uint64_t inode, struct unix_diag *out);

#endif
