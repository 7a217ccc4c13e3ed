/*
 * A plan: the schedule of a claim or a question, as an author writes it.
 *
 *	default			who went last goes on, else the first that can
 *	first reader, writer	reader whenever it can go, else writer, else
 *				the default.  An actor that only sleeps
 *				(nanosleep) can go: its time is over then; one
 *				that waits with a time-out cannot
 *	go A			one choice, as in a schedule file
 *
 * Several stand one after the other, with ; between them.  The first two
 * last until their condition holds where the run is held ("first writer until
 * pipe 1 is full; first reader"), without one to the end of the run; after
 * the last choice comes the default.
 */
#ifndef SESSION_PLAN_H
#define SESSION_PLAN_H

#include "session/session.h"

struct leg {
	bool listed;		/* the one choice is made as it stands */
	size_t n, room;
	struct choice *choice;	/* else the actors that are preferred */
	struct condition *until;	/* NULL: to the end of the run */
};

struct plan {
	size_t n, room;
	struct leg *leg;
	size_t at;		/* the one that comes next, n: the default */
};

/* NULL or "": the default.  0, or -1 with *why.  */
int plan_parse(struct plan *p, const char *text, char **why);
void plan_release(struct plan *p);
/* The next choice of a session that holds.  0, or -1 with *why.  */
int plan_choose(struct plan *p, struct session *s, char **why);
/* Which choice, counted from 1, is it that could not be made as the author
 * listed it?  0: none of these.  */
int plan_listed(const struct plan *p);

#endif
