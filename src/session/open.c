/* Opening what was saved: a recording, or a schedule.  */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/words.h"
#include "session/inside.h"

static struct session *
open_recording(const char *path, char **why)
{
	struct session *s;
	struct log *log = log_open(path, why);

	if (!log)
		return NULL;
	s = session_new(&(struct session_config){ .cwd = "" });
	log_free(s->log);
	s->log = log;
	s->state = SESSION_RECORDING;
	s->wakes = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	world_free(s->world);
	s->world = world_new(log_header(log));
	past_find_ends(s);
	session_seek(s, 0, NULL);
	return s;
}

/* "24x80" */
static bool
parse_terminal(const char *text, struct session_config *c)
{
	char rest;

	return sscanf(text, "%4dx%4d%c", &c->rows, &c->cols, &rest) == 2 &&
	       c->rows > 0 && c->cols > 0;
}

static int
config_from(struct session_config *c, const struct schedule *script,
	    const char *path, char **why)
{
	const struct header *h = &script->header;
	struct stat st;

	*c = (struct session_config){
		.cwd = h->cwd[0] ? h->cwd : NULL,
		.cast = h->cast[0] ? h->cast : NULL,
		.lesson = script->lesson[0] ? script->lesson : NULL,
		.seed = h->seed,
		.isolate = strcmp(script->namespaces, "private") == 0,
		.pty = script->terminal[0] != '\0',
		.sources = true,
	};
	if (c->pty && !parse_terminal(script->terminal, c))
		return fail(why, _("%s: the terminal's size '%s' should read "
				   "like 24x80"), path, script->terminal);
	if (c->cwd && (stat(c->cwd, &st) < 0 || !S_ISDIR(st.st_mode)))
		return fail(why, _("%s: the folder %s where it ran is not "
				   "there any more"), path, c->cwd);
	c->argv = words_split(h->command, why);
	return c->argv ? 0 : -1;
}

static struct session *
open_schedule(const char *path, char **why)
{
	struct session *s = NULL;
	struct session_config c;
	struct schedule script;

	if (schedule_load(&script, path, why) < 0)
		return NULL;
	if (config_from(&c, &script, path, why) == 0) {
		s = session_start_with(&c, NULL, &script, why);
		words_free(c.argv);
	}
	schedule_release(&script);
	return s;
}

struct session *
session_open(const char *path, char **why)
{
	char start[32];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n;

	if (fd < 0) {
		fail(why, _("cannot open %s: %s"), path, strerror(errno));
		return NULL;
	}
	n = read(fd, start, sizeof(start));
	close(fd);
	if (n > 0 && schedule_looks_like(start, n))
		return open_schedule(path, why);
	if (n > 0 && start[0] == '{')
		return open_recording(path, why);
	fail(why, _("%s is neither a recording nor a schedule of ipclab"),
	     path);
	return NULL;
}
