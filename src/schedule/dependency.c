/*
 * Which acts commute: the table.
 *
 * An object is of one kind, so its acts are of one family: each family is a
 * triangle of cells.  Acts of two families on one object depend, but for
 * polling, which has a column of its own.
 *
 * That every pair has a cell is checked by the compiler: each row must stand
 * at the place of its act in ACTS (CHECK_PLACE), have a cell for its family
 * from the first act to its own (CHECK_CELLS), and no cell is 0.
 *
 * What makes a cell true: futex(2), pipe(7), fifo(7), semop(2), msgrcv(2),
 * signal(7), fcntl(2), flock(2), wait(2), unix(7), eventfd(2), poll(2),
 * pthread_mutex_lock(3p), pthread_cond_wait(3p), pthread_barrier_wait(3p).
 * tests/live/commute_test.c asks the kernel.
 */
#include "config.h"

#include "schedule/dependency.h"

#include "schedule/dependency_inside.h"

enum cell {
	MISSING,
	C,		/* commute */
	D,		/* depend */
	BYTES,		/* these and more: dependency_when.c */
	RANGE,
	SUPPLY,
	STREAM,
	MAIL,
	TAKERS,
	CLOSE,
	UNLOCKS,
	HELD,
	NOBODY,
	LAST,
	SAME,
	CHILD,
	COUNT,
	CELLS,
};

static enum dependence (*const when[CELLS])(const struct touch *first,
					    const struct touch *second) = {
	[BYTES] = when_bytes,
	[RANGE] = when_range,
	[SUPPLY] = when_supply,
	[STREAM] = when_stream,
	[MAIL] = when_mail,
	[TAKERS] = when_takers,
	[CLOSE] = when_close,
	[UNLOCKS] = when_unlocks,
	[HELD] = when_held,
	[NOBODY] = when_nobody,
	[LAST] = when_last,
	[SAME] = when_same,
	[CHILD] = when_child,
	[COUNT] = when_count,
};

/* X(first act of the family, act, against READY_LOOK, cells from the first
 * act of the family to this one)  */
#define ROWS(X) \
	X(LOAD, LOAD, C, C) \
	X(LOAD, STORE, D, BYTES, BYTES) \
	X(LOAD, RMW, D, BYTES, BYTES, BYTES) \
	X(LOAD, MAP, D, BYTES, BYTES, BYTES, BYTES) \
	X(LOAD, ATTACH, C, C, C, C, C, C) \
	X(LOAD, FILE_READ, C, C, BYTES, BYTES, BYTES, C, C) \
	X(LOAD, FILE_WRITE, D, BYTES, BYTES, BYTES, BYTES, C, BYTES, BYTES) \
	X(LOAD, FILE_APPEND, D, BYTES, BYTES, BYTES, BYTES, C, BYTES, D, D) \
	X(LOAD, FILE_RESIZE, D, D, D, D, D, D, D, D, D, D) \
	X(LOAD, FILE_LOOK, C, C, D, D, D, D, D, D, D, D, C) \
	X(LOAD, FILE_LOCK, C, C, C, C, C, C, C, C, C, C, C, RANGE) \
	X(LOAD, FILE_TRY_LOCK, C, C, C, C, C, C, C, C, C, C, C, RANGE, RANGE) \
	X(LOAD, FILE_UNLOCK, C, C, C, C, C, C, C, C, C, C, C, RANGE, RANGE, C) \
	\
	X(OFFSET_USE, OFFSET_USE, C, D) \
	\
	X(PIPE_READ, PIPE_READ, D, D) \
	X(PIPE_READ, PIPE_WRITE, D, STREAM, D) \
	X(PIPE_READ, PIPE_CLOSE_READ, D, C, CLOSE, CLOSE) \
	X(PIPE_READ, PIPE_CLOSE_WRITE, D, CLOSE, C, C, CLOSE) \
	X(PIPE_READ, PIPE_COPY, C, C, C, C, C, C) \
	X(PIPE_READ, FIFO_OPEN_READ, D, C, D, D, D, C, C) \
	X(PIPE_READ, FIFO_OPEN_WRITE, D, D, C, D, D, C, D, C) \
	X(PIPE_READ, PIPE_CONTROL, D, D, D, C, C, C, C, C, D) \
	X(PIPE_READ, PIPE_LOOK, C, D, D, C, C, C, C, C, D, C) \
	\
	X(QUEUE_SEND, QUEUE_SEND, D, D) \
	X(QUEUE_SEND, QUEUE_RECEIVE, D, MAIL, TAKERS) \
	X(QUEUE_SEND, QUEUE_CONTROL, D, D, D, D) \
	X(QUEUE_SEND, QUEUE_LOOK, C, D, D, D, C) \
	\
	X(SEM_POST, SEM_POST, D, C) \
	X(SEM_POST, SEM_WAIT, D, SUPPLY, D) \
	X(SEM_POST, SEM_TRY, D, SUPPLY, D, D) \
	X(SEM_POST, SEM_LOOK, C, D, D, D, C) \
	X(SEM_POST, SEM_CONTROL, D, D, D, D, D, D) \
	\
	X(LOCK, LOCK, D, D) \
	X(LOCK, TRY_LOCK, D, D, D) \
	X(LOCK, UNLOCK, D, UNLOCKS, D, C) \
	X(LOCK, LOCK_CONTROL, D, D, D, D, D) \
	X(LOCK, READ_LOCK, D, D, D, D, D, C) \
	X(LOCK, TRY_READ_LOCK, D, D, D, D, D, C, C) \
	X(LOCK, WRITE_LOCK, D, D, D, D, D, D, D, D) \
	X(LOCK, TRY_WRITE_LOCK, D, D, D, D, D, D, D, D, D) \
	X(LOCK, RW_UNLOCK, D, D, D, D, D, HELD, HELD, UNLOCKS, D, C) \
	\
	X(COND_WAIT, COND_WAIT, D, D) \
	X(COND_WAIT, COND_WOKEN, D, D, D) \
	X(COND_WAIT, COND_SIGNAL, D, D, D, NOBODY) \
	X(COND_WAIT, COND_BROADCAST, D, D, D, NOBODY, NOBODY) \
	X(COND_WAIT, COND_CONTROL, D, D, D, D, D, D) \
	\
	X(BARRIER_ARRIVE, BARRIER_ARRIVE, D, LAST) \
	X(BARRIER_ARRIVE, BARRIER_CONTROL, D, D, D) \
	\
	X(FUTEX_WAIT, FUTEX_WAIT, D, D) \
	X(FUTEX_WAIT, FUTEX_WAKE, D, D, D) \
	\
	X(ONCE, ONCE, D, D) \
	\
	X(NAME_LOOK, NAME_LOOK, C, C) \
	X(NAME_LOOK, NAME_CHANGE, D, D, D) \
	X(NAME_LOOK, NAME_LIST, C, C, D, C) \
	X(NAME_LOOK, FOLDER_CHANGE, D, D, D, D, C) \
	\
	X(INODE_LOOK, INODE_LOOK, C, C) \
	X(INODE_LOOK, INODE_CHANGE, C, D, D) \
	\
	X(SIGNAL_SEND, SIGNAL_SEND, D, SAME) \
	X(SIGNAL_SEND, SIGNAL_CONTROL, D, D, D) \
	X(SIGNAL_SEND, SIGNAL_WAIT, D, D, D, D) \
	X(SIGNAL_SEND, SIGNAL_TAKE, D, D, D, D, D) \
	X(SIGNAL_SEND, SIGNAL_REACH, C, D, D, D, D, C) \
	X(SIGNAL_SEND, SIGNAL_LOST, C, C, D, D, D, C, C) \
	X(SIGNAL_SEND, SIGNAL_LOOK, C, D, D, D, D, C, C, C) \
	\
	X(FORK, FORK, D, D) \
	X(FORK, EXEC, D, D, D) \
	X(FORK, EXIT, D, C, D, C) \
	X(FORK, EXIT_GROUP, D, D, D, D, D) \
	X(FORK, WAIT, D, D, D, CHILD, D, D) \
	X(FORK, WAIT_LOOK, D, D, D, CHILD, D, D, D) \
	X(FORK, CREATE, D, D, D, C, D, D, D, D) \
	X(FORK, JOIN, D, D, D, CHILD, D, D, D, D, D) \
	X(FORK, PROCESS_LOOK, C, C, D, C, D, C, C, C, C, C) \
	X(FORK, PROCESS_CONTROL, D, D, D, D, D, D, D, D, D, D, D) \
	\
	X(SOCKET_SEND, SOCKET_SEND, D, D) \
	X(SOCKET_SEND, SOCKET_RECEIVE, D, STREAM, D) \
	X(SOCKET_SEND, SOCKET_CONNECT, D, D, D, D) \
	X(SOCKET_SEND, SOCKET_ACCEPT, D, D, D, COUNT, D) \
	X(SOCKET_SEND, SOCKET_CONTROL, D, D, D, D, D, D) \
	X(SOCKET_SEND, SOCKET_LOOK, C, D, D, D, D, D, C) \
	\
	X(COUNTER_ADD, COUNTER_ADD, D, C) \
	X(COUNTER_ADD, COUNTER_TAKE, D, COUNT, D) \
	X(COUNTER_ADD, COUNTER_CONTROL, D, D, D, D) \
	\
	X(READY_LOOK, READY_LOOK, C, C) \
	X(FD_CHANGE, FD_CHANGE, C, D) \
	X(FD_CHANGE, FD_USE, C, RANGE, C) \
	X(OUTPUT, OUTPUT, D, D) \
	X(CLOCK, CLOCK, C, C) \
	X(CLOCK, TIMER, C, D, D) \
	X(UNKNOWN, UNKNOWN, D, D)

enum { WIDTH = 13 };	/* acts of a family, at most */

struct row {
	uint8_t family;	/* its first act */
	uint8_t ready;	/* against READY_LOOK */
	uint8_t cell[WIDTH];
};

static const struct row rows[] = {
#define ROW(first, act, ready, ...) \
	[ACT_##act] = { ACT_##first, ready, { __VA_ARGS__ } },
	ROWS(ROW)
#undef ROW
};

/* ---- nothing is missing ---- */

enum {
#define PLACE(first, act, ...) PLACE_##act,
	ROWS(PLACE)
#undef PLACE
	PLACES
};
_Static_assert((int)PLACES == (int)ACTS_COUNT, "an act has no row");
#define CHECK_PLACE(first, act, ...) \
	_Static_assert((int)PLACE_##act == (int)ACT_##act, \
		       #act ": rows stand in the order of ACTS");
#define CHECK_CELLS(first, act, ready, ...) \
	_Static_assert(sizeof((const uint8_t[]){ __VA_ARGS__ }) == \
		       ACT_##act - ACT_##first + 1, \
		       #act ": one cell for each act of the family so far");
ROWS(CHECK_PLACE)
ROWS(CHECK_CELLS)

/* A product over all cells is 0 if one of them is.  */
#define EACH(first, act, ready, ...) && (ready) && ALL(__VA_ARGS__)
#define ALL(...) ALL_(__VA_ARGS__, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
#define ALL_(a, b, c, d, e, f, g, h, i, j, k, l, m, ...) \
	((a) && (b) && (c) && (d) && (e) && (f) && (g) && (h) && (i) && \
	 (j) && (k) && (l) && (m))
_Static_assert(1 ROWS(EACH), "a cell is MISSING");

/* ---- reading it ---- */

static enum cell
cell_of(enum act a, enum act b)
{
	enum act low = a < b ? a : b, high = a < b ? b : a;

	if (rows[low].family == rows[high].family)
		return rows[high].cell[low - rows[high].family];
	if (a == ACT_READY_LOOK)
		return rows[b].ready;
	if (b == ACT_READY_LOOK)
		return rows[a].ready;
	return D;
}

enum dependence
act_dependence(const struct touch *first, const struct touch *second)
{
	enum cell cell = cell_of(first->act, second->act);

	if (rows[first->act].family == ACT_SEM_POST &&
	    rows[second->act].family == ACT_SEM_POST &&
	    touches_apart(first, second))
		return COMMUTES;
	if (when[cell])
		return when[cell](first, second);
	return cell == C ? COMMUTES : DEPENDS;
}

const char *
dependence_rule(enum act a, enum act b)
{
	static const char *const names[CELLS] = {
		[C] = "yes", [D] = "no", [BYTES] = "bytes", [RANGE] = "range",
		[SUPPLY] = "supply", [STREAM] = "stream", [MAIL] = "mail",
		[TAKERS] = "takers", [CLOSE] = "close", [UNLOCKS] = "unlocks",
		[HELD] = "held", [NOBODY] = "nobody", [LAST] = "last",
		[SAME] = "same", [CHILD] = "child", [COUNT] = "count",
	};

	return names[cell_of(a, b)];
}

bool
act_meets(enum act a, enum act b)
{
	return rows[a].family == rows[b].family || a == ACT_READY_LOOK ||
	       b == ACT_READY_LOOK;
}

enum dependence
dependence(const struct operation *first, const struct operation *second)
{
	enum dependence all = COMMUTES;

	if (first->unknown || second->unknown)
		return DEPENDS;
	for (int i = 0; i < first->n; i++)
		for (int j = 0; j < second->n; j++) {
			enum dependence one;

			if (first->touch[i].object != second->touch[j].object)
				continue;
			one = act_dependence(&first->touch[i],
					     &second->touch[j]);
			if (one == ENABLES)
				return ENABLES;
			if (one == DEPENDS)
				all = DEPENDS;
		}
	return all;
}
