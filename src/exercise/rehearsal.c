/* See rehearsal.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/words.h"
#include "exercise/rehearsal.h"
#include "session/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	DATA_MAX_SEEN = 512,	/* bytes of one write: `output contains` */
	ROWS_MAX = 500,		/* of a terminal */
};

struct rehearsal {
	struct session *session;
	struct schedule script;		/* without steps it has no say */
	struct plan plan;
	struct condition *until;
	char *cwd;
	int64_t steps_max;
	enum rehearsal_state state;
	char *why;
};

/* ---- beginning ---- */
/* What decides where the points of the run are, and nothing else, is taken
 * from what was handed in.  Without a terminal, what is printed goes to a
 * file: ours is not the program's.  */
static void
take_header(struct schedule *to, const struct schedule *from,
	    struct session_config *c)
{
	char rest;

	if (from) {
		COPY_STR(to->looks, from->looks);
		to->shared = from->shared ? xstrdup(from->shared) : NULL;
		c->seed = from->header.seed;
		if (sscanf(from->terminal, "%4dx%4d%c", &c->rows, &c->cols,
			   &rest) == 2)
			c->pty = c->rows > 0 && c->rows <= ROWS_MAX &&
				 c->cols > 0 && c->cols <= ROWS_MAX;
	}
	if (!c->pty)
		COPY_STR(to->output, "file");
}

static int
read_texts(struct rehearsal *r, const struct rehearsal_config *c, char **why)
{
	if (c->script)
		schedule_copy(&r->script, c->script);
	if (plan_parse(&r->plan, c->plan, why) < 0)
		return -1;
	if (!c->until)
		return 0;
	r->until = condition_parse(c->until, why);
	return r->until ? 0 : -1;
}

struct rehearsal *
rehearsal_begin(const struct rehearsal_config *c, char **why)
{
	struct rehearsal *r = xcalloc(1, sizeof(*r));
	struct schedule how = SCHEDULE_INIT;
	struct session_config config = {
		.argv = c->argv, .cwd = c->cwd, .cast = c->cast, .seed = 1,
		.isolate = true, .data_max = DATA_MAX_SEEN,
	};

	r->cwd = xstrdup(c->cwd);
	r->steps_max = c->steps_max;
	take_header(&how, c->script, &config);
	if (read_texts(r, c, why) == 0)
		r->session = session_start_schedule(&config, &how, why);
	schedule_release(&how);
	if (r->session)
		return r;
	rehearsal_end(r);
	return NULL;
}

/* ---- going on ---- */
static enum rehearsal_state
over(struct rehearsal *r, enum rehearsal_state how, char *why)
{
	r->why = why;
	return r->state = how;
}

/* Nobody can go, or the choice that was to be made cannot.  */
static void
stop(struct rehearsal *r, int step, bool chosen, char *why)
{
	if (!chosen) {
		over(r, REHEARSAL_STILL, why);
		return;
	}
	over(r, REHEARSAL_REFUSED, xasprintf(
		_("step %d of the schedule cannot be made: %s"), step, why));
	free(why);
}

static void
make_step(struct rehearsal *r)
{
	int step = session_step(r->session);
	bool chosen = (size_t)step < r->script.n_steps;
	char *why = NULL;
	int ret;

	if (step >= r->steps_max) {
		over(r, REHEARSAL_ENDLESS, xasprintf(
			_("after %d steps the run has not come to its end"),
			step));
		return;
	}
	if (chosen)
		ret = session_choose(r->session,
				     &r->script.step[step].choice, &why);
	else
		ret = plan_choose(&r->plan, r->session, &why);
	if (ret < 0)
		stop(r, chosen ? step + 1 : plan_listed(&r->plan),
		     chosen || plan_listed(&r->plan), why);
}

static void
go_on(struct rehearsal *r)
{
	const char *trouble = session_trouble(r->session);
	int step = session_step(r->session);
	bool reached = r->until && condition_eval(r->until,
				session_world(r->session)) == IS_TRUE;

	if (trouble && (size_t)step < r->script.n_steps)
		stop(r, step + 1, true, xstrdup(trouble));
	else if (trouble)
		over(r, REHEARSAL_BROKEN, xstrdup(trouble));
	else if (reached)
		over(r, REHEARSAL_REACHED, NULL);
	else if (session_state(r->session) == SESSION_ENDED)
		over(r, REHEARSAL_ENDED, NULL);
	else
		make_step(r);
}

/* Nobody reads what is printed; the world has it.  */
static void
pour_away(struct rehearsal *r)
{
	char bytes[4096];
	unsigned generation;

	while (session_output(r->session, bytes, sizeof(bytes), &generation))
		;
}

enum rehearsal_state
rehearsal_advance(struct rehearsal *r)
{
	if (r->state == REHEARSAL_RUNS) {
		session_pump(r->session);
		pour_away(r);
	}
	while (r->state == REHEARSAL_RUNS)
		switch (session_state(r->session)) {
		case SESSION_BUSY:
			return REHEARSAL_RUNS;
		case SESSION_HELD:
		case SESSION_ENDED:
			go_on(r);
			break;
		default:
			over(r, REHEARSAL_BROKEN, xstrdup(
				session_trouble(r->session) ?
				session_trouble(r->session) :
				_("the run broke off")));
		}
	return r->state;
}

int
rehearsal_fds(const struct rehearsal *r, struct pollfd *fds, int room)
{
	return room < SESSION_POLLS || r->state != REHEARSAL_RUNS ? 0 :
	       session_poll(r->session, fds);
}

/* ---- what came of it ---- */
const char *
rehearsal_why(const struct rehearsal *r)
{
	return r->why;
}

struct session *
rehearsal_session(const struct rehearsal *r)
{
	return r->session;
}

char *
rehearsal_schedule(const struct rehearsal *r, char **why)
{
	char *path = xasprintf("%s/.run.schedule", r->cwd);
	struct schedule s = SCHEDULE_INIT;
	struct buf out = BUF_INIT;
	int ret = session_save_schedule(r->session, path, why);

	if (ret == 0)
		ret = schedule_load(&s, path, why);
	unlink(path);
	free(path);
	if (ret < 0)
		return NULL;
	s.header.cwd[0] = '\0';
	s.digest = s.events = 0;	/* it runs elsewhere */
	schedule_write(&out, &s);
	schedule_release(&s);
	return buf_take(&out);
}

void
rehearsal_end(struct rehearsal *r)
{
	if (!r)
		return;
	if (r->session)
		session_free(r->session);
	schedule_release(&r->script);
	plan_release(&r->plan);
	condition_free(r->until);
	free(r->cwd);
	free(r->why);
	free(r);
}
