/*
 * Claims, run for real.
 *
 * The run goes on step by step under the claim's schedule.  When until: has
 * become true the step is ended and then: is looked at; with finally: the
 * run goes on to its end.  never: and always: hold over all that was run.
 * With explore: there is a search instead of the one run.
 */
#include "config.h"

#include "lesson/claim.h"

#include "base/i18n.h"
#include "lesson/experiment.h"
#include "lesson/search.h"
#include "session/plan.h"

#include <stdlib.h>
#include <string.h>

enum {
	STEPS_MAX = 50000,	/* a run that is longer has no end */
	STEP_MS = 60000,	/* so has a step that takes longer */
};

struct claim_run {
	const struct claim *claim;
	struct claim_result result;
	struct setup setup;
	struct ground ground;
	struct session *session;	/* NULL: it could not be started, or */
	struct search *search;		/* ... there is a search */
	struct plan plan;
	size_t n_rules;
	struct rule *rule;
	const struct item **item;	/* of each rule */
	struct buf saw;
	bool past_until;		/* goes on to the end, for finally: */
	bool broke;			/* result says why */
	bool over;
};

void
claim_result_release(struct claim_result *r)
{
	free(r->saw);
	r->saw = NULL;
}

static void
override(struct item *to, const struct item *with)
{
	if (with->text)
		*to = *with;
}

static void
add_files(struct items *to, const struct items *from)
{
	for (size_t i = 0; i < from->n; i++)
		items_add(to, from->item[i].text, strlen(from->item[i].text),
			  from->item[i].line, from->item[i].file);
}

void
claim_setup(const struct lesson *l, const struct claim *c, struct setup *out)
{
	const struct experiment *e = NULL;

	if (c->experiment.text)
		e = lesson_experiment(l, c->experiment.text);
	*out = e ? e->setup : (struct setup){ .program = { NULL, 0, NULL } };
	out->files = (struct items){ 0, 0, NULL };
	if (e)
		add_files(&out->files, &e->setup.files);
	add_files(&out->files, &c->setup.files);
	override(&out->program, &c->setup.program);
	override(&out->command, &c->setup.command);
	override(&out->cast, &c->setup.cast);
	override(&out->hide, &c->setup.hide);
	override(&out->needs, &c->setup.needs);
}

/* A sentence is one line, whatever the program printed.  */
static char *
one_line(const struct buf *text)
{
	struct buf line = BUF_INIT;

	buf_add_line(&line, buf_str(text), text->len);
	return line.data ? buf_take(&line) : xstrdup("");
}

/* What was seen instead, and the line that it belongs to.  */
static void
broke(struct claim_run *r, const struct item *it, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

static void
broke(struct claim_run *r, const struct item *it, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	if (r->broke)
		return;
	r->broke = true;
	r->result.outcome = CLAIM_FAILS;
	if (it && it->line) {
		r->result.file = it->file;
		r->result.line = it->line;
	}
	free(r->result.saw);
	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	r->result.saw = one_line(&text);
	buf_release(&text);
}

static void
add_rule(struct claim_run *r, enum modality modality, const struct item *it)
{
	struct condition *c;
	char *why = NULL;

	if (!it->text)
		return;
	c = condition_parse(it->text, &why);
	if (!c) {
		broke(r, it, "%s", why);
		free(why);
		return;
	}
	r->rule = xrealloc(r->rule, (r->n_rules + 1) * sizeof(*r->rule));
	r->item = xrealloc(r->item, (r->n_rules + 1) * sizeof(*r->item));
	r->rule[r->n_rules] = (struct rule){ .modality = modality,
					     .condition = c };
	r->item[r->n_rules++] = it;
}

static void
add_rules(struct claim_run *r)
{
	const struct claim *c = r->claim;
	const struct {
		enum modality modality;
		const struct items *items;
	} lists[] = {
		{ NEVER, &c->right.never }, { ALWAYS, &c->right.always },
		{ FINALLY, &c->right.finally },
	};

	/* until: comes first, see until_reached().  */
	add_rule(r, UNTIL, &c->until);
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		for (size_t j = 0; j < lists[i].items->n; j++)
			add_rule(r, lists[i].modality,
				 &lists[i].items->item[j]);
}

static bool
until_reached(const struct claim_run *r)
{
	return r->claim->until.text && r->rule[0].decided &&
	       r->rule[0].holds;
}

/* A rule that is broken needs no more steps.  */
static bool
rule_broken(const struct claim_run *r)
{
	for (size_t i = 0; i < r->n_rules; i++)
		if (r->rule[i].decided && !r->rule[i].holds)
			return true;
	return false;
}

static void
explain_now(struct claim_run *r, const struct condition *c, struct buf *out)
{
	condition_explain(c, session_world(r->session), out);
}

/* The world after event n, to say what was there.  */
static void
explain_at(struct claim_run *r, const struct condition *c, uint64_t n,
	   struct buf *out)
{
	struct log *log = session_log(r->session);
	struct world *w = world_new(log_header(log));

	for (uint64_t i = 1; i <= n && i <= log_count(log); i++) {
		const struct event *e = log_at(log, i, NULL);

		if (e)
			world_apply(w, e);
	}
	condition_explain(c, w, out);
	world_free(w);
}

/* Why the run stands still although somebody lives.  */
static void
stands_still(struct claim_run *r, const char *why)
{
	const struct item *it = &r->claim->until;
	struct buf seen = BUF_INIT;

	if (it->text) {
		explain_now(r, r->rule[0].condition, &seen);
		broke(r, it, _("it never came so far; at the standstill %s "
			       "(%s)"), buf_str(&seen), why);
	} else {
		broke(r, NULL, _("the run does not end: %s"), why);
	}
	buf_release(&seen);
}

/* One step.  False: there is none to make any more.  */
static bool
make_step(struct claim_run *r)
{
	char *why = NULL;

	if (session_step(r->session) >= STEPS_MAX) {
		broke(r, NULL, _("after %d steps the run has not come to its "
				 "end"), STEPS_MAX);
		return false;
	}
	if (plan_choose(&r->plan, r->session, &why) < 0) {
		if (plan_listed(&r->plan))
			broke(r, &r->claim->schedule, _("choice %d of the "
			      "schedule cannot be made: %s"),
			      plan_listed(&r->plan), why);
		stands_still(r, why);
		free(why);
		return false;
	}
	return true;
}

/* What made the run stop here comes first of what was seen.  */
static void
see_until(struct claim_run *r)
{
	struct buf seen = BUF_INIT;

	if (!r->claim->until.text)
		return;
	explain_at(r, r->rule[0].condition, r->rule[0].decided_n, &seen);
	buf_add_part(&r->saw, 0, buf_str(&seen));
	buf_release(&seen);
}

/* The conditions at this instant; what was seen goes to saw.  */
static void
check_then(struct claim_run *r)
{
	struct buf *saw = &r->saw;
	const struct items *then = &r->claim->then;

	for (size_t i = 0; i < then->n && !r->broke; i++) {
		const struct item *it = &then->item[i];
		struct buf seen = BUF_INIT;
		struct condition *c;
		char *why = NULL;

		c = condition_parse(it->text, &why);
		if (!c) {
			broke(r, it, "%s", why);
			free(why);
			continue;
		}
		explain_now(r, c, &seen);
		if (condition_eval(c, session_world(r->session)) != IS_TRUE)
			broke(r, it, "%s", buf_str(&seen));
		buf_add_part(saw, 0, buf_str(&seen));
		buf_release(&seen);
		condition_free(c);
	}
}

static void
rule_broke(struct claim_run *r, size_t i, const char *seen)
{
	const struct item *it = r->item[i];

	switch (r->rule[i].modality) {
	case UNTIL:
		broke(r, it, _("the run ended first; then %s"), seen);
		break;
	case ALWAYS:
		broke(r, it, _("it is not always so: %s"), seen);
		break;
	case NEVER:
		broke(r, it, _("it came to be so: %s"), seen);
		break;
	case FINALLY:
	case ONCE:
		broke(r, it, _("in the end %s"), seen);
		break;
	}
}

static void
check_rules(struct claim_run *r)
{
	struct buf *saw = &r->saw;

	for (size_t i = 0; i < r->n_rules && !r->broke; i++) {
		struct rule *rule = &r->rule[i];
		struct buf seen = BUF_INIT;

		if (!rule->decided)
			rule_end(rule, session_world(r->session));
		explain_at(r, rule->condition, rule->decided_n, &seen);
		if (!rule->holds)
			rule_broke(r, i, buf_str(&seen));
		else if (rule->modality == FINALLY)
			buf_add_part(saw, 0, buf_str(&seen));
		buf_release(&seen);
	}
}

/* The run stands where it was to stop, or goes no further.  True: with that
 * it is over; false: it goes on to its end.  */
static bool
stopped(struct claim_run *r)
{
	if (!r->past_until && !r->broke && !rule_broken(r) &&
	    (until_reached(r) || !r->claim->until.text)) {
		see_until(r);
		check_then(r);
		r->past_until = true;
		if (!r->broke && r->claim->right.finally.n &&
		    session_state(r->session) == SESSION_HELD)
			return false;
	}
	if (!r->broke)
		check_rules(r);
	if (!r->broke) {
		r->result.outcome = CLAIM_HOLDS;
		r->result.saw = one_line(&r->saw);
	}
	return r->over = true;
}

static bool
search_is_over(struct claim_run *r)
{
	if (!search_advance(r->search))
		return false;
	if (search_judge(r->search, &r->saw)) {
		r->result.outcome = CLAIM_HOLDS;
		r->result.saw = one_line(&r->saw);
	} else {
		broke(r, &r->claim->explore, "%s", buf_str(&r->saw));
	}
	return r->over = true;
}

bool
claim_advance(struct claim_run *r)
{
	if (r->search && !r->over)
		return search_is_over(r);
	if (r->session)
		session_pump(r->session);
	while (!r->over) {
		switch (session_state(r->session)) {
		case SESSION_BUSY:
			return false;
		case SESSION_HELD:
			if ((!r->past_until && until_reached(r)) ||
			    rule_broken(r) || !make_step(r))
				stopped(r);
			break;
		case SESSION_ENDED:
			stopped(r);
			break;
		default:
			broke(r, NULL, "%s", session_trouble(r->session)
			      ? session_trouble(r->session)
			      : _("the run broke off"));
			stopped(r);
		}
	}
	return true;
}

static void
begin_session(struct claim_run *r, char **why)
{
	struct session_config config;

	ground_config(&r->ground, &config);
	r->session = session_start(&config, why);
	if (r->session)
		session_watch(r->session, r->rule, (int)r->n_rules);
}

static void
start(struct claim_run *r, const struct lesson *l)
{
	char *why = NULL;

	if (plan_parse(&r->plan, r->claim->schedule.text, &why) < 0)
		broke(r, &r->claim->schedule, "%s", why);
	else if (ground_make(&r->ground, l, &r->setup, &why) < 0)
		broke(r, &r->setup.program, "%s", why);
	if (!r->broke && r->claim->explore.text)
		r->search = search_begin(l, r->claim, &r->ground, &why);
	else if (!r->broke)
		begin_session(r, &why);
	if (!r->broke && !r->session && !r->search)
		broke(r, r->setup.program.text ? &r->setup.program
					       : &r->setup.command, "%s", why);
	free(why);
}

struct claim_run *
claim_begin(const struct lesson *l, const struct part *part)
{
	struct claim_run *r = xcalloc(1, sizeof(*r));

	r->claim = part->claim;
	r->result = (struct claim_result){ .outcome = CLAIM_FAILS,
					   .file = l->file,
					   .line = part->line };
	claim_setup(l, part->claim, &r->setup);
	add_rules(r);
	if (!r->broke)
		start(r, l);
	r->over = !r->session && !r->search;
	return r;
}

int
claim_poll(const struct claim_run *r, struct pollfd *fds, int room)
{
	if (r->search)
		return search_poll(r->search, fds, room);
	return r->session ? session_poll(r->session, fds) : 0;
}

void
claim_end(struct claim_run *r, struct claim_result *result)
{
	if (result)
		*result = r->result;
	else
		claim_result_release(&r->result);
	session_free(r->session);
	search_end(r->search);
	ground_release(&r->ground);
	plan_release(&r->plan);
	for (size_t i = 0; i < r->n_rules; i++)
		rule_release(&r->rule[i]);
	free(r->rule);
	free(r->item);
	items_release(&r->setup.files);
	buf_release(&r->saw);
	free(r);
}

/* For one that is run here: nobody else waits meanwhile.  */
static void
wait_for(struct claim_run *r)
{
	struct pollfd fds[SEARCH_POLLS_MAX];

	if (r->search) {
		poll(fds, (nfds_t)claim_poll(r, fds, SEARCH_POLLS_MAX), -1);
		return;
	}
	session_settle(r->session, STEP_MS);
	if (session_state(r->session) == SESSION_BUSY) {
		broke(r, NULL, _("a step did not end within %d seconds"),
		      STEP_MS / 1000);
		r->over = true;
	}
}

void
claim_run(const struct lesson *l, const struct part *part,
	  struct claim_result *result)
{
	struct claim_run *r = claim_begin(l, part);

	while (!claim_advance(r))
		wait_for(r);
	claim_end(r, result);
}
