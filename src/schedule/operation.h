/*
 * An operation: what an actor does at a point, as far as others can notice.
 * It is a list of touches: this act on this object, on these bytes.  Two
 * operations of different actors that touch no object in acts that depend
 * (dependency.h) may be done in either order: the search tries one of them.
 *
 * Objects are numbers.  Within one run a number is one object of the kernel,
 * and two runs that made the same choices so far number alike; addresses of
 * the subject never serve as identities (memory that several processes map is
 * one object, wherever each has it).
 */
#ifndef SCHEDULE_OPERATION_H
#define SCHEDULE_OPERATION_H

#include "base/base.h"

/* Acts, by the kind of their object.  One table: dependency.c has a row and a
 * column for each, and does not compile with one missing; its rows stand in
 * this order.  X(name, text)  */
#define ACTS(X) \
	/* bytes: memory and files, which may be mapped; from and to are bytes \
	   of the object */ \
	X(LOAD, "load") X(STORE, "store") X(RMW, "read-modify-write") \
	X(MAP, "map, unmap or protect") \
	X(ATTACH, "attach or detach a segment") \
	X(FILE_READ, "read a file") X(FILE_WRITE, "write a file") \
	X(FILE_APPEND, "append to a file") X(FILE_RESIZE, "resize a file") \
	X(FILE_LOOK, "look at a file") \
	/* value: 1: to read (shared) */ \
	X(FILE_LOCK, "lock a file") X(FILE_TRY_LOCK, "try to lock a file") \
	X(FILE_UNLOCK, "unlock a file") \
	/* open file descriptions */ \
	X(OFFSET_USE, "use a file offset") \
	/* pipes and FIFOs; value: bytes asked for, or ends that were open \
	   before one was closed; have: bytes inside */ \
	X(PIPE_READ, "read from a pipe") X(PIPE_WRITE, "write to a pipe") \
	X(PIPE_CLOSE_READ, "close a read end") \
	X(PIPE_CLOSE_WRITE, "close a write end") \
	X(PIPE_COPY, "copy an end") \
	X(FIFO_OPEN_READ, "open a FIFO to read") \
	X(FIFO_OPEN_WRITE, "open a FIFO to write") \
	X(PIPE_CONTROL, "change a pipe's size") X(PIPE_LOOK, "look at a pipe") \
	/* message queues; value: type asked for or sent, 0: any, below 0: as \
	   msgrcv(2) says; have: messages inside */ \
	X(QUEUE_SEND, "send a message") X(QUEUE_RECEIVE, "receive a message") \
	X(QUEUE_CONTROL, "control a queue") X(QUEUE_LOOK, "look at a queue") \
	/* semaphores, System V and POSIX; value: demand, have: value. \
	   Waiting for 0 is a look; a wait that fails is a SEM_TRY.  from \
	   and to: semaphores of a set */ \
	X(SEM_POST, "post") X(SEM_WAIT, "wait") X(SEM_TRY, "try to wait") \
	X(SEM_LOOK, "look at a semaphore") X(SEM_CONTROL, "set a semaphore") \
	/* locks; an unlock is by who holds it, else it is LOCK_CONTROL; a \
	   lock that fails is a TRY_LOCK; RW_UNLOCK: value: enum held */ \
	X(LOCK, "lock") X(TRY_LOCK, "try to lock") X(UNLOCK, "unlock") \
	X(LOCK_CONTROL, "make or destroy a lock") \
	X(READ_LOCK, "lock to read") X(TRY_READ_LOCK, "try to lock to read") \
	X(WRITE_LOCK, "lock to write") \
	X(TRY_WRITE_LOCK, "try to lock to write") \
	X(RW_UNLOCK, "unlock a read-write lock") \
	/* conditions; have: how many wait */ \
	X(COND_WAIT, "wait for a condition") X(COND_WOKEN, "be woken") \
	X(COND_SIGNAL, "signal") X(COND_BROADCAST, "broadcast") \
	X(COND_CONTROL, "make or destroy a condition") \
	/* barriers; value: its count, have: how many had arrived */ \
	X(BARRIER_ARRIVE, "arrive at a barrier") \
	X(BARRIER_CONTROL, "make or destroy a barrier") \
	X(FUTEX_WAIT, "futex wait") X(FUTEX_WAKE, "futex wake") \
	X(ONCE, "run once") \
	/* names: one object for each name, another for each folder */ \
	X(NAME_LOOK, "look up a name") X(NAME_CHANGE, "change a name") \
	X(NAME_LIST, "list a folder") X(FOLDER_CHANGE, "change a folder") \
	/* mode, owner and links of a file, whatever its names */ \
	X(INODE_LOOK, "look at a mode or owner") \
	X(INODE_CHANGE, "change a mode or owner") \
	/* signals of a process or thread; value: the signal; have: 0 where \
	   nobody can notice who sent it */ \
	X(SIGNAL_SEND, "send a signal") \
	X(SIGNAL_CONTROL, "mask, handle or look at signals") \
	X(SIGNAL_WAIT, "wait for a signal") X(SIGNAL_TAKE, "take a signal") \
	X(SIGNAL_REACH, "go on, where signals reach it") \
	X(SIGNAL_LOST, "send a signal that is ignored") \
	X(SIGNAL_LOOK, "ask whether a process is there") \
	/* processes and threads: of a process, what it and its children do. \
	   EXIT and WAIT: value: which child, 0: any */ \
	X(FORK, "fork") X(EXEC, "exec") X(EXIT, "exit") \
	X(EXIT_GROUP, "end the process") X(WAIT, "wait for a child") \
	X(WAIT_LOOK, "look for a child") X(CREATE, "create a thread") \
	X(JOIN, "join a thread") X(PROCESS_LOOK, "ask for a parent or group") \
	X(PROCESS_CONTROL, "change a process") \
	/* sockets, one object for each direction; as pipes */ \
	X(SOCKET_SEND, "send") X(SOCKET_RECEIVE, "receive") \
	X(SOCKET_CONNECT, "connect") X(SOCKET_ACCEPT, "accept") \
	X(SOCKET_CONTROL, "bind, listen, shut down or close") \
	X(SOCKET_LOOK, "look at a socket") \
	/* counters: eventfd, timerfd; value: what is added; have: counter */ \
	X(COUNTER_ADD, "add to a counter") X(COUNTER_TAKE, "take a counter") \
	X(COUNTER_CONTROL, "set a timer") \
	/* readiness of any object */ \
	X(READY_LOOK, "poll") \
	/* the descriptor table of a process; from and to are descriptors */ \
	X(FD_CHANGE, "open or close a descriptor") \
	X(FD_USE, "use a descriptor") \
	X(OUTPUT, "print") \
	X(CLOCK, "let time pass") X(TIMER, "set a timer") \
	X(UNKNOWN, "do what is not known")

enum act {
#define ACT_NAME(name, text) ACT_##name,
	ACTS(ACT_NAME)
#undef ACT_NAME
	ACTS_COUNT
};

struct touch {
	uint32_t object;
	uint8_t act;		/* enum act */
	bool atomic;		/* memory: no data race with it */
	bool gives_up;		/* gives an error where it would sleep */
	uint64_t from, to;	/* bytes touched, to not included; 0, 0: all */
	int64_t value;		/* as the act says, else 0 */
	int64_t have;		/* as the act says: of the object, just before;
				   HAVE_UNKNOWN: not known */
};

enum { HAVE_UNKNOWN = -1 };
enum held { HELD_UNKNOWN, HELD_TO_READ, HELD_TO_WRITE };

struct buf;

enum { TOUCHES_MAX = 32 };

struct operation {
	uint8_t n;		/* touches; 0: nobody can notice it */
	bool ends;		/* its actor ends by it */
	bool nothing;		/* it gave up (EAGAIN): nothing was moved */
	bool failed;		/* done, and its call gave an error */
	bool unknown;		/* depends on everything; call says what */
	bool sleeps_inside;	/* going in is noticed even where it sleeps
				   (pthread_cond_wait(3), open(2) of a FIFO):
				   may be chosen although it would sleep */
	char call[24];		/* its name for people */
	bool due;		/* one of many that are no points: its actor has
				   gone on for long */
	bool asks;		/* ... and by such loads one waits: atomic or
				   volatile */
	uint64_t pc;		/* where it is called from, 0 */
	struct touch touch[TOUCHES_MAX];
};

const char *act_text(enum act act);
/* Add a touch; one too many makes the operation unknown.  Returns it. */
struct touch *operation_touch(struct operation *o, enum act act,
			      uint32_t object);
bool operation_equal(const struct operation *a, const struct operation *b);
/* As a line for people and for tests: "write(pipe 3)".  */
void operation_write(struct buf *out, const struct operation *o);

#endif
