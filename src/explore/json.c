/* The outcome as JSON; docs/exploring.md has every key.  */
#include "config.h"

#include "explore/claim.h"

#include "explore/verdict.h"
#include "tracer/namespace.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { VERSION_OF_EXPLORATION = 1 };

static json_t *
text_or_null(const char *s)
{
	json_t *text = s && *s ? json_string(s) : NULL;

	return text ? text : json_null();
}

static json_t *
number(uint64_t n)
{
	return json_integer((json_int_t)n);
}

/* A list of the parts of a text between these characters.  */
static json_t *
list_of(const char *text, const char *between)
{
	char *copy = xstrdup(text), *save = NULL;
	json_t *list = json_array();

	for (char *word = strtok_r(copy, between, &save); word;
	     word = strtok_r(NULL, between, &save))
		json_array_append_new(list, text_or_null(word));
	free(copy);
	return list;
}

static json_t *
list_of_strings(char *const *strings)
{
	json_t *list = json_array();

	for (; strings && *strings; strings++)
		json_array_append_new(list, text_or_null(*strings));
	return list;
}

static json_t *
points_json(const struct covered *c)
{
	json_t *o = json_object();

	for (int i = 0; i < ACTS_COUNT; i++)
		if (c->points[i])
			json_object_set_new(o, act_text((enum act)i),
					    number(c->points[i]));
	return o;
}

static json_t *
pct_json(const struct covered *c)
{
	json_t *list = json_array();

	for (int d = 1; d <= 3; d++) {
		json_t *o;

		if (!c->pct[d])
			continue;
		o = json_object();
		json_object_set_new(o, "depth", json_integer(d));
		json_object_set_new(o, "runs", number(c->pct[d]));
		json_object_set_new(o, "missed", json_real(
			claim_missed(d, c->actors, c->length, c->pct[d])));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
ways_json(const struct tally *t)
{
	json_t *list = json_array();

	for (size_t i = 0; i < t->n; i++) {
		const struct tally_row *row = &t->row[i];
		bool exited = WIFEXITED(row->status);
		json_t *o = json_object();

		json_object_set_new(o, "runs", number(row->runs));
		json_object_set_new(o, "status", exited
				    ? json_integer(WEXITSTATUS(row->status))
				    : json_null());
		json_object_set_new(o, "signal", exited
				    ? json_null()
				    : json_integer(WTERMSIG(row->status)));
		json_object_set_new(o, "output", json_string(row->text));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
shared_json(const struct outcome *o)
{
	struct buf shared = BUF_INIT;
	json_t *list;

	namespace_list((PARTS_ISOLATED | PART_BIT(PART_PIDS)) & ~o->parts,
		       &shared);
	list = list_of(buf_str(&shared), ",");
	buf_release(&shared);
	return list;
}

static json_t *
sleep_json(const struct failure *f)
{
	json_t *o = json_object();

	if (!f->sleeper) {
		json_decref(o);
		return json_null();
	}
	json_object_set_new(o, "actor", json_string(f->sleeper));
	json_object_set_new(o, "source", text_or_null(f->slept_at));
	json_object_set_new(o, "waits_for", json_string(f->sleep_for));
	return o;
}

static json_t *
failures_json(const struct outcome *out)
{
	const struct failure *f = out->failure;
	json_t *list = json_array(), *o;
	struct buf schedule = BUF_INIT;

	if (f->verdict == VERDICT_ACCEPT)
		return list;
	o = json_object();
	schedule_write(&schedule, &f->schedule);
	json_object_set_new(o, "verdict",
			    text_or_null(verdict_word(f->verdict)));
	json_object_set_new(o, "message", text_or_null(f->message));
	json_object_set_new(o, "schedule", text_or_null(out->config->save));
	json_object_set_new(o, "choices", text_or_null(buf_str(&schedule)));
	json_object_set_new(o, "picture", text_or_null(f->picture));
	json_object_set_new(o, "passing", text_or_null(f->passing));
	json_object_set_new(o, "sleep", sleep_json(f));
	json_object_set_new(o, "switches", json_integer(f->switches));
	json_object_set_new(o, "preemptions", json_integer(f->preemptions));
	json_object_set_new(o, "injected", json_integer(f->faults));
	json_object_set_new(o, "steps", number(f->steps));
	json_object_set_new(o, "turning_step",
			    f->turning_step ? number(f->turning_step)
					    : json_null());
	json_object_set_new(o, "first_run", number(f->first_run));
	json_array_append_new(list, o);
	buf_release(&schedule);
	return list;
}

/* What was asked for.  */
static void
set_question(json_t *o, const struct outcome *out)
{
	const struct explore_config *c = out->config;

	json_object_set_new(o, "command", list_of_strings(c->tracer.argv));
	json_object_set_new(o, "strategy",
			    text_or_null(c->strategy ? c->strategy
						     : "portfolio"));
	json_object_set_new(o, "seed", number(c->seed));
	json_object_set_new(o, "budget", number(out->budget));
	json_object_set_new(o, "preemptions",
			    c->preemptions < 0 ? json_null()
					       : json_integer(c->preemptions));
	json_object_set_new(o, "signals", json_boolean(c->signals));
	json_object_set_new(o, "faults", json_boolean(c->faults));
	json_object_set_new(o, "strict", json_boolean(c->strict));
	json_object_set_new(o, "no_busy_wait",
			    json_boolean(c->busy_waits_fail));
	json_object_set_new(o, "status", c->status < 0
			    ? json_null() : json_integer(c->status));
	json_object_set_new(o, "output", c->output ? json_string(c->output)
						   : json_null());
	json_object_set_new(o, "rules", list_of_strings(c->rules));
}

/* What was covered.  */
static void
set_covered(json_t *o, const struct outcome *out)
{
	const struct covered *c = out->covered;

	json_object_set_new(o, "runs", number(c->runs));
	json_object_set_new(o, "complete",
			    json_boolean(claim_is_complete(out)));
	json_object_set_new(o, "preemption_bound",
			    c->bound < 0 ? json_null()
					 : json_integer(c->bound));
	json_object_set_new(o, "interrupted", json_boolean(out->interrupted));
	json_object_set_new(o, "estimate", c->estimate > 0
			    ? json_real(c->estimate) : json_null());
	json_object_set_new(o, "sampled", number(c->sampled));
	json_object_set_new(o, "pct", pct_json(c));
	json_object_set_new(o, "points", points_json(c));
	json_object_set_new(o, "actors", json_integer(c->actors));
	json_object_set_new(o, "steps", json_integer(c->length));
	json_object_set_new(o, "cut", number(c->cut));
	json_object_set_new(o, "cut_why", text_or_null(c->cut_why));
	json_object_set_new(o, "races", number(c->races));
	json_object_set_new(o, "ways", ways_json(&c->tally));
	json_object_set_new(o, "other_ways", number(c->tally.others));
	json_object_set_new(o, "busy_wait", text_or_null(c->busy_wait));
	json_object_set_new(o, "unsupported", text_or_null(c->unsupported));
	json_object_set_new(o, "unknown", list_of(buf_str(&c->unknown), " "));
	json_object_set_new(o, "difference", text_or_null(c->differs));
}

/* What it is true for.  */
static void
set_conditions(json_t *o, const struct outcome *out)
{
	json_object_set_new(o, "instrumented",
			    json_boolean(out->covered->runtime));
	json_object_set_new(o, "not_instrumented",
			    list_of(buf_str(&out->covered->plain), " "));
	json_object_set_new(o, "compiler_flags", text_or_null(out->flags));
	json_object_set_new(o, "memory_model",
			    json_string("sequentially consistent"));
	json_object_set_new(o, "shared", shared_json(out));
}

void
outcome_json(struct buf *out, const struct outcome *outcome)
{
	struct buf claim = BUF_INIT;
	json_t *o = json_object();
	char *text;

	claim_write(&claim, outcome);
	json_object_set_new(o, "ipclab", json_string("exploration"));
	json_object_set_new(o, "version", json_integer(VERSION_OF_EXPLORATION));
	json_object_set_new(o, "tool", json_string(PACKAGE_VERSION));
	set_question(o, outcome);
	set_covered(o, outcome);
	set_conditions(o, outcome);
	json_object_set_new(o, "claim", list_of(buf_str(&claim), "\n"));
	json_object_set_new(o, "failures", failures_json(outcome));
	json_object_set_new(o, "runs_per_second",
			    json_real(round(outcome->runs_per_second * 10) /
				      10));
	text = json_dumps(o, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	buf_adds(out, text ? text : "");
	buf_addc(out, '\n');
	free(text);
	json_decref(o);
	buf_release(&claim);
}
