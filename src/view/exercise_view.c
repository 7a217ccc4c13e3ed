/* The exercise screen: layout, and the work that goes on behind it.  */
#include "config.h"

#include "view/exercise_inside.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "exercise/answers.h"
#include "term/glyph.h"
#include "term/keys.h"
#include "view/help.h"
#include "view/styled_view.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	WIDE = 110,		/* from here on both pages are side by side */
	JOBS_MOST = SCREEN_POLLS_MAX - 2,
	TEXT_MOST = 84,		/* cells; longer lines are hard to follow */
};

/* What was answered before.  */
static int64_t *
read_answers(const struct exercise_view *v)
{
	const struct exercise *e = v->config.exercise;
	char *path = xasprintf("%s/%s", v->folder, ANSWERS_FILE);
	struct buf text = BUF_INIT;
	int64_t *numbers = NULL;

	if (e->questions.n &&
	    buf_read_file(&text, path, SUBMISSION_FILE_MAX, NULL) == 0)
		numbers = answers_read(e, buf_str(&text), text.len, NULL);
	buf_release(&text);
	free(path);
	return numbers ? numbers :
	       xcalloc(e->questions.n + 1, sizeof(*numbers));
}

struct exercise_view *
exercise_view_new(const struct exercise_view_config *c)
{
	struct exercise_view *v = xcalloc(1, sizeof(*v));
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	/* Each has a descriptor that is waited for, beside the files'.  */
	const struct judge_options o = { .seed = 1, .jobs = (int)(
		processors > JOBS_MOST ? JOBS_MOST : processors) };

	v->config = *c;
	v->language = c->language ? xstrdup(c->language) : NULL;
	v->folder = xstrdup(c->folder);
	v->key = xstrdup(c->key);
	v->answers = read_answers(v);
	v->practice = practice_new(c->exercise, c->folder, &o);
	practice_watch(v->practice);
	progress_exercise_begin(c->progress, v->key, v->folder);
	progress_exercise(c->progress, v->key, &v->state);
	/* What was tried before is shown as it stands now.  */
	if (v->state.tried)
		practice_check(v->practice);
	v->stale = true;
	return v;
}

void
exercise_view_free(struct exercise_view *v)
{
	if (!v)
		return;
	practice_free(v->practice);
	for (int i = 0; i < PAGES; i++)
		styled_release(&v->at[i].text);
	free(v->language);
	free(v->folder);
	free(v->key);
	free(v->answers);
	free(v->next);
	free(v);
}

/* ---- drawing ---- */
static void
make_texts(struct exercise_view *v, int width, bool unicode)
{
	if (!v->stale && v->width == width)
		return;
	for (int i = 0; i < PAGES; i++)
		styled_release(&v->at[i].text);
	exercise_task_text(v, &v->at[PAGE_TASK].text, width, unicode);
	exercise_work_text(v, &v->at[PAGE_WORK].text, width, unicode);
	v->width = width;
	v->stale = false;
}

static void
draw_page(struct exercise_view *v, struct canvas *c, enum exercise_page which,
	  struct rect r)
{
	struct exercise_page_state *p = &v->at[which];
	int most = (int)p->text.n - r.rows;

	p->rows = r.rows;
	if (p->first > most)
		p->first = most;
	if (p->first < 0)
		p->first = 0;
	for (int y = 0; y < r.rows && p->first + y < (int)p->text.n; y++)
		styled_draw(c, r.y + y, r.x, r.cols,
			    &p->text.line[p->first + y]);
}

/* How the work stands, in the upper right corner.  */
static enum role
standing(const struct exercise_view *v, struct buf *out)
{
	const struct result *r = practice_result(v->practice);
	struct judge_progress now;

	if (practice_progress(v->practice, &now)) {
		if (!now.check)
			buf_adds(out, _("compiling"));
		else
			buf_addf(out, _("checking %zu of %zu: %llu runs"),
				 now.done + 1, now.all,
				 (unsigned long long)now.runs);
		return ROLE_READY;
	}
	if (!r) {
		buf_adds(out, _("not checked yet"));
		return ROLE_DIM;
	}
	buf_addf(out, ngettext("%lld of %lld point", "%lld of %lld points",
			       r->maximum),
		 (long long)r->score, (long long)r->maximum);
	return r->verdict == GRADE_ACCEPT ? ROLE_GOOD : ROLE_BAD;
}

static void
draw_title(const struct exercise_view *v, struct canvas *c)
{
	const struct exercise *e = v->config.exercise;
	char *left = xasprintf("%s  %s", e->id.text, e->title.text);
	struct buf right = BUF_INIT;
	enum role role = standing(v, &right);
	int cells = cells_of(buf_str(&right));

	canvas_put_short(c, 0, 1, c->cols - cells - 4, ROLE_TITLE, left);
	canvas_put(c, 0, c->cols - cells - 1, cells, role, buf_str(&right));
	buf_release(&right);
	free(left);
}

static bool
has_failing_run(const struct exercise_view *v)
{
	const struct result *r = practice_result(v->practice);

	for (size_t i = 0; r && i < r->n_checks; i++)
		if (r->check[i].schedule)
			return true;
	return false;
}

/* The keys that mean something here and now.  */
static void
draw_keys(const struct exercise_view *v, struct canvas *c, int cols)
{
	enum action keys[12];
	int n = 0;

	if (v->config.exercise->questions.n)
		keys[n++] = ACTION_ANSWER;
	keys[n++] = v->config.exercise->mode.value == EXERCISE_SCHEDULE ?
		    ACTION_PLAY : ACTION_EDIT;
	keys[n++] = ACTION_CHECK;
	if (has_failing_run(v))
		keys[n++] = ACTION_OPEN;
	if (v->state.hints < exercise_hints_count(v))
		keys[n++] = ACTION_HINT;
	if (v->state.passed)
		keys[n++] = ACTION_SOLUTION;
	keys[n++] = ACTION_PAGE;
	keys[n++] = ACTION_HELP;
	keys[n++] = ACTION_CLOSE;
	keys[n++] = ACTION_RESET;
	keys[n] = ACTION_NONE;
	help_line(c, c->rows - 1, 0, cols, SCREEN_EXERCISE, keys);
}

static void
draw_bottom(const struct exercise_view *v, struct canvas *c)
{
	const struct exercise_page_state *p = &v->at[v->page];
	int below = (int)p->text.n - p->first - p->rows, cols = c->cols;

	if (below > 0) {
		cols -= 8;
		canvas_putf(c, c->rows - 1, cols, 8, ROLE_DIM, "%4d %s",
			    below, c->unicode ? "↓" : "v");
	}
	draw_keys(v, c, cols);
}

/* The page that the keys scroll has the brighter rule beside it.  */
static void
draw_wide(struct exercise_view *v, struct canvas *c)
{
	int half = c->cols / 2, rows = c->rows - 2;

	for (int y = 1; y < c->rows - 1; y++)
		canvas_put(c, y, half, 1, ROLE_BORDER,
			   glyph(c->unicode, GLYPH_VLINE));
	canvas_put(c, 1, v->page == PAGE_TASK ? 0 : half + 1, 1, ROLE_KEY,
		   glyph(c->unicode, GLYPH_POINTER));
	draw_page(v, c, PAGE_TASK, (struct rect){ 1, 1, rows, v->width });
	draw_page(v, c, PAGE_WORK,
		  (struct rect){ 1, half + 2, rows, v->width });
}

void
exercise_view_draw(struct exercise_view *v, struct canvas *c)
{
	bool wide = c->cols >= WIDE;
	int width = wide ? c->cols / 2 - 3 : c->cols - 2;

	make_texts(v, width > TEXT_MOST ? TEXT_MOST : width, c->unicode);
	draw_title(v, c);
	if (wide)
		draw_wide(v, c);
	else
		draw_page(v, c, v->page, (struct rect){ 1, 1, c->rows - 2,
							v->width });
	draw_bottom(v, c);
}

/* ---- the work behind it ---- */
/* A result has come: it counts once.  */
static void
count_result(struct exercise_view *v)
{
	const struct result *r = practice_result(v->practice);
	char *why = NULL;

	if (practice_count(v->practice) == v->counted)
		return;
	v->counted = practice_count(v->practice);
	v->unjudged = 0;
	v->stale = true;
	if (r->gradable)
		progress_exercise_tried(v->config.progress, v->key,
					(int)r->score, (int)r->maximum,
					r->verdict == GRADE_ACCEPT);
	progress_exercise(v->config.progress, v->key, &v->state);
	free(v->next);
	v->next = practice_keep_found(v->practice, &why);
	if (why)
		exercise_say(why);
}

int
exercise_view_poll(struct exercise_view *v, struct pollfd *fds)
{
	return practice_fds(v->practice, fds, SCREEN_POLLS_MAX);
}

bool
exercise_view_pump(struct exercise_view *v)
{
	bool changed = practice_advance(v->practice);

	count_result(v);
	return changed;
}

enum screen_answer
exercise_view_key(struct exercise_view *v, int key)
{
	struct exercise_page_state *p = &v->at[v->page];
	enum action action = keys_action(SCREEN_EXERCISE, key);
	int page = p->rows > 1 ? p->rows - 1 : 1;

	switch (action) {
	case ACTION_UP:
		p->first--;
		break;
	case ACTION_DOWN:
		p->first++;
		break;
	case ACTION_PAGE_UP:
		p->first -= page;
		break;
	case ACTION_PAGE_DOWN:
		p->first += page;
		break;
	case ACTION_FIRST:
		p->first = 0;
		break;
	case ACTION_LAST:
		p->first = (int)p->text.n;
		break;
	default:
		return exercise_do(v, action, key);
	}
	return SCREEN_STAY;
}
