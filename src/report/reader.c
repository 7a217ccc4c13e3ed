/* What a reader may see of a result.  */
#include "config.h"

#include "report/field.h"
#include "report/reader.h"

#include <stdlib.h>
#include <string.h>

/* ---- a clean copy ---- */
static void own_fields(const struct field *f, void *of);

static char *
own_text(const struct field *f, const char *text)
{
	if (!text)
		return NULL;
	return f->kind == FIELD_JSON ? xstrdup(text) :
	       result_text(text, strlen(text), READER_TEXT_MAX);
}

static void
own_list(const struct field *f, void *of)
{
	char **at = (char **)((char *)of + f->at);
	size_t n = *(size_t *)((char *)of + f->count);
	char *copy = xcalloc(n + 1, f->size);

	if (n)
		memcpy(copy, *at, n * f->size);
	*at = copy;
	for (size_t i = 0; i < n; i++)
		own_fields(f->fields, copy + i * f->size);
}

/* What it points to is shared with another: from now on it is its own.  */
static void
own_fields(const struct field *f, void *of)
{
	for (; f->key; f++) {
		char **at = (char **)((char *)of + f->at);

		if (f->kind == FIELD_TEXT || f->kind == FIELD_LINES ||
		    f->kind == FIELD_JSON)
			*at = own_text(f, *at);
		else if (f->kind == FIELD_OBJECT)
			own_fields(f->fields, of);
		else if (f->kind == FIELD_LIST)
			own_list(f, of);
	}
}

/* ---- what is left out ---- */
bool
report_shows(const struct result_check *c, const struct report_options *o)
{
	return o->instructor || strcmp(c->visibility, "visible") == 0 ||
	       (o->due && strcmp(c->visibility, "after_due") == 0) ||
	       (o->published &&
		strcmp(c->visibility, "after_published") == 0);
}

/* Is it known by the name of a check that is not shown?  */
static bool
is_of_hidden(const struct result *r, const char *check,
	     const struct report_options *o)
{
	for (size_t i = 0; check && i < r->n_checks; i++)
		if (strcmp(r->check[i].id, check) == 0)
			return !report_shows(&r->check[i], o);
	return false;
}

/* A shallow copy of the forbidden calls that may be told.  */
static struct result_forbidden *
forbidden_shown(const struct result *r, const struct report_options *o,
		size_t *n)
{
	struct result_forbidden *list =
		xcalloc(r->n_forbidden + 1, sizeof(*list));

	*n = 0;
	for (size_t i = 0; i < r->n_forbidden; i++)
		if (!is_of_hidden(r, r->forbidden[i].check, o))
			list[(*n)++] = r->forbidden[i];
	return list;
}

/* The points and the verdict of what is left.  */
static void
sum_up(struct result *seen)
{
	seen->score = seen->maximum = 0;
	seen->verdict = seen->build;
	for (size_t i = 0; i < seen->n_checks; i++) {
		const struct result_check *c = &seen->check[i];

		seen->score += c->points;
		seen->maximum += c->maximum;
		if (seen->verdict == GRADE_ACCEPT)
			seen->verdict = c->verdict;
	}
}

size_t
reader_sees(struct result *seen, const struct result *r,
	    enum report_view view, const struct report_options *o)
{
	struct report_options all = { .instructor = true };
	const struct report_options *as = view == REPORT_WHOLE ? &all : o;
	struct result_check *check = xcalloc(r->n_checks + 1, sizeof(*check));
	size_t n = 0;

	*seen = *r;
	for (size_t i = 0; i < r->n_checks; i++)
		if (report_shows(&r->check[i], as))
			check[n++] = r->check[i];
	seen->check = check;
	seen->n_checks = n;
	seen->forbidden = forbidden_shown(r, as, &seen->n_forbidden);
	struct result_forbidden *forbidden = seen->forbidden;

	if (view == REPORT_SHOWN)
		sum_up(seen);
	own_fields(result_fields, seen);
	free(check);
	free(forbidden);
	return r->n_checks - n;
}
