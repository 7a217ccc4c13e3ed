/*
 * The chart of figures: size of a message from left to right, cost upwards,
 * both axes logarithmic, one line a mechanism.
 *
 * Each line has a letter, and stands in the legend under it; letters of
 * different lines never stand in one column, so none hides another.  The
 * chosen line is drawn over the others, with its letter at each size that was
 * measured.
 */
#ifndef VIEW_CHART_H
#define VIEW_CHART_H

#include "bench/bench.h"
#include "view/canvas.h"

struct chart {
	const struct figures *figures;
	enum figure figure;
	enum placement place;
	bool p99;		/* of the latency */
	int chosen;		/* mechanism; -1: none */
	int size;		/* of bench_sizes: the legend's values */
};

/* Axes, lines and, where there is room, the legend.  */
void chart_draw(const struct chart *k, struct canvas *c, struct rect r);
/* The letter of a mechanism: 'a' for the first.  */
char chart_letter(int mechanism);
/* What the chart shows of a mechanism at a size, 0: nothing.  */
double chart_value(const struct chart *k, int mechanism, int size);
/* Is there a line, or a reason why there is none?  */
bool chart_has(const struct chart *k, int mechanism);

#endif
