/* Why a signal ended somebody: a failed assertion, an address that is not
 * mapped, what it said last.  */
#include "config.h"

#include "base/i18n.h"
#include "event/names.h"
#include "explore/report_inside.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>

enum { NULL_PAGE = 4096 };	/* a null pointer, or a member behind it */

/* The condition in what assert(3) prints, as C libraries word it; its length,
 * 0: it is no such line.  */
static size_t
assertion_in(const char *said, const char **at)
{
	static const struct {
		const char *before, *behind;
	} forms[] = {
		{ "Assertion `", "' failed" },	/* glibc */
		{ "Assertion failed: ", " (" },	/* musl */
	};

	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		const char *start = strstr(said, forms[i].before), *end;

		if (!start)
			continue;
		*at = start + strlen(forms[i].before);
		end = strstr(*at, forms[i].behind);
		return end ? (size_t)(end - *at) : strcspn(*at, "\n");
	}
	return 0;
}

static void
tell_said(const char *said, struct buf *out)
{
	const char *condition = said;
	size_t n = assertion_in(said, &condition);

	if (n)
		buf_addf(out, _(": the assertion \"%.*s\" failed"), (int)n,
			 condition);
	else if (said[0]) {
		buf_adds(out, _(", after it printed \""));
		buf_add_line(out, said, strcspn(said, "\n"));
		buf_adds(out, "\"");
	}
}

static void
tell_fault(const struct world *w, const struct fault *f, struct buf *out)
{
	if (strcmp(f->code, "SEGV_MAPERR") == 0 && f->address < NULL_PAGE)
		buf_adds(out, _(": it used a null pointer"));
	else if (strcmp(f->code, "SEGV_MAPERR") == 0)
		buf_addf(out, _(": nothing is mapped at %#" PRIx64),
			 f->address);
	else if (f->object >= 0)
		buf_addf(out, f->signal == SIGBUS
			 ? _(": byte %" PRId64 " of %s lies behind its last "
			     "page")
			 : _(": byte %" PRId64 " of %s is not mapped for "
			     "that"), f->offset, w->object[f->object].name);
}

/* What sends a signal stands in the picture as "kill SIGUSR1 to A.1".  */
static void
tell_sender(const struct report *r, struct buf *out)
{
	const struct report_crash *c = &r->crash;
	const char *signal = signal_name(c->signal);
	const struct row *sent = NULL;

	for (size_t i = 0; i < r->n_rows; i++)
		if (r->row[i].actor == c->sender &&
		    r->row[i].what == WHAT_CALL &&
		    strncmp(r->row[i].on, signal, strlen(signal)) == 0)
			sent = &r->row[i];
	buf_addf(out, _(", which %s sent"), report_role(r, c->sender));
	if (sent && sent->source[0])
		buf_addf(out, _(" at %s"), sent->source);
	buf_adds(out, _(": it had no handler for it then, and did not block "
			"it"));
}

void
report_crash(const struct report *r, struct buf *out)
{
	const struct report_crash *c = &r->crash;
	const struct actor *a = c->actor < 0 ? NULL
				: &r->world->actor[c->actor];

	if (!a)
		return;
	if (c->source[0])
		buf_addf(out, _(" at %s"), c->source);
	if (a->fault.signal == c->signal)
		tell_fault(r->world, &a->fault, out);
	else if (c->sender >= 0 && c->sender != c->actor &&
		 r->world->actor[c->sender].pid != a->pid)
		tell_sender(r, out);
	else if (c->signal == SIGABRT && (size_t)c->actor < r->n_held)
		tell_said(r->held[c->actor].said, out);
}
