/* The account of a check as plain text.  */
#include "config.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "report/account.h"

#include <stdlib.h>
#include <string.h>

const char *
account_fault(void)
{
	return _("A fault of ipclab or of its machine is in this result. It "
		 "is not counted; have it graded again");
}

/* Every line of it, set in.  */
static void
quote(struct buf *out, const char *title, const char *text)
{
	if (!text || !*text)
		return;
	buf_addf(out, "%s\n", title);
	while (*text) {
		size_t len = strcspn(text, "\n");

		buf_adds(out, "| ");
		buf_add(out, text, len);
		buf_addc(out, '\n');
		text += len + (text[len] == '\n');
	}
}

static void
add_one_line(struct buf *out, const char *text)
{
	for (; *text; text++)
		buf_addc(out, *text == '\n' ? ' ' : *text);
}

void
account_line(struct buf *out, const struct result_check *c)
{
	add_one_line(out, c->message && *c->message ? c->message :
			  grade_title(c->verdict));
}

static void
add_paragraph(struct buf *out, const char *title, const char *text)
{
	if (!text || !*text)
		return;
	buf_adds(out, title);
	add_one_line(out, text);
	buf_addc(out, '\n');
}

static void
add_case(struct buf *out, const struct result_check *c)
{
	char *args;

	if (!c->failed_case)
		return;
	args = c->args ? cells_middle(c->args, RESULT_ARGS_SHOWN) : NULL;
	buf_addf(out, _("Case %lld fails."), (long long)c->failed_case);
	buf_addc(out, '\n');
	quote(out, _("Its arguments:"), args);
	quote(out, _("Its input:"), c->input);
	free(args);
}

static void
add_part(struct buf *out, const char *before, const char *text)
{
	if (!text)
		return;
	buf_adds(out, before);
	add_one_line(out, text);
}

static void
add_blocked(struct buf *out, const struct result_check *c)
{
	for (size_t i = 0; i < c->n_blocked; i++) {
		const struct result_blocked *b = &c->blocked[i];

		add_part(out, "| ", b->actor);
		buf_adds(out, _(" waits"));
		add_part(out, _(" in "), b->call);
		add_part(out, " ", b->object);
		add_part(out, _(" for "), b->holder);
		buf_addc(out, '\n');
	}
}

void
account_check(struct buf *out, const struct result_check *c)
{
	add_paragraph(out, _("What is wrong: "), c->message);
	add_paragraph(out, "", c->says);
	add_paragraph(out, _("Hint: "), c->hint);
	add_paragraph(out, _("The rule: "), c->rule);
	add_case(out, c);
	quote(out, _("The failing run:"), c->picture);
	if (c->n_blocked)
		buf_addf(out, "%s\n", _("At its end:"));
	add_blocked(out, c);
	quote(out, _("The nearest run that passes:"), c->passing);
	quote(out, _("It printed:"), c->output);
	quote(out, _("It should print:"), c->expected);
	quote(out, _("To see it again, write these lines, without the | before "
		     "them, to a file, and call ipclab replay FILE:"),
	      c->schedule);
}

void
account_whole(struct buf *out, const struct result *r)
{
	if (!r->gradable)
		buf_addf(out, "%s.\n", account_fault());
	if (r->build != GRADE_ACCEPT)
		buf_addf(out, "%s\n", grade_title(r->build));
	add_paragraph(out, _("What is wrong: "), r->build_message);
	quote(out, _("The compiler says:"), r->diagnostics);
	if (r->n_forbidden)
		buf_addf(out, "%s\n", _("System calls that were refused:"));
	for (size_t i = 0; i < r->n_forbidden; i++) {
		const struct result_forbidden *f = &r->forbidden[i];

		add_part(out, "| ", f->call);
		add_part(out, _(" by "), f->actor);
		add_part(out, _(" at "), f->source);
		buf_addc(out, '\n');
	}
}
