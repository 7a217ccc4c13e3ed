/*
 * The session: where the processes shall be, and what to do when they are
 * there.
 */
#include "config.h"

#include "session/session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/left.h"
#include "base/paths.h"
#include "base/words.h"
#include "session/inside.h"

static const struct tracer_ops real_tracer = {
	.start = tracer_start,
	.stop = tracer_stop,
};

/* ---- begin and end ---- */

static void
copy_config(struct session *s, const struct session_config *c)
{
	char *here = c->cwd ? NULL : getcwd(NULL, 0);

	s->config = *c;
	s->config.argv = c->argv ? words_copy(c->argv) : NULL;
	/* A schedule names the folder, and each re-run needs the same. */
	s->config.cwd = c->cwd ? xstrdup(c->cwd) : here;
	s->config.cast = c->cast ? xstrdup(c->cast) : NULL;
	s->config.lesson = c->lesson ? xstrdup(c->lesson) : NULL;
}

static void
free_config(struct session_config *c)
{
	words_free(c->argv);
	free((char *)c->cwd);
	free((char *)c->cast);
	free((char *)c->lesson);
}

struct session *
session_new(const struct session_config *c)
{
	struct session *s = xcalloc(1, sizeof(*s));
	struct header h = { .version = EVENT_VERSION, .driven = true };

	copy_config(s, c);
	s->ops = &real_tracer;
	s->wakes = -1;
	s->made = s->output = -1;
	s->log = log_new();
	COPY_STR(h.cast, c->cast ? c->cast : "");
	log_set_header(s->log, &h);
	s->checkpoints = checkpoints_new();
	s->world = world_new(log_header(s->log));
	return s;
}

void
session_free(struct session *s)
{
	if (!s)
		return;
	run_end(s);
	terminal_close(s->terminal);
	left_unwatch(s->left_watcher);
	if (s->left_folder)
		path_remove_tree(s->left_folder, NULL);
	free(s->left_folder);
	free(s->left);
	free_config(&s->config);
	free(s->trouble);
	log_free(s->log);
	schedule_release(&s->schedule);
	schedule_release(&s->script);
	free(s->step_end);
	world_free(s->world);
	checkpoints_free(s->checkpoints);
	if (s->wakes >= 0)
		close(s->wakes);
	if (s->output >= 0)
		close(s->output);
	if (s->input > 0)
		close(s->input);
	buf_release(&s->in);
	buf_release(&s->out);
	buf_release(&s->typed);
	pids_release(&s->known_pids);
	pids_release(&s->new_pids);
	condition_free(s->until);
	free(s->rules_new);
	free(s->rules_known);
	free(s);
}

struct session *
session_start_with(const struct session_config *c,
		   const struct tracer_ops *ops, const struct schedule *script,
		   char **why)
{
	struct session *s = session_new(c);

	if (ops)
		s->ops = ops;
	if (script) {
		schedule_copy(&s->script, script);
		schedule_copy(&s->schedule, script);
		s->script_left = true;
	}
	if (run_begin(s, why) < 0) {
		session_free(s);
		return NULL;
	}
	s->state = SESSION_BUSY;
	return s;
}

struct session *
session_start(const struct session_config *c, char **why)
{
	return session_start_with(c, NULL, NULL, why);
}

struct session *
session_start_schedule(const struct session_config *c,
		       const struct schedule *script, char **why)
{
	return session_start_with(c, NULL, script, why);
}

int
session_refuses(const struct schedule *script, char **why)
{
	return tracer_refuses_learned(script->shared, why);
}

/* ---- trouble ---- */

static void
forget_trouble(struct session *s)
{
	free(s->trouble);
	s->trouble = NULL;
}

/* The first one is told: the others follow from it.  */
void
session_trouble_set(struct session *s, const char *fmt, ...)
{
	va_list ap;

	if (s->trouble)
		return;
	va_start(ap, fmt);
	s->trouble = xvasprintf(fmt, ap);
	va_end(ap);
}

static void
stop_looking(struct session *s)
{
	condition_free(s->until);
	s->until = NULL;
	s->until_hit = s->pause = false;
}

void
session_break(struct session *s, const char *fmt, ...)
{
	va_list ap;

	stop_looking(s);
	forget_trouble(s);
	va_start(ap, fmt);
	s->trouble = xvasprintf(fmt, ap);
	va_end(ap);
	s->state = SESSION_BROKEN;
}

/* ---- going on ---- */

/* What the schedule says about the whole, now that all its steps are made. */
static void
check_script(struct session *s)
{
	const struct schedule *script = &s->script;

	if (!s->script_left || s->made < (int)script->n_steps)
		return;
	s->script_left = false;
	if (!script->digest || s->trouble)
		return;
	if (script->events && script->events != s->arrived)
		session_trouble_set(s, _("the run had %llu events when this "
			"schedule was saved, and has %llu now"),
			(unsigned long long)script->events,
			(unsigned long long)s->arrived);
	else if (replay_digest(s->log, s->arrived) != script->digest)
		session_trouble_set(s, _("each step did what the schedule "
			"notes, but other things differ from the run that was "
			"saved (data, descriptors or states)"));
}

static void
run_is_over(struct session *s)
{
	if (s->script_left && s->made < (int)s->schedule.n_steps)
		session_trouble_set(s, _("the program ended after step %d; "
			"the schedule has %zu steps"), s->made,
			s->schedule.n_steps);
	if (s->made >= session_known(s)) {
		schedule_truncate(&s->schedule, s->made);
		check_script(s);
	}
	stop_looking(s);
	buf_clear(&s->typed);
	s->sent = s->target = s->made;
	s->state = SESSION_ENDED;
	run_end(s);
}

/* What was typed meanwhile, as a choice.  */
static bool
type_on(struct session *s)
{
	struct choice c = { .kind = CHOICE_TYPE };

	if (s->typed.len == 0)
		return false;
	c.typed_len = s->typed.len < sizeof(c.typed) - 1 ? (int)s->typed.len :
		      (int)sizeof(c.typed) - 1;
	memcpy(c.typed, s->typed.data, c.typed_len);
	buf_drop(&s->typed, c.typed_len);
	return session_choose(s, &c, NULL) == 0;
}

/* One more step of `until`; false: that was the last.  */
static bool
look_on(struct session *s)
{
	struct choice c;
	char *why = NULL;
	bool on = false;

	if (s->until_hit || s->pause)
		return false;
	if (s->until_left-- <= 0)
		session_trouble_set(s, _("after %d steps it is still not so "
			"that %s"), UNTIL_BOUND, condition_text(s->until));
	else if (choice_next(s, &c, &why) < 0)
		session_trouble_set(s, _("it never came so far that %s: %s"),
				    condition_text(s->until), why);
	else
		on = session_choose(s, &c, NULL) == 0;
	free(why);
	return on;
}

/* The processes ended a step (or have not moved since): what now?  */
void
session_advance(struct session *s)
{
	if (s->ended) {
		run_is_over(s);
		return;
	}
	if (s->made < s->target) {
		run_send_choices(s);
		if (s->made < s->target || s->made < s->sent)
			return;
	}
	s->state = SESSION_HELD;
	check_script(s);
	if (s->until && look_on(s))
		return;
	stop_looking(s);
	type_on(s);
}

/* A step that was begun and not seen to its end is given up.  */
static void
forget_unfinished(struct session *s)
{
	int known = session_known(s);

	past_truncate(s, known >= 0 ? past_end(s, known) : 0);
	if (!s->script_left)
		schedule_truncate(&s->schedule, known > 0 ? known : 0);
}

/* The processes shall be at the end of that step, which is known or the
 * next; the world goes there at once as far as it is known.  */
int
session_go(struct session *s, int step, char **why)
{
	bool again = !s->running || s->sent > step;
	int known = session_known(s);

	if (s->free_step && step >= s->free_step &&
	    (again || s->made < s->free_step))
		return fail(why, _("step %d was made at full speed and cannot "
				   "be made again: go back before it"),
			    s->free_step);
	if (again && s->sent > known)
		forget_unfinished(s);
	s->step = step < known ? step : known;
	past_show(s, past_end(s, s->step));
	s->target = step;
	s->state = SESSION_BUSY;
	if (!again) {
		session_advance(s);
		return 0;
	}
	if (run_begin(s, why) == 0)
		return 0;
	session_break(s, "%s", why && *why ? *why :
		      _("the program could not be started again"));
	return -1;
}

/* Nothing after the step that is shown is known any more.  */
static void
forget_future(struct session *s)
{
	past_truncate(s, past_end(s, s->step));
	schedule_truncate(&s->schedule, s->step);
	s->script_left = false;
	if (s->free_step > s->step)
		s->free_step = 0;
}

/* ---- what the learner does ---- */

static int
must_hold(const struct session *s, char **why)
{
	static const char *const sentences[] = {
		[SESSION_BUSY] = N_("a step is being made"),
		[SESSION_FREE] = N_("everybody runs: pause first"),
		[SESSION_ENDED] = N_("the program has ended; going back is "
				     "possible"),
		[SESSION_RECORDING] = N_("this is a recording: nobody can be "
					 "driven; n goes on, b back"),
		[SESSION_BROKEN] = N_("the tracer is gone; going back starts "
				      "a new run"),
	};

	if (s->state == SESSION_HELD)
		return 0;
	return fail(why, "%s", _(sentences[s->state]));
}

int
session_choose(struct session *s, const struct choice *c, char **why)
{
	struct choice choice = *c;

	if (must_hold(s, why) < 0 || choice_check(s, &choice, why) < 0)
		return -1;
	if (!s->until)
		forget_trouble(s);
	if (s->step < (int)s->schedule.n_steps &&
	    choice_equal(&s->schedule.step[s->step].choice, &choice) &&
	    s->step + 1 != s->free_step)
		return session_go(s, s->step + 1, why);
	forget_future(s);
	schedule_add(&s->schedule, &choice, NULL);
	return session_go(s, s->step + 1, why);
}

static int
seek_recording(struct session *s, int step)
{
	s->step = step;
	past_show(s, past_end(s, step));
	return 0;
}

int
session_next(struct session *s, char **why)
{
	struct choice c;

	if (s->state == SESSION_RECORDING && s->step < session_steps(s))
		return seek_recording(s, s->step + 1);
	if (must_hold(s, why) < 0 || choice_next(s, &c, why) < 0)
		return -1;
	return session_choose(s, &c, why);
}

/* Its beginning is not yet known: the step is made when it is.  */
static int
seek_from_start(struct session *s, int step, char **why)
{
	if (s->state != SESSION_BUSY)
		return session_restart(s, why);
	s->target = step;
	return 0;
}

int
session_seek(struct session *s, int step, char **why)
{
	if (step < 0 || step > session_steps(s))
		return fail(why, _("there is no step %d; the last is %d"),
			    step, session_steps(s));
	stop_looking(s);
	if (s->state == SESSION_RECORDING)
		return seek_recording(s, step);
	if (s->state == SESSION_FREE)
		return must_hold(s, why);
	if (session_known(s) < 0)
		return seek_from_start(s, step, why);
	if (step == s->step && step == s->made &&
	    (s->state == SESSION_HELD || s->state == SESSION_ENDED))
		return 0;
	forget_trouble(s);
	buf_clear(&s->typed);
	return session_go(s, step, why);
}

/* A step after what is known is being made: it is not shown yet.  */
static bool
makes_new_step(const struct session *s)
{
	int known = session_known(s);

	known = known > 0 ? known : 0;
	return s->state == SESSION_BUSY && s->step == known &&
	       s->target > known;
}

/* Whether the step that is being made ends before or after the key that
 * takes it back, the outcome is the same.  */
int
session_back(struct session *s, int steps, char **why)
{
	if (makes_new_step(s))
		steps--;
	else if (s->step == 0)
		return fail(why, _("this is the beginning"));
	return session_seek(s, s->step > steps ? s->step - steps : 0, why);
}

int
session_until(struct session *s, struct condition *c, char **why)
{
	struct condition *copy;

	if (s->state != SESSION_RECORDING && must_hold(s, why) < 0)
		return -1;
	copy = condition_parse(condition_text(c), why);
	if (!copy)
		return -1;
	stop_looking(s);
	forget_trouble(s);
	s->until = copy;
	s->until_left = UNTIL_BOUND;
	if (s->state == SESSION_RECORDING) {
		past_show(s, log_count(s->log));
		s->step = session_steps(s);
	} else {
		session_advance(s);
	}
	return 0;
}

int
session_run(struct session *s, char **why)
{
	if (must_hold(s, why) < 0)
		return -1;
	forget_trouble(s);
	forget_future(s);
	/* Its place in the schedule; it cannot be made again. */
	schedule_add(&s->schedule, &(struct choice){ .kind = CHOICE_RUN },
		     NULL);
	if (!s->free_step)
		s->free_step = s->step + 1;
	s->target = s->sent = s->step + 1;
	s->state = SESSION_FREE;
	s->in_step = true;
	run_sources(s, false);
	run_send(s, "free");
	return 0;
}

bool
session_can_pause(const struct session *s)
{
	int known = session_known(s);

	return s->until || s->state == SESSION_FREE ||
	       (s->state == SESSION_BUSY && s->target > known &&
		s->sent < s->target);
}

int
session_pause(struct session *s, char **why)
{
	(void)why;
	if (s->state == SESSION_FREE) {
		run_send(s, "hold");
		s->state = SESSION_BUSY;
	}
	s->pause = s->until != NULL;
	if (s->state == SESSION_RECORDING && s->until) {
		stop_looking(s);
		s->show_n = s->shown_n;
	}
	if (s->state == SESSION_BUSY && s->sent < s->target)
		s->target = s->sent;
	return 0;
}

int
session_type(struct session *s, const char *bytes, size_t n, char **why)
{
	if (!s->config.pty || !s->terminal)
		return fail(why, _("this run has no terminal to type at"));
	if (s->state == SESSION_FREE)
		return terminal_type(s->terminal, bytes, n, why);
	if (s->state != SESSION_BUSY && must_hold(s, why) < 0)
		return -1;
	if (s->typed.len + n > TERMINAL_KEPT)
		return fail(why, _("too much was typed ahead"));
	buf_add(&s->typed, bytes, n);
	if (s->state == SESSION_HELD)
		type_on(s);
	return 0;
}

int
session_restart(struct session *s, char **why)
{
	if (s->state == SESSION_RECORDING)
		return session_seek(s, 0, why);
	run_end(s);
	stop_looking(s);
	forget_trouble(s);
	buf_clear(&s->typed);
	past_reset(s);
	schedule_release(&s->schedule);
	schedule_copy(&s->schedule, &s->script);
	s->script_left = s->script.n_steps > 0;
	s->free_step = s->target = 0;
	s->state = SESSION_BUSY;
	if (run_begin(s, why) == 0)
		return 0;
	session_break(s, "%s", why && *why ? *why :
		      _("the program could not be started again"));
	return -1;
}

int
session_follow(struct session *s, const struct schedule *script, char **why)
{
	if (s->state == SESSION_RECORDING)
		return fail(why, _("a recording follows no schedule"));
	schedule_release(&s->script);
	schedule_copy(&s->script, script);
	return session_restart(s, why);
}

const struct session_config *
session_settings(const struct session *s)
{
	return s->state == SESSION_RECORDING ? NULL : &s->config;
}
