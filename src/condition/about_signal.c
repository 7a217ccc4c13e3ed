/* Statements about signals: what waits, what is blocked, who is in a
 * handler.  */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"
#include "event/names.h"
#include "world/signals.h"

static enum truth
truth_of(bool is)
{
	return is ? IS_TRUE : IS_FALSE;
}

/* "[N times|at least N times]": how many are wanted; without it one or
 * more.  */
static enum truth
times(const struct blanks *b, int64_t n)
{
	if (b->option[0] < 0)
		return truth_of(n > 0);
	return compare(n, b->option[0] == 0 ? COMPARE_IS : COMPARE_LEAST,
		       b->number);
}

enum truth
has_pending(const struct blanks *b, const struct world *w, int actor,
	    struct buf *out)
{
	int n = world_pending(w, actor, b->signal);

	if (out)
		buf_addf(out, ngettext("%s has %s pending %d time",
				       "%s has %s pending %d times", n),
			 w->actor[actor].role, signal_name(b->signal), n);
	return times(b, n);
}

static void
tell_mask(const struct world *w, int actor, struct buf *out)
{
	if (!out)
		return;
	buf_addf(out, _("%s blocks "), w->actor[actor].role);
	sigset_write(out, world_blocked(w, actor));
}

enum truth
blocks_signal(const struct blanks *b, const struct world *w, int actor,
	      struct buf *out)
{
	tell_mask(w, actor, out);
	return truth_of(sigset_has(world_blocked(w, actor), b->signal));
}

enum truth
catches_signal(const struct blanks *b, const struct world *w, int actor,
	       struct buf *out)
{
	const struct signals *s = w->actor[actor].signals;
	uint64_t set = !s ? 0 : b->word[0] == 0 ? s->process->caught
						 : s->process->ignored;

	if (out) {
		buf_addf(out, b->word[0] == 0 ? _("%s catches ") :
			 _("%s ignores "), w->actor[actor].role);
		sigset_write(out, set);
	}
	return truth_of(sigset_has(set, b->signal));
}

enum truth
is_in_handler(const struct blanks *b, const struct world *w, int actor,
	      struct buf *out)
{
	const struct signals *s = w->actor[actor].signals;
	int innermost = world_in_handler(w, actor);
	bool is = innermost && b->option[0] < 0;

	for (int i = 0; s && i < s->depth && i < HANDLERS_MAX; i++)
		is |= s->handler[i] == b->signal;
	if (out && innermost)
		buf_addf(out, _("%s is in the handler of %s"),
			 w->actor[actor].role, signal_name(innermost));
	else if (out)
		buf_addf(out, _("%s is in no handler"), w->actor[actor].role);
	return truth_of(is);
}

enum truth
was_delivered(const struct blanks *b, const struct world *w, int actor,
	      struct buf *out)
{
	const struct signals *s = w->actor[actor].signals;
	int64_t n = s ? s->delivered[b->signal] : 0;

	if (out)
		buf_addf(out, ngettext("%s was delivered to %s %lld time",
				       "%s was delivered to %s %lld times",
				       n), signal_name(b->signal),
			 w->actor[actor].role, (long long)n);
	return times(b, n);
}

enum truth
was_sent(const struct blanks *b, const struct world *w, int actor,
	 struct buf *out)
{
	const struct signals *s = w->actor[actor].signals;
	int64_t n = s ? s->sent[b->signal] : 0;

	if (out)
		buf_addf(out, ngettext("%s was sent to %s %lld time",
				       "%s was sent to %s %lld times", n),
			 signal_name(b->signal), w->actor[actor].role,
			 (long long)n);
	return times(b, n);
}
