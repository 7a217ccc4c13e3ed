/*
 * A translation over its original: the same steps by id and kind, the same
 * blocks in the same order.  Text is free: a translation may say it in more
 * paragraphs or in fewer.
 */
#include "config.h"

#include "lesson/exhibit.h"
#include "lesson/lesson.h"

#include <stdlib.h>
#include <string.h>

static struct lesson_step *
step_by_id(const struct lesson *l, const char *id)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->step[i].id, id) == 0)
			return &l->step[i];
	return NULL;
}

/* The next part from *i on that is a block; NULL: none.  */
static struct part *
next_block(const struct lesson_step *step, size_t *i)
{
	while (*i < step->n) {
		struct part *part = &step->part[(*i)++];

		if (part->kind != PART_TEXT)
			return part;
	}
	return NULL;
}

static void
merge_question(const struct lesson *l, const struct part *new,
	       const struct part *old, struct problems *p)
{
	const struct question *a = new->question, *b = old->question;

	if (a->n != b->n) {
		problem_add(p, l->file, new->line,
			    "the question has %zu answers, the English one "
			    "has %zu", a->n, b->n);
		return;
	}
	for (size_t i = 0; i < a->n; i++)
		if (a->answer[i].right != b->answer[i].right)
			problem_add(p, l->file, a->answer[i].line,
				    "answer %zu is marked %s here, but not in "
				    "the English text", i + 1,
				    a->answer[i].right ? "right" : "wrong");
}

static void
merge_excerpt(const struct lesson *l, const struct part *new,
	      const struct part *old, struct problems *p)
{
	const struct excerpt *a = new->excerpt, *b = old->excerpt;

	if (strcmp(a->file, b->file) != 0 || a->first != b->first ||
	    a->last != b->last)
		problem_add(p, l->file, new->line,
			    "the English text shows %s %d-%d here", b->file,
			    b->first, b->last);
}

static void
merge_exhibit(struct lesson *l, const struct part *new, const struct part *old,
	      struct problems *p)
{
	const struct exhibit *a = new->exhibit, *b = old->exhibit;

	if (a->kind != b->kind || a->features != b->features ||
	    a->place != b->place)
		problem_add(p, l->file, new->line,
			    "the English text shows other figures here");
}

static void
merge_part(struct lesson *l, struct part *new, const struct part *old,
	   struct problems *p)
{
	if (new->kind == PART_QUESTION)
		merge_question(l, new, old, p);
	else if (new->kind == PART_EXCERPT)
		merge_excerpt(l, new, old, p);
	else if (new->kind == PART_EXHIBIT)
		merge_exhibit(l, new, old, p);
	else
		block_merge(new, old, l->file, p);
}

static void
merge_step(struct lesson *l, struct lesson_step *new,
	   const struct lesson_step *old, struct problems *p)
{
	size_t i = 0, j = 0;
	struct part *a, *b;

	if (new->kind != old->kind)
		problem_add(p, l->file, new->line,
			    "the step #%s is of kind %s, in the English text "
			    "%s", new->id, step_kind_name(new->kind),
			    step_kind_name(old->kind));
	for (;;) {
		a = next_block(new, &i);
		b = next_block(old, &j);
		if (!a || !b || a->kind != b->kind)
			break;
		merge_part(l, a, b, p);
	}
	if (b)
		problem_add(p, l->file, a ? a->line : new->line,
			    "the translation lacks the %s of line %d of the "
			    "English text", part_kind_name(b->kind), b->line);
	else if (a)
		problem_add(p, l->file, a->line,
			    "this %s is not in the English text",
			    part_kind_name(a->kind));
}

void
lesson_merge(struct lesson *l, const struct lesson *original,
	     struct problems *p)
{
	size_t last = 0;

	for (size_t i = 0; i < original->n; i++) {
		const struct lesson_step *old = &original->step[i];
		struct lesson_step *new = step_by_id(l, old->id);

		if (!new) {
			problem_add(p, l->file, 0,
				    "the translation lacks the step #%s",
				    old->id);
			continue;
		}
		if ((size_t)(new - l->step) < last)
			problem_add(p, l->file, new->line,
				    "the step #%s comes later in the English "
				    "text", old->id);
		last = new - l->step;
		merge_step(l, new, old, p);
	}
	for (size_t i = 0; i < l->n; i++)
		if (!step_by_id(original, l->step[i].id))
			problem_add(p, l->file, l->step[i].line,
				    "the step #%s is not in the English text",
				    l->step[i].id);
	lesson_merge_head(l, original);
}
