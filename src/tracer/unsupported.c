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
#include <sys/syscall.h>

/* It has moved some bytes and waits to move the rest.  When there is room the
 * kernel lets it go on at once; on another day somebody else's bytes come in
 * between (pipe(7), PIPE_BUF).  */
static bool
is_in_the_middle(struct tracing *t, const struct task *k)
{
	enum object_kind kind = thing_kind(t, k->thing);

	return k->call && k->call->does == DOES_WRITE &&
	       k->arg[2] > PIPE_BUF &&
	       (kind == KIND_PIPE || kind == KIND_FIFO);
}

void
unsupported_sleep(struct tracing *t, const struct task *k)
{
	struct searching *s = t->search;

	if (!s || s->unsupported[0])
		return;
	if (!k->call)
		snprintf(s->unsupported, sizeof(s->unsupported),
			 _("%s sleeps in %s, which is not known here"),
			 k->name, k->e.call[0] ? k->e.call : "?");
	else if (is_in_the_middle(t, k))
		snprintf(s->unsupported, sizeof(s->unsupported),
			 _("%s sleeps in the middle of a write of more than "
			   "%d bytes, and whose bytes come next the kernel "
			   "decides"), k->name, PIPE_BUF);
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
	if (is_learned(t, k) && (s->signals || signal == SIGCHLD))
		return;
	snprintf(s->unsupported, sizeof(s->unsupported),
		 s->signals || signal == SIGCHLD ? _("a handler of %s ran in %s: signals came in at "
				"points only")
			    : _("a handler of %s ran in %s: signals came in "
				"as soon as they could; with --signals they "
				"come in at any point"),
		 signal_name(signal), k->name);
}

/*
 * Calls that others can notice, or that notice others, and that are no points:
 * two processes that look for a name and make it may come in between each
 * other there.  path: which argument names a file, -1: none.
 */
static const struct {
	long nr;
	const char *name;
	int path;
} unknown[] = {
#ifdef SYS_stat
	{ SYS_stat, "stat", 0 },
	{ SYS_lstat, "lstat", 0 },
	{ SYS_access, "access", 0 },
	{ SYS_mkdir, "mkdir", 0 },
	{ SYS_rmdir, "rmdir", 0 },
	{ SYS_symlink, "symlink", 1 },
	{ SYS_chmod, "chmod", 0 },
#endif
	{ SYS_newfstatat, "stat", 1 },
	{ SYS_statx, "statx", 1 },
	{ SYS_faccessat, "access", 1 },
	{ 439, "access", 1 },		/* faccessat2, of newer headers */
	{ SYS_mkdirat, "mkdir", 1 },
	{ SYS_symlinkat, "symlink", 2 },
	{ SYS_fchmodat, "chmod", 1 },
	{ SYS_getppid, "getppid", -1 },
	{ SYS_setpgid, "setpgid", -1 },
};

long
unsupported_nr(int i)
{
	return (size_t)i < ARRAY_SIZE(unknown) ? unknown[i].nr : -1;
}

/* An empty path is a descriptor (fstat(3)), and the system's files do not
 * change.  */
static bool
is_of_interest(const struct task *k, int path)
{
	char name[PATH_MAX_LEN];

	return path < 0 || (memory_string(k->tid, k->arg[path], name,
					  sizeof(name)) &&
			    name[0] && !path_is_system(name));
}

void
unsupported_call(struct tracing *t, const struct task *k)
{
	struct searching *s = t->search;

	if (!s || s->unsupported[0] || !t->exec_done)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(unknown); i++)
		if (unknown[i].nr == k->nr &&
		    is_of_interest(k, unknown[i].path)) {
			snprintf(s->unsupported, sizeof(s->unsupported),
				 _("%s calls %s, which is no point: what "
				   "others do just before and after it is not "
				   "tried"), k->name, unknown[i].name);
			return;
		}
}
