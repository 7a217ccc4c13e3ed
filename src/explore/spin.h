/*
 * Actors that go round in a loop and change nothing: while (!ready), a lock
 * that is tried again and again, a poll that comes back empty.  Letting them
 * go round once more shows nothing new, so they are set aside until another
 * actor changes something that they look at.  If nobody else can go, they go
 * on for a while, as the loop may have an end of its own; if it has none, that
 * is a livelock.
 *
 * Several may also go round together: each gives way to the other, both begin
 * anew, and so on.  If everybody who could go takes part, and all do the same
 * twice, they are led on in that order, in a run of its own.  Mostly it has an end: two that take
 * turns over semaphores, or try so many times.  After a thousand steps it is a
 * livelock too, although another order would end it.
 *
 * Who makes no point for long may wait for what others would do, or compute.
 * One such who has gone on for longer than another lets that one go first; if
 * all have for too long, nobody will end.
 *
 * A pure fold over the steps of a run.  Nothing blocks or fails.
 */
#ifndef EXPLORE_SPIN_H
#define EXPLORE_SPIN_H

#include "schedule/strategy.h"

struct spins;

struct spins *spins_new(void);
void spins_free(struct spins *s);
void spins_begin(struct spins *s);	/* a run begins */
/* Take the alternatives of those who spin out of the position, and mark them.
 * If only they could go they stay in, so long as patience lasts; then nothing
 * is left.  */
void spins_filter(struct spins *s, struct position *p);
/* A step was made.  */
void spins_step(struct spins *s, int actor, const struct done *d);
/* Did patience end, or do all go round together?  Who; -1.  */
int spins_livelock(const struct spins *s);
/* Has everybody gone on for too long without a point?  Who, and where; -1.  */
int spins_busy(const struct spins *s, uint64_t *pc);
/* The last steps of the run that only confirmed a common round.  */
size_t spins_watched(const struct spins *s);
/* Is a common round led on just now?  */
bool spins_leads(const struct spins *s);
/* Are common rounds led on, from the next run on?  Where all interleavings are
 * searched they are not: it would hide what others could do.  Then:  */
void spins_lead(struct spins *s, bool on);
/* Rounds of one alone count as well, in all runs: it asks again and again in
 * place of waiting.  */
void spins_alone(struct spins *s, bool on);
/* Was what spins_livelock() tells of the round of one alone, while others could
 * go?  */
bool spins_is_alone(const struct spins *s);
/* The step, from 1, at which a common round was seen in the run that was made
 * last; each round is told once.  0: none.  A run of the same choices up to
 * there, led on, will tell.  */
size_t spins_suspect(const struct spins *s);

#endif
