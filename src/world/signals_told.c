/* Sentences about signals.  */
#include "config.h"

#include "base/i18n.h"
#include "event/names.h"
#include "world/signals_inside.h"

#include <string.h>

/* The set that a sigwait, or a read from a signalfd, waits for.  */
static bool
wanted_set(const struct world *w, int actor, uint64_t *set)
{
	const struct actor *a = &w->actor[actor];

	if (a->object >= 0 && w->object[a->object].kind == KIND_SIGNALFD)
		return sigset_parse(w->object[a->object].probed.status, set);
	return strcmp(a->call, "rt_sigtimedwait") == 0 &&
	       signals_argument(call_of(a), "set", set);
}

/* Pending ones that it blocks, and that so do not wake it.  */
static uint64_t
held_back(const struct world *w, int actor)
{
	const struct waiting_signal *p;
	uint64_t set = 0;

	for (int i = 0; (p = world_waiting(w, actor, i)); i++)
		set |= sigset_bit(p->signal);
	return set & world_blocked(w, actor);
}

static void
add_names(struct buf *out, uint64_t set, const char *last)
{
	for (int n = 1; n <= SIGNAL_LAST; n++) {
		if (!sigset_has(set, n))
			continue;
		buf_adds(out, signal_name(n));
		set &= ~sigset_bit(n);
		if (set)
			buf_adds(out, set & (set - 1) ? _(", ") : last);
	}
}

void
signals_why(const struct world *w, int actor, struct buf *out)
{
	const struct actor *a = &w->actor[actor];
	const char *call = event_call_written(a->call, a->args);
	struct buf names = BUF_INIT;
	uint64_t set, held = held_back(w, actor);

	if (wanted_set(w, actor, &set)) {
		add_names(&names, set, _(" or "));
		buf_addf(out, _("%s waits in %s: it sleeps until %s comes."),
			 a->role, call, buf_str(&names));
		held &= ~set;
	} else {
		buf_addf(out, _("%s waits in %s: it sleeps until a signal "
				"comes."), a->role, call);
	}
	buf_clear(&names);
	add_names(&names, held, _(" and "));
	if (held)
		buf_addf(out, held & (held - 1) ?
			 _(" %s are pending, but blocked.") :
			 _(" %s is pending, but blocked."), buf_str(&names));
	buf_release(&names);
}

void
signals_wait_for(const struct world *w, int actor, struct buf *out)
{
	int first = world_deliverable(w, actor);

	if (first)
		buf_addf(out, _(" %s waits for it."), signal_name(first));
}

/* ---- what it would do ---- */

struct about {
	const struct world *w;
	const struct event *e;
	int actor;
	const char *who;
};

static const char *
argument(const struct about *p, const char *name, char *text, size_t room)
{
	text[0] = '\0';
	event_arg(p->e, name, text, room);
	return text;
}

/* "parent", "parent and child": the actors of "to" by their roles.  */
static void
add_targets(const struct about *p, struct buf *out)
{
	char to[ARGS_MAX_LEN], *name, *rest = to;

	if (!argument(p, "to", to, sizeof(to))[0]) {
		/* Recordings that do not say it: by the number.  */
		int64_t pid = event_arg_int(p->e, "pid",
					    event_arg_int(p->e, "tid", 0));

		for (int a = 0; a < p->w->n_actors; a++)
			if (pid > 0 && p->w->actor[a].tid == pid)
				COPY_STR(to, p->w->actor[a].name);
	}
	for (bool first = true; to[0] && (name = strsep(&rest, " "));
	     first = false) {
		int a = actor_find(p->w, name);

		if (!first)
			buf_adds(out, rest ? _(", ") : _(" and "));
		buf_adds(out, a >= 0 ? p->w->actor[a].role : name);
	}
}

static void
next_kill(const struct about *p, struct buf *out)
{
	char name[32], info[128];
	const char *value;
	struct buf to = BUF_INIT;

	argument(p, "sig", name, sizeof(name));
	add_targets(p, &to);
	if (strcmp(name, "0") == 0)
		buf_addf(out, _("%s would ask whether it may send a signal."),
			 p->who);
	else if (!to.len)
		buf_addf(out, _("%s would send %s."), p->who, name);
	else
		buf_addf(out, _("%s would send %s to %s."), p->who, name,
			 strcmp(buf_str(&to), p->who) == 0 ? _("itself")
							   : buf_str(&to));
	value = strstr(argument(p, "info", info, sizeof(info)), "\"value\":");
	if (value)
		buf_addf(out, _(" With it goes the value %.*s."),
			 (int)strcspn(value + 8, ",}"), value + 8);
	buf_release(&to);
}

static void
next_sigaction(const struct about *p, struct buf *out)
{
	char name[32];

	buf_addf(out, _("%s would install a handler for %s."), p->who,
		 argument(p, "signum", name, sizeof(name)));
}

/* Those that wait would come at once with this mask.  */
static void
add_coming(const struct about *p, uint64_t mask, struct buf *out)
{
	const struct waiting_signal *s;
	struct buf names = BUF_INIT;
	uint64_t set = 0;

	for (int i = 0; (s = world_waiting(p->w, p->actor, i)); i++)
		set |= sigset_bit(s->signal);
	set &= ~mask;
	add_names(&names, set, _(" and "));
	if (set)
		buf_addf(out, set & (set - 1) ? _(" Then %s come.") :
			 _(" Then %s comes."), buf_str(&names));
	buf_release(&names);
}

static void
next_sigmask(const struct about *p, struct buf *out)
{
	char how[32], text[ARGS_MAX_LEN];
	uint64_t set = 0, now = world_blocked(p->w, p->actor);

	argument(p, "how", how, sizeof(how));
	sigset_parse(argument(p, "set", text, sizeof(text)), &set);
	if (strcmp(how, "SIG_BLOCK") == 0) {
		buf_addf(out, _("%s would block %s from now on."), p->who,
			 text);
		return;
	}
	if (strcmp(how, "SIG_UNBLOCK") == 0)
		buf_addf(out, _("%s would no longer block %s."), p->who, text);
	else if (set == 0)
		buf_addf(out, _("%s would block no signal any more."), p->who);
	else
		buf_addf(out, _("%s would block %s and nothing else."), p->who,
			 text);
	add_coming(p, strcmp(how, "SIG_UNBLOCK") == 0 ? now & ~set : set, out);
}

static void
next_pause(const struct about *p, struct buf *out)
{
	buf_addf(out, _("%s would sleep until a signal comes."), p->who);
}

static void
next_sigsuspend(const struct about *p, struct buf *out)
{
	char mask[ARGS_MAX_LEN];
	uint64_t set = 0;

	sigset_parse(argument(p, "mask", mask, sizeof(mask)), &set);
	if (set == 0)
		buf_addf(out, _("%s would block nothing, and sleep until a "
				"signal comes, in one."), p->who);
	else
		buf_addf(out, _("%s would block %s and nothing else, and sleep "
				"until a signal comes, in one."), p->who,
			 mask);
	add_coming(p, set, out);
}

static void
next_sigwait(const struct about *p, struct buf *out)
{
	char set[ARGS_MAX_LEN];

	buf_addf(out, _("%s would take a pending signal of %s."), p->who,
		 argument(p, "set", set, sizeof(set)));
}

static void
next_signalfd(const struct about *p, struct buf *out)
{
	char mask[ARGS_MAX_LEN];

	buf_addf(out, _("%s would make a descriptor that gives %s to read."),
		 p->who, argument(p, "mask", mask, sizeof(mask)));
}

static const struct {
	const char *call;
	void (*tell)(const struct about *p, struct buf *out);
} nexts[] = {
	{ "kill", next_kill }, { "tkill", next_kill }, { "tgkill", next_kill },
	{ "rt_sigqueueinfo", next_kill }, { "rt_tgsigqueueinfo", next_kill },
	{ "pidfd_send_signal", next_kill },
	{ "rt_sigaction", next_sigaction },
	{ "rt_sigprocmask", next_sigmask },
	{ "pause", next_pause },
	{ "rt_sigsuspend", next_sigsuspend },
	{ "rt_sigtimedwait", next_sigwait },
	{ "signalfd", next_signalfd }, { "signalfd4", next_signalfd },
};

bool
signals_next(const struct world *w, int actor, const struct event *e,
	     struct buf *out)
{
	const struct actor *a = &w->actor[actor];
	struct about p = { w, e, actor, a->role };

	for (size_t i = 0; i < ARRAY_SIZE(nexts); i++)
		if (strcmp(a->call, nexts[i].call) == 0) {
			nexts[i].tell(&p, out);
			return true;
		}
	return false;
}
