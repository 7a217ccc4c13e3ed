/* Names of errno values and signals.  */
#include "config.h"

#include "event/names.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* FIRST_RT: what the C library calls SIGRTMIN; the kernel begins two lower,
 * the library keeps those for itself (signal(7)).  A constant, as recordings
 * of one machine are read on another.  */
enum { ERRNO_MAX = 133, SIGNALS = 64, FIRST_RT = 34 };

/* A call that a signal broke off ends so for a tracer; the program sees it
 * made again, or EINTR (include/linux/errno.h in the kernel).  */
static const struct { int number; const char *name; } restarts[] = {
	{ 512, "ERESTARTSYS" }, { 513, "ERESTARTNOINTR" },
	{ 514, "ERESTARTNOHAND" }, { 516, "ERESTART_RESTARTBLOCK" },
};

static const char *
restart_name(int error)
{
	for (size_t i = 0; i < sizeof(restarts) / sizeof(*restarts); i++)
		if (restarts[i].number == error)
			return restarts[i].name;
	return NULL;
}

const char *
errno_name(int error)
{
	static char unknown[16];
	const char *name = error > 0 ? strerrorname_np(error) : NULL;

	if (!name)
		name = restart_name(error);

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
	for (size_t i = 0; i < sizeof(restarts) / sizeof(*restarts); i++)
		if (strcmp(restarts[i].name, name) == 0)
			return restarts[i].number;
	if (name[0] != 'E')
		return -1;
	number = strtol(name + 1, &end, 10);
	return *end || number <= 0 || number > 4095 ? -1 : number;
}

const char *
signal_name(int signal)
{
	/* A place for each: two names can stand in one sentence. */
	static char names[SIGNALS + 1][16];
	char *name = names[signal > 0 && signal <= SIGNALS ? signal : 0];
	const char *abbrev = sigabbrev_np(signal);

	if (abbrev)
		snprintf(name, sizeof(names[0]), "SIG%s", abbrev);
	else if (signal == FIRST_RT)
		snprintf(name, sizeof(names[0]), "SIGRTMIN");
	else if (signal > FIRST_RT && signal <= SIGNALS)
		snprintf(name, sizeof(names[0]), "SIGRTMIN+%d",
			 signal - FIRST_RT);
	else
		snprintf(name, sizeof(names[0]), "SIG%d", signal);
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
	return strcmp(name, "SIGRTMAX") == 0 ? SIGNALS : -1;
}
