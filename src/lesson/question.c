/*
 * A question: its text, then answers, each "- [ ] TEXT :: EXPLANATION" or
 * with [x] where it is right.  Lines that follow an answer belong to it.
 */
#include "config.h"

#include "lesson/lesson.h"

#include <stdlib.h>
#include <string.h>

struct lines {
	const char *file;
	struct problems *problems;
	struct question *question;
	struct buf gather;	/* the text or answer that is being read */
};

static char *
trimmed(const char *s, size_t len)
{
	while (len && strchr(" \t\n", *s))
		s++, len--;
	while (len && strchr(" \t\n", s[len - 1]))
		len--;
	return xstrndup(s, len);
}

/* What was gathered is complete: the question's text or an answer's.  */
static void
finish(struct lines *l)
{
	struct question *q = l->question;
	const char *text = buf_str(&l->gather), *cut;
	struct answer *a;

	if (!q->n) {
		free(q->text);
		q->text = trimmed(text, strlen(text));
		buf_clear(&l->gather);
		return;
	}
	a = &q->answer[q->n - 1];
	cut = strstr(text, "::");
	a->text = trimmed(text, cut ? (size_t)(cut - text) : strlen(text));
	a->explanation = cut ? trimmed(cut + 2, strlen(cut + 2)) : xstrdup("");
	if (!*a->text)
		problem_add(l->problems, l->file, a->line,
			    "the answer has no text");
	if (!*a->explanation)
		problem_add(l->problems, l->file, a->line,
			    "the answer lacks its explanation: "
			    "- [ ] ANSWER :: EXPLANATION");
	buf_clear(&l->gather);
}

/* "- [x] ...": the mark, or NUL where this is not an answer.  */
static char
answer_mark(const char *s, size_t len)
{
	if (len < 5 || memcmp(s, "- [", 3) != 0 || s[4] != ']')
		return '\0';
	return s[3];
}

static void
question_line(struct lines *l, const char *s, size_t len, int line)
{
	struct question *q = l->question;
	char mark = answer_mark(s, len);

	if (len && s[len - 1] == '\r')
		len--;
	if (!mark) {
		buf_add(&l->gather, s, len);
		buf_addc(&l->gather, '\n');
		return;
	}
	finish(l);
	q->answer = xgrow(q->answer, &q->room, q->n + 1, sizeof(*q->answer));
	q->answer[q->n++] = (struct answer){
		.right = mark == 'x' || mark == 'X', .line = line,
	};
	if (!strchr("xX ", mark))
		problem_add(l->problems, l->file, line,
			    "an answer is marked [ ] or, where it is right, "
			    "[x]");
	buf_add(&l->gather, s + 5, len - 5);
	buf_addc(&l->gather, '\n');
}

static void
question_check(const struct lines *l, int line)
{
	const struct question *q = l->question;
	bool right = false;

	for (size_t i = 0; i < q->n; i++)
		right |= q->answer[i].right;
	if (!*q->text)
		problem_add(l->problems, l->file, line - 1,
			    "the question has no text");
	if (q->n < 2 || q->n > 9)
		problem_add(l->problems, l->file, line - 1,
			    "a question has 2 to 9 answers (keys 1 to 9), "
			    "this one has %zu", q->n);
	if (q->n && !right)
		problem_add(l->problems, l->file, line - 1,
			    "the question has no right answer: mark one "
			    "with [x]");
}

struct question *
question_read(const char *file, const char *body, size_t len, int line,
	      struct problems *p)
{
	struct question *q = xcalloc(1, sizeof(*q));
	struct lines l = { .file = file, .problems = p, .question = q };
	const char *end = body + len;
	int number = line;

	while (body < end) {
		const char *newline = memchr(body, '\n', end - body);
		const char *stop = newline ? newline : end;

		question_line(&l, body, stop - body, number++);
		body = stop + 1;
	}
	finish(&l);
	question_check(&l, line);
	buf_release(&l.gather);
	return q;
}

void
question_free(struct question *q)
{
	for (size_t i = 0; i < q->n; i++) {
		free(q->answer[i].text);
		free(q->answer[i].explanation);
	}
	free(q->answer);
	free(q->text);
	free(q);
}
