/* Rules: a condition over a whole run.  */
#include "config.h"

#include "base/i18n.h"
#include "base/suggest.h"
#include "condition/condition.h"

#include <stdlib.h>
#include <string.h>

static const char *const modalities[] = {
	[UNTIL] = "until", [ALWAYS] = "always", [NEVER] = "never",
	[FINALLY] = "finally", [ONCE] = "once",
};

int
rule_parse(struct rule *r, const char *text, char **why)
{
	char first[16] = "", *blanked;
	struct suggest near = SUGGEST_INIT(first);
	size_t skip = strspn(text, " \t"), len = strcspn(text + skip, " \t");

	memset(r, 0, sizeof(*r));
	if (len < sizeof(first))
		memcpy(first, text + skip, len);
	for (size_t i = 0; i < ARRAY_SIZE(modalities); i++) {
		suggest_try(&near, modalities[i]);
		if (strcmp(first, modalities[i]) != 0)
			continue;
		r->modality = i;
		/* Columns of errors count from the beginning of the rule. */
		blanked = xstrdup(text);
		memset(blanked, ' ', skip + len);
		r->condition = condition_parse(blanked, why);
		free(blanked);
		return r->condition ? 0 : -1;
	}
	if (suggest_best(&near))
		return fail(why, _("a rule begins with until, always, "
				   "never, finally or once, not with '%s'; "
				   "did you mean '%s'?"), first, suggest_best(&near));
	return fail(why, _("a rule begins with until, always, never, "
			   "finally or once, not with '%.*s'"),
		    (int)(len < 40 ? len : 40), text + skip);
}

void
rule_release(struct rule *r)
{
	condition_free(r->condition);
	r->condition = NULL;
}

static void
decide(struct rule *r, bool holds, const struct world *w)
{
	r->decided = true;
	r->holds = holds;
	r->decided_n = w->n;
}

void
rule_feed(struct rule *r, const struct world *w)
{
	enum truth t;

	if (r->decided || r->modality == FINALLY)
		return;
	t = condition_eval(r->condition, w);
	r->judged |= t != IS_UNKNOWN;
	if ((r->modality == UNTIL || r->modality == ONCE) && t == IS_TRUE)
		decide(r, true, w);
	else if (r->modality == ALWAYS && t == IS_FALSE)
		decide(r, false, w);
	else if (r->modality == NEVER && t == IS_TRUE)
		decide(r, false, w);
}

void
rule_end(struct rule *r, const struct world *w)
{
	enum truth t;

	if (r->decided)
		return;
	t = condition_eval(r->condition, w);
	r->judged |= t != IS_UNKNOWN;
	/* What was never there was never seen to keep the rule. */
	switch (r->modality) {
	case UNTIL: decide(r, false, w); break;
	case ONCE: decide(r, t == IS_TRUE, w); break;
	case ALWAYS: decide(r, r->judged && t != IS_FALSE, w); break;
	case NEVER: decide(r, r->judged && t != IS_TRUE, w); break;
	case FINALLY: decide(r, t == IS_TRUE, w); break;
	}
}
