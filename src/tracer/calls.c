/*
 * The table of system calls.  Names of arguments are those of the manual
 * pages (section 2).
 */
#include "config.h"

#include "tracer/calls.h"

#include <seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>

#define NR(x) .nr = SYS_##x, .name = #x
#define FD { "fd", ARG_FD }
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
	{ NR(epoll_create), DOES_EPOLL_CREATE, 0, { { "size", ARG_INT } } },
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
	{ NR(epoll_create1), DOES_EPOLL_CREATE, 0,
	  { { "flags", ARG_INT } } },
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
	{ NR(kill), DOES_KILL, CALL_POINT,
	  { { "pid", ARG_PID }, { "sig", ARG_SIGNAL } } },
	{ NR(tkill), DOES_KILL, CALL_POINT,
	  { { "tid", ARG_PID }, { "sig", ARG_SIGNAL } } },
	{ NR(tgkill), DOES_KILL, CALL_POINT,
	  { { "tgid", ARG_PID }, { "tid", ARG_PID },
	    { "sig", ARG_SIGNAL } } },
	{ NR(nanosleep), DOES_SLEEP, CALL_POINT | SLEEPS,
	  { { "req", ARG_TIMESPEC } } },
	{ NR(clock_nanosleep), DOES_SLEEP, CALL_POINT | SLEEPS,
	  { { "clockid", ARG_CLOCK }, { "flags", ARG_INT },
	    { "request", ARG_TIMESPEC } } },
#ifdef SYS_pause
	{ NR(pause), DOES_PAUSE, CALL_POINT | SLEEPS },
#endif
	{ NR(rt_sigsuspend), DOES_PAUSE, CALL_POINT | SLEEPS },

	/* Driven runs only: what would make two runs differ.  */
	{ NR(clock_gettime), DOES_CLOCK, CALL_DRIVEN },
	{ NR(gettimeofday), DOES_CLOCK, CALL_DRIVEN },
#ifdef SYS_time
	{ NR(time), DOES_CLOCK, CALL_DRIVEN },
	{ NR(alarm), DOES_TIMER, CALL_DRIVEN | CALL_POINT,
	  { { "seconds", ARG_SIZE } } },
#endif
	{ NR(setitimer), DOES_TIMER, CALL_DRIVEN | CALL_POINT,
	  { { "which", ARG_INT }, { "new_value", ARG_POINTER } } },
	{ NR(getrandom), DOES_RANDOM, CALL_DRIVEN },
	{ NR(rt_sigaction), DOES_SIGACTION, CALL_DRIVEN },
	{ NR(sched_getaffinity), DOES_AFFINITY, 0 },

	/* Driven runs only: may sleep, so their end must be seen.  */
	{ NR(futex), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(accept), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(accept4), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(bind), DOES_NOTHING, CALL_DRIVEN },
	{ NR(listen), DOES_NOTHING, CALL_DRIVEN },
	{ NR(connect), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(recvfrom), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(recvmsg), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(recvmmsg), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(sendto), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(sendmsg), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(sendmmsg), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(msgsnd), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(msgrcv), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(semop), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(semtimedop), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(mq_timedsend), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(mq_timedreceive), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(rt_sigtimedwait), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(io_uring_enter), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(ioctl), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(preadv2), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(pwritev2), DOES_NOTHING, CALL_DRIVEN | SLEEPS },
	{ NR(sched_yield), DOES_NOTHING, CALL_DRIVEN },
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
