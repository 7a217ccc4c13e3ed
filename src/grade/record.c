/* See record.h.  */
#include "config.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "base/save.h"
#include "exercise/build.h"
#include "grade/record.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB (INT64_C(1) << 20)
#define SELF "/ipclab"
#define INSIDE "/tmp/run"

enum { RECORDING_MAX = 64 << 20, PROGRAM_MAX = 64 << 20, SECONDS = 60 };

/* ---- compiling ---- */
static struct build *
build(const struct exercise *e, const struct submission *s, char **why)
{
	struct build *b = build_start(e, s, true, why);

	while (b && !build_result(b)) {
		struct pollfd fd = { .fd = build_fd(b), .events = POLLIN };

		poll(&fd, 1, -1);
		build_advance(b);
	}
	if (b && build_result(b)->verdict != GRADE_ACCEPT) {
		fail(why, "%s", build_result(b)->message ?
		     build_result(b)->message : "?");
		build_end(b);
		b = NULL;
	}
	return b;
}

/* "./pingpong" of "command: ./pingpong a b"; the caller's.  */
static char *
program_of(const char *schedule)
{
	const char *at = strstr(schedule, "\ncommand: ./");
	size_t n;

	if (!at)
		return NULL;
	at += strlen("\ncommand: ./");
	n = strcspn(at, " \n");
	return memchr(at, '/', n) ? NULL : xstrndup(at, n);
}

/* ---- running ---- */
/* What it writes until its end, and its end.  */
static int
take(struct buf *out, int fd, pid_t pid)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char chunk[65536];
	ssize_t n = 1;
	int status;

	while (n > 0 && out->len < RECORDING_MAX &&
	       poll(&p, 1, SECONDS * 1000) > 0) {
		n = read(fd, chunk, sizeof(chunk));
		if (n > 0)
			buf_add(out, chunk, (size_t)n);
	}
	sandbox_kill(pid);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return n == 0 && out->len ? 0 : -1;
}

static int
run(struct buf *out, const struct buf *program, const char *name,
    const char *schedule, char **why)
{
	char *self = path_self(), *to = xasprintf(INSIDE "/%s", name);
	const struct sandbox_bind bind = { self, SELF };
	const struct sandbox_data data[] = {
		{ to, program->data, program->len, 0755, true },
		{ INSIDE "/schedule", schedule, strlen(schedule), 0444,
		  true },
	};
	const struct sandbox_config c = {
		.bind = &bind, .n_binds = 1, .data = data,
		.n_data = ARRAY_SIZE(data), .keep_caps = true, .cwd = INSIDE,
		.limits = { .file = RECORDING_MAX, .disk = 64 * MIB },
	};
	const char *const argv[] = { SELF, "replay", "--plain", "--record",
				     "/proc/self/fd/3", "schedule", NULL };
	int ends[2], null = open("/dev/null", O_RDWR | O_CLOEXEC), ret = -1;
	pid_t pid = -1;

	if (pipe2(ends, O_CLOEXEC) == 0) {
		/* It is opened anew by name, by the sandbox's user.  */
		fchmod(ends[1], 0622);
		pid = sandbox_spawn(&c, (char *const *)argv,
				    (int[]){ null, null, null, ends[1] }, 4,
				    why);
		close(ends[1]);
		if (pid > 0 && (ret = take(out, ends[0], pid)) < 0)
			fail(why, _("the run could not be recorded in the "
				    "sandbox"));
		close(ends[0]);
	}
	close(null);
	free(to);
	free(self);
	return ret;
}

/* ---- the files ---- */
static int
lay(struct record *r, const struct submission *s, const struct buf *events,
    char **why)
{
	int ret;

	r->folder = path_temporary(why);
	if (!r->folder)
		return -1;
	r->path = xasprintf("%s/run.events", r->folder);
	ret = save_file(r->path, events->data, events->len, why);
	for (size_t i = 0; ret == 0 && i < s->n_files; i++) {
		char *to = xasprintf("%s/%s", r->folder, s->file[i].name);

		ret = save_file(to, s->file[i].bytes, s->file[i].n, why);
		free(to);
	}
	return ret;
}

static int
make(struct record *r, const struct build *b, const struct submission *s,
     const char *name, const char *schedule, char **why)
{
	char *from = xasprintf("%s/%s", build_result(b)->folder, name);
	struct buf program = BUF_INIT, events = BUF_INIT;
	int ret = buf_read_file(&program, from, PROGRAM_MAX, why);

	if (ret == 0)
		ret = run(&events, &program, name, schedule, why);
	if (ret == 0)
		ret = lay(r, s, &events, why);
	buf_release(&events);
	buf_release(&program);
	free(from);
	return ret;
}

int
record_make(struct record *r, const struct exercise *e,
	    const struct submission *s, const char *schedule, char **why)
{
	char *name = program_of(schedule);
	struct build *b;
	int ret;

	*r = (struct record){ .folder = NULL };
	if (sandbox_tier(NULL) == SANDBOX_NONE) {
		free(name);
		return fail(why, _("there is no sandbox on this machine, so "
				   "nothing that a student wrote is run"));
	}
	if (!name)
		return fail(why, _("the schedule names no program"));
	b = build(e, s, why);
	ret = b ? make(r, b, s, name, schedule, why) : -1;
	if (b)
		build_end(b);
	free(name);
	return ret;
}

void
record_release(struct record *r)
{
	if (r->folder)
		path_remove_tree(r->folder, NULL);
	free(r->folder);
	free(r->path);
	*r = (struct record){ .folder = NULL };
}
