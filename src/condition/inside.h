/*
 * What the files of condition/ share; nobody else includes it.
 *
 * A condition is scanned into tokens (scan.c).  The parser (parse.c) knows
 * and, or, not and parentheses; a statement is found by trying the syntax of
 * every row of the table (table.c) on the tokens (match.c), which fills the
 * blanks: WHO, OBJECT, N...  A row's function then says whether it is true.
 */
#ifndef CONDITION_INSIDE_H
#define CONDITION_INSIDE_H

#include "condition/condition.h"

enum { CHOICES_MAX = 4, TEXT_MAX = 256 };

enum token_kind {
	TOKEN_END, TOKEN_WORD, TOKEN_NUMBER, TOKEN_TEXT, TOKEN_OPEN,
	TOKEN_CLOSE, TOKEN_OF,		/* OF: the 's of writer's */
};

struct token {
	enum token_kind kind;
	size_t at;			/* byte of the text, from 0 */
	size_t len;
	int64_t number;
	char text[TEXT_MAX];		/* a word as it is; a text unescaped */
	int text_len;
};

struct tokens {
	size_t n, room;
	struct token *token;		/* the last is TOKEN_END */
};

int scan(struct tokens *t, const char *text, char **why);
void tokens_release(struct tokens *t);

enum quantifier { WHO_NAMED, WHO_SOMEBODY, WHO_EVERYBODY, WHO_NOBODY };

/* The comparisons that can stand before a number, in this order in the
 * syntax; COMPARE_IS when none stands there.  */
enum { COMPARE_IS = -1, COMPARE_LEAST, COMPARE_MOST, COMPARE_MORE,
       COMPARE_FEWER };
#define COMPARED "[at least|at most|more than|fewer than]"

/* The blanks of a statement, filled.  */
struct blanks {
	enum quantifier quantifier;
	char who[NAME_MAX_LEN];
	char other[NAME_MAX_LEN];	/* a second actor */
	char object[PATH_MAX_LEN];	/* "" when none */
	char call[NAME_MAX_LEN];	/* "" when none */
	int64_t number;
	int64_t place;			/* in a list, from 0 */
	int error, signal;
	char text[TEXT_MAX];
	int text_len;
	int option[CHOICES_MAX];	/* of each [a|b]: which, -1: absent */
	int word[CHOICES_MAX];		/* of each a|b: which */
};

struct statement {
	struct statement_help help;
	/* Is it true?  For a statement about WHO: of this actor.  The actual
	 * values go to *out.  */
	enum truth (*of_actor)(const struct blanks *b, const struct world *w,
			       int actor, struct buf *out);
	enum truth (*of_world)(const struct blanks *b, const struct world *w,
			       struct buf *out);
	bool of_the_dead;	/* everybody includes those that have ended */
};

extern const struct statement statements[];
extern const size_t n_statements;

/* What could have stood at the furthest place that was reached.  */
struct expected {
	size_t at;			/* token */
	int n;
	const char *what[48];
};

/* Add a word that could stand at a token; only the furthest count.  */
void expect(struct expected *x, size_t at, const char *what);
/* Find the statement that begins at token *at; moves *at behind it.  NULL:
 * none, see *x.  */
const struct statement *match(const struct tokens *t, size_t *at,
			      struct blanks *b, struct expected *x);

/* Is the call that happened the one that is meant?  The C library may use
 * another of the same family: fork() is clone(2).  */
bool call_is(const char *meant, const char *happened);
bool call_is_known(const char *name);
/* The others that a call may be, 0, 1, 2...; NULL: no more.  */
const char *call_kin(const char *meant, int which);

/* "more than 5"?  */
enum truth compare(int64_t actual, int how, int64_t wanted);
/* "pipe 1 holds 61440 bytes" is said: adds ", not 65536" to out where t is
 * false and equality was asked for.  */
enum truth but_wanted(const struct blanks *b, int how, enum truth t,
		      struct buf *out);

/* evaluate.c: the truth of one statement, with or without a sentence.  */
enum truth statement_eval(const struct statement *s, const struct blanks *b,
			  const struct world *w, struct buf *out);

/* The functions of the table: about_actor.c, about_object.c, about_run.c.  */
typedef enum truth of_actor_fn(const struct blanks *b, const struct world *w,
			       int actor, struct buf *out);
typedef enum truth of_world_fn(const struct blanks *b, const struct world *w,
			       struct buf *out);
of_actor_fn has_pending, blocks_signal, catches_signal, is_in_handler,
	was_delivered, was_sent;
of_actor_fn is_in_state, is_blocked_in, is_at, has_started, has_ended,
	has_exited, was_killed, has_called, last_call_is, last_result_is,
	last_call_failed, holds_end, has_descriptor, runs_program,
	has_printed, maps_object, maps_at_same, has_own_copy;

/* about_socket.c */
of_actor_fn holds_peer;
of_world_fn lock_is_held, socket_is_in_state, object_has_address, object_has_no_address,
	descriptors_in_flight, datagrams_lost;

of_world_fn object_is_full, object_holds, object_has_room,
	object_has_capacity, object_has_size, object_has_ends,
	object_has_no_ends, object_contains, object_written_by, object_exists,
	message_is, message_has_type, message_sent_by, queue_notifies,
	place_is, byte_written_by, object_has_mappings, object_is_unordered,
	object_is_marked, object_has_status,
	semaphore_has_value, semaphore_is_taken, object_is_taken,
	object_holds_messages, object_has_value, object_has_waiters,
	bytes_passed, byte_is_lost, output_contains, output_is, is_deadlock,
	run_has_ended, run_ended_with, run_was_killed, actors_live, time_is;

#endif
