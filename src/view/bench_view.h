/*
 * The screen of the figures: the chart, the same as a table, how it was
 * measured, and what each mechanism gives.
 */
#ifndef VIEW_BENCH_VIEW_H
#define VIEW_BENCH_VIEW_H

#include "bench/bench.h"
#include "term/screen.h"
#include "view/canvas.h"

struct bench_view;

/* "[####....]  41%  18 s done, 27 s left  FIFO, 4K, latency" */
void bench_progress_write(struct buf *out, const struct bench_progress *p,
			  bool unicode);

/* Figures are borrowed; NULL: there are none yet.  now in seconds since 1970: how old they are.
 * changes: what is no longer as it was measured (bench/text.h), copied.  */
struct bench_view *bench_view_new(const struct figures *f, int64_t now,
				  const char *changes);
void bench_view_free(struct bench_view *v);
void bench_view_draw(struct bench_view *v, struct canvas *c);
enum screen_answer bench_view_key(struct bench_view *v, int key);

/* Open it on top.  SCREEN_LEAVE when Q was pressed there.  */
enum screen_answer bench_view_run(const struct figures *f);
/* The same with the last figures of this user, if there are any.  */
enum screen_answer bench_view_last(void);

#endif
