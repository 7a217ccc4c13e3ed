/* Calls that send signals, take them, and say what is done with them; and
 * what happens when one is delivered.  */
#include "config.h"

#include "event/json.h"
#include "event/names.h"
#include "world/signals_inside.h"

#include <string.h>

/* ---- sending ---- */

static void
undo_opposite(struct signals *s, int signal)
{
	uint64_t drop = signal == SIGCONT ? SIGNALS_STOP :
			sigset_has(SIGNALS_STOP, signal) ? SET(SIGCONT) : 0;

	waiting_drop(&s->waiting, drop);
	waiting_drop(&s->process->waiting, drop);
}

static void
sent_to(struct world *w, int to, bool thread, const struct waiting_signal *what)
{
	struct signals *s = w->actor[to].signals;
	struct waiting_list *l = thread ? &s->waiting : &s->process->waiting;

	s->sent[what->signal]++;
	if (s->early[what->signal]) {
		s->early[what->signal]--;
		return;
	}
	undo_opposite(s, what->signal);
	if (what->signal == SIGKILL || !actor_is_alive(&w->actor[to]) ||
	    signals_dropped(s, what->signal))
		return;
	/* Of a standard signal one can wait, no more.  */
	if (what->signal < 32 && waiting_has(l, what->signal))
		return;
	waiting_add(l, what);
}

void
signals_sent(struct world *w, int to, int from, int signal, int64_t value)
{
	struct waiting_signal s = { .signal = signal, .value = value,
				    .from = from, .n = w->n };

	if (w->actor[to].signals && sigset_bit(signal))
		sent_to(w, to, false, &s);
}

/* kill and its kin; "to" names those whom it is for.  */
static void
called_kill(struct world *w, const struct event *e, int a)
{
	char to[ARGS_MAX_LEN], sig[32], *name, *rest = to;
	struct waiting_signal s = { .value = e->value, .from = a, .n = w->n };
	bool thread = strncmp(e->call, "t", 1) == 0 ||
		      strncmp(e->call, "rt_tg", 5) == 0;

	if (!event_arg(e, "sig", sig, sizeof(sig)) ||
	    !event_arg(e, "to", to, sizeof(to)))
		return;
	s.signal = signal_number(sig);
	if (s.signal < 1)
		return;
	while ((name = strsep(&rest, " "))) {
		int target = actor_find(w, name);

		if (target >= 0 && w->actor[target].signals)
			sent_to(w, target, thread, &s);
	}
}

/* ---- what is done with them ---- */

static void
read_action(const char *text, char *handler, size_t handler_room, char *flags,
	    size_t flags_room, uint64_t *mask)
{
	char key[NAME_MAX_LEN], value[ARGS_MAX_LEN];
	struct json j;

	json_init(&j, text, strlen(text));
	for (bool first = true; json_next_key(&j, first, key, sizeof(key));
	     first = false) {
		if (!json_peek_text(&j)) {
			if (!json_skip(&j))
				return;
			continue;
		}
		if (!json_read_text(&j, value, sizeof(value)))
			return;
		if (strcmp(key, "handler") == 0)
			copy_str(handler, handler_room, value);
		else if (strcmp(key, "flags") == 0)
			copy_str(flags, flags_room, value);
		else if (strcmp(key, "mask") == 0)
			sigset_parse(value, mask);
	}
}

static void
put_bit(uint64_t *set, uint64_t bit, bool on)
{
	*set = on ? *set | bit : *set & ~bit;
}

static void
called_sigaction(struct world *w, const struct event *e, int a)
{
	struct signals *s = w->actor[a].signals;
	struct dispositions *d = s->process;
	char name[32], act[ARGS_MAX_LEN], handler[32] = "", flags[256] = "";
	uint64_t mask = 0, bit;
	int signal;

	if (!event_arg(e, "signum", name, sizeof(name)) ||
	    !event_arg(e, "act", act, sizeof(act)) || act[0] != '{')
		return;
	signal = signal_number(name);
	bit = sigset_bit(signal);
	if (!bit)
		return;
	read_action(act, handler, sizeof(handler), flags, sizeof(flags),
		    &mask);
	put_bit(&d->ignored, bit, strcmp(handler, "SIG_IGN") == 0);
	put_bit(&d->caught, bit, strncmp(handler, "SIG_", 4) != 0);
	put_bit(&d->restart, bit, strstr(flags, "SA_RESTART|") ||
		(strlen(flags) >= 10 &&
		 strcmp(flags + strlen(flags) - 10, "SA_RESTART") == 0));
	put_bit(&d->one_shot, bit, strstr(flags, "SA_RESETHAND"));
	put_bit(&d->no_defer, bit, strstr(flags, "SA_NODEFER"));
	d->mask[signal] = mask & ~SIGNALS_UNBLOCKABLE;
	d->set_n[signal] = w->n;
	if (d->ignored & bit || (SIGNALS_HARMLESS & bit && !(d->caught & bit))) {
		waiting_drop(&d->waiting, bit);
		for (int i = 0; i < w->n_actors; i++)
			if (w->actor[i].signals &&
			    w->actor[i].signals->process == d)
				waiting_drop(&w->actor[i].signals->waiting, bit);
	}
}

static void
called_sigmask(struct world *w, const struct event *e, int a)
{
	struct signals *s = w->actor[a].signals;
	char how[16] = "";
	uint64_t set;

	if (!signals_argument(e, "set", &set))
		return;
	event_arg(e, "how", how, sizeof(how));
	set &= ~SIGNALS_UNBLOCKABLE;
	s->blocked_n = w->n;
	if (strcmp(how, "SIG_BLOCK") == 0)
		s->blocked |= set;
	else if (strcmp(how, "SIG_UNBLOCK") == 0)
		s->blocked &= ~set;
	else if (strcmp(how, "SIG_SETMASK") == 0)
		s->blocked = set;
}

static void
called_sigreturn(struct world *w, const struct event *e, int a)
{
	struct signals *s = w->actor[a].signals;

	if (s->depth > 0)
		s->depth--;
	signals_argument(e, "mask", &s->blocked);
}

/* ---- taking ---- */

/* Take one out of the list; of several with the same number the first, or the
 * first with that value.  False: there is none.  */
static bool
take(struct world *w, struct waiting_list *l, int signal, int64_t value)
{
	size_t found = l->n;

	for (size_t i = 0; i < l->n && found == l->n; i++)
		if (l->item[i].signal == signal &&
		    (value == NO_VALUE || l->item[i].value == value))
			found = i;
	for (size_t i = 0; i < l->n && found == l->n; i++)
		if (l->item[i].signal == signal)
			found = i;
	if (found == l->n)
		return false;
	world_link(w, l->item[found].n);
	waiting_remove(l, found);
	return true;
}

static void
take_any(struct world *w, const struct event *e, int a, int signal)
{
	struct signals *s = w->actor[a].signals;

	if (take(w, &s->waiting, signal, e->value) ||
	    take(w, &s->process->waiting, signal, e->value))
		return;
	if (!w->driven && e->from[0] && s->early[signal] < UINT8_MAX &&
	    signal != SIGCHLD)
		s->early[signal]++;
}

static void
called_sigwait(struct world *w, const struct event *e, int a)
{
	if (e->result > 0 && e->result <= SIGNAL_LAST)
		take_any(w, e, a, (int)e->result);
}

/* Out of a signalfd: "USR1 RTMIN+1".  */
static void
called_read(struct world *w, const struct event *e, int a)
{
	char names[ARGS_MAX_LEN], *name, *rest = names;

	if (!event_arg(e, "signals", names, sizeof(names)))
		return;
	while ((name = strsep(&rest, " "))) {
		int signal = signal_number(name);

		if (signal > 0)
			take_any(w, e, a, signal);
	}
}

static const struct {
	const char *call;
	void (*fold)(struct world *w, const struct event *e, int a);
} folds[] = {
	{ "kill", called_kill }, { "tkill", called_kill },
	{ "tgkill", called_kill }, { "rt_sigqueueinfo", called_kill },
	{ "rt_tgsigqueueinfo", called_kill },
	{ "pidfd_send_signal", called_kill },
	{ "rt_sigaction", called_sigaction },
	{ "rt_sigprocmask", called_sigmask },
	{ "rt_sigreturn", called_sigreturn },
	{ "rt_sigtimedwait", called_sigwait },
	{ "read", called_read },
};

/* Handlers that were left by siglongjmp(3).  */
void
signals_left(struct world *w, const struct event *e, int a)
{
	struct signals *s = w->actor[a].signals;
	int64_t depth;

	if (!s || s->depth == 0)
		return;
	depth = event_arg_int(e, "handlers", -1);
	if (depth >= 0 && depth < s->depth)
		s->depth = (int)depth;
}

void
signals_called(struct world *w, const struct event *e, int a)
{
	if (!w->actor[a].signals)
		return;
	signals_left(w, e, a);
	/* What a handler's end returns is what it interrupted returned.  */
	if (e->error && strcmp(e->call, "rt_sigreturn") != 0)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(folds); i++)
		if (strcmp(folds[i].call, e->call) == 0) {
			folds[i].fold(w, e, a);
			return;
		}
}

/* Older recordings do not say what was done with it.  */
static const char *
action_of(const struct signals *s, int signal)
{
	if (sigset_has(s->process->caught, signal))
		return "handler";
	return sigset_has(s->process->ignored | SIGNALS_HARMLESS, signal)
	       ? "ignored" : "default";
}

/* One is delivered: a handler begins, or what happens else.  */
void
signals_delivered(struct world *w, const struct event *e, int a)
{
	struct signals *s = w->actor[a].signals;
	uint64_t bit = sigset_bit(e->signal);
	char action[16] = "";

	if (!s || !bit)
		return;
	take_any(w, e, a, e->signal);
	signals_argument(e, "blocked", &s->blocked);
	if (!event_arg(e, "action", action, sizeof(action)))
		copy_str(action, sizeof(action), action_of(s, e->signal));
	if (strcmp(action, "ignored") == 0)
		return;
	s->delivered[e->signal]++;
	if (strcmp(action, "handler") != 0)
		return;
	if (s->depth < HANDLERS_MAX)
		s->handler[s->depth] = e->signal;
	s->depth++;
	s->blocked |= s->process->mask[e->signal];
	if (!(s->process->no_defer & bit))
		s->blocked |= bit & ~SIGNALS_UNBLOCKABLE;
	if (s->process->one_shot & bit)
		s->process->caught &= ~bit;
}
