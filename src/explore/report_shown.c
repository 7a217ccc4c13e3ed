/*
 * Which rows of a run are in its picture.
 *
 * Rows that come again and again stand once, with how often they come.  Of a
 * run that is still too long its beginning and end are kept, and what is near
 * the steps that matter: where one is made to wait that could go on, where a
 * fault is put in, and where it is decided.
 */
#include "config.h"

#include "explore/report_inside.h"

#include <string.h>

enum {
	PERIOD_MAX = 4,		/* rows of a loop */
	LINES_MAX = 60,		/* more are too long to be read */
	ENDS = 20,		/* kept at the beginning, and at the end */
	NEAR = 3,		/* ... before and behind what matters */
	LEFT_OUT_MIN = 4,	/* fewer are no relief */
};

static bool
is_turning(const struct row *row, const struct report_facts *f)
{
	return row->chosen && f->turning && row->step == f->turning;
}

static bool
matters(const struct row *row, const struct report_facts *f)
{
	return row->preempts || row->fault || is_turning(row, f);
}

/* ---- what comes again ---- */

/* What is read and written in a loop may be another number each time; whether
 * it fails matters.  */
static bool
is_equal(const struct row *a, const struct row *b)
{
	bool fails = strncmp(a->result, "= E", 3) == 0 ||
		     strncmp(b->result, "= E", 3) == 0;

	return a->actor == b->actor && a->waits == b->waits &&
	       strcmp(a->call, b->call) == 0 && strcmp(a->on, b->on) == 0 &&
	       (!fails || strcmp(a->result, b->result) == 0) &&
	       strcmp(a->source, b->source) == 0;
}

/* Are the rows from i on those of the loop that began here?  */
static bool
comes_again(const struct report *r, const struct report_facts *f, size_t start,
	    size_t i, int period)
{
	if (i + (size_t)period > r->n_rows)
		return false;
	for (int k = 0; k < period; k++)
		if (matters(&r->row[i + (size_t)k], f) ||
		    !is_equal(&r->row[start + (size_t)k],
			      &r->row[i + (size_t)k]))
			return false;
	return true;
}

/* How often the loop that begins here comes again.  */
static size_t
repeats_of(const struct report *r, const struct report_facts *f, size_t start,
	   int period)
{
	size_t n = 0;

	while (comes_again(r, f, start, start + (n + 1) * (size_t)period,
			   period))
		n++;
	return n;
}

static void
fold_loops(const struct report *r, const struct report_facts *f,
	   struct shown *shown)
{
	for (size_t i = 0; i < r->n_rows; i++)
		for (int period = 1; period <= PERIOD_MAX; period++) {
			size_t n = repeats_of(r, f, i, period);
			size_t last = i + (size_t)period - 1;

			if (n < 2)	/* a line is as long as a line */
				continue;
			shown[last].repeats = n;
			shown[last].period = period;
			for (size_t k = 1; k <= n * (size_t)period; k++)
				shown[last + k].hidden = true;
			i = last + n * (size_t)period;
			if (strcmp(r->row[last].result, r->row[i].result))
				shown[last].result = r->row[i].result;
			break;
		}
}

/* ---- what is too long ---- */

static bool
is_kept(const struct report *r, const struct report_facts *f, size_t i)
{
	size_t from = i > NEAR ? i - NEAR : 0;

	if (i < ENDS || i + ENDS >= r->n_rows)
		return true;
	for (size_t k = from; k <= i + NEAR && k < r->n_rows; k++)
		if (matters(&r->row[k], f))
			return true;
	return false;
}

/* The rows from i on that are not kept, up to *end; how many are shown.  */
static size_t
find_gap(const struct report *r, const struct report_facts *f,
	 const struct shown *shown, size_t i, size_t *end)
{
	size_t n = 0;

	for (*end = i; *end < r->n_rows && !is_kept(r, f, *end); (*end)++)
		n += !shown[*end].hidden;
	return n;
}

static void
leave_out(const struct report *r, const struct report_facts *f,
	  struct shown *shown)
{
	size_t end;

	for (size_t i = 0; i < r->n_rows; i = end + 1) {
		size_t n = find_gap(r, f, shown, i, &end);

		if (n < LEFT_OUT_MIN)
			continue;
		for (size_t k = i; k < end; k++)
			shown[k] = (struct shown){ .hidden = true };
		shown[end - 1].left_out = n;
	}
}

struct shown *
report_shown(const struct report *r, const struct report_facts *f)
{
	struct shown *shown = xcalloc(r->n_rows + 1, sizeof(*shown));
	size_t lines = 0;

	fold_loops(r, f, shown);
	for (size_t i = 0; i < r->n_rows; i++)
		lines += !shown[i].hidden;
	if (lines > LINES_MAX)
		leave_out(r, f, shown);
	return shown;
}
