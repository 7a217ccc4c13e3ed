/* exercise.LANG.yaml: the same ids, and their texts; nothing else.  */
#include "config.h"

#include "base/i18n.h"
#include "exercise/exercise.h"

#include <stdlib.h>
#include <string.h>

struct named_texts {		/* of a check, bug or question */
	int line;
	struct yaml_text id, title, says, hint, ask;
	struct yaml_list answers;
};

struct translation {
	int line;
	struct yaml_text title;
	struct yaml_list checks, bugs, questions;
	struct yaml_texts hints;
};

#define TEXT(name, type, member) \
	{ .key = name, .kind = YAML_TEXT, \
	  .at = offsetof(struct type, member), .high = 64 * 1024 }
#define LIST(name, type, member, of) \
	{ .key = name, .kind = YAML_LIST, \
	  .at = offsetof(struct type, member), .high = 64, .table = of }
#define END { .key = NULL }

static const struct yaml_field answer_fields[] = {
	TEXT("text", exercise_answer, text),
	TEXT("why", exercise_answer, why),
	END
};
static const struct yaml_table answer_table = {
	sizeof(struct exercise_answer), answer_fields
};

static const struct yaml_field named_fields[] = {
	TEXT("id", named_texts, id), TEXT("title", named_texts, title),
	TEXT("says", named_texts, says), TEXT("hint", named_texts, hint),
	TEXT("ask", named_texts, ask),
	LIST("answers", named_texts, answers, &answer_table),
	END
};
static const struct yaml_table named_table = {
	sizeof(struct named_texts), named_fields
};

static const struct yaml_field translation_fields[] = {
	TEXT("title", translation, title),
	LIST("checks", translation, checks, &named_table),
	LIST("bugs", translation, bugs, &named_table),
	LIST("questions", translation, questions, &named_table),
	{ .key = "hints", .kind = YAML_TEXTS,
	  .at = offsetof(struct translation, hints), .high = 16 },
	END
};
static const struct yaml_table translation_table = {
	sizeof(struct translation), translation_fields
};

struct merging {
	const char *file;
	struct problems *p;
	bool failed;
	bool whole;		/* what is not translated is wrong, too */
};

static void
differs(struct merging *m, int line, const char *what)
{
	problem_add(m->p, m->file, line, _("not as in exercise.yaml: %s"),
		    what);
	m->failed = true;
}

static void
lacks(struct merging *m, int line, const char *what)
{
	if (!m->whole)
		return;
	problem_add(m->p, m->file, line, _("not translated: %s"), what);
	m->failed = true;
}

/* The translated text takes the place of the other.  */
static void
lay(struct merging *m, int line, const char *what, struct yaml_text *over,
    struct yaml_text *text)
{
	if (!over->text)
		return;
	if (!text->text) {
		lacks(m, line, what);
		return;
	}
	free(over->text);
	*over = *text;
	text->text = NULL;
}

static struct named_texts *
texts_of(struct merging *m, struct yaml_list *list, size_t i,
	 const struct yaml_text *id)
{
	struct named_texts *it = list->at;

	if (list->n == 0)
		lacks(m, 1, id->text ? id->text : "?");
	if (list->n == 0)
		return NULL;
	if (i < list->n && it[i].id.text && id->text &&
	    strcmp(it[i].id.text, id->text) == 0)
		return &it[i];
	differs(m, list->line, id->text ? id->text : "?");
	return NULL;
}

static void
lay_question(struct merging *m, struct exercise_question *over,
	     struct named_texts *texts)
{
	struct exercise_answer *to = over->answers.at;
	struct exercise_answer *from = texts->answers.at;

	lay(m, texts->line, "ask", &over->ask, &texts->ask);
	if (!texts->answers.n)
		lacks(m, texts->line, "answers");
	if (texts->answers.n && texts->answers.n != over->answers.n)
		differs(m, texts->line, "answers");
	for (size_t i = 0; i < over->answers.n && i < texts->answers.n; i++) {
		lay(m, from[i].line, "text", &to[i].text, &from[i].text);
		lay(m, from[i].line, "why", &to[i].why, &from[i].why);
	}
}

static void
merge(struct merging *m, struct exercise *e, struct translation *t)
{
	struct exercise_check *check = e->checks.at;
	struct exercise_bug *bug = e->bugs.at;
	struct exercise_question *question = e->questions.at;
	struct named_texts *it;

	lay(m, t->line, "title", &e->title, &t->title);
	for (size_t i = 0; i < e->checks.n; i++)
		if ((it = texts_of(m, &t->checks, i, &check[i].id)))
			lay(m, it->line, "title", &check[i].title,
			    &it->title);
	for (size_t i = 0; i < e->bugs.n; i++)
		if ((it = texts_of(m, &t->bugs, i, &bug[i].id))) {
			lay(m, it->line, "says", &bug[i].says, &it->says);
			lay(m, it->line, "hint", &bug[i].hint, &it->hint);
		}
	for (size_t i = 0; i < e->questions.n; i++)
		if ((it = texts_of(m, &t->questions, i, &question[i].id)))
			lay_question(m, &question[i], it);
	if (!t->hints.n && e->hints.n)
		lacks(m, t->line, "hints");
	if (t->hints.n && t->hints.n != e->hints.n)
		differs(m, t->hints.text[0].line, "hints");
	for (size_t i = 0; i < e->hints.n && i < t->hints.n; i++)
		lay(m, t->hints.text[i].line, "hints", &e->hints.text[i],
		    &t->hints.text[i]);
}

static int
translate(struct merging *m, struct exercise *e, const char *text, size_t n)
{
	struct translation t;
	int ret = yaml_read(&translation_table, &t, m->file, text, n, m->p);

	if (ret == 0)
		merge(m, e, &t);
	yaml_release(&translation_table, &t);
	return ret < 0 || m->failed ? -1 : 0;
}

int
exercise_translate(struct exercise *e, const char *file, const char *text,
		   size_t n, struct problems *p)
{
	struct merging m = { file, p, false, false };

	return translate(&m, e, text, n);
}

int
exercise_translate_whole(struct exercise *e, const char *file,
			 const char *text, size_t n, struct problems *p)
{
	struct merging m = { file, p, false, true };

	return translate(&m, e, text, n);
}
