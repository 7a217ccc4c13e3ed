/* The sentence of a failure.  */
#include "config.h"

#include "base/i18n.h"
#include "explore/report_inside.h"
#include "schedule/dependency.h"

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
	{ "pthread_mutex_lock", N_("%s locked %s") },
	{ "pthread_mutex_unlock", N_("%s unlocked %s") },
};

static void
write_place(const struct row *row, struct buf *out)
{
	if (row->source[0])
		buf_addf(out, _(" at %s"), row->source);
}

static void
write_deed(const struct report *r, const struct row *row, struct buf *out)
{
	const char *who = report_role(r, row->actor);

	for (size_t i = 0; i < ARRAY_SIZE(deeds) && row->on[0] && !row->waits;
	     i++)
		if (strcmp(deeds[i].call, row->call) == 0) {
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

/* ---- of two that conflict, which came first ---- */

/* Both are about the same thing: what they touch first.  */
static bool
about_the_same(const struct operation *a, const struct operation *b)
{
	return a->n && b->n && a->touch[0].object == b->touch[0].object;
}

/* The first later step of another actor that what was done in this step
 * conflicts with, if there is one about the same thing; 0: none.  */
static uint64_t
conflict_behind(const struct report *r, uint64_t step)
{
	const struct step_made *s = &r->step[step - 1];
	uint64_t any = 0;

	for (uint64_t i = step + 1; i <= r->n_steps; i++) {
		const struct step_made *o = &r->step[i - 1];

		if (o->actor == s->actor ||
		    dependence(&s->op, &o->op) != DEPENDS)
			continue;
		if (about_the_same(&s->op, &o->op))
			return i;
		any = any ? any : i;
	}
	return any;
}

static bool
write_order(const struct report *r, uint64_t step, struct buf *out)
{
	uint64_t behind = step ? conflict_behind(r, step) : 0;
	const struct row *first = report_row(r, step);
	const struct row *then = behind ? report_row(r, behind) : NULL;

	if (!first)
		return false;
	write_deed(r, first, out);
	if (then) {
		buf_adds(out, _(" before "));
		write_deed(r, then, out);
	}
	return true;
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
	write_deed(r, first, out);
	buf_adds(out, ", ");
	write_deed(r, second, out);
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
	const char *between = " (";

	for (int a = 0; a < r->world->n_actors; a++) {
		const struct report_held *held = report_held(r, a);

		if (!held)
			continue;
		buf_addf(out, _("%s%s in %s"), between, report_role(r, a),
			 held->row.call);
		write_place(&held->row, out);
		between = ", ";
	}
	if (between[0] == ',')
		buf_adds(out, ")");
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
		between = ", ";
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
		buf_addf(out, "%s: %s", _(sorts[sort]), buf_str(&chain));
	}
	buf_release(&chain);
	write_where(r, out);
}

void
report_sentence(const struct report *r, const struct report_facts *f,
		struct buf *out)
{
	struct buf order = BUF_INIT;

	if (f->verdict == VERDICT_RACE && f->race) {
		write_race(r, f, out);
		return;
	}
	if (f->verdict == VERDICT_DEADLOCK)
		write_deadlock(r, out);
	else if (!write_held(r, f, out))
		buf_adds(out, f->what);
	if (f->turning && f->turning <= r->n_steps &&
	    write_order(r, f->turning, &order))
		buf_addf(out, "; %s", buf_str(&order));
	buf_release(&order);
}
