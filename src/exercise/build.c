/*
 * Compiling a submission: one compiler after the other, each in a sandbox of
 * its own that has the handed-in files and the exercise's public headers.
 *
 * What comes out of the sandbox are two streams: what the compiler said, and
 * the program, which is written to a file that was opened outside.  No file
 * that was made inside is ever opened by its name.
 */
#include "config.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "compiler/compiler.h"
#include "exercise/build.h"
#include "exercise/build_command.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SAID_MAX = 64 * 1024 };

struct build {
	size_t program;		/* that is being compiled */
	struct build_job job;	/* how */
	pid_t pid;		/* 0: none */
	int said_fd;		/* what it says */
	struct buf said;
	bool too_much;
	int64_t began_ms;
	bool over;
	struct built built;
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static void
finish(struct build *b, enum grade verdict, char *message)
{
	b->built.verdict = verdict;
	b->built.message = message;
	if (b->said.len)
		b->built.diagnostics = result_text(b->said.data, b->said.len,
						   SAID_MAX);
	b->built.ms = now_ms() - b->began_ms;
	b->over = true;
}

/* Begin the next program, or be done.  */
static void
begin_next(struct build *b)
{
	char *why = NULL;
	int ends[2];

	if (!build_job_take(&b->job, b->program)) {
		finish(b, GRADE_ACCEPT, NULL);
		return;
	}
	if (pipe2(ends, O_CLOEXEC) < 0) {
		finish(b, GRADE_INTERNAL, xstrdup(strerror(errno)));
		return;
	}
	b->pid = build_job_spawn(&b->job, ends[1], &why);
	close(ends[1]);
	b->said_fd = ends[0];
	fcntl(b->said_fd, F_SETFL, O_NONBLOCK);
	if (b->pid < 0) {
		b->pid = 0;
		finish(b, GRADE_INTERNAL, why);
	}
}

struct build *
build_start(const struct exercise *e, const struct submission *s,
	    bool sandboxed, char **why)
{
	struct build *b = xcalloc(1, sizeof(*b));

	b->job = (struct build_job){ .exercise = e, .submission = s,
				     .sandboxed = sandboxed };
	b->said_fd = -1;
	b->began_ms = now_ms();
	b->built.folder = path_temporary(why);
	if (!b->built.folder) {
		build_end(b);
		return NULL;
	}
	b->job.folder = b->built.folder;
	begin_next(b);
	return b;
}

/* A process that was stopped, or one that holds the stream open, does not keep
 * us: the end of the compiler is what counts, and its limits end it.  */
int
build_fd(const struct build *b)
{
	return b->said_fd;
}

/* False: that was its end.  */
static bool
read_said(struct build *b)
{
	char chunk[4096];
	ssize_t n;

	while ((n = read(b->said_fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN;
		if (b->said.len + (size_t)n <= SAID_MAX)
			buf_add(&b->said, chunk, (size_t)n);
		else
			b->too_much = true;
	}
	return false;
}

static int
reap(struct build *b)
{
	int status = 0;

	while (waitpid(b->pid, &status, 0) < 0 && errno == EINTR)
		;
	b->pid = 0;
	close(b->said_fd);
	b->said_fd = -1;
	build_job_release(&b->job);
	return status;
}

/* "pong.c:3:5: error: ...": the first line that is an error.  */
static char *
first_error(const struct build *b)
{
	const char *line = buf_str(&b->said), *found = line;

	while (*line) {
		size_t len = strcspn(line, "\n");

		if (memmem(line, len, "error:", 6)) {
			found = line;
			break;
		}
		line += len + (line[len] == '\n');
	}
	if (!*found)
		return xstrdup(_("the compiler reached a limit, or failed "
				 "without a word"));
	return result_text(found, strcspn(found, "\n"), 500);
}

void
build_advance(struct build *b)
{
	int status;

	if (b->over || b->said_fd < 0 || read_said(b))
		return;
	status = reap(b);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		b->program++;
		begin_next(b);
	} else if (WIFEXITED(status) && WEXITSTATUS(status) == BUILD_REFUSED) {
		finish(b, GRADE_COMPILE_ERROR, first_error(b));
	} else {
		finish(b, GRADE_INTERNAL, first_error(b));
	}
}

const struct built *
build_result(const struct build *b)
{
	return b->over ? &b->built : NULL;
}

int
built_lay(const struct built *b, const char *name, const char *folder,
	  char **why)
{
	char *from = xasprintf("%s/%s", b->folder, name);
	char *to = xasprintf("%s/%s", folder, name);
	int ret = link(from, to) == 0 ? 0 : fail(why, "%s: %s", to,
						 strerror(errno));

	free(to);
	free(from);
	return ret;
}

void
build_end(struct build *b)
{
	if (b->pid > 0) {
		sandbox_kill(b->pid);
		reap(b);
	}
	build_job_release(&b->job);
	if (b->built.folder)
		path_remove_tree(b->built.folder, NULL);
	free(b->built.folder);
	free(b->built.message);
	free(b->built.diagnostics);
	buf_release(&b->said);
	free(b);
}
