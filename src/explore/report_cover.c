/*
 * Who wrote over what another had written to a file.
 *
 * Two that each write where they think that the file ends lose what one of them
 * wrote, and no step of theirs need be out of order.  It is said only where
 * nobody had read the bytes before, as they would have served already, and
 * where it did not happen in the run that passes.
 */
#include "config.h"

#include "base/i18n.h"
#include "explore/report_inside.h"

#include <string.h>

/* read, readv, pread64...  */
static bool
moves(const struct row *row, const char *call)
{
	const char *name = row->call + (row->call[0] == 'p');

	return row->bytes > 0 && strncmp(name, call, strlen(call)) == 0;
}

static bool
overlap(const struct row *a, const struct row *b)
{
	return strcmp(a->object, b->object) == 0 &&
	       a->from < b->from + b->bytes && b->from < a->from + a->bytes;
}

/* What another process had written last where this row writes, and nobody has
 * read since; NULL.  */
static const struct row *
written_below(const struct report *r, const struct row *row)
{
	const struct actor *actor = r->world->actor;

	for (const struct row *i = row; i-- > r->row;) {
		if (!overlap(i, row))
			continue;
		return moves(i, "write") &&
		       actor[i->actor].pid != actor[row->actor].pid ? i : NULL;
	}
	return NULL;
}

/* The first that does so, NULL.  */
static const struct row *
first_over(const struct report *r)
{
	for (size_t i = 0; i < r->n_rows; i++)
		if (moves(&r->row[i], "write") && written_below(r, &r->row[i]))
			return &r->row[i];
	return NULL;
}

bool
report_cover(const struct report *r, const struct report *passing,
	     struct buf *out)
{
	const struct row *over = first_over(r), *below;

	if (!over || (passing && first_over(passing)))
		return false;
	below = written_below(r, over);
	report_deed(r, over, out);
	buf_addf(out, _(" over what %s had written there"),
		 report_role(r, below->actor));
	if (below->source[0])
		buf_addf(out, _(" at %s"), below->source);
	return true;
}
