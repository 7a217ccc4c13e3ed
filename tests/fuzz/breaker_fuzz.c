/* Any bytes as a schedule that is to be tried on what mends the program: what
 * is accepted has so many steps, and only says who goes.  */
#include "config.h"

#include "exercise/breaker.h"
#include "schedule/schedule.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#define EXERCISE TOP_SRCDIR "/exercises/lost-update-break"

static const struct exercise *
broken(void)
{
	static struct exercise e;

	if (!e.name && exercise_load(&e, EXERCISE, NULL, NULL) < 0)
		abort();
	return &e;
}

static bool
is_harmless(const struct choice *c)
{
	return c->kind == CHOICE_GO || c->kind == CHOICE_DELIVER ||
	       c->kind == CHOICE_CUT || c->kind == CHOICE_EXPIRE ||
	       c->kind == CHOICE_RUN;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct exercise *e = broken();
	const char *text = (const char *)data;
	struct schedule s;
	char *why = NULL;

	if (breaker_check(e, text, size, &why) < 0) {
		if (!why || !*why)
			abort();
		free(why);
		return 0;
	}
	if (why || memchr(text, '\0', size) ||
	    schedule_parse(&s, text, size, BREAKER_FILE, NULL) < 0)
		abort();
	if (s.n_steps > (size_t)e->limits.steps.value || s.lesson[0])
		abort();
	for (size_t i = 0; i < s.n_steps; i++)
		if (!is_harmless(&s.step[i].choice))
			abort();
	schedule_release(&s);
	return 0;
}
