/* See retrace.h.  */
#include "config.h"

#include "explore/retrace.h"

#include <stdlib.h>
#include <string.h>

enum { TIMES_MAX = 4 };		/* what was learned may teach more */

/* A step of the run that is followed, and its operation as it stood before.  */
struct footstep {
	struct pick pick;
	struct operation op;
};

struct trail {
	struct footstep *step;
	size_t n, room;
	struct follow follow;	/* while it is made */
	size_t at;		/* while it is retraced: steps made of it */
};

static const struct standing *
standing_of(const struct position *p, int actor)
{
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].actor == actor)
			return &p->standing[i];
	return NULL;
}

/* ---- making the run whose steps are kept ---- */

static int
pick_known(void *with, const struct position *p)
{
	struct trail *t = with;
	int picked = follow_pick(&t->follow, p);
	const struct alternative *a;
	const struct standing *s;

	if (picked < 0)
		return -1;
	a = &p->alternative[picked];
	s = standing_of(p, a->actor);
	t->step = xgrow(t->step, &t->room, t->n + 1, sizeof(*t->step));
	t->step[t->n++] = (struct footstep){
		.pick = { .kind = a->kind, .actor = a->actor,
			  .number = a->number },
		.op = s ? s->next : a->op,
	};
	return picked;
}

static int
make_known(struct attempts *a, const struct tape *found, struct trail *t,
	   char **why)
{
	const struct picker by = { .pick = pick_known, .with = t };
	int rc;

	t->n = 0;
	t->follow = (struct follow){ .tape = found, .exact = found->n,
				     .skip = SIZE_MAX,
				     .rest = FOLLOW_STRAIGHT };
	follow_begin(&t->follow);
	rc = attempt(a, &by, why);
	follow_end(&t->follow);
	return rc;
}

/* ---- retracing it ---- */

static bool
is_access(const struct operation *o)
{
	return o->n > 0 && (o->touch[0].act == ACT_LOAD ||
			    o->touch[0].act == ACT_STORE ||
			    o->touch[0].act == ACT_RMW);
}

static bool
is_same(const struct operation *a, const struct operation *b)
{
	return a->pc == b->pc && strcmp(a->call, b->call) == 0 &&
	       (!is_access(a) || (is_access(b) &&
				  a->touch[0].from == b->touch[0].from));
}

/* The next step that this actor makes, NULL.  */
static const struct footstep *
next_of(const struct trail *t, int actor)
{
	for (size_t i = t->at; i < t->n; i++)
		if (t->step[i].pick.actor == actor)
			return &t->step[i];
	return NULL;
}

/* Is it before an access that was no point then?  */
static bool
is_new(const struct trail *t, const struct position *p, int actor)
{
	const struct standing *s = standing_of(p, actor);
	const struct footstep *next = next_of(t, actor);

	return s && is_access(&s->next) &&
	       (!next || !is_same(&s->next, &next->op));
}

static int
find(const struct position *p, const struct pick *k)
{
	for (int i = 0; i < p->n_alternatives; i++) {
		const struct alternative *a = &p->alternative[i];

		if (a->kind == k->kind && a->actor == k->actor &&
		    a->number == k->number)
			return i;
	}
	return -1;
}

/* Then it went over such accesses in the same step as what came before: so
 * who went last goes on over them, and before the tape's end nobody else.  */
static int
pick_retraced(void *with, const struct position *p)
{
	struct trail *t = with;
	const struct pick *k = t->at < t->n ? &t->step[t->at].pick : NULL;
	struct pick go = { .kind = ALTERNATIVE_GO, .actor = p->last };
	int found;

	if (p->last >= 0 && is_new(t, p, p->last) && (found = find(p, &go)) >= 0)
		return found;
	if (!k)
		return t->follow.differs ? -1 : follow_pick(&t->follow, p);
	go.actor = k->actor;
	if (is_new(t, p, k->actor) && (found = find(p, &go)) >= 0)
		return found;
	t->at++;
	return find(p, k);
}

static int
make_retraced(struct attempts *a, struct trail *t, char **why)
{
	static const struct tape nothing = TAPE_INIT;
	const struct picker by = { .pick = pick_retraced, .with = t };
	int rc;

	t->at = 0;
	t->follow = (struct follow){ .tape = &nothing, .skip = SIZE_MAX,
				     .rest = FOLLOW_STRAIGHT };
	follow_begin(&t->follow);
	rc = attempt(a, &by, why);
	follow_end(&t->follow);
	return rc;
}

/* ---- with more and more words ---- */

struct failed {
	enum verdict verdict;
	char crash[sizeof(((struct run_end *)NULL)->crash)];
};

static bool
fails_alike(const struct attempts *a, const struct failed *f)
{
	return a->last.verdict == f->verdict &&
	       strcmp(a->last.end.crash, f->crash) == 0;
}

/* Once.  1: it failed alike with the words in more.  */
static int
retrace_once(struct attempts *a, const struct failed *failed,
	     struct tape *found, struct buf *more, char **why)
{
	const char *known = a->frozen;
	struct trail t = { .n = 0 };
	int rc = make_known(a, found, &t, why);

	buf_clear(more);
	attempts_learned(a, more);
	if (rc == 0 && fails_alike(a, failed) &&
	    strcmp(buf_str(more), known) != 0) {
		a->frozen = buf_str(more);
		rc = make_retraced(a, &t, why);
		if (rc == 0 && fails_alike(a, failed)) {
			tape_copy(found, &a->last.tape);
			rc = 1;
		} else if (rc == 0) {
			a->frozen = known;
			rc = make_known(a, found, &t, why);
		}
		a->frozen = known;
	}
	free(t.step);
	return rc;
}

int
retrace(struct attempts *a, struct tape *found, struct buf *words, char **why)
{
	struct failed failed = { .verdict = a->last.verdict };
	struct buf more = BUF_INIT;
	int rc = 0, times = 0;

	COPY_STR(failed.crash, a->last.end.crash);
	/* Of a livelock only the beginning is in the tape.  */
	if (!a->frozen || a->last.livelock || !driver_learned(a->driver))
		return 0;
	while (times < TIMES_MAX &&
	       (rc = retrace_once(a, &failed, found, &more, why)) > 0) {
		buf_clear(words);
		buf_adds(words, buf_str(&more));
		a->frozen = buf_str(words);
		times++;
	}
	buf_release(&more);
	return rc < 0 ? rc : times > 0;
}
