/* A row of the table of system calls, by its number; names of the others.  */
#include "config.h"

#include "tracer/calls.h"

#include <seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum { NR_MAX = 1024 };

const struct call *
call_find(long nr)
{
	static const struct call *by_nr[NR_MAX];
	static bool ready;

	if (!ready) {
		for (int i = 0; i < n_calls; i++)
			by_nr[calls[i].nr] = &calls[i];
		ready = true;
	}
	return nr >= 0 && nr < NR_MAX ? by_nr[nr] : NULL;
}

const char *
call_name(long nr)
{
	static char name[64];
	const struct call *c = call_find(nr);
	char *known;

	if (c)
		return c->name;
	known = seccomp_syscall_resolve_num_arch(seccomp_arch_native(), nr);
	snprintf(name, sizeof(name), "%s", known ? known : "?");
	free(known);
	return name;
}
