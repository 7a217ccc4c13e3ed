/* Lines of text with their styles.  */
#include "config.h"

#include "lesson/styled.h"

#include "base/cells.h"

#include <stdlib.h>
#include <string.h>

void
run_add(struct run *r, enum text_style style, const char *s, size_t n)
{
	buf_add(&r->text, s, n);
	buf_need(&r->style, n);
	memset(r->style.data + r->style.len, style, n);
	r->style.len += n;
	r->style.data[r->style.len] = '\0';
}

void
run_adds(struct run *r, enum text_style style, const char *s)
{
	run_add(r, style, s, strlen(s));
}

void
run_clear(struct run *r)
{
	buf_clear(&r->text);
	buf_clear(&r->style);
}

void
run_release(struct run *r)
{
	buf_release(&r->text);
	buf_release(&r->style);
}

void
styled_release(struct styled *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->line[i].text);
		free(s->line[i].style);
	}
	free(s->line);
	*s = (struct styled)STYLED_INIT;
}

void
styled_line(struct styled *s, const char *text, const char *style, size_t len)
{
	struct styled_line *line;

	s->line = xgrow(s->line, &s->room, s->n + 1, sizeof(*s->line));
	line = &s->line[s->n++];
	line->text = xmalloc(len + 1);
	line->style = xmalloc(len + 1);
	if (len) {
		memcpy(line->text, text, len);
		memcpy(line->style, style, len);
	}
	line->text[len] = '\0';
	line->style[len] = STYLE_TEXT;
}

void
styled_plain_line(struct styled *s, enum text_style style, const char *text)
{
	struct run r = RUN_INIT;

	run_adds(&r, style, text);
	styled_line(s, buf_str(&r.text), buf_str(&r.style), r.text.len);
	run_release(&r);
}

struct wrapping {
	struct styled *out;
	const struct run *run, *prefix, *rest;
};

static void
wrapped_line(void *arg, const char *start, size_t len)
{
	struct wrapping *w = arg;
	size_t at = start - w->run->text.data;
	struct run line = RUN_INIT;

	buf_add(&line.text, buf_str(&w->prefix->text), w->prefix->text.len);
	buf_add(&line.style, buf_str(&w->prefix->style), w->prefix->text.len);
	buf_add(&line.text, start, len);
	buf_add(&line.style, w->run->style.data + at, len);
	styled_line(w->out, line.text.data, line.style.data, line.text.len);
	run_release(&line);
	w->prefix = w->rest;
}

void
styled_wrap(struct styled *s, const struct run *r, int width,
	    const struct run *first, const struct run *rest)
{
	struct wrapping w = { s, r, first, rest };

	width -= cells_of(buf_str(&rest->text));
	if (!r->text.len)
		styled_line(s, buf_str(&first->text), buf_str(&first->style),
			    first->text.len);
	else
		cells_wrap(r->text.data, width, wrapped_line, &w);
}

void
styled_text(const struct styled *s, struct buf *out)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *text = s->line[i].text;
		size_t len = strlen(text);

		while (len && text[len - 1] == ' ')
			len--;
		buf_add(out, text, len);
		buf_addc(out, '\n');
	}
}
