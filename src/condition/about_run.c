/* Statements about the run as a whole.  */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"
#include "event/names.h"

#include <string.h>

enum { SHOWN = 60 };

static void
tell_output(const char *text, size_t len, struct buf *out)
{
	if (!out)
		return;
	if (len <= SHOWN)
		buf_addf(out, _("the output is \"%s\""), text);
	else
		buf_addf(out, _("the output is %zu bytes, the last of them "
				"\"%s\""), len, text + len - SHOWN);
}

enum truth
output_contains(const struct blanks *b, const struct world *w,
		struct buf *out)
{
	size_t len;
	const char *text = world_output(w, -1, &len);

	tell_output(text, len, out);
	return memmem(text, len, b->text, b->text_len) ? IS_TRUE : IS_FALSE;
}

enum truth
output_is(const struct blanks *b, const struct world *w, struct buf *out)
{
	size_t len;
	const char *text = world_output(w, -1, &len);

	tell_output(text, len, out);
	return len == (size_t)b->text_len && memcmp(text, b->text, len) == 0 ?
	       IS_TRUE : IS_FALSE;
}

enum truth
is_deadlock(const struct blanks *b, const struct world *w, struct buf *out)
{
	(void)b;
	if (world_deadlock(w, out))
		return IS_TRUE;
	if (out)
		buf_adds(out, _("somebody can go on"));
	return IS_FALSE;
}

static void
tell_run(const struct world *w, struct buf *out)
{
	if (!out)
		return;
	if (!w->ended)
		buf_adds(out, _("the run goes on"));
	else if (w->signal)
		buf_addf(out, _("the run was killed by %s"),
			 signal_name(w->signal));
	else
		buf_addf(out, _("the run ended with %d"), w->status);
}

enum truth
run_has_ended(const struct blanks *b, const struct world *w, struct buf *out)
{
	(void)b;
	tell_run(w, out);
	return w->ended ? IS_TRUE : IS_FALSE;
}

enum truth
run_ended_with(const struct blanks *b, const struct world *w, struct buf *out)
{
	tell_run(w, out);
	return w->ended && !w->signal && w->status == b->number ? IS_TRUE
								: IS_FALSE;
}

enum truth
run_was_killed(const struct blanks *b, const struct world *w, struct buf *out)
{
	tell_run(w, out);
	return w->ended && w->signal == b->signal ? IS_TRUE : IS_FALSE;
}

enum truth
actors_live(const struct blanks *b, const struct world *w, struct buf *out)
{
	int n = 0;

	for (int a = 0; a < w->n_actors; a++)
		n += actor_is_alive(&w->actor[a]);
	if (out)
		buf_addf(out, ngettext("%d actor lives", "%d actors live", n),
			 n);
	return compare(n, b->option[0], b->number);
}

enum truth
time_is(const struct blanks *b, const struct world *w, struct buf *out)
{
	int64_t unit = b->word[0] == 0 ? 1000000000 : 1000000, wanted;

	if (out)
		buf_addf(out, _("it is %lld.%03lld s"),
			 (long long)(w->time / 1000000000),
			 (long long)(w->time / 1000000 % 1000));
	if (__builtin_mul_overflow(b->number, unit, &wanted))
		wanted = INT64_MAX;
	return compare(w->time, b->option[0], wanted);
}
