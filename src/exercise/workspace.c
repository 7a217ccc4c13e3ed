/* See workspace.h.  */
#include "config.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "exercise/answers.h"
#include "exercise/workspace.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char mark[] = ".ipclab-exercise";

enum { MARK_MAX = 4096 };

static int
lay_text(const char *folder, const char *name, const char *text, bool again,
	 char **why)
{
	char *to = xasprintf("%s/%s", folder, name);
	char *before = xasprintf("%s.before", to);
	bool there = access(to, F_OK) == 0;
	int ret = 0;

	if (there && again && rename(to, before) < 0)
		ret = fail(why, _("cannot rename %s: %s"), to,
			   strerror(errno));
	else if (!there || again)
		ret = save_file(to, text, strlen(text), why);
	free(before);
	free(to);
	return ret;
}

/* One file of start/.  */
static int
lay(const struct exercise *e, const char *folder, const char *name,
    bool again, char **why)
{
	char *from = xasprintf("start/%s", name);
	char *text = exercise_text(e, from, NULL);
	int ret = text ? lay_text(folder, name, text, again, why) :
		  fail(why, _("cannot read %s of the exercise"), from);

	free(text);
	free(from);
	return ret;
}

static int
lay_answers(const struct exercise *e, const char *folder, bool again,
	    char **why)
{
	struct buf text = BUF_INIT;
	int ret;

	answers_write(&text, e, NULL);
	ret = lay_text(folder, ANSWERS_FILE, buf_str(&text), again, why);
	buf_release(&text);
	return ret;
}

static int
lay_all(const struct exercise *e, const char *folder, bool again, char **why)
{
	char *start = xasprintf("%s/start", e->folder);
	struct dirent **list;
	int n = scandir(start, &list, NULL, alphasort), ret = 0;
	bool asks = e->mode.value == EXERCISE_PREDICT;

	if (n < 0 && !(asks && errno == ENOENT))
		ret = fail(why, _("cannot open %s: %s"), start,
			   strerror(errno));
	for (int i = 0; i < n; i++) {
		if (ret == 0 && list[i]->d_name[0] != '.')
			ret = lay(e, folder, list[i]->d_name, again, why);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	if (ret == 0 && asks)
		ret = lay_answers(e, folder, again, why);
	free(start);
	return ret;
}

int
workspace_start(const struct exercise *e, const char *folder, char **why)
{
	char *path = xasprintf("%s/%s", folder, mark);
	char *real = realpath(e->folder, NULL);
	char *line = xasprintf("%s\n", real ? real : e->folder);
	int ret = 0;

	if (mkdir(folder, 0777) < 0 && errno != EEXIST)
		ret = fail(why, _("cannot make the folder %s: %s"), folder,
			   strerror(errno));
	if (ret == 0)
		ret = lay_all(e, folder, false, why);
	if (ret == 0)
		ret = save_file(path, line, strlen(line), why);
	free(line);
	free(real);
	free(path);
	return ret;
}

int
workspace_reset(const struct exercise *e, const char *folder, char **why)
{
	return lay_all(e, folder, true, why);
}

static int
is_shown(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

char *
workspace_solution(const struct exercise *e, size_t i)
{
	char *folder = xasprintf("%s/solutions/good", e->folder);
	char *name, *text = NULL;
	struct dirent **how;
	int n = scandir(folder, &how, is_shown, alphasort);

	free(folder);
	if (n > 0 && i < e->files.n) {
		name = xasprintf("solutions/good/%s/%s", how[0]->d_name,
				 e->files.text[i].text);
		text = exercise_text(e, name, NULL);
		free(name);
	}
	for (int k = 0; k < n; k++)
		free(how[k]);
	if (n >= 0)
		free(how);
	return text;
}

char *
workspace_exercise(const char *folder)
{
	char *path = xasprintf("%s/%s", folder, mark), *end;
	struct buf text = BUF_INIT;
	int ret = buf_read_file(&text, path, MARK_MAX, NULL);

	free(path);
	if (ret < 0 || !text.len) {
		buf_release(&text);
		return NULL;
	}
	end = strchr(text.data, '\n');
	if (end)
		*end = '\0';
	return buf_take(&text);
}
