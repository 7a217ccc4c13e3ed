/* See told.h.  */
#include "config.h"

#include "explore/told.h"

#include "base/i18n.h"
#include "explore/report.h"
#include "explore/sights.h"

#include <stdlib.h>

enum { WIDTH = 78 };	/* a screen of 80 with its margins */

void
told_release(struct told *told)
{
	free(told->message);
	free(told->picture);
	free(told->passing);
	free(told->rows);
	free(told->sleeper);
	free(told->slept_at);
	free(told->sleep_for);
	*told = (struct told){ .message = NULL };
}

/* Follows a tape, and reports it.  */
struct telling {
	struct follow follow;
	const struct spins *spins;
	struct report *report;
};

static int
pick(void *with, const struct position *p)
{
	struct telling *t = with;

	return follow_pick(&t->follow, p);
}

/* A livelock is shown as it began: what only confirms it is left out.  */
static bool
left_out(const struct telling *t)
{
	return t->follow.at > t->follow.tape->n && spins_leads(t->spins);
}

static void
did(void *with, const struct position *p, int picked, const struct done *d)
{
	struct telling *t = with;

	if (left_out(t))
		return;
	report_step(t->report, p, picked, d);
}

static void
event(void *with, const struct event *e)
{
	struct telling *t = with;

	if (!left_out(t))
		report_event(t->report, e);
}

/* The run of a tape, reported; NULL with *why.  */
static struct report *
report_of(struct attempts *a, const struct tape *tape, char **why)
{
	struct telling t = {
		.spins = a->spins,
		.follow = { .tape = tape, .exact = tape->n, .skip = SIZE_MAX,
			    .rest = FOLLOW_STRAIGHT },
	};
	const struct picker by = { .pick = pick, .did = did, .event = event,
				   .with = &t };
	struct header h;
	int rc;

	attempts_header(a, &h);
	t.report = report_new(&h);
	follow_begin(&t.follow);
	rc = attempt(a, &by, why);
	follow_end(&t.follow);
	if (rc == 0)
		return t.report;
	report_free(t.report);
	return NULL;
}

static const char *
name_of(const struct attempts *a, int actor)
{
	const char *name = driver_actor(a->driver, actor);

	return name ? name : "?";
}

static struct report_facts
facts_of(const struct attempts *a, size_t turning)
{
	const struct attempt *made = &a->last;
	bool leaks = made->verdict == VERDICT_LEAK;

	return (struct report_facts){
		.verdict = made->verdict, .turning = turning,
		.what = made->message ? made->message : "",
		.race = made->raced ? &made->race : NULL,
		.held = leaks ? made->held : NULL,
		.other = leaks && made->held ? name_of(a, made->held->other)
					     : NULL,
		.unwritten = made->verdict == VERDICT_LIVELOCK &&
			     !spins_come_back(a->spins),
		.left = leaks ? &made->end.left : NULL,
	};
}

/* Of the failing run, all but its picture.  */
static void
tell_rest(const struct attempts *a, const struct report *r,
	  const struct report_facts *facts, struct told *told)
{
	struct buf text = BUF_INIT;

	if (a->last.verdict != VERDICT_ACCEPT) {
		report_sentence(r, facts, &text);
		told->message = buf_take(&text);
	}
	report_rows(r, facts, &text);
	told->rows = buf_take(&text);
	told->at_end = sights_hold(a->config->at_end, report_world(r));
}

static char *
picture_of(const struct report *r, const struct report_facts *facts)
{
	struct buf text = BUF_INIT;

	report_picture(r, facts, WIDTH, &text);
	return text.len ? buf_take(&text) : xstrdup("");
}

/* The run that passes, and its picture; NULL with *why.  */
static struct report *
tell_passing(struct attempts *a, const struct tape *tape, struct told *told,
	     char **why)
{
	struct report *r = report_of(a, tape, why);
	struct report_facts facts = facts_of(a, 0);

	if (r)
		told->passing = picture_of(r, &facts);
	return r;
}

/* The run that fails: nothing is told of it where no run was possible.  */
static int
tell_failing(struct attempts *a, const struct shortened *s,
	     const struct report *passing, struct told *told, char **why)
{
	struct report *r = report_of(a, &s->tape, why);
	struct report_facts facts = facts_of(a, s->turning);

	if (!r)
		return -1;
	facts.passing = passing;
	tell_rest(a, r, &facts, told);
	told->picture = picture_of(r, &facts);
	report_free(r);
	return 0;
}

static void
add_place(const char *place, struct buf *out)
{
	if (place[0])
		buf_addf(out, _(" at %s"), place);
}

/* The second part of the sentence, and what the JSON says.  */
static void
tell_slept(struct attempts *a, const struct slept *s, struct told *told)
{
	struct role other = attempts_role(a, s->other);
	struct buf text = BUF_INIT, at = BUF_INIT, there = BUF_INIT;

	add_place(s->at, &at);
	add_place(s->waits_for, &there);
	told->sleeper = xstrdup(attempts_role(a, s->sleeper).text);
	told->slept_at = xstrdup(s->at);
	buf_addf(&text, _("%s; %s sleeps%s in place of waiting for what %s "
			  "does%s"),
		 told->message ? told->message : a->last.message,
		 told->sleeper, buf_str(&at), other.text, buf_str(&there));
	free(told->message);
	told->message = buf_take(&text);
	buf_addf(&text, "%s%s", other.text, buf_str(&there));
	told->sleep_for = buf_take(&text);
	buf_release(&at);
	buf_release(&there);
}

int
tell_failure(struct attempts *a, const struct shortened *s,
	     const struct slept *slept, struct told *told, char **why)
{
	struct report *passing = NULL;
	int rc = 0;

	*told = (struct told){ .turning_step = s->turning };
	if (s->passing.n &&
	    !(passing = tell_passing(a, &s->passing, told, why)))
		return -1;
	rc = tell_failing(a, s, passing, told, why);
	if (rc == 0 && slept && slept->sleeper >= 0 && a->last.message)
		tell_slept(a, slept, told);
	report_free(passing);
	return rc;
}
