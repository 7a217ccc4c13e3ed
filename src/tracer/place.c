/*
 * Where in the program, asked when the run is over and its processes are gone.
 * Each run has the program at the same addresses: so the server is looked at,
 * or, where there is none, another process of the program, which is held at
 * its first point.
 */
#include "config.h"

#include "tracer/run.h"
#include "tracer/source.h"

#include <stdlib.h>
#include <unistd.h>

void
place_note(struct driver *d)
{
	d->other_program = xgrow(d->other_program, &d->other_room,
				 d->n_names + 1, sizeof(*d->other_program));
	d->n_other = d->n_names;
	for (size_t i = 0; i < d->n_other; i++)
		d->other_program[i] = false;
	for (struct task *k = d->t->first; k; k = k->next) {
		size_t i = driver_number(d, k->name);

		if (i < d->n_other)
			d->other_program[i] = k->other_program;
	}
}

/* What is seen of it is nobody's: what was seen of the last run stays.  */
struct model {
	struct tracing *t;
	struct searching search;
	struct refusals refused;
	struct operation did;
};

static void
free_model(struct driver *d)
{
	struct model *m = d->model;

	if (!m)
		return;
	m->t->quit = true;
	driver_end_tasks(d, m->t);
	driver_release(m->t);
	refused_free(&m->refused);
	free(m);
	d->model = NULL;
}

void
place_free(struct driver *d)
{
	free_model(d);
	source_cache_free(d->sources);
	d->sources = NULL;
	free(d->other_program);
	d->other_program = NULL;
	d->n_other = d->other_room = 0;
}

static void
make_model(struct driver *d)
{
	struct model *m = d->model = xcalloc(1, sizeof(*m));

	m->search.did = &m->did;
	m->search.refused = &m->refused;
	m->t = driver_tracing(d, &m->search);
	driver_tick(true);
	if (driver_execute(m->t, getpid(), NULL) == 0)
		settle(m->t);
	driver_tick(false);
}

static pid_t
program(struct driver *d)
{
	if (d->server)
		return server_pid(d->server);
	if (!d->model)
		make_model(d);
	return d->model->t->first ? d->model->t->first->tid : -1;
}

bool
driver_source(struct driver *d, int actor, uint64_t pc, char *out, size_t room)
{
	pid_t pid;

	copy_str(out, room, "");
	if (actor < 0 || (size_t)actor >= d->n_other ||
	    d->other_program[actor])
		return false;
	pid = program(d);
	if (pid < 0)
		return false;
	if (!d->sources) {
		d->sources = source_cache_new();
		if (d->config.tracer.cwd)
			source_set_folder(d->sources, d->config.tracer.cwd);
	}
	return source_at(d->sources, pid, pc, out, room);
}

void
driver_learned_name(struct driver *d, const char *words, struct buf *out)
{
	struct learned *l = learned_new();
	pid_t pid = program(d);

	if (pid < 0 || learned_read(l, words) < 0)
		buf_adds(out, words);
	else
		learned_name(l, pid, out);
	learned_free(l);
}
