/*
 * A plan: the schedule of a claim, as an author writes it.
 *
 *	default			who went last goes on, else the first that can
 *	first reader, writer	reader whenever it can go, else writer, else
 *				the default.  An actor that only sleeps
 *				(nanosleep) can go: its time is over then; one
 *				that waits with a time-out cannot
 *	go A; go A.1; ...	these choices, then the default
 */
#ifndef LESSON_PLAN_H
#define LESSON_PLAN_H

#include "session/session.h"

struct plan {
	bool first;		/* the actors of choice are preferred ones */
	size_t n, room;
	struct choice *choice;
};

/* NULL or "": the default.  0, or -1 with *why.  */
int plan_parse(struct plan *p, const char *text, char **why);
void plan_release(struct plan *p);
/* Is the choice after that many steps one that the author listed?  */
bool plan_is_listed(const struct plan *p, int step);
/* The next choice of a session that holds.  0, or -1 with *why.  */
int plan_choose(const struct plan *p, struct session *s, char **why);

#endif
