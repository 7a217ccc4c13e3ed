/*
 * Inside the footprints: what the files footprint*.c share.  Each kind of call
 * (enum call_does) has a function that says what a task which is before such a
 * call would touch; some have one that makes it exact when the call has ended.
 */
#ifndef TRACER_FOOTPRINT_INSIDE_H
#define TRACER_FOOTPRINT_INSIDE_H

#include "tracer/decode.h"
#include "tracer/footprint.h"
#include "tracer/numbers.h"

/* One task, and the operation that is being written.  */
struct foot {
	struct tracing *t;
	struct task *k;
	struct operation *o;
	const struct call *call;
	long nr;
	const uint64_t *arg;
	bool asleep;		/* it is in the call, and not before it */
	bool limited;		/* it ends by itself after a time */
};

typedef void foot_fn(struct foot *f);

struct foot_row {
	foot_fn *before;	/* NULL: not known */
	/* The call has ended, as f->k->e says; o is as before it.  NULL: it was
	 * what it was expected to be.  */
	foot_fn *after;
};

/* ---- footprint.c ---- */
/* Nobody else notices.  */
foot_fn foot_nothing;
struct touch *foot_touch(struct foot *f, enum act act, uint32_t object);
/* ... of what there is one of only.  */
struct touch *foot_common(struct foot *f, enum act act, enum common which);
struct touch *foot_thing(struct foot *f, enum act act, int id);
/* ... of the process of a task.  */
struct touch *foot_own(struct foot *f, enum act act, enum space space,
		       const struct task *of);
/* What it does is not known: it depends on everything.  */
void foot_unknown(struct foot *f);
/* Did its process ever have a second thread?  */
bool foot_is_threaded(const struct task *k);
/* The threads of a process that live.  */
int foot_threads(struct tracing *t, const struct task *k);
/* The first touch of that act, NULL.  */
struct touch *foot_find(struct foot *f, enum act act);

/* ---- footprint_files.c: bytes and descriptors ---- */
/* Its end of a pipe, a socket, ... is closed (also by exit and exec).  */
void foot_close(struct foot *f, int fd);
/* The object is changed in a way that all who use it may notice.  */
void foot_change(struct foot *f, int id);
/* fd is read from, or written to: count bytes; offset: as pread(2) says, -1:
 * where it stands.  */
void foot_read(struct foot *f, int fd, int64_t count, int64_t offset);
void foot_write(struct foot *f, int fd, int64_t count, int64_t offset);
foot_fn foot_reads, foot_reads_after, foot_writes, foot_writes_after,
	foot_reads_parts, foot_writes_parts, foot_moves, foot_closes,
	foot_closes_range, foot_asks_device, foot_dups, foot_dups_after, foot_fcntl, foot_seeks, foot_flocks,
	foot_truncates, foot_makes_fd;

/* ---- footprint_walk.c: where paths lead ---- */
struct place {
	bool reached;		/* the folder of the last name is there */
	bool there;		/* ... and it has such a name */
	struct stat st;		/* of that; a link that is not followed is
				   itself */
	dev_t dev;		/* the folder */
	ino_t ino;
	uint32_t number;	/* of the name (numbers.h) */
};

/* The path argument, beneath the descriptor that is argument at (-1: none):
 * names on its way are looked up, the last one is left to the caller.  follows:
 * the last name, too, where it is a link.  */
void foot_walk(struct foot *f, int at, int path, bool follows,
	       struct place *p);
/* at: a descriptor of the subject's, or AT_FDCWD.  */
void foot_walk_text(struct foot *f, int at, const char *text, bool follows,
		    struct place *p);
/* The last name is looked up, or changed, and its folder's list with it.  */
void foot_place(struct foot *f, const struct place *p, bool changes);
/* Mode, owner and number of names of a file.  */
void foot_inode(struct foot *f, const struct stat *st, bool changes);

/* ---- footprint_looks.c: looking at files, by name or descriptor ---- */
foot_fn foot_looks, foot_makes_name, foot_rmdirs, foot_changes, foot_enters,
	foot_lists;

/* ---- footprint_names.c: paths ---- */
/* The path argument is looked up; what it leads to, links followed.  */
void foot_name(struct foot *f, int at, int path);
foot_fn foot_opens, foot_resizes_path, foot_renames, foot_links, foot_unlinks, foot_makes_node,
	foot_mq_opens, foot_mq_unlinks;
/* A named semaphore: sem_open(3).  */
void foot_semaphore_name(struct foot *f, bool changes);

/* ---- footprint_sync.c: memory, semaphores, locks ---- */
foot_fn foot_access, foot_library, foot_library_after, foot_futex, foot_semop,
	foot_semop_after, foot_semctl, foot_semget, foot_maps, foot_unmaps,
	foot_shmget, foot_shmat, foot_shmctl;

/* ---- footprint_process.c: processes, signals, time ---- */
foot_fn foot_forks, foot_executes, foot_exits, foot_waits, foot_waits_after,
	foot_asks_process, foot_groups, foot_kills, foot_masks, foot_awaits_signal, foot_sleeps, foot_timer,
	foot_signalfd, foot_remote_memory, foot_takes_fd, foot_traces;
/* Where it works on /proc/PID of another process: beside all else.  */
foot_fn foot_remote_files;
/* The process of that id, which may have ended; NULL: nobody, or it was waited
 * for.  */
struct task *foot_process(struct foot *f, pid_t pid);
/* The process of f->k ends: its descriptors are closed, its parent is told. */
void foot_end_process(struct foot *f);
/* Time passes until then: timers that are due ring.  */
void foot_time_passes(struct foot *f, int64_t until);

/* ---- footprint_robust.c: what the kernel gives back ---- */
/* The mutexes that a task has when it ends, or all of its process.  */
void foot_gives_robust(struct foot *f, bool all);
/* It used a set of semaphores with SEM_UNDO; and: its process ends.  */
void foot_owes(struct task *k, int id);
void foot_undoes(struct foot *f);

/* ---- footprint_talk.c: queues, sockets, readiness ---- */
foot_fn foot_sends, foot_receives, foot_connects, foot_accepts, foot_binds,
	foot_shuts_down, foot_asks_socket, foot_polls, foot_registers, foot_msgget, foot_msgsnd, foot_msgrcv,
	foot_msgctl, foot_mq_sends, foot_mq_receives, foot_mq_notifies,
	foot_mq_attributes, foot_sets_timerfd;
/* Bytes into or out of a socket that is this descriptor.  */
void foot_send_to(struct foot *f, int to, int64_t count);

#endif
