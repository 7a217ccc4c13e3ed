/* See plan.h.  */
#include "config.h"

#include "explore/plan_inside.h"

#include "explore/loops.h"
#include "schedule/strategy.h"

#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	HOPELESS_ROUNDS = 2,
	GIVE_UP_AFTER = 400,	/* runs of a search before its estimate says
				   that it is beyond the budget */
	ALONE_SLICE = 250,	/* of a strategy that was named */
	RACE_PATIENCE = 300,	/* runs behind the first data race, for one
				   that ends badly */
};

/* ---- what kinds of strategies there are ---- */

bool
plan_is_dice(const char *strategy)
{
	const struct strategy_kind *kind = strategy_find(strategy);

	return kind && kind->samples;
}

static bool
is_search(const struct order *o)
{
	return o->kind == ORDER_SEARCH && !plan_is_dice(o->strategy);
}

bool
order_is_of_one(const struct order *o)
{
	return is_search(o) || (o->kind == ORDER_TWICE && o->on);
}

/* ---- orders ---- */

/* Each item throws dice of its own.  */
static int64_t
item_seed(const struct plan *p, int64_t item)
{
	uint64_t x = p->config.seed + (uint64_t)(item + 1) *
				      UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return (int64_t)((x ^ x >> 31) & INT64_MAX);
}

uint64_t
plan_runs_left(const struct plan *p)
{
	uint64_t spent = p->covered.runs;

	for (int i = 0; i < p->n_items; i++)
		spent += (uint64_t)p->item[i].order.runs;
	return spent < p->config.runs ? p->config.runs - spent : 0;
}

void
plan_add(struct plan *p, enum order_kind kind, const char *strategy, int depth,
	 uint64_t runs)
{
	struct order *o = &p->item[p->n_items].order;
	uint64_t left = plan_runs_left(p);

	if (p->n_items >= ITEMS_MAX || left == 0)
		return;
	*o = (struct order){
		.kind = kind, .item = p->next, .strategy = (char *)strategy,
		.seed = item_seed(p, p->next), .depth = depth,
		.length = p->covered.length, .faults = p->config.faults,
		.runs = (int64_t)(runs < left ? runs : left),
		.learned = (char *)buf_str(&p->covered.learned),
		.tape = (char *)(kind == ORDER_FOLLOW ? p->config.follow : ""),
	};
	p->item[p->n_items].hunts = false;
	p->n_items++;
	p->next++;
}

/* ---- one strategy that was named ---- */

static void
named_round(struct plan *p)
{
	const char *name = p->config.strategy;
	int depth = p->config.bound;

	if (strcmp(name, "pct") == 0 && depth < 1)
		depth = 3;
	if (!plan_is_dice(name)) {
		plan_add_part(p, name, depth, ALONE_SLICE, &p->begun);
		return;
	}
	/* More of them, for more processors.  */
	while (p->n_items < ITEMS_MAX && plan_runs_left(p) > 0)
		plan_add(p, ORDER_SEARCH, name, depth, ALONE_SLICE);
}

static void
begin_round(struct plan *p)
{
	int first = p->config.follow ? 1 : 0;

	p->n_items = p->n_given = p->n_folded = 0;
	if (p->round < first)
		plan_add(p, ORDER_FOLLOW, "", -1, 1);
	else if (p->done || (p->round == first && p->config.strategy))
		plan_add_twice(p);
	else if (p->config.strategy)
		named_round(p);
	else
		plan_portfolio_round(p);
	p->round++;
}

/* Rounds that the budget has no room for are left out.  */
static void
begin_rounds(struct plan *p)
{
	const struct covered *c = &p->covered;

	/* Where no run at all comes to its end, more of them tell nothing. */
	p->over |= (p->done && p->twice) || c->runs >= p->config.runs ||
		   c->differs ||
		   (c->race && c->runs >= c->race_run + RACE_PATIENCE) ||
		   (p->round >= HOPELESS_ROUNDS + !!p->config.follow &&
		    c->cut == c->runs);
	while (!p->over && (p->n_items == 0 || p->n_folded == p->n_items)) {
		begin_round(p);
		/* The budget has no room for a second run that is alike. */
		p->over = p->done && p->n_items == 0;
	}
	if ((p->over && !p->twice) || c->differs)
		p->covered.complete = false;
}

/* ---- folding ---- */

static void
keep_first(char **text, const char *said)
{
	if (!*text && said[0])
		*text = xstrdup(said);
}

static struct item *
first_unfolded(struct plan *p, const struct answer *a)
{
	struct item *i = &p->item[p->n_folded];

	if (p->n_folded >= p->n_given || a->item != i->order.item ||
	    a->runs < 0 || a->runs > i->order.runs)
		return NULL;
	return i;
}

static void
count_runs(struct plan *p, const struct item *i, uint64_t runs)
{
	const struct order *o = &i->order;
	struct covered *c = &p->covered;

	c->runs += runs;
	if (is_search(o) && !i->hunts) {
		c->searched += runs;
		p->spent += runs;
		return;
	}
	c->sampled += runs;
	if (strcmp(o->strategy, "pct") == 0 && o->depth >= 1 && o->depth <= 3)
		c->pct[o->depth] += runs;
}

/* The search saw fewer points than there are: what it covered is nothing.  */
static void
begin_anew(struct plan *p)
{
	struct covered *c = &p->covered;

	p->begun = p->done = p->hunting = p->hunted = false;
	p->spent = 0;
	p->level = p->config.bound >= 0 ? 0 : p->level;
	c->complete = false;
	c->bound = -1;
	c->estimate = 0;
	c->sampled = 0;
	memset(c->pct, 0, sizeof(c->pct));
}

/* The strategies that deepen by themselves have one level; dpor has a bound
 * for each.  */
static void
next_level(struct plan *p, const struct answer *a)
{
	struct covered *c = &p->covered;
	bool all = !a->bounded;
	int bound = p->config.bound;

	if (p->config.strategy) {
		c->complete = bound < 0 ? all : true;
		c->bound = all ? -1 : bound;
		p->done = true;
		return;
	}
	if (p->level >= 0)
		c->bound = all ? -1 : p->level;
	if (all || (bound >= 0 && p->level >= bound)) {
		c->complete = true;
		p->done = true;
		return;
	}
	p->level++;
	p->spent = 0;
	p->begun = false;
	c->estimate = 0;
}

/* Is there no hope to see the end of it?  Then it is bounded.  */
static void
judge_search(struct plan *p)
{
	struct covered *c = &p->covered;
	double left = (double)p->config.runs - (double)c->runs;

	if (p->config.strategy || p->level >= 0 || p->spent < GIVE_UP_AFTER ||
	    (c->estimate > 0 && c->estimate - (double)p->spent < 2 * left))
		return;
	p->level = 0;
	p->spent = 0;
	p->begun = false;
	c->estimate = 0;
}

static void
fold_search(struct plan *p, const struct answer *a)
{
	p->covered.estimate = (double)a->estimate;
	if (a->complete && !a->taught)
		next_level(p, a);
	else
		judge_search(p);
}

/* True if runs are others from now on.  */
static bool
learn(struct buf *words, const char *more)
{
	bool matters = false;
	char word[64];

	for (size_t n; *more; more += n, more += *more == ' ') {
		n = strcspn(more, " ");
		snprintf(word, sizeof(word), "%.*s", (int)n, more);
		matters |= words_unite(words, word) &&
			   loops_word_matters(word, n);
	}
	return matters;
}

/* The orders of a round have borrowed what was known before it; it grows when
 * all are back.  */
static void
end_round(struct plan *p)
{
	if (learn(&p->covered.learned, buf_str(&p->learned)))
		begin_anew(p);
	buf_clear(&p->learned);
	begin_rounds(p);
}

static void
fold_sums(struct covered *c, const struct answer *a)
{
	keep_first(&c->cut_why, a->cut_why);
	keep_first(&c->unsupported, a->unsupported);
	keep_first(&c->differs, a->text);
	keep_first(&c->busy_wait, a->busy_wait);
	c->cut += (uint64_t)a->cut;
	c->races += (uint64_t)a->races;
	if (a->length > c->length)
		c->length = a->length;
	if (a->actors > c->actors)
		c->actors = a->actors;
	c->runtime |= a->runtime;
	c->seen |= (uint64_t)a->seen;
	c->followed += a->followed;
	c->passed_over += a->passed_over;
	words_unite(&c->unknown, a->unknown);
	words_unite(&c->plain, a->plain);
}

static void
free_race(struct covered *c)
{
	free(c->race);
	free(c->race_learned);
	free(c->race_verdict);
	free(c->race_failure);
}

static void
fold_race(struct covered *c, const struct answer *a)
{
	if (!a->race || !a->race[0] ||
	    !race_comes_before(a->race_verdict, c->race_verdict))
		return;
	free_race(c);
	c->race = xstrdup(a->race);
	c->race_learned = xstrdup(a->race_learned);
	c->race_verdict = xstrdup(a->race_verdict);
	c->race_failure = xstrdup(a->race_failure);
	c->race_run = c->runs + (uint64_t)a->race_run;
}

int
plan_fold(struct plan *p, const struct answer *a, char **why)
{
	struct item *i = first_unfolded(p, a);

	if (!i || !counts_add(p->covered.points, a->points) ||
	    !tally_unite(&p->covered.tally, a->tally))
		return fail(why, _("an answer of a process that makes the runs "
				   "makes no sense"));
	fold_race(&p->covered, a);
	count_runs(p, i, (uint64_t)a->runs);
	fold_sums(&p->covered, a);
	words_unite(&p->learned, a->learned);
	if (i->hunts)
		p->hunted |= a->complete;
	else if (is_search(&i->order))
		fold_search(p, a);
	p->n_folded++;
	if (p->n_folded == p->n_items)
		end_round(p);
	return 0;
}

uint64_t
plan_fold_failure(struct plan *p, const struct answer *a)
{
	struct item *i = first_unfolded(p, a);

	if (i)
		count_runs(p, i, (uint64_t)a->runs);
	keep_first(&p->covered.busy_wait, a->busy_wait);
	p->covered.runtime |= a->runtime;
	p->covered.seen |= (uint64_t)a->seen;
	p->covered.followed += a->followed;
	p->covered.passed_over += a->passed_over;
	p->over = true;
	return p->covered.runs;
}

/* ---- outside ---- */

struct plan *
plan_new(const struct plan_config *c)
{
	struct plan *p = xcalloc(1, sizeof(*p));

	p->config = *c;
	if (!p->config.runs)
		p->config.runs = BUDGET_RUNS;
	p->level = !c->strategy && c->bound >= 0 ? 0 : c->bound;
	p->covered.bound = -1;
	if (c->learned)
		buf_adds(&p->covered.learned, c->learned);
	p->config.learned = NULL;
	begin_rounds(p);
	return p;
}

void
plan_free(struct plan *p)
{
	struct covered *c = &p->covered;

	free_race(c);
	free(c->busy_wait);
	free(c->cut_why);
	free(c->unsupported);
	free(c->differs);
	buf_release(&c->unknown);
	buf_release(&c->plain);
	buf_release(&c->learned);
	buf_release(&p->learned);
	free(p);
}

bool
plan_next(struct plan *p, struct order *o)
{
	if (p->over || p->n_given == p->n_items)
		return false;
	*o = p->item[p->n_given++].order;
	return true;
}

bool
plan_is_over(const struct plan *p)
{
	return p->over;
}

const struct covered *
plan_covered(const struct plan *p)
{
	return &p->covered;
}
