/* See build_command.h.  */
#include "config.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "compiler/compiler.h"
#include "exercise/build_command.h"
#include "sandbox/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	CPU_SECONDS = 10,
	PROGRAM_MAX = 32 << 20,		/* bytes */
	MEMORY_MAX = 1 << 30,
	DISK_MAX = 64 << 20,
	PROCESSES_MAX = 16,
};

/* What is handed in comes as arguments, which the shell does not look into.
 * The program leaves by descriptor 3.  Only where the compiler ends in failure
 * is the status BUILD_REFUSED: a full disk is not the learner's fault.  */
static const char script[] =
	"\"$@\" -o /tmp/ipclab-program || exit 66; "
	"exec cat /tmp/ipclab-program >&3";
static const char script_outside[] =
	"cd \"$0\" || exit 1; \"$@\" -o ipclab-program || exit 66; "
	"exec cat ipclab-program >&3";

/* ---- which ---- */
static char *
without_ending(const char *file)
{
	const char *dot = strrchr(file, '.');

	return xstrndup(file, dot ? (size_t)(dot - file) : strlen(file));
}

static bool
is_source(const char *file)
{
	const char *dot = strrchr(file, '.');

	return dot && (strcmp(dot, ".c") == 0 || strcmp(dot, ".cc") == 0);
}

static void
take_named(struct build_job *j, const struct exercise_program *p)
{
	j->name = xstrdup(p->name.text);
	j->source = xcalloc(p->sources.n + 1, sizeof(*j->source));
	for (size_t i = 0; i < p->sources.n; i++)
		j->source[i] = xstrdup(p->sources.text[i].text);
}

bool
build_job_take(struct build_job *j, size_t i)
{
	const struct exercise *e = j->exercise;
	const struct exercise_program *all = e->build.programs.at;

	if (e->build.programs.n) {
		if (i < e->build.programs.n)
			take_named(j, &all[i]);
		return i < e->build.programs.n;
	}
	for (size_t k = 0; k < e->files.n; k++) {
		if (!is_source(e->files.text[k].text) || i-- > 0)
			continue;
		j->name = without_ending(e->files.text[k].text);
		j->source = xcalloc(2, sizeof(*j->source));
		j->source[0] = xstrdup(e->files.text[k].text);
		return true;
	}
	return false;
}

void
build_job_release(struct build_job *j)
{
	for (size_t i = 0; j->source && j->source[i]; i++)
		free(j->source[i]);
	free(j->source);
	free(j->name);
	if (j->laid)
		path_remove_tree(j->laid, NULL);
	free(j->laid);
	j->source = NULL;
	j->name = j->laid = NULL;
}

/* ---- the command ---- */
/* The folder is nowhere afterwards: sources are told by their names.  */
static void
add_folder(struct command_line *c, const char *folder)
{
	char *map = xasprintf("-ffile-prefix-map=%s=.", folder);

	command_line_add(c, map);
	free(map);
}

static void
add_flags(struct command_line *c, const char *compiler,
	  const struct exercise *e)
{
	static const char *const always[] = {
		"-g", "-O1", "-Wall", "-Wextra", "-pthread",
		"-fno-diagnostics-color", "-I", "."
	};

	for (size_t i = 0; i < ARRAY_SIZE(always); i++)
		command_line_add(c, always[i]);
	command_line_add(c, strstr(compiler, "clang") ? "-ferror-limit=20" :
			 "-fmax-errors=20");
	if (e->build.warnings.value)
		command_line_add(c, "-Werror");
	for (size_t i = 0; i < e->build.flags.n; i++)
		command_line_add(c, e->build.flags.text[i].text);
}

/* "tests/driver.c" lies beside the others under its last name.  */
static const char *
last_name(const char *source)
{
	const char *slash = strrchr(source, '/');

	return slash ? slash + 1 : source;
}

static int
make_command(const struct build_job *j, struct command_line *c, char **why)
{
	bool cxx = j->exercise->build.language.value == 1;
	unsigned parts = PART_COMPILE | PART_LINK | (cxx ? PART_CXX : 0);
	char *compiler = cxx ? compiler_find_cxx(why) : compiler_find(why);
	int ret = 0;

	if (!compiler)
		return -1;
	command_line_add(c, "/bin/sh");
	command_line_add(c, "-c");
	command_line_add(c, j->sandboxed ? script : script_outside);
	command_line_add(c, j->sandboxed ? "sh" : j->laid);
	command_line_add(c, compiler);
	add_flags(c, compiler, j->exercise);
	add_folder(c, j->sandboxed ? "/box" : j->laid);
	for (size_t i = 0; j->source[i]; i++)
		command_line_add(c, last_name(j->source[i]));
	if (j->exercise->build.points.value)
		ret = compiler_add_points(c, compiler, parts, why);
	free(compiler);
	return ret;
}

/* ---- the files ---- */
struct laid {
	char *name;
	const char *bytes;	/* the submission's */
	char *own;		/* else these are */
	size_t n;
};

struct laying {
	struct laid *file;
	size_t n, room;
};

static void
lay(struct laying *l, const char *name, const char *bytes, char *own,
    size_t n)
{
	l->file = xgrow(l->file, &l->room, l->n + 1, sizeof(*l->file));
	l->file[l->n++] = (struct laid){ xstrdup(name), bytes, own, n };
}

static bool
is_laid(const struct laying *l, const char *name)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->file[i].name, name) == 0)
			return true;
	return false;
}

/* A folder of the exercise: its headers, or what a program names of it.  What
 * was handed in comes first, and what has its name is left out.  */
static void
lay_headers(struct laying *l, const struct exercise *e, const char *folder)
{
	char *path = xasprintf("%s/%s", e->folder, folder);
	DIR *d = opendir(path);
	struct dirent *it;

	while (d && (it = readdir(d))) {
		const char *dot = strrchr(it->d_name, '.');
		char *name, *text;

		if (!dot || (strcmp(dot, ".h") && strcmp(dot, ".hh")) ||
		    is_laid(l, it->d_name))
			continue;
		name = xasprintf("%s/%s", folder, it->d_name);
		text = exercise_text(e, name, NULL);
		if (text)
			lay(l, it->d_name, NULL, text, strlen(text));
		free(name);
	}
	if (d)
		closedir(d);
	free(path);
}

static int
lay_all(struct laying *l, const struct build_job *j, char **why)
{
	const struct submission *s = j->submission;

	for (size_t i = 0; s && i < s->n_files; i++)
		lay(l, s->file[i].name, s->file[i].bytes, NULL, s->file[i].n);
	lay_headers(l, j->exercise, "start");
	for (size_t i = 0; j->source[i]; i++) {
		const char *name = last_name(j->source[i]);
		char *path, *text;

		if ((s && name == j->source[i]) || is_laid(l, name))
			continue;
		path = xasprintf("%s%s", name == j->source[i] ? "start/" : "",
				 j->source[i]);
		text = exercise_text(j->exercise, path, NULL);
		free(path);
		if (!text)
			return fail(why, _("%s is missing"), j->source[i]);
		lay(l, name, NULL, text, strlen(text));
	}
	return 0;
}

static void
laying_release(struct laying *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->file[i].name);
		free(l->file[i].own);
	}
	free(l->file);
}

static const char *
bytes_of(const struct laid *f)
{
	return f->own ? f->own : f->bytes;
}

/* ---- the process ---- */
/* Without a sandbox: what the learner compiles for himself.  */
static pid_t
spawn_outside(const struct command_line *c, const int *fds)
{
	pid_t pid = fork();
	int high[4];

	if (pid != 0)
		return pid;
	for (int i = 0; i < 4; i++)
		high[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, 10);
	for (int i = 0; i < 4; i++)
		dup2(high[i], i);
	setenv("LC_ALL", "C.UTF-8", 1);
	execv(c->word[0], c->word);
	_exit(127);
}

static int
lay_outside(struct build_job *j, const struct laying *l, char **why)
{
	int ret = 0;

	j->laid = path_temporary(why);
	if (!j->laid)
		return -1;
	for (size_t i = 0; i < l->n && ret == 0; i++) {
		char *path = xasprintf("%s/%s", j->laid, l->file[i].name);

		ret = save_file(path, bytes_of(&l->file[i]), l->file[i].n,
				why);
		free(path);
	}
	return ret;
}

static pid_t
spawn_inside(const struct command_line *c, const struct laying *l,
	     const int *fds, char **why)
{
	struct sandbox_data *data = xcalloc(l->n + 1, sizeof(*data));
	char *library = path_library("."), **names;
	const struct sandbox_bind bind = { library, library };
	const struct sandbox_config config = {
		.bind = &bind, .n_binds = 1, .data = data, .n_data = l->n,
		.limits = { .cpu = CPU_SECONDS, .memory = MEMORY_MAX,
			    .file = PROGRAM_MAX, .disk = DISK_MAX,
			    .processes = PROCESSES_MAX },
	};
	pid_t pid;

	names = xcalloc(l->n + 1, sizeof(*names));
	for (size_t i = 0; i < l->n; i++) {
		names[i] = xasprintf("/box/%s", l->file[i].name);
		data[i] = (struct sandbox_data){
			.to = names[i], .bytes = bytes_of(&l->file[i]),
			.n = l->file[i].n,
		};
	}
	pid = sandbox_spawn(&config, c->word, fds, 4, why);
	for (size_t i = 0; i < l->n; i++)
		free(names[i]);
	free(names);
	free(library);
	free(data);
	return pid;
}

static int
program_fd(const struct build_job *j, char **why)
{
	char *path = xasprintf("%s/%s", j->folder, j->name);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);

	if (fd < 0)
		fail(why, "%s: %s", path, strerror(errno));
	free(path);
	return fd;
}

pid_t
build_job_spawn(struct build_job *j, int said, char **why)
{
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	int fds[] = { null, said, said, program_fd(j, why) };
	struct command_line c = { .n = 0 };
	struct laying l = { .n = 0 };
	pid_t pid = -1;
	int ret = fds[3] < 0 ? -1 : lay_all(&l, j, why);

	if (ret == 0 && !j->sandboxed)
		ret = lay_outside(j, &l, why);
	if (ret == 0)
		ret = make_command(j, &c, why);
	if (ret == 0)
		pid = j->sandboxed ? spawn_inside(&c, &l, fds, why) :
		      spawn_outside(&c, fds);
	if (ret == 0 && pid < 0 && !*why)
		fail(why, _("cannot start a process: %s"), strerror(errno));
	laying_release(&l);
	command_line_release(&c);
	close(null);
	if (fds[3] >= 0)
		close(fds[3]);
	return pid;
}
