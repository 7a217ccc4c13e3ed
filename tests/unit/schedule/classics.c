/* Classic programs for the model machine.  */
#include "classics.h"

/* ---- account: a deposit, a withdrawal and a check under one lock; the bad
 * one expects the wrong sum, and its main() returns without joining ---- */

enum { BALANCE, DEPOSITED, WITHDRAWN };

static const struct instruction deposit[] = {
	{ LOCK, .a = 0 },
	{ LOAD, .a = BALANCE }, { ADD, .a = 2 }, { STORE, .a = BALANCE },
	{ SET, .a = DEPOSITED, .b = 1 },
	{ UNLOCK, .a = 0 },
	{ END }
}, withdraw[] = {
	{ LOCK, .a = 0 },
	{ LOAD, .a = BALANCE }, { ADD, .a = -4 }, { STORE, .a = BALANCE },
	{ SET, .a = WITHDRAWN, .b = 1 },
	{ UNLOCK, .a = 0 },
	{ END }
}, check_balance[] = {
	{ LOCK, .a = 0 },
	{ LOAD, .a = DEPOSITED }, { UNLESS, .a = 1, .b = 4 },
	{ LOAD, .a = WITHDRAWN }, { UNLESS, .a = 1, .b = 2 },
	{ LOAD, .a = BALANCE }, { FAULT, .a = -2 },
	{ UNLOCK, .a = 0 },
	{ END }
}, check_wrongly[] = {
	{ LOCK, .a = 0 },
	{ LOAD, .a = DEPOSITED }, { UNLESS, .a = 1, .b = 4 },
	{ LOAD, .a = WITHDRAWN }, { UNLESS, .a = 1, .b = 2 },
	{ LOAD, .a = BALANCE }, { FAULT, .a = 6 },
	{ UNLOCK, .a = 0 },
	{ END }
}, create_3_and_return[] = {
	{ SPAWN, .a = 1 }, { SPAWN, .a = 2 }, { SPAWN, .a = 3 }, { EXIT_ALL }
}, create_3_and_join[] = {
	{ SPAWN, .a = 1 }, { SPAWN, .a = 2 }, { SPAWN, .a = 3 },
	{ JOIN, .a = 1 }, { JOIN, .a = 2 }, { JOIN, .a = 3 }, { EXIT_ALL }
}, create_2_and_join[] = {
	{ SPAWN, .a = 1 }, { SPAWN, .a = 2 },
	{ JOIN, .a = 1 }, { JOIN, .a = 2 }, { EXIT_ALL }
};

const struct program account_bad = {
	.n = 4, .later = { [1] = true, true, true },
	.code = { create_3_and_return, check_wrongly, deposit, withdraw },
};
const struct program account_ok = {
	.n = 4, .later = { [1] = true, true, true },
	.code = { create_3_and_join, check_balance, deposit, withdraw },
};

/* ---- lazy01: the third thread expects not to see what both others add; in
 * the corrected twin nobody expects anything ---- */

static const struct instruction lazy_1[] = {
	{ LOCK }, { LOAD }, { ADD, .a = 1 }, { STORE }, { UNLOCK }, { END }
}, lazy_2[] = {
	{ LOCK }, { LOAD }, { ADD, .a = 2 }, { STORE }, { UNLOCK }, { END }
}, lazy_3_bad[] = {
	{ LOCK }, { LOAD }, { UNLESS, .a = 3, .b = 1 }, { FAULT, .a = 0 },
	{ UNLOCK }, { END }
}, lazy_3_ok[] = {
	{ LOCK }, { LOAD }, { UNLOCK }, { END }
};

const struct program lazy01_bad = {
	.n = 4, .later = { [1] = true, true, true },
	.code = { create_3_and_join, lazy_1, lazy_2, lazy_3_bad },
};
const struct program lazy01_ok = {
	.n = 4, .later = { [1] = true, true, true },
	.code = { create_3_and_join, lazy_1, lazy_2, lazy_3_ok },
};

/* ---- sync01: one waits until the store is empty (condition 0), the other
 * until it is full (condition 1); it is full at first ---- */

static const struct instruction sync_main[] = {
	{ SET, .a = 0, .b = 1 },
	{ SPAWN, .a = 1 }, { SPAWN, .a = 2 },
	{ JOIN, .a = 1 }, { JOIN, .a = 2 }, { EXIT_ALL }
}, sync_fill[] = {
	{ LOCK, .a = 0 },
	{ LOAD, .a = 0 }, { UNLESS, .a = 1, .b = 2 },
	{ COND_WAIT, .a = 0, .b = 0 }, { BACK, .a = 3 },
	{ INCREMENT, .a = 0, .b = 1 },
	{ UNLOCK, .a = 0 }, { SIGNAL, .a = 1 }, { END }
}, sync_empty[] = {
	{ LOCK, .a = 0 },
	{ LOAD, .a = 0 }, { UNLESS, .a = 0, .b = 2 },
	{ COND_WAIT, .a = 1, .b = 0 }, { BACK, .a = 3 },
	{ INCREMENT, .a = 0, .b = -1 },
	{ UNLOCK, .a = 0 }, { SIGNAL, .a = 0 }, { END }
};

const struct program sync01_ok = {
	.n = 3, .later = { [1] = true, true },
	.code = { sync_main, sync_fill, sync_empty },
};

/* ---- deadlock01: two locks in two orders ---- */

static const struct instruction a_then_b[] = {
	{ LOCK, .a = 0 }, { LOCK, .a = 1 }, { INCREMENT, .a = 0, .b = 1 },
	{ UNLOCK, .a = 1 }, { UNLOCK, .a = 0 }, { END }
}, b_then_a[] = {
	{ LOCK, .a = 1 }, { LOCK, .a = 0 }, { INCREMENT, .a = 0, .b = 1 },
	{ UNLOCK, .a = 0 }, { UNLOCK, .a = 1 }, { END }
};

const struct program deadlock01_bad = {
	.n = 3, .later = { [1] = true, true },
	.code = { create_2_and_join, a_then_b, b_then_a },
};

/* ---- reorder: some set two variables, one looks whether both are ---- */

static const struct instruction set_both[] = {
	{ SET, .a = 0, .b = 1 }, { SET, .a = 1, .b = -1 }, { END }
}, see_both[] = {
	{ LOAD, .a = 0 }, { UNLESS, .a = 0, .b = 4 },
	{ LOAD, .a = 1 }, { UNLESS, .a = 0, .b = 2 }, { ADD, .a = 1 },
	{ UNLESS, .a = 0, .b = 4 },
	{ LOAD, .a = 0 }, { FAULT, .a = 1 },
	{ LOAD, .a = 1 }, { FAULT, .a = -1 },
	{ END }
}, create_9_and_join[] = {
	{ SPAWN, .a = 1 }, { SPAWN, .a = 2 }, { SPAWN, .a = 3 },
	{ SPAWN, .a = 4 }, { SPAWN, .a = 5 }, { SPAWN, .a = 6 },
	{ SPAWN, .a = 7 }, { SPAWN, .a = 8 }, { SPAWN, .a = 9 },
	{ SPAWN, .a = 10 }, { JOIN, .a = 1 }, { EXIT_ALL }
};

const struct program reorder3_bad = {
	.n = 4, .later = { [1] = true, true, true },
	.code = { create_3_and_join, set_both, set_both, see_both },
};
const struct program reorder10_bad = {
	.n = 11,
	.later = { [1] = true, true, true, true, true, true, true, true,
		   true, true },
	.code = { create_9_and_join, set_both, set_both, set_both, set_both,
		  set_both, set_both, set_both, set_both, set_both,
		  see_both },
};

/* ---- twostage: the second value is set under another lock ---- */

static const struct instruction two_stages[] = {
	{ LOCK, .a = 0 }, { SET, .a = 0, .b = 1 }, { UNLOCK, .a = 0 },
	{ LOCK, .a = 1 }, { LOAD, .a = 0 }, { ADD, .a = 1 },
	{ STORE, .a = 1 }, { UNLOCK, .a = 1 }, { END }
}, see_stages[] = {
	{ LOCK, .a = 0 }, { LOAD, .a = 0, .r = 0 }, { UNLOCK, .a = 0 },
	{ UNLESS, .a = 1, .b = 4 },
	{ LOCK, .a = 1 }, { LOAD, .a = 1, .r = 1 }, { UNLOCK, .a = 1 },
	{ FAULT, .a = 2, .r = 1 },
	{ END }
};

const struct program twostage_bad = {
	.n = 3, .later = { [1] = true, true },
	.code = { create_2_and_join, two_stages, see_stages },
};

/* ---- wronglock: one takes one lock, three take another ---- */

static const struct instruction right_lock[] = {
	{ LOCK, .a = 0 }, { LOAD, .a = 0, .r = 0 },
	{ LOAD, .a = 0, .r = 1 }, { ADD, .a = 1, .r = 1 },
	{ STORE, .a = 0, .r = 1 },
	{ LOAD, .a = 0, .r = 1 },
	/* It is one more than before, whatever that was.  */
	{ UNLESS, .a = 0, .r = 0, .b = 1 }, { FAULT, .a = 1, .r = 1 },
	{ UNLESS, .a = 1, .r = 0, .b = 1 }, { FAULT, .a = 2, .r = 1 },
	{ UNLESS, .a = 2, .r = 0, .b = 1 }, { FAULT, .a = 3, .r = 1 },
	{ UNLESS, .a = 3, .r = 0, .b = 1 }, { FAULT, .a = 4, .r = 1 },
	{ UNLOCK, .a = 0 }, { END }
}, wrong_lock[] = {
	{ LOCK, .a = 1 }, { LOAD, .a = 0 }, { ADD, .a = 1 },
	{ STORE, .a = 0 }, { UNLOCK, .a = 1 }, { END }
}, create_4_and_join[] = {
	{ SPAWN, .a = 1 }, { SPAWN, .a = 2 }, { SPAWN, .a = 3 },
	{ SPAWN, .a = 4 }, { JOIN, .a = 1 }, { JOIN, .a = 2 },
	{ JOIN, .a = 3 }, { JOIN, .a = 4 }, { EXIT_ALL }
};

const struct program wronglock3_bad = {
	.n = 5, .later = { [1] = true, true, true, true },
	.code = { create_4_and_join, right_lock, wrong_lock, wrong_lock,
		  wrong_lock },
};

/* ---- token ring: each copies from the one before, a check at the end; main
 * returns without joining ---- */

static const struct instruction ring_1[] = {
	{ LOCK }, { LOAD, .a = 3 }, { ADD, .a = 1 }, { STORE, .a = 1 },
	{ UNLOCK }, { END }
}, ring_2[] = {
	{ LOCK }, { LOAD, .a = 1 }, { STORE, .a = 2 }, { UNLOCK }, { END }
}, ring_3[] = {
	{ LOCK }, { LOAD, .a = 2 }, { STORE, .a = 3 }, { UNLOCK }, { END }
}, ring_check[] = {
	/* 1 and 3 differ, or have never been set */
	{ LOCK }, { LOAD, .a = 1, .r = 0 }, { LOAD, .a = 3, .r = 1 },
	{ UNLESS, .a = 1, .r = 0, .b = 1 }, { FAULT, .a = 1, .r = 1 },
	{ UNLOCK }, { END }
}, create_4_and_return[] = {
	{ SPAWN, .a = 1 }, { SPAWN, .a = 2 }, { SPAWN, .a = 3 },
	{ SPAWN, .a = 4 }, { EXIT_ALL }
};

const struct program token_ring_bad = {
	.n = 5, .later = { [1] = true, true, true, true },
	.code = { create_4_and_return, ring_1, ring_2, ring_3, ring_check },
};

/* ---- queue: a batch is put message by message, and taken while there are
 * some; who has one expects the other ---- */

static const struct instruction put_batch[] = {
	{ MAIL, .a = 0, .b = 1 }, { MAIL, .a = 0, .b = 1 }, { END }
}, take_batch[] = {
	{ TRY_FETCH, .a = 0 }, { UNLESS, .a = 1, .b = 2 },
	{ TRY_FETCH, .a = 0 }, { FAULT, .a = 1 }, { END }
};

const struct program queue_bad = {
	.n = 2, .code = { put_batch, take_batch },
};
