/* The sentence of a failure.  */
#include "config.h"

#include "base/i18n.h"
#include "explore/report_inside.h"

#include <string.h>

/* ---- what an actor did, as words ---- */

static const struct {
	const char *call, *words;	/* with actor and object */
} deeds[] = {
	{ "load", N_("%s read %s") },
	{ "store", N_("%s wrote %s") },
	{ "rmw", N_("%s changed %s") },
	{ "read", N_("%s read from %s") },
	{ "write", N_("%s wrote to %s") },
	{ "open", N_("%s opened %s") },
	{ "close", N_("%s closed its end of %s") },
	{ "sem_wait", N_("%s took %s") },
	{ "sem_post", N_("%s gave %s back") },
	{ "kill", N_("%s sent %s") },
	{ "tgkill", N_("%s sent %s") },
	{ "sigqueue", N_("%s sent %s") },
	{ "pthread_mutex_lock", N_("%s locked %s") },
	{ "pthread_mutex_unlock", N_("%s unlocked %s") },
	{ "lock", N_("%s locked %s") },		/* of a file */
	{ "unlock", N_("%s unlocked %s") },
};

static void
write_place(const struct row *row, struct buf *out)
{
	if (row->source[0])
		buf_addf(out, _(" at %s"), row->source);
}

void
report_deed(const struct report *r, const struct row *row, struct buf *out)
{
	const char *deed = row->deed ? row->deed : row->call;
	const char *who = report_role(r, row->actor);

	if (strncmp(row->result, "= E", 3) == 0) {
		buf_addf(out, row->on[0] ? _("%s got %s from %s on %s")
					 : _("%s got %s from %s"), who,
			 row->result + strlen("= "), row->call, row->on);
		write_place(row, out);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(deeds) && row->on[0] &&
	     row->on[0] != '"' && !row->waits; i++)
		if (strcmp(deeds[i].call, deed) == 0) {
			/* A format out of the table above.  */
			const char *words = _(deeds[i].words);
			const char *object = strrchr(words, '%');
			const char *actor = strchr(words, '%');

			buf_add(out, words, actor - words);
			buf_adds(out, who);
			buf_add(out, actor + 2, object - actor - 2);
			buf_adds(out, row->on);
			buf_adds(out, object + 2);
			write_place(row, out);
			return;
		}
	if (row->what == WHAT_EXIT)
		buf_addf(out, _("%s ended"), who);
	else if (row->on[0] == '"')
		buf_addf(out, _("%s printed %s"), who, row->on);
	else if (row->waits)
		buf_addf(out, _("%s waited in %s"), who, row->call);
	else if (row->what == WHAT_SIGNAL)
		buf_addf(out, _("%s got %s"), who, row->call);
	else if (row->on[0])
		buf_addf(out, _("%s did %s on %s"), who, row->call, row->on);
	else
		buf_addf(out, _("%s did %s"), who, row->call);
	write_place(row, out);
}

/* ---- by verdict ---- */

static void
write_race(const struct report *r, const struct report_facts *f,
	   struct buf *out)
{
	const struct row *first = report_row(r, f->race->first.step + 1);
	const struct row *second = report_row(r, f->race->second.step + 1);

	if (!first || !second) {
		buf_adds(out, _("two actors access the same memory, and "
				"nothing orders them"));
		return;
	}
	report_deed(r, first, out);
	buf_adds(out, _(", "));
	report_deed(r, second, out);
	buf_adds(out, _(", and nothing orders the two"));
}

/* A lock that is lost.  */
static bool
write_held(const struct report *r, const struct report_facts *f,
	   struct buf *out)
{
	const struct row *row = f->held ? report_row(r, f->held->step) : NULL;
	struct buf place = BUF_INIT;
	int other = row ? world_actor(r->world, f->other) : -1;

	if (other < 0 || !row->on[0])
		return false;
	write_place(row, &place);
	buf_addf(out, _("%s ended with %s, which it took%s, and %s uses it "
			"too"), report_role(r, row->actor), row->on,
		 buf_str(&place), report_role(r, other));
	buf_release(&place);
	return true;
}

static const char *const sorts[] = {
	[DEADLOCK_CYCLE] = N_("a circle of waits"),
	[DEADLOCK_FORGOTTEN_CLOSE] = N_("a forgotten close"),
	[DEADLOCK_SELF] = N_("it waits for itself"),
	[DEADLOCK_LOST_WAKEUP] = N_("a lost wake-up"),
	[DEADLOCK_ORPHAN] = N_("nobody is left who could help"),
};

/* " (A in wait at x.c:16, A.1 in read at x.c:10)" */
static void
write_where(const struct report *r, struct buf *out)
{
	bool any = false;

	for (int a = 0; a < r->world->n_actors; a++) {
		const struct report_held *held = report_held(r, a);

		if (!held)
			continue;
		buf_addf(out, _("%s%s in %s"), any ? _(", ") : _(" ("),
			 report_role(r, a), held->row.call);
		write_place(&held->row, out);
		any = true;
	}
	if (any)
		buf_adds(out, _(")"));
}

/* "A waits at x.c:20 for what only comes from outside" */
static void
write_outside(const struct report *r, struct buf *out)
{
	const char *between = "";

	for (int a = 0; a < r->world->n_actors; a++) {
		const struct report_held *held = report_held(r, a);
		struct buf place = BUF_INIT;

		if (!held || !world_waits_outside(r->world, a))
			continue;
		write_place(&held->row, &place);
		buf_addf(out, _("%s%s waits%s for what only comes from "
				"outside"), between, report_role(r, a),
			 buf_str(&place));
		buf_release(&place);
		between = _(", ");
	}
}

static void
write_deadlock(const struct report *r, struct buf *out)
{
	enum deadlock sort = world_deadlock_sort(r->world);
	struct buf chain = BUF_INIT;

	if (sort == DEADLOCK_NONE) {
		buf_adds(out, _("nobody can go on"));
	} else if (sort == DEADLOCK_OUTSIDE) {
		write_outside(r, out);
	} else {
		world_deadlock(r->world, &chain);
		buf_addf(out, "%s%s%s", _(sorts[sort]), _(": "),
			 buf_str(&chain));
	}
	buf_release(&chain);
	write_where(r, out);
}

/* What an actor that goes round in a loop loaded last, NULL: it does something
 * else there.  */
static const char *
loaded_last(const struct report *r, int actor)
{
	for (size_t i = r->n_rows; i-- > 0;)
		if (r->row[i].actor == actor)
			return strcmp(r->row[i].call, "load") == 0 &&
			       r->row[i].on[0] ? r->row[i].on : NULL;
	return NULL;
}

/* "; A.1 waits for x->ready, which nobody writes any more" */
static void
write_livelock(const struct report *r, const struct report_facts *f,
	       struct buf *out)
{
	for (int a = 0; f->unwritten && a < r->world->n_actors; a++) {
		const char *on = report_held(r, a) ? loaded_last(r, a) : NULL;

		if (on)
			buf_addf(out, _("; %s waits for %s, which nobody writes "
					"any more"), report_role(r, a), on);
	}
	if (!f->unwritten && f->passing)
		buf_adds(out, _("; in another order they end"));
}

/* What decided it.  Those who go round would have to meet otherwise: no one step
 * is to blame.  */
static void
write_cause(const struct report *r, const struct report_facts *f,
	    struct buf *out)
{
	bool judged = f->verdict == VERDICT_CRASH ||
		      f->verdict == VERDICT_WRONG;
	struct buf order = BUF_INIT, cover = BUF_INIT;
	bool known = f->turning && f->turning <= r->n_steps &&
		     report_order(r, f->turning, f->passing, &order);

	if (!known && judged && report_cover(r, f->passing, &cover))
		buf_addf(out, "%s%s", _("; "), buf_str(&cover));
	else if (order.len)
		buf_addf(out, "%s%s", _("; "), buf_str(&order));
	buf_release(&order);
	buf_release(&cover);
}

void
report_sentence(const struct report *r, const struct report_facts *f,
		struct buf *out)
{
	if (f->verdict == VERDICT_RACE && f->race) {
		write_race(r, f, out);
		return;
	}
	if (f->verdict == VERDICT_DEADLOCK)
		write_deadlock(r, out);
	else if (!write_held(r, f, out))
		buf_adds(out, f->what);
	if (f->verdict == VERDICT_CRASH)
		report_crash(r, out);
	if (f->verdict == VERDICT_LIVELOCK)
		write_livelock(r, f, out);
	else
		write_cause(r, f, out);
}
