/* Statistics of samples: medians and percentiles.  */
#ifndef BENCH_STATISTICS_H
#define BENCH_STATISTICS_H

#include <stddef.h>

enum { P99_SAMPLES = 100 };	/* with fewer, one in a hundred is a guess */

/* Sorts the samples, ascending.  */
void samples_sort(double *sample, size_t n);
/* Of sorted samples: the value that at least so many in a hundred do not
 * exceed (nearest rank); 0 when there are none.  */
double samples_percentile(const double *sorted, size_t n, int percent);
/* Of sorted samples: the middle one, or the mean of the two.  */
double samples_median(const double *sorted, size_t n);

#endif
