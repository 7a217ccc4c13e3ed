/*
 * The world: all actors and objects at one instant, folded from events.
 *
 * A pure fold: no system call, no clock, no terminal.  The same events give
 * the same world.  Where an event carries what the kernel itself showed
 * (object_state), the world keeps that beside what it derived, so that a view
 * can say which is which, and world_check() can tell them apart.
 */
#ifndef WORLD_WORLD_H
#define WORLD_WORLD_H

#include "event/descriptors.h"

enum actor_state {
	ACTOR_RUNNING,		/* free runs: somewhere between events */
	ACTOR_READY,		/* held at a point; can be chosen */
	ACTOR_BLOCKED,		/* sleeps in a call until somebody acts */
	ACTOR_SLEEPING,		/* sleeps until a time; can be chosen */
	ACTOR_STOPPED,		/* by job control */
	ACTOR_ZOMBIE,		/* ended, not yet waited for */
	ACTOR_GONE,
};

/* An access to memory that failed: sigaction(2).  */
struct fault {
	int signal;		/* SIGSEGV, SIGBUS; 0: none */
	char code[16];		/* si_code: SEGV_MAPERR, BUS_ADRERR */
	uint64_t address;
	int object;		/* that is mapped there, -1 */
	int64_t offset;		/* in it */
};

struct actor {
	char name[NAME_MAX_LEN];	/* "A.1" */
	char role[NAME_MAX_LEN];	/* "writer", or the name */
	int pid, tid;
	int parent;		/* index, -1: the first */
	bool thread;		/* tid != pid */
	enum actor_state state;
	enum actor_state before_stop;	/* what it goes back to */
	char program[PATH_MAX_LEN];	/* path of the last exec */
	char started_as[PATH_MAX_LEN];	/* the same as execve was given it: it
					   may be a link */
	struct descriptors *fds;	/* NULL when ended */

	/* The call it is about to make (READY) or sleeps in (BLOCKED,
	 * SLEEPING), "" when unknown.  */
	char call[NAME_MAX_LEN];
	uint64_t call_n;	/* event that told so */
	char args[ARGS_MAX_LEN];
	int object;		/* it works on, index or -1 */
	unsigned end;
	int fd;
	bool would_block;
	int64_t until;
	int64_t ahead;		/* bytes of this write that the kernel showed in
				   the pipe while it still sleeps */
	char source[PATH_MAX_LEN];	/* where: last known */

	/* The last finished call.  */
	char last_call[NAME_MAX_LEN];
	int64_t last_result;
	int last_error;
	uint64_t last_n;	/* event of it, 0: none yet */

	struct signals *signals;	/* world/signals.h; NULL: unborn */

	struct fault fault;
	int status;		/* ended: exit status, -1 */
	int signal;		/* ended: by this signal; else last delivered */
	uint64_t born_n, ended_n;	/* events; 0: not yet */
	uint64_t order_n;	/* event of its last call that can put its
				   accesses to memory in order with others' */
};

/* Bytes in a pipe, a message of a queue, a datagram: in the order in which
 * they came in.  */
struct segment {
	int writer;		/* actor, -1: not known */
	uint64_t n;		/* event that put it there */
	int64_t type;		/* of a message: its type or priority; -1 */
	int64_t bytes;
	int rights;		/* descriptors that travel with it */
	int data_len;		/* the first bytes, as far as known */
	char data[64];
};

enum socket_is {
	SOCKET_LISTENING = 1,
	SOCKET_CONNECTED = 2,
	SOCKET_ENDED = 4,	/* the other end sends no more */
	SOCKET_SHUT = 8,	/* this end sends no more */
	SOCKET_RESET = 16,	/* broken off: the next call will be told */
	SOCKET_GONE = 32,	/* nobody has it open any more */
};

struct socket_facts {
	char family[16];	/* "AF_UNIX", "" while not known */
	char type[16];		/* "stream", "datagram", "seqpacket" */
	unsigned is;		/* enum socket_is */
	int64_t backlog;	/* of one that listens, -1 */
	int queue;		/* the listening socket in whose queue it waits
				   to be accepted, -1 */
	int64_t lost;		/* datagrams that had no room */
};

struct object {
	char name[NAME_MAX_LEN];	/* "pipe 1" */
	enum object_kind kind;
	char path[PATH_MAX_LEN];	/* file, FIFO, terminal */
	bool made;		/* the subject opened or made it; else it was
				   given to it: its standard output, say */
	bool output;		/* what is written there is the output */
	bool system;		/* a file of the system (/usr, /lib, /etc,
				   /proc, /sys, /dev): views leave it out */
	uint64_t first_n;

	/* Derived from events.  */
	int64_t bytes;		/* pipe, FIFO: unread */
	int64_t debt;		/* ... read before their write was told: free
				   runs tell things slightly out of order */
	int64_t total_in, total_out;
	int64_t capacity;	/* -1 until known */
	size_t n_segments, room_segments, head_segment;
	struct segment *segment;
	int64_t size;		/* file: -1 until known */
	int content_len;	/* file: of its start, as far as known; -1 */
	char content[CONTENT_MAX_LEN];
	uint64_t changed_n;	/* event that last changed what is in it */
	int last_writer;	/* actor, -1 */
	uint64_t last_write_n;
	int last_reader;
	bool removed;		/* unlinked */
	int peer;		/* of a socket: the other end; -1 */
	struct socket_facts socket;
	int64_t value;		/* of a counter, a semaphore; NO_VALUE */
	void *own;		/* what only its kind knows, flat: see
				   object_own() in inside.h */
	size_t own_size;
	enum object_kind own_kind;

	/* As the kernel showed it last, and when.  */
	struct object_state probed;
	uint64_t probed_n;
	int next;		/* of the same hash of names, -1 */
};

/* A piece of an object that a process has in its memory (mmap(2), shmat(2)). */
struct mapping {
	int actor;		/* the process, by its first thread */
	int object;
	uint64_t address;	/* where, in that process */
	int64_t length;		/* whole pages */
	int64_t offset;		/* where in the object it begins */
	bool shared;		/* others see what is written to it */
	bool readable, writable;
	/* As the kernel showed it last: its first page.  */
	int64_t frame;		/* the physical page frame; 0: not shown */
	int own;		/* 1: a copy of the process's own (copy on
				   write), 0: the object's page, -1: none is in
				   its page table yet */
	int data_len;		/* what is in the copy */
	char data[ITEM_DATA_MAX];
};

/* What came from where: the event that took a message (or the bytes) and the
 * event that sent it.  The stage draws an arrow.  */
struct world_link {
	uint64_t from, to;	/* 0: none */
};

/* A descriptor on its way through a socket (SCM_RIGHTS, unix(7)): it is in no
 * table, but open.  */
struct flight {
	int object, description;
	unsigned mode;
	int socket;		/* in which it is */
	uint64_t n;		/* event that sent it */
};

enum { WORLD_LINKS = 128, WORLD_FLIGHTS = 64 };

struct world {
	uint64_t n;		/* events folded */
	int step;		/* steps begun */
	int64_t time;		/* virtual, ns */
	bool driven;
	bool held;		/* the step is over: a choice can be made */
	bool ended;
	int status, signal;	/* of the subject, when ended */
	int last_actor;		/* of the last event that had one, -1 */
	struct event last;	/* the last event (data cut) */
	char differ[512];	/* the first difference told, "" */

	int n_actors;
	size_t room_actors;
	struct actor *actor;
	int n_objects;
	size_t room_objects;
	struct object *object;

	int n_mappings;
	size_t room_mappings;
	struct mapping *mapping;

	int n_links;		/* ever made; the last WORLD_LINKS are kept */
	struct world_link link[WORLD_LINKS];
	int n_flights;
	struct flight flight[WORLD_FLIGHTS];

	char signals_differ[160];	/* in the last look at an actor's
					   signals, "" */

	/* Counters by actor and call for conditions ("has called"), and the
	 * last 64 KiB of what each actor printed: history.c keeps them.  */
	struct world_history *history;
};

struct world *world_new(const struct header *h);
void world_free(struct world *w);
struct world *world_copy(const struct world *w);	/* deep: a checkpoint */

/* Fold one event.  Never fails: an event that does not fit (a damaged or
 * foreign recording) changes what it can and is noted in differ.  */
void world_apply(struct world *w, const struct event *e);

/* A file of the system itself, which views leave out: below /usr, /etc, ...
 */
bool world_is_system_path(const char *path);
/* By name or role, -1: none.  */
int world_actor(const struct world *w, const char *name);
int world_object(const struct world *w, const char *name);
/* Do both name one file?  "./x", "x" and "/home/me/x" are one in a run that
 * began in /home/me.  */
bool world_same_path(const struct world *w, const char *a, const char *b);

/* "ready", "blocked", ...; translated.  */
const char *actor_state_name(enum actor_state state);
/* Neither a zombie nor gone.  */
bool actor_is_alive(const struct actor *a);
/* Sleeps in a call, or is held before one that would sleep, until somebody
 * acts.  */
bool actor_is_blocked(const struct actor *a);

/* Descriptors (not descriptions) open on an object with mode, over all
 * actors; tables that are shared count once.  Those in flight count.  */
int world_ends(const struct world *w, int object, unsigned mode);
/* Does the actor hold such a descriptor?  *fd is the lowest.  */
bool world_holds(const struct world *w, int actor, int object, unsigned mode,
		 int *fd);
/* The mappings of an object in the process of an actor (-1: in any), one after
 * the other; NULL: no more.  */
const struct mapping *world_mapping(const struct world *w, int object,
				    int actor, int nth);
/* Shared memory: who wrote this byte last (-1: nobody known), and when.  */
int world_byte_writer(const struct world *w, int object, int64_t at,
		      uint64_t *n);
/* Two accessed this byte (-1: any), one of them writing, with nothing between
 * them that puts them in order.  */
bool world_byte_unordered(const struct world *w, int object, int64_t at);
/* It goes when the last has detached it (IPC_RMID, shmctl(2)).  */
bool world_is_marked(const struct world *w, int object);
/* The event whose message or bytes this event took, 0: none known.  */
uint64_t world_came_from(const struct world *w, uint64_t n);
/* Descriptors of an object (with mode) that are on their way.  */
int world_flights(const struct world *w, int object, unsigned mode);
/* The socket that gets what is sent on this one, -1: none known.  */
int world_other_end(const struct world *w, int object);
/* Free room of a pipe in bytes, as far as known; -1.  */
int64_t world_room(const struct world *w, int object);
/* The first bytes of what is in an object, the kernel's word first, else
 * derived; returns their number.  *derived says which.  */
int world_content(const struct world *w, int object, char *out, int room,
		  bool *derived);
/* Messages in a queue, datagrams in a socket: the kernel's word if nothing
 * happened since, else derived; -1: not known.  */
int64_t world_messages(const struct world *w, int object);
/* Of a counter or semaphore, likewise; NO_VALUE.  */
int64_t world_value(const struct world *w, int object);
/* Of a semaphore set: how many are known, the value of one (NO_VALUE), and how
 * much of it an actor took and nobody gave back.  A POSIX semaphore is a set
 * of one.  */
int world_semaphores(const struct world *w, int object);
int64_t world_semaphore(const struct world *w, int object, int num);
int64_t world_taken(const struct world *w, int object, int num, int actor);
/* The semaphore of its set that this actor waits for, 0 for one that is alone,
 * -1: none.  */
int world_waits_for_semaphore(const struct world *w, int actor);
/* A mutex or read-write lock: does this actor hold it, and alone?  */
bool world_is_lock(const struct world *w, int object);
bool world_locks(const struct world *w, int object, int actor, bool *writing);
/* How many a barrier waits for; 0: not known.  */
int world_barrier(const struct world *w, int object);
/* Was a condition variable signalled when nobody waited?  */
bool world_signal_missed(const struct world *w, int object);
/* What the program calls a semaphore or lock: a variable, or "/door" of a named
 * semaphore; "": not known.  Borrowed until the next call.  */
const char *world_called(const struct world *w, int object);
/* What a person calls it: its path, or its name; with what the program calls
 * it, "semaphore 2 (space)".  Borrowed until the next but one call.  */
const char *world_title(const struct world *w, int object);
/* Actors that sleep in a call on it.  */
int world_waiters(const struct world *w, int object);
/* How often the actor (-1: anybody) finished the call (NULL: any), and how
 * often with success.  */
uint64_t world_calls(const struct world *w, int actor, const char *call,
		     uint64_t *succeeded);
/* What the actor (-1: anybody, in order) wrote to terminals, standard output
 * and standard error; the last part of it if it is long.  */
const char *world_output(const struct world *w, int actor, size_t *len);
/* Nobody can move, somebody lives: a deadlock.  Appends the cycle or the
 * chain ("writer waits for reader; reader waits for writer") to why.  */
bool world_deadlock(const struct world *w, struct buf *why);
/* Of what sort it is; of several, the one that stands first here.  */
enum deadlock {
	DEADLOCK_NONE,
	DEADLOCK_CYCLE,		/* each waits for the next, and round */
	DEADLOCK_FORGOTTEN_CLOSE,	/* a reader holds the write end itself */
	DEADLOCK_SELF,		/* it waits for what it holds itself */
	DEADLOCK_LOST_WAKEUP,	/* the signal came before the wait, or never */
	DEADLOCK_ORPHAN,	/* nobody is left who could act */
	DEADLOCK_OUTSIDE,	/* all wait for what only others than the actors
				   could do: type, connect; world_deadlock()
				   may be false */
};
enum deadlock world_deadlock_sort(const struct world *w);
/* May what this actor waits for come from outside: from somebody who types, or
 * connects?  Others of the run may be able to, too.  */
bool world_waits_outside(const struct world *w, int actor);

/* Why does this actor wait (or what would it do next)?  One sentence:
 * "writer waits: pipe 1 has no room, and it sleeps until reader takes some
 * out."  Translated, with its full stop.  */
void world_why(const struct world *w, int actor, struct buf *out);
/* event_describe(), with roles: "reader starts, made by writer".  */
void world_describe(const struct world *w, const struct event *e,
		    struct buf *out);
/* "reader would read up to 9 bytes from pipe 1."  Translated; nothing for an
 * actor that sleeps or has ended.  */
void world_next(const struct world *w, int actor, struct buf *out);

/* Compare what events say with what the kernel said in this event
 * (object_state of call or check), which was applied last.  True when they
 * agree; else *out gets a sentence that names both.  */
bool world_check(const struct world *w, const struct event *e, struct buf *out);

#endif
