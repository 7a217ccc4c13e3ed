/*
 * The table of system calls.  Names of arguments are those of the manual
 * pages (section 2).
 */
#include "config.h"

#include "tracer/calls.h"

#include "runtime/abi.h"

#include <seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>

#define NR(x) .nr = SYS_##x, .name = #x
#define RT(x, text) .nr = RT_##x, .name = text
#define OPERATION(x) RT(x, #x), DOES_OPERATION_BEGIN, CALL_POINT
#define FD { "fd", ARG_FD }
#define SOCKFD { "sockfd", ARG_FD }
#define BUF { "buf", ARG_HIDE }
#define DIRFD { "dirfd", ARG_DIRFD }
#define PATHNAME { "pathname", ARG_PATH }
#define SLEEPS CALL_MAY_SLEEP

const struct call calls[] = {
	/* Bytes in and out.  */
	{ NR(read), DOES_READ, CALL_FD_POINT | SLEEPS,
	  { FD, BUF, { "count", ARG_SIZE } } },
	{ NR(write), DOES_WRITE, CALL_FD_POINT | SLEEPS,
	  { FD, BUF, { "count", ARG_SIZE } } },
	{ NR(pread64), DOES_READ, CALL_FD_POINT | SLEEPS,
	  { FD, BUF, { "count", ARG_SIZE }, { "offset", ARG_LONG } } },
	{ NR(pwrite64), DOES_WRITE, CALL_FD_POINT | SLEEPS,
	  { FD, BUF, { "count", ARG_SIZE }, { "offset", ARG_LONG } } },
	{ NR(readv), DOES_READV, CALL_FD_POINT | SLEEPS,
	  { FD, { "iov", ARG_HIDE }, { "iovcnt", ARG_INT } } },
	{ NR(writev), DOES_WRITEV, CALL_FD_POINT | SLEEPS,
	  { FD, { "iov", ARG_HIDE }, { "iovcnt", ARG_INT } } },
	{ NR(preadv), DOES_READV, CALL_FD_POINT | SLEEPS,
	  { FD, { "iov", ARG_HIDE }, { "iovcnt", ARG_INT },
	    { "offset", ARG_LONG } } },
	{ NR(pwritev), DOES_WRITEV, CALL_FD_POINT | SLEEPS,
	  { FD, { "iov", ARG_HIDE }, { "iovcnt", ARG_INT },
	    { "offset", ARG_LONG } } },
	{ NR(splice), DOES_MOVE, CALL_POINT | SLEEPS,
	  { { "fd_in", ARG_FD }, { "off_in", ARG_OFFSET_AT },
	    { "fd_out", ARG_FD }, { "off_out", ARG_OFFSET_AT },
	    { "len", ARG_SIZE }, { "flags", ARG_SPLICE_FLAGS } } },
	{ NR(tee), DOES_MOVE, CALL_POINT | SLEEPS,
	  { { "fd_in", ARG_FD }, { "fd_out", ARG_FD }, { "len", ARG_SIZE },
	    { "flags", ARG_SPLICE_FLAGS } } },
	{ NR(vmsplice), DOES_WRITEV, CALL_FD_POINT | SLEEPS,
	  { FD, { "iov", ARG_HIDE }, { "nr_segs", ARG_INT },
	    { "flags", ARG_SPLICE_FLAGS } } },
	{ NR(sendfile), DOES_MOVE, CALL_POINT | SLEEPS,
	  { { "out_fd", ARG_FD }, { "in_fd", ARG_FD },
	    { "offset", ARG_OFFSET_AT }, { "count", ARG_SIZE } } },
	{ NR(copy_file_range), DOES_MOVE, CALL_POINT,
	  { { "fd_in", ARG_FD }, { "off_in", ARG_OFFSET_AT },
	    { "fd_out", ARG_FD }, { "off_out", ARG_OFFSET_AT },
	    { "len", ARG_SIZE }, { "flags", ARG_INT } } },

	/* Files and their names.  */
#ifdef SYS_open
	{ NR(open), DOES_OPEN, CALL_PATH_POINT | SLEEPS,
	  { PATHNAME, { "flags", ARG_OPEN_FLAGS },
	    { "mode", ARG_OPEN_MODE } } },
	{ NR(creat), DOES_OPEN, CALL_PATH_POINT | SLEEPS,
	  { PATHNAME, { "mode", ARG_MODE } } },
#endif
	{ NR(openat), DOES_OPEN, CALL_PATH_POINT | SLEEPS,
	  { DIRFD, PATHNAME, { "flags", ARG_OPEN_FLAGS },
	    { "mode", ARG_OPEN_MODE } } },
	{ NR(openat2), DOES_OPEN, CALL_PATH_POINT | SLEEPS,
	  { DIRFD, PATHNAME, { "how", ARG_OPEN_HOW },
	    { "size", ARG_SIZE } } },
	{ NR(close), DOES_CLOSE, CALL_FD_POINT, { FD } },
	{ NR(close_range), DOES_CLOSE_RANGE, 0,
	  { { "first", ARG_SIZE }, { "last", ARG_SIZE },
	    { "flags", ARG_CLOSE_RANGE_FLAGS } } },
#ifdef SYS_rename
	{ NR(rename), DOES_RENAME, CALL_PATH_POINT,
	  { { "oldpath", ARG_PATH }, { "newpath", ARG_PATH } } },
#endif
#ifdef SYS_renameat
	{ NR(renameat), DOES_RENAME, CALL_PATH_POINT,
	  { { "olddirfd", ARG_DIRFD }, { "oldpath", ARG_PATH },
	    { "newdirfd", ARG_DIRFD }, { "newpath", ARG_PATH } } },
#endif
	{ NR(renameat2), DOES_RENAME, CALL_PATH_POINT,
	  { { "olddirfd", ARG_DIRFD }, { "oldpath", ARG_PATH },
	    { "newdirfd", ARG_DIRFD }, { "newpath", ARG_PATH },
	    { "flags", ARG_RENAME_FLAGS } } },
#ifdef SYS_link
	{ NR(link), DOES_LINK, CALL_PATH_POINT,
	  { { "oldpath", ARG_PATH }, { "newpath", ARG_PATH } } },
#endif
	{ NR(linkat), DOES_LINK, CALL_PATH_POINT,
	  { { "olddirfd", ARG_DIRFD }, { "oldpath", ARG_PATH },
	    { "newdirfd", ARG_DIRFD }, { "newpath", ARG_PATH },
	    { "flags", ARG_AT_FLAGS } } },
#ifdef SYS_unlink
	{ NR(unlink), DOES_UNLINK, CALL_PATH_POINT, { PATHNAME } },
#endif
	{ NR(unlinkat), DOES_UNLINK, CALL_PATH_POINT,
	  { DIRFD, PATHNAME, { "flags", ARG_AT_FLAGS } } },
#ifdef SYS_mknod
	{ NR(mknod), DOES_MKNOD, CALL_PATH_POINT,
	  { PATHNAME, { "mode", ARG_DEVICE_MODE } } },
#endif
	{ NR(mknodat), DOES_MKNOD, CALL_PATH_POINT,
	  { DIRFD, PATHNAME, { "mode", ARG_DEVICE_MODE } } },
	{ NR(truncate), DOES_TRUNCATE, CALL_PATH_POINT,
	  { { "path", ARG_PATH }, { "length", ARG_LONG } } },
	{ NR(ftruncate), DOES_TRUNCATE, CALL_FD_POINT,
	  { FD, { "length", ARG_LONG } } },
	{ NR(lseek), DOES_SEEK, CALL_FD_POINT,
	  { FD, { "offset", ARG_LONG }, { "whence", ARG_WHENCE } } },
	{ NR(dup), DOES_DUP, CALL_FD_POINT, { { "oldfd", ARG_FD } } },
#ifdef SYS_dup2
	{ NR(dup2), DOES_DUP, CALL_FD_POINT,
	  { { "oldfd", ARG_FD }, { "newfd", ARG_FD } } },
#endif
	{ NR(dup3), DOES_DUP, CALL_FD_POINT,
	  { { "oldfd", ARG_FD }, { "newfd", ARG_FD },
	    { "flags", ARG_OPEN_FLAGS } } },
	{ NR(fcntl), DOES_FCNTL, CALL_FD_POINT | SLEEPS,
	  { FD, { "cmd", ARG_FCNTL_CMD }, { "arg", ARG_FCNTL_ARG } } },
	{ NR(flock), DOES_LOCK, CALL_FD_POINT | SLEEPS,
	  { FD, { "operation", ARG_FLOCK } } },
#ifdef SYS_pipe
	{ NR(pipe), DOES_PIPE, CALL_POINT, { { "pipefd", ARG_PIPE_FDS } } },
#endif
	{ NR(pipe2), DOES_PIPE, CALL_POINT,
	  { { "pipefd", ARG_PIPE_FDS }, { "flags", ARG_PIPE_FLAGS } } },

	/* Waiting for several.  */
#ifdef SYS_poll
	{ NR(poll), DOES_POLL, CALL_POINT | SLEEPS,
	  { { "fds", ARG_POLL_FDS }, { "nfds", ARG_SIZE },
	    { "timeout", ARG_INT } } },
	{ NR(select), DOES_POLL, CALL_POINT | SLEEPS,
	  { { "nfds", ARG_INT }, { "readfds", ARG_HIDE },
	    { "writefds", ARG_HIDE }, { "exceptfds", ARG_HIDE },
	    { "timeout", ARG_TIMEVAL } } },
	{ NR(epoll_wait), DOES_POLL, CALL_POINT | SLEEPS,
	  { { "epfd", ARG_FD }, { "events", ARG_HIDE },
	    { "maxevents", ARG_INT }, { "timeout", ARG_INT } } },
	{ NR(epoll_create), DOES_NEW_FD, 0, { { "size", ARG_INT } } },
#endif
	{ NR(ppoll), DOES_POLL, CALL_POINT | SLEEPS,
	  { { "fds", ARG_POLL_FDS }, { "nfds", ARG_SIZE },
	    { "tmo_p", ARG_TIMESPEC } } },
	{ NR(pselect6), DOES_POLL, CALL_POINT | SLEEPS,
	  { { "nfds", ARG_INT }, { "readfds", ARG_HIDE },
	    { "writefds", ARG_HIDE }, { "exceptfds", ARG_HIDE },
	    { "timeout", ARG_TIMESPEC } } },
	{ NR(epoll_pwait), DOES_POLL, CALL_POINT | SLEEPS,
	  { { "epfd", ARG_FD }, { "events", ARG_HIDE },
	    { "maxevents", ARG_INT }, { "timeout", ARG_INT } } },
	{ NR(epoll_pwait2), DOES_POLL, CALL_POINT | SLEEPS,
	  { { "epfd", ARG_FD }, { "events", ARG_HIDE },
	    { "maxevents", ARG_INT }, { "timeout", ARG_TIMESPEC } } },
	{ NR(epoll_create1), DOES_NEW_FD, 0,
	  { { "flags", ARG_EPOLL_CREATE_FLAGS } } },
	{ NR(epoll_ctl), DOES_EPOLL_CTL, 0,
	  { { "epfd", ARG_FD }, { "op", ARG_EPOLL_OP }, FD } },

	/* The life of processes.  */
#ifdef SYS_fork
	{ NR(fork), DOES_FORK, CALL_POINT },
	{ NR(vfork), DOES_FORK, CALL_POINT },
#endif
	{ NR(clone), DOES_FORK, CALL_POINT,
	  { { "flags", ARG_CLONE_FLAGS } } },
	{ NR(clone3), DOES_FORK, CALL_POINT,
	  { { "cl_args", ARG_CLONE_ARGS }, { "size", ARG_SIZE } } },
	{ NR(execve), DOES_EXEC, CALL_POINT,
	  { PATHNAME, { "argv", ARG_ARGV } } },
	{ NR(execveat), DOES_EXEC, CALL_POINT,
	  { DIRFD, PATHNAME, { "argv", ARG_ARGV }, { "envp", ARG_HIDE },
	    { "flags", ARG_AT_FLAGS } } },
	{ NR(exit), DOES_EXIT, CALL_POINT,
	  { { "status", ARG_EXIT_STATUS } } },
	{ NR(exit_group), DOES_EXIT, CALL_POINT,
	  { { "status", ARG_EXIT_STATUS } } },
	{ NR(wait4), DOES_WAIT, CALL_POINT | SLEEPS,
	  { { "pid", ARG_PID }, { "wstatus", ARG_STATUS },
	    { "options", ARG_WAIT_OPTIONS } } },
	{ NR(waitid), DOES_WAIT, CALL_POINT | SLEEPS,
	  { { "idtype", ARG_ID_TYPE }, { "id", ARG_PID },
	    { "infop", ARG_HIDE }, { "options", ARG_WAIT_OPTIONS } } },
	{ NR(nanosleep), DOES_SLEEP, CALL_POINT | SLEEPS,
	  { { "req", ARG_TIMESPEC } } },
	{ NR(clock_nanosleep), DOES_SLEEP, CALL_POINT | SLEEPS,
	  { { "clockid", ARG_CLOCK }, { "flags", ARG_INT },
	    { "request", ARG_TIMESPEC } } },

	/* Driven runs only: what would make two runs differ.  */
	{ NR(clock_gettime), DOES_CLOCK, CALL_DRIVEN },
	{ NR(gettimeofday), DOES_CLOCK, CALL_DRIVEN },
#ifdef SYS_time
	{ NR(time), DOES_CLOCK, CALL_DRIVEN },
#endif
	{ NR(getrandom), DOES_RANDOM, CALL_DRIVEN },
	{ NR(sched_getaffinity), DOES_AFFINITY, 0 },

	/* Signals.  */
	{ NR(kill), DOES_KILL, CALL_POINT,
	  { { "pid", ARG_PID }, { "sig", ARG_SIGNAL } } },
	{ NR(tkill), DOES_KILL, CALL_POINT,
	  { { "tid", ARG_PID }, { "sig", ARG_SIGNAL } } },
	{ NR(tgkill), DOES_KILL, CALL_POINT,
	  { { "tgid", ARG_PID }, { "tid", ARG_PID },
	    { "sig", ARG_SIGNAL } } },
	{ NR(rt_sigqueueinfo), DOES_KILL, CALL_POINT,
	  { { "tgid", ARG_PID }, { "sig", ARG_SIGNAL },
	    { "info", ARG_SIGINFO } } },
	{ NR(rt_tgsigqueueinfo), DOES_KILL, CALL_POINT,
	  { { "tgid", ARG_PID }, { "tid", ARG_PID }, { "sig", ARG_SIGNAL },
	    { "info", ARG_SIGINFO } } },
	{ NR(pidfd_send_signal), DOES_KILL, CALL_POINT,
	  { { "pidfd", ARG_FD }, { "sig", ARG_SIGNAL },
	    { "info", ARG_SIGINFO }, { "flags", ARG_INT } } },
	{ NR(pidfd_open), DOES_SIGNALFD, CALL_POINT,
	  { { "pid", ARG_PID }, { "flags", ARG_PIDFD_FLAGS } } },
	{ NR(pidfd_getfd), DOES_NEW_FD, CALL_POINT,
	  { { "pidfd", ARG_FD }, { "targetfd", ARG_INT },
	    { "flags", ARG_INT } } },
	{ NR(rt_sigaction), DOES_SIGACTION, 0,
	  { { "signum", ARG_SIGNAL }, { "act", ARG_SIGACTION } } },
	{ NR(rt_sigprocmask), DOES_SIGMASK, 0,
	  { { "how", ARG_MASK_HOW }, { "set", ARG_SIGSET } } },
	{ NR(rt_sigpending), DOES_SIGPENDING, 0,
	  { { "set", ARG_HIDE } } },
	{ NR(rt_sigreturn), DOES_SIGRETURN, 0,
	  { { "mask", ARG_SIGMASK } } },
	{ NR(sigaltstack), DOES_NOTHING, 0,
	  { { "ss", ARG_SIGSTACK } } },
	{ NR(rt_sigtimedwait), DOES_SIGWAIT, CALL_POINT | SLEEPS,
	  { { "set", ARG_SIGSET }, { "info", ARG_HIDE },
	    { "timeout", ARG_TIMESPEC } } },
#ifdef SYS_signalfd
	{ NR(signalfd), DOES_SIGNALFD, CALL_POINT,
	  { FD, { "mask", ARG_SIGSET } } },
#endif
	{ NR(signalfd4), DOES_SIGNALFD, CALL_POINT,
	  { FD, { "mask", ARG_SIGSET }, { "sizemask", ARG_HIDE },
	    { "flags", ARG_SIGNALFD_FLAGS } } },
#ifdef SYS_pause
	{ NR(pause), DOES_PAUSE, CALL_POINT | SLEEPS },
#endif
	{ NR(rt_sigsuspend), DOES_PAUSE, CALL_POINT | SLEEPS,
	  { { "mask", ARG_SIGSET } } },
#ifdef SYS_alarm
	{ NR(alarm), DOES_TIMER, CALL_POINT,
	  { { "seconds", ARG_SIZE } } },
#endif
	{ NR(setitimer), DOES_TIMER, CALL_POINT,
	  { { "which", ARG_ITIMER }, { "new_value", ARG_ITIMERVAL } } },
	{ NR(getitimer), DOES_TIMER, CALL_DRIVEN,
	  { { "which", ARG_ITIMER } } },
	{ NR(timer_create), DOES_POSIX_TIMER, CALL_POINT,
	  { { "clockid", ARG_CLOCK }, { "sevp", ARG_SIGEVENT } } },
	{ NR(timer_settime), DOES_POSIX_TIMER, CALL_POINT,
	  { { "timerid", ARG_INT }, { "flags", ARG_TIMER_FLAGS },
	    { "new_value", ARG_ITIMERSPEC } } },
	{ NR(timer_gettime), DOES_POSIX_TIMER, CALL_DRIVEN,
	  { { "timerid", ARG_INT } } },
	{ NR(timer_getoverrun), DOES_POSIX_TIMER, CALL_DRIVEN,
	  { { "timerid", ARG_INT } } },
	{ NR(timer_delete), DOES_POSIX_TIMER, CALL_POINT,
	  { { "timerid", ARG_INT } } },

	/* Message queues, System V.  */
	{ NR(msgget), DOES_MSGGET, CALL_POINT,
	  { { "key", ARG_KEY }, { "msgflg", ARG_IPC_GET } } },
	{ NR(msgsnd), DOES_MSGSND, CALL_POINT | SLEEPS,
	  { { "msqid", ARG_INT }, { "mtype", ARG_MSG_TYPE },
	    { "msgsz", ARG_SIZE }, { "msgflg", ARG_MSG_FLAGS } } },
	{ NR(msgrcv), DOES_MSGRCV, CALL_POINT | SLEEPS,
	  { { "msqid", ARG_INT }, { "msgp", ARG_HIDE },
	    { "msgsz", ARG_SIZE }, { "msgtyp", ARG_LONG },
	    { "msgflg", ARG_MSG_FLAGS } } },
	{ NR(msgctl), DOES_MSGCTL, CALL_POINT,
	  { { "msqid", ARG_INT }, { "op", ARG_MSG_OP },
	    { "buf", ARG_HIDE } } },

	/* Message queues, POSIX.  */
	{ NR(mq_open), DOES_MQ_OPEN, CALL_POINT,
	  { { "name", ARG_PATH }, { "oflag", ARG_OPEN_FLAGS },
	    { "mode", ARG_OPEN_MODE }, { "attr", ARG_MQ_ATTR } } },
	{ NR(mq_unlink), DOES_MQ_UNLINK, CALL_POINT,
	  { { "name", ARG_PATH } } },
	{ NR(mq_timedsend), DOES_MQ_SEND, CALL_POINT | SLEEPS,
	  { { "mqdes", ARG_FD }, { "msg_ptr", ARG_HIDE },
	    { "msg_len", ARG_SIZE }, { "msg_prio", ARG_INT },
	    { "abs_timeout", ARG_TIMESPEC } } },
	{ NR(mq_timedreceive), DOES_MQ_RECEIVE, CALL_POINT | SLEEPS,
	  { { "mqdes", ARG_FD }, { "msg_ptr", ARG_HIDE },
	    { "msg_len", ARG_SIZE }, { "msg_prio", ARG_HIDE },
	    { "abs_timeout", ARG_TIMESPEC } } },
	{ NR(mq_notify), DOES_MQ_NOTIFY, CALL_POINT,
	  { { "mqdes", ARG_FD }, { "sevp", ARG_SIGEVENT } } },
	{ NR(mq_getsetattr), DOES_MQ_ATTR, CALL_POINT,
	  { { "mqdes", ARG_FD }, { "newattr", ARG_MQ_FLAGS },
	    { "oldattr", ARG_HIDE } } },

	/* Shared memory.  */
	{ NR(mmap), DOES_MMAP, CALL_SHARED_MAP,
	  { { "addr", ARG_ADDRESS }, { "length", ARG_SIZE },
	    { "prot", ARG_PROT }, { "flags", ARG_MAP_FLAGS }, FD,
	    { "offset", ARG_LONG } } },
	{ NR(munmap), DOES_MUNMAP, CALL_DRIVEN | CALL_OBJECT_TOLD,
	  { { "addr", ARG_ADDRESS }, { "length", ARG_SIZE } } },
	{ NR(mremap), DOES_MREMAP, CALL_DRIVEN | CALL_OBJECT_TOLD,
	  { { "old_addr", ARG_ADDRESS }, { "old_size", ARG_SIZE },
	    { "new_size", ARG_SIZE }, { "flags", ARG_MREMAP_FLAGS } } },
	{ NR(mprotect), DOES_MPROTECT, CALL_DRIVEN | CALL_OBJECT_TOLD,
	  { { "addr", ARG_ADDRESS }, { "size", ARG_SIZE },
	    { "prot", ARG_PROT } } },
	{ NR(msync), DOES_MSYNC, CALL_POINT,
	  { { "addr", ARG_ADDRESS }, { "length", ARG_SIZE },
	    { "flags", ARG_MSYNC_FLAGS } } },
	{ NR(memfd_create), DOES_NEW_FD, CALL_POINT,
	  { { "name", ARG_PATH }, { "flags", ARG_MEMFD_FLAGS } } },
	{ NR(shmget), DOES_SHMGET, CALL_POINT,
	  { { "key", ARG_KEY }, { "size", ARG_SIZE },
	    { "shmflg", ARG_IPC_GET } } },
	{ NR(shmat), DOES_SHMAT, CALL_POINT,
	  { { "shmid", ARG_INT }, { "shmaddr", ARG_ADDRESS },
	    { "shmflg", ARG_SHMAT_FLAGS } } },
	{ NR(shmdt), DOES_SHMDT, CALL_POINT,
	  { { "shmaddr", ARG_ADDRESS } } },
	{ NR(shmctl), DOES_SHMCTL, CALL_POINT,
	  { { "shmid", ARG_INT }, { "op", ARG_SHMCTL_OP },
	    { "buf", ARG_HIDE } } },
	{ NR(process_vm_readv), DOES_VM, CALL_POINT,
	  { { "pid", ARG_PID }, { "local_iov", ARG_HIDE },
	    { "liovcnt", ARG_SIZE }, { "remote_iov", ARG_HIDE },
	    { "riovcnt", ARG_SIZE }, { "flags", ARG_INT } } },
	{ NR(process_vm_writev), DOES_VM, CALL_POINT,
	  { { "pid", ARG_PID }, { "local_iov", ARG_HIDE },
	    { "liovcnt", ARG_SIZE }, { "remote_iov", ARG_HIDE },
	    { "riovcnt", ARG_SIZE }, { "flags", ARG_INT } } },

	/* Semaphores and what is underneath.  */
	{ NR(semget), DOES_SEMGET, CALL_POINT,
	  { { "key", ARG_KEY }, { "nsems", ARG_INT },
	    { "semflg", ARG_IPC_GET } } },
	{ NR(semop), DOES_SEMOP, CALL_POINT | SLEEPS,
	  { { "semid", ARG_INT }, { "sops", ARG_SEMOPS },
	    { "nsops", ARG_SIZE } } },
	{ NR(semtimedop), DOES_SEMOP, CALL_POINT | SLEEPS,
	  { { "semid", ARG_INT }, { "sops", ARG_SEMOPS },
	    { "nsops", ARG_SIZE }, { "timeout", ARG_TIMESPEC } } },
	{ NR(semctl), DOES_SEMCTL, CALL_POINT,
	  { { "semid", ARG_INT }, { "semnum", ARG_INT },
	    { "op", ARG_SEMCTL }, { "arg", ARG_SEMCTL_ARG } } },
	{ NR(futex), DOES_FUTEX, SLEEPS,
	  { { "uaddr", ARG_POINTER }, { "futex_op", ARG_FUTEX_OP },
	    { "val", ARG_INT }, { "timeout", ARG_HIDE } } },

	/* Sockets.  */
	{ NR(socket), DOES_SOCKET, CALL_POINT,
	  { { "domain", ARG_SOCKET_DOMAIN }, { "type", ARG_SOCKET_TYPE },
	    { "protocol", ARG_SOCKET_PROTOCOL } } },
	{ NR(socketpair), DOES_SOCKETPAIR, CALL_POINT,
	  { { "domain", ARG_SOCKET_DOMAIN }, { "type", ARG_SOCKET_TYPE },
	    { "protocol", ARG_SOCKET_PROTOCOL }, { "sv", ARG_SOCKET_FILLED } } },
	{ NR(bind), DOES_BIND, CALL_POINT,
	  { SOCKFD, { "addr", ARG_SOCKET_ADDRESS },
	    { "addrlen", ARG_HIDE } } },
	{ NR(listen), DOES_LISTEN, CALL_POINT,
	  { SOCKFD, { "backlog", ARG_INT } } },
	{ NR(accept), DOES_ACCEPT, CALL_POINT | SLEEPS,
	  { SOCKFD, { "addr", ARG_HIDE } } },
	{ NR(accept4), DOES_ACCEPT, CALL_POINT | SLEEPS,
	  { SOCKFD, { "addr", ARG_HIDE }, { "addrlen", ARG_HIDE },
	    { "flags", ARG_SOCKET_NEW_FLAGS } } },
	{ NR(connect), DOES_CONNECT, CALL_POINT | SLEEPS,
	  { SOCKFD, { "addr", ARG_SOCKET_ADDRESS },
	    { "addrlen", ARG_HIDE } } },
	{ NR(shutdown), DOES_SHUTDOWN, CALL_POINT,
	  { SOCKFD, { "how", ARG_SOCKET_HOW } } },
	{ NR(sendto), DOES_SEND, CALL_POINT | SLEEPS,
	  { SOCKFD, BUF, { "len", ARG_SIZE }, { "flags", ARG_SOCKET_FLAGS },
	    { "dest_addr", ARG_SOCKET_ADDRESS }, { "addrlen", ARG_HIDE } } },
	{ NR(sendmsg), DOES_SENDMSG, CALL_POINT | SLEEPS,
	  { SOCKFD, { "msg", ARG_SOCKET_MESSAGE },
	    { "flags", ARG_SOCKET_FLAGS } } },
	{ NR(sendmmsg), DOES_SENDMSG, CALL_POINT | SLEEPS,
	  { SOCKFD, { "msgvec", ARG_SOCKET_MESSAGES }, { "vlen", ARG_INT },
	    { "flags", ARG_SOCKET_FLAGS } } },
	{ NR(recvfrom), DOES_RECEIVE, CALL_POINT | SLEEPS,
	  { SOCKFD, BUF, { "len", ARG_SIZE }, { "flags", ARG_SOCKET_FLAGS },
	    { "src_addr", ARG_POINTER } } },
	{ NR(recvmsg), DOES_RECVMSG, CALL_POINT | SLEEPS,
	  { SOCKFD, { "msg", ARG_SOCKET_MESSAGE },
	    { "flags", ARG_SOCKET_FLAGS } } },
	{ NR(recvmmsg), DOES_RECVMSG, CALL_POINT | SLEEPS,
	  { SOCKFD, { "msgvec", ARG_SOCKET_MESSAGES }, { "vlen", ARG_INT },
	    { "flags", ARG_SOCKET_FLAGS }, { "timeout", ARG_TIMESPEC } } },
	{ NR(setsockopt), DOES_SOCKOPT, 0,
	  { SOCKFD, { "level", ARG_SOCKET_LEVEL },
	    { "optname", ARG_SOCKET_OPTION }, { "optval", ARG_SOCKET_VALUE },
	    { "optlen", ARG_HIDE } } },
	{ NR(getsockopt), DOES_SOCKOPT, 0,
	  { SOCKFD, { "level", ARG_SOCKET_LEVEL },
	    { "optname", ARG_SOCKET_OPTION }, { "optval", ARG_SOCKET_FILLED },
	    { "optlen", ARG_HIDE } } },
	{ NR(getsockname), DOES_SOCKNAME, 0,
	  { SOCKFD, { "addr", ARG_HIDE } } },
	{ NR(getpeername), DOES_SOCKNAME, 0,
	  { SOCKFD, { "addr", ARG_HIDE } } },

	/* Counters and other descriptors.  */
#ifdef SYS_eventfd
	{ NR(eventfd), DOES_NEW_FD, CALL_POINT,
	  { { "initval", ARG_INT } } },
#endif
	{ NR(eventfd2), DOES_NEW_FD, CALL_POINT,
	  { { "initval", ARG_INT }, { "flags", ARG_EVENTFD_FLAGS } } },
	{ NR(timerfd_create), DOES_NEW_FD, CALL_POINT,
	  { { "clockid", ARG_CLOCK }, { "flags", ARG_TIMERFD_FLAGS } } },
	{ NR(timerfd_settime), DOES_TIMERFD, CALL_POINT,
	  { FD, { "flags", ARG_TIMERFD_SET_FLAGS },
	    { "new_value", ARG_ITIMERSPEC } } },
	{ NR(timerfd_gettime), DOES_TIMERFD, CALL_POINT,
	  { FD, { "curr_value", ARG_HIDE } } },
#ifdef SYS_inotify_init
	{ NR(inotify_init), DOES_NEW_FD, 0 },
#endif
	{ NR(inotify_init1), DOES_NEW_FD, 0,
	  { { "flags", ARG_INOTIFY_FLAGS } } },
	{ NR(io_uring_setup), DOES_IO_URING_SETUP, CALL_POINT,
	  { { "entries", ARG_INT }, { "p", ARG_HIDE } } },
	{ NR(io_uring_enter), DOES_IO_URING, CALL_POINT | SLEEPS,
	  { FD, { "to_submit", ARG_INT }, { "min_complete", ARG_INT },
	    { "flags", ARG_INT } } },
	{ NR(io_uring_register), DOES_IO_URING, CALL_POINT,
	  { FD, { "opcode", ARG_INT } } },
	{ NR(preadv2), DOES_READV, CALL_FD_POINT | SLEEPS,
	  { FD, { "iov", ARG_HIDE }, { "iovcnt", ARG_INT },
	    { "offset", ARG_LONG }, { "offset_high", ARG_HIDE },
	    { "flags", ARG_INT } } },
	{ NR(pwritev2), DOES_WRITEV, CALL_FD_POINT | SLEEPS,
	  { FD, { "iov", ARG_HIDE }, { "iovcnt", ARG_INT },
	    { "offset", ARG_LONG }, { "offset_high", ARG_HIDE },
	    { "flags", ARG_INT } } },

	/* Driven runs only: may sleep, so their end must be seen.  */
	{ NR(ioctl), DOES_IOCTL, CALL_DRIVEN | SLEEPS },
	{ NR(sched_yield), DOES_NOTHING, CALL_DRIVEN },

	/* The runtime's own (runtime/abi.h): no kernel has them.  */
	{ RT(HELLO, "hello"), DOES_QUESTION, 0, { { "version", ARG_INT } } },
	{ RT(MAPPING, "mapping"), DOES_QUESTION, 0,
	  { { "address", ARG_POINTER } } },
	{ RT(SERVER, "server"), DOES_SERVER, 0 },
	{ RT(LOAD, "load"), DOES_ACCESS, CALL_POINT },
	{ RT(STORE, "store"), DOES_ACCESS, CALL_POINT },
	{ RT(RMW, "rmw"), DOES_ACCESS, CALL_POINT },
	{ RT(END, "end"), DOES_OPERATION_END, 0 },
	{ OPERATION(sem_init), { { "sem", ARG_HIDE },
	  { "pshared", ARG_INT }, { "value", ARG_INT } } },
	{ OPERATION(sem_destroy) },
	{ OPERATION(sem_wait) },
	{ OPERATION(sem_trywait) },
	{ OPERATION(sem_timedwait) },
	{ OPERATION(sem_clockwait) },
	{ OPERATION(sem_post) },
	{ OPERATION(sem_getvalue) },
	{ OPERATION(sem_open), { { "name", ARG_PATH },
	  { "oflag", ARG_OPEN_FLAGS }, { "value", ARG_INT } } },
	{ OPERATION(sem_close) },
	{ OPERATION(sem_unlink), { { "name", ARG_PATH } } },
	{ OPERATION(pthread_mutex_init) },
	{ OPERATION(pthread_mutex_destroy) },
	{ OPERATION(pthread_mutex_lock) },
	{ OPERATION(pthread_mutex_trylock) },
	{ OPERATION(pthread_mutex_timedlock) },
	{ OPERATION(pthread_mutex_clocklock) },
	{ OPERATION(pthread_mutex_unlock) },
	{ OPERATION(pthread_mutex_consistent) },
	{ OPERATION(pthread_cond_init) },
	{ OPERATION(pthread_cond_destroy) },
	{ OPERATION(pthread_cond_wait) },
	{ OPERATION(pthread_cond_timedwait) },
	{ OPERATION(pthread_cond_clockwait) },
	{ OPERATION(pthread_cond_signal) },
	{ OPERATION(pthread_cond_broadcast) },
	{ OPERATION(pthread_rwlock_init) },
	{ OPERATION(pthread_rwlock_destroy) },
	{ OPERATION(pthread_rwlock_rdlock) },
	{ OPERATION(pthread_rwlock_tryrdlock) },
	{ OPERATION(pthread_rwlock_timedrdlock) },
	{ OPERATION(pthread_rwlock_wrlock) },
	{ OPERATION(pthread_rwlock_trywrlock) },
	{ OPERATION(pthread_rwlock_timedwrlock) },
	{ OPERATION(pthread_rwlock_unlock) },
	{ OPERATION(pthread_barrier_init), { { "barrier", ARG_HIDE },
	  { "count", ARG_INT } } },
	{ OPERATION(pthread_barrier_destroy) },
	{ OPERATION(pthread_barrier_wait) },
	{ OPERATION(pthread_spin_lock) },
	{ OPERATION(pthread_spin_trylock) },
	{ OPERATION(pthread_spin_unlock) },
	{ OPERATION(pthread_create) },
	{ OPERATION(pthread_join) },
	{ OPERATION(pthread_rwlock_clockrdlock) },
	{ OPERATION(pthread_rwlock_clockwrlock) },
	{ OPERATION(pthread_tryjoin_np) },
	{ OPERATION(pthread_timedjoin_np) },
	{ OPERATION(pthread_clockjoin_np) },
	{ OPERATION(pthread_detach) },
	{ OPERATION(pthread_cancel) },
	{ OPERATION(pthread_once) },
};

const int n_calls = sizeof(calls) / sizeof(calls[0]);

enum { NR_MAX = 1024 };

const struct call *
call_find(long nr)
{
	static const struct call *by_nr[NR_MAX];
	static bool ready;

	if (!ready) {
		for (int i = 0; i < n_calls; i++)
			by_nr[calls[i].nr] = &calls[i];
		ready = true;
	}
	return nr >= 0 && nr < NR_MAX ? by_nr[nr] : NULL;
}

const char *
call_name(long nr)
{
	static char name[64];
	const struct call *c = call_find(nr);
	char *known;

	if (c)
		return c->name;
	known = seccomp_syscall_resolve_num_arch(seccomp_arch_native(), nr);
	snprintf(name, sizeof(name), "%s", known ? known : "?");
	free(known);
	return name;
}
