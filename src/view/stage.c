/* The stage: keys, and what they do to the session.  */
#include "config.h"

#include "view/stage_inside.h"

#include "base/i18n.h"
#include "term/keys.h"
#include "view/help.h"
#include "view/output_pane.h"
#include "view/source.h"

#include <stdlib.h>
#include <string.h>

enum {
	PTY_ROWS = 24,
	PTY_COLS = 80,
	PAGE_STEPS = 10,
	END_TYPING = ']' & 0x1f,
	AWAIT_MS = 5,
	ECHO_TIMES = 4,		/* of AWAIT_MS */
	EVENT_TIMES = 400,
};

struct stage *
stage_new(struct session *s)
{
	struct stage *st = xcalloc(1, sizeof(*st));

	st->sources = sources_new();
	st->output = output_new(PTY_ROWS, PTY_COLS);
	st->chosen = -1;
	stage_set_session(st, s);
	return st;
}

void
stage_free(struct stage *st)
{
	if (!st)
		return;
	sources_free(st->sources);
	output_free(st->output);
	buf_release(&st->typed);
	free(st->title);
	free(st->hidden);
	free(st->message);
	free(st->sought);
	stage_wait_for_nothing(st);
	free(st);
}

void
stage_set_session(struct stage *st, struct session *s)
{
	st->session = s;
	st->chosen = -1;
	st->selected = 0;
	st->typing = st->escaped = st->unclaimed = false;
	stage_wait_for_nothing(st);
	st->generation = 0;
	buf_clear(&st->typed);
	output_reset(st->output);
	sources_reload(st->sources);
}

static void
set_text(char **field, const char *text)
{
	char *copy = text ? xstrdup(text) : NULL;

	free(*field);
	*field = copy;
}

void
stage_set_title(struct stage *st, const char *title)
{
	set_text(&st->title, title);
}

void
stage_set_search(struct stage *st,
		 int (*put)(void *arg, struct explore_config *c, char **why),
		 void *arg)
{
	st->put_search = put;
	st->search_arg = arg;
}

void
stage_set_hidden(struct stage *st, const char *words)
{
	set_text(&st->hidden, words);
}

void
stage_add_source_folder(struct stage *st, const char *folder)
{
	sources_add_folder(st->sources, folder);
}

void
stage_set_rebuild(struct stage *st, int (*rebuild)(void *arg, char **why),
		  void *arg)
{
	st->rebuild = rebuild;
	st->rebuild_arg = arg;
}

void
stage_say(struct stage *st, const char *sentence)
{
	set_text(&st->message, sentence);
}

void
stage_sayf(struct stage *st, const char *fmt, ...)
{
	va_list ap;

	free(st->message);
	va_start(ap, fmt);
	st->message = xvasprintf(fmt, ap);
	va_end(ap);
}

enum screen_answer
stage_refuse(struct stage *st, char *why)
{
	stage_say(st, why ? why : _("that is not possible now"));
	free(why);
	return SCREEN_STAY;
}

bool
stage_is_typing(const struct stage *st)
{
	return st->typing;
}

void
stage_scene(struct stage *st, struct scene *s)
{
	memset(s, 0, sizeof(*s));
	s->sources = st->sources;
	s->output = st->output;
	s->output_size = st->output_size;
	s->title = st->title;
	s->hidden = st->hidden;
	s->chosen = st->chosen;
	s->next = -1;
	s->selected = st->selected;
	s->message = st->message;
	s->typing = st->typing;
	if (!st->session)
		return;
	s->world = session_world(st->session);
	s->log = session_log(st->session);
	s->state = session_state(st->session);
	s->step = session_step(st->session);
	s->steps = session_steps(st->session);
	s->next = session_default(st->session);
	if (s->selected > s->world->n)
		s->selected = st->selected = 0;
	if (s->chosen >= s->world->n_actors)
		s->chosen = -1;
}

void
stage_draw(struct stage *st, struct canvas *c, struct rect r, bool lines)
{
	struct scene s;

	stage_scene(st, &s);
	if (!s.message && st->session)
		s.message = session_trouble(st->session);
	scene_draw(&s, c, r, lines);
}

int
stage_poll(struct stage *st, struct pollfd *fds)
{
	return st->session ? session_poll(st->session, fds) : 0;
}

/* At full speed the event of a write comes a moment after its bytes; on a busy
 * machine, a long one.  What no event accounts for, such as the echo of what is
 * typed, is not waited for like that: not where somebody types, and not where
 * the last such wait was in vain.  True: something else came.  */
static bool
await_events(struct stage *st, struct log *log)
{
	struct pollfd fds[SCREEN_POLLS_MAX];
	int times = st->typing || st->unclaimed ? ECHO_TIMES : EVENT_TIMES;
	bool any = false;

	if (output_pending(st->output) == 0)
		return false;
	for (int i = 0; i < times && output_pending(st->output) > 0 &&
			session_state(st->session) == SESSION_FREE; i++) {
		poll(fds, (nfds_t)session_poll(st->session, fds), AWAIT_MS);
		any |= session_pump(st->session);
		output_attribute(st->output, log, log_count(log));
	}
	st->unclaimed = output_pending(st->output) > 0;
	return any;
}

/* What the subject printed, and whose it was.  */
static bool
take_output(struct stage *st)
{
	struct log *log = session_log(st->session);
	char bytes[4096];
	unsigned generation = st->generation;
	bool any = false;
	size_t n;

	if (session_state(st->session) == SESSION_RECORDING) {
		output_replay(st->output, log, session_world(st->session));
		return false;
	}
	do {
		n = session_output(st->session, bytes, sizeof(bytes),
				   &generation);
		if (generation != st->generation) {
			output_reset(st->output);
			st->unclaimed = false;
			st->generation = generation;
			any = true;
		}
		if (n > 0)
			output_feed(st->output, bytes, n);
		any |= n > 0;
	} while (n > 0);
	output_attribute(st->output, log, log_count(log));
	if (session_state(st->session) == SESSION_FREE)
		any |= await_events(st, log);
	if (session_state(st->session) != SESSION_BUSY)
		output_flush(st->output);
	return any;
}

/* The session keeps what is typed while a step is under way.  */
static void
send_typed(struct stage *st)
{
	char *why = NULL;

	if (st->typed.len && session_type(st->session, st->typed.data,
					  st->typed.len, &why) < 0) {
		st->typing = false;
		stage_refuse(st, why);
	}
	buf_clear(&st->typed);
}

bool
stage_pump(struct stage *st)
{
	const struct header *h;
	bool changed;

	if (!st->session)
		return false;
	changed = session_pump(st->session);
	h = log_header(session_log(st->session));
	if (h->cwd[0])
		sources_add_folder(st->sources, h->cwd);
	changed |= stage_wait_over(st);
	return take_output(st) || changed;
}

enum screen_answer
stage_go(struct stage *st, int actor)
{
	const struct world *w = session_world(st->session);
	struct choice c = { .kind = CHOICE_GO };
	struct buf sentence = BUF_INIT;
	char *why = NULL;

	if (actor < 0 || actor >= w->n_actors) {
		stage_sayf(st, _("there is no actor %d"), actor + 1);
		return SCREEN_STAY;
	}
	COPY_STR(c.actor, w->actor[actor].name);
	st->selected = 0;
	if (session_choose(st->session, &c, &why) == 0)
		return SCREEN_STAY;
	/* The world has the better sentence for one who waits.  */
	if (w->actor[actor].state == ACTOR_BLOCKED) {
		world_why(w, actor, &sentence);
		if (sentence.len)
			stage_say(st, buf_str(&sentence));
	}
	if (sentence.len)
		free(why);
	else
		stage_refuse(st, why);
	buf_release(&sentence);
	return SCREEN_STAY;
}

static enum screen_answer
tried(struct stage *st, int rc, char *why)
{
	st->selected = 0;
	return rc < 0 ? stage_refuse(st, why) : SCREEN_STAY;
}

static enum screen_answer
do_next(struct stage *st)
{
	char *why = NULL;
	int rc = session_next(st->session, &why);

	return tried(st, rc, why);
}

static enum screen_answer
do_back(struct stage *st)
{
	char *why = NULL;
	int rc = session_back(st->session, 1, &why);

	return tried(st, rc, why);
}

static enum screen_answer
do_seek(struct stage *st, int step)
{
	int steps = session_steps(st->session);
	char *why = NULL;
	int rc;

	step = step < 0 ? 0 : step > steps ? steps : step;
	rc = session_seek(st->session, step, &why);
	return tried(st, rc, why);
}

static enum screen_answer
do_first(struct stage *st)
{
	return do_seek(st, 0);
}

static enum screen_answer
do_last(struct stage *st)
{
	return do_seek(st, session_steps(st->session));
}

static enum screen_answer
do_page_up(struct stage *st)
{
	return do_seek(st, session_step(st->session) - PAGE_STEPS);
}

static enum screen_answer
do_page_down(struct stage *st)
{
	return do_seek(st, session_step(st->session) + PAGE_STEPS);
}

static enum screen_answer
do_run(struct stage *st)
{
	enum session_state state = session_state(st->session);
	char *why = NULL;
	int rc;

	if (state == SESSION_FREE || state == SESSION_BUSY)
		rc = session_pause(st->session, &why);
	else
		rc = session_run(st->session, &why);
	return tried(st, rc, why);
}

/* The next actor in the picture, in this direction.  */
static enum screen_answer
choose_by(struct stage *st, int by)
{
	struct scene s;
	int n, at;

	stage_scene(st, &s);
	n = s.world->n_actors;
	at = scene_subject(&s);
	for (int i = 0; i < n; i++) {
		at += by;
		if (at < 0 || at >= n)
			return SCREEN_STAY;
		if (!scene_hides_actor(&s, at)
		    && s.world->actor[at].state != ACTOR_GONE)
			break;
	}
	st->chosen = at;
	return SCREEN_STAY;
}

static enum screen_answer
do_up(struct stage *st)
{
	return choose_by(st, -1);
}

static enum screen_answer
do_down(struct stage *st)
{
	return choose_by(st, 1);
}

static enum screen_answer
select_by(struct stage *st, int by)
{
	struct scene s;
	uint64_t n;

	stage_scene(st, &s);
	n = timeline_move(&s, st->selected, by);
	if (n)
		st->selected = n;
	else if (by > 0)
		st->selected = 0;
	return SCREEN_STAY;
}

static enum screen_answer
do_left(struct stage *st)
{
	return select_by(st, -1);
}

static enum screen_answer
do_right(struct stage *st)
{
	return st->selected ? select_by(st, 1) : SCREEN_STAY;
}

static enum screen_answer
do_go_chosen(struct stage *st)
{
	struct scene s;

	stage_scene(st, &s);
	return stage_go(st, scene_subject(&s));
}

static enum screen_answer
do_type(struct stage *st)
{
	enum session_state state = session_state(st->session);

	if (state == SESSION_RECORDING || state == SESSION_ENDED
	    || state == SESSION_BROKEN) {
		stage_say(st, _("there is no program to type to any more"));
		return SCREEN_STAY;
	}
	st->typing = true;
	st->escaped = false;
	if (st->output_size == OUTPUT_NONE)
		st->output_size = OUTPUT_PART;
	return SCREEN_STAY;
}

static enum screen_answer
do_output(struct stage *st)
{
	if (output_is_empty(st->output) && st->output_size == OUTPUT_PART)
		stage_say(st, _("the program has printed nothing yet"));
	else
		st->output_size = (st->output_size + 1) % 3;
	return SCREEN_STAY;
}

static enum screen_answer
do_cancel(struct stage *st)
{
	st->selected = 0;
	st->chosen = -1;
	return SCREEN_STAY;
}

static enum screen_answer
do_search_again(struct stage *st)
{
	return stage_search(st, -1);
}

static enum screen_answer
do_help(struct stage *st)
{
	(void)st;
	return help_run(SCREEN_STAGE, _("the stage"));
}

static enum screen_answer
do_close(struct stage *st)
{
	(void)st;
	return SCREEN_UP;
}

static enum screen_answer
do_leave(struct stage *st)
{
	(void)st;
	return SCREEN_LEAVE;
}

static enum screen_answer (*const doers[ACTION_MAX])(struct stage *st) = {
	[ACTION_NEXT] = do_next,
	[ACTION_GO_CHOSEN] = do_go_chosen,
	[ACTION_BACK] = do_back,
	[ACTION_RUN] = do_run,
	[ACTION_UNTIL] = stage_ask_until,
	[ACTION_SIGNAL] = stage_ask_signal,
	[ACTION_WRITE] = stage_ask_schedule,
	[ACTION_EDIT] = stage_edit,
	[ACTION_TYPE] = do_type,
	[ACTION_OUTPUT] = do_output,
	[ACTION_COMMAND] = stage_ask_command,
	[ACTION_EXPLORE] = stage_explore,
	[ACTION_UP] = do_up,
	[ACTION_DOWN] = do_down,
	[ACTION_LEFT] = do_left,
	[ACTION_RIGHT] = do_right,
	[ACTION_FIRST] = do_first,
	[ACTION_LAST] = do_last,
	[ACTION_PAGE_UP] = do_page_up,
	[ACTION_PAGE_DOWN] = do_page_down,
	[ACTION_SEARCH] = stage_ask_search,
	[ACTION_SEARCH_AGAIN] = do_search_again,
	[ACTION_HELP] = do_help,
	[ACTION_CANCEL] = do_cancel,
	[ACTION_CLOSE] = do_close,
	[ACTION_LEAVE] = do_leave,
};

/* Everything goes to the program, but for the way out.  */
static enum screen_answer
type_key(struct stage *st, int key)
{
	if (key == END_TYPING || (key == KEYS_ESCAPE && st->escaped)) {
		st->typing = st->escaped = false;
		return SCREEN_STAY;
	}
	if (key == KEYS_ESCAPE) {
		st->escaped = true;
		return SCREEN_STAY;
	}
	if (st->escaped)
		output_key(st->output, KEYS_ESCAPE, &st->typed);
	st->escaped = false;
	output_key(st->output, key, &st->typed);
	send_typed(st);
	return SCREEN_STAY;
}

enum screen_answer
stage_key(struct stage *st, int key)
{
	enum action action;

	if (!st->session)
		return SCREEN_IGNORED;
	if (st->typing)
		return type_key(st, key);
	stage_say(st, NULL);
	if (key == KEYS_WHEEL_UP || key == KEYS_WHEEL_DOWN)
		return key == KEYS_WHEEL_UP ? do_left(st) : do_right(st);
	if (key == KEYS_CLICK)
		return stage_click(st);
	action = keys_action(SCREEN_STAGE, key);
	if (stage_wait_key(st, action, key))
		return SCREEN_STAY;
	if (action >= ACTION_GO_1 && action <= ACTION_GO_9)
		return stage_go(st, (int)(action - ACTION_GO_1));
	return doers[action] ? doers[action](st) : SCREEN_IGNORED;
}
