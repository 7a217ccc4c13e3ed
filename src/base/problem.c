/* What is wrong in a file.  */
#include "config.h"

#include "base/problem.h"

#include <stdlib.h>

void
problem_add(struct problems *p, const char *file, int line,
	    const char *fmt, ...)
{
	struct problem *new;
	va_list ap;

	if (!p)
		return;
	p->list = xgrow(p->list, &p->room, p->n + 1, sizeof(*p->list));
	new = &p->list[p->n++];
	new->file = xstrdup(file);
	new->line = line;
	va_start(ap, fmt);
	new->text = xvasprintf(fmt, ap);
	va_end(ap);
}

void
problems_write(const struct problems *p, struct buf *out)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct problem *it = &p->list[i];

		if (it->line)
			buf_addf(out, "%s:%d: %s\n", it->file, it->line,
				 it->text);
		else
			buf_addf(out, "%s: %s\n", it->file, it->text);
	}
}

void
problems_release(struct problems *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->list[i].file);
		free(p->list[i].text);
	}
	free(p->list);
	*p = (struct problems)PROBLEMS_INIT;
}
