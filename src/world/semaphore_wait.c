/* Who waits for a semaphore, and what would be done to one.  */
#include "config.h"

#include "base/i18n.h"
#include "world/inside.h"
#include "world/semaphore.h"

#include <string.h>

/* The operation that cannot be carried out, on a copy of the values, and the
 * value that it finds: the ones before it count.  -1: none.  */
static int
stuck_at(const struct world *w, int object, const struct semaphore_op *op,
	 int n, int64_t *found)
{
	int known = world_semaphores(w, object);
	int64_t value[STATE_ITEMS_MAX];

	for (int i = 0; i < known; i++)
		value[i] = world_semaphore(w, object, i);
	for (int i = 0; i < n; i++) {
		if (op[i].num >= known)
			return -1;
		*found = value[op[i].num];
		if (op[i].op == 0 ? value[op[i].num] != 0
				  : value[op[i].num] + op[i].op < 0)
			return i;
		value[op[i].num] += op[i].op;
	}
	return -1;
}

static bool
took(const struct world *w, const struct wait *wait, int num, int actor)
{
	return world_taken(w, wait->object, num,
			   semaphore_holder(w, wait->object, actor)) != 0;
}

/* Those who took some and could give it back; if nobody did, whoever lives. */
static void
add_givers(const struct world *w, int self, int num, struct wait *wait)
{
	bool any = wait->amount > 0 && took(w, wait, num, self);

	wait->own = any;
	for (int pass = 0; pass < 2 - wait->own && (pass == 0 || !any); pass++)
		for (int a = 0; a < w->n_actors; a++) {
			if (a == self || !actor_is_alive(&w->actor[a]) ||
			    (pass == 0 && !took(w, wait, num, a)))
				continue;
			any = true;
			if (wait->n < WAITED_MAX)
				wait->who[wait->n++] = a;
		}
}

void
wait_for_semaphores(const struct world *w, int self, struct wait *wait)
{
	const struct actor *a = &w->actor[self];
	struct semaphore_op op[SEMAPHORE_OPS];
	int n = semaphore_ops(a->args, op, SEMAPHORE_OPS), at;
	bool s;

	wait->kind = WAIT_SEMAPHORE;
	if (wait->object < 0)
		return;
	s = world_semaphores(w, wait->object) > 0;
	wait->value = NO_VALUE;
	at = s && n ? stuck_at(w, wait->object, op, n, &wait->value) : -1;
	if (s && n && at < 0 &&
	    n == semaphore_ops_all(a->args, n)) {
		wait->kind = WAIT_NONE;		/* it could be done by now */
		return;
	}
	wait->number = at >= 0 ? op[at].num : 0;
	wait->amount = at >= 0 ? -op[at].op : 1;
	add_givers(w, self, wait->number, wait);
}

void
wait_for_semaphore(const struct world *w, int self, struct wait *wait)
{
	wait->kind = WAIT_SEMAPHORE;
	wait->amount = 1;
	wait->value = NO_VALUE;
	if (wait->object < 0)
		return;
	wait->value = world_semaphore(w, wait->object, 0);
	if (wait->value > 0 && wait_is_settled(w, &w->actor[self]))
		return;		/* nobody has woken it */
	if (wait->value > 0) {
		wait->kind = WAIT_NONE;
		return;
	}
	add_givers(w, self, 0, wait);
}

static void
name_semaphore(const struct told *t, struct buf *out)
{
	if (t->w->object[t->wait->object].kind == KIND_SEMAPHORE_SET)
		buf_addf(out, _("semaphore %d of %s"), t->wait->number,
			 t->object);
	else
		buf_adds(out, t->object);
}

bool
wait_is_deaf(const struct world *w, const struct wait *wait)
{
	return wait->kind == WAIT_SEMAPHORE && wait->object >= 0 &&
	       wait->value != NO_VALUE && wait->value > 0 &&
	       wait->amount == 1 && semaphore_is_of_one(w, wait->object);
}

void
why_semaphore(const struct told *t, struct buf *out)
{
	const struct wait *wait = t->wait;
	struct buf name = BUF_INIT;
	int64_t value = wait->value;

	if (wait->object < 0) {
		buf_addf(out, _("%s waits: it sleeps in %s."), t->who,
			 t->call);
		return;
	}
	name_semaphore(t, &name);
	if (value == NO_VALUE)
		buf_addf(out, _("%s waits: it sleeps in %s on %s."), t->who,
			 t->call, buf_str(&name));
	else if (wait_is_deaf(t->w, wait))
		buf_addf(out, _("%s sleeps though %s is %lld: it was made for "
				"the threads of one process (pshared 0), and "
				"who added to it in another could not wake "
				"anybody here."), t->who, buf_str(&name),
			 (long long)value);
	else if (wait->amount == 0)
		buf_addf(out, _("%s waits: %s is %lld, and it sleeps until it "
				"is 0."), t->who, buf_str(&name),
			 (long long)value);
	else
		buf_addf(out, _("%s waits: %s is %lld, and it wants to take "
				"%lld."), t->who, buf_str(&name),
			 (long long)value, (long long)wait->amount);
	if (wait->n > 0 && value != NO_VALUE)
		buf_addf(out, _(" It sleeps until %s acts."), t->names);
	buf_release(&name);
}

/* ---- what is next ---- */

static void
tell_op(const struct plan *p, const struct semaphore_op *op, struct buf *out)
{
	if (op->op == 0)
		buf_addf(out, _("%s would wait until semaphore %d of %s is 0."),
			 p->who, op->num, p->object);
	else if (op->op < 0)
		buf_addf(out, _("%s would take %lld from semaphore %d of %s."),
			 p->who, (long long)-op->op, op->num, p->object);
	else
		buf_addf(out, _("%s would add %lld to semaphore %d of %s."),
			 p->who, (long long)op->op, op->num, p->object);
}

void
next_semop(const struct plan *p, struct buf *out)
{
	struct semaphore_op op[SEMAPHORE_OPS];
	int n = semaphore_ops(p->a->args, op, SEMAPHORE_OPS);

	n = semaphore_ops_all(p->a->args, n);
	if (n == 1)
		tell_op(p, &op[0], out);
	else
		buf_addf(out, ngettext("%s would do %d operation on %s, as one.",
				       "%s would do %d operations on %s, as "
				       "one.", n), p->who, n, p->object);
}
