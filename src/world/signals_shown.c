/*
 * What the kernel shows of an actor's signals, against what the events add up
 * to.  What the kernel itself sent (SIGCHLD, SIGPIPE, a timer's) no call
 * tells of: there the kernel's word is taken.
 */
#include "config.h"

#include "base/i18n.h"
#include "event/names.h"
#include "world/signals_inside.h"

#include <stdio.h>
#include <string.h>

void
signals_differ(struct world *w, int a, const char *what, int signal)
{
	if (!w->signals_differ[0])
		snprintf(w->signals_differ, sizeof(w->signals_differ),
			 _("%s: %s: is %s among them? the events and the "
			   "kernel do not agree"), w->actor[a].name, what,
			 signal_name(signal));
}

static bool
is_of_thread(const struct state_item *i)
{
	return i->data_len > 0 && i->data[0] == 't';
}

static bool
kernel_has(const struct object_state *k, bool *used, bool thread, int signal,
	   int64_t value)
{
	for (int i = 0; i < k->n_items; i++) {
		const struct state_item *it = &k->item[i];

		if (used[i] || it->number != signal ||
		    is_of_thread(it) != thread ||
		    (!k->derived && it->value != value))
			continue;
		used[i] = !k->derived;
		return true;
	}
	return false;
}

/* An event tells only so many: of the others nothing is known.  */
static bool
is_cut(const struct object_state *k)
{
	return k->n_items >= STATE_ITEMS_MAX;
}

/* What actors sent and nobody took must wait in the kernel.  */
static void
compare_list(struct world *w, const struct object_state *k, int a, bool thread,
	     bool *used)
{
	const struct signals *s = w->actor[a].signals;
	const struct waiting_list *l = thread ? &s->waiting
					      : &s->process->waiting;

	for (size_t i = 0; i < l->n; i++)
		if (l->item[i].from >= 0 && l->item[i].n &&
		    !kernel_has(k, used, thread, l->item[i].signal,
				l->item[i].value) &&
		    !is_cut(k))
			signals_differ(w, a, "pending", l->item[i].signal);
}

/* ... and what waits there of actors must have been sent.  */
static void
compare_rest(struct world *w, const struct object_state *k, int a,
	     const bool *used)
{
	for (int i = 0; i < k->n_items; i++)
		if (!used[i] && !k->derived && k->item[i].pid > 0)
			signals_differ(w, a, "pending", (int)k->item[i].number);
}

/* The events' own list gives what the kernel does not show: who sent it, and
 * when.  */
static void
adopt_item(struct world *w, struct waiting_list *old, struct waiting_list *new,
	   const struct state_item *it, bool sets_only)
{
	struct waiting_signal s = { .signal = (int)it->number,
				    .value = it->value, .from = -1 };
	bool any = false;

	(void)w;
	for (size_t i = 0; i < old->n;) {
		if (old->item[i].signal != s.signal ||
		    (!sets_only && old->item[i].value != s.value)) {
			i++;
			continue;
		}
		waiting_add(new, &old->item[i]);
		waiting_remove(old, i);
		any = true;
		if (!sets_only)
			break;
	}
	if (!any)
		waiting_add(new, &s);
}

static void
adopt(struct world *w, const struct object_state *k, int a, bool thread)
{
	struct signals *s = w->actor[a].signals;
	struct waiting_list *l = thread ? &s->waiting : &s->process->waiting;
	struct waiting_list new = { .n = 0 };

	for (int i = 0; i < k->n_items; i++)
		if (is_of_thread(&k->item[i]) == thread &&
		    sigset_bit((int)k->item[i].number))
			adopt_item(w, l, &new, &k->item[i], k->derived);
	for (size_t i = 0; i < l->n && is_cut(k); i++)
		waiting_add(&new, &l->item[i]);
	waiting_release(l);
	*l = new;
}

/* Sleeping calls that bring a mask of their own along, for that time; those
 * that sigtimedwait(2) waits for are let through meanwhile.  */
static bool
has_own_mask(const struct actor *a)
{
	return (a->state == ACTOR_BLOCKED || a->state == ACTOR_SLEEPING) &&
	       (strncmp(a->call, "ppoll", 5) == 0 ||
		strncmp(a->call, "pselect", 7) == 0 ||
		strcmp(a->call, "rt_sigtimedwait") == 0 ||
		strncmp(a->call, "epoll_pwait", 11) == 0);
}

static void
compare_sets(struct world *w, const struct event *e, int a)
{
	const struct signals *s = w->actor[a].signals;
	uint64_t set, d;

	if (signals_argument(e, "blocked", &set) && !has_own_mask(&w->actor[a]) &&
	    (d = set ^ world_blocked(w, a)))
		signals_differ(w, a, "blocked", __builtin_ctzll(d) + 1);
	if (signals_argument(e, "ignored", &set) &&
	    (d = set ^ s->process->ignored))
		signals_differ(w, a, "ignored", __builtin_ctzll(d) + 1);
	if (signals_argument(e, "caught", &set) && (d = set ^ s->process->caught))
		signals_differ(w, a, "caught", __builtin_ctzll(d) + 1);
}

void
signals_shown(struct world *w, const struct event *e, int a)
{
	const struct object_state *k = &e->state;
	bool used[STATE_ITEMS_MAX] = { false };
	bool leader = !w->actor[a].thread;

	w->signals_differ[0] = '\0';
	if (!w->actor[a].signals || !actor_is_alive(&w->actor[a]))
		return;
	compare_sets(w, e, a);
	if (k->messages > k->n_items)	/* more than were told */
		return;
	compare_list(w, k, a, true, used);
	if (leader)
		compare_list(w, k, a, false, used);
	compare_rest(w, k, a, used);
	adopt(w, k, a, true);
	if (leader)
		adopt(w, k, a, false);
}
