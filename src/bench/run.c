/*
 * A run: all cells, several times.  The time is shared out anew before each
 * cell, so that one that takes longer costs the others a little and the
 * whole nothing.
 */
#include "config.h"

#include "bench/channel.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "bench/machine.h"
#include "bench/statistics.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ROUNDS = 3, SLICE_MIN_NS = 1000000 };

const uint32_t bench_sizes[SIZES] = {
	1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576,
};

struct samples {
	size_t n, room;
	double *sample;
};

struct run {
	struct figures *f;
	const struct bench_plan *plan;
	struct control *control;
	uint32_t rounds;
	size_t cells, done;	/* of all rounds */
	uint64_t budget_ns, used_ns;
	/* Latencies of all rounds.  */
	struct samples all[MECH_MAX][PLACE_MAX][SIZES];
};

static bool
wanted(const struct bench_plan *plan, int m)
{
	for (int i = 0; i < MECH_MAX; i++)
		if (plan->only[i])
			return plan->only[m];
	return true;
}

/* Is this cell still worth a try?  What failed once, or was too large, is
 * not tried again.  */
static bool
is_open(const struct run *r, int m, int figure, int place, int size)
{
	const struct line *line = &r->f->line[m];

	if (!wanted(r->plan, m) || line->why || r->f->on[place] < 0)
		return false;
	if (figure == FIGURE_THROUGHPUT && mechanism_ops[m].no_stream)
		return false;
	if (r->plan->quick && size % QUICK_STEP)
		return false;
	return !line->largest || bench_sizes[size] <= line->largest;
}

/* Cells of one round, as far as is known now.  */
static size_t
count_cells(const struct run *r)
{
	size_t n = 0;

	for (int m = 0; m < MECH_MAX; m++)
		for (int i = 0; i < FIGURE_MAX * PLACE_MAX * SIZES; i++)
			n += is_open(r, m, i % FIGURE_MAX,
				     i / FIGURE_MAX % PLACE_MAX,
				     i / FIGURE_MAX / PLACE_MAX);
	return n;
}

static double
seconds(uint64_t ns)
{
	return (double)ns / 1e9;
}

static uint64_t
slice(const struct run *r)
{
	size_t left = r->cells > r->done ? r->cells - r->done : 1;
	uint64_t rest = r->budget_ns > r->used_ns ? r->budget_ns - r->used_ns
						  : 0;
	/* What a process costs, to begin and to end, twice and a host.  */
	uint64_t extra = 1500000, ns = rest / left;

	ns = ns > extra ? ns - extra : 0;
	return ns < SLICE_MIN_NS ? SLICE_MIN_NS : ns;
}

static void
keep_samples(struct samples *all, const struct control *s)
{
	all->sample = xgrow(all->sample, &all->room, all->n + s->n,
			    sizeof(double));
	memcpy(all->sample + all->n, s->sample, s->n * sizeof(double));
	all->n += s->n;
}

/* The best of the rounds' medians.  */
static void
take(struct run *r, const struct cell *cell, int place, int size)
{
	struct control *s = r->control;
	struct line *line = &r->f->line[cell->mechanism];
	struct point *p = &line->point[cell->figure][place][size];
	double median;

	if (cell->figure == FIGURE_LATENCY)
		keep_samples(&r->all[cell->mechanism][place][size], s);
	samples_sort(s->sample, s->n);
	median = samples_median(s->sample, s->n);
	if (!p->rounds || (cell->figure == FIGURE_LATENCY ? median < p->value
							  : median > p->value))
		p->value = median;
	p->samples += s->n;
	p->rounds++;
	line->measured = true;
	r->f->pinned &= s->pinned[NEAR] && s->pinned[FAR];
}

/* What kept a cell from being measured.  */
static void
take_failure(struct run *r, const struct cell *cell, enum host_answer answer)
{
	struct control *s = r->control;
	struct line *line = &r->f->line[cell->mechanism];

	if (s->too_large) {
		if (!line->largest)
			line->largest = cell->size - 1;
	} else if (s->error) {
		const char *name = strerrorname_np(s->error);

		fail(&line->why, _("%s fails with %s (%s)"), s->call,
		     name ? name : "?", strerror(s->error));
	} else if (answer == HOST_FAILED) {
		fail(&line->why, _("a message of %u bytes did not come back "
				   "in time"), cell->size);
	} else {
		fail(&line->why, _("the processes ended before anything was "
				   "measured"));
	}
}

static bool
run_cell(struct run *r, const struct cell *cell, int place, int size,
	 const volatile sig_atomic_t *stop)
{
	struct control *s = r->control;
	uint64_t begin = clock_now(), limit = 3 * slice(r) + 50000000, used;
	enum host_answer answer;

	memset(s, 0, offsetof(struct control, sample));
	s->slice_ns = slice(r);
	answer = host_run(cell, s, stop);
	used = clock_now() - begin;
	/* The lab was stopped meanwhile (^Z): that is nobody's time.  */
	r->used_ns += used < limit ? used : limit;
	if (answer == HOST_STOPPED)
		return false;
	if (s->largest)
		r->f->line[cell->mechanism].largest = s->largest;
	if (answer == HOST_DONE && s->n > 0 && !s->error)
		take(r, cell, place, size);
	else
		take_failure(r, cell, answer);
	return true;
}

static void
report(const struct run *r, const struct cell *cell, int place,
       void (*tell)(void *arg, const struct bench_progress *p), void *arg)
{
	uint64_t left = r->budget_ns > r->used_ns ? r->budget_ns - r->used_ns
						  : 0;
	const struct bench_progress p = {
		.part = r->cells ? (double)r->done / (double)r->cells : 1,
		.seconds = seconds(r->used_ns), .left = seconds(left),
		.mechanism = cell->mechanism, .placement = (enum placement)place,
		.figure = cell->figure, .size = cell->size,
	};

	if (tell)
		tell(arg, &p);
}

/* One round; false when it was stopped.  */
static bool
run_round(struct run *r, void (*tell)(void *, const struct bench_progress *),
	  void *arg, const volatile sig_atomic_t *stop)
{
	for (int m = 0; m < MECH_MAX; m++)
		for (int i = 0; i < FIGURE_MAX * PLACE_MAX * SIZES; i++) {
			int place = i / SIZES % PLACE_MAX, size = i % SIZES;
			struct cell cell = {
				.mechanism = (enum mechanism)m,
				.figure = i / SIZES / PLACE_MAX,
				.size = bench_sizes[size],
				.on = { r->f->on[PLACE_ONE],
					r->f->on[place] },
			};

			if (!is_open(r, m, cell.figure, place, size))
				continue;
			report(r, &cell, place, tell, arg);
			if (!run_cell(r, &cell, place, size, stop))
				return false;
			r->done++;
		}
	return true;
}

/* The last thing: what only all samples together can say.  */
static void
finish(struct run *r)
{
	for (int i = 0; i < MECH_MAX * PLACE_MAX * SIZES; i++) {
		int m = i / SIZES / PLACE_MAX, place = i / SIZES % PLACE_MAX;
		struct samples *all = &r->all[m][place][i % SIZES];
		struct point *p = &r->f->line[m].point[FIGURE_LATENCY][place]
						      [i % SIZES];

		samples_sort(all->sample, all->n);
		if (all->n >= P99_SAMPLES)
			p->p99 = samples_percentile(all->sample, all->n, 99);
		free(all->sample);
	}
	r->f->seconds = seconds(r->used_ns);
}

static void
run_rounds(struct run *r, void (*tell)(void *, const struct bench_progress *),
	   void *arg, const volatile sig_atomic_t *stop)
{
	bool going = true;

	for (uint32_t round = 0; going && round < r->rounds; round++) {
		/* Sizes that were refused, mechanisms that failed: less.  */
		r->cells = r->done + count_cells(r) * (r->rounds - round);
		going = run_round(r, tell, arg, stop);
		r->f->rounds += going;
	}
	r->f->complete = going;
}

int
bench_run(struct figures *f, const struct bench_plan *plan,
	  void (*tell)(void *arg, const struct bench_progress *p), void *arg,
	  const volatile sig_atomic_t *stop, char **why)
{
	struct run *r;
	void *control = mmap(NULL, sizeof(struct control),
			     PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (control == MAP_FAILED)
		return fail(why, _("there is no shared memory: %s"),
			    strerror(errno));
	memset(f, 0, sizeof(*f));
	machine_look(f);
	if (f->on[PLACE_ONE] < 0) {
		munmap(control, sizeof(struct control));
		return fail(why, _("it cannot be told which processors there "
				   "are: %s"), strerror(errno));
	}
	path_sweep();	/* once, and not in each host */
	r = xcalloc(1, sizeof(*r));
	r->f = f;
	r->plan = plan;
	r->control = control;
	r->rounds = plan->quick ? 1 : ROUNDS;
	r->budget_ns = (uint64_t)(plan->seconds * 1e9);
	f->when = time(NULL);
	f->quick = plan->quick;
	f->pinned = true;
	f->clock_ns = clock_cost();
	run_rounds(r, tell, arg, stop);
	finish(r);
	munmap(control, sizeof(struct control));
	free(r);
	return 0;
}
