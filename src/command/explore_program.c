/* See explore_program.h.  */
#include "config.h"

#include "command/explore_program.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "compiler/compiler.h"

#include <errno.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

bool
explore_is_source(const char *name)
{
	const char *dot = strrchr(name, '.');

	return compiler_is_cxx(name) ||
	       (dot && dot > name && strcmp(dot, ".c") == 0);
}

/* FNV-1a: sources of one name in two folders are two programs.  */
static uint64_t
hash(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037);

	while (*s)
		h = (h ^ (unsigned char)*s++) * UINT64_C(1099511628211);
	return h;
}

/* As `ipclab cc -g -Wall -o OUT SOURCE` would; what the compiler says is seen. */
static int
call_compiler(const char *source, const char *out, char **why)
{
	struct command_line c = { .n = 0 };
	bool cxx = compiler_is_cxx(source);
	char *compiler = cxx ? compiler_find_cxx(why) : compiler_find(why);
	int status = -1, rc = compiler ? 0 : -1;

	if (rc == 0) {
		const char *words[] = { compiler, "-g", "-Wall", "-o", out,
					source };

		command_line_add(&c, words[0]);
		compiler_add_own_words(&c, cxx);
		for (size_t i = 1; i < ARRAY_SIZE(words); i++)
			command_line_add(&c, words[i]);
		rc = compiler_add_points(&c, compiler,
					 PART_COMPILE | PART_LINK |
					 (cxx ? PART_CXX : 0), why);
	}
	if (rc == 0 && (posix_spawn(NULL, compiler, NULL, NULL, c.word,
				    environ) != 0 ||
			wait(&status) < 0 || status != 0))
		rc = fail(why, _("%s does not compile"), source);
	command_line_release(&c);
	free(compiler);
	return rc;
}

/* full is an absolute path that ends as sources do.  */
static char *
compile(const char *full, char **why)
{
	char *below = xasprintf("explored/%016" PRIx64, hash(full));
	char *folder = path_cache(below), *out = NULL;
	const char *name = strrchr(full, '/') + 1;

	free(below);
	if (path_make_folder(folder, why) == 0) {
		out = xasprintf("%s/%.*s", folder,
				(int)(strrchr(name, '.') - name), name);
		if (call_compiler(full, out, why) < 0) {
			free(out);
			out = NULL;
		}
	}
	free(folder);
	return out;
}

char *
explore_compile(const char *source, char **why)
{
	char *full = realpath(source, NULL), *out;

	if (!full) {
		fail(why, _("cannot open %s: %s"), source, strerror(errno));
		return NULL;
	}
	if (!explore_is_source(full)) {
		fail(why, _("%s is a link to something that is no source in "
			    "C or C++"), source);
		free(full);
		return NULL;
	}
	out = compile(full, why);
	free(full);
	return out;
}
