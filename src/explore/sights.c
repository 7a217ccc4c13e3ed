/* See sights.h.  */
#include "config.h"

#include "explore/sights.h"

#include "base/i18n.h"

#include <stdlib.h>

struct sights {
	struct condition *condition[SIGHTS_MAX];
	int n;
	uint64_t seen;
};

struct sights *
sights_new(char *const *texts, char **why)
{
	struct sights *s = xcalloc(1, sizeof(*s));

	for (; *texts; texts++) {
		if (s->n == SIGHTS_MAX)
			fail(why, _("more than %d conditions"), SIGHTS_MAX);
		else
			s->condition[s->n] = condition_parse(*texts, why);
		if (s->n == SIGHTS_MAX || !s->condition[s->n]) {
			sights_free(s);
			return NULL;
		}
		s->n++;
	}
	return s;
}

void
sights_free(struct sights *s)
{
	if (!s)
		return;
	for (int i = 0; i < s->n; i++)
		condition_free(s->condition[i]);
	free(s);
}

void
sights_look(struct sights *s, const struct world *w)
{
	for (int i = 0; i < s->n; i++)
		if (!(s->seen >> i & 1) &&
		    condition_eval(s->condition[i], w) == IS_TRUE)
			s->seen |= UINT64_C(1) << i;
}

uint64_t
sights_seen(const struct sights *s)
{
	return s->seen;
}

void
sights_clear(struct sights *s)
{
	s->seen = 0;
}

uint64_t
sights_hold(char *const *texts, const struct world *w)
{
	uint64_t hold = 0;

	for (int i = 0; texts && texts[i] && i < SIGHTS_MAX; i++) {
		struct condition *c = condition_parse(texts[i], NULL);

		if (c && condition_eval(c, w) == IS_TRUE)
			hold |= UINT64_C(1) << i;
		condition_free(c);
	}
	return hold;
}
