/* Calling a compiler so that accesses to memory become points.  */
#include "config.h"

#include "compiler/compiler.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "runtime/wrapped.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * -O0: an optimised program makes fewer accesses than its source says, and
 * none at all in `while (!*flag);`.  -fno-builtin: memcpy() and the like stay
 * calls.  _FORTIFY_SOURCE would give them other names, link-time optimisation
 * would not see --wrap.
 */
static const char *const for_all[] = {
	"-g", "-O0", "-fno-builtin", "-U_FORTIFY_SOURCE", "-fno-lto",
	"-pthread", NULL
};

/*
 * Only the compiler proper hears of -fsanitize=thread: its driver would link
 * ThreadSanitizer.  gcc's cc1 hears of it by a file of specs.  By itself clang
 * tells of `x++` the store alone.
 */
static const char *const for_clang[] = {
	"-Wno-unused-command-line-argument", "-Xclang", "-fsanitize=thread",
	"-mllvm", "-tsan-instrument-read-before-write=1",
	"-mllvm", "-tsan-instrument-func-entry-exit=0",
	"-mllvm", "-tsan-distinguish-volatile=1",
	"-grecord-command-line", NULL
};

#define WRAP(name) ",--wrap=" #name
static const char wrap[] = "-Wl" RT_WRAPPED(WRAP);
#undef WRAP

static void
add_all(struct command_line *c, const char *const *words)
{
	for (; *words; words++)
		command_line_add(c, *words);
}

/* The first bytes of what the compiler says; "" if it cannot be run.  $CC may
 * be "ccache clang": asked with these words it answers for clang.  */
static void
ask(const char *compiler, bool cxx, const char *question, char *answer,
    size_t room)
{
	struct command_line c = { .n = 0 };
	int ends[2], null = open("/dev/null", O_RDWR | O_CLOEXEC);
	size_t len = 0;
	ssize_t n;
	pid_t pid;

	answer[0] = '\0';
	if (pipe2(ends, O_CLOEXEC) < 0)
		goto close_null;
	command_line_add(&c, compiler);
	compiler_add_own_words(&c, cxx);
	command_line_add(&c, question);
	pid = fork();
	if (pid == 0) {
		dup2(null, 0);
		dup2(ends[1], 1);
		dup2(null, 2);
		setenv("LC_ALL", "C", 1);
		execv(compiler, c.word);
		_exit(127);
	}
	command_line_release(&c);
	close(ends[1]);
	while (len < room - 1 &&
	       (n = read(ends[0], answer + len, room - 1 - len)) > 0)
		len += n;
	answer[len] = '\0';
	close(ends[0]);
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
close_null:
	if (null >= 0)
		close(null);
}

static bool
is_clang(const char *compiler, bool cxx)
{
	char answer[256];

	ask(compiler, cxx, "--version", answer, sizeof(answer));
	return strstr(answer, "clang");
}

char *
compiler_runtime(void)
{
	return path_library("libipclab-rt.a");
}

static int
is_there(const char *path, char **why)
{
	return access(path, R_OK) == 0 ? 0 : fail(why,
		_("the runtime is missing (%s); install ipclab again, with "
		  "make install"), path);
}

/* The C++ library's own accesses and waits are seen only where it is a part
 * of the program; some machines have it as a shared library alone.  */
static bool
has_static_cxx(const char *compiler)
{
	char answer[PATH_MAX];

	ask(compiler, true, "-print-file-name=libstdc++.a", answer,
	    sizeof(answer));
	answer[strcspn(answer, "\n")] = '\0';
	return strchr(answer, '/') && access(answer, R_OK) == 0;
}

/* A shared library that is loaded later (dlopen(3)) finds the program's
 * runtime, and does not use one of its own.  */
static int
add_exports(struct command_line *c, char **why)
{
	char *list = path_library("libipclab-rt.list");
	char *word = xasprintf("-Wl,--dynamic-list=%s", list);
	int rc = is_there(list, why);

	command_line_add(c, word);
	free(word);
	free(list);
	return rc;
}

static int
add_link(struct command_line *c, const char *compiler, unsigned parts,
	 char **why)
{
	char *library = compiler_runtime();
	int rc = is_there(library, why);

	if (rc == 0) {
		if (parts & PART_CXX && has_static_cxx(compiler))
			command_line_add(c, "-static-libstdc++");
		else if (parts & PART_CXX)
			fputs(_("the C++ library is here as a shared library "
				"alone: threads that it makes and waits that "
				"it does make no points\n"), stderr);
		command_line_add(c, wrap);
		/* Each run of a search would look up what it calls. */
		command_line_add(c, "-Wl,-z,now");
		/* Whatever the language of the last source was.  */
		command_line_add(c, "-xnone");
		/* All of it: its mmap() must stand before the libraries'. */
		command_line_add(c, "-Wl,--whole-archive");
		command_line_add(c, library);
		command_line_add(c, "-Wl,--no-whole-archive");
		/* Message queues, in C libraries that keep them apart. */
		command_line_add(c, "-lrt");
	}
	free(library);
	return rc < 0 || parts & PART_SHARED ? rc : add_exports(c, why);
}

static int
add_compile(struct command_line *c, const char *compiler, bool cxx, char **why)
{
	char *specs, *word;
	int rc;

	if (is_clang(compiler, cxx)) {
		add_all(c, for_clang);
		return 0;
	}
	specs = path_library("libipclab-rt.specs");
	rc = is_there(specs, why);
	word = xasprintf("-specs=%s", specs);
	command_line_add(c, word);
	free(word);
	free(specs);
	return rc;
}

int
compiler_add_points(struct command_line *c, const char *compiler,
		    unsigned parts, char **why)
{
	add_all(c, for_all);
	if (parts & PART_COMPILE &&
	    add_compile(c, compiler, parts & PART_CXX, why) < 0)
		return -1;
	return parts & PART_LINK ? add_link(c, compiler, parts, why) : 0;
}
