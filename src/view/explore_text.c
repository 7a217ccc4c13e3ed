/* A search as text.  */
#include "config.h"

#include "view/explore_text.h"

#include "base/cells.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

double
explore_progress_all(const struct explore_progress *p)
{
	double budget = (double)p->budget;

	return p->estimate > 0 && p->estimate < budget ? p->estimate : budget;
}

/* An estimate has two digits that mean something.  */
static double
round_off(double n)
{
	double unit = 1;

	while (n / unit >= 100)
		unit *= 10;
	return (double)(int64_t)(n / unit + 0.5) * unit;
}

static void
write_time(struct buf *out, double seconds)
{
	if (seconds < 100)
		buf_addf(out, _(", %.0f s"), seconds);
	else if (seconds < 100 * 60)
		buf_addf(out, _(", %.0f min"), seconds / 60);
	else
		buf_addf(out, _(", %.0f h"), seconds / 3600);
}

/* What is left, until the search has ended or the budget is spent.  */
static void
write_rest(struct buf *out, const struct explore_progress *p)
{
	double rest = explore_progress_all(p) - (double)p->runs;

	if (rest < 1)
		return;
	buf_addf(out, p->estimate > 0 && p->estimate < (double)p->budget
		 ? _("; about %.0f more") : _("; at most %.0f more"),
		 round_off(rest));
	if (p->runs_per_second >= 1)
		write_time(out, rest / p->runs_per_second);
}

void
explore_progress_write(struct buf *out, const struct explore_progress *p)
{
	buf_addf(out, ngettext("%llu run", "%llu runs", (unsigned long)p->runs),
		 (unsigned long long)p->runs);
	if (p->runs_per_second >= 1)
		buf_addf(out, _(", %.0f a second"), p->runs_per_second);
	if (p->found)
		buf_adds(out, _("; a failure was found, and is made short"));
	else
		write_rest(out, p);
}

static void
add_numbers(struct buf *out, const struct failure *f)
{
	buf_addf(out, ngettext("%llu step", "%llu steps",
			       (unsigned long)f->steps),
		 (unsigned long long)f->steps);
	buf_addf(out, ngettext(", %d change of the actor",
			       ", %d changes of the actor",
			       (unsigned long)f->switches), f->switches);
	if (f->preemptions)
		buf_addf(out, ngettext(", %d of them (!) although the one "
				       "before could have gone on",
				       ", %d of them (!) although the one "
				       "before could have gone on",
				       (unsigned long)f->preemptions),
			 f->preemptions);
	if (f->faults)
		buf_addf(out, ngettext(", %d injected fault (f)",
				       ", %d injected faults (f)",
				       (unsigned long)f->faults), f->faults);
	buf_adds(out, _(".\n"));
	if (f->turning_step)
		buf_addf(out, _("It is decided in step %llu (*): after it, "
				"every run that was tried failed.\n"),
			 (unsigned long long)f->turning_step);
}

static void
add_failure(struct buf *out, const struct failure *f)
{
	buf_addf(out, "%s: %s\n", verdict_word(f->verdict),
		 f->message ? f->message : "");
	if (f->picture)
		buf_addf(out, _("\nThe shortest run that fails so:\n\n%s\n"),
			 f->picture);
	add_numbers(out, f);
	if (f->unshortened)
		buf_addf(out, _("This run was not made short, and there is no "
				"picture of it: %s.\n"), f->unshortened);
	if (f->passing)
		buf_addf(out, _("\nThe nearest run that passes:\n\n%s\n"),
			 f->passing);
}

void
explore_result_write(struct buf *out, const struct explore_result *r)
{
	if (r->failure.verdict != VERDICT_ACCEPT)
		add_failure(out, &r->failure);
	buf_adds(out, r->sentence);
}

/* One paragraph, broken into lines of this many cells; what is indented stays
 * so.  */
static void
add_wrapped(struct buf *out, const char *text, int width)
{
	int indent = (int)strspn(text, " "), used = 0;

	while (*text) {
		size_t n = cells_clip(text, width - used), at = n;

		if (text[n])
			while (at > 0 && text[at] != ' ')
				at--;
		/* Languages without spaces are broken anywhere.  */
		if (at <= (size_t)(used ? 0 : indent) || 2 * at < n)
			at = n ? n : strlen(text);
		buf_addf(out, "%*s%.*s\n", used, "", (int)at, text);
		text += at + strspn(text + at, " ");
		used = indent < width / 2 ? indent : 0;
	}
}

void
explore_text_wrap(struct buf *out, const char *text, int width)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		char *line = xstrndup(text, n);

		if (n)
			add_wrapped(out, line, width);
		else
			buf_addc(out, '\n');
		free(line);
		text += n + (text[n] == '\n');
	}
}
