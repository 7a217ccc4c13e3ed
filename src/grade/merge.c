/* See merge.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/sha.h"
#include "grade/merge.h"
#include "grade/results.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A result that was found.  */
struct found {
	char *name;		/* that it must have */
	char *path;
	char *digest;		/* of all but its times */
	char *id, *exercise;
	char *ruler;		/* what its exercise was graded with */
	bool gradable;
	size_t order;		/* in which it was found */
};

struct merging {
	struct found *found;
	size_t n, room;
};

/* ---- looking ---- */
static char *
digest_of(const struct result *r)
{
	struct buf text = BUF_INIT;
	struct sha d;

	result_write(&text, r, false);
	sha_begin(&d);
	sha_add(&d, buf_str(&text), text.len);
	buf_release(&text);
	return sha_end(&d);
}

static void
note(struct merging *m, const char *path, const struct result *r)
{
	struct found *f;

	m->found = xgrow(m->found, &m->room, m->n + 1, sizeof(*m->found));
	f = &m->found[m->n];
	*f = (struct found){
		.name = results_name(r->id, r->exercise),
		.path = xstrdup(path), .digest = digest_of(r),
		.id = xstrdup(r->id), .exercise = xstrdup(r->exercise),
		.ruler = xasprintf("%s %s %llu", r->tool, r->pack_digest ?
				   r->pack_digest : "",
				   (unsigned long long)r->seed),
		.gradable = r->gradable, .order = m->n,
	};
	m->n++;
}

static int
look_at_file(struct merging *m, const char *path, char **why)
{
	struct buf text = BUF_INIT;
	struct result r;
	int ret = buf_read_file(&text, path, RESULTS_FILE_MAX, why);

	if (ret == 0) {
		ret = result_read(&r, buf_str(&text), text.len, path, why);
		if (ret == 0)
			note(m, path, &r);
		result_release(&r);
	}
	buf_release(&text);
	return ret;
}

static int
look_at_folder(struct merging *m, const char *folder, char **why)
{
	DIR *dir = opendir(folder);
	struct dirent *d;
	int ret = 0;

	if (!dir)
		return fail(why, _("cannot open the folder %s: %s"), folder,
			    strerror(errno));
	while (ret == 0 && (d = readdir(dir))) {
		char *path = xasprintf("%s/%s", folder, d->d_name);

		if (results_is_name(d->d_name))
			ret = look_at_file(m, path, why);
		free(path);
	}
	closedir(dir);
	return ret;
}

/* ---- comparing ---- */
/* Of the same submission, that which counts first; then as they were found. */
static int
by_name(const void *a, const void *b)
{
	const struct found *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	if (order == 0)
		order = (int)other->gradable - (int)one->gradable;
	return order ? order : one->order < other->order ? -1 : 1;
}

static bool
is_again(const struct merging *m, size_t i)
{
	return i > 0 && strcmp(m->found[i - 1].name, m->found[i].name) == 0;
}

static int
by_exercise(const void *a, const void *b)
{
	const struct found *const *one = a, *const *other = b;
	int order = strcmp((*one)->exercise, (*other)->exercise);

	return order ? order : strcmp((*one)->path, (*other)->path);
}

static int
compare_rulers(const struct merging *m, char **why)
{
	const struct found **list = xcalloc(m->n + 1, sizeof(struct found *));
	int ret = 0;

	for (size_t i = 0; i < m->n; i++)
		list[i] = &m->found[i];
	qsort(list, m->n, sizeof(struct found *), by_exercise);
	for (size_t i = 1; i < m->n && ret == 0; i++)
		if (strcmp(list[i - 1]->exercise, list[i]->exercise) == 0 &&
		    strcmp(list[i - 1]->ruler, list[i]->ruler) != 0)
			ret = fail(why, _("%s and %s were not graded alike: "
					  "another pack, seed or ipclab"),
				   list[i - 1]->path, list[i]->path);
	free(list);
	return ret;
}

/* Two that count must be the same.  */
static int
compare_twins(const struct merging *m, struct merge_sums *sums, char **why)
{
	for (size_t i = 1; i < m->n; i++) {
		const struct found *one = &m->found[i - 1], *it = one + 1;

		if (!is_again(m, i))
			continue;
		sums->twice++;
		if (it->gradable && strcmp(one->digest, it->digest) != 0)
			return fail(why, _("two results of %s differ: %s and "
					   "%s"), it->id, one->path, it->path);
	}
	return 0;
}

/* ---- writing ---- */
static int
copy_one(const struct found *f, const struct results *to, char **why)
{
	struct buf text = BUF_INIT;
	int ret = buf_read_file(&text, f->path, RESULTS_FILE_MAX, why);

	if (ret == 0)
		ret = results_write(to, f->id, f->exercise, &text, why);
	buf_release(&text);
	return ret;
}

static int
copy_all(const struct merging *m, const struct results *to,
	 struct merge_sums *sums, char **why)
{
	for (size_t i = 0; i < m->n; i++) {
		if (is_again(m, i))
			continue;
		if (copy_one(&m->found[i], to, why) < 0)
			return -1;
		sums->results++;
		sums->faults += !m->found[i].gradable;
	}
	return 0;
}

static void
release(struct merging *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct found *f = &m->found[i];

		free(f->name);
		free(f->path);
		free(f->digest);
		free(f->id);
		free(f->exercise);
		free(f->ruler);
	}
	free(m->found);
}

int
merge(char *const *folders, size_t n, const char *to, struct merge_sums *sums,
      char **why)
{
	struct merging m = { .n = 0 };
	struct results results;
	int ret;

	*sums = (struct merge_sums){ .results = 0 };
	ret = results_open(&results, to, why);
	if (ret == 0)
		ret = look_at_folder(&m, to, why);
	for (size_t i = 0; i < n && ret == 0; i++)
		ret = look_at_folder(&m, folders[i], why);
	if (m.n)
		qsort(m.found, m.n, sizeof(*m.found), by_name);
	if (ret == 0)
		ret = compare_rulers(&m, why);
	if (ret == 0)
		ret = compare_twins(&m, sums, why);
	if (ret == 0)
		ret = copy_all(&m, &results, sums, why);
	results_close(&results);
	release(&m);
	return ret;
}
