/* See homework.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/utc.h"
#include "view/homework.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, STAYS = 7 * DAY };

/* A text that begins with a path in the assignment's folder, from there on.  */
static const char *
in_folder(const struct homework *h, const char *text)
{
	size_t n = strlen(h->folder);

	return strncmp(text, h->folder, n) == 0 && text[n] == '/' ?
	       text + n + 1 : text;
}

/* ---- which there are ---- */
/* The moment from which on nothing is got; false: there is none.  */
static bool
ends(const struct late_policy *p, int64_t *end)
{
	*end = p->due + (p->n ? p->step[p->n - 1].until : 0);
	return p->due_is_set;
}

static bool
is_past(const struct assignment *a, int64_t now)
{
	int64_t end;

	return ends(&a->policy, &end) && now > end + STAYS;
}

/* Its first problem.  */
static char *
sentence(const struct problems *p)
{
	struct buf said = BUF_INIT;
	char *text;

	problems_write(p, &said);
	text = xstrndup(buf_str(&said), strcspn(buf_str(&said), "\n"));
	buf_release(&said);
	return text;
}

static bool
look(struct homework *h, const struct progress_assignment *known, int64_t now)
{
	struct problems problems = PROBLEMS_INIT;

	*h = (struct homework){ .folder = NULL };
	if (access(known->path, F_OK) < 0)
		return false;
	if (assignment_look(&h->assignment, known->path, &problems) < 0)
		h->why = sentence(&problems);
	problems_release(&problems);
	h->folder = xstrdup(known->folder);
	return h->why || !is_past(&h->assignment, now);
}

static void
release(struct homework *h)
{
	assignment_release(&h->assignment);
	free(h->folder);
	free(h->why);
}

static int
by_due(const void *x, const void *y)
{
	const struct late_policy *a = &((const struct homework *)x)->
				      assignment.policy;
	const struct late_policy *b = &((const struct homework *)y)->
				      assignment.policy;

	if (a->due_is_set != b->due_is_set)
		return a->due_is_set ? -1 : 1;
	return (a->due > b->due) - (a->due < b->due);
}

void
homeworks_load(struct homeworks *all, struct progress *p, int64_t now)
{
	struct progress_assignment known;

	*all = (struct homeworks){ .n = 0 };
	for (int i = 0; progress_assignment(p, i, &known); i++) {
		all->one = xrealloc(all->one,
				    (all->n + 1) * sizeof(*all->one));
		if (look(&all->one[all->n], &known, now))
			all->n++;
		else
			release(&all->one[all->n]);
	}
	if (all->n)
		qsort(all->one, all->n, sizeof(*all->one), by_due);
}

void
homeworks_release(struct homeworks *all)
{
	for (size_t i = 0; i < all->n; i++)
		release(&all->one[i]);
	free(all->one);
	*all = (struct homeworks){ .n = 0 };
}

char *
homework_workspace(const struct homework *h, const char *exercise)
{
	return xasprintf("%s/%s", h->folder, exercise);
}

const char *
homework_title(const struct homework *h)
{
	return h->why ? in_folder(h, h->assignment.path) :
	       h->assignment.title.text;
}

/* ---- when ---- */
static void
add_left(struct buf *out, int64_t left)
{
	if (left >= 2 * DAY)
		buf_addf(out, _("%lld days left"), (long long)(left / DAY));
	else if (left >= 2 * HOUR)
		buf_addf(out, _("%lld hours left"), (long long)(left / HOUR));
	else
		buf_addf(out, _("%lld min left"), (long long)(left / MINUTE));
}

/* "due 2026-11-16 23:59 UTC, " */
static void
add_moment(struct buf *out, int64_t moment)
{
	char *text = utc_text(moment);
	char *day = xstrndup(text, strlen("2026-11-16"));
	char *time = xstrndup(text + strlen("2026-11-16T"), strlen("23:59"));

	buf_addf(out, _("due %s %s UTC, "), day, time);
	free(time);
	free(day);
	free(text);
}

enum role
homework_due(const struct homework *h, int64_t now, bool narrow,
	     struct buf *out)
{
	const struct late_policy *p = &h->assignment.policy;
	int lost;

	if (!p->due_is_set)
		return ROLE_DIM;
	if (!narrow)
		add_moment(out, p->due);
	if (now <= p->due) {
		add_left(out, p->due - now);
		return p->due - now < 2 * DAY ? ROLE_WARN : ROLE_READY;
	}
	lost = late_loses(p, now);
	if (lost < 100)
		buf_addf(out, _("late: %d%% lost"), lost);
	else
		buf_adds(out, _("over"));
	return ROLE_BAD;
}

/* ---- how far ---- */
int64_t
homework_mark(const struct homework *h, const struct assignment_exercise *e,
	      const struct progress_exercise *work)
{
	return assignment_mark(&h->assignment, e, work->score, work->maximum,
			       work->hints, 0);
}

/* "17.5" */
static void
add_mark(struct buf *out, int64_t mark)
{
	int part = (int)(mark % 100);

	buf_addf(out, "%lld", (long long)mark / 100);
	if (part % 10)
		buf_addf(out, ".%02d", part);
	else if (part)
		buf_addf(out, ".%d", part / 10);
}

static enum role
tell_points(struct buf *out, const char *how, int64_t points, enum role role)
{
	buf_addf(out, ngettext("%s, %lld point", "%s, %lld points",
			       (unsigned long)points), how, (long long)points);
	return role;
}

enum role
homework_state(const struct homework *h, const struct assignment_exercise *e,
	       const struct progress_exercise *work, bool narrow,
	       struct buf *out)
{
	long long points = e->points.value;

	if (!work->tried && !narrow)
		return work->begun ?
		       tell_points(out, _("begun"), points, ROLE_READY) :
		       tell_points(out, _("not begun"), points, ROLE_DIM);
	if (work->passed && !narrow)
		buf_adds(out, _("done, "));
	add_mark(out, homework_mark(h, e, work));
	if (narrow)
		buf_addf(out, "/%lld", points);
	else
		buf_addf(out, ngettext(" of %lld point", " of %lld points",
				       (unsigned long)points), points);
	return work->passed ? ROLE_GOOD : work->begun ? ROLE_READY : ROLE_DIM;
}

static void
tell_when(const struct homework *h, int64_t now, struct buf *out)
{
	const struct assignment *a = &h->assignment;
	const struct assignment_late *step = a->late.at;
	struct buf due = BUF_INIT;

	homework_due(h, now, false, &due);
	if (!due.len)
		buf_adds(out, _("It is never due."));
	else
		buf_addf(out, _("It is %s."), buf_str(&due));
	for (size_t i = 0; i < a->late.n; i++)
		buf_addf(out, _(" Up to %s late %s is lost."),
			 step[i].until.text, step[i].lose.text);
	buf_release(&due);
}

void
homework_tell(const struct homework *h, int64_t now, size_t done, int64_t mark,
	      struct buf *out)
{
	const struct assignment *a = &h->assignment;

	if (h->why) {
		buf_adds(out, in_folder(h, h->why));
		return;
	}
	buf_addf(out, _("%zu of %zu exercises are done, "), done,
		 a->exercises.n);
	add_mark(out, mark);
	buf_addf(out, ngettext(" of %lld point. ", " of %lld points. ",
			       (unsigned long)assignment_points(a)),
		 (long long)assignment_points(a));
	tell_when(h, now, out);
	buf_addf(out, _(" It is handed in by: ipclab submit %s"),
		 in_folder(h, h->assignment.path));
}

/* ---- hints ---- */
char *
homework_hint_cost(struct progress *p, const char *exercise)
{
	struct homeworks all;
	char *said = NULL;

	homeworks_load(&all, p, (int64_t)time(NULL));
	for (size_t i = 0; i < all.n && !said; i++) {
		const struct homework *h = &all.one[i];

		if (!h->why && h->assignment.hint_cost &&
		    assignment_named(&h->assignment, exercise))
			said = xasprintf(_("a hint costs %d%% of its points "
					   "in %s"), h->assignment.hint_cost,
					 h->assignment.title.text);
	}
	homeworks_release(&all);
	return said;
}
