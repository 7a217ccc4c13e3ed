/*
 * Probes: a look at the kernel's own state that changes nothing.
 *
 * Each asks the kernel, never the program.  They work as an ordinary user on
 * one's own descendants (ptrace_scope 0 or 1); where a privilege is missing
 * the answer is -1 and *why names it.  Which calls, and what they cost, is in
 * pipe(7), tee(2), pidfd_getfd(2), kcmp(2), proc(5).
 */
#ifndef PROBE_PROBE_H
#define PROBE_PROBE_H

#include "event/event.h"

#include <sys/types.h>

/* A pipe or FIFO through descriptor fd of process pid: bytes, capacity and
 * the first bytes of its content, which stay in it (FIONREAD, F_GETPIPE_SZ,
 * tee into a scratch pipe).  Where fd is a write end it is reopened for
 * reading for an instant: only call it while no subject runs.  */
int probe_pipe(pid_t pid, int fd, struct object_state *out, char **why);

/* A regular file: size and first bytes.  */
int probe_file(pid_t pid, int fd, struct object_state *out, char **why);

/* Shared memory through a descriptor (memfd_create(2), shm_open(3)): size,
 * first bytes, seals.  */
int probe_memory(pid_t pid, int fd, struct object_state *out, char **why);

/* A System V segment of our IPC namespace: size, how often it is attached
 * (maps), whether it is marked for destruction (IPC_STAT, shmctl(2)).  Its
 * content is seen only through a process that has attached it.  */
int probe_segment(int id, struct object_state *out, char **why);

/* Memory of a process: up to n bytes, as far as they can be read; how many,
 * or -1.  Looking at a page that is not there yet would put it there: ask
 * probe_page() first.  */
int probe_bytes(pid_t pid, uint64_t at, void *to, int n, char **why);

/* The pages of a process, as they are at each look; -1 with *why.  To be closed
 * by the caller.  When the process executes another program there are none
 * any more.  */
int probe_pages(pid_t pid, char **why);
/* The page at an address of such a process; -1: there is no telling.  */
struct probe_page {
	bool present;		/* there is one in memory */
	bool of_object;		/* it is the file's, or shared: no copy of the
				   process's own (copy on write) */
	uint64_t frame;		/* number of the physical frame; 0: not shown
				   to us (CAP_SYS_ADMIN) */
};
int probe_page(int pages, uint64_t at, struct probe_page *out);

/* Would this descriptor sleep in a read / a write of count bytes now?
 * 1 yes, 0 no, -1 with *why.  (poll(2), FIONREAD, F_GETPIPE_SZ)  */
int probe_would_block(pid_t pid, int fd, unsigned mode, int64_t count,
		      char **why);

/* Would poll(2) report this descriptor at once?  events as there; errors and
 * hang-ups count.  Unlike a read, O_NONBLOCK changes nothing here.  1 yes, 0
 * no, -1 with *why.  An epoll descriptor: POLLIN.  */
int probe_ready(pid_t pid, int fd, short events, char **why);

/* A System V queue of our own IPC namespace, by its id: bytes, capacity,
 * messages, and of the first of these type, length and first bytes, which stay
 * in it.  Where the kernel has no MSG_COPY, or the user no right to read, there
 * are numbers only, and derived is set.  */
int probe_queue(int id, struct object_state *out, char **why);
/* Is there one?  */
int probe_queue_exists(int id);
/* Would a message of that size have to wait?  Is there a message that this
 * selector asks for (msgop(2); except: MSG_EXCEPT)?  1, 0, -1: not known.  */
int probe_queue_full(int id, size_t size);
int probe_queue_has(int id, long selector, bool except);

/* A POSIX queue, by a descriptor.  What is in it, nobody can see.  */
struct probe_mqueue {
	long messages, max_messages, max_size;
	long bytes;		/* -1: not known */
	int notify, signal;	/* sigev_notify, sigev_signo */
	int notify_pid;		/* who is told of the next message, 0 */
	bool nonblock;		/* this descriptor */
};
int probe_mqueue(pid_t pid, int fd, struct probe_mqueue *out, char **why);

/* What is behind a descriptor.  */
struct probe_fd {
	int fd;
	enum object_kind kind;
	uint64_t dev, inode;
	char path[PATH_MAX_LEN];	/* readlink of /proc/PID/fd/N */
	unsigned mode;
	bool cloexec, nonblock, append;
	int64_t pos;
};
int probe_fd(pid_t pid, int fd, struct probe_fd *out, char **why);
/* All of a process, ascending; *list is the caller's to free; their number,
 * or -1 with *why.  */
int probe_fds(pid_t pid, struct probe_fd **list, char **why);

/* Who holds the ends of a pipe or FIFO: count its descriptors in these n
 * processes (of those that share a table, name one).  Those that ended hold
 * none.  0, or -1 with *why.  */
int probe_ends(const pid_t *pids, int n, uint64_t dev, uint64_t inode,
	       int *read_ends, int *write_ends, char **why);

/* Do two descriptors share one open file description (kcmp KCMP_FILE)?
 * 1, 0, or -1 with *why.  */
int probe_same_description(pid_t a, int fd_a, pid_t b, int fd_b, char **why);

/* An eventfd: its count, and EFD_SEMAPHORE as status (eventfd(2)).  */
int probe_eventfd(pid_t pid, int fd, struct object_state *out, char **why);
/* A timerfd: expirations that nobody has read yet as value; its clock as the
 * number of the one item.  */
int probe_timerfd(pid_t pid, int fd, struct object_state *out, char **why);
/* What an epoll instance watches, as items.  */
int probe_epoll(pid_t pid, int fd, struct object_state *out, char **why);
/* The locks that are held on a file, as items: number 1 for writing, 0 for
 * reading; value: the first byte; pid: the holder, -1 for one that belongs to
 * an open file description; data: "POSIX 0-EOF" (proc(5), /proc/locks).  */
int probe_locks(uint64_t dev, uint64_t inode, struct object_state *out,
		char **why);

/* Is that process in our IPC namespace, so that ids mean the same to both
 * (ipc_namespaces(7))?  True where it cannot be told.  */
bool probe_same_ipc(pid_t pid);

/* A System V semaphore set, by the id that process pid knows it by: value,
 * waiters (GETNCNT), waiters for zero (GETZCNT) and last process of each, as
 * items.  out may be NULL.  How many semaphores it has, or -1 with *why.  */
int probe_semaphores(int id, pid_t pid, struct object_state *out, char **why);

/* A named POSIX semaphore by its file, /dev/shm/sem.NAME (sem_overview(7)). */
int probe_named_semaphore(const char *path, struct object_state *out,
			  char **why);

/* A POSIX semaphore at that address of the process: value and waiters.  */
int probe_posix_semaphore(pid_t pid, uint64_t at, struct object_state *out,
			  char **why);

/* What a task does: state letter of proc(5), call number it sleeps in (-1:
 * runs in user mode or not known), its arguments, and the wait channel.  */
struct probe_task {
	char state;		/* R S D T t Z X */
	long call;		/* system call number, -1 */
	uint64_t arg[6];
	char wchan[64];
	pid_t ppid, tracer;
	uint64_t sig_pending, sig_blocked, sig_ignored, sig_caught;
};
int probe_task(pid_t tid, struct probe_task *out, char **why);
/* The sets of signals of a task: what waits for it alone and for its process,
 * what is blocked, ignored, caught by a handler.  Bit 0 is signal 1.  */
struct probe_signals {
	uint64_t pending_thread, pending_process;
	uint64_t blocked, ignored, caught;
};
int probe_signals(pid_t tid, struct probe_signals *out, char **why);
/* The set that a signalfd(2) takes; 0: it is none.  */
uint64_t probe_signalfd(pid_t pid, int fd);
/* The process of a pidfd; -1: it is gone (pidfd_open(2)); 0: it is none.  */
pid_t probe_pidfd(pid_t pid, int fd);
/* The process that a thread is of, 0 when it is gone.  */
pid_t probe_process_of(pid_t tid);

#endif
