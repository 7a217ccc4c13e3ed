/* An exercise from its folder.  */
#include "config.h"

#include "base/i18n.h"
#include "exercise/answers.h"
#include "exercise/check.h"
#include "exercise/table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of the folder, but no link, device or FIFO: whole, or NULL.  *error
 * is 0 or what went wrong.  */
static char *
whole(const char *folder, const char *file, size_t *n, int *error)
{
	struct buf text = BUF_INIT;
	struct stat st;
	char *path = xasprintf("%s/%s", folder, file), chunk[4096];
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	ssize_t got = 0;

	free(path);
	*error = fd < 0 ? errno : 0;
	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		*error = EINVAL;
	while (!*error && text.len <= YAML_BYTES_MAX &&
	       (got = read(fd, chunk, sizeof(chunk))) > 0)
		buf_add(&text, chunk, (size_t)got);
	if (got < 0)
		*error = errno;
	close(fd);
	if (*error) {
		buf_release(&text);
		return NULL;
	}
	*n = text.len;
	return buf_take(&text);
}

/* What is handed in where no program is.  */
static void
imply_files(struct exercise *e)
{
	static const char *const file[EXERCISE_MODES_COUNT] = {
		[EXERCISE_PREDICT] = ANSWERS_FILE,
		[EXERCISE_SCHEDULE] = "schedule",
	};
	const char *name = file[e->mode.value];

	if (e->files.n || !name)
		return;
	e->files.text = xcalloc(1, sizeof(*e->files.text));
	e->files.text[0] = (struct yaml_text){ xstrdup(name), e->mode.line };
	e->files.n = 1;
}

int
exercise_read(struct exercise *e, const char *file, const char *text,
	      size_t n, struct problems *p)
{
	if (yaml_read(&exercise_table, e, file, text, n, p) < 0)
		return -1;
	imply_files(e);
	return exercise_is_sound(e, file, p);
}

static int
load_translation(struct exercise *e, const char *language, struct problems *p)
{
	char *name = xasprintf("exercise.%s.yaml", language), *text, *path;
	size_t n = 0;
	int error, ret = 0;

	text = whole(e->folder, name, &n, &error);
	path = xasprintf("%s/%s", e->folder, name);
	if (text)
		ret = exercise_translate(e, path, text, n, p);
	else if (error != ENOENT)
		problem_add(p, path, 0, "%s", strerror(error));
	free(path);
	free(text);
	free(name);
	return ret;
}

static char *
last_part(const char *folder)
{
	size_t n = strlen(folder), from;

	while (n > 1 && folder[n - 1] == '/')
		n--;
	for (from = n; from > 0 && folder[from - 1] != '/'; from--)
		;
	return xstrndup(folder + from, n - from);
}

int
exercise_load(struct exercise *e, const char *folder, const char *language,
	      struct problems *p)
{
	char *path = xasprintf("%s/exercise.yaml", folder), *text;
	size_t n = 0;
	int error, ret = -1;

	memset(e, 0, sizeof(*e));
	text = whole(folder, "exercise.yaml", &n, &error);
	if (text)
		ret = exercise_read(e, path, text, n, p);
	else
		problem_add(p, path, 0, "%s", strerror(error));
	e->folder = xstrdup(folder);
	e->name = last_part(folder);
	if (ret == 0 && language)
		ret = load_translation(e, language, p);
	free(text);
	free(path);
	return ret;
}

void
exercise_release(struct exercise *e)
{
	char *name = e->name, *folder = e->folder;

	yaml_release(&exercise_table, e);
	free(name);
	free(folder);
}

char *
exercise_text(const struct exercise *e, const char *file, const char *language)
{
	const char *dot = strrchr(file, '.');
	char *name, *text = NULL;
	size_t n;
	int error;

	if (language && dot) {
		name = xasprintf("%.*s.%s%s", (int)(dot - file), file,
				 language, dot);
		text = whole(e->folder, name, &n, &error);
		free(name);
	}
	return text ? text : whole(e->folder, file, &n, &error);
}

/* ---- looking at it ---- */
const struct exercise_check *
exercise_check(const struct exercise *e, size_t i)
{
	const struct exercise_check *all = e->checks.at;

	return i < e->checks.n ? &all[i] : NULL;
}

const struct exercise_question *
exercise_question(const struct exercise *e, size_t i)
{
	const struct exercise_question *all = e->questions.at;

	return i < e->questions.n ? &all[i] : NULL;
}

const struct exercise_bug *
exercise_bug(const struct exercise *e, size_t i)
{
	const struct exercise_bug *all = e->bugs.at;

	return i < e->bugs.n ? &all[i] : NULL;
}

int64_t
exercise_maximum(const struct exercise *e)
{
	int64_t sum = 0;

	for (size_t i = 0; i < e->checks.n; i++)
		sum += exercise_check(e, i)->points.value;
	for (size_t i = 0; i < e->questions.n; i++)
		sum += exercise_question(e, i)->points.value;
	return e->mode.value == EXERCISE_SCHEDULE ? 1 : sum;
}
