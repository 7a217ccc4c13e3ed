/* Looking at a session, and its part of the event loop.  */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/words.h"
#include "session/inside.h"

enum session_state
session_state(const struct session *s)
{
	/* A far look into a recording takes a moment. */
	if (s->state == SESSION_RECORDING && s->shown_n < s->show_n)
		return SESSION_BUSY;
	return s->state;
}

const char *
session_trouble(const struct session *s)
{
	return s->trouble ? s->trouble : log_warning(s->log);
}

const struct world *
session_world(const struct session *s)
{
	return s->world;
}

struct log *
session_log(struct session *s)
{
	return s->log;
}

int
session_step(const struct session *s)
{
	return s->step;
}

int
session_steps(const struct session *s)
{
	int known = session_known(s), steps = s->schedule.n_steps;

	if (known < 0)
		known = 0;
	return known > steps ? known : steps;
}

uint64_t
session_event(const struct session *s)
{
	return s->shown_n;
}

/* ---- the loop ---- */

int
session_poll(struct session *s, struct pollfd *fds)
{
	int n = 0;

	if (s->wakes >= 0)
		fds[n++] = (struct pollfd){ .fd = s->wakes, .events = POLLIN };
	if (s->running)
		fds[n++] = (struct pollfd){ .fd = s->tracer.events,
					    .events = POLLIN };
	if (s->running && s->out.len > 0)
		fds[n++] = (struct pollfd){ .fd = s->tracer.commands,
					    .events = POLLOUT };
	if (s->terminal)
		fds[n++] = (struct pollfd){ .fd = terminal_fd(s->terminal),
					    .events = POLLIN };
	return n;
}

bool
session_pump(struct session *s)
{
	bool changed = false;

	changed |= run_pump(s);
	if (s->terminal)
		changed |= terminal_pump(s->terminal);
	changed |= past_pump(s);
	return changed;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (int64_t)1000 + t.tv_nsec / 1000000;
}

void
session_settle(struct session *s, int ms)
{
	int64_t end = now_ms() + ms, left = ms;
	struct pollfd fds[SESSION_POLLS];

	while (session_state(s) == SESSION_BUSY && (ms < 0 || left >= 0)) {
		int n = session_poll(s, fds);

		if (n == 0)
			break;
		poll(fds, n, ms < 0 ? -1 : (int)left);
		session_pump(s);
		left = end - now_ms();
	}
	/* What was printed before the last event is there by now. */
	if (s->terminal)
		terminal_pump(s->terminal);
}

/* ---- the terminal ---- */

/* Where it was printed to a file: as a terminal would show it (ONLCR,
 * termios(3)).  */
static size_t
take_printed(struct session *s, char *out, size_t room)
{
	char bytes[1024];
	size_t n = 0;
	ssize_t got;

	if (room / 2 == 0)
		return 0;
	got = pread(s->output, bytes, room / 2 < sizeof(bytes) ? room / 2
							: sizeof(bytes),
		    s->output_taken);
	for (ssize_t i = 0; i < got; i++) {
		if (bytes[i] == '\n')
			out[n++] = '\r';
		out[n++] = bytes[i];
	}
	s->output_taken += got > 0 ? got : 0;
	return n;
}

size_t
session_output(struct session *s, char *out, size_t room,
	       unsigned *generation)
{
	*generation = s->generation;
	if (s->terminal)
		return terminal_take(s->terminal, out, room);
	return s->output >= 0 && s->script.output[0]
	       ? take_printed(s, out, room) : 0;
}

void
session_resize(struct session *s, int rows, int cols)
{
	s->config.rows = rows;
	s->config.cols = cols;
	if (s->terminal)
		terminal_resize(s->terminal, rows, cols);
}

/* ---- files ---- */

static int
fill_schedule(struct session *s, struct schedule *out, char **why)
{
	struct header *h = &out->header;
	struct buf command = BUF_INIT;
	bool fits;

	words_join(&command, s->config.argv);
	fits = command.len < sizeof(h->command) && s->config.cwd &&
	       strlen(s->config.cwd) < sizeof(h->cwd);
	COPY_STR(h->command, buf_str(&command));
	COPY_STR(h->cwd, s->config.cwd ? s->config.cwd : "");
	COPY_STR(h->cast, s->config.cast ? s->config.cast : "");
	COPY_STR(out->lesson, s->config.lesson ? s->config.lesson : "");
	COPY_STR(out->namespaces, s->config.isolate ? "private" : "");
	h->seed = s->config.seed;
	buf_release(&command);
	if (!fits)
		return fail(why, _("the command or its folder is too long for "
				   "a schedule: put it into a script"));
	if (s->config.pty && !out->output[0])
		snprintf(out->terminal, sizeof(out->terminal), "%dx%d",
			 s->config.rows, s->config.cols);
	return 0;
}

int
session_save_schedule(struct session *s, const char *path, char **why)
{
	struct schedule out;
	int known = session_known(s), bad;

	if (!s->config.argv)
		return fail(why, _("a recording has no choices to save"));
	if (s->free_step && s->free_step <= known)
		return fail(why, _("from step %d on everybody ran at full "
			"speed, which no schedule can repeat: go back before "
			"it, or save a recording"), s->free_step);
	schedule_copy(&out, &s->schedule);
	if (!s->script_left && known >= 0) {
		schedule_truncate(&out, known);
		out.events = past_end(s, known);
		out.digest = replay_digest(s->log, out.events);
	}
	bad = fill_schedule(s, &out, why);
	if (!bad)
		bad = schedule_save(&out, path, why);
	schedule_release(&out);
	return bad;
}

int
session_save_recording(struct session *s, const char *path, char **why)
{
	return log_save(s->log, path, why);
}
