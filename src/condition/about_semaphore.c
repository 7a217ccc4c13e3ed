/* Statements about semaphores.  */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"

/* The set (or the one) and that it has such a semaphore; -1: not.  */
static int
find(const struct blanks *b, const struct world *w, int64_t place,
     struct buf *out)
{
	int id = world_object(w, b->object);

	if (id < 0 && out)
		buf_addf(out, _("there is no %s"), b->object);
	if (id < 0 || (place >= 0 && place < world_semaphores(w, id)))
		return id;
	if (out)
		buf_addf(out, _("that is not known of %s"), b->object);
	return -1;
}

enum truth
semaphore_has_value(const struct blanks *b, const struct world *w,
		    struct buf *out)
{
	int how = b->option[0], id = find(b, w, b->place, out);
	int64_t value;
	enum truth t;

	if (id < 0)
		return IS_UNKNOWN;
	value = world_semaphore(w, id, (int)b->place);
	t = compare(value, how, b->number);
	if (!out)
		return t;
	buf_addf(out, _("semaphore %lld of %s has value %lld"),
		 (long long)b->place, b->object, (long long)value);
	if (t == IS_FALSE && how == COMPARE_IS)
		buf_addf(out, _(", not %lld"), (long long)b->number);
	return t;
}

static enum truth
is_taken(const struct blanks *b, const struct world *w, int64_t place,
	 struct buf *out)
{
	int id = find(b, w, place, out), who = world_actor(w, b->who), n = 0;
	size_t start = out ? out->len : 0;

	if (id < 0)
		return IS_UNKNOWN;
	for (int a = 0; a < w->n_actors; a++) {
		int64_t taken = world_taken(w, id, (int)place, a);

		if (!taken)
			continue;
		n++;
		if (out)
			buf_addf(out, out->len > start ? _(", %s took %lld") :
				 _("%s took %lld"), w->actor[a].role,
				 (long long)taken);
	}
	if (out && !n)
		buf_addf(out, _("nobody took any of %s"), b->object);
	if (b->quantifier == WHO_NAMED)
		return who >= 0 && world_taken(w, id, (int)place, who) ?
		       IS_TRUE : IS_FALSE;
	return (n > 0) == (b->quantifier != WHO_NOBODY) ? IS_TRUE : IS_FALSE;
}

enum truth
semaphore_is_taken(const struct blanks *b, const struct world *w,
		   struct buf *out)
{
	return is_taken(b, w, b->place, out);
}

enum truth
object_is_taken(const struct blanks *b, const struct world *w, struct buf *out)
{
	return is_taken(b, w, 0, out);
}
