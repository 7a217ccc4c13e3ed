/* Figures as text: for `ipclab bench --plain`, for screens and lessons.  */
#ifndef BENCH_TEXT_H
#define BENCH_TEXT_H

#include "bench/bench.h"

/* Short forms, at most 5 cells: "4.12", "123", "12ms" (latency, in us where
 * nothing else is said); "31M", "2.3G" (bytes a second).  */
void value_write(struct buf *out, enum figure figure, double value);
/* "1", "256", "4K", "1M" */
void size_write(struct buf *out, uint32_t bytes);
/* "3.2 us", "31 MB/s", with a unit.  */
void amount_write(struct buf *out, enum figure figure, double value);

const char *figure_title(enum figure figure);		/* translated */
const char *placement_title(enum placement place);

/* When, where, on which kernel: one line each, ended by a line end.  */
void machine_write(struct buf *out, const struct figures *f);
/* "measured 3 days ago"; and what differs from the machine as it is now, a
 * sentence each; now in seconds since 1970.  */
void age_write(struct buf *out, const struct figures *f, int64_t now);
void changes_write(struct buf *out, const struct figures *f);
/* How it was measured: paragraphs.  */
void method_write(struct buf *out, const struct figures *f);
/* What must be known of each mechanism, a line each; and what failed.  */
void notes_write(struct buf *out, const struct figures *f);
/* One table: mechanisms by sizes.  p99: the 99th percentile.  Where there is
 * no room for all sizes, some of them.  */
struct table_look {
	enum figure figure;
	enum placement place;
	bool p99;
	int width;
};
void table_title_write(struct buf *out, const struct table_look *look);
void figures_table_write(struct buf *out, const struct figures *f,
			 const struct table_look *look);
/* All of it.  */
void figures_write(struct buf *out, const struct figures *f);

#endif
