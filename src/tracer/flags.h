/* Names of the constants in arguments of calls.  */
#ifndef TRACER_FLAGS_H
#define TRACER_FLAGS_H

#include "base/buf.h"

enum flags_table {
	FLAGS_OPEN,		/* O_RDONLY|O_CLOEXEC */
	FLAGS_OPEN_NO_MODE,	/* pipe2: 0|O_CLOEXEC has no O_RDONLY */
	FLAGS_FD,
	FLAGS_WHENCE,
	FLAGS_FCNTL,
	FLAGS_FLOCK,
	FLAGS_AT,
	FLAGS_RENAME,
	FLAGS_CLONE,		/* with the signal in the low byte */
	FLAGS_WAIT,
	FLAGS_SPLICE,
	FLAGS_EPOLL_OP,
	FLAGS_POLL,
	FLAGS_CLOCK,
	FLAGS_CLOSE_RANGE,
	FLAGS_DEVICE_MODE,
	FLAGS_ID_TYPE,
	FLAGS_IPC_GET,		/* with permissions in the low bits */
	FLAGS_EVENTFD,
	FLAGS_TIMERFD,
	FLAGS_TIMERFD_SET,
	FLAGS_EPOLL_CREATE,
	FLAGS_INOTIFY,
	FLAGS_LOCK_TYPE,
	FLAGS_SEMOP,
	FLAGS_SEMCTL,
	FLAGS_FUTEX,		/* the operation alone, without its flags */
	FLAGS_PROT,
	FLAGS_MAP,
	FLAGS_MREMAP,
	FLAGS_MSYNC,
	FLAGS_MEMFD,
	FLAGS_SEALS,
	FLAGS_SHMAT,
	FLAGS_SHMCTL,
	FLAGS_SIGACTION,
	FLAGS_MASK_HOW,
	FLAGS_SIGNALFD,
	FLAGS_PIDFD,
	FLAGS_SIGEV,
	FLAGS_SIGSTACK,
	FLAGS_ITIMER,
	FLAGS_TIMER,
	FLAGS_MSG,
	FLAGS_MSG_OP,
	FLAGS_MAX
};

/* Append the names of value, in quotes, joined by '|'; bits without a name
 * as one hexadecimal number; 0 where nothing is set and 0 has no name.  */
void flags_write(struct buf *out, enum flags_table table, uint64_t value);

#endif
