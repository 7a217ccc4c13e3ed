/* Statements about mutexes and read-write locks.  */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"

enum { FOR_READING, FOR_WRITING };	/* as in the statement; -1: either */

static void
tell_holders(const struct blanks *b, const struct world *w, int id,
	     struct buf *out)
{
	size_t start = out->len;
	bool writing;

	for (int a = 0; a < w->n_actors; a++)
		if (world_locks(w, id, a, &writing)) {
			buf_adds(out, out->len > start ? ", " : "");
			buf_addf(out, _("%s holds %s"), w->actor[a].role,
				 b->object);
		}
	if (out->len == start)
		buf_addf(out, _("nobody holds %s"), b->object);
}

enum truth
lock_is_held(const struct blanks *b, const struct world *w, struct buf *out)
{
	int id = world_object(w, b->object), who = world_actor(w, b->who);
	bool writing = false, is = false;
	int n = 0;

	if (id < 0 || !world_is_lock(w, id)) {
		if (out)
			buf_addf(out, _("there is no lock %s"), b->object);
		return IS_UNKNOWN;
	}
	if (out)
		tell_holders(b, w, id, out);
	for (int a = 0; a < w->n_actors; a++) {
		if (!world_locks(w, id, a, &writing) ||
		    (b->option[0] == FOR_READING && writing) ||
		    (b->option[0] == FOR_WRITING && !writing))
			continue;
		n++;
		is = is || a == who;
	}
	if (b->quantifier == WHO_NAMED)
		return is ? IS_TRUE : IS_FALSE;
	return (n > 0) == (b->quantifier != WHO_NOBODY) ? IS_TRUE : IS_FALSE;
}
