/*
 * The host: a process that owns what one cell needs, and is the parent of
 * the two that talk.  All signals are blocked in it: what would end it is
 * taken by sigwaitinfo(2), so that System V objects are removed first.  The
 * death of the lab is such a signal (PR_SET_PDEATHSIG), and the two that
 * talk are killed by the death of the host.
 */
#include "config.h"

#include "bench/channel.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	HEADER = 4 * sizeof(long),	/* before the message: struct msgbuf */
	PATIENCE_NS = 2000000000,	/* beyond the slice */
};

/* An IPC namespace of its own has the default limits: only where the user's
 * are the same does it measure what the user has.  */
static bool
has_default_limits(void)
{
	static const struct {
		const char *path;
		unsigned value;
	} limits[] = {
		{ "/proc/sys/kernel/msgmax", 8192 },
		{ "/proc/sys/kernel/msgmnb", 16384 },
		{ "/proc/sys/fs/mqueue/msgsize_max", 8192 },
		{ "/proc/sys/fs/mqueue/msg_max", 10 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(limits); i++) {
		FILE *f = fopen(limits[i].path, "re");
		unsigned value = limits[i].value;

		if (!f)
			continue;
		if (fscanf(f, "%u", &value) != 1)
			value = 0;
		fclose(f);
		if (value != limits[i].value)
			return false;
	}
	return true;
}

/* Where it is not allowed, close() removes what was made.  */
static void
be_private(void)
{
	if (has_default_limits() && unshare(CLONE_NEWIPC) < 0 &&
	    unshare(CLONE_NEWUSER | CLONE_NEWIPC) < 0)
		errno = 0;
}

/* As many pages as the message has are there before anything is measured. */
static char *
make_buffer(size_t size)
{
	char *whole = mmap(NULL, HEADER + size, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return whole == MAP_FAILED ? NULL : whole + HEADER;
}

static void
pin(struct channel *c, int processor)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(processor, &set);
	c->control->pinned[c->side] = sched_setaffinity(0, sizeof(set), &set)
				      == 0;
}

/* What belongs to the other side only.  */
static void
close_others(struct channel *c)
{
	const int *mine = c->fd[c->side], *others = c->fd[!c->side];

	for (int i = OUT; i <= IN; i++)
		if (others[i] >= 0 && others[i] != mine[OUT] &&
		    others[i] != mine[IN])
			close(others[i]);
}

static pid_t
start_side(struct channel *c, enum side side, const struct cell *cell)
{
	pid_t host = getpid(), pid = fork();

	if (pid != 0) {
		c->control->pid[side] = pid;
		return pid;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != host)
		_exit(1);
	c->side = side;
	c->control->pid[side] = getpid();
	memset(c->buf, 'a' + side, c->size);
	close_others(c);
	pin(c, cell->on[side]);
	if (side == NEAR)
		near_main(c, cell->figure);
	far_main(c, cell->figure);
}

/* Until the near process is done, one of them fails, or we are to end.  */
static void
await(const sigset_t *all, const pid_t pid[2])
{
	siginfo_t info;

	while (sigwaitinfo(all, &info) == SIGCHLD || errno == EINTR) {
		bool ended = false;

		for (enum side side = NEAR; side <= FAR; side++)
			ended |= waitid(P_PID, (id_t)pid[side], &info,
					WEXITED | WNOHANG | WNOWAIT) == 0 &&
				 info.si_pid == pid[side];
		if (ended)
			return;
		errno = EINTR;
	}
}

/* All that could end the host, or tell it something.  SIGRTMIN is left to
 * MECH_SIGNAL.  */
static void
block_all(sigset_t *all)
{
	signal(SIGINT, SIG_IGN);
	signal(SIGTSTP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	sigfillset(all);
	sigdelset(all, SIGRTMIN);
	sigprocmask(SIG_SETMASK, all, NULL);
}

static void
talk(struct channel *c, const struct cell *cell, const sigset_t *all)
{
	pid_t pid[2];

	pid[FAR] = start_side(c, FAR, cell);
	pid[NEAR] = start_side(c, NEAR, cell);
	if (pid[NEAR] > 0 && pid[FAR] > 0)
		await(all, pid);
	else
		c->control->error = errno;
	for (enum side side = NEAR; side <= FAR; side++)
		if (pid[side] > 0) {
			kill(pid[side], SIGKILL);
			waitpid(pid[side], NULL, 0);
		}
}

/* A limit that is known beforehand need not be met.  */
static bool
fits(struct channel *c)
{
	struct control *control = c->control;

	control->largest = c->ops->largest ? c->ops->largest(c) : 0;
	control->too_large = control->largest && c->size > control->largest;
	return !control->too_large;
}

static void
give_up(struct channel *c, const char *call)
{
	c->control->error = errno;
	snprintf(c->control->call, sizeof(c->control->call), "%s", call);
}

/* Limits of queues are asked before the queue is made: it has that size.  */
static bool
open_channel(struct channel *c)
{
	c->buf = make_buffer(c->size);
	if (!c->buf) {
		give_up(c, "mmap");
		return false;
	}
	if (c->ops->private_ipc) {
		be_private();
		if (!fits(c))
			return false;
	}
	if (c->ops->open(c) < 0) {
		give_up(c, c->call);
		return false;
	}
	return c->ops->private_ipc || fits(c);
}

static void __attribute__((noreturn))
host_main(const struct cell *cell, struct control *control, pid_t lab)
{
	struct channel c = {
		.ops = &mechanism_ops[cell->mechanism], .size = cell->size,
		.stream = cell->figure == FIGURE_THROUGHPUT,
		.fd = { { -1, -1 }, { -1, -1 } }, .id = -1,
		.control = control,
	};
	sigset_t all;

	prctl(PR_SET_NAME, "ipclab-bench");
	block_all(&all);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != lab)
		_exit(1);
	if (open_channel(&c))
		talk(&c, cell, &all);
	if (c.ops->close)
		c.ops->close(&c);
	_exit(0);
}

static int
milliseconds_left(uint64_t end)
{
	uint64_t now = clock_now();

	return now >= end ? 0 : (int)((end - now) / 1000000 + 1);
}

/* Wait for the host; a signal that asks to stop interrupts poll(2).  */
static enum host_answer
watch(pid_t pid, uint64_t patience_ns, const volatile sig_atomic_t *stop,
      const sigset_t *mask)
{
	int fd = (int)syscall(SYS_pidfd_open, pid, 0);
	struct pollfd one = { .fd = fd, .events = POLLIN };
	uint64_t end = clock_now() + patience_ns;
	enum host_answer answer = HOST_DONE;
	int left;

	while (answer == HOST_DONE && (left = milliseconds_left(end)) > 0) {
		struct timespec ts = { left / 1000, left % 1000 * 1000000L };

		if (*stop)
			answer = HOST_STOPPED;
		else if (ppoll(&one, 1, &ts, mask) > 0)
			break;
	}
	if (one.revents == 0 && answer == HOST_DONE)
		answer = HOST_FAILED;
	if (answer != HOST_DONE)
		kill(pid, SIGTERM);
	if (fd >= 0)
		close(fd);
	waitpid(pid, NULL, 0);
	return answer;
}

enum host_answer
host_run(const struct cell *cell, struct control *control,
	 const volatile sig_atomic_t *stop)
{
	pid_t lab = getpid(), pid;
	sigset_t interrupt, before;
	enum host_answer answer;

	/* ^C is to come while poll(2) waits, not just before it.  */
	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	sigaddset(&interrupt, SIGTERM);
	sigaddset(&interrupt, SIGUSR1);
	sigprocmask(SIG_BLOCK, &interrupt, &before);
	pid = fork();
	if (pid == 0)
		host_main(cell, control, lab);
	if (pid < 0) {
		control->error = errno;
		snprintf(control->call, sizeof(control->call), "fork");
		answer = HOST_DONE;
	} else {
		answer = watch(pid, control->slice_ns + PATIENCE_NS, stop,
			       &before);
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return answer;
}
