/* Compiling a lesson's programs, and keeping what was compiled.  */
#include "config.h"

#include "lesson/compile.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "compiler/compiler.h"
#include "lesson/lesson.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SOURCE_MAX = 1 << 20, SAID_MAX = 1 << 16 };

/* Part of the key: another way to compile makes another program.  */
static const char *const flags[] = {
	"-g", "-O0", "-Wall", "-pthread", NULL
};

/* ... and so does this.  */
static const char debug_folder[] = ".";

enum compile_how
compile_how_of(const char *asked, const char *name)
{
	const char *p = asked ? asked : "";
	size_t len = word_next(&p), n = strlen(name);

	if (len == 0)
		return COMPILE_PLAIN;
	p += len;		/* "points" */
	len = word_next(&p);
	if (len == 0)
		return COMPILE_POINTS;
	for (; len; p += len, len = word_next(&p))
		if (len == n && memcmp(p, name, len) == 0)
			return COMPILE_POINTS;
	return COMPILE_PLAIN;
}

struct job {
	const char *compiler;
	enum compile_how how;
	const char *folder, *name;	/* of the source */
	const char *out;
};

/* 0, or -1 with *why: the runtime is missing.  */
static int
make_command(const struct job *j, struct command_line *c, char **why)
{
	/* The source is found by its name alone: where the program runs lies
	 * a copy, and that is the one to show and to edit.  */
	char *map = xasprintf("-fdebug-prefix-map=%s=%s", j->folder,
			      debug_folder);

	command_line_add(c, j->compiler);
	compiler_add_own_words(c, false);
	for (int i = 0; flags[i]; i++)
		command_line_add(c, flags[i]);
	command_line_add(c, map);
	command_line_add(c, "-o");
	command_line_add(c, j->out);
	command_line_add(c, j->name);
	free(map);
	return j->how == COMPILE_PLAIN ? 0 :
	       compiler_add_points(c, j->compiler, PART_COMPILE | PART_LINK,
				   why);
}

/* In the child: everything that is said goes to the file said.  */
static void
exec_compiler(const struct job *j, const struct command_line *c,
	      const char *said)
{
	int fd = open(said, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (fd < 0 || chdir(j->folder) < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
		_exit(126);
	fd = open("/dev/null", O_RDONLY);
	if (fd >= 0)
		dup2(fd, 0);
	/* Messages that tests can compare, in any locale.  */
	setenv("LC_ALL", "C.UTF-8", 1);
	execv(j->compiler, c->word);
	_exit(127);
}

/* The first error of what the compiler said; else the first line.  */
static void
first_error(const char *said, const char *name, char **why)
{
	struct buf text = BUF_INIT;
	const char *line, *found;

	if (buf_read_file(&text, said, SAID_MAX, NULL) < 0)
		buf_clear(&text);
	found = line = buf_str(&text);
	while (*line) {
		size_t len = strcspn(line, "\n");

		if (memmem(line, len, "error:", 6)) {
			found = line;
			break;
		}
		line += len + (line[len] == '\n');
	}
	fail(why, _("%s does not compile: %.*s"), name,
	     (int)strcspn(found, "\n"), found);
	buf_release(&text);
}

static int
run_compiler(const struct job *j, char **why)
{
	struct command_line c = { .n = 0 };
	char *said;
	int status = 0, rc = 0;
	pid_t pid;

	if (make_command(j, &c, why) < 0) {
		command_line_release(&c);
		return -1;
	}
	said = xasprintf("%s.said", j->out);
	pid = fork();
	if (pid == 0)
		exec_compiler(j, &c, said);
	command_line_release(&c);
	if (pid < 0) {
		rc = fail(why, _("cannot run %s: %s"), j->compiler,
			  strerror(errno));
	} else {
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
			first_error(said, j->name, why);
			rc = -1;
		}
	}
	unlink(said);
	free(said);
	return rc;
}

/* 64 bits of FNV-1a; the source beside the program decides in the end.  */
static uint64_t
hash(uint64_t h, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)bytes[i]) * 0x100000001b3;
	return h;
}

/* An updated compiler compiles anew.  */
static uint64_t
hash_file(uint64_t h, const char *path)
{
	struct stat st;

	h = hash(h, path, strlen(path) + 1);
	if (stat(path, &st) == 0) {
		h = hash(h, (char *)&st.st_size, sizeof(st.st_size));
		h = hash(h, (char *)&st.st_mtim, sizeof(st.st_mtim));
	}
	return h;
}

static uint64_t
program_key(const char *compiler, const char *name, enum compile_how how,
	    const struct buf *source)
{
	uint64_t h = hash_file(0xcbf29ce484222325, compiler);
	struct command_line own = { .n = 0 };

	compiler_add_own_words(&own, false);
	for (size_t i = 0; i < own.n; i++)
		h = hash(h, own.word[i], strlen(own.word[i]) + 1);
	command_line_release(&own);

	if (how == COMPILE_POINTS) {
		char *runtime = compiler_runtime();

		h = hash_file(h, runtime);
		free(runtime);
	}
	for (int i = 0; flags[i]; i++)
		h = hash(h, flags[i], strlen(flags[i]) + 1);
	h = hash(h, debug_folder, sizeof(debug_folder));
	h = hash(h, name, strlen(name) + 1);
	return hash(h, source->data, source->len);
}

static bool
same_source(const char *kept, const struct buf *source)
{
	struct buf text = BUF_INIT;
	bool same = buf_read_file(&text, kept, SOURCE_MAX, NULL) == 0 &&
		    text.len == source->len &&
		    memcmp(text.data, source->data, text.len) == 0;

	buf_release(&text);
	return same;
}

/* Compile into a folder of its own, then rename that to its place: another
 * ipclab may be doing the same, and whoever comes second finds it there.  */
static int
compile_kept(const char *compiler, const char *from, const char *name,
	     enum compile_how how, const char *place, char **why)
{
	char *stem = xasprintf("%s-", place);
	char *fresh = path_temporary_at(stem, NULL);
	char *source, *program;
	int rc;

	free(stem);
	if (!fresh)
		return 1;
	source = xasprintf("%s/%s", fresh, name);
	program = xasprintf("%s/program", fresh);
	rc = copy_file(from, source, NULL) < 0 ? 1 : 0;
	if (rc == 0)
		rc = run_compiler(&(struct job){ compiler, how, fresh, name,
						 program }, why);
	if (rc == 0 && rename(fresh, place) < 0 && errno != EEXIST &&
	    errno != ENOTEMPTY)
		rc = 1;
	path_remove_tree(fresh, NULL);
	free(source);
	free(program);
	free(fresh);
	return rc;
}

/* From the place where it is kept.  0; -1: does not compile; 1: nothing can
 * be kept there.  */
static int
compile_cached(const char *compiler, const char *from, const char *name,
	       enum compile_how how, const char *out, char **why)
{
	char *cache = path_cache("programs"), *place, *kept, *program;
	struct buf source = BUF_INIT;
	int rc = 1;

	if (buf_read_file(&source, from, SOURCE_MAX, why) < 0 ||
	    path_make_folder(cache, NULL) < 0) {
		buf_release(&source);
		free(cache);
		return 1;
	}
	place = xasprintf("%s/%016llx", cache, (unsigned long long)
			  program_key(compiler, name, how, &source));
	kept = xasprintf("%s/%s", place, name);
	program = xasprintf("%s/program", place);
	if (access(program, X_OK) < 0)
		rc = compile_kept(compiler, from, name, how, place, why);
	if (rc >= 0)
		rc = same_source(kept, &source) &&
		     copy_file(program, out, NULL) == 0 ? 0 : 1;
	free(program);
	free(kept);
	free(place);
	buf_release(&source);
	free(cache);
	return rc;
}

int
compile_program(const char *folder, const char *name, enum compile_how how,
		const char *out, char **why)
{
	char *compiler = compiler_find(why);
	char *from = xasprintf("%s/%s", folder, name);
	int rc = -1;

	if (compiler) {
		rc = compile_cached(compiler, from, name, how, out, why);
		if (rc > 0)
			rc = run_compiler(&(struct job){ compiler, how,
							 folder, name, out },
					  why);
	}
	free(from);
	free(compiler);
	return rc;
}
