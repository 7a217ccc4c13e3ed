/* See refused.h.  */
#include "config.h"

#include "tracer/refused.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "event/cast.h"
#include "event/names.h"
#include "sandbox/policy.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* NULL with *full: there is no room for another of this actor.  */
static struct refused *
find(const struct refusals *r, const char *actor, const struct policy *p,
     const char *source, bool *full)
{
	int places = 0;

	for (size_t i = 0; i < r->n; i++) {
		struct refused *it = &r->at[i];

		if (strcmp(it->actor, actor) != 0)
			continue;
		if (strcmp(it->call, p->name) == 0 && it->error == p->error &&
		    strcmp(it->source, source) == 0)
			return it;
		places++;
	}
	*full = places == REFUSED_PLACES;
	return NULL;
}

/* Names of files come from the program: #line says anything.  */
static void
copy_source(struct refused *to, const char *source)
{
	COPY_STR(to->source, source);
	for (char *c = to->source; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
}

void
refused_note(struct refusals *r, const char *actor, const struct policy *p,
	     const char *source)
{
	struct refused wanted = { .times = 1 }, *it;
	bool full = false;

	copy_source(&wanted, source);
	it = find(r, actor, p, wanted.source, &full);
	if (it && it->times < REFUSED_TIMES)
		it->times++;
	if (it || full)
		return;
	COPY_STR(wanted.actor, actor);
	wanted.call = p->name;
	wanted.why = p->why;
	wanted.error = p->error;
	r->at = xgrow(r->at, &r->room, r->n + 1, sizeof(*r->at));
	r->at[r->n++] = wanted;
}

/* What one actor did stays as it came: they are few.  */
void
refused_sort(struct refusals *r)
{
	for (size_t i = 1; i < r->n; i++) {
		struct refused it = r->at[i];
		size_t k = i;

		for (; k > 0 && strcmp(r->at[k - 1].actor, it.actor) > 0; k--)
			r->at[k] = r->at[k - 1];
		r->at[k] = it;
	}
}

void
refused_tell(const struct refusals *r, const char *cast, struct buf *out)
{
	const struct refused *first = r->at;

	if (!r->n)
		return;
	buf_addf(out, "%s: %s (%s)", cast_role(cast, first->actor).text,
		 first->call, first->why);
	if (first->source[0])
		buf_addf(out, _(" at %s"), first->source);
}

void
refused_write(const struct refusals *r, struct buf *out)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct refused *it = &r->at[i];

		buf_addf(out, "%s\t%s\t%s\t%" PRId64 "\t%s\n", it->actor,
			 it->call, errno_name(it->error), it->times,
			 it->source);
	}
}

struct refusals *
refused_begin(struct refusals *r)
{
	r->n = 0;
	return r;
}

void
refused_free(struct refusals *r)
{
	free(r->at);
	*r = (struct refusals){ .at = NULL };
}
