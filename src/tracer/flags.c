/* Names of the constants in arguments of calls, as in section 2 of the
 * manual.  */
#include "config.h"

#include "event/names.h"
#include "tracer/flags.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <linux/fs.h>
#include <linux/futex.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>

struct flag {
	uint64_t value;
	const char *name;
};

#define F(name) { name, #name }
#define END { 0, NULL }

static const struct flag open_flags[] = {
	F(O_CREAT), F(O_EXCL), F(O_NOCTTY), F(O_TRUNC), F(O_APPEND),
	F(O_NONBLOCK), F(O_SYNC), F(O_DSYNC), F(O_ASYNC), F(O_DIRECT),
	{ 0100000, "O_LARGEFILE" }, F(O_NOFOLLOW), F(O_NOATIME), F(O_CLOEXEC),
	F(O_PATH), F(O_TMPFILE), F(O_DIRECTORY), END
};

static const struct flag fd_flags[] = { F(FD_CLOEXEC), END };

static const struct flag whences[] = {
	F(SEEK_SET), F(SEEK_CUR), F(SEEK_END), F(SEEK_DATA), F(SEEK_HOLE), END
};

static const struct flag fcntls[] = {
	F(F_DUPFD), F(F_GETFD), F(F_SETFD), F(F_GETFL), F(F_SETFL),
	F(F_GETLK), F(F_SETLK), F(F_SETLKW), F(F_SETOWN), F(F_GETOWN),
	F(F_SETSIG), F(F_GETSIG), F(F_OFD_GETLK), F(F_OFD_SETLK),
	F(F_OFD_SETLKW), F(F_SETLEASE), F(F_GETLEASE), F(F_NOTIFY),
	F(F_DUPFD_CLOEXEC), F(F_SETPIPE_SZ), F(F_GETPIPE_SZ), F(F_ADD_SEALS),
	F(F_GET_SEALS), END
};

static const struct flag flocks[] = {
	F(LOCK_SH), F(LOCK_EX), F(LOCK_NB), F(LOCK_UN), END
};

static const struct flag ats[] = {
	F(AT_SYMLINK_NOFOLLOW), F(AT_REMOVEDIR), F(AT_SYMLINK_FOLLOW),
	F(AT_EMPTY_PATH), END
};

static const struct flag renames[] = {
	F(RENAME_NOREPLACE), F(RENAME_EXCHANGE), F(RENAME_WHITEOUT), END
};

static const struct flag clones[] = {
	F(CLONE_VM), F(CLONE_FS), F(CLONE_FILES), F(CLONE_SIGHAND),
	F(CLONE_PIDFD), F(CLONE_PTRACE), F(CLONE_VFORK), F(CLONE_PARENT),
	F(CLONE_THREAD), F(CLONE_NEWNS), F(CLONE_SYSVSEM), F(CLONE_SETTLS),
	F(CLONE_PARENT_SETTID), F(CLONE_CHILD_CLEARTID), F(CLONE_DETACHED),
	F(CLONE_UNTRACED), F(CLONE_CHILD_SETTID), F(CLONE_NEWCGROUP),
	F(CLONE_NEWUTS), F(CLONE_NEWIPC), F(CLONE_NEWUSER), F(CLONE_NEWPID),
	F(CLONE_NEWNET), F(CLONE_IO), F(CLONE_CLEAR_SIGHAND),
	F(CLONE_INTO_CGROUP), END
};

static const struct flag waits[] = {
	F(WNOHANG), F(WUNTRACED), F(WEXITED), F(WCONTINUED), F(WNOWAIT),
	{ __WNOTHREAD, "__WNOTHREAD" }, { __WALL, "__WALL" },
	{ __WCLONE, "__WCLONE" }, END
};

static const struct flag splices[] = {
	F(SPLICE_F_MOVE), F(SPLICE_F_NONBLOCK), F(SPLICE_F_MORE),
	F(SPLICE_F_GIFT), END
};

static const struct flag epoll_ops[] = {
	F(EPOLL_CTL_ADD), F(EPOLL_CTL_MOD), F(EPOLL_CTL_DEL), END
};

static const struct flag polls[] = {
	F(POLLIN), F(POLLPRI), F(POLLOUT), F(POLLERR), F(POLLHUP),
	F(POLLNVAL), F(POLLRDNORM), F(POLLRDBAND), F(POLLWRNORM),
	F(POLLWRBAND), F(POLLRDHUP), END
};

static const struct flag clocks[] = {
	F(CLOCK_REALTIME), F(CLOCK_MONOTONIC), F(CLOCK_PROCESS_CPUTIME_ID),
	F(CLOCK_THREAD_CPUTIME_ID), F(CLOCK_MONOTONIC_RAW),
	F(CLOCK_REALTIME_COARSE), F(CLOCK_MONOTONIC_COARSE),
	F(CLOCK_BOOTTIME), F(CLOCK_TAI), END
};

static const struct flag close_ranges[] = {
	F(CLOSE_RANGE_UNSHARE), F(CLOSE_RANGE_CLOEXEC), END
};

static const struct flag id_types[] = {
	F(P_ALL), F(P_PID), F(P_PGID), { 3, "P_PIDFD" }, END
};

/* msgget(2), semget(2), shmget(2): with permissions in the low bits */
static const struct flag ipc_gets[] = {
	F(IPC_CREAT), F(IPC_EXCL), F(SHM_HUGETLB), F(SHM_NORESERVE), END
};

/* fcntl(2): l_type */
static const struct flag lock_types[] = {
	F(F_RDLCK), F(F_WRLCK), F(F_UNLCK), END
};

static const struct flag eventfds[] = {
	F(EFD_SEMAPHORE), F(EFD_CLOEXEC), F(EFD_NONBLOCK), END
};

static const struct flag timerfds[] = {
	F(TFD_CLOEXEC), F(TFD_NONBLOCK), END
};

/* timerfd_settime(2) */
static const struct flag timerfd_sets[] = {
	F(TFD_TIMER_ABSTIME), F(TFD_TIMER_CANCEL_ON_SET), END
};

static const struct flag epoll_creates[] = { F(EPOLL_CLOEXEC), END };

static const struct flag inotifies[] = {
	F(IN_CLOEXEC), F(IN_NONBLOCK), END
};

/* semop(2): sem_flg */
static const struct flag semops[] = { F(IPC_NOWAIT), F(SEM_UNDO), END };

static const struct flag semctls[] = {
	F(IPC_RMID), F(IPC_SET), F(IPC_STAT), F(IPC_INFO), F(SEM_INFO),
	F(SEM_STAT), F(SEM_STAT_ANY), F(GETPID), F(GETVAL), F(GETALL),
	F(GETNCNT), F(GETZCNT), F(SETVAL), F(SETALL), END
};

static const struct flag futexes[] = {
	F(FUTEX_WAIT), F(FUTEX_WAKE), F(FUTEX_FD), F(FUTEX_REQUEUE),
	F(FUTEX_CMP_REQUEUE), F(FUTEX_WAKE_OP), F(FUTEX_LOCK_PI),
	F(FUTEX_UNLOCK_PI), F(FUTEX_TRYLOCK_PI), F(FUTEX_WAIT_BITSET),
	F(FUTEX_WAKE_BITSET), F(FUTEX_WAIT_REQUEUE_PI),
	F(FUTEX_CMP_REQUEUE_PI), F(FUTEX_LOCK_PI2), END
};

static const struct flag prots[] = {
	F(PROT_READ), F(PROT_WRITE), F(PROT_EXEC), { 8, "PROT_SEM" },
	F(PROT_GROWSDOWN), F(PROT_GROWSUP), { 0, "PROT_NONE" }, END
};

static const struct flag maps[] = {
	{ 3, "MAP_SHARED_VALIDATE" }, F(MAP_SHARED), F(MAP_PRIVATE),
	F(MAP_FIXED), F(MAP_ANONYMOUS),
#ifdef MAP_32BIT
	F(MAP_32BIT),
#endif
	F(MAP_NORESERVE), F(MAP_POPULATE), F(MAP_NONBLOCK), F(MAP_GROWSDOWN),
	F(MAP_DENYWRITE), F(MAP_EXECUTABLE), F(MAP_LOCKED), F(MAP_STACK),
	F(MAP_HUGETLB), F(MAP_SYNC), F(MAP_FIXED_NOREPLACE), END
};

static const struct flag mremaps[] = {
	F(MREMAP_MAYMOVE), F(MREMAP_FIXED), F(MREMAP_DONTUNMAP), END
};

static const struct flag msyncs[] = {
	F(MS_ASYNC), F(MS_INVALIDATE), F(MS_SYNC), END
};

static const struct flag memfds[] = {
	F(MFD_CLOEXEC), F(MFD_ALLOW_SEALING), F(MFD_HUGETLB),
	{ 8, "MFD_NOEXEC_SEAL" }, { 16, "MFD_EXEC" }, END
};

static const struct flag seals[] = {
	F(F_SEAL_SEAL), F(F_SEAL_SHRINK), F(F_SEAL_GROW), F(F_SEAL_WRITE),
	{ 16, "F_SEAL_FUTURE_WRITE" }, { 32, "F_SEAL_EXEC" }, END
};

static const struct flag shmats[] = {
	F(SHM_RDONLY), F(SHM_RND), F(SHM_REMAP), F(SHM_EXEC), END
};

static const struct flag shmctls[] = {
	F(IPC_RMID), F(IPC_SET), F(IPC_STAT), F(IPC_INFO), F(SHM_LOCK),
	F(SHM_UNLOCK), F(SHM_STAT), F(SHM_INFO), F(SHM_STAT_ANY), END
};
static const struct flag sigactions[] = {
	{ 0x04000000, "SA_RESTORER" }, F(SA_ONSTACK), F(SA_RESTART),
	F(SA_NODEFER), F(SA_RESETHAND), F(SA_SIGINFO), F(SA_NOCLDSTOP),
	F(SA_NOCLDWAIT), END
};

static const struct flag mask_hows[] = {
	F(SIG_BLOCK), F(SIG_UNBLOCK), F(SIG_SETMASK), END
};

static const struct flag signalfds[] = {
	F(SFD_CLOEXEC), F(SFD_NONBLOCK), END
};

static const struct flag pidfds[] = { { O_NONBLOCK, "PIDFD_NONBLOCK" }, END };

static const struct flag sigevs[] = {
	F(SIGEV_SIGNAL), F(SIGEV_NONE), F(SIGEV_THREAD),
	{ 4, "SIGEV_THREAD_ID" }, END
};

static const struct flag sigstacks[] = {
	F(SS_ONSTACK), F(SS_DISABLE), { 1U << 31, "SS_AUTODISARM" }, END
};

static const struct flag itimers[] = {
	F(ITIMER_REAL), F(ITIMER_VIRTUAL), F(ITIMER_PROF), END
};

static const struct flag timer_flags[] = { F(TIMER_ABSTIME), END };

static const struct flag msg_flags[] = {
	F(MSG_NOERROR), F(MSG_EXCEPT), F(MSG_COPY), F(IPC_NOWAIT), END
};

static const struct flag msg_ops[] = {
	F(IPC_RMID), F(IPC_SET), F(IPC_STAT), F(IPC_INFO), F(MSG_STAT),
	F(MSG_INFO), { 13, "MSG_STAT_ANY" }, END
};

static const struct flag no_flags[] = { END };

/* How a table is read.  */
enum style { BITS, ONE_OF, WITH_ACCESS, WITH_SIGNAL, WITH_TYPE, WITH_MODE };

static const struct {
	const struct flag *flag;
	enum style style;
} tables[FLAGS_MAX] = {
	[FLAGS_OPEN] = { open_flags, WITH_ACCESS },
	[FLAGS_OPEN_NO_MODE] = { open_flags, BITS },
	[FLAGS_FD] = { fd_flags, BITS },
	[FLAGS_WHENCE] = { whences, ONE_OF },
	[FLAGS_FCNTL] = { fcntls, ONE_OF },
	[FLAGS_FLOCK] = { flocks, BITS },
	[FLAGS_AT] = { ats, BITS },
	[FLAGS_RENAME] = { renames, BITS },
	[FLAGS_CLONE] = { clones, WITH_SIGNAL },
	[FLAGS_WAIT] = { waits, BITS },
	[FLAGS_SPLICE] = { splices, BITS },
	[FLAGS_EPOLL_OP] = { epoll_ops, ONE_OF },
	[FLAGS_POLL] = { polls, BITS },
	[FLAGS_CLOCK] = { clocks, ONE_OF },
	[FLAGS_CLOSE_RANGE] = { close_ranges, BITS },
	[FLAGS_DEVICE_MODE] = { no_flags, WITH_TYPE },
	[FLAGS_ID_TYPE] = { id_types, ONE_OF },
	[FLAGS_IPC_GET] = { ipc_gets, WITH_MODE },
	[FLAGS_EVENTFD] = { eventfds, BITS },
	[FLAGS_TIMERFD] = { timerfds, BITS },
	[FLAGS_TIMERFD_SET] = { timerfd_sets, BITS },
	[FLAGS_EPOLL_CREATE] = { epoll_creates, BITS },
	[FLAGS_INOTIFY] = { inotifies, BITS },
	[FLAGS_LOCK_TYPE] = { lock_types, ONE_OF },
	[FLAGS_SEMOP] = { semops, BITS },
	[FLAGS_SEMCTL] = { semctls, ONE_OF },
	[FLAGS_FUTEX] = { futexes, ONE_OF },
	[FLAGS_PROT] = { prots, BITS },
	[FLAGS_MAP] = { maps, BITS },
	[FLAGS_MREMAP] = { mremaps, BITS },
	[FLAGS_MSYNC] = { msyncs, BITS },
	[FLAGS_MEMFD] = { memfds, BITS },
	[FLAGS_SEALS] = { seals, BITS },
	[FLAGS_SHMAT] = { shmats, BITS },
	[FLAGS_SHMCTL] = { shmctls, ONE_OF },
	[FLAGS_SIGACTION] = { sigactions, BITS },
	[FLAGS_MASK_HOW] = { mask_hows, ONE_OF },
	[FLAGS_SIGNALFD] = { signalfds, BITS },
	[FLAGS_PIDFD] = { pidfds, BITS },
	[FLAGS_SIGEV] = { sigevs, ONE_OF },
	[FLAGS_SIGSTACK] = { sigstacks, BITS },
	[FLAGS_ITIMER] = { itimers, ONE_OF },
	[FLAGS_TIMER] = { timer_flags, BITS },
	[FLAGS_MSG] = { msg_flags, BITS },
	[FLAGS_MSG_OP] = { msg_ops, ONE_OF },
};

static void
add_name(struct buf *out, const char *name, const char **sep)
{
	buf_adds(out, *sep);
	buf_adds(out, name);
	*sep = "|";
}

static const char *
one_of(const struct flag *f, uint64_t value)
{
	for (; f->name; f++)
		if (f->value == value)
			return f->name;
	return NULL;
}

static const char *
access_name(uint64_t value)
{
	static const char *const names[] = {
		"O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE"
	};

	return names[value & O_ACCMODE];
}

static const char *
type_name(uint64_t value)
{
	switch (value & S_IFMT) {
	case S_IFREG: return "S_IFREG";
	case S_IFIFO: return "S_IFIFO";
	case S_IFCHR: return "S_IFCHR";
	case S_IFBLK: return "S_IFBLK";
	case S_IFSOCK: return "S_IFSOCK";
	default: return NULL;
	}
}

static void
bits(struct buf *out, const struct flag *f, uint64_t value, const char *sep,
     bool zero)
{
	char rest[24];

	for (; f->name && value; f++)
		/* Longer ones stand first: O_SYNC holds O_DSYNC.  */
		if (f->value && (value & f->value) == f->value) {
			add_name(out, f->name, &sep);
			value &= ~f->value;
		}
	snprintf(rest, sizeof(rest), value ? "%#llx" : "0",
		 (unsigned long long)value);
	if (value || (zero && !*sep))
		add_name(out, rest, &sep);
}

void
flags_write(struct buf *out, enum flags_table table, uint64_t value)
{
	const struct flag *f = tables[table].flag;
	const char *sep = "", *name;
	char octal[16];

	buf_addc(out, '"');
	switch (tables[table].style) {
	case ONE_OF:
		name = one_of(f, (uint32_t)value);
		if (name)
			buf_adds(out, name);
		else
			buf_addf(out, "%#x", (unsigned)value);
		break;
	case BITS:
		bits(out, f, (uint32_t)value, sep, true);
		break;
	case WITH_ACCESS:
		add_name(out, access_name(value), &sep);
		bits(out, f, (uint32_t)value & ~O_ACCMODE, sep, false);
		break;
	case WITH_SIGNAL:
		bits(out, f, value & ~(uint64_t)CSIGNAL, sep,
		     !(value & CSIGNAL));
		if (value & ~(uint64_t)CSIGNAL)
			sep = "|";
		if (value & CSIGNAL)
			add_name(out, signal_name(value & CSIGNAL), &sep);
		break;
	case WITH_MODE:
		for (; f->name; f++)
			if (value & f->value) {
				add_name(out, f->name, &sep);
				value &= ~f->value;
			}
		snprintf(octal, sizeof(octal), "%#03o", (unsigned)value);
		add_name(out, octal, &sep);
		break;
	case WITH_TYPE:
		name = type_name(value);
		if (name)
			add_name(out, name, &sep);
		snprintf(octal, sizeof(octal), "%#03o",
			 (unsigned)(value & ~(name ? S_IFMT : 0)));
		add_name(out, octal, &sep);
		break;
	}
	buf_addc(out, '"');
}
