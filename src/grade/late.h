/*
 * What being late costs: a function of when something was handed in, and of
 * nothing else.  Graded again a year later, it loses the same.
 */
#ifndef GRADE_LATE_H
#define GRADE_LATE_H

#include "base/base.h"

/* What is handed in up to so many seconds after the due date loses so many
 * percent.  */
struct late_step {
	int64_t until;
	int lose;
};

struct late_policy {
	bool due_is_set;	/* false: nothing is ever late */
	int64_t due;		/* a moment of utc.h */
	struct late_step *step;	/* in order of until */
	size_t n;
};

/* Seconds after the due date; 0: in time.  */
int64_t late_by(const struct late_policy *p, int64_t submitted);
/* Percent of the points that are lost: 0 in time, 100 after the last step. */
int late_loses(const struct late_policy *p, int64_t submitted);

/* "90m", "24h", "3d": seconds.  "10%": percent, 0 to 100.  False: it is
 * neither.  */
bool late_parse_span(const char *text, int64_t *seconds);
bool late_parse_percent(const char *text, int *percent);

void late_release(struct late_policy *p);

#endif
