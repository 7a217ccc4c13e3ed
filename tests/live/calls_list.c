/*
 * Prints the table of system calls for scripts: the calls that stop a free
 * run, one a line, each with the names of its arguments in order; '-' stands
 * for one that is not shown.
 */
#include "config.h"

#include "runtime/abi.h"
#include "tracer/calls.h"

#include <stdio.h>

static void
print_call(const struct call *c)
{
	printf("%s", c->name);
	for (int i = 0; i < 6 && c->arg[i].kind != ARG_NONE; i++)
		printf(" %s", c->arg[i].kind == ARG_HIDE ? "-"
							  : c->arg[i].name);
	putchar('\n');
}

int
main(void)
{
	for (int i = 0; i < n_calls; i++)
		if (!(calls[i].flags & (CALL_DRIVEN | CALL_SEARCHED)) &&
		    calls[i].does != DOES_AFFINITY && calls[i].nr < RT_HELLO)
			print_call(&calls[i]);
	return 0;
}
