/* See processors.h.  */
#include "config.h"

#include "base/processors.h"

#include <sched.h>
#include <stdbool.h>

static bool known;

/* What was allowed before we were moved.  */
static const cpu_set_t *
allowed(void)
{
	static cpu_set_t set;

	if (!known) {
		CPU_ZERO(&set);
		if (sched_getaffinity(0, sizeof(set), &set) < 0 ||
		    CPU_COUNT(&set) == 0)
			CPU_SET(0, &set);
		known = true;
	}
	return &set;
}

int
processors_count(void)
{
	return CPU_COUNT(allowed());
}

int
processors_at(int place)
{
	int left = place % processors_count(), cpu = 0;

	while (!CPU_ISSET(cpu, allowed()) || left-- > 0)
		cpu++;
	return cpu;
}

void
processors_move(int place)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	if (place >= 0)
		CPU_SET(processors_at(place), &one);
	sched_setaffinity(0, sizeof(one), place >= 0 ? &one : allowed());
}

void
processors_stay(void)
{
	known = false;
}
