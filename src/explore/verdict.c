/*
 * Judging a run: a table of questions, the gravest first.  What is asked is in
 * what the driver says of the end of the run; all names are the run's.
 */
#include "config.h"

#include "explore/verdict.h"

#include "base/i18n.h"
#include "tracer/refused.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static const char *const words[VERDICTS_COUNT] = {
#define WORD(name, word) [VERDICT_##name] = word,
	VERDICTS(WORD)
#undef WORD
};

const char *
verdict_word(enum verdict v)
{
	return words[v];
}

enum verdict
verdict_named(const char *word)
{
	for (int v = 0; v < VERDICTS_COUNT; v++)
		if (strcmp(words[v], word) == 0)
			return (enum verdict)v;
	return VERDICTS_COUNT;
}

/* " at counter.c:14", "" where it is not known; its folder is.  */
static void
add_place(const struct attempts *a, int actor, uint64_t pc, struct buf *out)
{
	char place[PATH_MAX_LEN];
	const char *slash;

	if (!pc || !driver_source(a->driver, actor, pc, place, sizeof(place)))
		return;
	slash = strrchr(place, '/');
	buf_addf(out, _(" at %s"), slash ? slash + 1 : place);
}

/* ---- the questions: each adds a sentence when the answer is yes ---- */

/* In a sandbox.  Calls of another architecture end whoever makes them.  */
static bool
tried_forbidden(const struct attempts *a, const struct attempt *made,
		struct buf *out)
{
	const struct run_end *end = &made->end;
	const char *killed = strstr(end->crash, ": SIGSYS");
	struct buf which = BUF_INIT;

	if (!a->config->tracer.confined || (!end->refused->n && !killed))
		return false;
	if (!end->refused->n) {
		buf_addf(out, _("%s made a call of another architecture"),
			 attempts_killed(a, made).text);
		return true;
	}
	refused_tell(end->refused, a->config->tracer.cast, &which);
	buf_addf(out, _("a call that is forbidden here was refused: %s"),
		 buf_str(&which));
	buf_release(&which);
	return true;
}

static bool
used_up(const struct attempts *a, const struct attempt *made, struct buf *out)
{
	const char *killed = strstr(made->end.crash, ": SIGXCPU");

	if (!a->config->tracer.confined || !killed)
		return false;
	buf_addf(out, _("%s computed for longer than %d seconds"),
		 attempts_killed(a, made).text,
		 (int)a->config->tracer.limits.cpu);
	return true;
}

static bool
went_beyond(const struct attempts *a, const struct attempt *made,
	    enum run_bound bound, struct buf *out)
{
	if (!a->config->tracer.confined || made->end.bound != bound)
		return false;
	buf_adds(out, made->end.over);
	return true;
}

static bool
filled_file(const struct attempts *a, const struct attempt *made,
	    struct buf *out)
{
	return went_beyond(a, made, BOUND_FILE, out);
}

static bool
flooded(const struct attempts *a, const struct attempt *made, struct buf *out)
{
	return went_beyond(a, made, BOUND_OUTPUT, out);
}

static bool
filled_memory(const struct attempts *a, const struct attempt *made,
	      struct buf *out)
{
	return went_beyond(a, made, BOUND_MEMORY, out);
}

static bool
crowded(const struct attempts *a, const struct attempt *made, struct buf *out)
{
	return went_beyond(a, made, BOUND_TASKS, out);
}

static bool
crashed(const struct attempts *a, const struct attempt *made, struct buf *out)
{
	const char *colon = strstr(made->end.crash, ": ");

	if (!made->end.crash[0])
		return false;
	buf_addf(out, _("%s was killed by %s"),
		 attempts_killed(a, made).text, colon ? colon + 2 : "?");
	return true;
}

static bool
is_there(const struct standing *s)
{
	return s->state != STANDS_ENDED;
}

/* "A waits in pthread_mutex_lock at x.c:3, B waits in read at x.c:9" */
static void
add_waiting(const struct attempts *a, const struct position *p,
	    struct buf *out)
{
	const char *between = "";

	for (int i = 0; p && i < p->n_standing; i++) {
		const struct standing *s = &p->standing[i];

		if (!is_there(s))
			continue;
		buf_addf(out, s->state == STANDS_SPINS ? _("%s%s goes round at "
			 "%s") : s->state == STANDS_READY ? _("%s%s could go "
			 "on with %s") : _("%s%s waits in %s"), between,
			 attempts_role(a, s->actor).text,
			 s->next.call[0]
			 ? event_call_written(s->next.call, "") : "?");
		add_place(a, s->actor, s->next.pc, out);
		between = ", ";
	}
}

/* What would have come of it nobody knows; who waits then may say why.  */
static bool
took_too_long(const struct attempts *a, const struct attempt *made,
	      struct buf *out)
{
	const struct position *p = made->position;
	bool waits = false;

	if (!went_beyond(a, made, BOUND_TIME, out))
		return false;
	for (int i = 0; !made->end.on_the_way && p && i < p->n_standing; i++)
		waits |= p->standing[i].state == STANDS_WAITS ||
			 p->standing[i].state == STANDS_SLEEPS;
	if (!waits)
		return true;
	buf_adds(out, _("; "));
	add_waiting(a, p, out);
	return true;
}

static void
add_where(const struct attempts *a, const struct position *p, int actor,
	  struct buf *out)
{
	for (int i = 0; i < p->n_standing; i++)
		if (p->standing[i].actor == actor)
			add_place(a, actor, p->standing[i].next.pc, out);
}

void
verdict_busy_wait(const struct attempts *a, const struct position *p,
		  struct buf *out)
{
	int actor = spins_livelock(a->spins);

	buf_addf(out, _("%s asks again and again in place of waiting"),
		 attempts_role(a, actor).text);
	add_where(a, p, actor, out);
}

void
verdict_unfair(const struct attempts *a, const struct attempt *made,
	       struct buf *out)
{
	const struct position *p = made->end.position;
	int other = -1, who = p ? spins_unfair(a->spins, p, &other) : -1;

	if (who < 0)
		return;
	buf_addf(out, _("%s went round"), attempts_role(a, who).text);
	add_where(a, p, who, out);
	buf_addf(out, _(" and %s had no turn"), attempts_role(a, other).text);
}

/* Where others could have gone on, it is no livelock.  */
static bool
busy_waited(const struct attempts *a, const struct attempt *made,
	    struct buf *out)
{
	if (!made->livelock || !made->asks)
		return false;
	verdict_busy_wait(a, made->position, out);
	return true;
}

static bool
livelocked(const struct attempts *a, const struct attempt *made,
	   struct buf *out)
{
	if (!made->livelock || made->asks)
		return false;
	if (spins_come_back(a->spins))
		buf_adds(out, _("each undoes what it did, and all come back to "
				"where they were: "));
	else
		buf_adds(out, _("nothing changes any more that anybody looks "
				"at: "));
	add_waiting(a, made->position, out);
	return true;
}

static bool
deadlocked(const struct attempts *a, const struct attempt *made,
	   struct buf *out)
{
	if (made->how != ENDING_STUCK)
		return false;
	buf_adds(out, _("nobody can go on: "));
	add_waiting(a, made->position, out);
	return true;
}

static bool
computed(const struct attempts *a, const struct attempt *made, struct buf *out)
{
	if (made->busy < 0)
		return false;
	buf_addf(out, _("%s goes round without a point"),
		 attempts_role(a, made->busy).text);
	add_place(a, made->busy, made->busy_pc, out);
	return true;
}

static bool
ended_wrongly(const struct attempts *a, const struct attempt *made,
	      struct buf *out)
{
	int right = a->config->status, status = made->end.status;

	if (right < 0 || status < 0 ||
	    (WIFEXITED(status) && WEXITSTATUS(status) == right))
		return false;
	if (WIFEXITED(status))
		buf_addf(out, _("the exit status is %d, not %d"),
			 WEXITSTATUS(status), right);
	else
		buf_addf(out, _("a signal (%s) ended it; the exit status "
				"should be %d"), strsignal(WTERMSIG(status)),
			 right);
	return true;
}

enum { QUOTED = 60 };	/* of an output in a sentence */

static void
quote(struct buf *out, const char *s, size_t n)
{
	buf_addc(out, '"');
	buf_add_line(out, s, n < QUOTED ? n : QUOTED);
	buf_adds(out, n > QUOTED ? "...\"" : "\"");
}

static bool
printed_wrongly(const struct attempts *a, const struct attempt *made,
		struct buf *out)
{
	const char *right = a->config->output;
	const struct run_end *end = &made->end;

	if (!right || (strlen(right) == end->output_len &&
		       memcmp(right, end->output, end->output_len) == 0))
		return false;
	buf_adds(out, _("it printed "));
	quote(out, end->output, end->output_len);
	buf_adds(out, _(" and should print "));
	quote(out, right, strlen(right));
	return true;
}

static bool
broke_rule(const struct attempts *a, const struct attempt *made,
	   struct buf *out)
{
	(void)a;
	buf_adds(out, buf_str(&made->broken));
	return made->broken.len > 0;
}

static void
add_access(const struct attempts *a, const struct access *x, struct buf *out)
{
	buf_addf(out, x->stores ? _("%s writes") : _("%s reads"),
		 attempts_role(a, x->actor).text);
	add_place(a, x->actor, x->pc, out);
}

static bool
raced(const struct attempts *a, const struct attempt *made, struct buf *out)
{
	if (!made->raced || a->config->races_allowed)
		return false;
	add_access(a, &made->race.first, out);
	buf_adds(out, _(" and "));
	add_access(a, &made->race.second, out);
	buf_adds(out, _(" the same memory, and nothing says which of them is "
			"first: a data race"));
	return true;
}

static bool
kept_lock(const struct attempts *a, const struct attempt *made,
	  struct buf *out)
{
	const struct held_lock *held = made->held;

	if (!held || a->config->leaks_allowed)
		return false;
	buf_addf(out, _("%s ended with a lock that it took"),
		 attempts_role(a, held->holder).text);
	add_place(a, held->holder, held->pc, out);
	buf_addf(out, _(", and %s uses it too"),
		 attempts_role(a, held->other).text);
	return true;
}

/* "2 objects were not removed (a, b)"; those that have no room are counted. */
static void
add_remains(const struct remains *r, const char *what, size_t from,
	    struct buf *out)
{
	int named = r->n < REMAINS_NAMED ? r->n : REMAINS_NAMED;

	if (!r->n)
		return;
	buf_add_part(out, from, what);
	for (int i = 0; i < named; i++)
		buf_addf(out, "%s%s", i ? _("; ") : _(" ("),
			 r->name[i]);
	if (r->n > named)
		buf_addf(out, ngettext("; and %d more", "; and %d more",
			 (unsigned long)(r->n - named)), r->n - named);
	buf_adds(out, _(")"));
}

static bool
leaked(const struct attempts *a, const struct attempt *made, struct buf *out)
{
	const struct run_left *left = &made->end.left;
	size_t from = out->len;
	char part[96];

	if (a->config->leaks_allowed)
		return false;
	snprintf(part, sizeof(part), ngettext("%d process still lived",
		 "%d processes still lived", (unsigned long)left->processes.n),
		 left->processes.n);
	add_remains(&left->processes, part, from, out);
	snprintf(part, sizeof(part), ngettext("nobody waited for %d process",
		 "nobody waited for %d processes",
		 (unsigned long)left->zombies.n), left->zombies.n);
	add_remains(&left->zombies, part, from, out);
	snprintf(part, sizeof(part), ngettext("%d object was not removed",
		 "%d objects were not removed",
		 (unsigned long)left->objects.n), left->objects.n);
	add_remains(&left->objects, part, from, out);
	add_remains(&left->descriptors, _("descriptors were not closed"), from,
		    out);
	return out->len > from;
}

static const struct {
	enum verdict verdict;
	bool of_any;		/* runs that are not whole, too */
	bool (*ask)(const struct attempts *a, const struct attempt *made,
		    struct buf *out);
} questions[] = {
	{ VERDICT_FORBIDDEN, true, tried_forbidden },
	{ VERDICT_FORBIDDEN, true, crowded },
	{ VERDICT_FILE_LIMIT, true, filled_file },
	{ VERDICT_OUTPUT_LIMIT, true, flooded },
	{ VERDICT_MEMORY_LIMIT, true, filled_memory },
	{ VERDICT_CPU_LIMIT, true, used_up },
	{ VERDICT_CRASH, true, crashed },
	{ VERDICT_LIVELOCK, false, livelocked },
	{ VERDICT_BUSY_WAIT, false, busy_waited },
	{ VERDICT_DEADLOCK, false, deadlocked },
	{ VERDICT_CPU_LIMIT, true, computed },
	{ VERDICT_WALL_LIMIT, true, took_too_long },
	{ VERDICT_WRONG, false, ended_wrongly },
	{ VERDICT_WRONG, false, printed_wrongly },
	{ VERDICT_WRONG, false, broke_rule },
	{ VERDICT_RACE, true, raced },
	{ VERDICT_LEAK, false, kept_lock },
	{ VERDICT_LEAK, false, leaked },
};

enum verdict
verdict_of(const struct attempts *a, const struct attempt *made,
	   char **message)
{
	struct buf sentence = BUF_INIT;

	*message = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(questions); i++) {
		if (!made->whole && !questions[i].of_any)
			continue;
		if (!questions[i].ask(a, made, &sentence))
			continue;
		*message = buf_take(&sentence);
		return questions[i].verdict;
	}
	buf_release(&sentence);
	return VERDICT_ACCEPT;
}
