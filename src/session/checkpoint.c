/* Copies of the world at some events, evenly spaced.  */
#include "config.h"

#include "session/checkpoint.h"

#include <stdlib.h>

struct checkpoints {
	uint64_t distance;	/* kept at each multiple of this */
	size_t n;
	size_t bytes;		/* about, of all worlds */
	struct {
		uint64_t at;
		size_t bytes;
		struct world *world;
	} kept[CHECKPOINTS_MAX];	/* by ascending event */
};

struct checkpoints *
checkpoints_new(void)
{
	struct checkpoints *c = xcalloc(1, sizeof(*c));

	c->distance = CHECKPOINT_DISTANCE;
	return c;
}

void
checkpoints_free(struct checkpoints *c)
{
	if (!c)
		return;
	checkpoints_truncate(c, 0);
	free(c);
}

static void
drop(struct checkpoints *c, size_t i)
{
	c->bytes -= c->kept[i].bytes;
	world_free(c->kept[i].world);
}

void
checkpoints_truncate(struct checkpoints *c, uint64_t n)
{
	while (c->n > 0 && c->kept[c->n - 1].at > n)
		drop(c, --c->n);
}

/* About what a copy costs.  */
static size_t
size_of(const struct world *w)
{
	size_t bytes = sizeof(*w) + w->n_actors * sizeof(*w->actor) +
		       w->n_objects * sizeof(*w->object);

	for (int i = 0; i < w->n_actors; i++)
		if (w->actor[i].fds)
			bytes += w->actor[i].fds->room *
				 sizeof(struct descriptor);
	for (int i = 0; i < w->n_objects; i++)
		bytes += w->object[i].n_segments * sizeof(struct segment);
	return bytes;
}

static void
thin_out(struct checkpoints *c)
{
	size_t kept = 0;

	c->distance *= 2;
	for (size_t i = 0; i < c->n; i++) {
		if (c->kept[i].at % c->distance == 0)
			c->kept[kept++] = c->kept[i];
		else
			drop(c, i);
	}
	c->n = kept;
}

void
checkpoints_offer(struct checkpoints *c, const struct world *w, uint64_t n)
{
	size_t bytes;

	if (n % c->distance != 0 || (c->n && c->kept[c->n - 1].at >= n))
		return;
	bytes = size_of(w);
	while (c->n && (c->n == CHECKPOINTS_MAX ||
			c->bytes + bytes > CHECKPOINTS_BYTES))
		thin_out(c);
	if (n % c->distance != 0)
		return;
	c->bytes += bytes;
	c->kept[c->n].bytes = bytes;
	c->kept[c->n].at = n;
	c->kept[c->n++].world = world_copy(w);
}

/* The number of checkpoints not after n.  */
static size_t
count_before(const struct checkpoints *c, uint64_t n)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (c->kept[mid].at <= n)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

uint64_t
checkpoints_before(const struct checkpoints *c, uint64_t n)
{
	size_t i = count_before(c, n);

	return i ? c->kept[i - 1].at : 0;
}

struct world *
checkpoints_take(const struct checkpoints *c, uint64_t n)
{
	size_t i = count_before(c, n);

	return i ? world_copy(c->kept[i - 1].world) : NULL;
}
