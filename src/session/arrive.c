/*
 * An event arrived: it is one that is known already, and must be the same,
 * or it is new, and belongs to the known run from now on.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "session/inside.h"

static int
arrive_header(struct session *s, const char *line, size_t len, char **why)
{
	struct header h;

	if (header_parse(line, len, &h, why) < 0)
		return -1;
	s->header_seen = true;
	if (log_count(s->log) > 0)
		return 0;
	log_set_header(s->log, &h);
	past_reset(s);
	return 0;
}

/* The new run takes the place of the known one, from this event on.  Choices
 * that were sent ahead are still answered.  */
static void
take_other_way(struct session *s, const char *why)
{
	session_trouble_set(s, "%s", why);
	schedule_truncate(&s->schedule, s->sent);
	s->target = s->sent;
	s->script_left = false;
	past_truncate(s, s->arrived - 1);
	past_show(s, s->arrived - 1);
	s->step = s->made > 0 ? s->made : 0;
	run_sources(s, true);
}

/* The choice that the step being made answers; NULL in step 0, and in what
 * ran at full speed.  */
static struct step *
step_in_work(struct session *s)
{
	if (s->made < 0 || s->made >= (int)s->schedule.n_steps ||
	    s->made + 1 == s->free_step)
		return NULL;
	return &s->schedule.step[s->made];
}

static void
expect(struct session *s, struct step *step, const char *seen)
{
	char *why = NULL;

	if (s->script_left && step->happened[0] &&
	    strcmp(step->happened, seen) != 0) {
		fail(&why, _("step %d went another way than the schedule "
			     "says: '%s' was expected, '%s' was seen. From "
			     "here on this is a new run"), s->made + 1,
		     step->happened, seen[0] ? seen : _("nothing"));
		session_trouble_set(s, "%s", why);
		free(why);
		s->script_left = false;
		schedule_truncate(&s->schedule, s->sent);
		s->target = s->sent;
	}
	COPY_STR(step->happened, seen);
}

static void
note_happened(struct session *s, const struct event *e)
{
	struct step *step = step_in_work(s);
	char seen[sizeof(step->happened)];

	if (!step || s->happened_seen)
		return;
	if (step->choice.actor[0] && strcmp(step->choice.actor, e->actor) != 0)
		return;
	replay_happened(&s->known_pids, e, seen, sizeof(seen));
	if (!seen[0])
		return;
	s->happened_seen = true;
	expect(s, step, seen);
}

/* An event's number is its place in the log, whatever the tracer counted in
 * between.  */
static void
append_line(struct session *s, const char *line, size_t len)
{
	struct buf again = BUF_INIT;

	if (s->event.n == s->arrived) {
		log_append(s->log, line, len);
		return;
	}
	s->event.n = s->arrived;
	event_write(&again, &s->event);
	log_append(s->log, again.data, again.len);
	buf_release(&again);
}

static void
append(struct session *s, const char *line, size_t len)
{
	if (s->known_pids.n == 0 || !s->pids_merged) {
		pids_merge(&s->known_pids, &s->new_pids);
		s->pids_merged = true;
	}
	pids_note(&s->known_pids, &s->event);
	append_line(s, line, len);
	past_apply(s, &s->event);
	s->show_n = s->shown_n;
	past_show(s, s->shown_n);
	note_happened(s, &s->event);
	if (s->event.what == WHAT_DIFFER) {
		session_trouble_set(s, "%s", s->event.text);
		s->refused = s->made >= 0;
	}
}

/* After `source on` the tracer tells the points that everybody is held at
 * once more, with their source.  That is no part of the run.  */
static bool
is_told_again(struct session *s)
{
	if (s->event.what == WHAT_CHOICE) {
		s->in_step = true;
		s->told_again &= s->made < s->told_at;
	}
	if (s->in_step || !s->told_again || s->made < s->told_at ||
	    s->event.what != WHAT_POINT)
		return false;
	/* It takes no place among the events: the world counts them.  */
	if (s->shown_n == s->arrived) {
		world_apply(s->world, &s->event);
		s->world->n = s->shown_n;
	}
	return true;
}

/* The tracer could not make the choice, and said why: it is as if it had not
 * been asked.  */
static void
undo_step(struct session *s)
{
	struct schedule *sch = &s->schedule;
	size_t at = s->made;

	past_truncate(s, past_end(s, s->made));
	s->arrived = log_count(s->log);
	if (at < sch->n_steps)
		memmove(&sch->step[at], &sch->step[at + 1],
			(--sch->n_steps - at) * sizeof(*sch->step));
	s->sent--;
	s->target--;
	s->told_at -= s->told_at > s->made;
	s->script_left = s->refused = s->happened_seen = false;
}

/* Something happened while everybody was held: somebody outside woke a
 * sleeper, or killed one.  That belongs to the step before.  */
static void
join_step(struct session *s)
{
	if (s->made == session_known(s))
		s->step_end[s->made] = s->arrived;
	if (s->event.what != WHAT_END)
		return;
	s->ended = true;
	session_advance(s);
}

static void
step_over(struct session *s)
{
	struct step *step = step_in_work(s);

	if (s->refused && s->made >= session_known(s) && s->sent > s->made) {
		undo_step(s);
		session_advance(s);
		return;
	}
	if (step && s->made >= session_known(s) && !s->happened_seen &&
	    s->event.what == WHAT_HELD)
		expect(s, step, "");
	s->happened_seen = false;
	s->made++;
	if (s->made > session_known(s))
		past_add_end(s, s->arrived);
	if (s->shown_n == s->arrived)
		s->step = s->made;
	s->ended = s->event.what == WHAT_END;
	session_advance(s);
}

int
arrive_line(struct session *s, const char *line, size_t len, char **why)
{
	const struct event *known;
	char *differs = NULL;

	if (!s->header_seen)
		return arrive_header(s, line, len, why);
	if (event_parse(line, len, &s->event, why) < 0)
		return -1;
	if (is_told_again(s))
		return 0;
	s->arrived++;
	pids_note(&s->new_pids, &s->event);
	if (s->event.what == WHAT_NOTE)
		COPY_STR(s->last_note, s->event.text);
	if (s->arrived <= log_count(s->log)) {
		known = log_at(s->log, s->arrived, why);
		if (!known)
			return -1;
		if (!replay_same(s, known, &s->event, &differs))
			take_other_way(s, differs);
		free(differs);
	}
	if (s->arrived > log_count(s->log))
		append(s, line, len);
	if (s->event.what == WHAT_HELD || s->event.what == WHAT_END) {
		bool in_step = s->in_step;

		s->in_step = false;
		if (in_step)
			step_over(s);
		else
			join_step(s);
	}
	return 0;
}
