/* What the files of world/ share; nobody else includes it.  */
#ifndef WORLD_INSIDE_H
#define WORLD_INSIDE_H

#include "world/world.h"

enum { WAITED_MAX = 8, OBJECT_BUCKETS = 512 };

struct call_count {
	char call[NAME_MAX_LEN];
	uint64_t n, succeeded;
};

struct actor_history {
	size_t n, room;
	struct call_count *count;
	struct buf printed;
};

struct world_history {
	char cast[512];		/* of the header, as is cwd */
	char cwd[PATH_MAX_LEN];
	int bucket[OBJECT_BUCKETS];	/* objects by name, -1 */
	size_t room;
	struct actor_history *actor;	/* one an actor */
	struct buf printed;	/* by all, in order */
};

/* world.c */
void world_differ(struct world *w, const char *fmt, ...) PRINTF_LIKE(2, 3);

/*
 * What a kind of object does with what happens to it: a row each, in
 * object.c.  What has no row is something with bytes in it that only counts
 * who read and wrote it.
 */
struct kind {
	/* A call that succeeded worked on it.  NULL: bytes went in or out.  */
	void (*called)(struct world *w, int o, const struct event *e, int a);
	/* The kernel showed it: take over what only the kernel knows.  */
	void (*probed)(struct world *w, int o, const struct object_state *s);
	/* What the events add up to, against the kernel; false: *out says
	 * what differs.  */
	bool (*check)(const struct world *w, int o,
		      const struct object_state *s, struct buf *out);
	/* The first bytes of what is in it, as the events have it.  */
	int (*content)(const struct object *o, char *out, int room);
};

extern const struct kind kinds[KIND_MAX];

/* What only its kind knows of an object: a struct without pointers, copied
 * with the object.  The first call makes it, all zero.  A damaged recording
 * may change an object's kind: then what it was is thrown away.  */
void *object_own(struct object *o, size_t size);
/* The same where there is one, else NULL.  */
const void *object_has_own(const struct object *o, size_t size);

/* links.c: this event took what that event sent.  */
void world_link(struct world *w, uint64_t from);
/* That event took what this one sent: it was told first (free runs).  */
void world_link_to(struct world *w, uint64_t from, uint64_t to);

/* check.c: "pipe 1: bytes: the events say 3, the kernel says 4"; false.  */
bool check_number(struct buf *out, const struct object *o, const char *what,
		  int64_t derived, int64_t kernel);

/* history.c */
struct world_history *history_new(const struct header *h);
void history_free(struct world_history *h, int n_actors);
struct world_history *history_copy(const struct world_history *h, int n_actors);
void history_actor(struct world *w);	/* room for one more actor */
void history_call(struct world *w, int actor, const struct event *e);
void history_printed(struct world *w, int actor, const char *text, int len);

/* actor.c: one for each kind of event that is an actor's life.  */
int actor_find_or_add(struct world *w, const struct event *e);
void actor_starts(struct world *w, const struct event *e, int a);
void actor_execs(struct world *w, const struct event *e, int a);
void actor_points(struct world *w, const struct event *e, int a);
void actor_blocks(struct world *w, const struct event *e, int a);
void actor_calls(struct world *w, const struct event *e, int a);
void actor_signal(struct world *w, const struct event *e, int a);
void actor_stops(struct world *w, const struct event *e, int a);
void actor_continues(struct world *w, const struct event *e, int a);
void actor_exits(struct world *w, const struct event *e, int a);
void actor_reaped(struct world *w, const struct event *e, int a);

int actor_find(const struct world *w, const char *name);	/* exact */

/* signals.c, signals_called.c, signals_shown.c */
void signals_free(struct signals *s);
void signals_copy(struct world *to, const struct world *from);
void signals_born(struct world *w, int a, int parent);
void signals_exec(struct world *w, const struct event *e, int a);
void signals_dead(struct world *w, int a);
void signals_called(struct world *w, const struct event *e, int a);
void signals_left(struct world *w, const struct event *e, int a);
/* Sent to a process by other means than kill and its kin: mq_notify(3).  */
void signals_sent(struct world *w, int to, int from, int signal, int64_t value);
void signals_delivered(struct world *w, const struct event *e, int a);
void signals_shown(struct world *w, const struct event *e, int a);
/* signals_told.c: for what signal it waits; which one waits for it; what it
 * would do to whom.  */
void signals_why(const struct world *w, int actor, struct buf *out);
void signals_wait_for(const struct world *w, int actor, struct buf *out);
/* False: the call is none about signals.  */
bool signals_next(const struct world *w, int actor, const struct event *e,
		  struct buf *out);

/* object.c */
int object_find_or_add(struct world *w, const char *name);
void object_appears(struct world *w, const struct event *e, int a);
void object_probed(struct world *w, int o, const struct object_state *s);
/* The call's effect on the objects it worked on.  */
void object_called(struct world *w, const struct event *e, int a);

/* file.c: what is in a file and what it is called.  */
void file_opened(struct world *w, int o, const struct event *e, int a);
void file_moved(struct world *w, int o, const struct event *e, int a);
void file_truncated(struct world *w, int o, const struct event *e, int a);
void file_renamed(struct world *w, const struct event *e);
void file_probed(struct world *w, int o, const struct object_state *s);

/* pipe.c */
bool object_is_pipe(const struct object *o);	/* or a FIFO */
void pipe_in(struct world *w, int o, int writer, int64_t bytes,
	     const char *data, int data_len);
void pipe_out(struct world *w, int o, int reader, int64_t bytes);
int pipe_peek(const struct object *o, char *out, int room);
void pipe_probed(struct world *w, int o, const struct object_state *s);
bool pipe_check(const struct world *w, int o, const struct object_state *s,
		struct buf *out);
bool file_check(const struct world *w, int o, const struct object_state *s,
		struct buf *out);
/* One more segment at the end: of what is in it the fields are to be set.  */
struct segment *segment_add(struct object *o);
void pipe_emptied(struct object *o);

/* socket.c */
bool socket_is_stream(const struct object *o);
bool socket_is_datagram(const struct object *o);
bool socket_is_unix(const struct object *o);
/* Are messages in it, or connections, not bytes alone?  */
bool socket_keeps_boundaries(const struct object *o);
/* First sight of the far end of a connection: it waits to be accepted.  */
void socket_appears(struct world *w, int id, const struct event *e);
void socket_called(struct world *w, int id, const struct event *e, int a);
/* A call on it failed.  */
void socket_failed(struct world *w, int id, const struct event *e, int a);
/* Bytes went out through it; of which these are the first.  */
void socket_sent(struct world *w, int from, const struct event *e, int a,
		 const char *data, int data_len);
/* ... or in.  */
void socket_received(struct world *w, int id, const struct event *e, int a);
/* The message of that event is out of the socket, and what went with it.  */
void socket_lands(struct world *w, int socket, uint64_t n);
void socket_probed(struct world *w, int id, const struct object_state *s);
bool socket_check(const struct world *w, int id, const struct object_state *s,
		  struct buf *out);
/* Descriptors were closed.  */
void sockets_closed(struct world *w);
/* mapping.c: who has what mapped where.  */
typedef void mapping_fn(struct world *w, int object, const struct event *e,
			int a);
mapping_fn mapping_made, mapping_removed, mapping_moved, mapping_protected,
	   mapping_attached, mapping_detached;
void mappings_inherited(struct world *w, int child, int parent);
void mappings_dropped(struct world *w, int a);	/* exec */
void mappings_of_ended(struct world *w, int a);
void mappings_probed(struct world *w, int object,
		     const struct object_state *s);
bool mappings_check(const struct world *w, int object,
		    const struct object_state *s, struct buf *out);

/* memory.c */
void memory_called(struct world *w, int o, const struct event *e, int a);
void memory_probed(struct world *w, int o, const struct object_state *s);
bool memory_check(const struct world *w, int o, const struct object_state *s,
		  struct buf *out);
int memory_content(const struct object *o, char *out, int room);
void memory_detached(struct world *w);	/* some mapping has gone */
void memory_is_anonymous(struct object *o);
/* A call that may put the actor's accesses in order with others'.  */
void memory_orders(struct world *w, const struct event *e, int a);

/* fault.c: a signal about an access to memory, and the sentence when it
 * killed; false: it did not.  */
void fault_told(struct world *w, const struct event *e, int a);
bool fault_why(const struct world *w, const struct actor *a, struct buf *out);

/* ends.c: descriptor tables.  */
void ends_changed(struct world *w, const struct event *e, int a);
void ends_dropped(struct world *w, int a);	/* the actor ended */

/* wait.c: for what and for whom an actor waits.  */
enum wait_kind {
	WAIT_NONE,	/* it does not, or what it waited for is there */
	WAIT_ROOM,	/* in a pipe, to write */
	WAIT_BYTES,	/* in a pipe or terminal, to read */
	WAIT_OTHER_SIDE,	/* of a FIFO, to open it */
	WAIT_CHILD,
	WAIT_BORROWER,	/* vfork: of its memory */
	WAIT_TIME,
	WAIT_ANY,	/* poll, select, epoll */
	WAIT_SIGNAL,
	WAIT_LOCK,
	WAIT_CONTINUE,	/* stopped */
	WAIT_SEMAPHORE,	/* to take some, or for zero */
	WAIT_FUTEX,
	WAIT_HELD,	/* a mutex or read-write lock */
	WAIT_SIGNALLED,	/* a condition variable */
	WAIT_MEETING,	/* a barrier */
	WAIT_MESSAGE,	/* in a queue, to receive */
	WAIT_QUEUE_ROOM,	/* ... to send */
	WAIT_COUNTER,	/* an eventfd, until it is above 0 */
	WAIT_RECEIVE,	/* from a socket */
	WAIT_SEND,	/* for room on the way to another socket */
	WAIT_CONNECTION,	/* to accept one */
	WAIT_CONNECT,	/* for an answer, or room in a queue */
	WAIT_CALL,	/* in some other call */
	WAIT_KINDS
};

struct wait {
	enum wait_kind kind;
	int object;		/* -1 */
	int n;			/* actors that could end it, but itself */
	int who[WAITED_MAX];
	int own_fd;		/* it holds that end itself: descriptor; -1 */
	bool own;		/* it holds that lock itself */
	bool outside;		/* somebody who types, a clock... may end it */
	int number;		/* of the semaphore in its set */
	int64_t amount;		/* that it wants; semaphore: 0 for zero */
	int64_t value;		/* that it finds there */
};

/* What a sentence about a wait is made of.  */
struct told {
	const struct world *w;
	const struct actor *a;
	const struct wait *wait;
	const char *who, *object, *names;
	const char *call;	/* by the name that people use */
};

typedef void why_fn(const struct told *t, struct buf *out);

/* What a sentence about the next call is made of.  */
struct plan {
	const struct world *w;
	const struct actor *a;
	const struct event *e;	/* call and arguments */
	const char *who, *object;
	const char *call;	/* by the name that people use */
};

typedef void next_fn(const struct plan *p, struct buf *out);

/* next_memory.c */
next_fn next_mmap, next_unmap, next_msync, next_truncate, next_shmget,
	next_shmat, next_shmctl, next_access;

/* counter.c */
void eventfd_called(struct world *w, int o, const struct event *e, int a);
void eventfd_probed(struct world *w, int o, const struct object_state *s);
bool eventfd_check(const struct world *w, int o, const struct object_state *s,
		   struct buf *out);
bool eventfd_is_ready(const struct object *o, unsigned mode);
void why_counter(const struct told *t, struct buf *out);

/* semaphore.c */
void next_semop(const struct plan *p, struct buf *out);
void semaphore_set_called(struct world *w, int o, const struct event *e, int a);
void semaphore_set_probed(struct world *w, int o, const struct object_state *s);
bool semaphore_set_check(const struct world *w, int o,
			 const struct object_state *s, struct buf *out);
void semaphore_called(struct world *w, int o, const struct event *e, int a);
void semaphore_probed(struct world *w, int o, const struct object_state *s);
void semaphore_linked(struct world *w, int o, const struct event *e, int a);
void semaphore_unlinked(struct world *w, const struct event *e);
void semaphores_undone(struct world *w, int a);	/* the process a ended */
void wait_for_semaphores(const struct world *w, int self, struct wait *wait);
void wait_for_semaphore(const struct world *w, int self, struct wait *wait);
/* Does it sleep though it could take one, as it was given back in another
 * process, and the semaphore made for the threads of one?  */
bool wait_is_deaf(const struct world *w, const struct wait *wait);
void why_semaphore(const struct told *t, struct buf *out);

/* lock.c, lock_wait.c: mutexes, condition variables, read-write locks,
 * barriers, threads */
void lock_called(struct world *w, int o, const struct event *e, int a);
void lock_failed(struct world *w, int o, const struct event *e, int a);
void condition_called(struct world *w, int o, const struct event *e, int a);
void condition_failed(struct world *w, int o, const struct event *e, int a);
void barrier_called(struct world *w, int o, const struct event *e, int a);
/* It sleeps in a call, maybe on a condition variable.  */
void lock_waited(struct world *w, const struct event *e, int a);
/* It is held again; it may have slept on one.  */
void condition_left(struct world *w, const struct event *e, int a);
/* Who has ended and holds it still, -1.  */
int lock_dead_holder(const struct world *w, int object);
/* Does this actor sleep though the mutex is free, as it was released in another
 * process and made for the threads of one?  */
bool lock_is_of_one(const struct world *w, int object, int actor);
/* Was it signalled, and is not back yet?  *mutex: that it needs, -1.  */
bool world_was_signalled(const struct world *w, int object, int actor,
			 int *mutex);
void wait_for_holder(const struct world *w, int self, struct wait *wait);
void wait_for_wake(const struct world *w, int self, struct wait *wait);
void wait_for_meeting(const struct world *w, int self, struct wait *wait);
void wait_for_thread(const struct world *w, int self, struct wait *wait);
why_fn why_held, why_signalled, why_meeting;
next_fn next_sem_take, next_sem_give, next_sem_init, next_sem_open,
	next_sem_unlink, next_lock, next_unlock, next_read_lock,
	next_write_lock, next_signal_one, next_signal_all, next_meet,
	next_cond_wait, next_thread;

/* One more that could end it; all that hold such an end, but self.  */
void wait_add(struct wait *wait, int actor);
void wait_add_holders(const struct world *w, struct wait *wait, int self,
		      unsigned mode);
/* In a driven run that is held, whom the last move woke has come out of its
 * call: who still sleeps there was not served.  */
bool wait_is_settled(const struct world *w, const struct actor *a);

/* socket_wait.c */
void wait_to_receive(const struct world *w, int self, struct wait *wait);
void wait_to_send(const struct world *w, int self, struct wait *wait);
void wait_for_connection(const struct world *w, int self, struct wait *wait);
void wait_to_connect(const struct world *w, int self, struct wait *wait);
/* Of one of the polled.  */
bool polled_socket_is_ready(const struct world *w, int self,
			    const char *events, struct wait *wait);
bool socket_is_open_to_others(const struct world *w, const struct wait *wait);
void why_receive(const struct told *t, struct buf *out);
void why_send(const struct told *t, struct buf *out);
void why_connection(const struct told *t, struct buf *out);
void why_connect(const struct told *t, struct buf *out);
void next_socket(const struct plan *p, struct buf *out);
void next_bind(const struct plan *p, struct buf *out);
void next_listen(const struct plan *p, struct buf *out);
void next_accept(const struct plan *p, struct buf *out);
void next_connect(const struct plan *p, struct buf *out);
void next_send(const struct plan *p, struct buf *out);
void next_receive(const struct plan *p, struct buf *out);
void next_shutdown(const struct plan *p, struct buf *out);

/* Does it wait (BLOCKED, SLEEPING, or READY where it would)?  */
bool wait_of(const struct world *w, int actor, struct wait *wait);

/* An argument as text, "" where there is none; returns out.  */
const char *plan_text(const struct plan *p, const char *name, char *out,
		      size_t room);
/* The arguments of the call that an actor is at; borrowed until the next
 * call.  */
const struct event *call_of(const struct actor *a);

/* queue.c, queue_wait.c: message queues of both kinds */
void queue_called(struct world *w, int o, const struct event *e, int a);
void queue_failed(struct world *w, int o, const struct event *e, int a);
void queue_probed(struct world *w, int o, const struct object_state *s);
void queue_closed(struct world *w, int o, int a);	/* a descriptor of it */
bool queue_check(const struct world *w, int o, const struct object_state *s,
		 struct buf *out);
void wait_for_message(const struct world *w, int self, struct wait *wait);
void wait_for_queue_room(const struct world *w, int self, struct wait *wait);
why_fn why_message, why_queue_room;
next_fn next_msgget, next_msgctl, next_mq_open, next_mq_notify, next_mq_unlink,
	next_queue_send, next_queue_receive;

#endif
