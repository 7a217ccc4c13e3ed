/* Which attempt counts, and for how much.  */
#include "config.h"

#include "base/utc.h"
#include "grade/book.h"

#include <string.h>

/* What is lost of this attempt for being late.  One of which nobody knows when
 * it was handed in was in time.  */
static int
lost_of(const struct book_row *row, const struct assignment *a)
{
	int64_t at;

	if (!a || !utc_parse(row->submitted_at, &at))
		return 0;
	return late_loses(&a->policy, at);
}

static bool
is_of(const struct book_row *row, const struct assignment *a)
{
	return !a || (strcmp(row->assignment, a->name.text) == 0 &&
		      assignment_named(a, row->exercise));
}

static void
mark_row(struct book_row *row, const struct assignment *a)
{
	bool allowed = row->number > 0 && is_of(row, a) &&
		       (!a || !a->attempts.value ||
			row->number <= a->attempts.value);

	row->counts = false;
	row->lost = lost_of(row, a);
	if (!allowed)
		row->mark = -1;
	else if (a)
		row->mark = assignment_mark(a, assignment_named(a,
			row->exercise), row->score, row->maximum, row->hints,
			row->lost);
	else
		row->mark = row->score * 100;
}

void
book_mark(struct book_list *list, const struct assignment *a)
{
	struct book_row *best = NULL;

	for (size_t i = 0; i < list->n; i++) {
		struct book_row *row = &list->row[i];

		mark_row(row, a);
		if (best && !book_same_work(best, row))
			best = NULL;
		if (row->mark < 0 || (best && row->mark <= best->mark))
			continue;
		if (best)
			best->counts = false;
		row->counts = true;
		best = row;
	}
	for (size_t i = 0; i < list->n; i++)
		if (list->row[i].mark < 0)
			list->row[i].mark = 0;
}
