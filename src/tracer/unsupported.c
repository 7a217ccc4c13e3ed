/*
 * What has a say in a run and is not under control: a search must not claim
 * that it tried all that can happen.
 */
#include "config.h"

#include "tracer/trace.h"

#include "base/i18n.h"
#include "event/names.h"

#include <limits.h>
#include <stdio.h>

/* In the middle of a write: when there is room the kernel lets it go on at
 * once; on another day somebody else's bytes come in between (pieces.c).  */
void
unsupported_sleep(struct tracing *t, const struct task *k)
{
	struct searching *s = t->search;

	if (!s || s->unsupported[0])
		return;
	if (!k->call)
		snprintf(s->unsupported, sizeof(s->unsupported),
			 _("%s sleeps in %s, which is not known here"),
			 task_role(t, k).text, k->e.call[0] ? k->e.call : "?");
	else if (pieces_are_left(t, k))
		snprintf(s->unsupported, sizeof(s->unsupported),
			 _("%s sleeps in the middle of a write of more than "
			   "%d bytes, and whose bytes come next the kernel "
			   "decides"), task_role(t, k).text, PIPE_BUF);
}

/*
 * Signals come in at points.  What a handler and the code that it interrupts
 * do to memory that they share is one where the runtime learns of it; else the
 * handler could come in at any instruction between two points.
 */
static bool
is_learned(const struct tracing *t, const struct task *k)
{
	return t->serves && t->learned && k->leader->has_runtime &&
	       !k->other_program;
}

void
unsupported_handler(struct tracing *t, const struct task *k, int signal)
{
	struct searching *s = t->search;

	if (!s || s->unsupported[0])
		return;
	/* Of who has no runtime it is said that its memory is not seen. */
	if ((is_learned(t, k) || !k->leader->has_runtime) &&
	    (s->signals || signal == SIGCHLD))
		return;
	snprintf(s->unsupported, sizeof(s->unsupported),
		 s->signals || signal == SIGCHLD ? _("a handler of %s ran in %s: signals came in at "
				"points only")
			    : _("a handler of %s ran in %s: signals came in "
				"as soon as they could; with --signals they "
				"come in at any point"),
		 signal_name(signal), task_role(t, k).text);
}

/* What that one does to it between two of its points is one step.  */
void
unsupported_memory(struct tracing *t, const struct task *k,
		   const struct task *other)
{
	struct searching *s = t->search;

	if (s && !s->unsupported[0])
		snprintf(s->unsupported, sizeof(s->unsupported),
			 _("%s uses memory that is private to %s, whose own "
			   "accesses to it are no points"),
			 task_role(t, k).text, task_role(t, other).text);
}

/* What is told there changes as it goes on, and not only at its points.  */
void
unsupported_proc(struct tracing *t, const struct task *k,
		 const struct task *other, const char *file)
{
	struct searching *s = t->search;

	if (s && !s->unsupported[0])
		snprintf(s->unsupported, sizeof(s->unsupported),
			 _("%s uses /proc/PID%s of %s, which changes between "
			   "points, too"), task_role(t, k).text, file,
			 task_role(t, other).text);
}

/* EPERM: one process traces another at most (ptrace(2)).  */
void
unsupported_trace(struct tracing *t, const struct task *k)
{
	struct searching *s = t->search;

	if (s && !s->unsupported[0])
		snprintf(s->unsupported, sizeof(s->unsupported),
			 _("%s calls ptrace, which fails here, as all are "
			   "traced already"), task_role(t, k).text);
}
