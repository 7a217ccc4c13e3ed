/*
 * Bounds of a run.  A subject that forks without end, or does things without
 * end, is ended while the machine is still usable, and a note says so.
 */
#include "config.h"

#include "base/i18n.h"
#include "tracer/trace.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum {
	/* Room for any build or browser; a bomb that is stopped here has
	 * taken some hundred megabytes of the kernel's memory.  */
	TASKS_MAX = 1000,
	/* A driven run is kept, to go back in it.  Of what a free run does
	 * only as much is kept as whoever reads it keeps.  */
	EVENTS_MAX_DRIVEN = 2000000,
};

void
limit_init(struct tracing *t)
{
	if (t->config.confined && t->config.limits.processes > 0)
		t->config.tasks_max = (int)t->config.limits.processes;
	if (t->config.tasks_max <= 0)
		t->config.tasks_max = TASKS_MAX;
	if (t->config.events_max <= 0 && t->config.driven)
		t->config.events_max = EVENTS_MAX_DRIVEN;
}

void
limit_exceeded(struct tracing *t, char *what)
{
	t->quit = true;
	if (!t->over)
		t->over = what;
	else
		free(what);
}

/* The note comes before the ends that follow from it.  */
static void
go_beyond(struct tracing *t, char *what)
{
	t->quit = true;
	t->over = what;
	out_note(t, NULL, "%s", what);
}

void
limit_tasks(struct tracing *t)
{
	if (t->over || t->alive <= t->config.tasks_max)
		return;
	if (t->search)
		t->search->bound = BOUND_TASKS;
	go_beyond(t, xasprintf(
		_("more than %d processes and threads lived at once: the "
		  "program was ended, with all of them"),
		t->config.tasks_max));
}

void
limit_events(struct tracing *t)
{
	if (t->over || t->config.events_max <= 0 ||
	    t->n < (uint64_t)t->config.events_max)
		return;
	go_beyond(t, xasprintf(
		_("the run was ended after %lld events: it may go on without "
		  "end"), (long long)t->config.events_max));
}

void
limit_file(struct tracing *t, struct task *k)
{
	struct rlimit r;
	struct stat st;

	/* It may have a limit of its own (setrlimit(2)).  */
	rlim_t most = t->config.confined && t->config.limits.file > 0
		    ? (rlim_t)t->config.limits.file : (rlim_t)LIMIT_FILE;

	if (!t->search || t->over ||
	    prlimit(k->tid, RLIMIT_FSIZE, NULL, &r) < 0 ||
	    r.rlim_cur != most)
		return;
	/* What it prints is a file, too.  */
	if (fstat(t->config.output, &st) == 0 && st.st_size >= (off_t)most) {
		t->search->bound = BOUND_OUTPUT;
		go_beyond(t, xasprintf(_("%s printed more than %d MiB"),
				       task_role(t, k).text,
				       (int)(most >> 20)));
		return;
	}
	t->search->bound = BOUND_FILE;
	go_beyond(t, xasprintf(
		_("%s wrote more than %d MiB to a file"), task_role(t, k).text,
		(int)(most >> 20)));
}
