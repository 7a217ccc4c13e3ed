/* One statement's truth: somebody, everybody, nobody; numbers; calls.  */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"
#include "runtime/abi.h"

#include <seccomp.h>
#include <string.h>

enum { EACH_MAX = 3 };		/* actors that are told one by one */

/* Calls that are one to the writer of a condition.  The first is the name of
 * the family, or of a function of the C library.  */
static const char *const families[][6] = {
	{ "fork", "clone", "clone3", "vfork" },
	{ "open", "openat", "openat2", "creat" },
	{ "pipe", "pipe2" },
	{ "dup2", "dup3" },
	{ "exec", "execve", "execveat" },
	{ "exit", "exit_group" },
	{ "wait", "wait4", "waitid" },
	{ "waitpid", "wait4" },
	{ "poll", "ppoll" },
	{ "select", "pselect6" },
	{ "epoll_wait", "epoll_pwait", "epoll_pwait2" },
	{ "sleep", "nanosleep", "clock_nanosleep" },
	{ "usleep", "nanosleep", "clock_nanosleep" },
	{ "nanosleep", "clock_nanosleep" },
	{ "rename", "renameat", "renameat2" },
	{ "unlink", "unlinkat" },
	{ "mkdir", "mkdirat" },
	{ "link", "linkat" },
	{ "symlink", "symlinkat" },
	{ "readlink", "readlinkat" },
	{ "chmod", "fchmodat" },
	{ "access", "faccessat", "faccessat2" },
	{ "readdir", "getdents64" },
	{ "eventfd", "eventfd2" },
	{ "accept", "accept4" },
	{ "send", "sendto" },
	{ "recv", "recvfrom" },
	{ "mkfifo", "mknod", "mknodat" },
	{ "mknod", "mknodat" },
	{ "pread", "pread64" },
	{ "pwrite", "pwrite64" },
	{ "sigsuspend", "rt_sigsuspend" },
	{ "sigaction", "rt_sigaction" },
	{ "sigprocmask", "rt_sigprocmask" },
	{ "sigpending", "rt_sigpending" },
	{ "sigqueue", "rt_sigqueueinfo" },
	{ "sigwait", "rt_sigtimedwait" },
	{ "sigwaitinfo", "rt_sigtimedwait" },
	{ "sigtimedwait", "rt_sigtimedwait" },
	{ "raise", "tgkill" },
	{ "signalfd", "signalfd4" },
	{ "pause", "ppoll" },
	{ "mq_send", "mq_timedsend" },
	{ "mq_receive", "mq_timedreceive" },
	{ "mq_getattr", "mq_getsetattr" },
	{ "mq_setattr", "mq_getsetattr" },
	{ "semop", "semtimedop" },
	{ "sem_wait", "futex" },
	{ "sem_timedwait", "futex" },
	{ "pthread_mutex_lock", "futex" },
	{ "pthread_cond_wait", "futex" },
};

bool
call_is(const char *meant, const char *happened)
{
	if (strcmp(meant, happened) == 0)
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(families); i++) {
		if (strcmp(families[i][0], meant) != 0)
			continue;
		for (int k = 1; k < 6 && families[i][k]; k++)
			if (strcmp(families[i][k], happened) == 0)
				return true;
	}
	return false;
}

const char *
call_kin(const char *meant, int which)
{
	for (size_t i = 0; i < ARRAY_SIZE(families); i++)
		if (strcmp(families[i][0], meant) == 0)
			return which < (int)ARRAY_SIZE(families[i]) - 1 ?
			       families[i][which + 1] : NULL;
	return NULL;
}

/* Operations of the C library that the runtime tells of, and accesses.  */
#define NAME(name) #name,
static const char *const of_runtime[] = {
	"load", "store", "rmw", RT_OPERATIONS(NAME)
};
#undef NAME

/* A name that a call can have: of a function above, of the runtime's, or the
 * kernel's.  */
bool
call_is_known(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(of_runtime); i++)
		if (strcmp(of_runtime[i], name) == 0)
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(families); i++)
		if (strcmp(families[i][0], name) == 0)
			return true;
	return seccomp_syscall_resolve_name(name) != __NR_SCMP_ERROR;
}

enum truth
but_wanted(const struct blanks *b, int how, enum truth t, struct buf *out)
{
	if (t == IS_FALSE && how == COMPARE_IS)
		buf_addf(out, _(", not %lld"), (long long)b->number);
	return t;
}

enum truth
compare(int64_t actual, int how, int64_t wanted)
{
	bool is[] = {
		[COMPARE_IS + 1] = actual == wanted,
		[COMPARE_LEAST + 1] = actual >= wanted,
		[COMPARE_MOST + 1] = actual <= wanted,
		[COMPARE_MORE + 1] = actual > wanted,
		[COMPARE_FEWER + 1] = actual < wanted,
	};

	return is[how + 1] ? IS_TRUE : IS_FALSE;
}

/* The actors that somebody, everybody and nobody range over.  */
static bool
counts(const struct statement *s, const struct actor *a)
{
	return s->of_the_dead || actor_is_alive(a);
}

/* Of something that is not there nobody is anything.  */
static enum truth
tell_unknown(const struct blanks *b, struct buf *out)
{
	if (out)
		buf_addf(out, _("there is no %s"),
			 b->object[0] ? b->object : b->who);
	return IS_UNKNOWN;
}

/* It is (or is not) so of all n: say it of each, of many in one sentence.  */
static void
tell_alike(const struct statement *s, const struct blanks *b,
	   const struct world *w, int n, bool is, struct buf *out)
{
	size_t from = out->len;
	struct buf part = BUF_INIT;

	if (n == 0)
		buf_adds(out, _("nobody is there"));
	else if (n > EACH_MAX)
		buf_addf(out, is ? _("that is so of all %d actors") :
			 _("that is so of none of the %d actors"), n);
	for (int a = 0; n <= EACH_MAX && a < w->n_actors; a++) {
		if (!counts(s, &w->actor[a]))
			continue;
		s->of_actor(b, w, a, &part);
		buf_add_part(out, from, buf_str(&part));
		buf_clear(&part);
	}
	buf_release(&part);
}

/* somebody: one is; everybody: there are some and all are.  The sentence is
 * about the first actor that decides.  */
static enum truth
eval_many(const struct statement *s, const struct blanks *b,
	  const struct world *w, struct buf *out)
{
	enum truth decisive = b->quantifier == WHO_EVERYBODY ? IS_FALSE
							     : IS_TRUE;
	enum truth met = decisive == IS_TRUE ? IS_FALSE : IS_TRUE;
	bool unknown = false;
	int n = 0;

	for (int a = 0; a < w->n_actors; a++) {
		enum truth t;

		if (!counts(s, &w->actor[a]))
			continue;
		n++;
		t = s->of_actor(b, w, a, NULL);
		unknown |= t == IS_UNKNOWN;
		if (t == decisive) {
			if (out)
				s->of_actor(b, w, a, out);
			met = decisive;
			break;
		}
	}
	if (n == 0 && b->quantifier == WHO_EVERYBODY)
		met = IS_FALSE;
	if (unknown && met != decisive)
		return tell_unknown(b, out);
	if (out && (n == 0 || met != decisive))
		tell_alike(s, b, w, n, decisive == IS_FALSE, out);
	if (b->quantifier == WHO_NOBODY)
		return met == IS_TRUE ? IS_FALSE : IS_TRUE;
	return met;
}

enum truth
statement_eval(const struct statement *s, const struct blanks *b,
	       const struct world *w, struct buf *out)
{
	int a;

	if (s->of_world)
		return s->of_world(b, w, out);
	if (b->quantifier != WHO_NAMED)
		return eval_many(s, b, w, out);
	a = world_actor(w, b->who);
	if (a >= 0)
		return s->of_actor(b, w, a, out);
	if (out)
		buf_addf(out, _("there is no actor %s"), b->who);
	return IS_UNKNOWN;
}
