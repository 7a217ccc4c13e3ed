/*
 * The lesson file, line by line: the head, the steps, and where fenced
 * blocks begin and end.  Only fences at the left margin can be the lesson's
 * own; all else is Markdown, kept as it stands for markdown.c.
 */
#include "config.h"

#include "lesson/lesson.h"

#include <stdlib.h>
#include <string.h>

struct reader {
	struct lesson *lesson;
	struct problems *problems;
	const char *p, *end;
	int number;		/* of the line just read */
	const char *line;	/* it, without its end */
	size_t len;
	struct buf text;	/* Markdown gathered for the next part */
	int text_line;
};

struct fence {
	char mark;
	size_t length, indent;
	char info[256];
};

static const char *const kind_names[STEP_KINDS] = {
	[STEP_INTRO] = "introduction",
	[STEP_READ] = "read",
	[STEP_PREDICT] = "predict",
	[STEP_DO] = "do",
	[STEP_BREAK] = "break",
	[STEP_MYTH] = "myth",
	[STEP_REAL] = "real",
	[STEP_WRONG] = "wrong",
	[STEP_SUMMARY] = "summary",
};

const char *
step_kind_name(enum step_kind kind)
{
	return kind_names[kind];
}

static bool
read_line(struct reader *r)
{
	const char *newline;

	if (r->p >= r->end)
		return false;
	newline = memchr(r->p, '\n', r->end - r->p);
	r->line = r->p;
	r->len = (newline ? newline : r->end) - r->p;
	r->p = newline ? newline + 1 : r->end;
	if (r->len && r->line[r->len - 1] == '\r')
		r->len--;
	r->number++;
	return true;
}

static bool
line_is(const struct reader *r, const char *what)
{
	return r->len == strlen(what) && memcmp(r->line, what, r->len) == 0;
}

static bool
is_blank(const char *s, size_t len)
{
	while (len && strchr(" \t\r\n", *s))
		s++, len--;
	return len == 0;
}

static char *
trimmed(const char *s, size_t len)
{
	while (len && (*s == ' ' || *s == '\t'))
		s++, len--;
	while (len && (s[len - 1] == ' ' || s[len - 1] == '\t'))
		len--;
	return xstrndup(s, len);
}

/* The head.  */

static const struct head_key {
	const char *name;
	size_t offset;
	bool needed;
} head_keys[] = {
	{ "title", offsetof(struct lesson, title), true },
	{ "goal", offsetof(struct lesson, goal), true },
	{ "minutes", offsetof(struct lesson, minutes), false },
	{ "programs", offsetof(struct lesson, programs), false },
	{ "compile", offsetof(struct lesson, compile), false },
	{ "opens", offsetof(struct lesson, opens), false },
	{ "needs", offsetof(struct lesson, needs), false },
};

static struct item *
head_item(struct lesson *l, const struct head_key *key)
{
	return (struct item *)((char *)l + key->offset);
}

static const struct head_key *
head_key_find(const char *name, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(head_keys); i++)
		if (strlen(head_keys[i].name) == len &&
		    memcmp(head_keys[i].name, name, len) == 0)
			return &head_keys[i];
	return NULL;
}

static void
head_line(struct reader *r)
{
	const char *colon = memchr(r->line, ':', r->len);
	const struct head_key *key;
	struct item *it;

	if (is_blank(r->line, r->len))
		return;
	if (!colon) {
		problem_add(r->problems, r->lesson->file, r->number,
			    "a line of the head must be KEY: VALUE");
		return;
	}
	key = head_key_find(r->line, colon - r->line);
	if (!key) {
		problem_add(r->problems, r->lesson->file, r->number,
			    "unknown key \"%.*s\" in the head; known are "
			    "title, goal, minutes, programs, compile, opens, "
			    "needs",
			    (int)(colon - r->line), r->line);
		return;
	}
	it = head_item(r->lesson, key);
	if (it->text)
		problem_add(r->problems, r->lesson->file, r->number,
			    "%s stands twice in the head", key->name);
	free(it->text);
	it->text = trimmed(colon + 1, r->line + r->len - colon - 1);
	it->line = r->number;
	it->file = r->lesson->file;
}

/* What a translation's head may leave out.  */
void
lesson_merge_head(struct lesson *l, const struct lesson *original)
{
	for (size_t i = 0; i < ARRAY_SIZE(head_keys); i++) {
		const struct head_key *key = &head_keys[i];
		struct item *new = head_item(l, key);
		const struct item *old;

		old = (const struct item *)((const char *)original +
					    key->offset);
		if (!new->text && old->text)
			*new = (struct item){ xstrdup(old->text), old->line,
					      old->file };
	}
}

static void
head_check(struct reader *r)
{
	for (size_t i = 0; i < ARRAY_SIZE(head_keys); i++) {
		const struct item *it = head_item(r->lesson, &head_keys[i]);

		if (head_keys[i].needed && (!it->text || !*it->text))
			problem_add(r->problems, r->lesson->file,
				    it->text ? it->line : 1,
				    "the head lacks %s:", head_keys[i].name);
	}
}

static void
read_head(struct reader *r)
{
	struct reader start = *r;

	if (!read_line(r) || !line_is(r, "---")) {
		problem_add(r->problems, r->lesson->file, 1,
			    "a lesson begins with its head: a line ---, then "
			    "title: and goal:, then a line ---");
		r->p = start.p;
		r->number = start.number;
		return;
	}
	while (read_line(r)) {
		if (line_is(r, "---")) {
			head_check(r);
			return;
		}
		head_line(r);
	}
	problem_add(r->problems, r->lesson->file, 1,
		    "the head has no end: a line --- must follow it");
}

/* Steps and parts.  */

static struct lesson_step *
add_step(struct lesson *l, enum step_kind kind, int line)
{
	struct lesson_step *step;

	l->step = xgrow(l->step, &l->room, l->n + 1, sizeof(*l->step));
	step = &l->step[l->n++];
	*step = (struct lesson_step){ .kind = kind, .line = line };
	return step;
}

static struct part *
add_part(struct lesson *l, enum part_kind kind, int line)
{
	struct lesson_step *step = &l->step[l->n - 1];
	struct part *part;

	step->part = xgrow(step->part, &step->room, step->n + 1,
			   sizeof(*step->part));
	part = &step->part[step->n++];
	*part = (struct part){ .kind = kind, .line = line };
	return part;
}

static void
flush_text(struct reader *r)
{
	struct part *part;

	if (!is_blank(buf_str(&r->text), r->text.len)) {
		part = add_part(r->lesson, PART_TEXT, r->text_line);
		part->text = buf_take(&r->text);
	}
	buf_clear(&r->text);
}

static void
keep_line(struct reader *r)
{
	if (!r->text.len) {
		if (is_blank(r->line, r->len))
			return;
		r->text_line = r->number;
	}
	/* A NUL would end the text early; CommonMark replaces it, too.  */
	for (size_t i = 0; i < r->len; i++)
		buf_addc(&r->text, r->line[i] ? r->line[i] : '?');
	buf_addc(&r->text, '\n');
}

static enum step_kind
kind_find(const char *name, size_t len)
{
	for (int i = STEP_READ; i < STEP_KINDS; i++)
		if (strlen(kind_names[i]) == len &&
		    memcmp(kind_names[i], name, len) == 0)
			return i;
	return STEP_KINDS;
}

static void
kind_problem(struct reader *r, const char *word, size_t len)
{
	struct buf known = BUF_INIT;

	for (int i = STEP_READ; i < STEP_KINDS; i++)
		buf_addf(&known, "%s%s", i > STEP_READ ? ", " : "",
			 kind_names[i]);
	problem_add(r->problems, r->lesson->file, r->number,
		    "unknown kind of step \"%.*s\"; known are %s", (int)len,
		    word, buf_str(&known));
	buf_release(&known);
}

/* What stands in the braces: "predict #full-pipe".  */
static void
step_mark(struct reader *r, struct lesson_step *step, const char *mark)
{
	const char *p = mark;
	size_t len = word_next(&p);

	step->kind = kind_find(p, len);
	if (step->kind == STEP_KINDS) {
		kind_problem(r, p, len);
		step->kind = STEP_READ;
	}
	p += len;
	len = word_next(&p);
	if (len > 1 && *p == '#') {
		free(step->id);
		step->id = xstrndup(p + 1, len - 1);
		p += len;
		len = word_next(&p);
	}
	if (len)
		problem_add(r->problems, r->lesson->file, r->number,
			    "\"%.*s\" does not belong into {KIND #ID}",
			    (int)len, p);
}

static void
read_heading(struct reader *r)
{
	struct lesson_step *step;
	char *title = trimmed(r->line + 3, r->len - 3), *open, *close;

	flush_text(r);
	step = add_step(r->lesson, STEP_READ, r->number);
	step->id = xstrdup("");
	step->title = title;
	open = strrchr(title, '{');
	close = open ? strchr(open, '}') : NULL;
	if (!close || close[1]) {
		problem_add(r->problems, r->lesson->file, r->number,
			    "a step's heading ends in {KIND #ID}, as in "
			    "## A full pipe {do #fill}");
		return;
	}
	*close = '\0';
	step_mark(r, step, open + 1);
	if (!*step->id)
		problem_add(r->problems, r->lesson->file, r->number,
			    "the step has no id: {%s #ID}",
			    step_kind_name(step->kind));
	while (open > title && open[-1] == ' ')
		open--;
	*open = '\0';
	if (!*title)
		problem_add(r->problems, r->lesson->file, r->number,
			    "the step has no title");
}

/* Fences, as CommonMark has them.  */

static bool
fence_opens(const struct reader *r, struct fence *f)
{
	size_t i = 0, n;
	char *info;

	while (i < r->len && r->line[i] == ' ')
		i++;
	if (i > 3 || i == r->len || (r->line[i] != '`' && r->line[i] != '~'))
		return false;
	f->mark = r->line[i];
	for (n = 0; i + n < r->len && r->line[i + n] == f->mark; n++)
		;
	if (n < 3)
		return false;
	f->indent = i;
	f->length = n;
	if (f->mark == '`' && memchr(r->line + i + n, '`', r->len - i - n))
		return false;
	info = trimmed(r->line + i + n, r->len - i - n);
	COPY_STR(f->info, info);
	free(info);
	return true;
}

static bool
fence_closes(const struct reader *r, const struct fence *f)
{
	struct fence here;

	return fence_opens(r, &here) && here.mark == f->mark &&
	       here.length >= f->length && !here.info[0];
}

static void
foreign_fence(struct reader *r, const struct fence *f)
{
	const char *meant = f->indent == 0 ? block_meant(f->info) : NULL;

	keep_line(r);
	if (meant)
		problem_add(r->problems, r->lesson->file, r->number,
			    "there is no block \"%s\"; did you mean %s?",
			    f->info, meant);
}

static void
read_fence(struct reader *r, const struct fence *f)
{
	bool ours = f->indent == 0 && block_is_ours(f->info);
	const char *body = r->p, *end = r->end;
	int line = r->number;

	if (ours)
		flush_text(r);
	else
		foreign_fence(r, f);
	while (read_line(r)) {
		if (!ours)
			keep_line(r);
		if (fence_closes(r, f)) {
			end = r->line;
			line = -line;
			break;
		}
	}
	if (line > 0)
		problem_add(r->problems, r->lesson->file, line,
			    "the block that begins here has no end");
	else
		line = -line;
	if (ours) {
		struct part *part = add_part(r->lesson, PART_TEXT, line);

		block_read(r->lesson, part, f->info, body, end - body,
			   line + 1, r->problems);
	}
}

static void
read_body(struct reader *r)
{
	struct lesson_step *intro;
	struct fence f;

	intro = add_step(r->lesson, STEP_INTRO, r->number + 1);
	intro->id = xstrdup("");
	intro->title = xstrdup(r->lesson->title.text ? r->lesson->title.text
						     : "");
	while (read_line(r)) {
		if (fence_opens(r, &f))
			read_fence(r, &f);
		else if (r->len >= 3 && memcmp(r->line, "## ", 3) == 0)
			read_heading(r);
		else
			keep_line(r);
	}
	flush_text(r);
	if (r->lesson->n == 1)
		problem_add(r->problems, r->lesson->file, 0,
			    "the lesson has no steps: each begins at a "
			    "heading ## TITLE {KIND #ID}");
}

struct lesson *
lesson_parse(const char *folder, const char *file, const char *lang,
	     const char *text, size_t len, struct problems *p)
{
	struct lesson *l = xcalloc(1, sizeof(*l));
	struct reader r = { .lesson = l, .problems = p, .p = text,
			    .end = text + len };
	const char *slash = strrchr(folder, '/');

	l->folder = xstrdup(folder);
	l->name = xstrdup(slash ? slash + 1 : folder);
	l->file = xstrdup(file);
	l->lang = xstrdup(lang);
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		r.p += 3;	/* the mark that some editors put first */
	read_head(&r);
	read_body(&r);
	buf_release(&r.text);
	return l;
}
