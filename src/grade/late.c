/* See late.h.  */
#include "config.h"

#include "grade/late.h"

#include <stdlib.h>
#include <string.h>

int64_t
late_by(const struct late_policy *p, int64_t submitted)
{
	if (!p->due_is_set || submitted <= p->due)
		return 0;
	return submitted - p->due;
}

int
late_loses(const struct late_policy *p, int64_t submitted)
{
	int64_t late = late_by(p, submitted);

	if (late == 0)
		return 0;
	for (size_t i = 0; i < p->n; i++)
		if (late <= p->step[i].until)
			return p->step[i].lose;
	return 100;
}

/* A whole number of at most six digits; what stands behind it.  NULL: none. */
static const char *
whole(const char *text, int64_t *value)
{
	size_t n = strspn(text, "0123456789");

	if (n == 0 || n > 6)
		return NULL;
	*value = strtoll(text, NULL, 10);
	return text + n;
}

bool
late_parse_span(const char *text, int64_t *seconds)
{
	static const struct { char letter; int64_t seconds; } units[] = {
		{ 'm', 60 }, { 'h', 60 * 60 }, { 'd', 24 * 60 * 60 },
	};
	const char *unit = whole(text, seconds);

	for (size_t i = 0; unit && i < ARRAY_SIZE(units); i++)
		if (*unit == units[i].letter && !unit[1]) {
			*seconds *= units[i].seconds;
			return *seconds > 0;
		}
	return false;
}

bool
late_parse_percent(const char *text, int *percent)
{
	int64_t value;
	const char *end = whole(text, &value);

	if (!end || strcmp(end, "%") != 0 || value > 100)
		return false;
	*percent = (int)value;
	return true;
}

void
late_release(struct late_policy *p)
{
	free(p->step);
	*p = (struct late_policy){ .n = 0 };
}
