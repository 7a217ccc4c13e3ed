/* A failing tape, made short and told.  */
#include "config.h"

#include "explore/work_inside.h"

#include "base/i18n.h"
#include "explore/retrace.h"
#include "explore/shorten.h"
#include "explore/verdict.h"

#include <stdlib.h>
#include <string.h>

enum { SLOW_RUNS = 1 };	/* of each kind of try, where each takes long */

/* What must fail alike.  */
struct alike {
	struct work *work;
	enum verdict verdict;
	char crash[sizeof(((struct run_end *)NULL)->crash)];
	char *why;		/* no run was possible */
};

static bool
fails_alike(void *with, struct follow *f, struct tape *made, bool *whole)
{
	struct alike *k = with;
	const struct attempt *last = &k->work->attempts.last;

	if (k->why || attempt_follow(&k->work->attempts, f, &k->why) < 0)
		return false;
	tape_copy(made, &last->tape);
	*whole = last->whole;
	return last->verdict == k->verdict &&
	       strcmp(last->end.crash, k->crash) == 0;
}

/* An actor's number by its name: those that runs had so far.  */
static int
actor_number(void *with, const char *name)
{
	const char *known;

	for (int i = 0; (known = driver_actor(with, i)); i++)
		if (strcmp(known, name) == 0)
			return i;
	return -1;
}

static int
make_first(struct work *w, const struct tape *t, char **why)
{
	struct follow f = { .tape = t, .exact = t->n, .skip = SIZE_MAX,
			    .rest = FOLLOW_STRAIGHT };
	int rc;

	follow_begin(&f);
	rc = attempt_follow(&w->attempts, &f, why);
	follow_end(&f);
	return rc;
}

/* What was found fails in this run too: it can be made shorter.  */
static int
make_short(struct work *w, const struct tape *found, char **why)
{
	struct alike alike = { .work = w,
			       .verdict = w->attempts.last.verdict };
	struct shortened s = { .turning = 0 };
	struct slept slept = { .sleeper = -1 };
	struct told told = { .message = NULL };
	uint64_t runs = spins_is_slow(w->attempts.spins) ? SLOW_RUNS
		      : (uint64_t)w->order->runs;
	bool back = spins_come_back(w->attempts.spins);
	int rc = 0;

	COPY_STR(alike.crash, w->attempts.last.end.crash);
	shorten(found, fails_alike, &alike, runs, &s);
	w->end.runs = (int64_t)s.runs;
	/* A race is there in runs that end well, too: nothing turns.  Nor where
	 * another order would end it at any time.  */
	if (alike.verdict == VERDICT_RACE || back)
		s.turning = 0;
	if (alike.verdict == VERDICT_RACE)
		s.passing.n = 0;
	if (alike.why) {
		rc = fail(why, "%s", alike.why);
		free(alike.why);
	} else {
		rc = slept_look(&w->attempts, &s.tape, alike.verdict, &slept,
				why);
		if (rc == 0)
			rc = tell_failure(&w->attempts, &s, &slept, &told, why);
	}
	if (rc == 0 && w->attempts.last.verdict != VERDICT_ACCEPT)
		work_tell_failure(w, &told);
	else if (rc == 0)
		work_tell_end(w);
	told_release(&told);
	slept_release(&slept);
	tape_release(&s.tape);
	tape_release(&s.passing);
	return rc;
}

/* The tape of those who go round ends where they began to.  */
static enum lead
lead_for(const char *verdict)
{
	switch (verdict_named(verdict)) {
	case VERDICT_BUSY_WAIT:
		return LEAD_EACH;
	case VERDICT_LIVELOCK:
		return LEAD_TOGETHER;
	default:
		return LEAD_NOBODY;
	}
}

/* Ends with FAILURE; with END where the tape does not fail again: then the
 * program is not under control.  */
int
work_shorten(struct work *w, char **why)
{
	struct tape found = TAPE_INIT;
	struct buf words = BUF_INIT;
	int rc;

	if (tape_parse(&found, w->order->tape, actor_number,
		       w->attempts.driver) < 0) {
		tape_release(&found);
		return fail(why, _("this is no tape: %.60s"), w->order->tape);
	}
	w->attempts.frozen = w->order->learned;
	spins_lead(w->attempts.spins, lead_for(w->order->strategy));
	rc = make_first(w, &found, why);
	/* Where nobody else could go, all went round for long before that was
	 * known.  */
	if (rc == 0 && w->attempts.last.verdict == VERDICT_LIVELOCK) {
		tape_copy(&found, &w->attempts.last.tape);
		rc = make_first(w, &found, why);
		if (w->attempts.last.verdict == VERDICT_LIVELOCK)
			tape_copy(&found, &w->attempts.last.tape);
	}
	if (rc == 0 && w->attempts.last.verdict != VERDICT_ACCEPT) {
		rc = retrace(&w->attempts, &found, &words, why);
		if (rc >= 0)
			rc = make_short(w, &found, why);
	} else if (rc == 0) {
		buf_adds(&w->text, _("the failure did not come again"));
		work_tell_end(w);
	}
	w->attempts.frozen = NULL;
	spins_lead(w->attempts.spins, LEAD_NOBODY);
	tape_release(&found);
	buf_release(&words);
	return rc;
}
