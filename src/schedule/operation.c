/* Operations: what an actor does, as far as others can notice.  */
#include "config.h"

#include "base/buf.h"
#include "schedule/operation.h"

#include <inttypes.h>
#include <string.h>

static const char *const texts[] = {
#define ACT_TEXT(name, text) [ACT_##name] = text,
	ACTS(ACT_TEXT)
#undef ACT_TEXT
};

const char *
act_text(enum act act)
{
	return texts[act];
}

struct touch *
operation_touch(struct operation *o, enum act act, uint32_t object)
{
	static struct touch lost;
	struct touch *t = &lost;

	if (o->n < TOUCHES_MAX)
		t = &o->touch[o->n++];
	else
		o->unknown = true;
	*t = (struct touch){ .act = act, .object = object,
			     .have = HAVE_UNKNOWN };
	return t;
}

static bool
touch_equal(const struct touch *a, const struct touch *b)
{
	return a->act == b->act && a->object == b->object &&
	       a->from == b->from && a->to == b->to &&
	       a->atomic == b->atomic && a->gives_up == b->gives_up &&
	       a->value == b->value;
}

bool
operation_equal(const struct operation *a, const struct operation *b)
{
	if (a->n != b->n || a->ends != b->ends || a->unknown != b->unknown ||
	    strcmp(a->call, b->call) != 0)
		return false;
	for (int i = 0; i < a->n; i++)
		if (!touch_equal(&a->touch[i], &b->touch[i]))
			return false;
	return true;
}

void
operation_write(struct buf *out, const struct operation *o)
{
	buf_addf(out, "%s%s:", o->call, o->unknown ? " (unknown)" : "");
	for (int i = 0; i < o->n; i++) {
		const struct touch *t = &o->touch[i];

		buf_addf(out, "%s %s of object %" PRIu32, i ? "," : "",
			   act_text(t->act), t->object);
		if (t->to)
			buf_addf(out, " [%" PRIu64 ", %" PRIu64 ")", t->from,
				   t->to);
	}
}
