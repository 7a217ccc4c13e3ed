/* Signals of an actor: with its birth, exec and end; and what is asked.  */
#include "config.h"

#include "world/signals_inside.h"

#include <stdlib.h>
#include <string.h>

static struct dispositions *
dispositions_copy(const struct dispositions *from)
{
	struct dispositions *d = xmalloc(sizeof(*d));

	*d = *from;
	d->refs = 1;
	waiting_copy(&d->waiting, &from->waiting);
	return d;
}

static void
dispositions_put(struct dispositions *d)
{
	if (--d->refs > 0)
		return;
	waiting_release(&d->waiting);
	free(d);
}

void
signals_free(struct signals *s)
{
	if (!s)
		return;
	dispositions_put(s->process);
	waiting_release(&s->waiting);
	free(s);
}

/* Threads that shared share again, among the copies.  */
void
signals_copy(struct world *to, const struct world *from)
{
	for (int a = 0; a < from->n_actors; a++) {
		const struct signals *s = from->actor[a].signals;
		struct signals *copy;

		if (!s)
			continue;
		copy = xmalloc(sizeof(*copy));
		*copy = *s;
		waiting_copy(&copy->waiting, &s->waiting);
		to->actor[a].signals = copy;
		copy->process = NULL;
		for (int b = 0; b < a && s->process->refs > 1; b++)
			if (from->actor[b].signals &&
			    from->actor[b].signals->process == s->process) {
				copy->process = to->actor[b].signals->process;
				copy->process->refs++;
				break;
			}
		if (!copy->process)
			copy->process = dispositions_copy(s->process);
	}
}

/* A child has the mask and the handlers of its parent, and nothing that
 * waits; a thread shares the handlers (fork(2), clone(2)).  */
void
signals_born(struct world *w, int a, int parent)
{
	struct signals *s = xcalloc(1, sizeof(*s));
	const struct signals *from = parent >= 0 ? w->actor[parent].signals
						 : NULL;

	w->actor[a].signals = s;
	if (!from) {
		s->process = xcalloc(1, sizeof(*s->process));
		s->process->refs = 1;
		return;
	}
	s->blocked = from->blocked;
	if (w->actor[a].thread) {
		s->process = from->process;
		s->process->refs++;
		return;
	}
	s->process = dispositions_copy(from->process);
	waiting_drop(&s->process->waiting, UINT64_MAX);
	s->depth = from->depth;
	memcpy(s->handler, from->handler, sizeof(s->handler));
}

bool
signals_argument(const struct event *e, const char *name, uint64_t *set)
{
	char text[ARGS_MAX_LEN];

	return event_arg(e, name, text, sizeof(text)) &&
	       sigset_parse(text, set);
}

/* Handlers were in the old program; what is ignored stays so (execve(2)).  */
void
signals_exec(struct world *w, const struct event *e, int a)
{
	struct signals *s = w->actor[a].signals;

	if (s->process->refs > 1) {	/* the other threads are gone */
		struct dispositions *own = dispositions_copy(s->process);

		dispositions_put(s->process);
		s->process = own;
	}
	s->process->caught = s->process->restart = 0;
	s->process->one_shot = s->process->no_defer = 0;
	memset(s->process->mask, 0, sizeof(s->process->mask));
	s->depth = 0;
	signals_argument(e, "ignored", &s->process->ignored);
	signals_argument(e, "blocked", &s->blocked);
}

void
signals_dead(struct world *w, int a)
{
	struct signals *s = w->actor[a].signals;

	waiting_release(&s->waiting);
	s->depth = 0;
	if (s->process->refs == 1 || !w->actor[a].thread)
		waiting_release(&s->process->waiting);
}

/* Thrown away at once, when nobody would take it (signal(7)).  */
bool
signals_dropped(const struct signals *s, int signal)
{
	uint64_t bit = sigset_bit(signal);

	return !(s->blocked & bit) &&
	       (s->process->ignored & bit ||
		(SIGNALS_HARMLESS & bit && !(s->process->caught & bit) &&
		 signal != SIGCONT));
}

/* ---- asking ---- */

const struct waiting_signal *
world_waiting(const struct world *w, int actor, int i)
{
	const struct signals *s = w->actor[actor].signals;
	const struct waiting_list *p;

	if (!s || i < 0)
		return NULL;
	if ((size_t)i < s->waiting.n)
		return &s->waiting.item[i];
	p = &s->process->waiting;
	i -= (int)s->waiting.n;
	return (size_t)i < p->n ? &p->item[i] : NULL;
}

int
world_pending(const struct world *w, int actor, int signal)
{
	const struct waiting_signal *s;
	int n = 0;

	for (int i = 0; (s = world_waiting(w, actor, i)); i++)
		n += signal == 0 || s->signal == signal;
	return n;
}

uint64_t
world_blocked(const struct world *w, int actor)
{
	const struct actor *a = &w->actor[actor];
	struct event e;
	uint64_t set;

	if (!a->signals)
		return 0;
	if (a->state != ACTOR_BLOCKED ||
	    strcmp(a->call, "rt_sigsuspend") != 0)
		return a->signals->blocked;
	event_init(&e, WHAT_NONE);
	COPY_STR(e.args, a->args);
	return signals_argument(&e, "mask", &set) ? set & ~SIGNALS_UNBLOCKABLE
					      : a->signals->blocked;
}

int
world_deliverable(const struct world *w, int actor)
{
	const struct signals *s = w->actor[actor].signals;
	uint64_t blocked = world_blocked(w, actor);
	const struct waiting_list *lists[2];

	if (!s)
		return 0;
	lists[0] = &s->waiting;
	lists[1] = &s->process->waiting;
	for (int l = 0; l < 2; l++) {
		int first = 0;

		for (size_t i = 0; i < lists[l]->n; i++) {
			int signal = lists[l]->item[i].signal;

			if (!sigset_has(blocked, signal) &&
			    !signals_dropped(s, signal) &&
			    (!first || signal < first))
				first = signal;
		}
		if (first)
			return first;
	}
	return 0;
}

int
world_in_handler(const struct world *w, int actor)
{
	const struct signals *s = w->actor[actor].signals;

	if (!s || s->depth <= 0)
		return 0;
	return s->handler[(s->depth < HANDLERS_MAX ? s->depth
						    : HANDLERS_MAX) - 1];
}
