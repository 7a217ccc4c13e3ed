/* See class.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/sha.h"
#include "base/utc.h"
#include "exercise/submission.h"
#include "grade/class.h"
#include "grade/sheet.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

void
class_add(struct class *c, const char *path)
{
	c->one = xgrow(c->one, &c->room, c->n + 1, sizeof(*c->one));
	c->one[c->n++] = (struct handed){ .path = xstrdup(path),
					  .id = submission_id(path) };
}

int
class_add_folder(struct class *c, const char *folder, char **why)
{
	DIR *dir = opendir(folder);
	struct dirent *d;
	int ret = 0;

	if (!dir)
		return fail(why, _("cannot open the folder %s: %s"), folder,
			    strerror(errno));
	while (ret == 0 && (d = readdir(dir))) {
		char *path;

		if (*d->d_name == '.')
			continue;
		path = xasprintf("%s/%s", folder, d->d_name);
		class_add(c, path);
		free(path);
		if (c->n > CLASS_MAX)
			ret = fail(why, _("%s: more than %d submissions"),
				   folder, CLASS_MAX);
	}
	closedir(dir);
	return ret;
}

static int
by_id(const void *a, const void *b)
{
	const struct handed *one = a, *other = b;
	int order = strcmp(one->id, other->id);

	return order ? order : strcmp(one->path, other->path);
}

int
class_sort(struct class *c, char **why)
{
	if (c->n)
		qsort(c->one, c->n, sizeof(*c->one), by_id);
	for (size_t i = 1; i < c->n; i++)
		if (strcmp(c->one[i - 1].id, c->one[i].id) == 0)
			return fail(why, _("two submissions are %s's: %s and "
					   "%s"), c->one[i].id,
				    c->one[i - 1].path, c->one[i].path);
	return 0;
}

static void
release_one(struct handed *h)
{
	free(h->path);
	free(h->id);
	free(h->submitted_at);
}

/* A number of which each value is as likely.  */
static uint64_t
number_of(const char *id)
{
	char *digest, digits[16 + 1];
	struct sha d;

	sha_begin(&d);
	sha_add_text(&d, id);
	digest = sha_end(&d);
	copy_str(digits, sizeof(digits), digest + strlen("sha256:"));
	free(digest);
	return strtoull(digits, NULL, 16);
}

void
class_keep_share(struct class *c, uint64_t share, uint64_t shares)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->n; i++)
		if (number_of(c->one[i].id) % shares == share - 1)
			c->one[kept++] = c->one[i];
		else
			release_one(&c->one[i]);
	c->n = kept;
}

/* ---- when they were handed in ---- */
static struct handed *
find(struct class *c, const char *id)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(c->one[middle].id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < c->n && strcmp(c->one[low].id, id) == 0 ? &c->one[low] :
	       NULL;
}

static int
take_rows(struct class *c, const struct sheet *s, const char *file,
	  struct problems *p)
{
	int id = sheet_column(s, "id"), at = sheet_column(s, "submitted_at");
	int ret = 0;

	if (id < 0 || at < 0) {
		problem_add(p, file, 1, _("the first line names the columns, "
			    "and 'id' and 'submitted_at' must be among them"));
		return -1;
	}
	for (size_t i = 0; i < s->n; i++) {
		struct handed *to = find(c, sheet_cell(s, i, id));
		const char *text = sheet_cell(s, i, at);
		int64_t when;

		if (!*text)
			continue;
		if (!utc_parse(text, &when)) {
			problem_add(p, file, s->line[i], _("'%.40s' is no time "
				    "such as 2026-11-16T23:59:59Z"), text);
			ret = -1;
		} else if (to) {
			free(to->submitted_at);
			to->submitted_at = utc_text(when);
		}
	}
	return ret;
}

int
class_take_times(struct class *c, const char *file, const char *text,
		 size_t n, struct problems *p)
{
	struct sheet s;
	int ret = sheet_read(&s, file, text, n, p);

	if (ret == 0)
		ret = take_rows(c, &s, file, p);
	sheet_release(&s);
	return ret;
}

void
class_release(struct class *c)
{
	for (size_t i = 0; i < c->n; i++)
		release_one(&c->one[i]);
	free(c->one);
	*c = (struct class)CLASS_INIT;
}
