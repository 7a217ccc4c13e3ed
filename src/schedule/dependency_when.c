/*
 * The conditional cells of the table (dependency.c).
 *
 * Where a count decides (semaphores, bytes in a pipe), two operations that
 * take are never said to commute, so that each knows how much was there before
 * it; and "first adds, second takes" says ENABLES only if the second would
 * have had to wait without the first both where the first stood and where the
 * second stands.
 */
#include "config.h"

#include "schedule/dependency_inside.h"

#include <signal.h>

/* ---- bytes ---- */

bool
touches_apart(const struct touch *a, const struct touch *b)
{
	/* 0: all of them. */
	return a->to && b->to && (a->to <= b->from || b->to <= a->from);
}

enum dependence
when_bytes(const struct touch *first, const struct touch *second)
{
	return touches_apart(first, second) ? COMMUTES : DEPENDS;
}

enum dependence
when_range(const struct touch *first, const struct touch *second)
{
	if (first->act == second->act || first->act == ACT_FILE_TRY_LOCK ||
	    second->act == ACT_FILE_TRY_LOCK) {
		bool locks = first->act != ACT_FILE_UNLOCK &&
			     second->act != ACT_FILE_UNLOCK;

		if (locks && first->value == 1 && second->value == 1)
			return COMMUTES;
	}
	return when_bytes(first, second);
}

/* ---- counts ---- */

static bool
known(const struct touch *t)
{
	return t->have != HAVE_UNKNOWN;
}

static bool
gives_up(const struct touch *t)
{
	return t->gives_up || t->act == ACT_SEM_TRY;
}

/* first added this much; could second, which needs that much, have gone on
 * without it?  Even if it could, it depends: of two that added, it could do
 * without either, and not without both.  */
static enum dependence
after_adding(const struct touch *first, const struct touch *second,
	     int64_t least)
{
	if (!known(first) || !known(second) || gives_up(second))
		return DEPENDS;
	return second->have - first->value < least && first->have < least ?
	       ENABLES : DEPENDS;
}

enum dependence
when_supply(const struct touch *first, const struct touch *second)
{
	if (first->act == ACT_SEM_POST)
		return after_adding(first, second, second->value);
	/* It went on without this post; but perhaps not without another one,
	 * of which this can take the place.  */
	return DEPENDS;
}

enum dependence
when_stream(const struct touch *first, const struct touch *second)
{
	bool adds = first->act == ACT_PIPE_WRITE ||
		    first->act == ACT_SOCKET_SEND;

	/* A read makes room: whether the write needed it is not known. */
	return adds ? after_adding(first, second, 1) : DEPENDS;
}

enum dependence
when_count(const struct touch *first, const struct touch *second)
{
	bool adds = first->act == ACT_COUNTER_ADD ||
		    first->act == ACT_SOCKET_CONNECT;

	/* Taking all of it shows how much it was. */
	return adds ? after_adding(first, second, 1) : DEPENDS;
}

/* ---- messages ---- */

enum dependence
when_mail(const struct touch *first, const struct touch *second)
{
	/* A receive makes room: whether the send needed it is not known. */
	if (first->act != ACT_QUEUE_SEND)
		return DEPENDS;
	if (second->value > 0 && first->value > 0 &&
	    first->value != second->value)
		return COMMUTES;
	/* The only message was this one.  */
	return first->have == 0 && second->have == 1 && !second->gives_up ?
	       ENABLES : DEPENDS;
}

enum dependence
when_takers(const struct touch *first, const struct touch *second)
{
	return first->value > 0 && second->value > 0 &&
	       first->value != second->value ? COMMUTES : DEPENDS;
}

/* ---- ends of pipes ---- */

enum dependence
when_close(const struct touch *first, const struct touch *second)
{
	const struct touch *closes = first->act == ACT_PIPE_CLOSE_READ ||
				     first->act == ACT_PIPE_CLOSE_WRITE ?
				     first : second;

	/* Two closes: the later one is the last.  */
	if (first->act == second->act && second->value <= 1)
		return DEPENDS;
	return closes->value > 1 ? COMMUTES : DEPENDS;
}

/* ---- locks ---- */

enum dependence
when_unlocks(const struct touch *first, const struct touch *second)
{
	bool unlocked_first = first->act == ACT_UNLOCK ||
			      first->act == ACT_RW_UNLOCK;

	return unlocked_first && !second->gives_up ? ENABLES : DEPENDS;
}

enum dependence
when_held(const struct touch *first, const struct touch *second)
{
	const struct touch *unlock = first->act == ACT_RW_UNLOCK ? first :
				     second;

	if (unlock->value == HELD_TO_READ)
		return COMMUTES;
	return unlock->value == HELD_TO_WRITE && unlock == first &&
	       second->act == ACT_READ_LOCK && !second->gives_up ?
	       ENABLES : DEPENDS;
}

/* ---- waking ---- */

enum dependence
when_nobody(const struct touch *first, const struct touch *second)
{
	return first->have == 0 && second->have == 0 ? COMMUTES : DEPENDS;
}

/* Neither is the last, whichever of them comes first.  The second may have
 * been counted before the first was done, or after it.  */
enum dependence
when_last(const struct touch *first, const struct touch *second)
{
	int64_t before;

	if (!known(first) || !known(second))
		return DEPENDS;
	before = second->have > first->have ? second->have - 1 : first->have;
	return before + 2 < first->value ? COMMUTES : DEPENDS;
}

/* ---- signals and ends ---- */

enum dependence
when_same(const struct touch *first, const struct touch *second)
{
	return first->value == second->value && first->value > 0 &&
	       first->value < SIGRTMIN && first->have == 0 &&
	       second->have == 0 ? COMMUTES : DEPENDS;
}

enum dependence
when_child(const struct touch *first, const struct touch *second)
{
	const struct touch *exit = first->act == ACT_EXIT ? first : second;
	const struct touch *wait = exit == first ? second : first;

	if (!exit->value || !wait->value)
		return DEPENDS;
	if (exit->value != wait->value)
		return COMMUTES;
	return exit == first && wait->act != ACT_WAIT_LOOK &&
	       !wait->gives_up ? ENABLES : DEPENDS;
}
