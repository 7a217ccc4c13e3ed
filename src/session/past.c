/*
 * The world at any event of the known run: the nearest checkpoint before it,
 * and the events since folded into a copy.  Rules and `until` look at each
 * event as it goes by.
 */
#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "session/inside.h"

int
session_known(const struct session *s)
{
	return s->by_event ? (int)log_count(s->log) : (int)s->n_ends - 1;
}

uint64_t
past_end(const struct session *s, int step)
{
	return s->by_event ? (uint64_t)step : s->step_end[step];
}

void
past_add_end(struct session *s, uint64_t n)
{
	s->step_end = xgrow(s->step_end, &s->room_ends, s->n_ends + 1,
			    sizeof(*s->step_end));
	s->step_end[s->n_ends++] = n;
}

/* ---- rules ---- */

static void
rule_take(struct rule *to, const struct rule *from)
{
	to->decided = from->decided;
	to->holds = from->holds;
	to->decided_n = from->decided_n;
}

/* The rules as they stand at the event that is shown.  What decided one
 * later than that has not happened yet.  */
static void
rules_show(struct session *s)
{
	for (int i = 0; i < s->n_rules; i++) {
		const struct rule *known = &s->rules_known[i];
		bool later = known->decided && known->decided_n > s->shown_n;

		rule_take(&s->rules[i], later ? &s->rules_new[i] : known);
	}
}

static void
rules_feed(struct session *s)
{
	if (s->n_rules == 0 || s->rules_n + 1 != s->shown_n)
		return;
	s->rules_n++;
	for (int i = 0; i < s->n_rules; i++) {
		rule_feed(&s->rules_known[i], s->world);
		if (s->world->ended)
			rule_end(&s->rules_known[i], s->world);
	}
}

static void
rules_truncate(struct session *s, uint64_t n)
{
	if (s->rules_n > n)
		s->rules_n = n;
	for (int i = 0; i < s->n_rules; i++) {
		struct rule *known = &s->rules_known[i];

		if (known->decided && known->decided_n > n)
			rule_take(known, &s->rules_new[i]);
	}
}

void
session_watch(struct session *s, struct rule *rules, int n)
{
	uint64_t at = s->shown_n;

	free(s->rules_new);
	free(s->rules_known);
	s->rules = rules;
	s->n_rules = n;
	s->rules_n = 0;
	s->rules_new = xcalloc(n + 1, sizeof(*rules));
	s->rules_known = xcalloc(n + 1, sizeof(*rules));
	for (int i = 0; i < n; i++)
		s->rules_new[i] = s->rules_known[i] = rules[i];
	if (at == 0)
		return;
	past_show(s, 0);
	past_show(s, at);
}

/* ---- folding ---- */

void
past_apply(struct session *s, const struct event *e)
{
	world_apply(s->world, e);
	s->shown_n++;
	rules_feed(s);
	if (s->until && !s->until_hit &&
	    condition_eval(s->until, s->world) == IS_TRUE)
		s->until_hit = true;
	checkpoints_offer(s->checkpoints, s->world, s->shown_n);
}

static void
fold_one(struct session *s)
{
	char *why = NULL;
	const struct event *e = log_at(s->log, s->shown_n + 1, &why);

	if (e) {
		past_apply(s, e);
		return;
	}
	session_trouble_set(s, "%s", why);
	free(why);
	s->shown_n++;
}

/* In a recording the search ends with the step of the event that was looked
 * for.  */
static void
stop_at_hit(struct session *s)
{
	size_t step = 0;

	if (!s->until_hit)
		return;
	if (s->by_event) {
		s->show_n = s->shown_n;
	} else {
		while (step < s->n_ends && s->step_end[step] < s->shown_n)
			step++;
		if (step < s->n_ends)
			s->show_n = s->step_end[step];
	}
	s->step = s->by_event ? (int)s->show_n : (int)step;
	condition_free(s->until);
	s->until = NULL;
}

static void
fold_up_to(struct session *s, uint64_t n)
{
	bool recording = s->state == SESSION_RECORDING;

	while (s->shown_n < n) {
		fold_one(s);
		if (recording && s->until && s->until_hit) {
			stop_at_hit(s);
			if (s->show_n < n)
				n = s->show_n;
		}
	}
}

static void
wake(struct session *s, bool on)
{
	uint64_t count = 1;
	ssize_t done;

	if (s->wakes < 0)
		return;
	if (on)
		done = write(s->wakes, &count, sizeof(count));
	else
		done = read(s->wakes, &count, sizeof(count));
	(void)done;	/* EAGAIN: it is so already */
}

/* One slice; true when the world changed.  */
bool
past_pump(struct session *s)
{
	uint64_t from = s->shown_n, to = s->show_n;

	if (from >= to)
		return false;
	if (s->state == SESSION_RECORDING && to - from > FOLD_SLICE)
		to = from + FOLD_SLICE;
	fold_up_to(s, to);
	rules_show(s);
	wake(s, s->shown_n < s->show_n);
	return true;
}

static void
show_from(struct session *s, uint64_t base)
{
	world_free(s->world);
	s->world = base ? checkpoints_take(s->checkpoints, base)
			: world_new(log_header(s->log));
	s->shown_n = base;
}

void
past_show(struct session *s, uint64_t n)
{
	uint64_t base = checkpoints_before(s->checkpoints, n);

	/* What is between must be seen by the rules, once, and by the one
	 * who looks for something. */
	if (s->n_rules && base > s->rules_n)
		base = 0;
	if (n < s->shown_n || (base > s->shown_n && !s->until))
		show_from(s, base);
	s->show_n = n;
	past_pump(s);
	rules_show(s);
}

void
past_reset(struct session *s)
{
	log_truncate(s->log, 0);
	checkpoints_truncate(s->checkpoints, 0);
	rules_truncate(s, 0);
	pids_clear(&s->known_pids);
	s->n_ends = 0;
	s->step = 0;
	s->show_n = 0;
	show_from(s, 0);
	rules_show(s);
}

void
past_truncate(struct session *s, uint64_t n)
{
	if (n >= log_count(s->log))
		return;
	log_truncate(s->log, n);
	checkpoints_truncate(s->checkpoints, n);
	rules_truncate(s, n);
	while (s->n_ends > 0 && s->step_end[s->n_ends - 1] > n)
		s->n_ends--;
	if (s->shown_n > n)
		past_show(s, n);
	else
		rules_show(s);
	if (s->show_n > n)
		s->show_n = n;
}

/* ---- recordings ---- */

/* Where the steps of a recording end.  A run that was not driven has no
 * steps: there each event is one.  */
void
past_find_ends(struct session *s)
{
	uint64_t n = log_count(s->log);

	s->by_event = !log_header(s->log)->driven;
	if (s->by_event)
		return;
	for (uint64_t i = 1; i <= n; i++) {
		enum what what = log_what(s->log, i);

		if (what == WHAT_HELD || what == WHAT_END)
			past_add_end(s, i);
	}
	/* The recording may end in the middle of a step. */
	if (s->n_ends == 0 || s->step_end[s->n_ends - 1] < n)
		past_add_end(s, n);
}
