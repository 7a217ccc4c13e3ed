/*
 * Canned figures, for tests only: made up so that the lines of a chart cross
 * and limits, gaps and failures are all there.  Not those of any machine.
 */
#ifndef TESTS_UNIT_BENCH_FIGURES_H
#define TESTS_UNIT_BENCH_FIGURES_H

#include "bench/bench.h"

#include <stdlib.h>

/* Nanoseconds for no bytes, picoseconds for each; the largest message.  */
static const struct canned {
	double ns, ps;
	uint32_t largest;
	bool no_stream, fails;
} canned[MECH_MAX] = {
	[MECH_PIPE] = { 4400, 450 },
	[MECH_FIFO] = { 4600, 460 },
	[MECH_UNIX_STREAM] = { 8600, 210 },
	[MECH_UNIX_DATAGRAM] = { 7500, 220, 212960 },
	[MECH_UNIX_SEQPACKET] = { 7300, 200, 212960 },
	[MECH_TCP] = { 13300, 240 },
	[MECH_UDP] = { 10400, 260, 65507 },
	[MECH_SYSV_QUEUE] = { 6100, 390, 8192 },
	[MECH_POSIX_QUEUE] = { .fails = true },
	[MECH_SHM_FUTEX] = { 4180, 80 },
	[MECH_SHM_POSIX] = { 4200, 79 },
	[MECH_SHM_SYSV] = { 4600, 80 },
	[MECH_EVENTFD] = { 4300, 0, 4, .no_stream = true },
	[MECH_SIGNAL] = { 6800, 0, 4 },
	[MECH_VM_READ] = { 1370, 70 },
	[MECH_FILE] = { 7800, 110 },
};

static inline void
canned_point(struct line *line, const struct canned *k, int place, int size)
{
	double bytes = bench_sizes[size], far = place ? 30000 : 0;
	double ns = k->ns + k->ps * bytes / 1000;

	line->point[FIGURE_LATENCY][place][size] = (struct point){
		.value = ns + far, .p99 = size < 9 ? (ns + far) * 1.4 : 0,
		.samples = 300, .rounds = 3 };
	if (!k->no_stream)
		line->point[FIGURE_THROUGHPUT][place][size] = (struct point){
			.value = bytes * 1e9 / (ns / 8 + far / 40),
			.samples = 15, .rounds = 3 };
	line->measured = true;
}

static inline struct figures *
canned_figures(void)
{
	struct figures *f = xcalloc(1, sizeof(*f));

	*f = (struct figures){
		.when = 1700000000, .kernel = "Linux 0.0.0-canned",
		.machine = "x86_64", .processor = "Canned Processor",
		.file_system = "tmpfs", .n_processors = 2, .on = { 1, 0 },
		.pinned = true, .clock_ns = 24, .seconds = 44, .rounds = 3,
		.complete = true,
	};
	for (int m = 0; m < MECH_MAX; m++) {
		f->line[m].largest = canned[m].largest;
		if (canned[m].fails) {
			f->line[m].why = xstrdup("mq_open fails with ENOSYS "
				"(Function not implemented)");
			continue;
		}
		for (int i = 0; i < PLACE_MAX * SIZES; i++)
			if (!canned[m].largest ||
			    bench_sizes[i % SIZES] <= canned[m].largest)
				canned_point(&f->line[m], &canned[m],
					     i / SIZES, i % SIZES);
	}
	return f;
}

static inline void
canned_free(struct figures *f)
{
	figures_release(f);
	free(f);
}

#endif
