/* What conditions ask of the past: calls by number, and the output.  */
#include "config.h"

#include "world/inside.h"

#include <stdlib.h>
#include <string.h>

enum { PRINTED_KEPT = 64 << 10 };

struct world_history *
history_new(const struct header *head)
{
	struct world_history *h = xcalloc(1, sizeof(*h));

	if (head) {
		COPY_STR(h->cast, head->cast);
		COPY_STR(h->cwd, head->cwd);
	}
	for (int i = 0; i < OBJECT_BUCKETS; i++)
		h->bucket[i] = -1;
	return h;
}

void
history_free(struct world_history *h, int n_actors)
{
	for (int i = 0; i < n_actors; i++) {
		free(h->actor[i].count);
		buf_release(&h->actor[i].printed);
	}
	free(h->actor);
	buf_release(&h->printed);
	free(h);
}

static struct buf
buf_copy(const struct buf *b)
{
	struct buf copy = BUF_INIT;

	if (b->len)
		buf_add(&copy, b->data, b->len);
	return copy;
}

struct world_history *
history_copy(const struct world_history *h, int n_actors)
{
	struct world_history *copy = xmalloc(sizeof(*copy));

	*copy = *h;
	copy->printed = buf_copy(&h->printed);
	copy->room = n_actors;
	copy->actor = xcalloc(n_actors, sizeof(*copy->actor));
	for (int i = 0; i < n_actors; i++) {
		const struct actor_history *from = &h->actor[i];
		struct actor_history *to = &copy->actor[i];

		to->printed = buf_copy(&from->printed);
		to->n = to->room = from->n;
		to->count = xcalloc(from->n, sizeof(*to->count));
		if (from->n)
			memcpy(to->count, from->count,
			       from->n * sizeof(*to->count));
	}
	return copy;
}

void
history_actor(struct world *w)
{
	struct world_history *h = w->history;

	h->actor = xgrow(h->actor, &h->room, w->n_actors, sizeof(*h->actor));
	h->actor[w->n_actors - 1] = (struct actor_history){ .n = 0 };
}

void
history_call(struct world *w, int actor, const struct event *e)
{
	struct actor_history *h = &w->history->actor[actor];
	size_t i;

	for (i = 0; i < h->n; i++)
		if (strcmp(h->count[i].call, e->call) == 0)
			break;
	if (i == h->n) {
		h->count = xgrow(h->count, &h->room, ++h->n,
				 sizeof(*h->count));
		h->count[i] = (struct call_count){ .n = 0 };
		COPY_STR(h->count[i].call, e->call);
	}
	h->count[i].n++;
	h->count[i].succeeded += e->error == 0;
}

static void
keep(struct buf *b, const char *text, int len)
{
	buf_add(b, text, len);
	/* Not at every byte beyond: dropping moves what is left.  */
	if (b->len > 2 * PRINTED_KEPT)
		buf_drop(b, b->len - PRINTED_KEPT);
}

void
history_printed(struct world *w, int actor, const char *text, int len)
{
	keep(&w->history->actor[actor].printed, text, len);
	keep(&w->history->printed, text, len);
}

uint64_t
world_calls(const struct world *w, int actor, const char *call,
	    uint64_t *succeeded)
{
	uint64_t n = 0, good = 0;

	for (int a = 0; a < w->n_actors; a++) {
		const struct actor_history *h = &w->history->actor[a];

		if (actor >= 0 && a != actor)
			continue;
		for (size_t i = 0; i < h->n; i++) {
			if (call && strcmp(call, h->count[i].call) != 0)
				continue;
			n += h->count[i].n;
			good += h->count[i].succeeded;
		}
	}
	if (succeeded)
		*succeeded = good;
	return n;
}

const char *
world_output(const struct world *w, int actor, size_t *len)
{
	const struct buf *b = &w->history->printed;

	if (actor >= 0 && actor < w->n_actors)
		b = &w->history->actor[actor].printed;
	if (len)
		*len = b->len;
	return buf_str(b);
}
