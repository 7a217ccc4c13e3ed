/*
 * Any bytes as a lesson: read, compared with itself as its own translation,
 * checked, and every text of it drawn at a narrow and a wide width.
 */
#include "config.h"

#include "base/cells.h"
#include "lesson/markdown.h"
#include "lesson/lesson.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void
draw(const char *text, int width)
{
	const struct look look = { .width = width, .unicode = width > 30 };
	struct styled lines = STYLED_INIT;

	if (!text)
		return;
	markdown_lines(&lines, text, strlen(text), &look);
	for (size_t i = 0; i < lines.n; i++)
		if (strchr(lines.line[i].text, '\n'))
			abort();
	styled_release(&lines);
}

static void
draw_part(const struct part *part)
{
	if (part->kind == PART_TEXT) {
		draw(part->text, 20);
		draw(part->text, 76);
	}
	if (part->kind != PART_QUESTION)
		return;
	draw(part->question->text, 40);
	for (size_t i = 0; i < part->question->n; i++) {
		/* Every answer has both, though they may be empty.  */
		if (!part->question->answer[i].text ||
		    !part->question->answer[i].explanation)
			abort();
		draw(part->question->answer[i].explanation, 40);
	}
}

static struct lesson *
parse(const struct buf *text, struct problems *p)
{
	return lesson_parse("/nowhere", "f", "en", buf_str(text), text->len,
			    p);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct problems problems = PROBLEMS_INIT;
	struct buf text = BUF_INIT, said = BUF_INIT;
	struct lesson *l, *same;

	buf_add(&text, data, size);
	l = parse(&text, &problems);
	same = parse(&text, NULL);
	lesson_merge(same, l, &problems);
	lesson_check(l, &problems);
	problems_write(&problems, &said);
	for (size_t i = 0; i < l->n; i++)
		for (size_t j = 0; j < l->step[i].n; j++)
			draw_part(&l->step[i].part[j]);
	lesson_free(same);
	lesson_free(l);
	problems_release(&problems);
	buf_release(&said);
	buf_release(&text);
	return 0;
}
