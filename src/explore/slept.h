/*
 * A sleep in place of waiting: a failure that comes of nothing but that a
 * sleeper woke before another had done what it then uses, who may sleep, too.
 * Nothing says how long a sleep is, or what others do meanwhile (nanosleep(2),
 * sched(7)).
 *
 * It is said only where runs show it. The failing run passes when it is made
 * again with that sleep put off until nobody else can go on; so do others in
 * which all sleeps end last, or all of this sleeper; one in which the sleeper goes first always fails (else
 * either order would do, and the fault is another); and in the run that
 * passes the sleeper uses, behind its sleep, what another has done meanwhile.
 * Of a data race it is said where that order of the two accesses comes of
 * nothing but a sleep between them, and something else comes of the program
 * (its status, its output) where the sleeper goes first.
 *
 * A sleep with another purpose (work, waiting before the next try) is passed
 * over, as is one in which something else may come first, as a signal or a
 * message.
 */
#ifndef EXPLORE_SLEPT_H
#define EXPLORE_SLEPT_H

#include "explore/attempt.h"

struct slept {
	int sleeper, other;	/* actors; sleeper is -1: it was none */
	char *at, *waits_for;	/* places in the source, "" */
};

/* The tape fails, with this verdict, and nobody else than the picks and the
 * words that are known decides how its run goes.  Makes some 30 runs for each of the
 * first few sleeps that end while others could go on; the attempt made last is another then.  0, or -1 with *why: no run was possible.
 * to is to be released.  */
int slept_look(struct attempts *a, const struct tape *tape,
	       enum verdict verdict, struct slept *to, char **why);
void slept_release(struct slept *s);

#endif
