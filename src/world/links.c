/* What came from where: sends and the receives that took them.  */
#include "config.h"

#include "world/inside.h"

void
world_link(struct world *w, uint64_t from)
{
	if (from)
		w->link[w->n_links++ % WORLD_LINKS] =
			(struct world_link){ from, w->n };
}

void
world_link_to(struct world *w, uint64_t from, uint64_t to)
{
	if (from && to)
		w->link[w->n_links++ % WORLD_LINKS] =
			(struct world_link){ from, to };
}

uint64_t
world_came_from(const struct world *w, uint64_t n)
{
	int kept = w->n_links < WORLD_LINKS ? w->n_links : WORLD_LINKS;

	for (int i = 0; i < kept; i++)
		if (w->link[i].to == n)
			return w->link[i].from;
	return 0;
}
