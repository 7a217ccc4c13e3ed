/*
 * An exercise to begin with: a copy of templates/exercise, which verifies as
 * it stands, so that an author changes one thing at a time and always knows
 * which change broke it.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "command/author_new.h"
#include "exercise/check.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MAX = 1 << 20 };

static int copy_folder(const char *from, const char *to, char **why);

static int
copy_text(const char *from, const char *to, char **why)
{
	struct buf text = BUF_INIT;
	int ret = buf_read_file(&text, from, FILE_MAX, why);

	if (ret == 0)
		ret = save_file(to, buf_str(&text), text.len, why);
	buf_release(&text);
	return ret;
}

static int
copy_one(const char *from, const char *to, const char *name, char **why)
{
	char *source = xasprintf("%s/%s", from, name);
	char *target = xasprintf("%s/%s", to, name);
	struct stat st;
	int ret;

	if (stat(source, &st) < 0)
		ret = fail(why, "%s: %s", source, strerror(errno));
	else if (S_ISDIR(st.st_mode))
		ret = copy_folder(source, target, why);
	else
		ret = copy_text(source, target, why);
	free(target);
	free(source);
	return ret;
}

/* The folder to is made.  */
static int
copy_folder(const char *from, const char *to, char **why)
{
	struct dirent **list;
	int n, ret = 0;

	if (mkdir(to, 0777) < 0)
		return fail(why, _("cannot make the folder %s: %s"), to,
			    strerror(errno));
	n = scandir(from, &list, NULL, NULL);
	if (n < 0)
		return fail(why, _("cannot open %s: %s"), from,
			    strerror(errno));
	for (int i = 0; i < n; i++) {
		if (ret == 0 && list[i]->d_name[0] != '.')
			ret = copy_one(from, to, list[i]->d_name, why);
		free(list[i]);
	}
	free(list);
	return ret;
}

int
author_new_exercise(const char *name, char **why)
{
	const char *slash = strrchr(name, '/');
	const char *last = slash ? slash + 1 : name;
	char *template;
	struct stat st;
	int ret;

	if (!exercise_name_is_sound(last))
		return fail(why, _("'%.40s' is no name: small letters, digits "
				   "and '-', 32 at most"), last);
	if (lstat(name, &st) == 0)
		return fail(why, _("cannot make the folder %s: %s"), name,
			    strerror(EEXIST));
	template = path_data("templates/exercise");
	ret = copy_folder(template, name, why);
	/* Nothing half-made; it was not there before.  */
	if (ret < 0)
		path_remove_tree(name, NULL);
	free(template);
	return ret;
}
