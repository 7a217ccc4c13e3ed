/*
 * A run begins: as a fork of the server where there is one, else it is
 * executed.
 *
 * A server is for runs that are quiet, or for those that tell their events: it
 * has heard then what there is to be told of the beginning.  Who wants source
 * lines as well wants them of the beginning too, and executes.
 */
#include "config.h"

#include "base/i18n.h"
#include "tracer/beginning.h"
#include "tracer/namespace.h"
#include "tracer/run.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
	AWAY = 30000,			/* the server's process number: not
					   that of anybody in a run */
};

static bool
tells(const struct decider *decider)
{
	return decider->event != NULL;
}

/* Once; a subject that is none is not asked again.  */
static void
note_refusal(struct driver *d, bool heard)
{
	if (heard)
		d->may_tell = false;
	else
		d->may_serve = false;
}

static int
start_server(struct driver *d, bool hears, char **why)
{
	struct tracing *t = driver_tracing(d, &d->search);
	struct beginning *heard = hears ? beginning_hear(t) : NULL;

	d->search.serving = true;
	if (driver_execute(t, AWAY, why) < 0) {
		beginning_free(heard);
		driver_release(t);
		return -1;
	}
	d->server = server_start(t, d->may_lend, heard);
	d->has_runtime = d->search.has_runtime;
	if (d->server)
		return 0;
	note_refusal(d, hears);
	t->quit = true;
	d->search.event = NULL;
	driver_end_tasks(d, t);
	driver_release(t);
	return 0;
}

static void
begin_tracing(struct driver *d, const struct decider *decider, void *with)
{
	struct tracing *t = d->t = driver_tracing(d, &d->search);

	d->search.event = decider->event;
	d->search.with = with;
	d->digest = DIGEST_EMPTY;
	d->crowded = false;
	t->quiet = !tells(decider);
	t->sources_on = tells(decider) && decider->sources;
	t->ports = d->ports;
	if (d->left_list)
		t->left = left_open(d->left_list);
}

static int
fork_server(struct driver *d)
{
	if (d->parts & PART_BIT(PART_PIDS))
		namespace_next_pid(getpid());
	return server_fork(d->server, d->t) < 0 ? -1 : 0;
}

/* The run before has killed or broken it: runs execute from now on.  */
static void
give_up_server(struct driver *d)
{
	note_refusal(d, server_is_heard(d->server));
	d->t->quit = true;
	d->search.event = NULL;
	driver_end_tasks(d, d->t);
	driver_drop_server(d);
	driver_release(d->t);
}

/* Where calls pass unseen in runs that are quiet (masks.h), a server is for
 * these only.  */
static bool
is_forked(const struct driver *d, const struct decider *decider)
{
	if (!tells(decider))
		return d->may_serve;
	return d->may_serve && d->may_tell && !decider->sources &&
	       !d->masks.pass;
}

static int
prepare_server(struct driver *d, bool hears, char **why)
{
	if (d->server && server_is_heard(d->server) != hears)
		driver_drop_server(d);
	return d->server ? 0 : start_server(d, hears, why);
}

static int
prepare_streams(struct driver *d, char **why)
{
	if (d->printed && (ftruncate(d->output, 0) < 0 ||
			   lseek(d->output, 0, SEEK_SET) < 0))
		return fail(why, _("cannot keep what the program prints: %s"),
			    strerror(errno));
	if (d->input > 0)		/* it is read from the beginning */
		lseek(d->input, 0, SEEK_SET);
	return 0;
}

int
driver_begin(struct driver *d, const struct decider *decider, void *with,
	  char **why)
{
	bool forked = is_forked(d, decider);

	if (prepare_streams(d, why) < 0 ||
	    (forked && prepare_server(d, tells(decider), why) < 0))
		return -1;
	begin_tracing(d, decider, with);
	if (!forked || !d->server)
		return driver_execute(d->t, getpid(), why);
	if (fork_server(d) == 0)
		return 0;
	give_up_server(d);
	begin_tracing(d, decider, with);
	return driver_execute(d->t, getpid(), why);
}
