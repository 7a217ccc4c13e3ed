/* See rules.h.  */
#include "config.h"

#include "explore/rules.h"

#include "base/i18n.h"

#include <stdlib.h>

struct kept {
	const char *text;
	struct rule fresh;	/* as it was parsed */
	struct rule now;	/* in this run; with the condition of fresh */
	struct buf why;		/* ... what decided it */
};

struct rules {
	struct kept *kept;
	size_t n, room;
	struct sights *sights;
	const char *broken;
	struct world *world;
};

struct rules *
rules_new(char *const *texts, char *const *somewhere, char **why)
{
	static char *const none[] = { NULL };
	struct rules *r = xcalloc(1, sizeof(*r));

	r->sights = sights_new(somewhere ? somewhere : none, why);
	if (!r->sights) {
		rules_free(r);
		return NULL;
	}
	for (texts = texts ? texts : none; *texts; texts++) {
		struct kept *k;

		r->kept = xgrow(r->kept, &r->room, r->n + 1, sizeof(*r->kept));
		k = &r->kept[r->n];
		*k = (struct kept){ .text = *texts };
		if (rule_parse(&k->fresh, *texts, why) < 0) {
			rules_free(r);
			return NULL;
		}
		r->n++;
	}
	return r;
}

void
rules_free(struct rules *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n; i++) {
		rule_release(&r->kept[i].fresh);
		buf_release(&r->kept[i].why);
	}
	world_free(r->world);
	sights_free(r->sights);
	free(r->kept);
	free(r);
}

void
rules_begin(struct rules *r, const struct header *h)
{
	world_free(r->world);
	r->world = world_new(h);
	for (size_t i = 0; i < r->n; i++) {
		r->kept[i].now = r->kept[i].fresh;
		buf_clear(&r->kept[i].why);
	}
}

/* What the world was like is only known now.  */
static void
feed(struct rules *r, struct kept *k)
{
	if (k->now.decided)
		return;
	rule_feed(&k->now, r->world);
	if (k->now.decided && !k->now.holds)
		condition_explain(k->now.condition, r->world, &k->why);
}

void
rules_event(struct rules *r, const struct event *e)
{
	world_apply(r->world, e);
	for (size_t i = 0; i < r->n; i++)
		feed(r, &r->kept[i]);
	sights_look(r->sights, r->world);
}

bool
rules_end(struct rules *r, struct buf *out)
{
	r->broken = NULL;
	for (size_t i = 0; i < r->n; i++) {
		struct kept *k = &r->kept[i];
		bool was_decided = k->now.decided;

		rule_end(&k->now, r->world);
		if (k->now.holds)
			continue;
		if (!was_decided)
			condition_explain(k->now.condition, r->world, &k->why);
		r->broken = k->text;
		buf_addf(out, _("the rule \"%s\" does not hold"), k->text);
		if (k->why.len)
			buf_addf(out, ": %s", buf_str(&k->why));
		return false;
	}
	return true;
}

const char *
rules_broken(const struct rules *r)
{
	return r->broken;
}

struct sights *
rules_sights(struct rules *r)
{
	return r->sights;
}
