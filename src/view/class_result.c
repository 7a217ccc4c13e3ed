/* See class_result.h.  */
#include "config.h"

#include "view/class_result.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "report/report.h"
#include "session/session.h"
#include "view/help.h"
#include "view/pager.h"
#include "view/stage.h"

#include <stdlib.h>
#include <string.h>

struct class_result {
	const struct class_view_config *config;
	const struct book_row *row;
	struct result result;
	struct pager pager;
};

static const char *
schedule_of(const struct result *r)
{
	for (size_t i = 0; i < r->n_checks; i++)
		if (r->check[i].schedule)
			return r->check[i].schedule;
	return NULL;
}

static void
draw(void *arg, struct canvas *c)
{
	static const enum action keys[] = {
		ACTION_OPEN, ACTION_DOWN, ACTION_HELP, ACTION_CLOSE,
		ACTION_NONE,
	};
	struct class_result *v = arg;
	char *title = xasprintf("%s  %s", v->row->student, v->row->title);

	canvas_put_short(c, 0, 1, c->cols - 2, ROLE_TITLE, title);
	pager_draw(&v->pager, c, (struct rect){ 2, 1, c->rows - 3,
						c->cols - 2 }, -1);
	help_line(c, c->rows - 1, 0, c->cols, SCREEN_CLASS,
		  schedule_of(&v->result) ? keys : keys + 1);
	free(title);
}

static enum screen_answer
say(char *why)
{
	screen_say(why);
	free(why);
	return SCREEN_STAY;
}

/* A recording: nothing of what was handed in runs here.  */
static enum screen_answer
open_stage(struct class_result *v)
{
	const char *schedule = schedule_of(&v->result), *sources = NULL;
	const char *path;
	enum screen_answer answer;
	struct screen screen;
	struct session *s;
	struct stage *st;
	char *why = NULL;

	if (!schedule)
		return say(xstrdup(_("there is no failing run")));
	path = v->config->record(v->config->arg, v->row, schedule, &sources,
				 &why);
	s = path ? session_open(path, &why) : NULL;
	if (!s)
		return say(why);
	st = stage_new(s);
	stage_set_title(st, v->row->student);
	if (sources)
		stage_add_source_folder(st, sources);
	screen = stage_screen(st);
	answer = screen_run(&screen);
	stage_free(st);
	session_free(s);
	return answer == SCREEN_LEAVE ? SCREEN_LEAVE : SCREEN_STAY;
}

static enum screen_answer
pressed(void *arg, int key)
{
	struct class_result *v = arg;
	enum action action = keys_action(SCREEN_CLASS, key);

	if (pager_move(&v->pager, action))
		return SCREEN_STAY;
	switch (action) {
	case ACTION_OPEN:
		return open_stage(v);
	case ACTION_HELP:
		return help_run(SCREEN_CLASS, _("a class"));
	case ACTION_CANCEL:
	case ACTION_LEFT:
	case ACTION_CLOSE:
		return SCREEN_UP;
	case ACTION_LEAVE:
		return SCREEN_LEAVE;
	default:
		return SCREEN_IGNORED;
	}
}

static int
read_result(struct class_result *v, char **why)
{
	char *text = v->config->result(v->config->arg, v->row, why);
	const struct report_options o = { .instructor = true };
	struct buf said = BUF_INIT;
	int ret = -1;

	if (text)
		ret = result_read(&v->result, text, strlen(text), "gradebook",
				  why);
	if (ret == 0)
		ret = report_write(report_named("text"), &said, &v->result, 1,
				   &o, why);
	if (ret == 0)
		pager_set(&v->pager, &said, 1);
	buf_release(&said);
	free(text);
	return ret;
}

enum screen_answer
class_result_run(const struct class_view_config *c,
		 const struct book_row *row)
{
	struct class_result v = { .config = c, .row = row };
	struct screen s = { .arg = &v, .draw = draw, .key = pressed };
	enum screen_answer answer = SCREEN_STAY;
	char *why = NULL;

	result_init(&v.result);
	if (read_result(&v, &why) < 0)
		say(why);
	else
		answer = screen_run(&s);
	pager_release(&v.pager);
	result_release(&v.result);
	return answer == SCREEN_LEAVE ? SCREEN_LEAVE : SCREEN_STAY;
}
