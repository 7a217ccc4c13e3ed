/* See confined.h.  */
#include "config.h"

#include "explore/confined.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "base/words.h"
#include "explore/config_copy.h"
#include "explore/message.h"
#include "tracer/namespace.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MIB (INT64_C(1) << 20)

#define RUNNER_PATH "/ipclab"

enum { BINDS_MAX = 64, LINE_MAX_LEN = 4 << 20 };

/* What 0 stands for.  */
static const struct tracer_limits usual = {
	.cpu = 10, .memory = 1024 * MIB, .file = 16 * MIB,
	.descriptors = 256, .processes = 64, .output = MIB, .objects = 1000,
	.steps = 10000, .wall = 60,
};

enum { USUAL_DISK = 64 << 20 };

static int64_t
bound(int64_t wanted, int64_t otherwise)
{
	return wanted > 0 ? wanted : otherwise;
}

/* ---- in the explorer ---- */

static char *
joined(char **words)
{
	struct buf text = BUF_INIT;

	buf_adds(&text, "");
	if (words)
		words_join(&text, words);
	return buf_take(&text);
}

static char *
text(const char *s)
{
	return xstrdup(s ? s : "");
}

static struct setting
setting_of(const struct explore_config *c)
{
	const struct tracer_limits *l = &c->confine->limits;

	return (struct setting){
		.argv = joined(c->tracer.argv), .env = joined(c->tracer.env),
		.rules = joined(c->rules), .somewhere = joined(c->somewhere),
		.at_end = joined(c->at_end), .lesson = text(c->lesson),
		.cwd = text(c->tracer.cwd), .cast = text(c->tracer.cast),
		.output = text(c->output), .input = text(c->input),
		.seed = (int64_t)c->seed, .status = c->status,
		.has_cwd = c->tracer.cwd, .has_cast = c->tracer.cast,
		.has_output = c->output, .has_input = c->input,
		.has_lesson = c->lesson,
		.signals = c->signals, .faults = c->faults,
		.races_allowed = c->races_allowed,
		.leaks_allowed = c->leaks_allowed, .strict = c->strict,
		.busy_waits_fail = c->busy_waits_fail,
		.processor = c->tracer.processor,
		.cpu = bound(l->cpu, usual.cpu),
		.memory = bound(l->memory, usual.memory),
		.file = bound(l->file, usual.file),
		.descriptors = bound(l->descriptors, usual.descriptors),
		.processes = bound(l->processes, usual.processes),
		.steps = bound(l->steps, usual.steps),
		.wall = bound(l->wall, usual.wall),
		.output_most = bound(l->output, usual.output),
		.objects = bound(l->objects, usual.objects),
		.disk = bound(c->confine->disk, USUAL_DISK),
	};
}

/* A line is UTF-8: other bytes would arrive as others.  */
static bool
arrives(const struct setting *s, const struct buf *line)
{
	struct setting back;
	char *why = NULL;
	bool same = setting_read(&back, line->data, line->len, &why) == 0 &&
		    strcmp(back.argv, s->argv) == 0 &&
		    strcmp(back.env, s->env) == 0 &&
		    strcmp(back.rules, s->rules) == 0 &&
		    strcmp(back.somewhere, s->somewhere) == 0 &&
		    strcmp(back.cwd, s->cwd) == 0 &&
		    strcmp(back.output, s->output) == 0 &&
		    strcmp(back.input, s->input) == 0;

	free(why);
	setting_release(&back);
	return same && line->len < LINE_MAX_LEN;
}

/* Its messages are the reader's: what the language is, and its translation
 * where path_locale() looks for it beside /ipclab.  */
struct spoken {
	char *variable;		/* LANGUAGE=...; NULL: that of the source */
	char *from, *to;
};

static struct spoken
language(void)
{
	const char *wanted = getenv("LANGUAGE");
	const char *locale = setlocale(LC_MESSAGES, NULL);
	struct spoken s = { .variable = NULL };
	char *name, *folder;

	/* gettext(3) does not look at $LANGUAGE in the locale "C".  */
	if (!locale || strcmp(locale, "C") == 0)
		return s;
	if (!wanted || !*wanted)
		wanted = locale;
	name = xstrndup(wanted, strcspn(wanted, ":.@"));
	folder = path_locale();
	s.from = xasprintf("%s/%s/LC_MESSAGES/" PACKAGE ".mo", folder, name);
	s.to = xasprintf("/share/locale/%s/LC_MESSAGES/" PACKAGE ".mo", name);
	if (!strchr(name, '/') && access(s.from, R_OK) == 0)
		s.variable = xasprintf("LANGUAGE=%s", name);
	free(folder);
	free(name);
	return s;
}

static void
spoken_release(struct spoken *s)
{
	free(s->variable);
	free(s->from);
	free(s->to);
}

static pid_t
spawn_with(struct sandbox_config *config, int fd, char **why)
{
	static char program[] = RUNNER_PATH, word[] = CONFINED_WORD;
	char *const argv[] = { program, word, NULL };
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	pid_t pid = sandbox_spawn(config, argv, (int[]){ null, null,
				  STDERR_FILENO, fd }, 4, why);

	close(null);
	return pid;
}

static pid_t
spawn(const struct explore_config *c, const char *self, int fd, char **why)
{
	const struct confinement *k = c->confine;
	struct spoken spoken = language();
	char *const env[] = { spoken.variable, NULL };
	struct sandbox_bind bind[BINDS_MAX + 2] = {
		{ self, RUNNER_PATH }, { spoken.from, spoken.to },
	};
	size_t own = spoken.variable ? 2 : 1;
	struct sandbox_config config = {
		.bind = bind, .n_binds = k->n_binds + own, .env = env,
		.data = k->data, .n_data = k->n_data,
		.limits = { .disk = k->disk,
			    .lent_memory = k->limits.memory,
			    .lent_processes = k->limits.processes },
		.keep_caps = true, .cwd = "/",
	};
	pid_t pid = -1;

	if (k->n_binds <= BINDS_MAX) {
		if (k->n_binds)
			memcpy(bind + own, k->bind,
			       k->n_binds * sizeof(*bind));
		pid = spawn_with(&config, fd, why);
	} else {
		fail(why, _("more than %d files and folders for the sandbox"),
		     BINDS_MAX);
	}
	spoken_release(&spoken);
	return pid;
}

pid_t
confined_start(const struct explore_config *c, int fd, struct buf *first,
	       char **why)
{
	struct setting s = setting_of(c);
	char *self = path_self();
	pid_t pid = -1;

	setting_write(first, &s);
	if (!arrives(&s, first))
		fail(why, _("what a sandbox is told must be UTF-8, and no more "
			    "than %d MiB"), LINE_MAX_LEN >> 20);
	else
		pid = spawn(c, self, fd, why);
	free(self);
	setting_release(&s);
	return pid;
}

/* ---- in the sandbox ---- */

/* No byte more than the line: what follows is for another reader.  */
static int
read_line(int fd, struct buf *line, char **why)
{
	char c = '\0';
	ssize_t n;

	while (c != '\n' && line->len < LINE_MAX_LEN) {
		n = read(fd, &c, 1);
		if (n == 1)
			buf_addc(line, c);
		else if (n == 0 || errno != EINTR)
			break;
	}
	return c == '\n' ? 0 : fail(why, _("the runner in the sandbox was "
					    "not told what to run"));
}

/* NULL where there are none.  */
static int
take_list(char ***list, const char *words, char **why)
{
	*list = words[0] ? words_split(words, why) : NULL;
	return words[0] && !*list ? -1 : 0;
}

/* A program that is told nothing of its environment has a plain one.  */
static int
take_lists(struct explore_config *c, const struct setting *s, char **why)
{
	static const char plain[] =
		"PATH=/usr/bin:/bin HOME=/box LANG=C.UTF-8";

	c->tracer.argv = words_split(s->argv, why);
	if (!c->tracer.argv)
		return -1;
	return take_list(&c->tracer.env, s->env[0] ? s->env : plain, why) < 0 ||
	       take_list(&c->rules, s->rules, why) < 0 ||
	       take_list(&c->somewhere, s->somewhere, why) < 0 ||
	       take_list(&c->at_end, s->at_end, why) < 0 ? -1 : 0;
}

static char *
taken(bool has, const char *s)
{
	return has ? xstrdup(s) : NULL;
}

static int
take(struct explore_config *c, const struct setting *s, char **why)
{
	*c = (struct explore_config){
		.seed = (uint64_t)s->seed, .status = (int)s->status,
		.preemptions = -1,
		.output = taken(s->has_output, s->output),
		.input = taken(s->has_input, s->input),
		.signals = s->signals, .faults = s->faults,
		.races_allowed = s->races_allowed,
		.leaks_allowed = s->leaks_allowed, .strict = s->strict,
		.busy_waits_fail = s->busy_waits_fail,
		.lesson = taken(s->has_lesson, s->lesson),
	};
	c->tracer.cwd = taken(s->has_cwd, s->cwd);
	c->tracer.cast = taken(s->has_cast, s->cast);
	c->tracer.confined = c->tracer.alone = true;
	c->tracer.processor = (int)s->processor;
	c->tracer.limits = (struct tracer_limits){
		.cpu = s->cpu, .memory = s->memory, .file = s->file,
		.descriptors = s->descriptors, .processes = s->processes,
		.output = s->output_most, .objects = s->objects,
		.steps = s->steps, .wall = s->wall,
	};
	namespace_disk(s->disk);
	return take_lists(c, s, why);
}

int
confined_read(struct explore_config *c, int fd, char **why)
{
	struct buf line = BUF_INIT;
	struct setting s = { .argv = NULL };
	int rc = read_line(fd, &line, why);

	*c = (struct explore_config){ .seed = 0 };
	if (rc == 0)
		rc = setting_read(&s, line.data, line.len, why);
	if (rc == 0)
		rc = take(c, &s, why);
	setting_release(&s);
	buf_release(&line);
	return rc;
}
