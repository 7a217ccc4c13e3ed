/* See beginning.h.  */
#include "config.h"

#include "tracer/beginning.h"
#include "tracer/things.h"

#include <stdlib.h>

struct beginning {
	struct event *event;
	size_t n, room;
	bool named;		/* it opened files by their names */
};

static void
hear(void *with, const struct event *e)
{
	struct beginning *b = with;

	b->event = xgrow(b->event, &b->room, b->n + 1, sizeof(*b->event));
	b->event[b->n++] = *e;
}

struct beginning *
beginning_hear(struct tracing *t)
{
	struct beginning *b = xcalloc(1, sizeof(*b));

	t->quiet = false;
	t->search->event = hear;
	t->search->with = b;
	return b;
}

void
beginning_free(struct beginning *b)
{
	if (b)
		free(b->event);
	free(b);
}

/* What is in memory is known by the number of its process.  */
static bool
stands_in_memory(const struct things *ts)
{
	for (int i = 0; i < ts->n; i++)
		if (ts->thing[i].pid)
			return true;
	return false;
}

/* By the program: the standard streams it was given.  */
static bool
opened_any(const struct descriptors *fds)
{
	for (size_t i = 0; i < fds->room; i++)
		if (fds->fd[i].open && fds->fd[i].opening)
			return true;
	return false;
}

static bool
is_plain(const struct tracing *t)
{
	const struct searching *s = t->search;

	return !t->n_touched && !t->sockets && !t->numbers && !t->timerfds &&
	       !t->things->n_sent && !s->note[0] && !s->unsupported[0] &&
	       !s->plain[0] && !s->n_refused && !s->networked && !s->made &&
	       !stands_in_memory(t->things) && !opened_any(t->first->fds);
}

bool
beginning_ends(struct beginning *b, const struct tracing *t)
{
	b->named = t->search->named;
	return is_plain(t);
}

struct task *
beginning_tell(struct beginning *b, struct tracing *t,
	       const struct tracing *from, pid_t pid)
{
	const struct task *first = from->first;
	struct task *k = life_begin(t, pid);

	descriptors_put(k->fds);
	k->fds = descriptors_copy(first->fds);
	k->system_program = first->system_program;
	COPY_STR(k->program, first->program);
	k->moved_at = first->moved_at;
	things_copy(t, from);
	t->moves = from->moves;
	t->next_description = from->next_description;
	t->n = from->n;
	t->search->named = b->named;
	for (size_t i = 0; i < b->n; i++) {
		struct event *e = &b->event[i];

		if (e->pid)
			e->pid = e->tid = pid;
		t->search->event(t->search->with, e);
	}
	return k;
}
