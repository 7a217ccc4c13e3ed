/* More objects of the model machine: objects.h.  */
#include "objects.h"

#include <check.h>
#include <limits.h>
#include <string.h>

enum { OBJECT_RWLOCK = 900, OBJECT_BARRIER = 1000, OBJECT_MAIL = 1100,
       OBJECT_COUNTER = 1200, OBJECT_SET = 1300, OBJECT_FILE = 1400,
       OBJECT_OFFSET = 1500, OBJECT_CHANNEL = 500 };

enum { NO_CHILD = 9, CLOSED = -1 };

static const struct instruction *
at(const struct machine *m, const struct program *p, int i)
{
	return &p->code[i][m->actor[i].pc];
}

static struct touch *
touch(struct operation *o, enum act act, int base, int number)
{
	return operation_touch(o, act, (uint32_t)(base + number));
}

/* Some programs are shown without counts, as the kernel shows some objects. */
static int64_t
counted(const struct program *p, int n)
{
	return p->uncounted ? HAVE_UNKNOWN : n;
}

static bool
is_bit(int8_t bits, int n)
{
	return bits >> n & 1;
}

/* ---- read-write locks ---- */

static void
rw_operation(const struct machine *m, const struct program *p, int i,
	     const struct instruction *in, struct operation *o)
{
	static const enum act acts[] = {
		[RW_READ] = ACT_READ_LOCK, [RW_WRITE] = ACT_WRITE_LOCK,
		[RW_TIMED] = ACT_READ_LOCK,
		[RW_TRY_READ] = ACT_TRY_READ_LOCK,
		[RW_TRY_WRITE] = ACT_TRY_WRITE_LOCK,
		[RW_UNLOCK] = ACT_RW_UNLOCK,
	};
	struct touch *t = touch(o, acts[in->code], OBJECT_RWLOCK, in->a);

	(void)p;
	t->gives_up = in->code == RW_TIMED;
	if (in->code != RW_UNLOCK)
		return;
	t->value = m->more.writer[in->a] == 1 + i ? HELD_TO_WRITE :
		   HELD_TO_READ;
	/* Who tried in vain holds nothing.  */
	if (t->value == HELD_TO_READ && !is_bit(m->more.reads[i], in->a))
		t->act = ACT_LOCK_CONTROL;
}

static bool
rw_would_sleep(const struct machine *m, const struct program *p, int i,
	       const struct instruction *in)
{
	const struct objects *x = &m->more;

	(void)p, (void)i;
	if (in->code == RW_READ || in->code == RW_TIMED)
		return x->writer[in->a] != 0;
	return in->code == RW_WRITE && (x->writer[in->a] || x->readers[in->a]);
}

static bool
rw_do(struct machine *m, const struct program *p, int i,
      const struct instruction *in, struct done *d)
{
	struct objects *x = &m->more;
	int32_t *r = &m->actor[i].r[in->r];
	bool writes = in->code == RW_WRITE || in->code == RW_TRY_WRITE;

	(void)p, (void)d;
	if (in->code == RW_UNLOCK) {
		if (x->writer[in->a] == 1 + i)
			x->writer[in->a] = 0;
		else if (is_bit(x->reads[i], in->a))
			x->readers[in->a]--;
		x->reads[i] &= (int8_t)~(1 << in->a);
		return true;
	}
	*r = !x->writer[in->a] && !(writes && x->readers[in->a]) &&
	     !is_bit(x->reads[i], in->a);
	if (*r && writes) {
		x->writer[in->a] = (int8_t)(1 + i);
	} else if (*r) {
		x->readers[in->a]++;
		x->reads[i] |= (int8_t)(1 << in->a);
	}
	return true;
}

/* ---- barriers ---- */

static void
barrier_operation(const struct machine *m, const struct program *p, int i,
		  const struct instruction *in, struct operation *o)
{
	struct touch *t = touch(o, ACT_BARRIER_ARRIVE, OBJECT_BARRIER, in->a);

	(void)i;
	o->sleeps_inside = true;
	t->value = p->barrier[in->a];
	t->have = counted(p, m->more.arrived[in->a]);
}

static bool
barrier_do(struct machine *m, const struct program *p, int i,
	   const struct instruction *in, struct done *d)
{
	int8_t *arrived = &m->more.arrived[in->a];

	m->actor[i].r[in->r] = 0;
	if (++*arrived < p->barrier[in->a]) {
		m->actor[i].inside = true;
		return false;
	}
	*arrived = 0;
	m->actor[i].r[in->r] = 1;	/* it was the last */
	for (int k = 0; k < p->n; k++)
		if (m->actor[k].inside && at(m, p, k)->code == ARRIVE &&
		    at(m, p, k)->a == in->a) {
			machine_go_on(m, p, k);
			d->woken[d->n_woken++] = k;
		}
	return true;
}

/* ---- message queues ---- */

static int
find_mail(const struct machine *m, const struct instruction *in)
{
	const struct objects *x = &m->more;

	for (int n = 0; n < x->mails[in->a]; n++)
		if (in->b == 0 || x->mail[in->a][n] == in->b)
			return n;
	return -1;
}

static void
mail_operation(const struct machine *m, const struct program *p, int i,
	       const struct instruction *in, struct operation *o)
{
	struct touch *t = touch(o, in->code == MAIL ? ACT_QUEUE_SEND :
				ACT_QUEUE_RECEIVE, OBJECT_MAIL, in->a);

	(void)i;
	t->value = in->b;
	t->have = counted(p, m->more.mails[in->a]);
	t->gives_up = in->code == TRY_FETCH;
}

static bool
mail_would_sleep(const struct machine *m, const struct program *p, int i,
		 const struct instruction *in)
{
	(void)i;
	if (in->code == MAIL)
		return m->more.mails[in->a] == p->room[in->a];
	return in->code == FETCH && find_mail(m, in) < 0;
}

static bool
mail_do(struct machine *m, const struct program *p, int i,
	const struct instruction *in, struct done *d)
{
	struct objects *x = &m->more;
	int8_t *mail = x->mail[in->a];
	int n = find_mail(m, in);

	(void)p, (void)d;
	if (in->code == MAIL) {
		mail[x->mails[in->a]++] = (int8_t)in->b;
		return true;
	}
	m->actor[i].r[in->r] = n < 0 ? 0 : mail[n];
	d->op.nothing = n < 0;
	if (n < 0)
		return true;
	memmove(mail + n, mail + n + 1, (size_t)(MODEL_QUEUE - n - 1));
	mail[MODEL_QUEUE - 1] = 0;
	x->mails[in->a]--;
	return true;
}

/* ---- the ends of channels ---- */

int
objects_readers(const struct machine *m, const struct program *p, int a)
{
	int n = 0;

	for (int i = 0; i < p->n; i++)
		n += !is_bit(m->more.closed_read[i], a);
	return n;
}

int
objects_writers(const struct machine *m, const struct program *p, int a)
{
	int n = 0;

	for (int i = 0; i < p->n; i++)
		n += !is_bit(m->more.closed_write[i], a);
	return n;
}

bool
objects_may_use(const struct machine *m, int i, const struct instruction *in)
{
	if (in->code == SEND)
		return !is_bit(m->more.closed_write[i], in->a);
	if (in->code == RECEIVE || in->code == TRY_RECEIVE)
		return !is_bit(m->more.closed_read[i], in->a);
	return true;
}

static void
touch_ends(const struct machine *m, const struct program *p, int i, int a,
	   bool read, bool write, struct operation *o)
{
	if (read && !is_bit(m->more.closed_read[i], a))
		touch(o, ACT_PIPE_CLOSE_READ, OBJECT_CHANNEL, a)->value =
			objects_readers(m, p, a);
	if (write && !is_bit(m->more.closed_write[i], a))
		touch(o, ACT_PIPE_CLOSE_WRITE, OBJECT_CHANNEL, a)->value =
			objects_writers(m, p, a);
}

static void
close_operation(const struct machine *m, const struct program *p, int i,
		const struct instruction *in, struct operation *o)
{
	touch_ends(m, p, i, in->a, in->code == CLOSE_READ,
		   in->code == CLOSE_WRITE, o);
	if (in->code == TRY_RECEIVE && objects_may_use(m, i, in)) {
		struct touch *t = touch(o, ACT_PIPE_READ, OBJECT_CHANNEL,
					in->a);

		t->value = 1;
		t->have = counted(p, m->items[in->a]);
		t->gives_up = true;
	}
}

static void
try_receive(struct machine *m, const struct program *p, int i,
	    const struct instruction *in)
{
	int8_t *item = m->item[in->a];
	int n = m->items[in->a];

	m->actor[i].r[in->r] = !objects_may_use(m, i, in) ? -2 :
			       n > 0 ? item[0] :
			       objects_writers(m, p, in->a) > 0 ? -1 : 0;
	if (n == 0 || !objects_may_use(m, i, in))
		return;
	memmove(item, item + 1, MODEL_QUEUE - 1);
	item[MODEL_QUEUE - 1] = 0;
	m->items[in->a]--;
}

static bool
close_do(struct machine *m, const struct program *p, int i,
	 const struct instruction *in, struct done *d)
{
	(void)d;
	if (in->code == TRY_RECEIVE)
		try_receive(m, p, i, in);
	else if (in->code == CLOSE_READ)
		m->more.closed_read[i] |= (int8_t)(1 << in->a);
	else
		m->more.closed_write[i] |= (int8_t)(1 << in->a);
	return true;
}

/* ---- counters ---- */

static void
counter_operation(const struct machine *m, const struct program *p, int i,
		  const struct instruction *in, struct operation *o)
{
	struct touch *t = touch(o, in->code == COUNT ? ACT_COUNTER_ADD :
				ACT_COUNTER_TAKE, OBJECT_COUNTER, in->a);

	(void)i;
	t->value = in->code == COUNT ? in->b : 0;
	t->have = counted(p, m->more.counter[in->a]);
	t->gives_up = in->code == TRY_TAKE;
}

static bool
counter_would_sleep(const struct machine *m, const struct program *p, int i,
		    const struct instruction *in)
{
	(void)p, (void)i;
	return in->code == TAKE && m->more.counter[in->a] == 0;
}

static bool
counter_do(struct machine *m, const struct program *p, int i,
	   const struct instruction *in, struct done *d)
{
	int8_t *counter = &m->more.counter[in->a];

	(void)p, (void)d;
	if (in->code == COUNT) {
		*counter = (int8_t)(*counter + in->b);
		return true;
	}
	m->actor[i].r[in->r] = *counter;
	*counter = 0;
	return true;
}

/* ---- children ---- */

static bool
is_child(const struct machine *m, const struct program *p, int i, int k)
{
	return p->family && i == 0 && k > 0 && !is_bit(m->more.unborn, k) &&
	       !is_bit(m->more.reaped, k);
}

/* The first that has ended, or -1; wanted: in->a, below 0: any.  *any: there
 * is such a child.  */
static int
find_child(const struct machine *m, const struct program *p, int i,
	   const struct instruction *in, bool *any)
{
	*any = false;
	for (int k = 1; k < p->n; k++) {
		if (!is_child(m, p, i, k) || (in->a > 0 && in->a != k))
			continue;
		*any = true;
		if (m->actor[k].state == STANDS_ENDED)
			return k;
	}
	return -1;
}

static void
child_operation(const struct machine *m, const struct program *p, int i,
		const struct instruction *in, struct operation *o)
{
	struct touch *t = touch(o, in->code == REAP ? ACT_WAIT :
				ACT_WAIT_LOOK, OBJECT_FAMILY, i);

	(void)m, (void)p;
	t->value = in->a > 0 ? 1 + in->a : 0;
	t->gives_up = in->code == TRY_REAP;
}

static bool
child_would_sleep(const struct machine *m, const struct program *p, int i,
		  const struct instruction *in)
{
	bool any;

	return in->code == REAP && find_child(m, p, i, in, &any) < 0 && any;
}

static bool
child_do(struct machine *m, const struct program *p, int i,
	 const struct instruction *in, struct done *d)
{
	bool any;
	int k = find_child(m, p, i, in, &any);

	(void)d;
	m->actor[i].r[in->r] = k > 0 ? k : any ? 0 : NO_CHILD;
	if (k > 0)
		m->more.reaped |= (int8_t)(1 << k);
	return true;
}

/* ---- a set of semaphores ---- */

static void
touch_set(const struct machine *m, const struct program *p, enum act act,
	  int n, struct operation *o)
{
	struct touch *t = touch(o, act, OBJECT_SET, 0);

	t->from = (uint64_t)n;
	t->to = t->from + 1;
	t->value = act != ACT_SEM_LOOK;
	t->have = counted(p, m->more.set[n]);
}

static void
set_operation(const struct machine *m, const struct program *p, int i,
	      const struct instruction *in, struct operation *o)
{
	(void)i;
	if (in->code == SET_ZERO)
		touch_set(m, p, ACT_SEM_LOOK, in->a, o);
	if (in->code == SET_WAIT || in->code == SET_MOVE ||
	    in->code == SET_BOTH)
		touch_set(m, p, ACT_SEM_WAIT, in->a, o);
	if (in->code == SET_TRY)
		touch_set(m, p, ACT_SEM_TRY, in->a, o);
	if (in->code == SET_BOTH)
		touch_set(m, p, ACT_SEM_WAIT, !in->a, o);
	if (in->code == SET_MOVE)
		touch_set(m, p, ACT_SEM_POST, !in->a, o);
	if (in->code == SET_POST)
		touch_set(m, p, ACT_SEM_POST, in->a, o);
}

static bool
set_would_sleep(const struct machine *m, const struct program *p, int i,
		const struct instruction *in)
{
	const int8_t *set = m->more.set;

	(void)p, (void)i;
	if (in->code == SET_ZERO)
		return set[in->a] != 0;
	if (in->code == SET_BOTH)
		return set[0] == 0 || set[1] == 0;
	return (in->code == SET_WAIT || in->code == SET_MOVE) &&
	       set[in->a] == 0;
}

static bool
set_do(struct machine *m, const struct program *p, int i,
       const struct instruction *in, struct done *d)
{
	int8_t *set = m->more.set;

	(void)p, (void)d;
	switch (in->code) {
	case SET_POST: set[in->a]++; break;
	case SET_WAIT: set[in->a]--; break;
	case SET_MOVE: set[in->a]--; set[!in->a]++; break;
	case SET_BOTH: set[0]--; set[1]--; break;
	case SET_TRY:
		m->actor[i].r[in->r] = set[in->a] > 0;
		set[in->a] -= set[in->a] > 0;
		break;
	default: break;
	}
	return true;
}

/* ---- a file ---- */

static void
range(struct touch *t, int from, int to)
{
	t->from = (uint64_t)from;
	t->to = (uint64_t)to;
}

static void
file_operation(const struct machine *m, const struct program *p, int i,
	       const struct instruction *in, struct operation *o)
{
	int size = m->more.size;

	(void)p, (void)i;
	switch (in->code) {
	case FILE_PUT:
		/* Beyond the end it changes what lies between, and where
		 * others that go beyond it begin.  */
		range(touch(o, ACT_FILE_WRITE, OBJECT_FILE, 0),
		      in->a + in->b > size && size < in->a ? size : in->a,
		      in->a + in->b > size ? INT_MAX : in->a + in->b);
		break;
	case FILE_GET:
		range(touch(o, ACT_FILE_READ, OBJECT_FILE, 0), in->a,
		      in->a + in->b);
		break;
	case FILE_ADD: touch(o, ACT_FILE_APPEND, OBJECT_FILE, 0); break;
	case FILE_CUT: touch(o, ACT_FILE_RESIZE, OBJECT_FILE, 0); break;
	case FILE_SIZE: touch(o, ACT_FILE_LOOK, OBJECT_FILE, 0); break;
	case NEXT_PUT:
		touch(o, ACT_FILE_WRITE, OBJECT_FILE, 0);
		touch(o, ACT_OFFSET_USE, OBJECT_OFFSET, 0);
		break;
	default:
		touch(o, ACT_FILE_READ, OBJECT_FILE, 0);
		touch(o, ACT_OFFSET_USE, OBJECT_OFFSET, 0);
	}
}

static void
put(struct objects *x, int from, int n, int what)
{
	for (int k = from; k < from + n && k < MODEL_FILE; k++) {
		x->file[k] = (int8_t)what;
		if (x->size <= k)
			x->size = (int8_t)(k + 1);
	}
}

static int
get(const struct objects *x, int from, int n)
{
	int all = 0;

	for (int k = from; k < from + n && k < x->size; k++)
		all = all * 10 + 1 + x->file[k];
	return all;
}

static bool
file_do(struct machine *m, const struct program *p, int i,
	const struct instruction *in, struct done *d)
{
	struct objects *x = &m->more;
	int32_t *r = &m->actor[i].r[in->r];

	(void)p, (void)d;
	switch (in->code) {
	case FILE_PUT: put(x, in->a, in->b, 1 + i); break;
	case FILE_GET: *r = get(x, in->a, in->b); break;
	case FILE_ADD: put(x, x->size, in->b, 1 + i); break;
	case FILE_SIZE: *r = x->size; break;
	case FILE_CUT:
		memset(x->file + in->a, 0, (size_t)(MODEL_FILE - in->a));
		x->size = (int8_t)in->a;
		break;
	case NEXT_PUT:
		put(x, x->offset, in->b, 1 + i);
		x->offset = (int8_t)(x->offset + in->b);
		break;
	default:
		*r = get(x, x->offset, in->b);
		if (x->offset < x->size)
			x->offset = (int8_t)(x->offset + in->b < x->size ?
					     x->offset + in->b : x->size);
	}
	return true;
}

/* ---- signals ---- */

static void
signal_operation(const struct machine *m, const struct program *p, int i,
		 const struct instruction *in, struct operation *o)
{
	enum { OBJECT_SIGNALS = 800 };
	bool waits = in->code == AWAIT || in->code == PAUSE;

	(void)m, (void)p;
	touch(o, waits ? ACT_SIGNAL_WAIT : ACT_SIGNAL_CONTROL, OBJECT_SIGNALS,
	      i);
	o->sleeps_inside = in->code == PAUSE;
}

static bool
signal_would_sleep(const struct machine *m, const struct program *p, int i,
		   const struct instruction *in)
{
	(void)p;
	return in->code == AWAIT && !m->actor[i].signal;
}

static bool
signal_do(struct machine *m, const struct program *p, int i,
	  const struct instruction *in, struct done *d)
{
	struct actor *a = &m->actor[i];

	(void)p, (void)d;
	if (in->code == PAUSE) {
		a->inside = true;
		return false;
	}
	if (in->code == AWAIT) {
		a->r[in->r] = a->signal;
		a->signal = 0;
	} else if (in->code == PENDING) {
		a->r[in->r] = a->signal;
	} else {
		a->blocks = in->code == BLOCK;
	}
	return true;
}

/* ---- the table ---- */

static const struct kind {
	void (*operation)(const struct machine *m, const struct program *p,
			  int i, const struct instruction *in,
			  struct operation *o);
	bool (*would_sleep)(const struct machine *m, const struct program *p,
			    int i, const struct instruction *in);
	bool (*act)(struct machine *m, const struct program *p, int i,
		    const struct instruction *in, struct done *d);
} rwlock = { rw_operation, rw_would_sleep, rw_do },
  barrier = { barrier_operation, NULL, barrier_do },
  mail = { mail_operation, mail_would_sleep, mail_do },
  end = { close_operation, NULL, close_do },
  counter = { counter_operation, counter_would_sleep, counter_do },
  child = { child_operation, child_would_sleep, child_do },
  set = { set_operation, set_would_sleep, set_do },
  file = { file_operation, NULL, file_do },
  signals = { signal_operation, signal_would_sleep, signal_do };

static const struct kind *
kind_of(enum code code)
{
	static const struct kind *const kinds[CODES] = {
		[RW_READ] = &rwlock, [RW_WRITE] = &rwlock,
		[RW_TIMED] = &rwlock, [RW_TRY_READ] = &rwlock,
		[RW_TRY_WRITE] = &rwlock, [RW_UNLOCK] = &rwlock,
		[ARRIVE] = &barrier,
		[MAIL] = &mail, [FETCH] = &mail, [TRY_FETCH] = &mail,
		[CLOSE_READ] = &end, [CLOSE_WRITE] = &end,
		[TRY_RECEIVE] = &end,
		[COUNT] = &counter, [TAKE] = &counter, [TRY_TAKE] = &counter,
		[REAP] = &child, [TRY_REAP] = &child,
		[SET_WAIT] = &set, [SET_POST] = &set, [SET_TRY] = &set,
		[SET_MOVE] = &set, [SET_BOTH] = &set, [SET_ZERO] = &set,
		[FILE_PUT] = &file, [FILE_GET] = &file, [FILE_ADD] = &file,
		[FILE_CUT] = &file, [FILE_SIZE] = &file, [NEXT_PUT] = &file,
		[NEXT_GET] = &file,
		[BLOCK] = &signals, [UNBLOCK] = &signals, [AWAIT] = &signals,
		[PAUSE] = &signals, [PENDING] = &signals,
	};

	return kinds[code];
}

bool
objects_have(enum code code)
{
	return kind_of(code);
}

void
objects_operation(const struct machine *m, const struct program *p, int i,
		  struct operation *o)
{
	const struct instruction *in = at(m, p, i);

	kind_of(in->code)->operation(m, p, i, in, o);
}

bool
objects_would_sleep(const struct machine *m, const struct program *p, int i)
{
	const struct instruction *in = at(m, p, i);
	const struct kind *k = kind_of(in->code);

	return k->would_sleep && k->would_sleep(m, p, i, in);
}

bool
objects_do(struct machine *m, const struct program *p, int i, struct done *d)
{
	const struct instruction *in = at(m, p, i);

	return kind_of(in->code)->act(m, p, i, in, d);
}

/* ---- ends ---- */

void
objects_end_operation(const struct machine *m, const struct program *p, int i,
		      struct operation *o)
{
	for (int a = 0; p->ends && a < 2; a++)
		touch_ends(m, p, i, a, true, true, o);
	if (p->family && i > 0)
		touch(o, ACT_EXIT, OBJECT_FAMILY, 0)->value = 1 + i;
}

void
objects_end(struct machine *m, const struct program *p, int i)
{
	/* Who had arrived at a barrier stays counted there.  */
	m->actor[i].inside = false;
	m->actor[i].blocks = false;
	if (p->ends)
		m->more.closed_read[i] = m->more.closed_write[i] = 3;
}
