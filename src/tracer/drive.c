/*
 * A driven run: one task moves at a time, chosen from outside.
 *
 * A step lets the chosen task make its call and go on to its next point.
 * When everybody is held, sleeps or has ended, the step is over: the run is a
 * function of its choices.
 */
#include "config.h"

#include "tracer/drive.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- free running, for a while ---- */

static void
set_free(struct tracing *t)
{
	t->free = true;
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase == PHASE_POINT || k->phase == PHASE_TIMED)
			k->phase = PHASE_LOOSE;
		else if (k->phase == PHASE_ASLEEP && k->until >= 0)
			expire(t, k);
}

/* Who sleeps is told once for each call, as in a step.  */
static void
tell_sleepers(struct tracing *t)
{
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase == PHASE_RUNNING && k->in_call && k->call &&
		    !k->blocked_told && stands_still(t, k))
			tell_block(t, k);
}

static void
run_free(struct tracing *t)
{
	while (t->free && !t->quit && t->alive > 0) {
		bool any = reap_reports(t);

		for (struct task *k = t->first; k; k = k->next)
			if (k->phase == PHASE_LOOSE)
				stop_resume(t, k);
		if (!any)
			nap(t);
		if (!any && !reap_reports(t))
			tell_sleepers(t);
	}
}

/* ---- commands ---- */

static void
command_source(struct tracing *t, const char *rest)
{
	t->sources_on = strcmp(rest, "on") == 0;
	if (!t->sources_on)
		return;
	/* Tell now what was not looked up before.  */
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase == PHASE_POINT && !k->source_told)
			tell_point(t, k);
	out_flush(t);
}

static void
command_probe(struct tracing *t, const char *rest)
{
	(void)rest;
	tell_checks(t);
	out_flush(t);
}

static void
command_free(struct tracing *t, const char *rest)
{
	(void)rest;
	set_free(t);
}

static void
command_hold(struct tracing *t, const char *rest)
{
	(void)rest;
	if (!t->free)
		return;
	t->free = false;
	for (struct task *k = t->first; k; k = k->next)
		if (k->phase == PHASE_ASLEEP)
			k->phase = PHASE_RUNNING;
	settle(t);
	tell_held(t);
}

static void
command_quit(struct tracing *t, const char *rest)
{
	(void)rest;
	t->quit = true;
}

static const struct {
	const char *name;
	void (*run)(struct tracing *t, const char *rest);
	bool always;	/* also in the middle of a step */
} tracer_commands[] = {
	{ "source", command_source, false },
	{ "probe", command_probe, false },
	{ "free", command_free, false },
	{ "hold", command_hold, false },
	{ "quit", command_quit, true },
};

/* One line.  False: not now, keep it.  */
static bool
obey(struct tracing *t, const char *line, bool busy)
{
	struct choice c;
	char *why = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(tracer_commands); i++) {
		size_t n = strlen(tracer_commands[i].name);

		if (strncmp(line, tracer_commands[i].name, n) ||
		    (line[n] && line[n] != ' '))
			continue;
		if (busy && !tracer_commands[i].always)
			return false;
		tracer_commands[i].run(t, line + n + (line[n] == ' '));
		return true;
	}
	if (busy)
		return false;
	if (choice_parse(line, &c, &why) < 0) {
		out_note(t, NULL, "%s", why);
		out_flush(t);
	} else {
		choose(t, &c);
	}
	free(why);
	return true;
}

/* Take what there is; a lab that is gone ends the run.  */
static void
fill_commands(struct tracing *t)
{
	char text[4096];
	ssize_t n = read(t->commands, text, sizeof(text));

	if (n > 0)
		buf_add(&t->command_text, text, n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		t->quit = true;
}

static bool
obey_lines(struct tracing *t, bool busy)
{
	struct buf *b = &t->command_text;
	bool any = false;
	char *end;

	while (!t->quit && b->len && (end = memchr(b->data, '\n', b->len))) {
		struct buf line = BUF_INIT;
		bool done;

		buf_add(&line, b->data, end - b->data);
		/* First out of the buffer: obeying may come back here. */
		if (busy && !obey(t, buf_str(&line), true)) {
			buf_release(&line);
			return any;
		}
		buf_drop(b, end - b->data + 1);
		done = busy || obey(t, buf_str(&line), false);
		buf_release(&line);
		any |= done;
	}
	return any;
}

bool
read_commands(struct tracing *t, bool wait)
{
	fill_commands(t);
	return obey_lines(t, !wait);
}

void
drive_loop(struct tracing *t)
{
	char info[128];

	settle(t);
	tell_held(t);
	while (t->alive > 0 && !t->quit) {
		struct pollfd fds[] = {
			{ .fd = t->child_signals, .events = POLLIN },
			{ .fd = t->commands, .events = POLLIN },
		};

		if (t->free) {
			run_free(t);
			continue;
		}
		obey_lines(t, false);
		if (t->free || t->quit || t->alive == 0)
			continue;
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			break;
		if (fds[0].revents) {
			while (read(t->child_signals, info,
				    sizeof(info)) > 0)
				;
			/* Somebody outside woke a sleeper.  */
			if (reap_reports(t)) {
				settle(t);
				tell_held(t);
			}
		}
		if (fds[1].revents)
			fill_commands(t);
	}
	if (t->quit)
		kill_all(t);
}
