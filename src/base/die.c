/* Giving up in good order, and saying why something did not work.  */
#include "config.h"

#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>

enum { HOOKS_MAX = 8, EXIT_BUG = 70 };

static void (*hooks[HOOKS_MAX])(void);
static int n_hooks;

void
die_hook(void (*hook)(void))
{
	if (n_hooks < HOOKS_MAX)
		hooks[n_hooks++] = hook;
}

void
die(const char *fmt, ...)
{
	va_list ap;

	while (n_hooks > 0)
		hooks[--n_hooks]();
	fputs("ipclab: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	_Exit(EXIT_BUG);
}

int
fail(char **why, const char *fmt, ...)
{
	va_list ap;
	char *sentence;

	if (!why)
		return -1;
	/* The arguments may point into the old sentence: format first.  */
	va_start(ap, fmt);
	sentence = xvasprintf(fmt, ap);
	va_end(ap);
	free(*why);
	*why = sentence;
	return -1;
}
