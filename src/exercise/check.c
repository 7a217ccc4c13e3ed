/* Does an exercise make sense?  */
#include "config.h"

#include "base/i18n.h"
#include "base/suggest.h"
#include "condition/condition.h"
#include "exercise/check.h"
#include "exercise/values.h"
#include "report/result.h"
#include "schedule/strategy.h"
#include "session/plan.h"

#include <stdlib.h>
#include <string.h>

struct checking {
	const struct exercise *e;
	const char *file;
	struct problems *p;
	size_t before;		/* problems that were there already */
};

#define WRONG(c, line, ...) problem_add((c)->p, (c)->file, line, __VA_ARGS__)

static const char *const small = "abcdefghijklmnopqrstuvwxyz0123456789-";
static const char *const endings[] = { ".c", ".h", ".cc", ".hh", ".yaml", "" };

bool
exercise_name_is_sound(const char *name)
{
	size_t n = strlen(name);

	return n > 0 && n <= 32 && *name != '-' && strspn(name, small) == n;
}

bool
exercise_file_is_sound(const char *name)
{
	const char *dot = strrchr(name, '.');

	if (!*name || *name == '.' || *name == '-' || strlen(name) > 64)
		return false;
	for (const char *s = name; *s; s++)
		if (!(*s >= 'a' && *s <= 'z') && !(*s >= 'A' && *s <= 'Z') &&
		    !(*s >= '0' && *s <= '9') && !strchr("._-", *s))
			return false;
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
		if (strcmp(dot ? dot : "", endings[i]) == 0)
			return true;
	return false;
}

/* ---- words ---- */
static const char *const allowances[] = {
#define ALLOW_WORD(name, word) word,
	ALLOWANCES(ALLOW_WORD)
#undef ALLOW_WORD
};

static int
allowance_named(const char *word)
{
	for (int i = 0; i < ALLOWANCES_COUNT; i++)
		if (strcmp(allowances[i], word) == 0)
			return i;
	return -1;
}

unsigned
exercise_allows(const struct exercise_check *c)
{
	unsigned bits = 0;

	for (size_t i = 0; i < c->allow.n; i++)
		bits |= 1U << allowance_named(c->allow.text[i].text);
	return bits;
}

int
exercise_status(const struct yaml_text *status)
{
	if (!status->text)
		return 0;
	return strcmp(status->text, "any") == 0 ? -1 : atoi(status->text);
}

/* ---- the parts that several blocks have ---- */
static void
check_id(struct checking *c, const struct yaml_text *id)
{
	if (id->text && !exercise_name_is_sound(id->text))
		WRONG(c, id->line, _("'%.40s' is no name: small letters, "
				     "digits and '-', 32 at most"), id->text);
}

static void
check_status(struct checking *c, const struct yaml_text *status)
{
	char *end;
	long value;

	if (!status->text || strcmp(status->text, "any") == 0)
		return;
	value = strtol(status->text, &end, 10);
	if (end == status->text || *end || value < 0 || value > 255)
		WRONG(c, status->line, _("status: '%.40s' is neither 'any' nor "
					 "a number from 0 to 255"),
		      status->text);
}

static void
check_rules(struct checking *c, const struct yaml_texts *rules)
{
	struct rule rule;
	char *why = NULL;

	for (size_t i = 0; i < rules->n; i++) {
		const struct yaml_text *it = &rules->text[i];

		if (rule_parse(&rule, it->text, &why) < 0)
			WRONG(c, it->line, "%s", why);
		else if (rule.modality == UNTIL)
			WRONG(c, it->line, _("a rule begins with always, "
					     "never, finally or once"));
		rule_release(&rule);
	}
	free(why);
}

static void
check_condition(struct checking *c, const struct yaml_text *text)
{
	struct condition *condition;
	char *why = NULL;

	if (!text->text)
		return;
	condition = condition_parse(text->text, &why);
	if (!condition)
		WRONG(c, text->line, "%s", why);
	condition_free(condition);
	free(why);
}

static void
check_values(struct checking *c, const struct yaml_text *text)
{
	char *why = NULL;

	if (text->text && values_are_sound(text->text, &why) < 0)
		WRONG(c, text->line, "%s", why);
	free(why);
}

static void
check_all_values(struct checking *c, const struct yaml_texts *texts)
{
	for (size_t i = 0; i < texts->n; i++)
		check_values(c, &texts->text[i]);
}

static void
check_verdict(struct checking *c, const struct yaml_text *verdict)
{
	struct suggest near = SUGGEST_INIT(verdict->text);

	if (!verdict->text || grade_named(verdict->text) != GRADES_COUNT)
		return;
	for (int i = 0; i < GRADES_COUNT; i++)
		suggest_try(&near, grade_word(i));
	WRONG(c, verdict->line, suggest_best(&near) ?
	      _("'%.40s' is no verdict; did you mean '%s'?") :
	      _("'%.40s' is no verdict"), verdict->text, suggest_best(&near));
}

/* ---- blocks ---- */
static const struct exercise_check *
check_named(const struct exercise *e, const char *id, size_t before)
{
	const struct exercise_check *it;

	for (size_t i = 0; i < before && (it = exercise_check(e, i)); i++)
		if (it->id.text && strcmp(it->id.text, id) == 0)
			return it;
	return NULL;
}

static bool
has_program(const struct exercise *e, const char *name)
{
	const struct exercise_program *all = e->build.programs.at;
	size_t n = strlen(name);

	for (size_t i = 0; i < e->build.programs.n; i++)
		if (all[i].name.text && strcmp(all[i].name.text, name) == 0)
			return true;
	for (size_t i = 0; !e->build.programs.n && i < e->files.n; i++)
		if (strncmp(e->files.text[i].text, name, n) == 0 &&
		    strncmp(e->files.text[i].text + n, ".c", 2) == 0)
			return true;
	return false;
}

static void
check_words(struct checking *c, const struct exercise_check *it, size_t i)
{
	for (size_t k = 0; k < it->needs.n; k++)
		if (!check_named(c->e, it->needs.text[k].text, i))
			WRONG(c, it->needs.text[k].line, _("needs: '%.40s' is "
			      "no check that stands before this one"),
			      it->needs.text[k].text);
	for (size_t k = 0; k < it->allow.n; k++)
		if (allowance_named(it->allow.text[k].text) < 0)
			WRONG(c, it->allow.text[k].line, _("allow: '%.40s' is "
			      "none of races, leaks, busy-wait, sleep"),
			      it->allow.text[k].text);
	if (it->explore.strategy.text &&
	    !strategy_find(it->explore.strategy.text))
		WRONG(c, it->explore.strategy.line, _("there is no strategy "
		      "'%.40s'"), it->explore.strategy.text);
	if (it->program.text && !has_program(c->e, it->program.text))
		WRONG(c, it->program.line, _("there is no program '%.40s'"),
		      it->program.text);
}

static void
check_check(struct checking *c, const struct exercise_check *it, size_t i)
{
	const struct exercise_file *file = it->files.at;

	check_id(c, &it->id);
	if (it->id.text && check_named(c->e, it->id.text, i))
		WRONG(c, it->id.line, _("there are two checks '%.40s'"),
		      it->id.text);
	check_words(c, it, i);
	check_status(c, &it->status);
	check_all_values(c, &it->args);
	check_all_values(c, &it->env);
	check_all_values(c, &it->rules);
	check_values(c, &it->input);
	check_values(c, &it->output);
	check_rules(c, &it->rules);
	for (size_t k = 0; k < it->somewhere.n; k++)
		check_condition(c, &it->somewhere.text[k]);
	for (size_t k = 0; k < it->files.n; k++) {
		check_values(c, &file[k].text);
		if (file[k].name.text &&
		    !exercise_file_is_sound(file[k].name.text))
			WRONG(c, file[k].name.line, _("'%.40s' is no name of "
			      "a file that can be here"), file[k].name.text);
	}
}

static void
check_bug(struct checking *c, const struct exercise_bug *it)
{
	check_id(c, &it->id);
	check_verdict(c, &it->verdict);
	check_condition(c, &it->when);
	if (it->check.text &&
	    !check_named(c->e, it->check.text, c->e->checks.n))
		WRONG(c, it->check.line, _("there is no check '%.40s'"),
		      it->check.text);
}

static void
check_plan(struct checking *c, const struct yaml_text *text)
{
	struct plan plan;
	char *why = NULL;

	if (plan_parse(&plan, text->text, &why) < 0)
		WRONG(c, text->line, "%s", why);
	plan_release(&plan);
	free(why);
}

/* Of the exercise's own: nothing that is handed in makes it.  */
static void
check_named_program(struct checking *c, const struct yaml_text *name)
{
	if (name->text && !has_program(c->e, name->text))
		WRONG(c, name->line, _("there is no program '%.40s'"),
		      name->text);
}

/* A single run tells these.  */
static void
check_goal(struct checking *c, const struct exercise_goal *g)
{
	static const char *const words[] = { "wrong", "deadlock", "crash",
					     "any" };
	bool known = false;

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		known |= g->verdict.text &&
			 strcmp(g->verdict.text, words[i]) == 0;
	if (g->verdict.text && !known)
		WRONG(c, g->verdict.line, _("a goal's verdict is wrong, "
		      "deadlock, crash or any, not '%.40s'"),
		      g->verdict.text);
	check_named_program(c, &g->program);
	check_rules(c, &g->rules);
	check_status(c, &g->status);
}

static void
check_question(struct checking *c, const struct exercise_question *it,
	       size_t before)
{
	const struct exercise_answer *answer = it->answers.at;

	check_id(c, &it->id);
	check_named_program(c, &it->program);
	check_plan(c, &it->schedule);
	check_condition(c, &it->until);
	for (size_t i = 0; i < before; i++)
		if (it->id.text && strcmp(exercise_question(c->e, i)->id.text,
					  it->id.text) == 0)
			WRONG(c, it->id.line, _("there are two questions "
			      "'%.40s'"), it->id.text);
	if (it->answers.n < 2)
		WRONG(c, it->line, _("a question has at least two answers"));
	for (size_t i = 0; i < it->answers.n; i++)
		check_condition(c, &answer[i].holds);
}

/* Only what cannot reach outside, nor change what is being compiled for.  */
static bool
flag_is_sound(const char *flag)
{
	static const char *const begin[] = {
		"-D", "-std=", "-W", "-Wno-", "-lm", "-lrt", "-lpthread",
		"-pthread", "-O0", "-O1", "-O2", "-O3", "-g"
	};

	if (strchr(flag, '/') || strncmp(flag, "-Wl", 3) == 0 ||
	    strncmp(flag, "-Wp", 3) == 0 || strncmp(flag, "-Wa", 3) == 0)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(begin); i++)
		if (strncmp(flag, begin[i], strlen(begin[i])) == 0 &&
		    (begin[i][1] == 'D' || begin[i][1] == 'W' ||
		     begin[i][1] == 's' || strcmp(flag, begin[i]) == 0))
			return true;
	return false;
}

static void
check_build(struct checking *c)
{
	const struct exercise_program *program = c->e->build.programs.at;
	const struct yaml_texts *flags = &c->e->build.flags;

	for (size_t i = 0; i < c->e->files.n; i++)
		if (!exercise_file_is_sound(c->e->files.text[i].text))
			WRONG(c, c->e->files.text[i].line, _("'%.40s' is no "
			      "name of a file that can be here"),
			      c->e->files.text[i].text);
	for (size_t i = 0; i < flags->n; i++)
		if (!flag_is_sound(flags->text[i].text))
			WRONG(c, flags->text[i].line, _("flags: '%.40s' is not "
			      "allowed"), flags->text[i].text);
	for (size_t i = 0; i < c->e->build.programs.n; i++)
		check_id(c, &program[i].name);
}

/* What each mode must have, and must not.  */
static void
check_mode(struct checking *c)
{
	const struct exercise *e = c->e;
	bool program = e->mode.value == EXERCISE_FIX ||
		       e->mode.value == EXERCISE_WRITE;

	if ((e->mode.value == EXERCISE_PREDICT) != (e->questions.n > 0))
		WRONG(c, e->mode.line, _("questions belong to the mode "
					 "'predict', and it needs them"));
	if ((e->mode.value == EXERCISE_SCHEDULE) != (e->goal.line > 0))
		WRONG(c, e->mode.line, _("a goal belongs to the mode "
					 "'schedule', and it needs one"));
	if (program != (e->checks.n > 0))
		WRONG(c, e->mode.line, _("checks belong to the modes 'fix' and "
					 "'write', and they need some"));
	if (program && e->files.n == 0)
		WRONG(c, e->mode.line, _("the key 'files' is missing"));
}

int
exercise_is_sound(const struct exercise *e, const char *file,
		  struct problems *p)
{
	struct problems unseen = PROBLEMS_INIT;
	struct checking c = { e, file, p ? p : &unseen, 0 };
	bool sound;

	c.before = c.p->n;
	check_mode(&c);
	check_build(&c);
	for (size_t i = 0; i < e->checks.n; i++)
		check_check(&c, exercise_check(e, i), i);
	for (size_t i = 0; i < e->questions.n; i++)
		check_question(&c, exercise_question(e, i), i);
	for (size_t i = 0; i < e->bugs.n; i++)
		check_bug(&c, exercise_bug(e, i));
	if (e->goal.line)
		check_goal(&c, &e->goal);
	sound = c.p->n == c.before;
	problems_release(&unseen);
	return sound ? 0 : -1;
}
