/* The ground that experiments and claims run on.  */
#include "config.h"

#include "lesson/experiment.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "base/words.h"
#include "lesson/compile.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUTPUT_MAX = 512 };	/* of one write */

/* "fill.c" -> "fill" */
static char *
program_name(const char *source, size_t len)
{
	if (len > 2 && memcmp(source + len - 2, ".c", 2) == 0)
		len -= 2;
	return xstrndup(source, len);
}

char *
setup_command(const struct setup *s)
{
	const char *word = s->program.text;
	size_t len;
	char *name, *line;

	if (!word)
		return xstrdup(s->command.text ? s->command.text : "");
	len = word_next(&word);
	name = program_name(word, len);
	line = xasprintf("./%s%s", name, word + len);
	free(name);
	return line;
}

/* Does the command name ./PROGRAM as a word of its own?  */
static bool
command_uses(const char *command, const char *name)
{
	size_t len = strlen(name);

	for (const char *p = command; (p = strstr(p, "./")); p += 2) {
		unsigned char after = p[2] ? p[2 + strnlen(p + 2, len)] : 0;

		if (strncmp(p + 2, name, len) == 0 && !isalnum(after) &&
		    after != '-' && after != '_' && after != '.')
			return true;
	}
	return false;
}

/* Is this program of the lesson part of what the setup runs?  */
static bool
is_used(const struct setup *s, const char *source, size_t len)
{
	const char *word = s->program.text;
	char *name;
	bool used;

	if (word)
		return word_next(&word) == len &&
		       memcmp(word, source, len) == 0;
	name = program_name(source, len);
	used = s->command.text && command_uses(s->command.text, name);
	free(name);
	return used;
}

char **
setup_programs(const struct lesson *l, const struct setup *s)
{
	const char *p = l->programs.text ? l->programs.text : "";
	char **list = xcalloc(1, sizeof(*list));
	size_t len, n = 0;

	for (; (len = word_next(&p)); p += len) {
		if (!is_used(s, p, len))
			continue;
		list = xrealloc(list, (n + 2) * sizeof(*list));
		list[n++] = xstrndup(p, len);
		list[n] = NULL;
	}
	return list;
}

/* Call each() for every program that the setup runs.  */
static int
each_program(struct ground *g,
	     int (*each)(struct ground *g, const char *source,
			 const char *name, char **why), char **why)
{
	char **list = setup_programs(g->lesson, g->setup);
	int rc = 0;

	for (int i = 0; rc == 0 && list[i]; i++) {
		char *name = program_name(list[i], strlen(list[i]));

		rc = each(g, list[i], name, why);
		free(name);
	}
	words_free(list);
	return rc;
}

static enum compile_how
how(const struct ground *g, const char *source)
{
	return compile_how_of(g->lesson->compile.text, source);
}

static int
stock_program(struct ground *g, const char *source, const char *name,
	      char **why)
{
	char *from = xasprintf("%s/%s", g->lesson->folder, source);
	char *to = xasprintf("%s/%s", g->stock, source);
	char *program = xasprintf("%s/%s", g->stock, name);
	int rc;

	rc = compile_program(g->lesson->folder, source, how(g, source), program,
			     why);
	if (rc == 0)
		rc = copy_file(from, to, why);
	free(from);
	free(to);
	free(program);
	return rc;
}

static int
lay_program(struct ground *g, const char *source, const char *name, char **why)
{
	const char *const files[] = { source, name };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < ARRAY_SIZE(files); i++) {
		char *from = xasprintf("%s/%s", g->stock, files[i]);
		char *to = xasprintf("%s/%s", g->folder, files[i]);

		rc = copy_file(from, to, why);
		free(from);
		free(to);
	}
	return rc;
}

static int
rebuild_program(struct ground *g, const char *source, const char *name,
		char **why)
{
	char *from = xasprintf("%s/%s", g->folder, source);
	char *to = xasprintf("%s/%s", g->stock, source);
	char *program = xasprintf("%s/%s", g->stock, name);
	int rc = copy_file(from, to, why);

	if (rc == 0)
		rc = compile_program(g->stock, source, how(g, source), program,
				     why);
	free(from);
	free(to);
	free(program);
	return rc;
}

/* "\n" is a newline, "\\" a backslash.  */
static void
unescape(const char *s, struct buf *out)
{
	for (; *s; s++) {
		if (s[0] == '\\' && s[1] == 'n')
			buf_addc(out, '\n'), s++;
		else if (s[0] == '\\' && s[1] == '\\')
			buf_addc(out, '\\'), s++;
		else
			buf_addc(out, *s);
	}
}

static int
write_file(const char *path, const struct buf *content, char **why)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	ssize_t n = fd < 0 ? -1 : write(fd, buf_str(content), content->len);

	if (fd >= 0 && close(fd) < 0)
		n = -1;
	if (n != (ssize_t)content->len)
		return fail(why, _("cannot write %s: %s"), path,
			    strerror(errno));
	return 0;
}

/* One line of files: "props/state=unknown".  */
static int
lay_file(struct ground *g, const char *line, char **why)
{
	size_t len = strcspn(line, "=");
	char *path = xasprintf("%s/%.*s", g->folder, (int)len, line);
	char *slash = strrchr(path, '/');
	struct buf content = BUF_INIT;
	int rc = 0;

	if (slash && (size_t)(slash - path) > strlen(g->folder)) {
		*slash = '\0';
		rc = path_make_folder(path, why);
		*slash = '/';
	}
	if (rc == 0 && line[len]) {
		unescape(line + len + 1, &content);
		rc = write_file(path, &content, why);
	}
	buf_release(&content);
	free(path);
	return rc;
}

int
ground_lay(void *ground, char **why)
{
	struct ground *g = ground;
	int rc = path_remove_tree(g->folder, why);

	if (rc == 0)
		rc = path_make_folder(g->folder, why);
	if (rc == 0)
		rc = each_program(g, lay_program, why);
	for (size_t i = 0; rc == 0 && i < g->setup->files.n; i++)
		rc = lay_file(g, g->setup->files.item[i].text, why);
	return rc;
}

char *
ground_lay_apart(const struct ground *g, char **why)
{
	struct ground apart = *g;

	apart.folder = xasprintf("%s/search", g->base);
	if (ground_lay(&apart, why) == 0)
		return apart.folder;
	free(apart.folder);
	return NULL;
}

int
ground_rebuild(void *ground, char **why)
{
	return each_program(ground, rebuild_program, why);
}

static int
make_argv(struct ground *g, char **why)
{
	char *line;

	if (!g->setup->program.text) {
		const char *sh[] = { "sh", "-c", g->setup->command.text, NULL };

		g->argv = words_copy((char *const *)sh);
		return 0;
	}
	line = setup_command(g->setup);
	g->argv = words_split(line, why);
	free(line);
	return g->argv ? 0 : -1;
}

int
ground_make(struct ground *g, const struct lesson *l, const struct setup *s,
	    char **why)
{
	int rc;

	*g = (struct ground){ .setup = s, .lesson = l };
	if (!s->program.text && !s->command.text)
		return fail(why, _("nothing to run: neither program: nor "
				   "command: is given"));
	g->base = path_temporary(why);
	if (!g->base)
		return -1;
	g->folder = xasprintf("%s/run", g->base);
	g->stock = xasprintf("%s/stock", g->base);
	g->cast = s->cast.text ? xstrdup(s->cast.text) : NULL;
	rc = path_make_folder(g->stock, why);
	if (rc == 0)
		rc = each_program(g, stock_program, why);
	if (rc == 0)
		rc = make_argv(g, why);
	if (rc == 0)
		rc = ground_lay(g, why);
	if (rc < 0)
		ground_release(g);
	return rc;
}

void
ground_config(struct ground *g, struct session_config *c)
{
	*c = (struct session_config){
		.argv = g->argv,
		.cwd = g->folder,
		.cast = g->cast,
		.prepare = ground_lay,
		.prepare_arg = g,
		.seed = 1,
		.isolate = true,
		.pty = true,
		.rows = 24,
		.cols = 80,
		/* What is printed must be whole for `output contains`.  */
		.data_max = OUTPUT_MAX,
	};
}

void
ground_release(struct ground *g)
{
	if (g->base)
		path_remove_tree(g->base, NULL);
	words_free(g->argv);
	free(g->cast);
	free(g->stock);
	free(g->folder);
	free(g->base);
	*g = (struct ground){ .base = NULL };
}
