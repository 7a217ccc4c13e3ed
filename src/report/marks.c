/* The marks of a class.  */
#include "config.h"

#include "base/i18n.h"
#include "report/account.h"
#include "report/marks.h"

#include <stdlib.h>
#include <string.h>

static int
by_id(const void *a, const void *b)
{
	const struct result *r = *(const struct result *const *)a;
	const struct result *s = *(const struct result *const *)b;
	int order = strcmp(r->id, s->id);

	return order ? order : strcmp(r->exercise, s->exercise);
}

static int
by_exercise(const void *a, const void *b)
{
	const struct result *r = *(const struct result *const *)a;
	const struct result *s = *(const struct result *const *)b;

	return strcmp(r->exercise, s->exercise);
}

/* The maximum of each exercise, once.  */
static int64_t
maximum_of(const struct result *results, size_t n)
{
	const struct result **list = xcalloc(n + 1, sizeof(*list));
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		list[i] = &results[i];
	qsort(list, n, sizeof(*list), by_exercise);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || by_exercise(&list[i - 1], &list[i]) != 0)
			sum += list[i]->maximum;
	free(list);
	return sum;
}

static void
add_mark(struct marks *m, size_t from, size_t to)
{
	struct mark *mark = &m->mark[m->n++];

	*mark = (struct mark){ .id = m->sorted[from]->id, .gradable = true,
			       .result = m->sorted + from, .n = to - from };
	for (size_t i = from; i < to; i++) {
		mark->score += m->sorted[i]->score;
		mark->gradable &= m->sorted[i]->gradable;
	}
}

int
marks_make(struct marks *m, const struct result *results, size_t n,
	   char **why)
{
	size_t from = 0;

	*m = (struct marks){ .n = 0 };
	m->sorted = xcalloc(n + 1, sizeof(*m->sorted));
	m->mark = xcalloc(n + 1, sizeof(*m->mark));
	for (size_t i = 0; i < n; i++)
		m->sorted[i] = &results[i];
	qsort(m->sorted, n, sizeof(*m->sorted), by_id);
	for (size_t i = 1; i <= n; i++) {
		if (i < n && by_id(&m->sorted[i - 1], &m->sorted[i]) == 0)
			return fail(why, _("there are two results of %s for "
					   "%s"), m->sorted[i]->id,
				    m->sorted[i]->exercise);
		if (i < n && strcmp(m->sorted[from]->id,
				    m->sorted[i]->id) == 0)
			continue;
		add_mark(m, from, i);
		from = i;
	}
	m->maximum = maximum_of(results, n);
	return 0;
}

void
marks_release(struct marks *m)
{
	free(m->sorted);
	free(m->mark);
	*m = (struct marks){ .n = 0 };
}

void
mark_feedback(struct buf *out, const struct mark *m)
{
	for (size_t k = 0; k < m->n; k++) {
		const struct result *r = m->result[k];

		if (m->n > 1)
			buf_addf(out, "%s\n", r->title);
		account_whole(out, r);
		for (size_t i = 0; i < r->n_checks; i++) {
			const struct result_check *c = &r->check[i];

			buf_addf(out, _("%s: %lld of %lld: "), c->title,
				 (long long)c->points, (long long)c->maximum);
			account_line(out, c);
			buf_addc(out, '\n');
		}
	}
}
