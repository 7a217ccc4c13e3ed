/*
 * Inside the tracer: what its files share.  Nobody else includes this.
 *
 * A task is a thread of the subject.  The kernel reports a stop of it
 * (stop.c), the stop becomes events (decode_*.c, out.c), and the task is let
 * go again: at once in a free run (free.c), when it is chosen in a driven one
 * (drive.c).
 */
#ifndef TRACER_TRACE_H
#define TRACER_TRACE_H

#include "event/cast.h"
#include "event/descriptors.h"
#include "tracer/calls.h"
#include "tracer/maps.h"
#include "tracer/searching.h"
#include "tracer/tracer.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/user.h>
#include <time.h>

enum phase {
	PHASE_EARLY,	/* its first stop came before its parent's report */
	PHASE_LOOSE,	/* stopped, and nothing speaks against going on */
	PHASE_RUNNING,	/* let go; its next stop is awaited */
	PHASE_POINT,	/* driven: held before its call */
	PHASE_ASLEEP,	/* driven: sleeps in its call, in the kernel */
	PHASE_TIMED,	/* driven: held in a sleep, on the virtual clock */
	PHASE_STOPPED,	/* by job control */
	PHASE_SERVER,	/* in a search: held before main(), to be forked */
	PHASE_ENDED,
};

struct task {
	struct task *next_hash, *next;	/* next: in order of birth */
	pid_t tid, pid;
	char name[NAME_MAX_LEN];
	int children, threads;		/* named so far */
	struct task *leader;		/* of its process; itself if it is */
	struct descriptors *fds;

	enum phase phase;
	bool in_call;		/* between the entry and the exit of call */
	bool stopped;		/* by job control, not yet told to go on */
	bool started;		/* its first stop was seen */
	bool reaped;		/* ended, and waited for by its parent */
	int number;		/* of its birth, from 1 */
	uint64_t random;	/* its generator; 0: not begun */
	int parent;		/* number of its parent process, 0 */
	bool gone;		/* ended, and nobody could wait for it */
	uint64_t put_down;	/* signals by which others meant to end it */
	bool other_program;	/* not the one that the run began with */
	bool system_program;	/* it is one of the system's */
	char program[48];	/* which it executed; "": as it began */
	int inject;		/* signal to deliver when it goes on */
	const struct call *call;	/* row, NULL: not in the table */
	long nr;
	uint64_t arg[6];	/* as the call got them */
	uint64_t ip, sp;	/* at its entry */
	bool skipped;		/* answered by us: the kernel does nothing */
	int64_t answer;		/* ... with this */
	bool timed_out;		/* its time-out was chosen */
	int64_t until;		/* wakes at this virtual time, -1 */
	int timeout_arg;	/* argument that held a time-out taken away, -1 */
	int64_t limit;		/* of a socket, taken away for this call; 0 */
	uint64_t cut_from;	/* length asked for before a cut, 0: not cut */
	struct {		/* of a write: pieces.c */
		uint64_t from, size;	/* as it was called */
		uint64_t done;		/* of it, in calls before this */
		bool broken;
	} pieces;
	int pipe_size;		/* chosen for the pipe it makes, 0: as it is */
	int thing;		/* object the call works on, -1 */
	uint64_t clone_flags;	/* of the clone in progress */
	uint64_t clone_tls;	/* ... and where its thread's block is */
	bool clone_rewritten;	/* clone3 was made a clone: registers must be
				   put back */
	bool interrupted;	/* its call stands to be restarted */
	int broken_off;		/* ... this is how: ERESTARTSYS or so */
	bool blocked_told;	/* a block event was written for this call */
	uint64_t restarts;	/* leader: signals with SA_RESTART */
	uint64_t caught;	/* leader: signals with a handler */
	bool library_blocks;	/* the C library holds all signals back */
	bool delivering;	/* its call is put off for a signal */
	int handlers;		/* that have begun and not returned */
	uint64_t handler_sp[8];	/* the stack pointer that each found */
	uint64_t pending_told;	/* what waited when it was told last: a hash */
	int64_t alarm, alarm_every;	/* leader: virtual ITIMER_REAL, -1 */
	struct virtual_timer *timers;	/* leader: of timer_create(2) */
	struct itimerspec timerfd;	/* that it is about to set */
	bool held;		/* its call was a point */
	bool point_told;	/* a point event was written for this call */
	bool makes;		/* the call makes what was not there: made.c */
	bool would_block;	/* ... with this */
	bool source_told;
	char source[PATH_MAX_LEN];
	int stat_fd;		/* /proc/TID/stat, -1 */
	struct maps *maps;	/* leader: maps.c; or NULL */
	uint64_t moved_at;	/* t->moves when it last moved */
	/* built with `ipclab cc`: runtime.h */
	struct library_call *op;	/* of the C library, that it is in */
	bool beneath;		/* its call is a part of that */
	bool stored;		/* e is of a store, made when it goes on */
	bool passing;		/* let go into a call whose end is not seen */
	bool sleepy;		/* ... into one that may sleep there */
	bool foreseen;		/* it is held before a call that will not */
	uint64_t looked;	/* what it is before was looked at after so
				   many changes, 0: never */
	uint64_t tls;		/* thread: as clone(2) was told */
	struct {
		uint64_t start, end, offset;
		int thing;
	} accessed;		/* leader: the mapping where it did last */
	/* leader: for footprints (footprint.h) */
	int n_undoes;		/* sets that it used with SEM_UNDO: the first
				   of them */
	int undoes[4];
	bool robust;		/* it used robust locks */
	bool notified;		/* it called mq_notify(3) */
	bool maps_shared;	/* it has mapped shared memory */
	bool has_runtime;	/* it tells of its accesses to memory */
	int64_t file_size;	/* thread: of the file that it writes to */
	struct event e;		/* the call in progress, as an event */
};

struct thing;		/* an object with a name: things.c */
struct mapping;
struct operation;	/* schedule/operation.h */

struct tracing {
	struct tracer_config config;
	int out;		/* events go here */
	int commands;		/* choices come from here, -1 */
	int child_signals;	/* signalfd: SIGCHLD */
	int master;		/* of the subject's terminal, -1 */
	struct buf buf;		/* events not written yet */
	struct buf scratch;
	uint64_t n;		/* events so far */
	uint64_t moves;		/* counts up whenever a task moves */
	bool out_broken;	/* nobody reads any more, or no space */
	int out_error;		/* ... and its errno */
	char *over;		/* the bound that ended the run, NULL */
	unsigned ignored;	/* signals the caller ignores, as bits */

	struct task *first, *last;	/* all, in order of birth */
	struct task *hash[1024];
	int alive;
	int born;
	pid_t first_pid;
	int status;		/* of the first process, when ended */
	bool status_known;
	bool exec_done;		/* the subject's program has begun */

	struct things *things;
	struct numbers *numbers;	/* numbers.h; NULL: none yet */
	struct sockets *sockets;
	struct source_cache *sources;
	int next_description;
	bool sources_on;
	char cwd[PATH_MAX_LEN];
	unsigned parts;		/* namespaces of its own: namespace.h */
	int ports;		/* driven, with a network of its own: the file
				   of the next port, -1 */
	unsigned ports_given;
	int left;		/* the list of what was made, -1 */
	struct searching *search;	/* NULL: not in one */
	bool quiet;		/* ... and nobody wants to see events */
	bool serves;		/* the subject may be a server: server.c */
	struct masks *masks;	/* masks.h; NULL: all of them stop */
	struct learned *learned;	/* what its threads share, NULL: all is
					   told */
	size_t told_granules;	/* of these the subject knows */
	struct openings *openings;	/* in a search: kept.c; NULL: none */

	int64_t now;		/* virtual, ns since the epoch */
	int64_t began;
	struct virtual_timerfd *timerfds;
	bool rings_told;	/* they ring and ring, and nobody goes on */

	/* driven */
	bool free;		/* everybody runs */
	int step;
	struct task *went_last;
	int touched[8];		/* objects whose state is to be told */
	int n_touched;
	bool signals_moved;	/* one was sent, or taken */
	bool quit;
	struct buf command_text;
	unsigned long affinity[16];	/* the mask before we pinned */
	size_t affinity_len;
};

/* ---- tracer.c ---- */
void tracing_init(struct tracing *t, const struct tracer_config *c, int out,
		  int commands);
void tracing_release(struct tracing *t);
int listen_to_children(struct tracing *t);

/* ---- learned.c: what threads share (runtime/abi.h) ---- */
struct learned *learned_new(void);
void learned_free(struct learned *l);
/* The bytes came to be shared.  True: that was not known.  */
bool learned_add(struct learned *l, uint64_t from, uint64_t to);
void learned_write(const struct learned *l, struct buf *out);
/* ... as words that hold in other builds, too (spot.h), by a process of the
 * program that stands before main().  */
void learned_name(const struct learned *l, pid_t pid, struct buf *out);
/* These words and no others, of either kind; -1: they are no such words.  */
#define NOTHING_LEARNED "granules=8"
int learned_read(struct learned *l, const char *words);
/* What was read by name is found in that process.  What it does not have is
 * added to missing, as a list.  */
void learned_find(struct learned *l, pid_t pid, struct buf *missing);
/* Put the granules from the at-th on into a table of the subject's; how many
 * there are.  */
size_t learned_put(const struct learned *l, pid_t tid, uint64_t table,
		   size_t room, size_t at);
size_t learned_count(const struct learned *l);

/* ---- server.c ---- */
/* The subject stands before main() and asks.  */
void server_entry(struct tracing *t, struct task *k);

/* ---- watch.c: in a search: nobody may take for ever ---- */
/* k was let go and is not heard of.  True: the run is to be ended.  */
bool watch(struct tracing *t, struct task *k);
bool watch_memory(struct tracing *t, struct task *k);

/* ---- out.c: writing events ---- */
void out_header(struct tracing *t);
void out_event(struct tracing *t, struct event *e);	/* numbers it */
/* An event of this task: actor, ids and time filled in.  */
struct event *out_begin(struct tracing *t, struct task *k, enum what what);
void out_flush(struct tracing *t);
void out_note(struct tracing *t, struct task *k, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

/* ---- tasks.c ---- */
struct task *task_find(struct tracing *t, pid_t tid);
struct task *task_new(struct tracing *t, pid_t tid);
/* born: how many tasks there were before.  */
void task_name(struct task *k, struct task *parent, bool thread, int born);
void task_rename_tid(struct tracing *t, struct task *k, pid_t tid);
void task_end(struct tracing *t, struct task *k);	/* keeps its name */
/* What people call it.  */
struct role task_role(const struct tracing *t, const struct task *k);
struct task *task_by_name(struct tracing *t, const char *name);
char task_state(struct task *k);	/* letter of proc(5); 'X': gone */
void tasks_free(struct tracing *t);
/* Forget those of whom nothing more will be told.  No task may be in hand. */
void tasks_forget(struct tracing *t);

/* ---- memory.c: the subject's memory ---- */
ssize_t memory_read(pid_t tid, uint64_t at, void *to, size_t n);
bool memory_write(pid_t tid, uint64_t at, const void *from, size_t n);
/* A string, cut to fit; false when it cannot be read.  */
bool memory_string(pid_t tid, uint64_t at, char *to, size_t room);

/* Where clone(2) has the thread's own block, and where to write its number:
 * places among its arguments.  */
#ifdef __x86_64__
enum { CLONE_CHILD_ARG = 3, CLONE_TLS_ARG = 4 };
#else	/* CONFIG_CLONE_BACKWARDS */
enum { CLONE_TLS_ARG = 3, CLONE_CHILD_ARG = 4 };
#endif
enum { CLONE_ARGS = 5 };

/* ---- regs_ARCH.c: registers, where ptrace has no neutral call ---- */
int regs_skip_call(pid_t tid);			/* do not do the call */
int regs_set_call(pid_t tid, long nr);
int regs_set_arg(pid_t tid, int i, uint64_t value);	/* at entry */
/* Several, one after the other, from that one on.  */
int regs_set_args(pid_t tid, int first, int n, const uint64_t *value);
int regs_set_result(pid_t tid, int64_t value);		/* at exit */
/* As if the function that it is in, which has no frame, had returned; the
 * registers as they were are kept, and must be restored before it goes on.  */
bool regs_leave(pid_t tid, struct user_regs_struct *kept);
bool regs_restore(pid_t tid, const struct user_regs_struct *kept);
/* Answer the time-stamp counter, if that is where it stopped.  */
bool regs_answer_tsc(pid_t tid, uint64_t value);

/* ---- things.c: objects and their names ---- */
/* The object behind a descriptor (asks the kernel), entered in the task's
 * table if it is not there.  NULL: not open.  */
struct descriptor *thing_of_fd(struct tracing *t, struct task *k, int fd);
/* An object that has no descriptor, by the kernel's id of it (msgget(2) and
 * the like); its first sight is told.  */
int thing_of_id(struct tracing *t, struct task *k, enum object_kind kind,
		int id);
/* Only where it is known already; else -1.  */
int thing_with_id(struct tracing *t, struct task *k, enum object_kind kind,
		  int id);
/* ... and back: the kernel's id; -1: it has none, or it is in another IPC
 * namespace than ours.  */
int thing_id(struct tracing *t, int id);
/* The memory at an address of the task, if others can reach it too (its
 * mapping is shared): the object, -1 if it is private.  *offset: within the
 * object, in bytes.  (proc(5), /proc/PID/maps)  */
int thing_of_address(struct tracing *t, struct task *k, uint64_t at,
		     uint64_t *offset);
/* What stands at an address: a semaphore, a mutex, a futex.  The same place
 * seen from another process is the same object; in private memory it is the
 * process's own.  */
int thing_at(struct tracing *t, struct task *k, enum object_kind kind,
	     uint64_t at);
/* The semaphore, mutex or the like that is known to stand there; if there is
 * none, a futex.  */
int thing_sync_at(struct tracing *t, struct task *k, uint64_t at);
/* Where it was last seen: a task of a process that lives and the address in
 * it; NULL.  */
struct task *thing_place(struct tracing *t, int id, uint64_t *at);
const char *thing_name(struct tracing *t, int id);
enum object_kind thing_kind(struct tracing *t, int id);
const char *thing_path(struct tracing *t, int id);
bool thing_is_system(struct tracing *t, int id);
/* Is it the file of that stat(2)?  */
bool thing_is_file(struct tracing *t, int id, const struct stat *st);
bool path_is_system(const char *path);
/* "/proc/12/mem": 12, and where "/mem" begins; 0: of no process.  */
pid_t path_process(const char *path, const char **rest);
/* A task and descriptor through which the object can be probed.  */
bool thing_holder(struct tracing *t, int id, unsigned mode, struct task **k,
		  int *fd);
/* Somebody locked it: from now on its locks are looked at.  */
void thing_locked(struct tracing *t, int id);
/* The locks held on it, as items; false: nobody ever locked it.  */
bool thing_locks(struct tracing *t, int id, struct object_state *s);
/* A path was unlinked or renamed away by this task: forget or rename.  The
 * id of the object that had the path, -1.  */
int thing_by_path(struct tracing *t, const char *path);
/* The FIFO of that absolute path, told if it is new; -1: there is none.  */
int thing_fifo_at(struct tracing *t, struct task *k, const char *path);
void thing_set_path(struct tracing *t, int id, const char *path);
void thing_removed(struct tracing *t, int id);
/* An object that will have a descriptor later, and: now it has its inode.  */
int thing_expect(struct tracing *t, enum object_kind kind);
void thing_arrived(struct tracing *t, int id, dev_t dev, ino_t ino);
int thing_by_inode(struct tracing *t, enum object_kind kind, ino_t ino);
/* A descriptor of this description is on its way to another process.  */
void thing_sent(struct tracing *t, int id, int description);
int things_count(struct tracing *t);
/* When shared memory was last looked at, and what there was: state_memory.c
 * tells from that who changed it.  NULL: no such object.  */
struct sight {
	uint64_t moves;		/* t->moves then; 0: never */
	uint64_t hash;		/* of the content */
	uint64_t shape;		/* ... of who maps what how */
};
struct sight *thing_look(struct tracing *t, int id);
void things_init(struct tracing *t);
/* All that from knows, in place of what t knows.  */
void things_copy(struct tracing *t, const struct tracing *from);
void things_free(struct tracing *t);
/* A path as the events show it: relative to the subject's folder if below. */
void thing_short_path(struct tracing *t, const char *path, char *out,
		      size_t room);

/* What is mapped there (maps.c); -1: not known, and not to be added.  */
int thing_of_mapping(struct tracing *t, struct task *k, struct mapping *m,
		     bool may_add);

/* ---- args.c, decode.c, state.c ---- */
void decode_entry(struct tracing *t, struct task *k);
void decode_exit(struct tracing *t, struct task *k, int64_t result,
		 bool is_error);
void args_write(struct tracing *t, struct task *k);
void args_append(struct event *e, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The path argument number i as the call means it, absolute.  */
bool path_argument(struct tracing *t, struct task *k, int at, int path,
		   char *out, size_t room);
void decode_state(struct tracing *t, struct event *e, int id);
/* The call changed this object too: tell its state when all stand still.  */
void decode_touch(struct tracing *t, int id);
/* O_WRONLY and the like, of any call that opens.  */
/* state_memory.c: memory, and who maps a file.  */
bool state_memory(struct tracing *t, int id, struct object_state *s);
void state_mappings(struct tracing *t, int id, struct object_state *s);
/* Somebody has moved, and stands still: what it did to shared memory needs no
 * call, and is told now.  */
void state_tell_memory(struct tracing *t);
/* decode_memory.c: of SIGSEGV and SIGBUS: where, and in which object.  */
void decode_fault(struct tracing *t, struct task *k, struct event *e,
		  const siginfo_t *info);
uint64_t decode_open_flags(struct task *k);
void decode_opened(struct tracing *t, struct task *k, struct event *e, int fd);

/* ---- life.c: birth, exec, end ---- */
void life_first(struct tracing *t, pid_t pid);
struct task *life_begin(struct tracing *t, pid_t pid);	/* nothing is told */
void life_born(struct tracing *t, struct task *parent, pid_t tid);
void life_exec(struct tracing *t, struct task *k);
void life_ended(struct tracing *t, struct task *k, int status);
/* Make clone and clone3 safe before the kernel sees them.  */
void life_guard_clone(struct tracing *t, struct task *k);

/* ---- limit.c: bounds; each sets t->quit, and t->over to a sentence ---- */
void limit_init(struct tracing *t);
void limit_tasks(struct tracing *t);
void limit_events(struct tracing *t);
/* In a search: no file grows beyond this (RLIMIT_FSIZE); SIGXFSZ says so.  */
#define LIMIT_FILE (INT64_C(256) << 20)
void limit_file(struct tracing *t, struct task *k);
/* A bound was reached; what is the run's.  The first of them counts.  */
void limit_exceeded(struct tracing *t, char *what);
/* bounds.c: a run of a search that has gone on for longer than it may is
 * ended; true: it was.  */
bool bounds_time(struct tracing *t);
/* limit_memory.c: a process is about to end: what it has used at most.  */
void limit_peak(struct tracing *t, struct task *k);
/* A private mapping of so many bytes at least, none of an object: is it more
 * than there is?  True: it is such a one, and stops for this only.  */
#define LIMIT_PIECE (UINT64_C(1) << 20)
bool limit_mapping(struct tracing *t, struct task *k);
/* limit_objects.c: the call would make one more than there may be.  */
bool limit_objects(struct tracing *t, struct task *k);

/* ---- unsupported.c ---- */
/* A task of a search has fallen asleep: is its wake-up under control?  */
void unsupported_sleep(struct tracing *t, const struct task *k);
/* It uses /proc/PID of another; file: "/mem".  It calls ptrace(2).  */
void unsupported_proc(struct tracing *t, const struct task *k,
		      const struct task *other, const char *file);
void unsupported_trace(struct tracing *t, const struct task *k);
/* It is before a call into the private memory of another.  */
void unsupported_memory(struct tracing *t, const struct task *k,
			const struct task *other);
/* A handler of its begins.  */
void unsupported_handler(struct tracing *t, const struct task *k, int signal);

/* ---- made.c: what outlives the subject, and is to be cleared ---- */
/* It is let go into a call; and: the call has ended.  */
void made_entry(struct tracing *t, struct task *k);
void made_exit(struct tracing *t, struct task *k, int64_t result);

/* ---- virtual.c: time, randomness and the like in driven runs ---- */
void virtual_init(struct tracing *t);
void virtual_exec(struct tracing *t, struct task *k);	/* auxiliary vector */
/* Answer the call ourselves?  Sets k->skipped, k->answer.  */
void virtual_entry(struct tracing *t, struct task *k);
void virtual_exit(struct tracing *t, struct task *k);
/* Answer the call ourselves, the kernel does nothing.  */
void virtual_answer(struct task *k, int64_t value);
int64_t virtual_clock(struct tracing *t, int clock);
/* A length that the subject gives, in ns: -1 where the kernel would refuse
 * it; one beyond all use is cut.  */
int64_t virtual_length(const struct timespec *ts);
int64_t virtual_length_timeval(const struct timeval *tv);
/* The time so long from now; it ends somewhere, so that sums stay in range. */
int64_t virtual_after(const struct tracing *t, int64_t length);
/* When a timer that was due at that time is due again, -1: never; *missed: how
 * often it has been meanwhile.  */
int64_t virtual_again(const struct tracing *t, int64_t at, int64_t every,
		      int64_t *missed);
/* virtual_timer.c: alarm, setitimer and POSIX timers: answers the call.  */
void virtual_timer_entry(struct tracing *t, struct task *k);
void virtual_timer_exit(struct tracing *t, struct task *k);
void virtual_timer_forget(struct task *k);
/* virtual_timerfd.c: the same for timers that are descriptors.  */
void virtual_timerfd_entry(struct tracing *t, struct task *k);
void virtual_timerfd_exit(struct tracing *t, struct task *k);
int64_t virtual_timerfd_due(struct tracing *t);	/* the first, -1: none */
void virtual_timerfd_ring(struct tracing *t);	/* the first expires */
void virtual_timerfd_free(struct tracing *t);
/* The signal that is about to be delivered came from our clock: as the kernel
 * would have it.  */
void virtual_timer_siginfo(struct task *k, siginfo_t *info);
/* Time the sleep or time-out of a call lasts; -1: has none.  */
int64_t virtual_timeout(struct tracing *t, struct task *k);
/* What the call returns when its time is over.  */
int virtual_time_over(const struct task *k);
/* Was it given a limit of time (sleeps and polls aside)?  */
bool virtual_has_limit(const struct task *k);
/* The same for a call on a socket with SO_RCVTIMEO or SO_SNDTIMEO; and the
 * result of one that took too long.  */
int64_t virtual_socket_timeout(struct tracing *t, struct task *k);
void virtual_socket_time_over(struct task *k);
int virtual_socket_result(const struct task *k);
/* The call has ended: put the argument back, and what is left of the time. */
void virtual_time_left(struct tracing *t, struct task *k);
/* A sleep is broken off: what is left of it is written (nanosleep(2)).  */
void virtual_sleep_left(struct tracing *t, struct task *k);
/* The task faulted at a look at the processor's own clock: answered.  */
bool virtual_tsc(struct tracing *t, struct task *k);
/* It is let go into a call by which a socket may get a port.  */
void virtual_port(struct tracing *t, struct task *k);
bool virtual_alarm(struct tracing *t);	/* one that is due rings */
/* When a task that sleeps wakes by itself, -1: never: where its time is over
 * or, in searches, in pause(2) and the like its alarm rings.  */
int64_t virtual_wakes(const struct tracing *t, const struct task *k);
/* One that is due before that time, and that somebody could notice before,
 * rings: the time is its own then.  */
bool virtual_alarm_before(struct tracing *t, int64_t time);
bool virtual_alarm_is_set(struct tracing *t);
bool virtual_next_alarm(struct tracing *t);	/* ... the next one does */
/* Of each actor its own: who draws first makes no difference.  */
void virtual_random(struct tracing *t, struct task *k, void *to, size_t n);

/* ---- stop.c: what the kernel reports ---- */
/* Deal with one report; the task's phase says what became of it.  */
void stop_handle(struct tracing *t, pid_t tid, int status);
/* resume.c: let it go on.  */
void stop_resume(struct tracing *t, struct task *k);
/* It was let go into a call whose end is not seen, and stops somewhere else:
 * now the call has been made.  */
void resume_passed(struct tracing *t, struct task *k);
/* Does a signal wait that would break off a sleep?  */
bool stop_signal_waits(struct task *k);
/* Held before its call: let it take the signal first, then come back here. */
void stop_deliver(struct tracing *t, struct task *k);
/* Driven runs decide here, at the entry of a call; true: hold it.  */
/* foresee.c: would the call that it is held before sleep?  */
bool foresee_sleep(struct tracing *t, struct task *k);

bool drive_entry(struct tracing *t, struct task *k);
/* settle.c: is it in a call that waits for its child to execute?  */
bool is_vfork(const struct task *k);

/* stop.c: at the exit of its call: it is to be made (again).  */
void stop_make_again(struct task *k);

/* ---- everybody.c: it is let go on, perhaps into kill(-1) ---- */
void everybody_kill(struct tracing *t, struct task *k);

/* ---- pieces.c ---- */
/* It is in a write that the kernel may have done a part of.  */
bool pieces_are_left(struct tracing *t, const struct task *k);
/* It sleeps there: true, it is made to come out.  */
bool pieces_break(struct tracing *t, struct task *k);
/* A call begins; and ends: its result.  */
void pieces_entry(struct task *k);
int64_t pieces_exit(struct task *k, int64_t result);
/* A signal comes before the rest.  True: the call has ended.  */
bool pieces_end(struct task *k);

/* ---- filter.c, spawn.c ---- */
/* serves: for a server, with what was said to pass.  */
int filter_install(bool driven, bool looks, bool confined, bool serves);
/* Make the filter of searches now, for all children that will install it:
 * making it takes longer than starting a program.  */
void filter_prepare(bool confined);
/* In servers that begin from now on calls of this number pass that are made at
 * these places (the address behind the instruction).  */
enum { FILTER_PLACES_MAX = 32 };
void filter_pass(long nr, const uint64_t *at, int n);
/* ---- confine.c: who is not trusted; true: the call fails ---- */
bool confine_takes(struct tracing *t, struct task *k);
int confine_subject(const struct tracer_config *c);	/* before its exec */

int spawn_resolve(const struct tracer_config *c, char *path, size_t room,
		  char **why);
/* Would exec of this file give it another user or group than ours?  */
bool spawn_gains_privilege(const struct stat *st);
/* What subjects are traced with (ptrace(2)).  */
#define SPAWN_BIRTHS (PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | \
		      PTRACE_O_TRACECLONE | PTRACE_O_TRACEVFORKDONE)
#define SPAWN_OPTIONS ((long)(PTRACE_O_TRACESYSGOOD | \
			      PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEEXEC | \
			      PTRACE_O_EXITKILL | SPAWN_BIRTHS))
pid_t spawn_subject(struct tracing *t, char **why);
/* This process and its children stay on the processor where it is now; t
 * keeps where they were before.  */
void spawn_pin(struct tracing *t);

/* ---- free.c, drive.c: the two loops; both return when all have ended ---- */
void free_loop(struct tracing *t);
void drive_loop(struct tracing *t);
void kill_all(struct tracing *t);

#endif
