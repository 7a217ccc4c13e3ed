/* Bounds of a run in a search, asked at each of its steps.  */
#include "config.h"

#include "base/i18n.h"
#include "tracer/run.h"

#include <sys/stat.h>
#include <time.h>

enum {
	OUTPUT_MAX = 1 << 20,		/* of one that is not trusted */
	OUTPUT_END = 64 << 20,
	LOOK_EVERY = 64,		/* steps: how much was printed */
	KIB = 1024,
};

static int64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static int64_t
output_most(const struct driver *d)
{
	const struct tracer_config *c = &d->config.tracer;

	if (!c->confined)
		return OUTPUT_END;
	return c->limits.output > 0 ? c->limits.output : OUTPUT_MAX;
}

static bool
printed_too_much(const struct driver *d)
{
	struct stat st;

	return fstat(d->output, &st) == 0 && st.st_size > output_most(d);
}

static void
end_output(struct driver *d)
{
	d->search.bound = BOUND_OUTPUT;
	limit_exceeded(d->t, xasprintf(_("it printed more than %lld KiB"),
				       (long long)output_most(d) / KIB));
}

bool
bounds_time(struct tracing *t)
{
	int64_t most = t->config.limits.wall;

	if (most <= 0 ||
	    now_ns() - t->search->began_ns <= most * INT64_C(1000000000))
		return false;
	t->search->bound = BOUND_TIME;
	limit_exceeded(t, xasprintf(ngettext(
		"the run was ended after %lld second",
		"the run was ended after %lld seconds", (unsigned long)most),
		(long long)most));
	return true;
}

void
bounds_begin(struct driver *d)
{
	d->search.began_ns = now_ns();
}

void
bounds_step(struct driver *d)
{
	struct tracing *t = d->t;

	if (d->position.step >= d->config.steps_max) {
		d->search.bound = BOUND_TIME;
		limit_exceeded(t, xasprintf(_("the run was ended after %lld "
					      "steps: it may go on without "
					      "end"),
					    (long long)d->config.steps_max));
	} else if (d->crowded) {
		d->search.bound = BOUND_TASKS;
		limit_exceeded(t, xasprintf(_("more than %d processes and "
					      "threads were started"),
					    ACTORS_MAX));
	} else if (!bounds_time(t) && d->position.step % LOOK_EVERY == 0 &&
		   printed_too_much(d)) {
		end_output(d);
	}
}

/* Who printed fast, and ended before anybody looked.  */
void
bounds_end(struct driver *d)
{
	if (!d->t->over && d->config.tracer.confined && printed_too_much(d))
		end_output(d);
}
