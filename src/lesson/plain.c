/* A lesson as linear text.  */
#include "config.h"

#include "lesson/plain.h"


#include "base/cells.h"
#include "base/i18n.h"
#include "lesson/need.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
take_lines(struct buf *out, struct styled *lines)
{
	styled_text(lines, out);
	styled_release(lines);
}

static void
underlined(struct buf *out, const char *text, char with)
{
	buf_addf(out, "%s\n", text);
	for (int i = cells_of(text); i > 0; i--)
		buf_addc(out, with);
	buf_adds(out, "\n\n");
}

static void
item(struct buf *out, const char *mark, const char *markdown,
     const struct look *look)
{
	struct styled lines = STYLED_INIT;

	markdown_item(&lines, STYLE_STRONG, mark, markdown, look);
	take_lines(out, &lines);
}

/* The same for a text that is not Markdown.  */
static void
verbatim(struct buf *out, const char *mark, const char *text,
	 const struct look *look)
{
	struct run first = RUN_INIT, rest = RUN_INIT, body = RUN_INIT;
	struct styled lines = STYLED_INIT;

	run_adds(&first, STYLE_TEXT, mark);
	for (int i = cells_of(mark); i > 0; i--)
		run_adds(&rest, STYLE_TEXT, " ");
	run_adds(&body, STYLE_TEXT, text);
	styled_wrap(&lines, &body, look->width, &first, &rest);
	take_lines(out, &lines);
	run_release(&first);
	run_release(&rest);
	run_release(&body);
}

void
plain_text(struct buf *out, const char *markdown, const struct look *look)
{
	struct styled lines = STYLED_INIT;

	markdown_lines(&lines, markdown, strlen(markdown), look);
	take_lines(out, &lines);
	buf_addc(out, '\n');
}

void
plain_exhibit(struct buf *out, const struct exhibit *e,
	      const struct look *look)
{
	struct styled lines = STYLED_INIT;

	exhibit_lines(&lines, e, look);
	take_lines(out, &lines);
	buf_addc(out, '\n');
}

void
plain_head(struct buf *out, const struct lesson *l, const struct look *look)
{
	underlined(out, l->title.text ? l->title.text : l->name, '=');
	if (l->goal.text)
		item(out, _("Goal: "), l->goal.text, look);
	if (l->minutes.text)
		buf_addf(out, _("It takes about %s minutes.\n"),
			 l->minutes.text);
	buf_addc(out, '\n');
}

bool
plain_lacking(struct buf *out, const struct lesson *l,
	      const struct look *look)
{
	const struct need *list[LACKING_MAX];
	size_t n = lesson_lacks(l, list, LACKING_MAX);

	for (size_t i = 0; i < n; i++)
		item(out, "! ", _(list[i]->bad), look);
	if (n)
		buf_addf(out, "%s\n\n", _("What cannot be run here is shown as "
					  "recorded on another machine."));
	return n > 0;
}

void
plain_step(struct buf *out, const struct lesson *l, size_t i,
	   const struct look *look)
{
	char *line;

	(void)look;
	if (!i)
		return;
	line = xasprintf(_("Step %zu of %zu: %s"), i, l->n - 1,
			 l->step[i].title);
	underlined(out, line, '-');
	free(line);
}

void
plain_question(struct buf *out, const struct question *q,
	       const struct look *look)
{
	char mark[64];

	item(out, _("Question: "), q->text, look);
	buf_addc(out, '\n');
	for (size_t i = 0; i < q->n; i++) {
		snprintf(mark, sizeof(mark), "  %zu. ", i + 1);
		item(out, mark, q->answer[i].text, look);
	}
	buf_addc(out, '\n');
	for (size_t i = 0; i < q->n; i++) {
		snprintf(mark, sizeof(mark), q->answer[i].right
			 ? _("  %zu is right: ") : _("  %zu is wrong: "),
			 i + 1);
		item(out, mark, q->answer[i].explanation, look);
	}
	buf_addc(out, '\n');
}

/* How much of the code fits: up to a blank behind its indent, else to the end
 * of the room.  */
static size_t
fitting(const char *code, int room)
{
	size_t n = cells_clip(code, room), indent = strspn(code, " ");

	if (!code[n])
		return n;
	for (size_t i = n; i > indent; i--)
		if (code[i] == ' ')
			return i;
	return n ? n : strlen(code);
}

/* One line of a program: its number, then the code with its tabs as four
 * cells.  What has no room goes on below, further in.  */
static void
code_line(struct styled *out, int number, const char *s, size_t len,
	  const struct look *look)
{
	enum { NUMBER = 6, FURTHER = 4 };
	int room = look->plain ? INT_MAX : look->width - NUMBER, indent;
	struct buf code = BUF_INIT;
	const char *p;

	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\t')
			buf_adds(&code, "    ");
		else if (s[i] != '\r' && s[i])
			buf_addc(&code, s[i]);
	}
	p = buf_str(&code);
	indent = (int)strspn(p, " ") + FURTHER;
	if (indent > room / 2)
		indent = room / 2;
	for (bool first = true; first || *p; first = false) {
		size_t n = fitting(p, first ? room : room - indent);
		struct run line = RUN_INIT;
		char *before = first ? xasprintf("%4d  ", number)
				     : xasprintf("%*s", NUMBER + indent, "");

		run_adds(&line, STYLE_DIM, before);
		run_add(&line, STYLE_CODE, p, n);
		styled_line(out, line.text.data, line.style.data,
			    line.text.len);
		run_release(&line);
		free(before);
		p += n + strspn(p + n, " ");
	}
	buf_release(&code);
}

void
excerpt_lines(struct styled *out, const struct lesson *l,
	      const struct excerpt *e, const struct look *look)
{
	char *path = xasprintf("%s/%s", l->folder, e->file);
	struct buf file = BUF_INIT;
	const char *p;

	if (buf_read_file(&file, path, 1 << 20, NULL) < 0)
		buf_clear(&file);
	p = buf_str(&file);
	for (int line = 1; *p && line <= e->last; line++) {
		size_t len = strcspn(p, "\n");

		if (line >= e->first)
			code_line(out, line, p, len, look);
		p += len + (p[len] == '\n');
	}
	buf_release(&file);
	free(path);
}

void
plain_excerpt(struct buf *out, const struct lesson *l, const struct excerpt *e)
{
	const struct look look = { .width = 80, .plain = true };
	struct styled lines = STYLED_INIT;

	buf_addf(out, _("%s, lines %d to %d:\n\n"), e->file, e->first,
		 e->last);
	excerpt_lines(&lines, l, e, &look);
	take_lines(out, &lines);
	buf_addc(out, '\n');
}

void
plain_experiment(struct buf *out, const struct lesson *l,
		 const struct experiment *e, const struct look *look)
{
	const struct setup *s = &e->setup;

	(void)l;
	verbatim(out, _("Experiment: "), s->program.text ? s->program.text
				: s->command.text ? s->command.text : "", look);
	for (size_t i = 0; i < e->say.n; i++)
		item(out, "  * ", e->say.item[i].text, look);
	if (e->goal_says.text)
		item(out, _("  The goal: "), e->goal_says.text, look);
	else if (e->goal.text)
		verbatim(out, _("  It is reached when: "), e->goal.text, look);
	buf_addc(out, '\n');
}

void
plain_claim(struct buf *out, const struct claim *c,
	    const struct claim_result *r, const struct look *look)
{
	static const char *const marks[] = {
		[CLAIM_HOLDS] = N_("ok      "),
		[CLAIM_FAILS] = N_("NOT ok  "),
		[CLAIM_CANNOT] = N_("not run "),
	};
	char *says = xasprintf("%s%s%s%s", c->says.text ? c->says.text : "",
			       c->cites.text ? " (" : "",
			       c->cites.text ? c->cites.text : "",
			       c->cites.text ? ")" : "");

	item(out, _(marks[r->outcome]), says, look);
	if (r->saw && *r->saw)
		verbatim(out, r->outcome == CLAIM_CANNOT ? "        "
			 : _("        seen: "), r->saw, look);
	buf_addc(out, '\n');
	free(says);
}
