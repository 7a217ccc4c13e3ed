/* See secret.h.  */
#include "config.h"

#include "author/secret.h"
#include "exercise/table.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

/* ---- files ---- */
/* The first that fits counts; what is not here is nobody's business.  */
static const struct {
	const char *pattern;
	enum secret_kind kind;
} files[] = {
	{ "exercise.yaml", SECRET_PARTLY },
	{ "exercise.*.yaml", SECRET_PARTLY },
	{ "task.md", SECRET_NOT }, { "task.*.md", SECRET_NOT },
	{ "debrief.md", SECRET_NOT }, { "debrief.*.md", SECRET_NOT },
	{ "start/*", SECRET_NOT },
	{ "tests/*", SECRET_WHOLE },
	{ "solutions/*", SECRET_WHOLE },
	{ "*", SECRET_WHOLE },
};

enum secret_kind
secret_of_file(const char *path)
{
	size_t i = 0;

	/* In the last rows "*" stands for folders, too.  */
	while (i + 1 < ARRAY_SIZE(files) &&
	       fnmatch(files[i].pattern, path, FNM_PATHNAME | FNM_PERIOD) != 0)
		i++;
	return files[i].kind;
}

/* ---- parts of exercise.yaml ---- */
static bool
program_is_secret(const struct exercise *e, size_t i)
{
	const struct exercise_program *all = e->build.programs.at;

	for (size_t k = 0; k < all[i].sources.n; k++)
		if (strncmp(all[i].sources.text[k].text, "tests/", 6) == 0)
			return true;
	return false;
}

/* NULL: the first.  */
static bool
needs_secret_program(const struct exercise *e, const char *name)
{
	const struct exercise_program *all = e->build.programs.at;

	for (size_t i = 0; i < e->build.programs.n; i++)
		if (name ? strcmp(all[i].name.text, name) == 0 : i == 0)
			return program_is_secret(e, i);
	return false;
}

static bool
check_is_secret(const struct exercise *e, size_t i)
{
	const struct exercise_check *c = exercise_check(e, i);

	return c->visibility.value != VISIBILITY_VISIBLE ||
	       needs_secret_program(e, c->program.text);
}

/* What it says is said of a check that is.  */
static bool
bug_is_secret(const struct exercise *e, size_t i)
{
	const struct exercise_bug *bug = exercise_bug(e, i);

	for (size_t k = 0; bug->check.text && k < e->checks.n; k++)
		if (strcmp(exercise_check(e, k)->id.text,
			   bug->check.text) == 0)
			return check_is_secret(e, k);
	return false;
}

static bool
question_is_secret(const struct exercise *e, size_t i)
{
	return needs_secret_program(e, exercise_question(e, i)->program.text);
}

/* In the order in which they go: a bug asks for checks, a check for
 * programs.  */
static const struct part {
	const char *in, *key;		/* in: a mapping, or NULL */
	bool (*is_secret)(const struct exercise *e, size_t i);
} parts[] = {
	{ NULL, "bugs", bug_is_secret },
	{ NULL, "checks", check_is_secret },
	{ NULL, "questions", question_is_secret },
	{ "build", "programs", program_is_secret },
};

static const struct yaml_field *
field_named(const struct yaml_table *table, const char *key)
{
	const struct yaml_field *f = table->fields;

	while (strcmp(f->key, key) != 0)
		f++;
	return f;
}

/* The first program is the default: when it goes, another would be that.  */
static void
name_programs(struct exercise *e)
{
	const struct exercise_program *program = e->build.programs.at;
	struct exercise_check *c = e->checks.at;

	for (size_t i = 0; e->build.programs.n && i < e->checks.n; i++)
		if (!c[i].program.text)
			c[i].program.text = xstrdup(program[0].name.text);
}

static bool
has_check(const struct exercise *e, const char *id)
{
	for (size_t i = 0; i < e->checks.n; i++)
		if (strcmp(exercise_check(e, i)->id.text, id) == 0)
			return true;
	return false;
}

/* What needs a check that is gone.  */
static void
forget_needs(struct exercise *e)
{
	struct exercise_check *c = e->checks.at;

	for (size_t i = 0; i < e->checks.n; i++) {
		size_t kept = 0;

		for (size_t k = 0; k < c[i].needs.n; k++)
			if (has_check(e, c[i].needs.text[k].text))
				c[i].needs.text[kept++] = c[i].needs.text[k];
			else
				free(c[i].needs.text[k].text);
		c[i].needs.n = kept;
	}
}

void
secret_take_out(struct exercise *e,
		void (*each)(void *with, const struct yaml_text *text),
		void *with)
{
	name_programs(e);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		const struct yaml_table *table = &exercise_table;
		const struct yaml_field *f;
		struct yaml_list *list;
		char *at = (char *)e;

		if (parts[i].in) {
			f = field_named(table, parts[i].in);
			at += f->at;
			table = f->table;
		}
		f = field_named(table, parts[i].key);
		list = (struct yaml_list *)(at + f->at);
		for (size_t k = list->n; k-- > 0;) {
			if (!parts[i].is_secret(e, k))
				continue;
			if (each)
				yaml_each_text(f->table, (char *)list->at +
					       k * f->table->size, each, with);
			yaml_drop(f->table, list, k);
		}
	}
	forget_needs(e);
}

/* ---- writing ---- */
#define TEXT(name, type, member) \
	{ .key = name, .kind = YAML_TEXT, .at = offsetof(struct type, member) }
#define LIST(name, type, member, of) \
	{ .key = name, .kind = YAML_LIST, \
	  .at = offsetof(struct type, member), .table = of }
#define END { .key = NULL }

/* What stands in a translation, from the exercise's own structures.  */
static const struct yaml_field answer_fields[] = {
	TEXT("text", exercise_answer, text),
	TEXT("why", exercise_answer, why), END
};
static const struct yaml_table answer_table = {
	sizeof(struct exercise_answer), answer_fields
};
static const struct yaml_field check_fields[] = {
	TEXT("id", exercise_check, id),
	TEXT("title", exercise_check, title), END
};
static const struct yaml_table check_table = {
	sizeof(struct exercise_check), check_fields
};
static const struct yaml_field bug_fields[] = {
	TEXT("id", exercise_bug, id), TEXT("says", exercise_bug, says),
	TEXT("hint", exercise_bug, hint), END
};
static const struct yaml_table bug_table = {
	sizeof(struct exercise_bug), bug_fields
};
static const struct yaml_field question_fields[] = {
	TEXT("id", exercise_question, id), TEXT("ask", exercise_question, ask),
	LIST("answers", exercise_question, answers, &answer_table), END
};
static const struct yaml_table question_table = {
	sizeof(struct exercise_question), question_fields
};
static const struct yaml_field texts_fields[] = {
	TEXT("title", exercise, title),
	LIST("checks", exercise, checks, &check_table),
	LIST("questions", exercise, questions, &question_table),
	LIST("bugs", exercise, bugs, &bug_table),
	{ .key = "hints", .kind = YAML_TEXTS,
	  .at = offsetof(struct exercise, hints) },
	END
};
static const struct yaml_table texts_table = {
	sizeof(struct exercise), texts_fields
};

void
secret_write(const struct exercise *e, struct buf *out)
{
	yaml_write(&exercise_table, e, out);
}

void
secret_write_texts(const struct exercise *e, struct buf *out)
{
	yaml_write(&texts_table, e, out);
}
