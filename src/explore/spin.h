/*
 * Actors that go round in a loop and change nothing: while (!ready), a lock
 * that is tried again and again, a poll that comes back empty.  Letting them
 * go round once more shows nothing new, so they are set aside until another
 * actor changes something that they look at.
 *
 * What does not change anything: looking, storing what is there already, trying
 * in vain, taking a lock and giving it back, sleeping, however long.  What an
 * actor counts in memory that nobody else reaches is not seen.  So a loop that
 * was never met is led on, once, in a run of its own where nobody else goes: if
 * it ends after some rounds (three tries), these rounds are made in all runs
 * that come; if not, its actor asks again and again in place of waiting.
 *
 * If all who could go are set aside, they go on for a while, by turns.  If
 * none of their loops has an end, that is a livelock.
 *
 * Several may also go round together: each gives way to the other, both begin
 * anew, and so on.  If everybody who could go takes part, and all do the same
 * twice, they are led on in that order, in a run of its own.  Mostly it has an
 * end: two that take turns over semaphores, or try so many times.  After a
 * thousand steps it is a livelock too, although another order would end it.
 * Where they change memory on the way, it is one only if all come back to the
 * same state (round.h).
 *
 * Who makes no point for long may wait for what others would do, or compute.
 * One such who has gone on for longer than another lets that one go first; if
 * all have for too long, nobody will end.  If then each went on once more and
 * the state of all is what it was before, bit by bit, they wait in a loop for
 * memory that nobody writes: a livelock.  So they do, in all likelihood, if all
 * the time they loaded the same atomic or volatile object and found the same,
 * though they may count how often.  Else somebody computes.
 *
 * A fold over the steps of a run, and what was learned of loops in the runs
 * before.  Nothing blocks or fails.
 */
#ifndef EXPLORE_SPIN_H
#define EXPLORE_SPIN_H

#include "schedule/strategy.h"

struct spins;

struct spins *spins_new(void);
void spins_free(struct spins *s);
/* Whom to ask for the state of the run, as a number: equal where memory and
 * registers are; 0: not known.  Without that nothing is ever known.  */
void spins_ask(struct spins *s, uint64_t (*state)(void *with), void *with);
void spins_begin(struct spins *s);	/* a run begins */
/* Take the alternatives of those who spin out of the position, and mark them.
 * If only they could go one of them stays in, so long as patience lasts; then
 * nothing is left.  */
void spins_filter(struct spins *s, struct position *p);
/* A step was made.  */
void spins_step(struct spins *s, int actor, const struct done *d);
/* Did patience end, or does somebody who is led on go round for ever?  Who;
 * -1.  */
int spins_livelock(const struct spins *s);
/* ... while others could go, or where another order would end it?  Then it is
 * no livelock, or not of all orders.  */
bool spins_asks(const struct spins *s);
/* ... do they all come back to where they were, having done what others see?
 */
bool spins_come_back(const struct spins *s);
/* Has everybody gone on for too long without a point?  Who, and where; -1.  */
int spins_busy(const struct spins *s, uint64_t *pc);
/* Is one led on alone, or was when the run ended?  */
bool spins_is_led(const struct spins *s);
/* Did somebody, at the end of the run, do the same again and again while
 * another, *other, could go and had no turn?  Who; -1.  That is unfair, and no
 * livelock.  */
int spins_unfair(const struct spins *s, const struct position *p, int *other);
/* The last steps of the run that only confirmed a round.  */
size_t spins_watched(const struct spins *s);
/* ... by those who make no point: such runs take long.  */
bool spins_is_slow(const struct spins *s);
/* Is somebody led on just now, or goes on without a point?  */
bool spins_leads(const struct spins *s);
/* Who is led on, from the next run on?  Where all interleavings are searched
 * nobody is: it would hide what others could do.  */
enum lead {
	LEAD_NOBODY,
	LEAD_SUSPECT,		/* whom spins_suspect() tells of */
	LEAD_TOGETHER,		/* several who go round together */
	LEAD_EACH,		/* ... or alone */
};
void spins_lead(struct spins *s, enum lead lead);
/* The step, from 1, at which a loop or a common round was seen, in the run that
 * was made last, of which nothing is known.  0: none.  A run of the same
 * choices up to there, led on, will tell.  */
size_t spins_suspect(const struct spins *s);
/* What is known of loops: set from the words of what was learned, and written
 * as such.  rest: the other words, as they are.  keep: those are not forgotten
 * of which is known that they have no end when nobody else can go: with them
 * runs end sooner, and in the same way.  */
void spins_know(struct spins *s, const char *words, bool keep,
		struct buf *rest);
void spins_known(const struct spins *s, struct buf *out);
/* Did the last run teach that a loop has an end, so that runs differ?  */
bool spins_taught(const struct spins *s);

#endif
