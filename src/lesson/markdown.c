/*
 * md4c tells blocks and spans; here they become lines.  Text of a block is
 * gathered in one run, and wrapped when the block ends, behind the marks of
 * the lists and quotes that it stands in.
 */
#include "config.h"

#include "lesson/markdown.h"

#include "base/cells.h"

#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 12, CODE_INDENT = 4, TAB_CELLS = 8 };

/* A list: its marks.  */
struct list {
	bool ordered;
	unsigned number;
};

struct writer {
	struct styled *out;
	const struct look *look;
	struct run text;	/* of the block that is open */
	struct run first;	/* before its first line */
	struct run rest;	/* before its other lines */
	size_t indent[DEPTH_MAX];	/* length of rest before each level */
	struct list list[DEPTH_MAX];
	int depth, lists;
	bool blank;		/* a blank line is due before the next line */
	bool soft;		/* a soft line break is due */
	enum text_style style[DEPTH_MAX];	/* of the spans that are open */
	int spans;
	bool in_code, in_cell, in_html;
	struct table table;
	size_t start;		/* lines that were there before */
};

static enum text_style
style_now(const struct writer *w)
{
	int top = w->spans < DEPTH_MAX ? w->spans : DEPTH_MAX - 1;

	return w->style[top];
}

static void
push_style(struct writer *w, enum text_style style)
{
	w->spans++;
	if (w->spans < DEPTH_MAX)
		w->style[w->spans] = style;
}

static void
pop_style(struct writer *w)
{
	if (w->spans > 0)
		w->spans--;
}

/* Blank lines stand between blocks, not before the first.  */
static void
due_blank(struct writer *w)
{
	if (w->blank && w->out->n > w->start)
		styled_plain_line(w->out, STYLE_TEXT, "");
	w->blank = false;
}

/* The mark of a list stands once; what follows is as far to the right.  */
static void
marks_done(struct writer *w)
{
	run_clear(&w->first);
	for (size_t i = 0; i < w->rest.text.len; i++)
		run_add(&w->first, w->rest.style.data[i],
			w->rest.text.data + i, 1);
}

static void
flush(struct writer *w)
{
	w->soft = false;
	if (!w->text.text.len)
		return;
	due_blank(w);
	styled_wrap(w->out, &w->text, w->look->width, &w->first, &w->rest);
	run_clear(&w->text);
	marks_done(w);
}

/* One level further in: mark before the first line, blank before others.  */
static void
push_indent(struct writer *w, const char *mark, const char *rest)
{
	if (w->depth < DEPTH_MAX)
		w->indent[w->depth] = w->rest.text.len;
	w->depth++;
	if (w->depth > DEPTH_MAX)
		return;
	run_adds(&w->first, STYLE_DIM, mark);
	run_adds(&w->rest, STYLE_DIM, rest);
}

static void
pop_indent(struct writer *w)
{
	w->depth--;
	if (w->depth >= DEPTH_MAX)
		return;
	w->rest.text.len = w->rest.style.len = w->indent[w->depth];
	if (w->rest.text.data) {
		w->rest.text.data[w->rest.text.len] = '\0';
		w->rest.style.data[w->rest.style.len] = '\0';
	}
	marks_done(w);
}

static void
begin_item(struct writer *w)
{
	struct list *list;
	char mark[32], rest[32];

	flush(w);
	if (w->lists < 1 || w->lists > DEPTH_MAX)
		return;
	list = &w->list[w->lists - 1];
	if (list->ordered)
		snprintf(mark, sizeof(mark), "%u. ", list->number++);
	else
		snprintf(mark, sizeof(mark), "%s ",
			 w->look->unicode ? "•" : "-");
	snprintf(rest, sizeof(rest), "%*s", cells_of(mark), "");
	push_indent(w, mark, rest);
}

static void
end_item(struct writer *w)
{
	flush(w);
	if (w->lists >= 1 && w->lists <= DEPTH_MAX)
		pop_indent(w);
}

static void
begin_list(struct writer *w, bool ordered, unsigned number)
{
	flush(w);
	if (w->lists < DEPTH_MAX)
		w->list[w->lists] = (struct list){ ordered, number };
	w->lists++;
}

static void
end_list(struct writer *w)
{
	w->lists--;
	if (!w->lists)
		w->blank = true;
}

static void
rule(struct writer *w)
{
	int cells = w->look->width - cells_of(buf_str(&w->rest.text));

	for (int i = 0; i < cells && i < 500; i++)
		run_adds(&w->text, STYLE_DIM, w->look->unicode ? "─" : "-");
	flush(w);
	w->blank = true;
}

/* The end of a heading; where styles are not seen it is underlined.  */
static void
end_heading(struct writer *w)
{
	int cells = cells_of(buf_str(&w->text.text));

	pop_style(w);
	flush(w);
	if (w->look->plain) {
		for (int i = 0; i < cells && i < w->look->width; i++)
			run_adds(&w->text, STYLE_DIM, "-");
		flush(w);
	}
	w->blank = true;
}

/* One line of code, cut where the screen ends.  */
static void
code_line(struct writer *w, const char *line)
{
	int room = w->look->width - cells_of(buf_str(&w->rest.text)) -
		   CODE_INDENT;
	struct run out = RUN_INIT;

	if (room < 8)
		room = 8;
	do {
		size_t fit = w->look->plain ? strlen(line)
					    : cells_clip(line, room);

		run_adds(&out, STYLE_TEXT, buf_str(&w->rest.text));
		run_adds(&out, STYLE_TEXT, "    ");
		run_add(&out, STYLE_CODE, line, fit);
		styled_line(w->out, out.text.data, out.style.data,
			    out.text.len);
		run_clear(&out);
		line += fit;
	} while (*line);
	run_release(&out);
}

static void
expand_tabs(const char *s, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] != '\t') {
			buf_addc(out, s[i]);
			continue;
		}
		do
			buf_addc(out, ' ');
		while (cells_of(buf_str(out)) % TAB_CELLS);
	}
}

static void
end_code(struct writer *w)
{
	const char *p = buf_str(&w->text.text), *newline;
	struct buf line = BUF_INIT;

	due_blank(w);
	for (; *p; p = newline + (*newline == '\n')) {
		newline = p + strcspn(p, "\n");
		buf_clear(&line);
		expand_tabs(p, newline - p, &line);
		code_line(w, buf_str(&line));
	}
	buf_release(&line);
	run_clear(&w->text);
	marks_done(w);
	w->in_code = false;
	w->blank = true;
}

static void
begin_table(struct writer *w, const MD_BLOCK_TABLE_DETAIL *d)
{
	flush(w);
	table_release(&w->table);
	w->table.n_cols = d->col_count;
	w->table.align = xcalloc(d->col_count, sizeof(int));
}

static void
end_table(struct writer *w)
{
	due_blank(w);
	table_lines(w->out, &w->table, w->look, &w->rest);
	table_release(&w->table);
	w->blank = true;
}

static void
end_cell(struct writer *w, const MD_BLOCK_TD_DETAIL *d, bool head)
{
	static const int aligns[] = {
		[MD_ALIGN_DEFAULT] = -1, [MD_ALIGN_LEFT] = -1,
		[MD_ALIGN_CENTER] = 0, [MD_ALIGN_RIGHT] = 1,
	};
	struct table *t = &w->table;

	if (head)
		pop_style(w);
	t->cell = xgrow(t->cell, &t->room, t->n + 1, sizeof(*t->cell));
	t->align[t->n % t->n_cols] = aligns[d->align];
	t->cell[t->n++] = w->text;
	w->text = (struct run)RUN_INIT;
	w->soft = w->in_cell = false;
}

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
	struct writer *w = arg;

	switch (type) {
	case MD_BLOCK_QUOTE:
		flush(w);
		due_blank(w);
		push_indent(w, w->look->unicode ? "│ " : "| ",
			    w->look->unicode ? "│ " : "| ");
		break;
	case MD_BLOCK_UL:
		begin_list(w, false, 0);
		break;
	case MD_BLOCK_OL:
		begin_list(w, true, ((MD_BLOCK_OL_DETAIL *)detail)->start);
		break;
	case MD_BLOCK_LI:
		begin_item(w);
		break;
	case MD_BLOCK_HR:
		rule(w);
		break;
	case MD_BLOCK_H:
		flush(w);
		push_style(w, STYLE_TITLE);
		break;
	case MD_BLOCK_CODE:
		flush(w);
		w->in_code = true;
		break;
	case MD_BLOCK_HTML:
		w->in_html = true;
		break;
	case MD_BLOCK_P:
		flush(w);
		break;
	case MD_BLOCK_TABLE:
		begin_table(w, detail);
		break;
	case MD_BLOCK_TH:
		push_style(w, STYLE_STRONG);
		w->in_cell = true;
		break;
	case MD_BLOCK_TD:
		w->in_cell = true;
		break;
	default:
		break;
	}
	return 0;
}

static int
leave_block(MD_BLOCKTYPE type, void *detail, void *arg)
{
	struct writer *w = arg;

	switch (type) {
	case MD_BLOCK_QUOTE:
		flush(w);
		pop_indent(w);
		w->blank = true;
		break;
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		end_list(w);
		break;
	case MD_BLOCK_LI:
		end_item(w);
		break;
	case MD_BLOCK_H:
		end_heading(w);
		break;
	case MD_BLOCK_CODE:
		end_code(w);
		break;
	case MD_BLOCK_HTML:
		w->in_html = false;
		break;
	case MD_BLOCK_P:
		flush(w);
		w->blank = true;
		break;
	case MD_BLOCK_TABLE:
		end_table(w);
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		end_cell(w, detail, type == MD_BLOCK_TH);
		break;
	default:
		break;
	}
	return 0;
}

static void
add_text(struct writer *w, const char *s, size_t len);

static int
enter_span(MD_SPANTYPE type, void *detail, void *arg)
{
	static const uint8_t styles[] = {
		[MD_SPAN_EM] = STYLE_EMPHASIS,
		[MD_SPAN_STRONG] = STYLE_STRONG,
		[MD_SPAN_CODE] = STYLE_CODE,
	};
	struct writer *w = arg;

	(void)detail;
	if (type < ARRAY_SIZE(styles) && styles[type])
		push_style(w, styles[type]);
	else
		push_style(w, style_now(w));
	if (type == MD_SPAN_CODE && w->look->plain)
		add_text(w, "`", 1);
	return 0;
}

/* The address of a link stands behind its text, unless it is its text.  */
static void
link_address(struct writer *w, const MD_ATTRIBUTE *href)
{
	const char *text = buf_str(&w->text.text);
	size_t len = w->text.text.len;

	if (!href->size || (len >= href->size &&
			    memcmp(text + len - href->size, href->text,
				   href->size) == 0))
		return;
	push_style(w, STYLE_DIM);
	add_text(w, " (", 2);
	add_text(w, href->text, href->size);
	add_text(w, ")", 1);
	pop_style(w);
}

static int
leave_span(MD_SPANTYPE type, void *detail, void *arg)
{
	struct writer *w = arg;

	if (type == MD_SPAN_CODE && w->look->plain)
		add_text(w, "`", 1);
	pop_style(w);
	if (type == MD_SPAN_A)
		link_address(w, &((MD_SPAN_A_DETAIL *)detail)->href);
	return 0;
}

static void
add_text(struct writer *w, const char *s, size_t len)
{
	char *copy = xstrndup(s, len);
	const char *last = cells_last(buf_str(&w->text.text));
	/* Markdown wants a blank between ?** and a letter; Chinese does not. */
	bool needless = *copy == ' ' && cells_is_mark(last) &&
			cells_is_wide(copy + 1);

	if (w->soft && *last && *copy && cells_stand_apart(last, copy))
		run_add(&w->text, style_now(w), " ", 1);
	w->soft = false;
	run_adds(&w->text, style_now(w), copy + needless);
	free(copy);
}

static void
add_code_point(struct writer *w, unsigned long c)
{
	char s[5] = "?";

	if (c >= 0x20 && c < 0x80)
		s[0] = c;
	else if (c >= 0x80 && c < 0x800)
		snprintf(s, sizeof(s), "%c%c", (char)(0xc0 | c >> 6),
			 (char)(0x80 | (c & 0x3f)));
	else if (c >= 0x800 && c < 0x10000)
		snprintf(s, sizeof(s), "%c%c%c", (char)(0xe0 | c >> 12),
			 (char)(0x80 | (c >> 6 & 0x3f)),
			 (char)(0x80 | (c & 0x3f)));
	add_text(w, s, strlen(s));
}

/* The entities that Markdown itself makes one write, and numbers.  */
static void
add_entity(struct writer *w, const char *s, size_t len)
{
	static const struct {
		const char *name, *text;
	} known[] = {
		{ "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" },
		{ "&quot;", "\"" }, { "&nbsp;", " " },
	};
	char *copy = xstrndup(s, len);

	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (strcmp(copy, known[i].name) == 0) {
			add_text(w, known[i].text, strlen(known[i].text));
			free(copy);
			return;
		}
	if (strncmp(copy, "&#x", 3) == 0 || strncmp(copy, "&#X", 3) == 0)
		add_code_point(w, strtoul(copy + 3, NULL, 16));
	else if (strncmp(copy, "&#", 2) == 0)
		add_code_point(w, strtoul(copy + 2, NULL, 10));
	else
		add_text(w, s, len);
	free(copy);
}

/* In a cell \| is a bar that does not end it, in code as well (GitHub Flavored
 * Markdown, 4.10); md4c leaves it as it stands.  */
static void
add_code(struct writer *w, const char *s, size_t len)
{
	const char *end = s + len, *bar;

	while (w->in_cell && (bar = memmem(s, end - s, "\\|", 2))) {
		add_text(w, s, bar - s);
		s = bar + 1;
	}
	add_text(w, s, end - s);
}

static int
text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE len, void *arg)
{
	struct writer *w = arg;

	if (w->in_html || type == MD_TEXT_HTML)
		return 0;
	if (w->in_code) {
		run_add(&w->text, STYLE_CODE, s, len);
		return 0;
	}
	if (type == MD_TEXT_SOFTBR)
		w->soft = true;
	else if (type == MD_TEXT_BR)
		run_add(&w->text, STYLE_TEXT, "\n", 1);
	else if (type == MD_TEXT_ENTITY)
		add_entity(w, s, len);
	else if (type == MD_TEXT_CODE)
		add_code(w, s, len);
	else
		add_text(w, s, len);
	return 0;
}

static const MD_PARSER parser = {
	.flags = MD_FLAG_TABLES | MD_FLAG_PERMISSIVEURLAUTOLINKS,
	.enter_block = enter_block,
	.leave_block = leave_block,
	.enter_span = enter_span,
	.leave_span = leave_span,
	.text = text,
};

static void
render(struct writer *w, const char *s, size_t len)
{
	md_parse(s, len, &parser, w);
	flush(w);
	run_release(&w->text);
	run_release(&w->first);
	run_release(&w->rest);
	table_release(&w->table);
}

void
markdown_lines(struct styled *out, const char *s, size_t len,
	       const struct look *look)
{
	struct writer w = { .out = out, .look = look, .start = out->n };

	render(&w, s, len);
}

void
markdown_item(struct styled *out, enum text_style style, const char *mark,
	      const char *s, const struct look *look)
{
	struct writer w = { .out = out, .look = look, .start = out->n };
	int cells = cells_of(mark);

	run_adds(&w.first, style, mark);
	for (int i = 0; i < cells; i++)
		run_add(&w.rest, STYLE_TEXT, " ", 1);
	render(&w, s, strlen(s));
}
