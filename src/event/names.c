/* Names of errno values and signals.  */
#include "config.h"

#include "event/names.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ERRNO_MAX = 133, SIGNALS = 64 };

/* Linux's first real-time signal; the C library's SIGRTMIN is higher as it
 * keeps two for itself (signal(7)).  */
enum { KERNEL_RTMIN = 32 };

const char *
errno_name(int error)
{
	static char unknown[16];
	const char *name = error > 0 ? strerrorname_np(error) : NULL;

	if (name)
		return name;
	snprintf(unknown, sizeof(unknown), "E%d", error);
	return unknown;
}

int
errno_number(const char *name)
{
	char *end;
	long number;

	for (int i = 1; i <= ERRNO_MAX; i++) {
		const char *known = strerrorname_np(i);

		if (known && strcmp(known, name) == 0)
			return i;
	}
	if (name[0] != 'E')
		return -1;
	number = strtol(name + 1, &end, 10);
	return *end || number <= 0 || number > 4095 ? -1 : number;
}

const char *
signal_name(int signal)
{
	static char name[16];
	const char *abbrev = sigabbrev_np(signal);

	if (abbrev)
		snprintf(name, sizeof(name), "SIG%s", abbrev);
	else if (signal >= KERNEL_RTMIN && signal <= SIGNALS)
		snprintf(name, sizeof(name), "SIGRT%d", signal);
	else
		snprintf(name, sizeof(name), "SIG%d", signal);
	return name;
}

int
signal_number(const char *name)
{
	for (int i = 1; i <= SIGNALS; i++) {
		const char *known = signal_name(i);

		if (strcmp(known, name) == 0 || strcmp(known + 3, name) == 0)
			return i;
	}
	return -1;
}
