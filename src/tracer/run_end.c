/* What is known of a run when it is over, before all is killed.  */
#include "config.h"

#include "tracer/run.h"

static void
note_zombies(struct tracing *t, struct remains *zombies)
{
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase == PHASE_ENDED && !k->reaped && !k->gone &&
		    k->tid != t->first_pid)
			remains_add(zombies, "%s", task_role(t, k).text);
}

/* Of what is not under control, the first of what weighs most.  */
static void
note_control(struct driver *d, struct run_end *end)
{
	const struct searching *s = &d->search;

	if (s->unsupported[0])
		COPY_STR(end->unsupported, s->unsupported);
	else if (s->note[0] || !s->named || !d->folder_why)
		COPY_STR(end->unsupported, s->note);
	else
		COPY_STR(end->unsupported, d->folder_why);
}

void
run_end_note(struct driver *d, struct run_end *end)
{
	struct tracing *t = d->t;

	end->status = t->status_known ? t->status : -1;
	end->steps = d->position.step;
	end->position = &d->position;
	COPY_STR(end->crash, d->search.crash);
	refused_sort(&d->refused);
	end->refused = &d->refused;
	end->bound = d->search.bound;
	end->on_the_way = d->search.on_the_way;
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase != PHASE_ENDED)
			search_program(t, k);
	COPY_STR(end->plain, d->search.plain);
	note_zombies(t, &end->left.zombies);
	end->left.processes = d->search.outlived;
	end->left.descriptors = d->search.kept;
	remains_join(&end->left.descriptors, &d->search.inherited);
	end->busy = d->search.busy;
	end->busy_actor = end->busy ? driver_number(d, d->search.busy->name)
				    : -1;
	end->busy_pc = d->search.busy_pc;
	if (t->over)
		COPY_STR(end->over, t->over);
	note_control(d, end);
}
