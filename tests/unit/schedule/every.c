/* Every interleaving of a program of the model machine.  */
#include "every.h"

#include "base/random.h"

#include <stdlib.h>
#include <string.h>

static uint64_t
hash_bytes(uint64_t h, const void *from, size_t n)
{
	const unsigned char *p = from;
	uint64_t word = 0;

	for (size_t i = 0; i < n; i++) {
		word = word << 8 | p[i];
		if (i % 8 == 7 || i + 1 == n)
			h = random_mix(h, word);
	}
	return h;
}

uint64_t
end_of(const struct machine *m, const struct program *p)
{
	uint64_t h = machine_is_stuck(m, p) + 2 * m->failed;

	for (int i = 0; i < p->n; i++) {
		h = random_mix(h, (uint64_t)m->actor[i].pc << 8 |
			       (uint64_t)m->actor[i].state);
		h = hash_bytes(h, m->actor[i].r, sizeof(m->actor[i].r));
	}
	h = hash_bytes(h, m->variable, sizeof(m->variable));
	h = hash_bytes(h, m->owner, sizeof(m->owner));
	h = hash_bytes(h, m->semaphore, sizeof(m->semaphore));
	h = hash_bytes(h, &m->more, sizeof(m->more));
	return hash_bytes(h, m->item, sizeof(m->item));
}

static int
by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

bool
ends_have(const struct ends *e, uint64_t end)
{
	return e->n && bsearch(&end, e->end, e->n, sizeof(end), by_number);
}

void
ends_add(struct ends *e, uint64_t end)
{
	if (ends_have(e, end))
		return;
	e->end = xgrow(e->end, &e->room, e->n + 1, sizeof(end));
	e->end[e->n++] = end;
	qsort(e->end, e->n, sizeof(end), by_number);
}

void
ends_release(struct ends *e)
{
	free(e->end);
	*e = (struct ends){ .n = 0 };
}

/* States seen, as an open hash table.  */
struct seen {
	uint64_t *slot;
	size_t size, n;
};

static bool
see(struct seen *s, uint64_t h)
{
	size_t i = h & (s->size - 1);

	h += h == 0;
	while (s->slot[i]) {
		if (s->slot[i] == h)
			return false;
		i = (i + 1) & (s->size - 1);
	}
	s->slot[i] = h;
	s->n++;
	return true;
}

struct walk {
	const struct program *program;
	int preemptions, faults;	/* -1: any number */
	struct seen seen;
	size_t states_max;
	struct ends *to;
};

static bool walk(struct walk *w, const struct machine *m, int last,
		 int preemptions, int faults);

static bool
walk_on(struct walk *w, const struct machine *m, const struct alternative *a,
	bool preempts, int preemptions, int faults)
{
	struct machine next = *m;
	struct done d;

	preemptions += preempts;
	faults += a->fault;
	if (faults > w->faults)
		return true;
	if (w->preemptions < 0)
		preemptions = 0;
	else if (preemptions > w->preemptions)
		return true;
	machine_do(&next, w->program, a, &d);
	return walk(w, &next, a->actor, preemptions, faults);
}

static bool
walk(struct walk *w, const struct machine *m, int last, int preemptions,
     int faults)
{
	struct position p;
	struct alternative *a;
	bool *preempts, ok = true, choice = false;
	int n;
	uint64_t h = hash_bytes(0, m, sizeof(*m));

	if (w->preemptions >= 0)
		h = random_mix(h, (uint64_t)preemptions << 32 |
			       (uint64_t)(last + 1));
	if (!see(&w->seen, random_mix(h, (uint64_t)faults)))
		return true;
	if (w->seen.n > w->states_max)
		return false;
	machine_position(m, w->program, last, 0, &p);
	n = p.n_alternatives;
	a = xmalloc(sizeof(*a) * (size_t)(n + 1));
	preempts = xmalloc(sizeof(*preempts) * (size_t)(n + 1));
	memcpy(a, p.alternative, sizeof(*a) * (size_t)n);
	for (int i = 0; i < n; i++) {
		preempts[i] = position_preempts(&p, i);
		choice |= !a[i].fault;
	}
	if (!choice)
		ends_add(w->to, end_of(m, w->program));
	for (int i = 0; i < n && ok; i++)
		ok = walk_on(w, m, &a[i], preempts[i], preemptions, faults);
	free(preempts);
	free(a);
	return ok;
}

bool
ends_of(const struct program *p, int preemptions, int faults,
	size_t states_max, struct ends *to)
{
	struct walk w = {
		.program = p, .preemptions = preemptions, .faults = faults,
		.states_max = states_max, .to = to,
	};
	struct machine m;
	bool ok;

	w.seen.size = 1;
	while (w.seen.size < 2 * states_max + 2)
		w.seen.size *= 2;
	w.seen.slot = xcalloc(w.seen.size, sizeof(*w.seen.slot));
	machine_start(&m, p);
	ok = walk(&w, &m, -1, 0, 0);
	free(w.seen.slot);
	return ok;
}
