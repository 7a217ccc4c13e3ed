/*
 * The lesson's own blocks: experiments, claims and excerpts as KEY: VALUE
 * lines, by one table a block.  An indented line goes on with the key above:
 * another condition where a key may be repeated, else more of its text.
 */
#include "config.h"

#include "base/suggest.h"
#include "lesson/exhibit.h"
#include "lesson/lesson.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct key {
	const char *name;
	size_t offset;
	bool list;	/* struct items, else struct item */
	bool prose;	/* for the learner: a translation must have its own */
};

#define IN(type, name) offsetof(struct type, name)
#define RIGHT(type) \
	{ "status", IN(type, right.status) }, \
	{ "allow", IN(type, right.allow) }, \
	{ "with", IN(type, right.with) }, \
	{ "never", IN(type, right.never), .list = true }, \
	{ "always", IN(type, right.always), .list = true }, \
	{ "finally", IN(type, right.finally), .list = true }
static const struct key experiment_keys[] = {
	{ "id", IN(experiment, id) },
	{ "program", IN(experiment, setup.program) },
	{ "command", IN(experiment, setup.command) },
	{ "cast", IN(experiment, setup.cast) },
	{ "hide", IN(experiment, setup.hide) },
	{ "needs", IN(experiment, setup.needs) },
	{ "files", IN(experiment, setup.files), .list = true },
	RIGHT(experiment),
	{ "goal", IN(experiment, goal) },
	{ "goal-says", IN(experiment, goal_says), .prose = true },
	{ "say", IN(experiment, say), .list = true, .prose = true },
	{ NULL }
};

static const struct key claim_keys[] = {
	{ "says", IN(claim, says), .prose = true },
	{ "program", IN(claim, setup.program) },
	{ "command", IN(claim, setup.command) },
	{ "experiment", IN(claim, experiment) },
	{ "cast", IN(claim, setup.cast) },
	{ "hide", IN(claim, setup.hide) },
	{ "needs", IN(claim, setup.needs) },
	{ "files", IN(claim, setup.files), .list = true },
	{ "schedule", IN(claim, schedule) },
	{ "until", IN(claim, until) },
	{ "then", IN(claim, then), .list = true },
	{ "explore", IN(claim, explore) },
	{ "runs", IN(claim, runs) },
	RIGHT(claim),
	{ "cites", IN(claim, cites) },
	{ NULL }
};
#undef RIGHT
#undef IN

struct body {
	struct lesson *lesson;
	struct problems *problems;
	struct part *part;
	const char *info;	/* what stands after the fence's mark */
	const char *text;
	size_t len;
	int line;		/* of the first of the text */
	const struct block *block;
	void *into;		/* the struct that the keys are offsets of */
	const struct key *current;	/* the key above, or NULL */
};

static void read_question(struct body *b);
static void read_experiment(struct body *b);
static void read_claim(struct body *b);
static void read_excerpt(struct body *b);
static void read_exhibit(struct body *b);

static const struct block {
	const char *word;	/* in the info string; NULL: not a fence */
	void (*read)(struct body *b);
	const struct key *keys;
} blocks[PART_KINDS] = {
	[PART_QUESTION] = { "question", read_question },
	[PART_EXPERIMENT] = { "experiment", read_experiment, experiment_keys },
	[PART_CLAIM] = { "claim", read_claim, claim_keys },
	[PART_EXCERPT] = { "source", read_excerpt },
	[PART_EXHIBIT] = { "figures", read_exhibit },
};

const char *
part_kind_name(enum part_kind kind)
{
	return blocks[kind].word ? blocks[kind].word : "text";
}

size_t
word_next(const char **p)
{
	*p += strspn(*p, " \t");
	return strcspn(*p, " \t");
}

static char *
copy_word(const char **p)
{
	size_t len = word_next(p);
	const char *start = *p;

	*p += len;
	return xstrndup(start, len);
}

void
item_release(struct item *it)
{
	free(it->text);
	*it = (struct item){ NULL, 0, NULL };
}

void
items_add(struct items *list, const char *text, size_t len, int line,
	  const char *file)
{
	list->item = xgrow(list->item, &list->room, list->n + 1,
			   sizeof(*list->item));
	list->item[list->n++] = (struct item){
		.text = xstrndup(text, len), .line = line, .file = file,
	};
}

void
items_release(struct items *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->item[i].text);
	free(list->item);
	*list = (struct items){ 0, 0, NULL };
}

static enum part_kind
block_kind(const char *info)
{
	const char *word = info;
	size_t len = word_next(&word);

	for (int i = PART_QUESTION; i < PART_KINDS; i++)
		if (strlen(blocks[i].word) == len &&
		    memcmp(blocks[i].word, word, len) == 0)
			return i;
	return PART_KINDS;
}

bool
block_is_ours(const char *info)
{
	return block_kind(info) != PART_KINDS;
}

const char *
block_meant(const char *info)
{
	const char *word = info;
	char *typed = copy_word(&word);
	const char *meant = NULL;

	for (int i = PART_QUESTION; i < PART_KINDS; i++)
		if (edit_distance(typed, blocks[i].word) == 1)
			meant = blocks[i].word;
	free(typed);
	return meant;
}

bool
block_read(struct lesson *l, struct part *part, const char *info,
	   const char *text, size_t len, int line, struct problems *p)
{
	struct body b = { .lesson = l, .problems = p, .part = part,
			  .info = info, .text = text, .len = len,
			  .line = line };
	enum part_kind kind = block_kind(info);

	if (kind == PART_KINDS)
		return false;
	part->kind = kind;
	b.block = &blocks[kind];
	b.block->read(&b);
	return true;
}

static const struct key *
key_find(const struct key *keys, const char *name, size_t len)
{
	for (; keys->name; keys++)
		if (strlen(keys->name) == len &&
		    memcmp(keys->name, name, len) == 0)
			return keys;
	return NULL;
}

static void
unknown_key(const struct body *b, const char *name, size_t len, int line)
{
	struct buf known = BUF_INIT;

	for (const struct key *k = b->block->keys; k->name; k++)
		buf_addf(&known, "%s%s", known.len ? ", " : "", k->name);
	problem_add(b->problems, b->lesson->file, line,
		    "a %s has no key \"%.*s\"; known are %s", b->block->word,
		    (int)len, name, buf_str(&known));
	buf_release(&known);
}

static void
store(struct body *b, const char *value, size_t len, int line)
{
	void *at = (char *)b->into + b->current->offset;
	struct item *it = at;

	if (b->current->list) {
		items_add(at, value, len, line, b->lesson->file);
		return;
	}
	if (it->text)
		problem_add(b->problems, b->lesson->file, line,
			    "%s: stands twice in this %s", b->current->name,
			    b->block->word);
	free(it->text);
	*it = (struct item){ .text = xstrndup(value, len), .line = line,
			     .file = b->lesson->file };
}

/* An indented line: more of the key above.  */
static void
go_on(struct body *b, const char *value, size_t len, int line)
{
	void *at = (char *)b->into + b->current->offset;
	struct items *list = at;
	struct item *it = at;
	char *longer;

	if (b->current->list && !b->current->prose) {
		store(b, value, len, line);
		return;
	}
	if (b->current->list)
		it = &list->item[list->n - 1];
	longer = xasprintf("%s\n%.*s", it->text, (int)len, value);
	free(it->text);
	it->text = longer;
}

static void
body_line(struct body *b, const char *s, size_t len, int line)
{
	const char *colon, *end = s + len;
	bool indented = len && (*s == ' ' || *s == '\t');

	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	while (end > s && strchr(" \t\r", end[-1]))
		end--;
	if (s == end)
		return;
	if (indented && b->current) {
		go_on(b, s, end - s, line);
		return;
	}
	b->current = NULL;
	colon = memchr(s, ':', end - s);
	if (!colon) {
		problem_add(b->problems, b->lesson->file, line,
			    "a line of a %s must be KEY: VALUE", b->block->word);
		return;
	}
	b->current = key_find(b->block->keys, s, colon - s);
	if (!b->current) {
		unknown_key(b, s, colon - s, line);
		return;
	}
	for (s = colon + 1; s < end && (*s == ' ' || *s == '\t'); s++)
		;
	store(b, s, end - s, line);
}

static void
read_keys(struct body *b)
{
	const char *p = b->text, *end = p + b->len;
	int line = b->line;

	while (p < end) {
		const char *newline = memchr(p, '\n', end - p);
		const char *stop = newline ? newline : end;

		body_line(b, p, stop - p, line++);
		p = stop + 1;
	}
}

static void
read_experiment(struct body *b)
{
	b->into = b->part->experiment = xcalloc(1, sizeof(struct experiment));
	read_keys(b);
}

static void
read_claim(struct body *b)
{
	b->into = b->part->claim = xcalloc(1, sizeof(struct claim));
	read_keys(b);
}

static void
read_question(struct body *b)
{
	b->part->question = question_read(b->lesson->file, b->text, b->len,
					  b->line, b->problems);
}

static void
read_excerpt(struct body *b)
{
	struct excerpt *e = b->part->excerpt = xcalloc(1, sizeof(*e));
	const char *word = b->info;
	int used = 0;

	free(copy_word(&word));		/* "source" */
	e->file = copy_word(&word);
	if (!*e->file ||
	    sscanf(word, " %9d-%9d%n", &e->first, &e->last, &used) != 2 ||
	    word[used] || e->first < 1 || e->last < e->first)
		problem_add(b->problems, b->lesson->file, b->line - 1,
			    "a source block is source FILE FIRST-LAST, as in "
			    "source fill.c 12-20");
	if (b->len && strspn(b->text, " \t\r\n") < b->len)
		problem_add(b->problems, b->lesson->file, b->line,
			    "a source block has no text of its own: its "
			    "lines come from the file");
}

static void
read_exhibit(struct body *b)
{
	struct exhibit *e = b->part->exhibit = xcalloc(1, sizeof(*e));
	const char *word = b->info;
	char *why = NULL;

	free(copy_word(&word));		/* "figures" */
	if (exhibit_read(e, word, &why) < 0)
		problem_add(b->problems, b->lesson->file, b->line - 1, "%s",
			    why);
	if (b->len && strspn(b->text, " \t\r\n") < b->len)
		problem_add(b->problems, b->lesson->file, b->line,
			    "a figures block has no text of its own");
	free(why);
}

static void
keys_release(const struct key *keys, void *of)
{
	for (const struct key *k = keys; k && k->name; k++) {
		void *at = (char *)of + k->offset;

		if (k->list)
			items_release(at);
		else
			item_release(at);
	}
	free(of);
}

void
part_release(struct part *part)
{
	switch (part->kind) {
	case PART_TEXT:
		free(part->text);
		break;
	case PART_QUESTION:
		question_free(part->question);
		break;
	case PART_EXCERPT:
		free(part->excerpt->file);
		free(part->excerpt);
		break;
	default:
		keys_release(blocks[part->kind].keys, part->experiment);
	}
}

static void
items_copy(struct items *to, const struct items *from)
{
	for (size_t i = 0; i < from->n; i++)
		items_add(to, from->item[i].text, strlen(from->item[i].text),
			  from->item[i].line, from->item[i].file);
}

static bool
same_items(const struct items *a, const struct items *b)
{
	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (strcmp(a->item[i].text, b->item[i].text) != 0)
			return false;
	return a->n == b->n;
}

/* What is executed is the same in all languages: claims are run once.  */
static void
check_same(const struct key *k, const void *new, const void *old, int line,
	   const char *file, struct problems *p)
{
	const struct item *a = new, *b = old;
	bool same = k->list ? same_items(new, old) : b->text &&
		    strcmp(a->text, b->text) == 0;

	if (!same)
		problem_add(p, file, line, "%s: is not what stands in the "
			    "English text", k->name);
}

/* Take one key from the original where the translation leaves it out.  */
static void
key_merge(const struct key *k, void *to, const void *from, int line,
	  const char *file, struct problems *p)
{
	const struct item *old = from;
	struct item *new = to;
	bool missing, wanted;

	missing = k->list ? ((struct items *)to)->n == 0 : !new->text;
	wanted = k->list ? ((const struct items *)from)->n > 0
			 : old->text != NULL;
	if (!missing && !k->prose)
		check_same(k, to, from, line, file, p);
	if (!missing || !wanted)
		return;
	if (k->prose)
		problem_add(p, file, line, "the translation lacks %s:",
			    k->name);
	if (k->list)
		items_copy(to, from);
	else
		*new = (struct item){ xstrdup(old->text), old->line,
				      old->file };
}

void
block_merge(struct part *part, const struct part *original, const char *file,
	    struct problems *p)
{
	for (const struct key *k = blocks[part->kind].keys; k && k->name; k++)
		key_merge(k, (char *)part->experiment + k->offset,
			  (const char *)original->experiment + k->offset,
			  part->line, file, p);
}
