/*
 * Writing events.  Lines are gathered and written in large pieces: whoever
 * waits for an event (drive.c, and the timer of free.c) flushes.
 */
#include "config.h"

#include "tracer/trace.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FLUSH_AT = 1 << 16 };

void
out_flush(struct tracing *t)
{
	size_t done = 0;

	while (done < t->buf.len && !t->out_broken) {
		ssize_t n = write(t->out, t->buf.data + done,
				  t->buf.len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			t->out_broken = t->quit = true;
			t->out_error = errno;
		} else {
			done += n;
		}
	}
	buf_clear(&t->buf);
}

void
out_event(struct tracing *t, struct event *e)
{
	e->n = ++t->n;
	if (t->search) {
		if (t->search->event)
			t->search->event(t->search->with, e);
		limit_events(t);
		return;
	}
	event_write(&t->buf, e);
	if (t->buf.len >= FLUSH_AT)
		out_flush(t);
	limit_events(t);
}

struct event *
out_begin(struct tracing *t, struct task *k, enum what what)
{
	static struct event e;

	event_init(&e, what);
	if (k) {
		COPY_STR(e.actor, k->name);
		e.pid = k->pid;
		e.tid = k->tid;
	}
	if (t->config.driven)
		e.time = t->now - t->began;
	return &e;
}

void
out_note(struct tracing *t, struct task *k, const char *fmt, ...)
{
	struct event *e = out_begin(t, k, WHAT_NOTE);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(e->text, sizeof(e->text), fmt, ap);
	va_end(ap);
	if (t->search && !t->search->note[0] && !t->over)
		COPY_STR(t->search->note, e->text);
	out_event(t, e);
}

/* The command as a shell would read it.  */
static void
quote_command(char **argv, char *out, size_t room)
{
	struct buf b = BUF_INIT;

	for (; *argv; argv++) {
		if (b.len)
			buf_addc(&b, ' ');
		if (**argv && strspn(*argv, "abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				     "_-+=./:,@%^") == strlen(*argv)) {
			buf_adds(&b, *argv);
			continue;
		}
		buf_addc(&b, '\'');
		for (const char *p = *argv; *p; p++) {
			if (*p == '\'')
				buf_adds(&b, "'\\''");
			else
				buf_addc(&b, *p);
		}
		buf_addc(&b, '\'');
	}
	copy_str(out, room, buf_str(&b));
	buf_release(&b);
}

void
out_header(struct tracing *t)
{
	struct header h = {
		.version = EVENT_VERSION,
		.driven = t->config.driven,
		.seed = t->config.seed,
	};

	quote_command(t->config.argv, h.command, sizeof(h.command));
	COPY_STR(h.cwd, t->cwd);
	if (t->config.cast)
		COPY_STR(h.cast, t->config.cast);
	header_write(&t->buf, &h);
}
