/*
 * An experiment as linear text: run by the default schedule up to its goal,
 * or to its end, one line for each thing that happened.
 */
#include "config.h"

#include "lesson/plain.h"

#include "base/i18n.h"
#include "lesson/experiment.h"
#include "lesson/recording.h"

#include <stdlib.h>
#include <string.h>

enum {
	STEPS_MAX = 2000,
	STEP_MS = 60000,
	HEAD = 24, TAIL = 8,	/* lines shown of a long run */
};

struct telling {
	struct ground ground;
	struct session *session;
	struct rule goal;	/* condition NULL: it has none */
	struct items lines;
	const char *over;	/* why the run went no further */
};

/* Looking for libraries and messages in the folders of the system.  */
static bool
looks_around(const struct event *e)
{
	static const char *const folders[] = {
		"/usr/", "/lib", "/etc/", "/proc/", "/sys/",
	};
	char path[PATH_MAX_LEN];

	if (!e->error || !event_arg(e, "pathname", path, sizeof(path)))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
		if (strncmp(path, folders[i], strlen(folders[i])) == 0)
			return true;
	return false;
}

/* The start of every program (its libraries) and the lab's own events are no
 * part of the story.  w: before the event.  */
static bool
is_told(const struct world *w, const struct event *e)
{
	static const bool told[WHAT_MAX] = {
		[WHAT_START] = true, [WHAT_EXEC] = true, [WHAT_BLOCK] = true,
		[WHAT_CALL] = true, [WHAT_SIGNAL] = true, [WHAT_STOP] = true,
		[WHAT_CONTINUE] = true, [WHAT_EXIT] = true,
	};
	int object = e->object[0] ? world_object(w, e->object) : -1;

	/* That a program was executed is said by its event.  */
	if (e->what == WHAT_CALL && !e->error &&
	    strncmp(e->call, "execve", 6) == 0)
		return false;
	return told[e->what] && !looks_around(e) &&
	       !(object >= 0 && w->object[object].system);
}

static void
tell_event(struct telling *r, const struct world *w, const struct event *e)
{
	struct buf line = BUF_INIT;

	world_describe(w, e, &line);
	items_add(&r->lines, buf_str(&line), line.len, 0, NULL);
	buf_release(&line);
}

static void
tell(struct telling *r)
{
	struct log *log = session_log(r->session);
	struct world *w = world_new(log_header(log));

	for (uint64_t n = 1; n <= session_event(r->session); n++) {
		const struct event *e = log_at(log, n, NULL);
		bool told = e && is_told(w, e);

		if (e)
			world_apply(w, e);
		if (told)
			tell_event(r, w, e);
	}
	world_free(w);
}

static void
run(struct telling *r)
{
	char *why = NULL;

	r->over = N_("It was cut off here: the run goes on.");
	while (session_step(r->session) < STEPS_MAX) {
		session_settle(r->session, STEP_MS);
		if (r->goal.decided && r->goal.holds)
			return;
		if (session_state(r->session) != SESSION_HELD) {
			r->over = N_("The run has ended.");
			return;
		}
		if (session_next(r->session, &why) < 0) {
			r->over = N_("Nobody can go on.");
			free(why);
			return;
		}
	}
}

static void
write_lines(const struct telling *r, struct buf *out)
{
	for (size_t i = 0; i < r->lines.n; i++) {
		if (r->lines.n > HEAD + TAIL + 1 && i == HEAD) {
			i = r->lines.n - TAIL;
			buf_addf(out, _("    ... %zu more ...\n"), i - HEAD);
		}
		buf_addf(out, "    %s\n", r->lines.item[i].text);
	}
}

static void
write_end(const struct telling *r, struct buf *out)
{
	struct buf seen = BUF_INIT;

	if (!r->goal.condition) {
		buf_addf(out, "%s\n\n", _(r->over));
		return;
	}
	condition_explain(r->goal.condition, session_world(r->session),
			  &seen);
	if (r->goal.decided && r->goal.holds)
		buf_addf(out, _("Reached: %s.\n\n"), buf_str(&seen));
	else
		buf_addf(out, _("%s In this order it is not reached (%s); on "
				"the stage you choose the order.\n\n"),
			 _(r->over), buf_str(&seen));
	buf_release(&seen);
}

static void
follow_goal(struct telling *r, const struct experiment *e)
{
	r->goal.condition = e->goal.text ? condition_parse(e->goal.text, NULL)
					 : NULL;
	if (r->goal.condition)
		session_watch(r->session, &r->goal, 1);
}

int
plain_experiment_recorded(struct buf *out, const struct lesson *l,
			  const struct experiment *e, char **why)
{
	struct telling r = { .goal = { .modality = UNTIL },
			     .over = N_("The recording ends here.") };
	char *label;

	r.session = recording_open(l, e, why);
	if (!r.session)
		return -1;
	label = recording_label(r.session);
	buf_addf(out, "  [%s]\n", label);
	follow_goal(&r, e);
	session_seek(r.session, session_steps(r.session), NULL);
	session_settle(r.session, STEP_MS);
	tell(&r);
	write_lines(&r, out);
	write_end(&r, out);
	session_free(r.session);
	if (r.goal.condition)
		rule_release(&r.goal);
	items_release(&r.lines);
	free(label);
	return 0;
}

int
plain_experiment_run(struct buf *out, const struct lesson *l,
		     const struct experiment *e, char **why)
{
	struct telling r = { .goal = { .modality = UNTIL } };
	struct session_config config;
	int rc = ground_make(&r.ground, l, &e->setup, why);

	if (rc == 0) {
		ground_config(&r.ground, &config);
		r.session = session_start(&config, why);
	}
	if (r.session) {
		follow_goal(&r, e);
		run(&r);
		tell(&r);
		write_lines(&r, out);
		write_end(&r, out);
	}
	rc = r.session ? 0 : -1;
	session_free(r.session);
	if (r.goal.condition)
		rule_release(&r.goal);
	items_release(&r.lines);
	ground_release(&r.ground);
	return rc;
}
