/* See plain.h.  */
#include "config.h"

#include "view/plain.h"

#include "base/i18n.h"
#include "view/quote.h"
#include "view/scene.h"
#include "view/stage_inside.h"

#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONTENT_SHOWN = 240 };

struct plain {
	struct stage *stage;
	struct session *session;
	FILE *in, *out;
	uint64_t told;		/* events */
	bool at_end;		/* of the input */
	char *trouble;		/* the one that was told last, or NULL */
	unsigned generation;
};

/* ---- what happened ---- */

/* Events that a reader follows; the rest is how the lab works.  */
static bool
is_told(const struct world *w, const struct event *e)
{
	switch (e->what) {
	case WHAT_POINT:
	case WHAT_CHOICE:
	case WHAT_HELD:
	case WHAT_CHECK:
	case WHAT_NONE:
		return false;
	case WHAT_OBJECT:
		/* It is announced again for each descriptor on it.  */
		return e->n_opened == 0 && !scene_hides_event(w, NULL, e);
	default:
		return !scene_hides_event(w, NULL, e);
	}
}

static void
tell_events(struct plain *p)
{
	const struct world *w = session_world(p->session);
	struct log *log = session_log(p->session);

	if (w->n < p->told) {
		fprintf(p->out, _("back to step %d\n"),
			session_step(p->session));
		p->told = w->n;
	}
	for (; p->told < w->n; p->told++) {
		const struct event *e = log_at(log, p->told + 1, NULL);
		struct buf line = BUF_INIT;

		if (!e || !is_told(w, e))
			continue;
		world_describe(w, e, &line);
		fprintf(p->out, "  %s\n", buf_str(&line));
		buf_release(&line);
	}
}

/* What the subject printed since the last time, marked as such.  */
static void
tell_output(struct plain *p)
{
	char bytes[4096];
	bool fresh = true;
	size_t n;

	while ((n = session_output(p->session, bytes, sizeof(bytes),
				   &p->generation)) > 0) {
		for (size_t i = 0; i < n; i++) {
			if (bytes[i] == '\r')
				continue;
			if (fresh)
				fputs(_("output: "), p->out);
			fresh = bytes[i] == '\n';
			putc(bytes[i], p->out);
		}
	}
	if (!fresh)
		putc('\n', p->out);
}

/* ---- the world ---- */

static void
add_actor(const struct world *w, int actor, struct buf *out)
{
	const struct actor *a = &w->actor[actor];
	enum role role;

	buf_addf(out, "%d) %s", actor + 1, a->role);
	if (strcmp(a->role, a->name) != 0)
		buf_addf(out, " (%s)", a->name);
	buf_adds(out, ": ");
	cast_state(a, out, &role);
	if (a->source[0])
		buf_addf(out, _(", at %s"), a->source);
	buf_addc(out, '\n');
	buf_addf(out, "   ");
	world_why(w, actor, out);
	buf_addc(out, '\n');
}

static void
add_holders(const struct world *w, int object, unsigned mode, struct buf *out)
{
	bool any = false;
	int fd;

	for (int i = 0; i < w->n_actors; i++) {
		const struct actor *a = &w->actor[i];

		if (a->thread || !world_holds(w, i, object, mode, &fd))
			continue;
		buf_addf(out, "%s%s:%d", any ? ", " : "", a->role, fd);
		any = true;
	}
	if (!any)
		buf_adds(out, _("nobody"));
}

static void
add_content(const struct world *w, int object, int64_t of, struct buf *out)
{
	char bytes[CONTENT_SHOWN];
	bool derived;
	int n = world_content(w, object, bytes, sizeof(bytes), &derived);

	if (n <= 0)
		return;
	buf_adds(out, "   ");
	quote_bytes(out, bytes, (size_t)n, of > n);
	buf_addc(out, '\n');
}

static void
add_pipe(const struct world *w, int object, struct buf *out)
{
	const struct object *o = &w->object[object];

	struct buf name = BUF_INIT;

	buf_adds(&name, o->name);
	if (o->path[0])
		buf_addf(&name, " (%s)", o->path);
	if (o->removed)
		buf_addf(&name, " %s", _("(removed)"));
	buf_addf(out, _("%s holds %" PRId64 " bytes"), buf_str(&name),
		 o->bytes);
	buf_release(&name);
	if (o->capacity > 0)
		buf_addf(out, _(" of %" PRId64), o->capacity);
	if (o->capacity > 0 && o->bytes >= o->capacity)
		buf_adds(out, _(": full"));
	buf_adds(out, _("; to write: "));
	add_holders(w, object, MODE_WRITE, out);
	buf_adds(out, _("; to read: "));
	add_holders(w, object, MODE_READ, out);
	buf_addc(out, '\n');
	add_content(w, object, o->bytes, out);
}

/* "  writer maps it at 0x7ffff7fb0000, shared, to read and write" */
static void
add_mappings(const struct world *w, int object, struct buf *out)
{
	const struct mapping *m;

	for (int i = 0; (m = world_mapping(w, object, -1, i)); i++) {
		buf_addf(out, m->shared ? _("   %s maps it at %#" PRIx64
					    ", shared") :
			 _("   %s maps it at %#" PRIx64 ", privately"),
			 w->actor[m->actor].role, m->address);
		if (!m->writable)
			buf_adds(out, _(", to read only"));
		if (m->own == 1)
			buf_adds(out, _(", and has a copy of its own"));
		buf_addc(out, '\n');
	}
}

static void
add_file(const struct world *w, int object, struct buf *out)
{
	const struct object *o = &w->object[object];

	buf_addf(out, "%s, %s", o->name, o->path);
	if (o->size >= 0) {
		buf_adds(out, ", ");
		quote_count(out, o->size);
	}
	if (o->last_writer >= 0)
		buf_addf(out, _(", last written by %s"),
			 w->actor[o->last_writer].role);
	if (o->removed)
		buf_adds(out, _(", removed"));
	buf_addc(out, '\n');
	add_mappings(w, object, out);
	add_content(w, object, o->size, out);
}

/* Who wrote which bytes: "   bytes 0 to 4 last written by writer".  */
static void
add_writers(const struct world *w, int object, struct buf *out)
{
	int from = 0;

	for (int i = 1; i < CONTENT_SHOWN; i++) {
		int who = world_byte_writer(w, object, from, NULL);

		if (world_byte_writer(w, object, i, NULL) == who &&
		    i + 1 < CONTENT_SHOWN)
			continue;
		if (who >= 0)
			buf_addf(out, _("   bytes %d to %d last written by "
					"%s\n"), from, i - 1,
				 w->actor[who].role);
		from = i;
	}
	if (world_byte_unordered(w, object, -1))
		buf_adds(out, _("   it was accessed without order\n"));
}

/* What is in it, without the zeros at its end.  */
static void
add_bytes(const struct world *w, int object, struct buf *out)
{
	char bytes[CONTENT_SHOWN];
	int all = world_content(w, object, bytes, sizeof(bytes), NULL), n = all;

	while (n > 0 && !bytes[n - 1])
		n--;
	if (n == 0 && all > 0)
		buf_adds(out, _("   only zeros\n"));
	if (n == 0)
		return;
	buf_adds(out, "   ");
	quote_bytes(out, bytes, (size_t)n, false);
	buf_adds(out, n < all ? _(", then zeros\n") : "\n");
}

static void
add_memory(const struct world *w, int object, struct buf *out)
{
	const struct object *o = &w->object[object];

	if (o->removed && !world_mapping(w, object, -1, 0))
		return;
	buf_adds(out, o->name);
	if (o->path[0])
		buf_addf(out, ", %s", o->path);
	if (o->size >= 0) {
		buf_adds(out, ", ");
		quote_count(out, o->size);
	}
	if (o->removed)
		buf_adds(out, _(", removed"));
	if (o->probed.status[0])
		buf_addf(out, ", %s", o->probed.status);
	buf_addc(out, '\n');
	add_mappings(w, object, out);
	add_bytes(w, object, out);
	add_writers(w, object, out);
}

static void
add_object(const struct world *w, int object, struct buf *out)
{
	const struct object *o = &w->object[object];
	bool held = world_ends(w, object, MODE_READ)
		    + world_ends(w, object, MODE_WRITE) > 0;

	if (o->system)
		return;
	if ((o->kind == KIND_PIPE && held) || o->kind == KIND_FIFO)
		add_pipe(w, object, out);
	else if (o->kind == KIND_MEMORY)
		add_memory(w, object, out);
	else if (o->kind == KIND_FILE)
		add_file(w, object, out);
	else if (o->kind == KIND_SOCKET && (held || o->socket.queue >= 0))
		socket_tell(&(struct scene){ .world = w }, object, out);
}

void
plain_world(struct session *s, struct buf *out)
{
	const struct world *w = session_world(s);
	struct buf why = BUF_INIT;

	for (int i = 0; i < w->n_actors; i++)
		if (cast_lives(&w->actor[i]))
			add_actor(w, i, out);
	for (int i = 0; i < w->n_objects; i++)
		add_object(w, i, out);
	if (world_deadlock(w, &why))
		buf_addf(out, _("Deadlock: %s.\n"), buf_str(&why));
	buf_release(&why);
}

/* ---- choices ---- */

/* Letters are those of the stage's keys.  */
static const struct {
	const char *letter, *command;
} letters[] = {
	{ "", "next" },
	{ "n", "next" },
	{ "b", "back" },
	{ "r", "run" },
	{ "u", "until" },
	{ "s", "signal" },
	{ "w", "save" },
	{ "q", "quit" },
};

static enum screen_answer
carry_out(struct plain *p, char *line)
{
	size_t len = strcspn(line, " \t");
	const struct world *w = session_world(p->session);
	enum screen_answer answer = SCREEN_STAY;
	char *command = NULL, *why = NULL, *end;
	long number = strtol(line, &end, 10);

	if (*line && !*end && number >= 1 && number <= w->n_actors)
		command = xasprintf("go %s", w->actor[number - 1].name);
	for (size_t i = 0; i < ARRAY_SIZE(letters) && !command; i++)
		if (strlen(letters[i].letter) == len
		    && strncmp(letters[i].letter, line, len) == 0)
			command = xasprintf("%s%s", letters[i].command,
					    line + len);
	if (stage_command(p->stage, command ? command : line, &answer, &why)
	    < 0)
		fprintf(p->out, "%s\n", why);
	else if (p->stage->message)
		fprintf(p->out, "%s\n", p->stage->message);
	stage_say(p->stage, NULL);
	free(command);
	free(why);
	return answer;
}

/* Somebody runs at full speed, or a recording is being read: follow.  */
static void
settle(struct plain *p)
{
	session_settle(p->session, -1);
	while (session_state(p->session) == SESSION_FREE) {
		struct pollfd fds[SCREEN_POLLS_MAX];
		int n = session_poll(p->session, fds);

		poll(fds, (nfds_t)n, -1);
		session_pump(p->session);
		tell_output(p);
	}
}

/* The end of the input: the default, or the sentence why there is none.  */
static bool
go_on(struct plain *p)
{
	char *why = NULL;

	if (session_state(p->session) == SESSION_RECORDING)
		return false;
	if (session_next(p->session, &why) == 0)
		return true;
	fprintf(p->out, "%s\n", why);
	free(why);
	return false;
}

/* False: nothing more is to be done.  */
static bool
one_choice(struct plain *p)
{
	struct buf state = BUF_INIT;
	char *line = NULL;
	size_t room = 0;
	bool more;

	if (!p->at_end) {
		plain_world(p->session, &state);
		fprintf(p->out, _("\nstep %d\n%s"), session_step(p->session),
			buf_str(&state));
		fputs(_("Who goes (number), n next, b back, u CONDITION, "
			"q quit: "), p->out);
		fflush(p->out);
		buf_release(&state);
		if (getline(&line, &room, p->in) > 0) {
			/* Nobody has seen it typed: the line is not over.  */
			if (!isatty(fileno(p->in)))
				putc('\n', p->out);
			line[strcspn(line, "\n")] = '\0';
			more = carry_out(p, line) == SCREEN_STAY;
			free(line);
			return more;
		}
		putc('\n', p->out);
		p->at_end = true;
		free(line);
	}
	return go_on(p);
}

/* Once, when it comes: the next choice makes the session forget it.  */
static void
tell_trouble(struct plain *p)
{
	const char *trouble = session_trouble(p->session);

	if (trouble && (!p->trouble || strcmp(trouble, p->trouble) != 0))
		fprintf(p->out, "%s\n", trouble);
	free(p->trouble);
	p->trouble = trouble ? xstrdup(trouble) : NULL;
}

static void
tell_end(struct plain *p)
{
	const struct world *w = session_world(p->session);

	if (w->ended && !w->signal)
		fprintf(p->out, _("The program has ended with status %d.\n"),
			w->status);
	fflush(p->out);
}

bool
plain_run(struct session *s, FILE *in, FILE *out)
{
	struct plain p = { .stage = stage_new(s), .session = s, .in = in,
			   .out = out };
	enum session_state state;

	do {
		settle(&p);
		tell_events(&p);
		tell_output(&p);
		tell_trouble(&p);
		state = session_state(s);
		/* One who reads may still want to go back from the end.  */
		if (state == SESSION_BROKEN
		    || (state == SESSION_ENDED && p.at_end))
			break;
	} while (one_choice(&p));
	tell_end(&p);
	stage_free(p.stage);
	free(p.trouble);
	return p.at_end;
}
