/* See hearing.h.  */
#include "config.h"

#include "author/hearing.h"
#include "base/i18n.h"
#include "base/processors.h"

#include <stdlib.h>
#include <string.h>

enum { JOBS_MAX = 64, FDS_MAX = 256, TICK_MS = 200 };

struct holding {
	struct hearing *h;
	size_t n, begun, done;
	const struct hearing_options *options;
	int jobs;
	struct judge *judge[JOBS_MAX];	/* NULL: the place is free */
	size_t of[JOBS_MAX];		/* which hearing */
};

static void
prepare(struct holding *all)
{
	all->jobs = all->options->jobs > 0 ? all->options->jobs :
		    processors_count();
	if (all->jobs > JOBS_MAX)
		all->jobs = JOBS_MAX;
}

/* ---- one of them ---- */
static void
take_result(struct hearing *h, const struct result *r)
{
	size_t i = 0;

	h->over = true;
	h->verdict = r->gradable ? r->verdict : GRADE_INTERNAL;
	for (size_t k = 0; k < r->n_checks; k++)
		h->runs += r->check[k].runs;
	if (r->build != GRADE_ACCEPT) {
		h->message = xstrdup(r->build_message ? r->build_message : "");
		return;
	}
	while (i < r->n_checks && r->check[i].verdict == GRADE_ACCEPT)
		i++;
	if (i == r->n_checks)
		return;
	h->check = xstrdup(r->check[i].id);
	h->message = r->check[i].message ? xstrdup(r->check[i].message) : NULL;
	h->bug = r->check[i].bug ? xstrdup(r->check[i].bug) : NULL;
}

static void
begin(struct holding *all, int place)
{
	struct hearing *h = &all->h[all->begun];
	const struct judge_options o = {
		.seed = h->seed, .jobs = 1, .first_failure = true,
		.sandboxed = all->options->sandboxed,
	};
	char *why = NULL;

	all->of[place] = all->begun++;
	all->judge[place] = judge_start(h->exercise, h->submission, &o, &why);
	if (all->judge[place])
		return;
	h->over = true;
	h->verdict = GRADE_INTERNAL;
	h->message = why;
	all->done++;
}

static void
end(struct holding *all, int place)
{
	take_result(&all->h[all->of[place]], judge_result(all->judge[place]));
	judge_end(all->judge[place]);
	all->judge[place] = NULL;
	all->done++;
}

/* ---- all of them ---- */
static void
wait_for_some(const struct holding *all)
{
	struct pollfd fds[FDS_MAX];
	int n = 0;

	for (int i = 0; i < all->jobs; i++)
		if (all->judge[i])
			n += judge_fds(all->judge[i], fds + n, FDS_MAX - n);
	poll(fds, (nfds_t)n, TICK_MS);
}

static void
advance(struct holding *all)
{
	for (int i = 0; i < all->jobs; i++) {
		processors_move(i);
		if (all->judge[i])
			judge_advance(all->judge[i]);
		if (all->judge[i] && judge_is_over(all->judge[i]))
			end(all, i);
		while (!all->judge[i] && all->begun < all->n)
			begin(all, i);
	}
	processors_move(-1);
}

static void
tell(const struct holding *all)
{
	struct judge_progress p;

	for (int i = 0; all->options->progress && i < all->jobs; i++) {
		if (!all->judge[i])
			continue;
		judge_progress(all->judge[i], &p);
		all->options->progress(&all->h[all->of[i]], (int64_t)p.runs,
				       all->done, all->n);
		return;
	}
}

int
hearings_hold(struct hearing *h, size_t n, const struct hearing_options *o)
{
	struct holding all = { .h = h, .n = n, .options = o };
	bool stopped = false;

	prepare(&all);
	advance(&all);
	while (all.done < n && !stopped) {
		tell(&all);
		wait_for_some(&all);
		advance(&all);
		stopped = o->stop && *o->stop;
	}
	for (int i = 0; i < all.jobs; i++)
		judge_end(all.judge[i]);
	return stopped ? -1 : 0;
}

void
hearing_release(struct hearing *h)
{
	free(h->check);
	free(h->message);
	free(h->bug);
	h->check = h->message = h->bug = NULL;
}
