/* Statements about what is counted: messages, values, waiters.  */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"

static const struct object *
find(const struct blanks *b, const struct world *w, struct buf *out)
{
	int id = world_object(w, b->object);

	if (id < 0 && out)
		buf_addf(out, _("there is no %s"), b->object);
	return id < 0 ? NULL : &w->object[id];
}

/* The number is known, or the sentence says that it is not.  */
static enum truth
judge(const struct blanks *b, bool known, int64_t actual, int how,
      struct buf *out)
{
	if (known)
		return compare(actual, how, b->number);
	if (out)
		buf_addf(out, _("that is not known of %s"), b->object);
	return IS_UNKNOWN;
}

enum truth
object_holds_messages(const struct blanks *b, const struct world *w,
		      struct buf *out)
{
	const struct object *o = find(b, w, out);
	int how = b->option[0];
	int64_t n = o ? world_messages(w, (int)(o - w->object)) : -1;
	enum truth t = o ? judge(b, n >= 0, n, how, out) : IS_UNKNOWN;

	if (!out || t == IS_UNKNOWN)
		return t;
	buf_addf(out, ngettext("%s holds %lld message",
			       "%s holds %lld messages", n), b->object,
		 (long long)n);
	return but_wanted(b, how, t, out);
}

enum truth
object_has_value(const struct blanks *b, const struct world *w,
		 struct buf *out)
{
	const struct object *o = find(b, w, out);
	int how = b->option[0];
	int64_t v = o ? world_value(w, (int)(o - w->object)) : NO_VALUE;
	enum truth t = o ? judge(b, v != NO_VALUE, v, how, out) : IS_UNKNOWN;

	if (!out || t == IS_UNKNOWN)
		return t;
	buf_addf(out, _("%s has value %lld"), b->object, (long long)v);
	return but_wanted(b, how, t, out);
}

enum truth
object_has_waiters(const struct blanks *b, const struct world *w,
		   struct buf *out)
{
	const struct object *o = find(b, w, out);
	int how = b->option[0];
	int n = o ? world_waiters(w, (int)(o - w->object)) : 0;
	enum truth t = o ? judge(b, true, n, how, out) : IS_UNKNOWN;

	if (!out || t == IS_UNKNOWN)
		return t;
	buf_addf(out, ngettext("%d actor sleeps on %s",
			       "%d actors sleep on %s", n), n, b->object);
	return but_wanted(b, how, t, out);
}
