/*
 * Mode schedule: the learner's schedule is run on the exercise's own program,
 * which must fail as the goal says.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/words.h"
#include "event/names.h"
#include "exercise/check.h"
#include "exercise/judge_staged_inside.h"
#include "explore/rules.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define SCHEDULE_FILE "schedule"

enum { SHARED_MAX = 16 * 1024 };	/* characters */

/* ---- what is asked for ---- */
static void
list(const struct exercise *e, struct result *r)
{
	const struct exercise_goal *g = &e->goal;
	struct buf title = BUF_INIT;

	buf_addf(&title, _("Run by your schedule, the program fails: %s"),
		 grade_named(g->verdict.text) < GRADES_COUNT ?
		 grade_title(grade_named(g->verdict.text)) : g->verdict.text);
	for (size_t i = 0; i < g->rules.n; i++)
		buf_addf(&title, "%s%s", i ? "; " : " (", g->rules.text[i].text);
	if (g->rules.n)
		buf_addf(&title, _("; that does not hold)"));
	staged_add(r, "goal", buf_str(&title), 1);
	buf_release(&title);
}

/* ---- what was handed in ---- */
/* Faults and signals from outside make anything fail: what the processes do,
 * and in which order, is the learner's to choose.  */
static int
check_steps(const struct schedule *s, int64_t most, char **why)
{
	static const bool may[] = {
		[CHOICE_GO] = true, [CHOICE_DELIVER] = true,
		[CHOICE_CUT] = true, [CHOICE_EXPIRE] = true,
		[CHOICE_RUN] = true,
	};

	if (s->shared && strlen(s->shared) > SHARED_MAX)
		return fail(why, _("the schedule names more shared memory than "
				   "a small program has"));
	if ((int64_t)s->n_steps > most)
		return fail(why, _("the schedule has %zu steps; %lld are "
				   "allowed"), s->n_steps, (long long)most);
	for (size_t i = 0; i < s->n_steps; i++) {
		const struct choice *c = &s->step[i].choice;
		struct buf text = BUF_INIT;

		if ((size_t)c->kind < ARRAY_SIZE(may) && may[c->kind])
			continue;
		choice_write(&text, c);
		fail(why, _("step %zu of the schedule is '%s': only who goes "
			    "(go, deliver, cut, expire) is yours to choose"),
		     i + 1, buf_str(&text));
		buf_release(&text);
		return -1;
	}
	return 0;
}

static const char *
last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Is this command the goal's, from whatever folder?  */
static bool
is_same(char *const *argv, const struct exercise_goal *g)
{
	size_t n = 0;

	while (argv[n])
		n++;
	if (n != g->args.n + 1 ||
	    strcmp(last_part(argv[0]), g->program.text) != 0)
		return false;
	for (size_t i = 0; i < g->args.n; i++)
		if (strcmp(argv[i + 1], g->args.text[i].text) != 0)
			return false;
	return true;
}

static int
check_command(const struct schedule *s, const struct exercise_goal *g,
	      char **why)
{
	char **argv = words_split(s->header.command, NULL);
	bool same = argv && !s->lesson[0] && is_same(argv, g);
	struct buf wanted = BUF_INIT;

	words_free(argv);
	if (same)
		return 0;
	buf_addf(&wanted, "./%s", g->program.text);
	for (size_t i = 0; i < g->args.n; i++)
		buf_addf(&wanted, " %s", g->args.text[i].text);
	fail(why, _("this is a schedule of '%s', and the exercise is about "
		    "'%s'"), s->header.command, buf_str(&wanted));
	buf_release(&wanted);
	return -1;
}

static int
read_schedule(struct staged *t, const char *text, size_t n, char **why)
{
	struct schedule *s = &t->schedule;

	if (schedule_parse(s, text, n, SCHEDULE_FILE, why) < 0)
		return -1;
	if (check_command(s, &t->exercise->goal, why) < 0 ||
	    session_refuses(s, why) < 0)
		return -1;
	return check_steps(s, t->exercise->limits.steps.value, why);
}

static bool
program(const struct staged *t, struct staged_program *p)
{
	const struct exercise_goal *g = &t->exercise->goal;

	*p = (struct staged_program){ &g->program, &g->args, {
		.cast = g->cast.text, .script = &t->schedule,
	} };
	return true;
}

/* ---- what came of it ---- */
static bool
is_fault(int signal)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL,
				      SIGABRT };

	for (size_t i = 0; i < ARRAY_SIZE(faults); i++)
		if (faults[i] == signal)
			return true;
	return false;
}

/* Who was ended by a signal that tells of a fault, or the first by any.  */
static bool
crashed(const struct world *w, struct buf *how)
{
	for (int i = 0; i < w->n_actors; i++) {
		const struct actor *a = &w->actor[i];

		if ((a->state != ACTOR_ZOMBIE && a->state != ACTOR_GONE) ||
		    !a->signal || !(i == 0 || is_fault(a->signal)))
			continue;
		buf_addf(how, _("%s was killed by %s"), a->role,
			 signal_name(a->signal));
		return true;
	}
	return false;
}

static char **
texts_of(const struct yaml_texts *texts)
{
	char **list = xcalloc(texts->n + 1, sizeof(*list));

	for (size_t i = 0; i < texts->n; i++)
		list[i] = texts->text[i].text;
	return list;
}

/* Was a rule broken in this run?  */
static bool
broke_rule(struct session *s, const struct exercise_goal *g, struct buf *how)
{
	struct log *log = session_log(s);
	char **texts = texts_of(&g->rules);
	struct rules *rules = rules_new(texts, NULL, NULL);
	bool kept = true;

	if (rules) {
		rules_begin(rules, log_header(log));
		for (uint64_t i = 1; i <= log_count(log); i++) {
			const struct event *e = log_at(log, i, NULL);

			if (e)
				rules_event(rules, e);
		}
		kept = rules_end(rules, how);
	}
	rules_free(rules);
	free(texts);
	return !kept;
}

/* What a run that came to its end, or to a standstill, did.  */
static enum grade
what_came(struct rehearsal *r, const struct exercise_goal *g, bool broke,
	  struct buf *how)
{
	const struct world *w = session_world(rehearsal_session(r));
	int status = exercise_status(&g->status);
	struct buf first = BUF_INIT;
	enum grade came = GRADE_ACCEPT;

	if (rehearsal_advance(r) == REHEARSAL_STILL) {
		came = world_deadlock(w, &first) ? GRADE_DEADLOCK
						 : GRADE_WRONG;
		buf_clear(&first);
		buf_adds(&first, rehearsal_why(r));
	} else if (crashed(w, &first)) {
		came = GRADE_CRASH;
	} else if (broke) {
		came = GRADE_WRONG;
	} else if (status >= 0 && w->status != status) {
		came = GRADE_WRONG;
		buf_addf(&first, _("it ended with status %d"), w->status);
	}
	if (first.len) {
		buf_clear(how);
		buf_adds(how, buf_str(&first));
	}
	buf_release(&first);
	return came;
}

static bool
is_wanted(const struct exercise_goal *g, enum grade came, bool broke)
{
	if (came == GRADE_ACCEPT || (g->rules.n && !broke))
		return false;
	return strcmp(g->verdict.text, "any") == 0 ||
	       grade_named(g->verdict.text) == came;
}

static void
take_run(struct staged *t, struct result_check *to)
{
	const struct exercise_goal *g = &t->exercise->goal;
	struct buf how = BUF_INIT;
	bool broke = broke_rule(rehearsal_session(t->rehearsal), g, &how);
	enum grade came = what_came(t->rehearsal, g, broke, &how);

	staged_keep(t, to);
	if (is_wanted(g, came, broke)) {
		to->verdict = GRADE_ACCEPT;
		to->claim = result_text(buf_str(&how), how.len, 2000);
	} else {
		to->verdict = GRADE_WRONG;
		to->message = came == GRADE_ACCEPT
			? xstrdup(_("run by your schedule, nothing goes "
				    "wrong"))
			: xasprintf(_("run by your schedule it fails "
				      "otherwise: %s"), buf_str(&how));
	}
	buf_release(&how);
}

static void
take(struct staged *t, struct result_check *to)
{
	enum rehearsal_state state = rehearsal_advance(t->rehearsal);
	const char *why = rehearsal_why(t->rehearsal);

	switch (state) {
	case REHEARSAL_ENDED:
	case REHEARSAL_STILL:
		take_run(t, to);
		break;
	case REHEARSAL_REFUSED:
	case REHEARSAL_ENDLESS:
		to->verdict = GRADE_WRONG;
		to->message = result_text(why, strlen(why), 2000);
		break;
	default:
		staged_blame(to, "%s", why ? why : _("the run broke off"));
	}
}

const struct staged_mode staged_schedule = { list, read_schedule, program,
					     take };
