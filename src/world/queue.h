/* What a message queue, of either kind, knows beyond other objects.  For the
 * files of world/, views and conditions.  */
#ifndef WORLD_QUEUE_H
#define WORLD_QUEUE_H

#include "world/world.h"

enum { QUEUE_USERS = 24, QUEUE_DEBTS = 16 };

/* A message that was taken before its sending was told (free runs).  */
struct queue_debt {
	uint64_t n;		/* event that took it */
	int64_t type, bytes;
	int data_len;
	char data[64];
};

struct queue {
	bool foreign;		/* it was there before the run: others may use
				   it as well */
	int n_users, n_debts;
	struct {
		int actor;
		uint64_t n;	/* event of its first call on it */
	} user[QUEUE_USERS];
	struct queue_debt debt[QUEUE_DEBTS];
	int notified;		/* POSIX: 1 + actor that asked to be told of
				   the next message; 0: nobody */
	int notify_fd;		/* ... through this descriptor */
	char notify[24];	/* ... how: "SIGUSR1", "SIGEV_THREAD" */
	int64_t value;		/* ... and what is sent with the signal */
};

bool object_is_queue(const struct object *o);
/* Its messages, in the order in which they came (System V) or will be taken
 * (POSIX); their number.  Borrowed.  */
size_t queue_messages(const struct object *o, const struct segment **list);
/* Bytes that still go in: System V counts bytes, POSIX messages.  -1: not
 * known.  */
int64_t queue_room(const struct object *o);
/* The message that msgrcv(2) with this selector would take, NULL: none.  */
const struct segment *queue_select(const struct object *o, int64_t selector,
				   bool except);
/* Who is to be told of the next message, -1: nobody; *how: by what.  */
int queue_notified(const struct world *w, int object, const char **how);
/* Was it there before the run, so that others may use it?  */
bool queue_is_foreign(const struct object *o);
/* May this actor use the queue: has it, or a parent before its birth, called
 * something on it?  */
bool queue_has_user(const struct world *w, int object, int actor);

/* Which messages a receive asks for, from its arguments.  */
struct queue_wish {
	int64_t selector;	/* 0: any */
	bool except;
};
struct event;
struct queue_wish queue_wish_of(const struct event *e);

#endif
