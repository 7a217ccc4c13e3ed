/* See roster.h.  */
#include "config.h"

#include "base/i18n.h"
#include "grade/roster.h"
#include "grade/sheet.h"

#include <stdlib.h>
#include <string.h>

static int
by_id(const void *a, const void *b)
{
	const struct person *const *one = a, *const *other = b;
	int order = strcmp((*one)->id, (*other)->id);

	return order ? order : (*one)->line - (*other)->line;
}

/* The second of two with the same id is told.  */
static int
check_twice(const struct roster *r, const char *file, struct problems *p)
{
	const struct person **sorted = xcalloc(r->n + 1,
					       sizeof(struct person *));
	int ret = 0;

	for (size_t i = 0; i < r->n; i++)
		sorted[i] = &r->person[i];
	qsort(sorted, r->n, sizeof(struct person *), by_id);
	for (size_t i = 1; i < r->n; i++) {
		if (strcmp(sorted[i - 1]->id, sorted[i]->id) != 0)
			continue;
		problem_add(p, file, sorted[i]->line,
			    _("'%.100s' stands in line %d already"),
			    sorted[i]->id, sorted[i - 1]->line);
		ret = -1;
	}
	free(sorted);
	return ret;
}

/* False: it was said.  */
static bool
check_id(const struct person *it, const char *file, struct problems *p)
{
	struct buf shown = BUF_INIT;

	if (sheet_id_is_sound(it->id))
		return true;
	buf_add_line(&shown, it->id, strlen(it->id));
	problem_add(p, file, it->line, _("id: '%.100s' cannot be one: 1 to "
		    "100 bytes without '/' and no blank at the ends"),
		    buf_str(&shown));
	buf_release(&shown);
	return false;
}

static int
take_people(struct roster *r, const struct sheet *s, const char *file,
	    struct problems *p)
{
	int id = sheet_column(s, "id"), name = sheet_column(s, "name");
	int email = sheet_column(s, "email"), ret = 0;

	if (id < 0) {
		problem_add(p, file, 1, _("the first line names the columns, "
					  "and 'id' is not among them"));
		return -1;
	}
	r->person = xcalloc(s->n + 1, sizeof(*r->person));
	for (size_t i = 0; i < s->n; i++) {
		struct person *to = &r->person[r->n++];

		*to = (struct person){
			.id = xstrdup(sheet_cell(s, i, id)),
			.name = xstrdup(sheet_cell(s, i, name)),
			.email = xstrdup(sheet_cell(s, i, email)),
			.line = s->line[i],
		};
		if (!check_id(to, file, p))
			ret = -1;
	}
	return check_twice(r, file, p) < 0 ? -1 : ret;
}

int
roster_read(struct roster *r, const char *file, const char *text, size_t n,
	    struct problems *p)
{
	struct sheet s;
	int ret;

	*r = (struct roster){ .n = 0 };
	ret = sheet_read(&s, file, text, n, p);
	if (ret == 0)
		ret = take_people(r, &s, file, p);
	sheet_release(&s);
	return ret;
}

int
roster_load(struct roster *r, const char *path, struct problems *p)
{
	struct buf text = BUF_INIT;
	char *why = NULL;
	int ret;

	*r = (struct roster){ .n = 0 };
	if (buf_read_file(&text, path, SHEET_BYTES_MAX, &why) < 0) {
		problem_add(p, path, 0, "%s", why);
		ret = -1;
	} else {
		ret = roster_read(r, path, buf_str(&text), text.len, p);
	}
	free(why);
	buf_release(&text);
	return ret;
}

void
roster_release(struct roster *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->person[i].id);
		free(r->person[i].name);
		free(r->person[i].email);
	}
	free(r->person);
	*r = (struct roster){ .n = 0 };
}

const struct person *
roster_find(const struct roster *r, const char *id)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->person[i].id, id) == 0)
			return &r->person[i];
	return NULL;
}
