/* See claim.h.  */
#include "config.h"

#include "explore/claim.h"

#include "base/i18n.h"
#include "explore/loops.h"
#include "tracer/namespace.h"

#include <math.h>
#include <string.h>
#include <sys/wait.h>

enum { WAYS_SHOWN = 5 };	/* of those in which runs ended */

double
claim_missed(int depth, int64_t n, int64_t k, uint64_t runs)
{
	double found;

	if (n < 1 || k < 1)
		return 1;
	found = 1 / ((double)n * pow((double)k, depth - 1));
	return pow(1 - found, (double)runs);
}

/* Rounds of a loop with an end of its own that was not made to it; 0.  */
static int
long_loop(const struct covered *c)
{
	int rounds = loops_longest(buf_str(&c->learned));

	return rounds > LOOP_ROUNDS_MAX ? rounds : 0;
}

/* Nothing that would make the search's claim untrue.  */
static bool
is_sound(const struct covered *c)
{
	return !c->cut && !c->races && !c->unsupported && !c->differs &&
	       c->unknown.len == 0 && !long_loop(c);
}

bool
claim_is_complete(const struct outcome *o)
{
	return o->covered->complete && is_sound(o->covered) &&
	       o->failure->verdict == VERDICT_ACCEPT;
}

static void
line(struct buf *out, const char *text)
{
	buf_adds(out, text);
	buf_addc(out, '\n');
}

/* ---- what was covered ---- */

static void
add_runs(struct buf *out, uint64_t runs)
{
	buf_addf(out, ngettext(" (%llu run)", " (%llu runs)",
			       (unsigned long)runs), (unsigned long long)runs);
}

static void
add_bound(struct buf *out, int bound)
{
	if (bound == 0)
		buf_adds(out, _(" without a preemption"));
	else
		buf_addf(out, ngettext(" with at most %d preemption",
				       " with at most %d preemptions",
				       (unsigned long)bound), bound);
}

static void
add_sampled(struct buf *out, const struct covered *c)
{
	buf_addf(out, ngettext("%llu run was sampled",
			       "%llu runs were sampled",
			       (unsigned long)c->sampled),
		 (unsigned long long)c->sampled);
	if (c->pct[2])
		buf_addf(out, _("; a failure that needs two steps in one "
				"order was missed with a probability of at "
				"most %.2g"),
			 claim_missed(2, c->actors, c->length, c->pct[2]));
	if (c->pct[3])
		buf_addf(out, c->pct[2]
			 ? _(", one that needs three with at most %.2g")
			 : _("; a failure that needs three steps in one order "
			     "was missed with a probability of at most %.2g"),
			 claim_missed(3, c->actors, c->length, c->pct[3]));
}

static void
add_covered(struct buf *out, const struct outcome *o)
{
	const struct covered *c = o->covered;

	if (c->complete || c->bound >= 0) {
		buf_adds(out, is_sound(c)
			 ? _("No failure in any interleaving of these points")
			 : _("No failure in the interleavings of these points "
			     "that could be told apart"));
		if (c->bound >= 0)
			add_bound(out, c->bound);
	} else {
		buf_adds(out, _("No failure in the runs that were made; there "
				"are more interleavings of these points"));
	}
	add_runs(out, c->runs);
	if (!c->complete && c->sampled) {
		buf_adds(out, _(". Of all others, "));
		add_sampled(out, c);
	}
	buf_adds(out, _(".\n"));
}

/* ---- what takes away from it ---- */

static void
add_doubts(struct buf *out, const struct outcome *o)
{
	const struct covered *c = o->covered;

	if (c->cut) {
		buf_addf(out, ngettext("%llu run was cut off",
				       "%llu runs were cut off",
				       (unsigned long)c->cut),
			 (unsigned long long)c->cut);
		if (c->cut_why)
			buf_addf(out, ": %s", c->cut_why);
		line(out, ".");
	}
	if (c->races && o->failure->verdict == VERDICT_ACCEPT)
		buf_addf(out, ngettext("%llu run had a data race: what a "
				       "compiler makes of it is not covered.\n",
				       "%llu runs had a data race: what a "
				       "compiler makes of it is not covered.\n",
				       (unsigned long)c->races),
			 (unsigned long long)c->races);
	if (long_loop(c))
		buf_addf(out, _("A loop has an end of its own, after %d "
				"rounds: it was not gone round so often where others "
				"could go.\n"), long_loop(c));
	if (c->unsupported)
		buf_addf(out, _("Not controlled: %s.\n"), c->unsupported);
	if (c->unknown.len)
		buf_addf(out, _("Not known to commute with anything: %s.\n"),
			 buf_str(&c->unknown));
}

static void
add_conditions(struct buf *out, const struct outcome *o)
{
	struct buf shared = BUF_INIT;

	if (!o->covered->runs)
		return;
	if (!o->covered->runtime)
		line(out, _("It was not built with `ipclab cc`: system calls "
			    "are points, accesses to memory are not."));
	else if (o->covered->plain.len)
		buf_addf(out, _("Not built with `ipclab cc`: %s. There "
				"system calls are points, accesses to memory "
				"are not.\n"), buf_str(&o->covered->plain));
	namespace_list((PARTS_ISOLATED | PART_BIT(PART_PIDS)) & ~o->parts,
		       &shared);
	if (shared.len)
		buf_addf(out, _("Shared with other programs on this machine: "
				"%s.\n"), buf_str(&shared));
	buf_release(&shared);
}

/* ---- how runs ended ---- */

static void
add_way(struct buf *out, const struct tally_row *row)
{
	buf_addf(out, ngettext("  %llu run: ", "  %llu runs: ",
			       (unsigned long)row->runs),
		 (unsigned long long)row->runs);
	if (WIFEXITED(row->status))
		buf_addf(out, _("exit status %d"), WEXITSTATUS(row->status));
	else
		buf_addf(out, _("ended by a signal (%s)"),
			 strsignal(WTERMSIG(row->status)));
	if (row->text[0])
		buf_addf(out, _(", it printed \"%s\""), row->text);
	buf_addc(out, '\n');
}

/* Where nobody has said what is right, the ways in which runs differ may be
 * what is wrong.  */
static void
add_ways(struct buf *out, const struct outcome *o)
{
	const struct tally *t = &o->covered->tally;
	enum verdict v = o->failure->verdict;

	if (t->n < 2 || (v != VERDICT_ACCEPT && v != VERDICT_RACE))
		return;
	line(out, _("Not all runs ended alike:"));
	for (size_t i = 0; i < t->n && i < WAYS_SHOWN; i++)
		add_way(out, &t->row[i]);
	if (t->n > WAYS_SHOWN || t->others)
		line(out, _("  ... and in other ways"));
	if (o->config->status < 0 && !o->config->output)
		line(out, _("With --status N or --output FILE, those that end "
			    "otherwise are failures."));
}

void
claim_write(struct buf *out, const struct outcome *o)
{
	const struct covered *c = o->covered;

	if (c->differs) {
		buf_addf(out, _("Not under control: the same choices gave two "
				"different runs; %s.\n"), c->differs);
	} else if (o->failure->verdict != VERDICT_ACCEPT) {
		buf_addf(out, _("Found in run %llu.\n"),
			 (unsigned long long)o->failure->first_run);
	} else if (c->runs == 0) {
		line(out, _("Nothing was run."));
	} else {
		add_covered(out, o);
	}
	if (!c->differs)
		add_ways(out, o);
	add_doubts(out, o);
	add_conditions(out, o);
}
