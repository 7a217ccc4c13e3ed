/*
 * Where a case is run: a folder with the program and the check's files, or a
 * sandbox that has them.
 *
 * Either way the program is called ./NAME in a folder of mode 0700 that has
 * nothing else in it, so that runs are the same in both.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "exercise/judge_inside.h"
#include "exercise/values.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB (INT64_C(1) << 20)
#define INSIDE "/box"

enum { KIB = 1024, RUNS = 10, PROGRAM_MAX = 64 << 20, FILE_MODE = 0644, PROGRAM_MODE = 0755 };

/* ---- in a sandbox ---- */

/* Takes name and bytes.  */
static void
give(struct box *b, char *name, char *bytes, size_t n, mode_t mode)
{
	struct sandbox_data *data = &b->data[b->confine.n_data++];

	*data = (struct sandbox_data){ .to = name, .bytes = bytes, .n = n,
				       .mode = mode };
}

static int
give_program(struct box *b, const char *from, const char *name, char **why)
{
	struct buf bytes = BUF_INIT;

	if (buf_read_file(&bytes, from, PROGRAM_MAX, why) < 0) {
		buf_release(&bytes);
		return -1;
	}
	give(b, xasprintf(INSIDE "/%s", name), bytes.data, bytes.len,
	     PROGRAM_MODE);
	return 0;
}

static void
give_file(struct box *b, const char *name, const char *text)
{
	give(b, xasprintf(INSIDE "/%s", name), xstrdup(text), strlen(text),
	     FILE_MODE);
}

static struct tracer_limits
limits_of(const struct exercise_limits *l)
{
	return (struct tracer_limits){
		.cpu = l->cpu.value, .memory = l->memory.value * MIB,
		.file = l->file.value * MIB,
		.descriptors = l->descriptors.value,
		.processes = l->processes.value,
		.output = l->output.value * KIB, .objects = l->objects.value,
		.steps = l->steps.value, .wall = l->wall.value,
	};
}

/* ---- in a folder ---- */

/* Beside the files, so that its name is the same wherever it is replayed.  */
static int
lay_program(const struct box *b, const char *from, const char *name,
	    char **why)
{
	char *to = xasprintf("%s/%s", b->folder, name);
	int ret = link(from, to) == 0 ? 0 : fail(why, "%s: %s", to,
						 strerror(errno));

	free(to);
	return ret;
}

static int
lay_file(const struct box *b, const char *name, const char *text, char **why)
{
	char *path = xasprintf("%s/%s", b->folder, name);
	int ret = save_file(path, text, strlen(text), why);

	if (ret == 0 && chmod(path, FILE_MODE) < 0)
		ret = fail(why, "%s: %s", path, strerror(errno));
	free(path);
	return ret;
}

/* ---- either ---- */

/* In the learner's folder it is his.  */
static bool
is_handed_in(const struct exercise *e, const char *name)
{
	for (size_t i = 0; i < e->files.n; i++)
		if (strcmp(e->files.text[i].text, name) == 0)
			return true;
	return false;
}

/* e: what it asks for is left as it is; NULL: all are laid.  The names of files
 * were looked at when the exercise was loaded: none has a
 * '/'.  */
static int
lay_files(struct box *b, const struct exercise *e,
	  const struct exercise_check *c, uint64_t values, char **why)
{
	const struct exercise_file *file = c->files.at;
	int ret = 0;

	for (size_t i = 0; i < c->files.n && ret == 0; i++) {
		const char *text = file[i].text.text;
		char *bytes = values_expand(values, text ? text : "");

		if (!b->folder)
			give_file(b, file[i].name.text, bytes);
		else if (!e || !is_handed_in(e, file[i].name.text))
			ret = lay_file(b, file[i].name.text, bytes, why);
		free(bytes);
	}
	return ret;
}

int
judge_lay_files(const struct exercise *e, const char *check, int number,
		uint64_t seed, const char *folder, char **why)
{
	struct box there = { .folder = (char *)folder };
	const struct exercise_check *c;
	uint64_t values = values_of(seed, e->name, check, number);

	for (size_t i = 0; (c = exercise_check(e, i)); i++)
		if (strcmp(c->id.text, check) == 0)
			return lay_files(&there, e, c, values, why);
	return 0;
}

int
box_lay(struct box *b, const struct exercise *e,
	const struct exercise_check *c, uint64_t values, const char *program,
	bool sandboxed, char **why)
{
	const char *name = strrchr(program, '/') + 1;

	*b = (struct box){
		.confine = { .limits = limits_of(&e->limits),
			     .disk = e->limits.disk.value * MIB },
		.seconds = e->limits.wall.value * RUNS,
	};
	if (sandboxed) {
		b->data = xcalloc(c->files.n + 1, sizeof(*b->data));
		b->confine.data = b->data;
	} else {
		b->folder = path_temporary(why);
		if (!b->folder)
			return -1;
	}
	if (lay_files(b, NULL, c, values, why) < 0)
		return -1;
	return sandboxed ? give_program(b, program, name, why)
			 : lay_program(b, program, name, why);
}

void
box_configure(const struct box *b, struct explore_config *x)
{
	x->seconds = b->seconds;
	x->tracer.cwd = b->folder ? b->folder : INSIDE;
	x->confine = b->folder ? NULL : &b->confine;
	if (!b->folder)
		return;
	/* The same calls are refused, and the same limits hold.  */
	x->tracer.confined = true;
	x->tracer.limits = b->confine.limits;
}

void
box_release(struct box *b)
{
	for (size_t i = 0; i < b->confine.n_data; i++) {
		free((char *)b->data[i].to);
		free((char *)b->data[i].bytes);
	}
	free(b->data);
	if (b->folder)
		path_remove_tree(b->folder, NULL);
	free(b->folder);
	*b = (struct box){ .folder = NULL };
}
