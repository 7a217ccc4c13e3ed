/* Medians and percentiles.  */
#include "config.h"

#include "bench/statistics.h"

#include <stdlib.h>

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void
samples_sort(double *sample, size_t n)
{
	if (n > 1)
		qsort(sample, n, sizeof(*sample), compare);
}

double
samples_percentile(const double *sorted, size_t n, int percent)
{
	size_t rank = (n * (size_t)percent + 99) / 100;

	if (n == 0)
		return 0;
	return sorted[rank > 0 ? rank - 1 : 0];
}

double
samples_median(const double *sorted, size_t n)
{
	if (n == 0)
		return 0;
	if (n % 2)
		return sorted[n / 2];
	return (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}
