/* See pack_file.h.  */
#include "config.h"

#include "base/i18n.h"
#include "exercise/catalogue.h"
#include "exercise/check.h"
#include "exercise/pack_file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXERCISES_MAX = 1000 };

static const struct yaml_field fields[] = {
	{ .key = "format", .kind = YAML_NUMBER, .required = true,
	  .at = offsetof(struct pack_file, format), .low = 1, .high = 1 },
	{ .key = "name", .kind = YAML_TEXT, .required = true, .high = 64,
	  .at = offsetof(struct pack_file, name) },
	{ .key = "title", .kind = YAML_TEXT, .high = 1000,
	  .at = offsetof(struct pack_file, title) },
	{ .key = "exercises", .kind = YAML_TEXTS, .high = EXERCISES_MAX,
	  .at = offsetof(struct pack_file, exercises) },
	{ .key = NULL }
};
static const struct yaml_table table = { sizeof(struct pack_file), fields };

int
pack_file_read(struct pack_file *f, const char *folder, struct problems *p)
{
	char *path = xasprintf("%s/pack.yaml", folder), *why = NULL;
	struct buf text = BUF_INIT;
	int ret = 0;

	*f = (struct pack_file){ .line = 0 };
	if (access(path, F_OK) == 0)
		ret = buf_read_file(&text, path, YAML_BYTES_MAX, &why);
	if (ret < 0)
		problem_add(p, path, 0, "%s", why);
	else if (text.len)
		ret = yaml_read(&table, f, path, text.data, text.len, p);
	buf_release(&text);
	free(path);
	free(why);
	return ret;
}

void
pack_file_release(struct pack_file *f)
{
	yaml_release(&table, f);
}

void
pack_file_write(const struct pack_file *f, struct buf *out)
{
	yaml_write(&table, f, out);
}

/* ---- does it fit? ---- */
static bool
is_among(const struct exercise_names *names, const char *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->name[i], name) == 0)
			return true;
	return false;
}

static bool
lists(const struct pack_file *f, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(f->exercises.text[i].text, name) == 0)
			return true;
	return false;
}

static void
check_names(const struct pack_file *f, const struct exercise_names *names,
	    const char *path, struct problems *p)
{
	const struct yaml_texts *all = &f->exercises;

	for (size_t i = 0; i < all->n; i++) {
		if (!is_among(names, all->text[i].text))
			problem_add(p, path, all->text[i].line,
				    _("there is no exercise '%.40s' in the "
				      "folder"), all->text[i].text);
		if (lists(f, i, all->text[i].text))
			problem_add(p, path, all->text[i].line,
				    _("'%.40s' is listed twice"),
				    all->text[i].text);
	}
	for (size_t i = 0; i < names->n; i++)
		if (!lists(f, all->n, names->name[i]))
			problem_add(p, path, f->line, _("the exercise %s is "
				    "not listed"), names->name[i]);
}

/* A learner may name an exercise by its id.  */
static void
check_ids(const struct exercise_names *names, struct problems *p)
{
	char **id = xcalloc(names->n + 1, sizeof(*id));

	for (size_t i = 0; i < names->n; i++) {
		char *folder = xasprintf("%s/%s", names->folder,
					 names->name[i]);
		struct exercise e;

		if (exercise_load(&e, folder, NULL, NULL) == 0)
			id[i] = xstrdup(e.id.text);
		for (size_t k = 0; id[i] && k < i; k++)
			if (id[k] && strcasecmp(id[k], id[i]) == 0) {
				char *path = xasprintf("%s/exercise.yaml",
						       folder);

				problem_add(p, path, e.id.line, _("%s has "
					    "the id %s, too"),
					    names->name[k], id[i]);
				free(path);
			}
		exercise_release(&e);
		free(folder);
	}
	for (size_t i = 0; i < names->n; i++)
		free(id[i]);
	free(id);
}

void
pack_file_check(const char *folder, struct problems *p)
{
	char *path = xasprintf("%s/pack.yaml", folder), *why = NULL;
	struct exercise_names names;
	struct pack_file f;

	if (pack_file_read(&f, folder, p) == 0 && f.line) {
		if (exercise_names(&names, folder, &why) < 0)
			problem_add(p, path, 0, "%s", why);
		check_names(&f, &names, path, p);
		check_ids(&names, p);
		exercise_names_release(&names);
	}
	pack_file_release(&f);
	free(path);
	free(why);
}
