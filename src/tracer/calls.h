/*
 * The system calls that the tracer knows: number, name, arguments, and what
 * they mean for descriptors and objects.  One row a call (calls.c); the
 * filter, the decoder, the points of a driven run and `ipclab trace --calls`
 * are all made from it.
 *
 * A call that an architecture does not have (open on aarch64) has no row
 * there.
 */
#ifndef TRACER_CALLS_H
#define TRACER_CALLS_H

#include <stdbool.h>
#include <stdint.h>

/* How an argument is shown.  */
enum arg_kind {
	ARG_NONE,	/* no more arguments */
	ARG_HIDE,	/* a buffer or pointer shown elsewhere or not at all */
	ARG_FD,
	ARG_DIRFD,	/* AT_FDCWD or a descriptor */
	ARG_INT,	/* int, signed */
	ARG_LONG,	/* 64 bits, signed */
	ARG_SIZE,	/* 64 bits, unsigned */
	ARG_MODE,	/* octal */
	ARG_PATH,	/* a string in the subject's memory */
	ARG_TEXT,	/* ... that is no path yet: symlink(2) */
	ARG_ARGV,	/* a list of strings */
	ARG_POINTER,	/* NULL or ADDR */
	ARG_PID,
	ARG_SIGNAL,
	ARG_OPEN_FLAGS,	/* also decides whether mode is shown */
	ARG_OPEN_MODE,	/* only with O_CREAT */
	ARG_OPEN_HOW,	/* openat2(2) */
	ARG_PIPE_FLAGS,
	ARG_PIPE_FDS,	/* filled in by the call: [3,4] */
	ARG_WHENCE,
	ARG_FCNTL_CMD,
	ARG_FCNTL_ARG,
	ARG_FLOCK,
	ARG_AT_FLAGS,
	ARG_RENAME_FLAGS,
	ARG_CLONE_FLAGS,
	ARG_CLONE_ARGS,	/* clone3(2) */
	ARG_WAIT_OPTIONS,
	ARG_STATUS,	/* wait status, filled in */
	ARG_SPLICE_FLAGS,
	ARG_EPOLL_OP,
	ARG_TIMESPEC,
	ARG_TIMEVAL,
	ARG_CLOCK,
	ARG_POLL_FDS,
	ARG_CLOSE_RANGE_FLAGS,
	ARG_DEVICE_MODE,	/* mknod: S_IFIFO|0600 */
	ARG_OFFSET_AT,	/* loff_t *, NULL or [n] */
	ARG_ID_TYPE,
	ARG_EXIT_STATUS,
	ARG_HEX,
	/* sockets: args_socket.c */
	ARG_SOCKET_DOMAIN,
	ARG_SOCKET_TYPE,
	ARG_SOCKET_NEW_FLAGS,
	ARG_SOCKET_PROTOCOL,
	ARG_SOCKET_HOW,
	ARG_SOCKET_FLAGS,
	ARG_SOCKET_LEVEL,
	ARG_SOCKET_OPTION,
	ARG_SOCKET_VALUE,	/* its length is the next argument */
	ARG_SOCKET_ADDRESS,	/* its length is the next argument */
	ARG_SOCKET_MESSAGE,
	ARG_SOCKET_FILLED,	/* filled in by the call */
	ARG_SOCKET_MESSAGES,	/* their number is the next argument */
	ARG_KEY,	/* of System V objects: IPC_PRIVATE or hex */
	ARG_IPC_GET,	/* IPC_CREAT|0600 */
	ARG_SEMCTL,
	ARG_SEMCTL_ARG,	/* SETVAL's value, SETALL's values */
	ARG_SEMOPS,
	ARG_FUTEX_OP,
	ARG_ADDRESS,	/* of a mapping: "0x7ffff7fb0000", or NULL */
	ARG_PROT,
	ARG_MAP_FLAGS,
	ARG_MREMAP_FLAGS,
	ARG_MSYNC_FLAGS,
	ARG_MEMFD_FLAGS,
	ARG_SHMAT_FLAGS,
	ARG_SHMCTL_OP,
	ARG_SIGSET,	/* a set of signals, at an address */
	ARG_SIGACTION,
	ARG_SIGINFO,	/* what is sent along */
	ARG_SIGMASK,	/* the mask after the call, known then */
	ARG_MASK_HOW,
	ARG_SIGSTACK,
	ARG_SIGEVENT,
	ARG_SIGNALFD_FLAGS,
	ARG_PIDFD_FLAGS,
	ARG_ITIMER,	/* ITIMER_REAL */
	ARG_ITIMERVAL,
	ARG_ITIMERSPEC,
	ARG_TIMER_FLAGS,
	ARG_MSG_FLAGS,
	ARG_MSG_OP,
	ARG_MSG_TYPE,	/* of the message at an address */
	ARG_MQ_ATTR,	/* struct mq_attr: mq_open(3) */
	ARG_MQ_FLAGS,	/* ... of which only the flags are taken */
	ARG_EVENTFD_FLAGS,
	ARG_TIMERFD_FLAGS,
	ARG_TIMERFD_SET_FLAGS,
	ARG_EPOLL_CREATE_FLAGS,
	ARG_INOTIFY_FLAGS,
};

/* What the call does, for the fold of descriptors and the points.  */
enum call_does {
	DOES_NOTHING,	/* not decoded; watched in driven runs as it may sleep */
	DOES_READ,	/* from descriptor 0 into args[1], result bytes */
	DOES_READV,
	DOES_WRITE,
	DOES_WRITEV,
	DOES_OPEN,	/* result is a new descriptor with a path */
	DOES_CLOSE,
	DOES_CLOSE_RANGE,
	DOES_DUP,	/* result is another descriptor for args[0] */
	DOES_FCNTL,
	DOES_SEEK,
	DOES_LOCK,
	DOES_PIPE,
	DOES_MOVE,	/* splice, tee, sendfile, copy_file_range */
	DOES_RENAME,
	DOES_LINK,
	DOES_UNLINK,
	DOES_TRUNCATE,
	DOES_MKNOD,
	DOES_LOOK,	/* stat, access, readlink: by name or descriptor */
	DOES_MKDIR,
	DOES_RMDIR,
	DOES_SYMLINK,
	DOES_CHANGE,	/* mode, owner or times of a file */
	DOES_CHDIR,	/* ... and umask: where a process stands, and how */
	DOES_LIST,	/* what is in a folder */
	DOES_POLL,
	DOES_EPOLL_CTL,
	DOES_FORK,
	DOES_EXEC,
	DOES_EXIT,
	DOES_WAIT,
	DOES_ASK_PROCESS,	/* parent, group or session */
	DOES_GROUP,	/* ... is changed */
	DOES_KILL,
	DOES_SLEEP,
	DOES_PAUSE,	/* sleeps until a signal */
	DOES_CLOCK,	/* driven: answered from the virtual clock */
	DOES_RANDOM,	/* driven: answered from the seed */
	DOES_TIMER,	/* alarm, setitimer; driven: virtual */
	DOES_AFFINITY,
	DOES_NEW_FD,	/* result is a new descriptor: eventfd, memfd, ... */

	/* signals */
	DOES_SIGACTION,
	DOES_SIGMASK,
	DOES_SIGPENDING,
	DOES_SIGWAIT,
	DOES_SIGRETURN,
	DOES_SIGNALFD,	/* ... and pidfd_open: a new one, and its state */
	DOES_POSIX_TIMER,

	/* message queues */
	DOES_MSGGET, DOES_MSGSND, DOES_MSGRCV, DOES_MSGCTL,
	DOES_MQ_OPEN, DOES_MQ_UNLINK, DOES_MQ_SEND, DOES_MQ_RECEIVE,
	DOES_MQ_NOTIFY, DOES_MQ_ATTR,

	/* shared memory */
	DOES_MMAP, DOES_MUNMAP, DOES_MREMAP, DOES_MPROTECT, DOES_MSYNC,
	DOES_SHMGET, DOES_SHMAT, DOES_SHMDT, DOES_SHMCTL,
	DOES_VM,	/* process_vm_readv, process_vm_writev */
	DOES_TRACE,	/* ptrace: fails, as who calls it is traced already */

	/* semaphores */
	DOES_SEMGET, DOES_SEMOP, DOES_SEMCTL,
	DOES_FUTEX,

	/* sockets */
	DOES_SOCKET, DOES_SOCKETPAIR, DOES_BIND, DOES_LISTEN, DOES_ACCEPT,
	DOES_CONNECT, DOES_SHUTDOWN, DOES_SEND, DOES_RECEIVE, DOES_SENDMSG, DOES_RECVMSG,
	DOES_SOCKOPT, DOES_SOCKNAME,

	/* counters and the like */
	DOES_TIMERFD,
	DOES_IO_URING_SETUP,
	DOES_IO_URING,
	DOES_IOCTL,

	/* the runtime's own (runtime/abi.h) */
	DOES_QUESTION, DOES_SERVER,
	DOES_ACCESS, DOES_OPERATION_BEGIN, DOES_OPERATION_END,
	DOES_MAX
};

enum call_flag {
	CALL_DRIVEN = 1,	/* stops only in driven runs */
	CALL_POINT = 2,		/* a point whatever it works on */
	CALL_FD_POINT = 4,	/* a point if its object is not the system's */
	CALL_PATH_POINT = 8,	/* a point if its path is not the system's */
	CALL_MAY_SLEEP = 16,	/* may wait for somebody */
	CALL_SHARED_MAP = 32,	/* stops, and is a point, with MAP_SHARED */
	CALL_OBJECT_TOLD = 64,	/* driven: told, and a point, where it works on
				   an object */
	CALL_SEARCHED = 128,	/* stops only in searches, and where a run of
				   one is made again (tracer_config.looks); a
				   point where its decoder says so */
};

struct call {
	long nr;
	const char *name;
	enum call_does does;
	unsigned flags;
	struct {
		const char *name;
		enum arg_kind kind;
	} arg[6];
};

extern const struct call calls[];
extern const int n_calls;

/* The row of a call number; NULL: not in the table.  Constant time.  */
const struct call *call_find(long nr);
/* Any call's name in the kernel's table, "?" if there is none.  */
const char *call_name(long nr);

#endif
