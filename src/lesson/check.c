/*
 * What a reader of single lines cannot see: ids that are used twice,
 * programs that are not there, parts that a kind of step must have.
 */
#include "config.h"

#include "lesson/lesson.h"

#include "condition/condition.h"
#include "lesson/need.h"
#include "lesson/search.h"
#include "session/plan.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct check {
	const struct lesson *lesson;
	struct problems *problems;
};

static size_t
count_parts(const struct lesson_step *step, enum part_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < step->n; i++)
		n += step->part[i].kind == kind;
	return n;
}

static bool
has_question(const struct lesson_step *step)
{
	return count_parts(step, PART_QUESTION) > 0;
}

static bool
has_experiment(const struct lesson_step *step)
{
	return count_parts(step, PART_EXPERIMENT) > 0;
}

static bool
has_run(const struct lesson_step *step)
{
	return has_experiment(step) || count_parts(step, PART_CLAIM) > 0;
}

static bool
settles(const struct lesson_step *step)
{
	return has_question(step) && has_run(step);
}

/* A table's second line is made of these.  */
static bool
ends_in_table(const struct lesson_step *step)
{
	const char *text = NULL, *line;

	for (size_t i = 0; i < step->n; i++)
		if (step->part[i].kind == PART_TEXT)
			text = step->part[i].text;
	for (line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (*line == '|' && line[strspn(line, "|-: \t")] == '\n')
			return true;
	}
	return false;
}

static const struct must {
	bool (*met)(const struct lesson_step *step);
	const char *what;
} musts[STEP_KINDS] = {
	[STEP_PREDICT] = { has_question, "a question" },
	[STEP_DO] = { has_experiment, "an experiment" },
	[STEP_BREAK] = { has_experiment, "an experiment" },
	[STEP_MYTH] = { settles, "a question, and an experiment or claims "
				 "that settle it" },
	[STEP_REAL] = { has_run, "an experiment or a claim" },
	[STEP_WRONG] = { has_run, "an experiment or a claim" },
	[STEP_SUMMARY] = { ends_in_table, "a table" },
};

static void
check_item(const struct check *c, const struct item *it, int line,
	   const char *block, const char *key)
{
	if (!it->text || !*it->text)
		problem_add(c->problems, c->lesson->file,
			    it->text ? it->line : line, "the %s lacks %s:",
			    block, key);
}

static bool
file_exists(const struct lesson *l, const char *name)
{
	char *path = xasprintf("%s/%s", l->folder, name);
	bool there = access(path, R_OK) == 0;

	free(path);
	return there;
}

/* A path below the experiment's folder, which it must not leave.  */
static bool
path_stays(const char *path, size_t len)
{
	char *copy = xasprintf("/%.*s/", (int)len, path);
	bool stays = len > 0 && *path != '/' && !strstr(copy, "/../") &&
		     !strstr(copy, "/./") && !strstr(copy, "//");

	free(copy);
	return stays;
}

static void
check_files(const struct check *c, const struct items *files)
{
	for (size_t i = 0; i < files->n; i++) {
		const struct item *it = &files->item[i];
		size_t len = strcspn(it->text, "=");

		if (!it->text[len] || !path_stays(it->text, len))
			problem_add(c->problems, it->file, it->line,
				    "files: PATH=CONTENT, with a path below "
				    "the folder that the program runs in");
	}
}

static void
check_needs(const struct check *c, const struct item *it)
{
	const char *p = it->text;
	size_t len;

	for (; p && (len = word_next(&p)); p += len) {
		char *word = xstrndup(p, len);
		const struct need *n = need_find(word, len);

		if (!n && need_meant(word))
			problem_add(c->problems, it->file, it->line,
				    "needs: does not know %s; did you mean "
				    "%s?", word, need_meant(word));
		else if (!n)
			problem_add(c->problems, it->file, it->line,
				    "needs: does not know %s; known are the "
				    "words of docs/lesson-format.md", word);
		free(word);
	}
}

/* Number 0 may be another program's where the run has none of its own.  */
static void
check_removal(const struct check *c, const struct setup *s)
{
	static const char needed[] = "ipc-namespaces";
	const char *head = c->lesson->needs.text, *own = s->needs.text;

	if (s->command.text && strstr(s->command.text, "ipcrm") &&
	    !(head && strstr(head, needed)) && !(own && strstr(own, needed)))
		problem_add(c->problems, s->command.file, s->command.line,
			    "ipcrm may remove what others have made: it "
			    "takes needs: %s", needed);
}

static void
check_setup(const struct check *c, const struct setup *s, int line,
	    const char *block, bool may_lack)
{
	const char *word = s->program.text;
	size_t len;

	if (s->program.text && s->command.text)
		problem_add(c->problems, s->command.file, s->command.line,
			    "the %s has both program: and command:", block);
	else if (!s->program.text && !s->command.text && !may_lack)
		problem_add(c->problems, c->lesson->file, line,
			    "the %s says neither program: nor command:",
			    block);
	if (word) {
		len = word_next(&word);
		if (!lesson_has_program(c->lesson, word, len))
			problem_add(c->problems, s->program.file,
				    s->program.line, "%.*s is not among the "
				    "programs: of the head", (int)len, word);
	}
	check_files(c, &s->files);
	check_needs(c, &s->needs);
	check_removal(c, s);
}

static void
check_condition(const struct check *c, const struct item *it)
{
	struct condition *parsed;
	char *why = NULL;

	if (!it->text)
		return;
	parsed = condition_parse(it->text, &why);
	if (!parsed)
		problem_add(c->problems, it->file, it->line, "%s", why);
	condition_free(parsed);
	free(why);
}

static void
check_conditions(const struct check *c, const struct items *list)
{
	for (size_t i = 0; i < list->n; i++)
		check_condition(c, &list->item[i]);
}

static void
check_right(const struct check *c, const struct right *r)
{
	check_conditions(c, &r->never);
	check_conditions(c, &r->always);
	check_conditions(c, &r->finally);
}

static void
check_schedule(const struct check *c, const struct item *it)
{
	struct plan plan;
	char *why = NULL;

	if (plan_parse(&plan, it->text, &why) < 0)
		problem_add(c->problems, it->file, it->line,
			    "the schedule cannot be read: %s", why);
	plan_release(&plan);
	free(why);
}

static void
check_experiment(const struct check *c, const struct part *part)
{
	const struct experiment *e = part->experiment;

	check_item(c, &e->id, part->line, "experiment", "id");
	if (e->id.text && lesson_experiment(c->lesson, e->id.text) != e)
		problem_add(c->problems, e->id.file, e->id.line,
			    "the experiment's id %s is used twice",
			    e->id.text);
	check_setup(c, &e->setup, part->line, "experiment", false);
	check_condition(c, &e->goal);
	check_right(c, &e->right);
	search_check_right(&e->right, c->problems);
	if (e->goal_says.text && !e->goal.text)
		problem_add(c->problems, c->lesson->file, e->goal_says.line,
			    "goal-says: needs a goal: that it says");
}

static void
check_claim(const struct check *c, const struct part *part)
{
	const struct claim *claim = part->claim;
	const char *id = claim->experiment.text;

	check_item(c, &claim->says, part->line, "claim", "says");
	if (id && !lesson_experiment(c->lesson, id))
		problem_add(c->problems, claim->experiment.file,
			    claim->experiment.line,
			    "no experiment of this lesson has the id %s", id);
	check_setup(c, &claim->setup, part->line, "claim", id != NULL);
	check_schedule(c, &claim->schedule);
	check_condition(c, &claim->until);
	check_conditions(c, &claim->then);
	check_right(c, &claim->right);
	search_check(c->lesson, claim, c->problems);
	if (!claim->until.text && !claim->then.n && !claim->explore.text &&
	    !claim->right.never.n && !claim->right.always.n &&
	    !claim->right.finally.n)
		problem_add(c->problems, c->lesson->file, part->line,
			    "the claim asserts nothing: it needs until:, "
			    "then:, never:, always:, finally: or explore:");
}

static void
check_excerpt(const struct check *c, const struct part *part)
{
	const struct excerpt *e = part->excerpt;
	char *path = xasprintf("%s/%s", c->lesson->folder, e->file);
	struct buf text = BUF_INIT;
	int lines = 0;

	if (!path_stays(e->file, strlen(e->file)) ||
	    buf_read_file(&text, path, 1 << 20, NULL) < 0) {
		problem_add(c->problems, c->lesson->file, part->line,
			    "there is no file %s to show lines of", e->file);
	} else {
		for (size_t i = 0; i < text.len; i++)
			lines += text.data[i] == '\n';
		if (e->last > lines)
			problem_add(c->problems, c->lesson->file, part->line,
				    "%s has %d lines, not %d", e->file, lines,
				    e->last);
	}
	buf_release(&text);
	free(path);
}

static void (*const part_checks[PART_KINDS])(const struct check *c,
					     const struct part *part) = {
	[PART_EXPERIMENT] = check_experiment,
	[PART_CLAIM] = check_claim,
	[PART_EXCERPT] = check_excerpt,
};

static void
check_step(const struct check *c, size_t i)
{
	const struct lesson_step *step = &c->lesson->step[i];

	for (size_t j = 0; j < i; j++)
		if (*step->id && strcmp(c->lesson->step[j].id, step->id) == 0)
			problem_add(c->problems, c->lesson->file, step->line,
				    "the step's id #%s is used twice",
				    step->id);
	if (musts[step->kind].met && !musts[step->kind].met(step))
		problem_add(c->problems, c->lesson->file, step->line,
			    "a step of kind %s must have %s",
			    step_kind_name(step->kind),
			    musts[step->kind].what);
	for (size_t j = 0; j < step->n; j++) {
		const struct part *part = &step->part[j];

		if (part_checks[part->kind])
			part_checks[part->kind](c, part);
	}
}

/* "points", or "points counter.c": some of the programs alone.  */
static void
check_compile(const struct check *c)
{
	const struct item *it = &c->lesson->compile;
	const char *p = it->text ? it->text : "";
	size_t len = word_next(&p);

	if (len && (len != 6 || memcmp(p, "points", len) != 0))
		problem_add(c->problems, it->file, it->line,
			    "compile: is points, with or without programs "
			    "behind it, not \"%.*s\"", (int)len, p);
	while (len && (p += len, len = word_next(&p)))
		if (!lesson_has_program(c->lesson, p, len))
			problem_add(c->problems, it->file, it->line,
				    "compile: %.*s is not among the programs: "
				    "of the head", (int)len, p);
}

static void
check_head(const struct check *c)
{
	const struct lesson *l = c->lesson;
	const char *p = l->programs.text ? l->programs.text : "";
	size_t len;
	char *name;

	if (l->minutes.text && (atoi(l->minutes.text) < 1 ||
				l->minutes.text[strspn(l->minutes.text,
						       "0123456789")]))
		problem_add(c->problems, l->minutes.file, l->minutes.line,
			    "minutes: is a number, not \"%s\"",
			    l->minutes.text);
	check_needs(c, &l->needs);
	check_compile(c);
	for (; (len = word_next(&p)); p += len) {
		name = xstrndup(p, len);
		if (len < 3 || strcmp(name + len - 2, ".c") != 0 ||
		    strchr(name, '/'))
			problem_add(c->problems, l->programs.file,
				    l->programs.line, "programs: names files "
				    "like fill.c, not \"%s\"", name);
		else if (!file_exists(l, name))
			problem_add(c->problems, l->programs.file,
				    l->programs.line,
				    "there is no program %s in %s", name,
				    l->folder);
		free(name);
	}
}

void
lesson_check(const struct lesson *l, struct problems *p)
{
	const struct check c = { .lesson = l, .problems = p };

	check_head(&c);
	for (size_t i = 0; i < l->n; i++)
		check_step(&c, i);
}
