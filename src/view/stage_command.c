/* The prompts of the stage, and the table of its commands.  */
#include "config.h"

#include "view/stage_inside.h"

#include "base/i18n.h"
#include "base/suggest.h"
#include "event/names.h"
#include "world/signals.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
run_until(struct stage *st, const char *rest, enum screen_answer *answer,
	  char **why)
{
	struct condition *c = condition_parse(rest, why);
	int rc;

	(void)answer;
	if (!c)
		return -1;
	st->selected = 0;
	rc = session_until(st->session, c, why);
	condition_free(c);
	return rc;
}

static int
run_back(struct stage *st, const char *rest, enum screen_answer *answer,
	 char **why)
{
	int n;

	(void)answer;
	st->selected = 0;
	return stage_number(rest, 1, &n, why) < 0 ? -1
		: session_back(st->session, n, why);
}

static int
run_seek(struct stage *st, const char *rest, enum screen_answer *answer,
	 char **why)
{
	int n;

	(void)answer;
	st->selected = 0;
	return stage_number(rest, 0, &n, why) < 0 ? -1
		: session_seek(st->session, n, why);
}

static int
run_next(struct stage *st, const char *rest, enum screen_answer *answer,
	 char **why)
{
	(void)rest;
	(void)answer;
	st->selected = 0;
	return session_next(st->session, why);
}

static int
run_free(struct stage *st, const char *rest, enum screen_answer *answer,
	 char **why)
{
	(void)rest;
	(void)answer;
	return session_run(st->session, why);
}

static int
run_hold(struct stage *st, const char *rest, enum screen_answer *answer,
	 char **why)
{
	(void)rest;
	(void)answer;
	return session_pause(st->session, why);
}

static int
need_file(const char *rest, char **why)
{
	return *rest ? 0 : fail(why, _("into which file?"));
}

static int
run_save(struct stage *st, const char *rest, enum screen_answer *answer,
	 char **why)
{
	(void)answer;
	if (need_file(rest, why) < 0
	    || session_save_schedule(st->session, rest, why) < 0)
		return -1;
	stage_sayf(st, _("the schedule is in %s; ipclab replay runs it again"),
		   rest);
	return 0;
}

static int
run_record(struct stage *st, const char *rest, enum screen_answer *answer,
	   char **why)
{
	(void)answer;
	if (need_file(rest, why) < 0
	    || session_save_recording(st->session, rest, why) < 0)
		return -1;
	stage_sayf(st, _("the recording is in %s; ipclab replay shows it"),
		   rest);
	return 0;
}

static int
run_restart(struct stage *st, const char *rest, enum screen_answer *answer,
	    char **why)
{
	(void)rest;
	(void)answer;
	st->selected = 0;
	return session_restart(st->session, why);
}

static int
run_quit(struct stage *st, const char *rest, enum screen_answer *answer,
	 char **why)
{
	(void)st;
	(void)rest;
	(void)why;
	*answer = SCREEN_UP;
	return 0;
}

static const struct stage_command table[] = {
	{ "until", "until CONDITION",
	  N_("run until the condition holds"), run_until, AFTER_STEP },
	{ "next", "next", N_("one step"), run_next, AFTER_STEP },
	{ "go", "go ACTOR", N_("one step of this actor"), stage_run_go,
	  AFTER_STEP },
	{ "back", "back [N]", N_("N steps back"), run_back, IN_ORDER },
	{ "seek", "seek N", N_("to step N"), run_seek, IN_ORDER },
	{ "run", "run", N_("let everybody run at full speed"),
	  run_free, AFTER_STEP },
	{ "hold", "hold", N_("hold everybody"), run_hold, AT_ONCE },
	{ "signal", "signal ACTOR SIGNAL", N_("the actor gets this signal"),
	  stage_run_signal, AFTER_STEP },
	{ "deliver", "deliver ACTOR SIGNAL",
	  N_("the signal that waits comes now, before the call"),
	  stage_run_deliver, AFTER_STEP },
	{ "cut", "cut ACTOR N",
	  N_("the actor goes, and moves at most N bytes"),
	  stage_run_cut, AFTER_STEP },
	{ "expire", "expire ACTOR", N_("the time it waits for is over"),
	  stage_run_expire, AFTER_STEP },
	{ "fail", "fail ACTOR ERROR",
	  N_("the actor goes, and its call fails with this error"),
	  stage_run_fail, AFTER_STEP },
	{ "wake", "wake ACTOR",
	  N_("its wait for a condition variable ends at once"),
	  stage_run_wake, AFTER_STEP },
	{ "type", "type TEXT", N_("type at the program's terminal; \\n ends "
				  "a line"), stage_run_type, IN_ORDER },
	{ "save", "save FILE", N_("write the schedule"), run_save, AFTER_STEP },
	{ "record", "record FILE", N_("write all events"), run_record,
	  AFTER_STEP },
	{ "restart", "restart", N_("run it again from the beginning"),
	  run_restart, AT_ONCE },
	{ "quit", "quit", N_("close the stage"), run_quit, AT_ONCE },
	{ NULL, NULL, NULL, NULL, AT_ONCE },
};

const struct stage_command *
stage_commands(void)
{
	return table;
}

static int
unknown_command(const char *name, char **why)
{
	struct suggest s = SUGGEST_INIT(name);

	for (int i = 0; table[i].name; i++)
		suggest_try(&s, table[i].name);
	if (suggest_best(&s))
		return fail(why, _("there is no command %s; did you mean %s?"),
			    name, suggest_best(&s));
	return fail(why, _("there is no command %s; Tab shows those that "
			   "there are"), name);
}

static int
run_or_wait(struct stage *st, const struct stage_command *c, const char *line,
	    enum screen_answer *answer, char **why)
{
	const char *rest = stage_skip_spaces(line + strlen(c->name));
	int rc = 0;

	if (c->when == AT_ONCE)
		stage_wait_for_nothing(st);
	else
		rc = stage_wait_line(st, line, c->run == run_until ? rest
				     : NULL, c->when == AFTER_STEP, why);
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	return c->run(st, rest, answer, why);
}

int
stage_command(struct stage *st, const char *line, enum screen_answer *answer,
	      char **why)
{
	size_t len;
	char *name;
	int rc = 1;

	line = stage_skip_spaces(line);
	len = strcspn(line, " \t");
	if (len == 0)
		return 0;
	if (!st->session)
		return fail(why, _("nothing is on the stage"));
	name = xstrndup(line, len);
	for (int i = 0; table[i].name && rc > 0; i++)
		if (strcmp(table[i].name, name) == 0)
			rc = run_or_wait(st, &table[i], line, answer, why);
	if (rc > 0)
		rc = unknown_command(name, why);
	free(name);
	return rc;
}

/* What the callbacks of a prompt need.  */
struct asking {
	struct stage *st;
	const char *command;	/* put before what was typed: "until" */
	enum screen_answer answer;
};

static int
check(void *arg, const char *text, char **why)
{
	struct asking *a = arg;
	char *line;
	int rc;

	if (!*stage_skip_spaces(text))
		return 0;
	line = xasprintf("%s%s%s", a->command, *a->command ? " " : "", text);
	rc = stage_command(a->st, line, &a->answer, why);
	free(line);
	return rc;
}

static void
complete_with(void (*complete)(const struct world *, const char *, offer_fn *,
			       void *),
	      struct asking *a, const char *before, offer_fn *offer,
	      void *offers)
{
	if (a->st->session)
		complete(session_world(a->st->session), before, offer, offers);
}

static void
on_complete_command(void *arg, const char *before, offer_fn *offer,
		    void *offers)
{
	complete_with(complete_command, arg, before, offer, offers);
}

static void
on_complete_condition(void *arg, const char *before, offer_fn *offer,
		      void *offers)
{
	complete_with(complete_condition, arg, before, offer, offers);
}

static void
on_complete_signal(void *arg, const char *before, offer_fn *offer,
		   void *offers)
{
	complete_with(complete_signal, arg, before, offer, offers);
}

/* The text is checked by carrying it out: what is wrong with it keeps the
 * prompt open.  */
static enum screen_answer
ask(struct stage *st, const char *command, struct ask *how)
{
	struct asking a = { .st = st, .command = command,
			    .answer = SCREEN_STAY };

	/* screen_ask() below is the last to look at it.  */
	/* cppcheck-suppress autoVariables */
	how->arg = &a;
	how->check = check;
	free(screen_ask(how));
	return a.answer;
}

enum screen_answer
stage_ask_command(struct stage *st)
{
	struct ask how = { .prompt = ":", .history = "command",
			   .complete = on_complete_command };

	return ask(st, "", &how);
}

enum screen_answer
stage_ask_until(struct stage *st)
{
	struct ask how = { .prompt = _("until: "), .history = "condition",
			   .complete = on_complete_condition };

	return ask(st, "until", &how);
}

/* Held, and a signal waits that could come now: the one that the learner
 * looks at first of all.  -1: nobody.  */
static int
one_with_signal(const struct scene *s)
{
	int subject = scene_subject(s), n = s->world ? s->world->n_actors : 0;

	for (int i = -1; i < n; i++) {
		int a = i < 0 ? subject : i;

		if (a >= 0 && s->world->actor[a].state == ACTOR_READY &&
		    world_deliverable(s->world, a))
			return a;
	}
	return -1;
}

enum screen_answer
stage_ask_signal(struct stage *st)
{
	struct ask how = { .prompt = _("signal: "), .history = "signal",
			   .complete = on_complete_signal };
	struct scene s;
	enum screen_answer answer;
	char *initial;
	int actor;

	stage_scene(st, &s);
	actor = one_with_signal(&s);
	if (actor >= 0) {
		how.complete = on_complete_command;
		how.prompt = _("signal (Enter: now, Esc: no): ");
		initial = xasprintf("deliver %s %s", s.world->actor[actor].role,
			signal_name(world_deliverable(s.world, actor)));
		how.initial = initial;
		answer = ask(st, "", &how);
		free(initial);
		return answer;
	}
	actor = scene_subject(&s);
	initial = xasprintf("%s SIG", actor >= 0 ? s.world->actor[actor].role
						 : "");
	how.initial = initial;
	answer = ask(st, "signal", &how);
	free(initial);
	return answer;
}

/* A name that is free: the program's, with a number.  */
static char *
propose_file(struct stage *st)
{
	const struct header *h = log_header(session_log(st->session));
	size_t len = strcspn(h->command, " ");
	const char *base = h->command, *slash;
	char *word = xstrndup(base, len), *path;
	int n = 1;

	slash = strrchr(word, '/');
	base = slash ? slash + 1 : word;
	path = xasprintf("%s.schedule", *base ? base : "run");
	while (access(path, F_OK) == 0 && n < 1000) {
		free(path);
		path = xasprintf("%s-%d.schedule", *base ? base : "run", ++n);
	}
	free(word);
	return path;
}

enum screen_answer
stage_ask_schedule(struct stage *st)
{
	char *initial = propose_file(st);
	struct ask how = { .prompt = _("write the schedule to: "),
			   .history = "file", .initial = initial };
	enum screen_answer answer = ask(st, "save", &how);

	free(initial);
	return answer;
}

/* Does the line of this event contain the text, or the name of its call by
 * which the time line shows it?  */
static bool
event_has(struct stage *st, uint64_t n, const char *text)
{
	const struct world *w = session_world(st->session);
	const struct event *e = log_at(session_log(st->session), n, NULL);
	struct buf b = BUF_INIT;
	bool has;

	if (!e || e->what == WHAT_POINT || e->what == WHAT_CHOICE
	    || e->what == WHAT_HELD)
		return false;
	world_describe(w, e, &b);
	buf_addc(&b, '\n');
	if (e->call[0])
		event_call_name(&b, e->call, e->args);
	has = strcasestr(buf_str(&b), text) != NULL;
	buf_release(&b);
	return has;
}

enum screen_answer
stage_search(struct stage *st, int by)
{
	uint64_t end = session_world(st->session)->n;
	uint64_t start = st->selected ? st->selected : end + (by < 0);
	uint64_t at = start;

	if (!st->sought) {
		stage_say(st, _("nothing was searched for yet"));
		return SCREEN_STAY;
	}
	for (uint64_t i = 0; i < end; i++) {
		at += (uint64_t)(int64_t)by;
		if (at < 1)
			at = end;
		if (at > end)
			at = 1;
		if (event_has(st, at, st->sought)) {
			st->selected = at;
			return SCREEN_STAY;
		}
	}
	stage_sayf(st, _("no event up to this step has \"%s\""), st->sought);
	return SCREEN_STAY;
}

enum screen_answer
stage_ask_search(struct stage *st)
{
	struct ask how = { .prompt = "/", .history = "search" };
	char *text = screen_ask(&how);

	if (!text)
		return SCREEN_STAY;
	if (*text) {
		free(st->sought);
		st->sought = text;
	} else {
		free(text);
	}
	return stage_search(st, -1);
}
