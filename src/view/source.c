/* See source.h.  A file that is not found is remembered as such.  */
#include "config.h"

#include "view/source.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES_MAX = 32, FOLDERS_MAX = 8, FILE_SIZE_MAX = 4 << 20, TAB = 8 };

struct file {
	char *name;		/* as positions name it */
	char *path;		/* NULL: not found */
	char *text;		/* its lines, each ended by NUL */
	size_t n_lines;
	char **line;
};

struct sources {
	int n_folders;
	char *folder[FOLDERS_MAX];
	int n_files;
	struct file file[FILES_MAX];
};

struct sources *
sources_new(void)
{
	return xcalloc(1, sizeof(struct sources));
}

void
sources_reload(struct sources *s)
{
	for (int i = 0; i < s->n_files; i++) {
		struct file *f = &s->file[i];

		free(f->name);
		free(f->path);
		free(f->text);
		free(f->line);
	}
	memset(s->file, 0, sizeof(s->file));
	s->n_files = 0;
}

void
sources_free(struct sources *s)
{
	if (!s)
		return;
	sources_reload(s);
	for (int i = 0; i < s->n_folders; i++)
		free(s->folder[i]);
	free(s);
}

void
sources_add_folder(struct sources *s, const char *folder)
{
	for (int i = 0; i < s->n_folders; i++)
		if (strcmp(s->folder[i], folder) == 0)
			return;
	if (s->n_folders == FOLDERS_MAX)
		return;
	s->folder[s->n_folders++] = xstrdup(folder);
	sources_reload(s);	/* what was not found may be there */
}

bool
source_split(const char *source, char *file, size_t room, int *line)
{
	const char *colon = strrchr(source, ':');
	size_t len;

	if (!colon || colon == source)
		return false;
	len = (size_t)(colon - source);
	if (len >= room)
		return false;
	memcpy(file, source, len);
	file[len] = '\0';
	*line = atoi(colon + 1);
	return *line > 0;
}

/* The file itself, or its last part in one of the folders: the program may
 * have been compiled elsewhere.  */
static char *
find(const struct sources *s, const char *name)
{
	const char *base = strrchr(name, '/');

	if (name[0] == '/' && access(name, R_OK) == 0)
		return xstrdup(name);
	base = base ? base + 1 : name;
	for (int i = 0; i < s->n_folders * 2; i++) {
		char *path = xasprintf("%s/%s", s->folder[i / 2],
				       i % 2 ? base : name);

		if (access(path, R_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}

static void
cut_lines(struct file *f, const char *text)
{
	struct buf b = BUF_INIT;
	size_t start = 0, n = 0;
	int column = 0;

	for (const char *p = text; *p; p++) {
		if (*p == '\t') {
			do
				buf_addc(&b, ' ');
			while (++column % TAB);
		} else {
			buf_addc(&b, *p == '\n' ? '\0' : *p);
			column = *p == '\n' ? 0 : column + 1;
			n += *p == '\n';
		}
	}
	buf_addc(&b, '\0');
	n++;
	f->text = buf_take(&b);
	f->line = xcalloc(n, sizeof(*f->line));
	for (f->n_lines = 0; f->n_lines < n; f->n_lines++) {
		f->line[f->n_lines] = f->text + start;
		start += strlen(f->text + start) + 1;
	}
}

static struct file *
get(struct sources *s, const char *name)
{
	struct buf text = BUF_INIT;
	struct file *f;

	for (int i = 0; i < s->n_files; i++)
		if (strcmp(s->file[i].name, name) == 0)
			return &s->file[i];
	if (s->n_files == FILES_MAX)
		sources_reload(s);
	f = &s->file[s->n_files++];
	f->name = xstrdup(name);
	f->path = find(s, name);
	if (f->path && buf_read_file(&text, f->path, FILE_SIZE_MAX, NULL) == 0)
		cut_lines(f, buf_str(&text));
	buf_release(&text);
	return f;
}

const char *
sources_line(struct sources *s, const char *file, int line)
{
	const struct file *f = get(s, file);

	if (line < 1 || (size_t)line > f->n_lines)
		return NULL;
	return f->line[line - 1];
}

const char *
sources_path(struct sources *s, const char *file)
{
	return get(s, file)->path;
}
