/* The two pages of the exercise screen: the task, and how the work stands.  */
#include "config.h"

#include "view/exercise_inside.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "exercise/workspace.h"
#include "lesson/markdown.h"

#include <stdlib.h>
#include <string.h>

struct writing {
	const struct exercise_view *v;
	struct styled *out;
	struct look look;
};

static void
blank(struct writing *w)
{
	size_t n = w->out->n;

	if (n && w->out->line[n - 1].text[0])
		styled_plain_line(w->out, STYLE_TEXT, "");
}

/* Text as it is, in one style, behind some blanks; long lines are broken.  */
static void
lines(struct writing *w, enum text_style style, int indent, const char *text)
{
	struct run blanks = RUN_INIT;

	for (int i = 0; i < indent; i++)
		run_adds(&blanks, style, " ");
	while (text && *text) {
		struct run body = RUN_INIT;
		size_t n = strcspn(text, "\n");

		run_add(&body, style, text, n);
		if (n)
			styled_wrap(w->out, &body, w->look.width, &blanks,
				    &blanks);
		else
			styled_plain_line(w->out, style, "");
		run_release(&body);
		text += n + (text[n] == '\n');
	}
	run_release(&blanks);
}

/* The columns of a picture stay what they are, and are cut at the edge.  */
static void
picture(struct writing *w, const char *text)
{
	while (text && *text) {
		size_t n = strcspn(text, "\n");
		char *line = xasprintf("  %.*s", (int)n, text);

		styled_plain_line(w->out, STYLE_CODE, line);
		free(line);
		text += n + (text[n] == '\n');
	}
}

static void
markdown_file(struct writing *w, const char *name)
{
	const struct exercise_view *v = w->v;
	char *text = exercise_text(v->config.exercise, name, v->language);

	if (text)
		markdown_lines(w->out, text, strlen(text), &w->look);
	free(text);
}

void
exercise_task_text(const struct exercise_view *v, struct styled *out,
		   int width, bool unicode)
{
	struct writing w = { v, out, { width, unicode, false } };

	markdown_file(&w, "task.md");
}

/* ---- how the work stands ---- */
static const struct result_check *
check_of(const struct exercise_view *v, const char *id)
{
	const struct result *r = practice_result(v->practice);

	for (size_t i = 0; r && i < r->n_checks; i++)
		if (strcmp(r->check[i].id, id) == 0)
			return &r->check[i];
	return NULL;
}

static void
heading(struct writing *w, const char *text)
{
	blank(w);
	lines(w, STYLE_TITLE, 0, text);
}

/* What hindered it, with all that helps to see why.  */
static void
failure(struct writing *w, const struct result_check *c)
{
	char *said = c->message ? xasprintf("%s: %s", grade_title(c->verdict),
					    c->message) :
		     xstrdup(grade_title(c->verdict));
	char *args = cells_middle(c->args ? c->args : "", RESULT_ARGS_SHOWN);
	char *with = *args ? xasprintf(_("with the arguments: %s"), args)
			   : NULL;

	lines(w, c->verdict == GRADE_SKIPPED ? STYLE_DIM : STYLE_BAD, 4, said);
	lines(w, STYLE_DIM, 4, with);
	lines(w, STYLE_STRONG, 4, c->says);
	picture(w, c->picture);
	free(with);
	free(args);
	free(said);
}

static const char *
tick_of(const struct writing *w, const struct result_check *c)
{
	if (!c || c->verdict == GRADE_SKIPPED)
		return "[ ] ";
	if (c->verdict != GRADE_ACCEPT)
		return w->look.unicode ? "[✗] " : "[x] ";
	return w->look.unicode ? "[✓] " : "[+] ";
}

static enum text_style
style_of(const struct result_check *c)
{
	return !c || c->verdict == GRADE_SKIPPED ? STYLE_TEXT :
	       c->verdict == GRADE_ACCEPT ? STYLE_GOOD : STYLE_BAD;
}

/* One condition: its points, its sentence, and the very rules.  */
static void
condition(struct writing *w, const struct exercise_check *c)
{
	const struct result_check *got = check_of(w->v, c->id.text);
	struct run mark = RUN_INIT, body = RUN_INIT, rest = RUN_INIT;
	char *points = xasprintf(ngettext("%s (%d point)", "%s (%d points)",
					  (unsigned long)c->points.value),
				 c->title.text, (int)c->points.value);

	run_adds(&mark, style_of(got), tick_of(w, got));
	run_adds(&rest, STYLE_TEXT, "    ");
	run_adds(&body, STYLE_TEXT, points);
	styled_wrap(w->out, &body, w->look.width, &mark, &rest);
	run_release(&mark);
	run_release(&body);
	run_release(&rest);
	free(points);
	for (size_t i = 0; i < c->rules.n; i++)
		lines(w, STYLE_DIM, 4, c->rules.text[i].text);
	if (got && got->verdict != GRADE_ACCEPT)
		failure(w, got);
}

/* A question: its answers by number, the chosen one marked.  */
static void
question(struct writing *w, const struct exercise_question *q, int i)
{
	const struct result_check *got = w->v->unjudged == i + 1 ? NULL :
					 check_of(w->v, q->id.text);
	const struct exercise_answer *answer = q->answers.at;
	int64_t chosen = w->v->answers[i];
	char *mark = xasprintf("%s%s", i == w->v->question ? "> " : "  ",
			       tick_of(w, chosen ? got : NULL));

	blank(w);
	markdown_item(w->out, style_of(chosen ? got : NULL), mark,
		      q->ask.text, &w->look);
	for (size_t k = 0; k < q->answers.n; k++) {
		bool it = (int64_t)k + 1 == chosen;
		char *number = xasprintf(it ? "   (%zu) " : "    %zu  ",
					 k + 1);

		markdown_item(w->out, it ? STYLE_STRONG : STYLE_TEXT, number,
			      answer[k].text.text, &w->look);
		free(number);
	}
	if (chosen && got && got->verdict != GRADE_ACCEPT)
		failure(w, got);
	free(mark);
}

/* What the learner's schedule is to do.  */
static void
goal(struct writing *w)
{
	const struct exercise_goal *g = &w->v->config.exercise->goal;
	const struct result *r = practice_result(w->v->practice);

	if (!g->line)
		return;
	lines(w, STYLE_TEXT, 0, _("Put the program on the stage, and find an "
				  "order in which this is not kept:"));
	for (size_t i = 0; i < g->rules.n; i++)
		lines(w, STYLE_STRONG, 4, g->rules.text[i].text);
	for (size_t i = 0; r && i < r->n_checks; i++) {
		char *line = xasprintf("%s%s", tick_of(w, &r->check[i]),
				       r->check[i].title);

		blank(w);
		lines(w, style_of(&r->check[i]), 0, line);
		if (r->check[i].verdict != GRADE_ACCEPT)
			failure(w, &r->check[i]);
		else
			lines(w, STYLE_TEXT, 4, r->check[i].claim);
		free(line);
	}
}

static void
conditions(struct writing *w)
{
	const struct exercise *e = w->v->config.exercise;
	const struct exercise_check *c;

	for (size_t i = 0; (c = exercise_check(e, i)); i++)
		if (c->visibility.value == VISIBILITY_VISIBLE)
			condition(w, c);
	for (size_t i = 0; i < e->questions.n; i++)
		question(w, exercise_question(e, i), (int)i);
	goal(w);
}

/* What the compiler said, or why nothing was looked at.  */
static void
build(struct writing *w)
{
	const struct result *r = practice_result(w->v->practice);

	if (!r || r->build == GRADE_ACCEPT)
		return;
	lines(w, STYLE_BAD, 0, grade_title(r->build));
	lines(w, STYLE_TEXT, 2, r->build_message);
	lines(w, STYLE_CODE, 2, r->diagnostics);
	blank(w);
}

/* Of the first that failed and that has one.  */
static const char *
bug_hint(const struct exercise_view *v)
{
	const struct result *r = practice_result(v->practice);

	for (size_t i = 0; r && i < r->n_checks; i++)
		if (r->check[i].hint)
			return r->check[i].hint;
	return NULL;
}

int
exercise_hints_count(const struct exercise_view *v)
{
	return (int)v->config.exercise->hints.n + (bug_hint(v) != NULL);
}

static void
hints(struct writing *w)
{
	const struct yaml_texts *all = &w->v->config.exercise->hints;
	int n = exercise_hints_count(w->v);

	if (w->v->state.hints)
		heading(w, _("Hints"));
	for (int i = 0; i < w->v->state.hints && i < n; i++) {
		char *mark = xasprintf("%d/%d ", i + 1, n);

		markdown_item(w->out, STYLE_KEY, mark, i < (int)all->n ?
			      all->text[i].text : bug_hint(w->v), &w->look);
		free(mark);
	}
}

/* ---- after passing ---- */
/* The student's pack has none.  */
static void
solution(struct writing *w)
{
	const struct exercise *e = w->v->config.exercise;
	bool any = false;

	heading(w, _("A solution"));
	for (size_t i = 0; i < e->files.n; i++) {
		char *text = workspace_solution(e, i);

		if (text) {
			lines(w, STYLE_STRONG, 0, e->files.text[i].text);
			picture(w, text);
			blank(w);
			any = true;
		}
		free(text);
	}
	if (!any)
		lines(w, STYLE_DIM, 0, _("This pack comes without solutions."));
}

static void
files(struct writing *w)
{
	const struct exercise_view *v = w->v;
	const struct yaml_texts *all = &v->config.exercise->files;
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < all->n; i++)
		buf_addf(&names, "%s%s", i ? "  " : "", all->text[i].text);
	lines(w, STYLE_DIM, 0, v->folder);
	lines(w, STYLE_STRONG, 2, buf_str(&names));
	buf_release(&names);
	blank(w);
}

void
exercise_work_text(const struct exercise_view *v, struct styled *out,
		   int width, bool unicode)
{
	struct writing w = { v, out, { width, unicode, false } };

	files(&w);
	build(&w);
	conditions(&w);
	hints(&w);
	if (v->next && *v->next) {
		char *line = xasprintf(_("Next, mend it: %s.  Your schedule "
					 "will be tried on what you hand in."),
				       v->next);

		blank(&w);
		lines(&w, STYLE_STRONG, 0, line);
		free(line);
	}
	if (v->state.passed) {
		heading(&w, _("What this was about"));
		markdown_file(&w, "debrief.md");
	}
	if (v->solution)
		solution(&w);
}
