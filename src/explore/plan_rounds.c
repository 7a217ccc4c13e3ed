/* What the rounds of a plan are made of: plan_inside.h.  */
#include "config.h"

#include "explore/plan_inside.h"

enum {
	TWICE_RUNS = 8,		/* until two alike in a row, at most */
	PEEK = 1,		/* run of the search before anything else */
	TINIEST = 3,		/* runs: a search that looks so is done first */
	TINY = 6,		/* ... soon, in pieces: */
	TINY_SLICE = 2,
	FIRST_SLICE = 16,	/* ... after the first samples */
	SAMPLES = 4,		/* runs of each kind in the first round */
	SAMPLES_MAX = 64,
	SLICE = 16,		/* of the search in the first round */
	SLICE_MAX = 512,
	NEAR = 1000,		/* runs: a search that has no more will end */
};

/* The hunt: a search that is bounded, so that it ends, and that nothing is
 * claimed of.  It finds what needs few preemptions in exact places, which
 * samples seldom meet.  */
#define HUNT "preemption"
enum { HUNT_BOUND = 2 };

/* Where faults are asked for, they are tried first, one kind after the other. */
#define FAULTS "faults"
enum { EARLY_FAULTS = 8 };

/* Rounds of the portfolio.  */
enum { STAGE_FIRST, STAGE_PEEK, STAGE_TINIEST, STAGE_EARLY, STAGE_TINY,
       STAGE_SAMPLES, STAGE_TWICE, STAGE_LATE };

/* The first samples, in order: what finds most in fewest runs.  */
struct sample {
	const char *strategy;
	int depth;
	uint64_t runs;
};
static const struct sample early[] = {
	{ "march", 0, 1 }, { "places", 0, 6 },
}, behind[] = {
	{ "dpor", -1, 4 }, { "turns", -1, 3 }, { "places", -1, 6 },
	{ "pct", 3, 6 }, { "places", 6, 6 }, { "march", -1, 2 },
	{ "pos", -1, 3 }, { "pct", 2, 2 },
};

static uint64_t
growing(int round, uint64_t first, uint64_t most)
{
	uint64_t n = first;

	while (round-- > 0 && n < most)
		n *= 2;
	return n < most ? n : most;
}

static void
add_samples(struct plan *p, uint64_t n)
{
	static const char *const names[] = { "places", "pos", "turns",
					     "random" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		plan_add(p, ORDER_SEARCH, names[i], -1, n);
	for (int d = 2; d <= 3; d++)
		plan_add(p, ORDER_SEARCH, "pct", d, n);
	if (p->config.faults > 0)
		plan_add(p, ORDER_SEARCH, FAULTS, -1, n);
}

void
plan_add_part(struct plan *p, const char *name, int depth, uint64_t runs,
	      bool *on)
{
	int before = p->n_items;

	plan_add(p, ORDER_SEARCH, name, depth, runs);
	if (p->n_items == before)
		return;
	p->item[before].order.on = *on;
	*on = true;
}

static void
add_slice(struct plan *p, uint64_t n)
{
	plan_add_part(p, "dpor", p->level, n, &p->begun);
}

static void
add_hunt(struct plan *p, uint64_t n)
{
	int before = p->n_items;

	if (p->hunted || p->config.bound >= 0)
		return;
	plan_add_part(p, HUNT, HUNT_BOUND, n, &p->hunting);
	if (p->n_items > before)
		p->item[before].hunts = true;
}

/* Is it the same program twice?  That is asked late: it is no way to find a
 * failure, and a failure that was found is made again anyway.  Where the
 * search has just ended, its last run is made again.  */
void
plan_add_twice(struct plan *p)
{
	int at = p->n_items;
	bool on = p->done && p->stage <= STAGE_SAMPLES;

	if (plan_runs_left(p) < (on ? 1 : 2))
		return;
	plan_add(p, ORDER_TWICE, "", -1, TWICE_RUNS);
	if (p->n_items == at)
		return;
	p->item[at].order.on = on;
	p->twice = true;
}

static void
first_round(struct plan *p)
{
	plan_add(p, ORDER_FIRST, "", -1, 1);
}

static void
peek_round(struct plan *p)
{
	add_slice(p, PEEK);
}

/* What a search that has just begun estimates is seldom right, and less than
 * there is: so its first runs come one by one, and the next in pieces.  */
static void
tiniest_round(struct plan *p)
{
	double runs = p->covered.estimate;

	if (runs > 0 && runs <= (p->spent <= PEEK ? TINIEST : TINY) &&
	    p->spent < TINY) {
		add_slice(p, 1);
		p->stage--;		/* and again */
	}
}

static void
tiny_round(struct plan *p)
{
	double runs = p->covered.estimate;

	if (runs > 0 && runs <= TINY && p->spent < TINY) {
		add_slice(p, TINY_SLICE);
		p->stage--;
	}
}

static void
early_round(struct plan *p)
{
	if (p->config.faults > 0)
		plan_add(p, ORDER_SEARCH, FAULTS, 0, EARLY_FAULTS);
	for (size_t i = 0; i < ARRAY_SIZE(early); i++)
		plan_add(p, ORDER_SEARCH, early[i].strategy, early[i].depth,
			 early[i].runs);
}

static void
sample_round(struct plan *p)
{
	for (size_t i = 0; i < ARRAY_SIZE(behind); i++)
		if (plan_is_dice(behind[i].strategy))
			plan_add(p, ORDER_SEARCH, behind[i].strategy,
				 behind[i].depth, behind[i].runs);
		else
			add_slice(p, behind[i].runs);
}

static void
twice_round(struct plan *p)
{
	plan_add_twice(p);
	add_slice(p, FIRST_SLICE);
	add_hunt(p, FIRST_SLICE);
}

/* Does the search look as if it ended soon?  */
static bool
is_near(const struct plan *p)
{
	return p->covered.estimate > 0 && p->covered.estimate <= NEAR;
}

/* Samples find most failures soon; but where the search will end anyway, it
 * is what leaves nothing out.  */
static void
late_round(struct plan *p)
{
	bool near = is_near(p);
	int i = p->late++;

	add_samples(p, growing(near ? i / 2 : i, SAMPLES, SAMPLES_MAX));
	if (!near)
		add_hunt(p, growing(i, SLICE, SAMPLES_MAX));
	add_slice(p, growing(near ? i + 1 : i, SLICE, SLICE_MAX));
}

/* The first rounds are there once; the last one again and again.  */
void
plan_portfolio_round(struct plan *p)
{
	static void (*const rounds[])(struct plan *p) = {
		[STAGE_FIRST] = first_round,
		[STAGE_PEEK] = peek_round,
		[STAGE_TINIEST] = tiniest_round,
		[STAGE_EARLY] = early_round,
		[STAGE_TINY] = tiny_round,
		[STAGE_SAMPLES] = sample_round,
		[STAGE_TWICE] = twice_round,
		[STAGE_LATE] = late_round,
	};

	do {
		rounds[p->stage](p);
		p->stage += p->stage < STAGE_LATE;
	} while (p->n_items == 0 && plan_runs_left(p) > 0);
}
