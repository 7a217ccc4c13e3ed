/* See batch.h.  */
#include "config.h"

#include "base/i18n.h"
#include "grade/aside.h"
#include "grade/batch.h"
#include "sandbox/sandbox.h"

#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 32, TICK_MS = 200 };

/* One result: of one submission, of one exercise.  */
struct slot {
	struct submission submission;	/* while it is being judged */
	struct aside aside;		/* ... and what came with it */
	struct judge *judge;		/* NULL: it is not */
	struct buf json;		/* when it is done */
	bool done, resumed;
};

struct batch {
	struct batch_config config;
	const char **beside;		/* names of exercises handed in
					   together; NULL */
	struct slot *slot;		/* by submission, then exercise */
	size_t n;
	size_t begun;			/* slots before it were begun */
	size_t taken;			/* ... were given to the caller */
	size_t *running;		/* which are being judged */
	size_t n_running;
	size_t n_done, n_resumed, n_faults;
	struct buf last;		/* what batch_next() gave */
	bool stopped;
	char *trouble;
};

static const struct handed *
who(const struct batch *b, size_t i)
{
	return &b->config.class->one[i / b->config.n_exercises];
}

static const struct batch_exercise *
what(const struct batch *b, size_t i)
{
	return &b->config.exercise[i % b->config.n_exercises];
}

/* ---- done ---- */
static void
finish(struct batch *b, size_t i, const struct result *r)
{
	struct slot *s = &b->slot[i];

	if (!s->resumed)
		result_write(&s->json, r, true);
	if (b->config.results && !s->resumed &&
	    results_write(b->config.results, r->id, r->exercise, &s->json,
			  &b->trouble) < 0)
		b->stopped = true;
	s->done = !b->stopped;
	b->n_done += s->done;
	b->n_resumed += s->done && s->resumed;
	b->n_faults += s->done && !r->gradable;
}

/* ---- beginning one ---- */
static void
options_of(const struct batch *b, size_t i, struct judge_options *o)
{
	const struct batch_config *c = &b->config;
	int few = b->n < (size_t)c->jobs ? (int)b->n : c->jobs;

	*o = (struct judge_options){
		.seed = c->seed, .jobs = c->jobs / few, .sandboxed = true,
		.only = c->only, .assignment = c->assignment, .pack = c->pack,
		.place = c->jobs > 1 ? 1 + (int)i % few * (c->jobs / few) : 0,
		.pack_digest = what(b, i)->digest,
		.submitted_at = who(b, i)->submitted_at,
	};
}

/* Is its result there already?  */
static bool
resume(struct batch *b, size_t i, const struct judge_options *o)
{
	struct slot *s = &b->slot[i];
	const struct exercise *e = what(b, i)->exercise;
	/* Borrowed for as long as it is compared with.  */
	const struct result wanted = {
		.tool = (char *)PACKAGE_VERSION, .exercise = e->name,
		.title = e->title.text, .assignment = (char *)o->assignment,
		.pack = (char *)o->pack, .pack_digest = (char *)o->pack_digest,
		.id = s->submission.id, .digest = s->submission.digest,
		.breaker = (char *)o->breaker_digest, .hints = o->hints,
		.seed = o->seed, .submitted_at = (char *)o->submitted_at,
		.tier = (char *)sandbox_tier_word(sandbox_tier(NULL)),
	};

	return b->config.results && b->config.resume &&
	       results_has(b->config.results, &wanted, &s->json);
}

static void
refuse(struct batch *b, size_t i, const struct judge_options *o,
       enum grade verdict, const char *why)
{
	struct result r;

	judge_refuse(&r, what(b, i)->exercise, who(b, i)->id, o, verdict, why);
	finish(b, i, &r);
	result_release(&r);
}

/* What was handed in, and what came with it.  */
static enum submission_outcome
take(struct batch *b, size_t i, char **why)
{
	const struct exercise *e = what(b, i)->exercise;
	const char *path = who(b, i)->path;
	struct slot *s = &b->slot[i];
	enum submission_outcome out = submission_read_of(
		&s->submission, e, b->beside, path, why);

	s->aside = (struct aside){ .breaker = NULL };
	if (out == SUBMISSION_TAKEN &&
	    aside_read(&s->aside, e, b->beside, path, why) < 0)
		out = SUBMISSION_FAILED;
	return out;
}

static void
forget(struct slot *s)
{
	submission_release(&s->submission);
	aside_release(&s->aside);
}

/* Judge it, or have its result at once.  */
static void
begin(struct batch *b, size_t i)
{
	const struct exercise *e = what(b, i)->exercise;
	struct slot *s = &b->slot[i];
	enum submission_outcome out;
	struct judge_options o;
	char *why = NULL;

	options_of(b, i, &o);
	out = take(b, i, &why);
	aside_tell(&s->aside, &o);
	if (out != SUBMISSION_TAKEN) {
		refuse(b, i, &o, out == SUBMISSION_REFUSED ? GRADE_REJECT :
		       GRADE_INTERNAL, why);
	} else if (resume(b, i, &o)) {
		s->resumed = true;
		finish(b, i, &(struct result){ .gradable = true });
	} else {
		s->judge = judge_start(e, &s->submission, &o, &why);
		if (!s->judge)
			refuse(b, i, &o, GRADE_INTERNAL, why);
	}
	if (s->judge)
		b->running[b->n_running++] = i;
	else
		forget(s);
	free(why);
}

/* Those that are refused, or done already, take no time: not too many of them
 * in one go, so that whoever calls us can look up.  */
static void
begin_more(struct batch *b)
{
	for (int n = 0; n < AT_ONCE && !b->stopped && b->begun < b->n &&
			b->n_running < (size_t)b->config.jobs; n++)
		begin(b, b->begun++);
}

/* ---- going on ---- */
static void
end_judge(struct slot *s)
{
	judge_end(s->judge);
	s->judge = NULL;
	forget(s);
}

void
batch_advance(struct batch *b)
{
	size_t kept = 0;

	for (size_t k = 0; k < b->n_running; k++) {
		size_t i = b->running[k];
		struct slot *s = &b->slot[i];

		judge_advance(s->judge);
		if (!judge_is_over(s->judge)) {
			b->running[kept++] = i;
			continue;
		}
		if (!b->stopped)
			finish(b, i, judge_result(s->judge));
		end_judge(s);
	}
	b->n_running = kept;
	if (b->stopped)
		batch_interrupt(b);
	begin_more(b);
}

void
batch_interrupt(struct batch *b)
{
	b->stopped = true;
	for (size_t k = 0; k < b->n_running; k++)
		end_judge(&b->slot[b->running[k]]);
	b->n_running = 0;
}

int
batch_fds(const struct batch *b, struct pollfd *fds, int room)
{
	int n = 0;

	for (size_t k = 0; k < b->n_running; k++)
		n += judge_fds(b->slot[b->running[k]].judge, fds + n,
			       room - n);
	return n;
}

int
batch_timeout(const struct batch *b)
{
	return b->begun < b->n && b->n_running < (size_t)b->config.jobs ? 0 :
	       TICK_MS;
}

bool
batch_is_over(const struct batch *b)
{
	return b->n_running == 0 && (b->stopped || b->begun == b->n);
}

bool
batch_next(struct batch *b, struct batch_done *done)
{
	struct slot *s = &b->slot[b->taken];

	if (b->taken == b->n || !s->done)
		return false;
	buf_release(&b->last);
	b->last = s->json;
	s->json = (struct buf)BUF_INIT;
	*done = (struct batch_done){
		.id = who(b, b->taken)->id,
		.exercise = what(b, b->taken)->exercise,
		.json = &b->last, .resumed = s->resumed,
	};
	b->taken++;
	return true;
}

void
batch_progress(const struct batch *b, struct batch_progress *p)
{
	*p = (struct batch_progress){ .done = b->n_done, .all = b->n,
				      .resumed = b->n_resumed,
				      .faults = b->n_faults };
	if (b->n_running) {
		p->id = who(b, b->running[0])->id;
		p->exercise = what(b, b->running[0])->exercise->name;
		judge_progress(b->slot[b->running[0]].judge, &p->judge);
	}
}

const char *
batch_trouble(const struct batch *b)
{
	return b->trouble;
}

struct batch *
batch_start(const struct batch_config *c)
{
	struct batch *b = xcalloc(1, sizeof(*b));

	b->config = *c;
	b->n = c->class->n * c->n_exercises;
	b->slot = xcalloc(b->n + 1, sizeof(*b->slot));
	b->running = xcalloc((size_t)c->jobs, sizeof(*b->running));
	if (c->together) {
		b->beside = xcalloc(c->n_exercises + 1, sizeof(*b->beside));
		for (size_t i = 0; i < c->n_exercises; i++)
			b->beside[i] = c->exercise[i].exercise->name;
	}
	begin_more(b);
	return b;
}

void
batch_end(struct batch *b)
{
	if (!b)
		return;
	batch_interrupt(b);
	for (size_t i = 0; i < b->n; i++)
		buf_release(&b->slot[i].json);
	buf_release(&b->last);
	free(b->slot);
	free(b->running);
	free(b->beside);
	free(b->trouble);
	free(b);
}
