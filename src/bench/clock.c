/* The clock that all is measured by: CLOCK_MONOTONIC (clock_gettime(2)),
 * which on most machines needs no system call (vdso(7)).  */
#include "config.h"

#include "bench/channel.h"
#include "bench/statistics.h"

enum { LOOKS = 1001 };

uint64_t
clock_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

/* The median of several means: a single look is shorter than what the clock
 * can tell apart on some machines.  */
double
clock_cost(void)
{
	double mean[15];

	for (size_t i = 0; i < ARRAY_SIZE(mean); i++) {
		uint64_t begin = clock_now(), end = begin;

		for (int look = 0; look < LOOKS; look++)
			end = clock_now();
		mean[i] = (double)(end - begin) / LOOKS;
	}
	samples_sort(mean, ARRAY_SIZE(mean));
	return samples_median(mean, ARRAY_SIZE(mean));
}
