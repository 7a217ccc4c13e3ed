/* A failing run, as rows: what each actor did, in short.  */
#include "config.h"

#include "base/cells.h"
#include "base/i18n.h"
#include "event/names.h"
#include "explore/report_inside.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DATA_SHOWN = 64 };	/* of what is printed */

struct report *
report_new(const struct header *h)
{
	struct report *r = xcalloc(1, sizeof(*r));

	r->world = world_new(h);
	r->chosen = -1;
	r->crash.actor = -1;
	return r;
}

void
report_free(struct report *r)
{
	if (!r)
		return;
	world_free(r->world);
	free(r->row);
	free(r->step);
	free(r->held);
	free(r);
}

const struct world *
report_world(const struct report *r)
{
	return r->world;
}

const char *
report_role(const struct report *r, int actor)
{
	return actor >= 0 ? r->world->actor[actor].role : "?";
}

const struct row *
report_row(const struct report *r, uint64_t step)
{
	for (size_t i = 0; i < r->n_rows; i++)
		if (r->row[i].step == step && r->row[i].chosen)
			return &r->row[i];
	return NULL;
}

const char *
report_source(const struct report *r, uint64_t step)
{
	for (size_t i = 0; i < r->n_rows; i++)
		if (r->row[i].step == step && r->row[i].chosen &&
		    r->row[i].source[0])
			return r->row[i].source;
	return "";
}

const struct report_held *
report_held(const struct report *r, int actor)
{
	return actor_is_alive(&r->world->actor[actor]) &&
	       (size_t)actor < r->n_held && r->held[actor].call[0]
	       ? &r->held[actor] : NULL;
}

static struct report_held *
held_of(struct report *r, int actor)
{
	size_t old = r->n_held;

	if ((size_t)actor >= old) {
		r->held = xgrow(r->held, &r->room_held, actor + 1,
				sizeof(*r->held));
		memset(r->held + old, 0, (actor + 1 - old) * sizeof(*r->held));
		for (size_t i = old; i <= (size_t)actor; i++)
			r->held[i].sender = -1;
		r->n_held = actor + 1;
	}
	return &r->held[actor];
}

/* ---- events to rows ---- */

static void
write_result(const struct event *e, char *out, size_t room)
{
	out[0] = '\0';
	if (e->error)
		snprintf(out, room, "= %s", errno_name(e->error));
	else if (event_is_access(e->call) && e->value != NO_VALUE)
		snprintf(out, room, "= %lld", (long long)e->value);
	else if (e->has_result && e->result && !event_is_access(e->call) &&
		 e->result < 1 << 20)
		snprintf(out, room, "= %lld", (long long)e->result);
}

/* "race.c:14": the folder is known.  */
static const char *
file_name(const char *source)
{
	const char *slash = strrchr(source, '/');

	return slash ? slash + 1 : source;
}

/* Their numbers say more than their names, if they have any.  */
static bool
goes_by_number(const struct object *o)
{
	return !o->path[0] || o->kind == KIND_TERMINAL ||
	       o->kind == KIND_SOCKET || o->kind == KIND_MEMORY;
}

static bool
prints(const struct report *r, const struct event *e)
{
	int object = e->object[0] ? world_object(r->world, e->object) : -1;

	return e->what == WHAT_CALL && e->data_len > 0 && object >= 0 &&
	       strncmp(e->call, "write", 5) == 0 &&
	       r->world->object[object].kind == KIND_TERMINAL;
}

static void
copy_said(const struct event *e, char *out, size_t room)
{
	size_t n = (size_t)e->data_len < room - 1 ? (size_t)e->data_len
						  : room - 1;

	memcpy(out, e->data, n);
	out[n] = '\0';
}

/* The first line of what was printed, in quotes.  */
static void
quote_said(const char *said, char *out, size_t room)
{
	size_t n = strcspn(said, "\n"), most = room - sizeof("\"...\"");
	struct buf text = BUF_INIT;

	if (n > most)
		n = cells_clip(said, (int)most);
	for (size_t i = 0; i < n; i++)
		buf_addc(&text, (unsigned char)said[i] < ' ' ? ' ' : said[i]);
	snprintf(out, room, "\"%s%s\"", buf_str(&text),
		 said[n] && said[n] != '\n' ? "..." : "");
	buf_release(&text);
}

/* "SIGTERM to A.1": of those whom it is for, the first few that have room.  */
static bool
name_signal(const struct report *r, const struct event *e, char *out,
	    size_t room)
{
	char sig[32], to[NAME_MAX_LEN];
	struct buf text = BUF_INIT;
	const char *between = "";

	if (!event_arg(e, "to", to, sizeof(to)) ||
	    !event_arg(e, "sig", sig, sizeof(sig)))
		return false;
	for (char *name, *rest = to; (name = strtok_r(rest, " ", &rest));
	     between = _(", ")) {
		int actor = world_actor(r->world, name);

		buf_addf(&text, "%s%s", between,
			 actor < 0 ? name : report_role(r, actor));
	}
	snprintf(out, room, _("%s to %s"), sig, buf_str(&text));
	buf_release(&text);
	return true;
}

/* What it was done to, as people know it: a variable, a file by its path, what
 * was printed, a signal and whom it is for, else the object.  */
static void
name_place(const struct report *r, const struct event *e, struct row *row)
{
	int object = e->object[0] ? world_object(r->world, e->object) : -1;
	const struct object *o = object < 0 ? NULL : &r->world->object[object];
	char path[PATH_MAX_LEN];

	if (event_arg(e, "place", row->on, sizeof(row->on)) ||
	    name_signal(r, e, row->on, sizeof(row->on)))
		return;
	/* A name that was only looked at is no object.  */
	if (!e->object[0] && event_arg(e, "pathname", path, sizeof(path)) &&
	    strlen(path) < sizeof(row->on)) {
		COPY_STR(row->on, path);
		return;
	}
	if (prints(r, e)) {
		char said[DATA_SHOWN];

		copy_said(e, said, sizeof(said));
		quote_said(said, row->on, sizeof(row->on));
		return;
	}
	if (!o || goes_by_number(o))
		COPY_STR(row->on, e->object);
	else if (strlen(o->path) < sizeof(row->on))
		COPY_STR(row->on, o->path);
	else
		COPY_STR(row->on, file_name(o->path));
}

/* As it stands in the program: "fork", not "clone".  */
static void
name_call(const struct event *e, struct row *row)
{
	struct buf name = BUF_INIT;

	if (event_is_access(e->call))	/* its place is told apart */
		buf_adds(&name, e->call);
	else
		event_call_name(&name, e->call, e->args);
	COPY_STR(row->call, buf_str(&name));
	buf_release(&name);
}

/* Locks on files: all is one call, and its arguments say what it does.  */
static const char *
deed_of(const struct event *e)
{
	if (!strstr(e->args, "F_SETLK") && !strstr(e->args, "F_OFD_SETLK") &&
	    strcmp(e->call, "flock") != 0)
		return NULL;
	return strstr(e->args, "F_UNLCK") || strstr(e->args, "LOCK_UN")
	       ? "unlock" : "lock";
}

/* pread(2) and pwrite(2) leave the offset alone and name their own.  */
static void
note_range(const struct event *e, struct row *row)
{
	bool named = strncmp(e->call, "pread", 5) == 0 ||
		     strncmp(e->call, "pwrite", 6) == 0;
	int64_t end = named ? event_arg_int(e, "offset", -1) + e->bytes
			    : e->offset;

	if (e->what != WHAT_CALL || e->error || e->bytes <= 0 ||
	    end < e->bytes || event_is_access(e->call))
		return;
	row->from = end - e->bytes;
	row->bytes = e->bytes;
}

static void
row_init(const struct report *r, const struct event *e, int actor,
	 struct row *row)
{
	*row = (struct row){ .step = r->now, .actor = actor, .what = e->what,
			     .chosen = actor == r->chosen,
			     .deed = deed_of(e) };
	note_range(e, row);
	name_call(e, row);
	COPY_STR(row->object, e->object);
	name_place(r, e, row);
	COPY_STR(row->source, file_name(e->source));
}

/* Room for one more, not filled in.  */
static struct row *
row_next(struct report *r)
{
	r->row = xgrow(r->row, &r->room_rows, r->n_rows + 1, sizeof(*r->row));
	return &r->row[r->n_rows++];
}

static struct row *
row_add(struct report *r, const struct event *e, int actor)
{
	struct row *row = row_next(r);

	row_init(r, e, actor, row);
	return row;
}

/* Calls that are no points are not shown: the C library's own.  */
static void
called(struct report *r, const struct event *e, int actor)
{
	struct report_held *held = held_of(r, actor);
	struct row *row;

	if (strcmp(held->call, e->call) != 0)
		return;
	row = row_add(r, e, actor);
	if (!row->source[0])
		COPY_STR(row->source, held->row.source);
	if (prints(r, e))	/* the text says more than its length */
		copy_said(e, held->said, sizeof(held->said));
	else
		write_result(e, row->result, sizeof(row->result));
	held->call[0] = '\0';
}

/* The call, or the signal, by which it ended has its row already: one is
 * enough.  abort(3) is a signal that the thread sends to itself.  */
static void
drop_cause(struct report *r, const struct event *e, int actor)
{
	struct row *last = r->n_rows ? &r->row[r->n_rows - 1] : NULL;

	if (!last || last->actor != actor || last->step != r->now)
		return;
	if (e->what == WHAT_EXIT
	    ? (e->signal ? last->what == WHAT_SIGNAL :
	       strncmp(last->call, "exit", 4) == 0)
	    : e->signal == SIGABRT && strcmp(last->call, "tgkill") == 0)
		r->n_rows--;
}

/* A signal ends all threads of a process: one row says so.  */
static bool
goes_with_another(const struct report *r, const struct event *e, int actor)
{
	const struct actor *a = r->world->actor;

	if (e->what != WHAT_EXIT || !e->signal)
		return false;
	for (size_t i = r->n_rows; i-- > 0 && r->row[i].step == r->now;) {
		const struct row *row = &r->row[i];

		if (row->actor != actor && row->what != WHAT_CALL &&
		    a[row->actor].pid == a[actor].pid &&
		    strcmp(row->call, signal_name(e->signal)) == 0)
			return true;
	}
	return false;
}

static void
note_crash(struct report *r, const struct event *e, const struct row *row)
{
	struct report_crash *c = &r->crash;

	if (e->what != WHAT_EXIT || !e->signal || c->actor >= 0)
		return;
	c->actor = row->actor;
	c->signal = e->signal;
	c->step = r->now;
	COPY_STR(c->source, row->source);
	c->sender = held_of(r, row->actor)->sender;
}

static void
ended(struct report *r, const struct event *e, int actor)
{
	struct report_held *held = held_of(r, actor);
	struct row *row;

	if (e->what == WHAT_SIGNAL)
		held->sender = e->from[0] ? world_actor(r->world, e->from) : -1;
	if (goes_with_another(r, e, actor))
		return;
	drop_cause(r, e, actor);
	row = row_add(r, e, actor);
	COPY_STR(row->call, e->what == WHAT_SIGNAL || e->signal
		 ? signal_name(e->signal) : "exit");
	if (e->what == WHAT_EXIT && !e->signal)
		snprintf(row->result, sizeof(row->result), "= %d", e->status);
	if (e->what == WHAT_EXIT)
		COPY_STR(row->source, held->row.source);
	note_crash(r, e, row);
}

/* It is before a call.  Where nothing is known of the place, it is where it
 * was.  */
static void
holds(struct report *r, const struct event *e, int actor)
{
	struct report_held *held = held_of(r, actor);
	char source[sizeof(held->row.source)];

	COPY_STR(source, held->row.source);
	COPY_STR(held->call, e->call);
	row_init(r, e, actor, &held->row);
	if (!held->row.source[0])
		COPY_STR(held->row.source, source);
}

/* It went in, and sleeps there.  */
static void
sleeps(struct report *r, const struct event *e, int actor)
{
	struct row *row;

	holds(r, e, actor);
	if (actor != r->chosen)
		return;
	row = row_next(r);
	*row = held_of(r, actor)->row;
	row->waits = true;
	COPY_STR(row->result, "...");
}

/* "go A.1", "signal A.1 SIGUSR1": whom a choice names, -1.  */
static int
chosen_by(const struct report *r, const char *choice)
{
	const char *who = strchr(choice, ' ');

	for (int a = 0; who && a < r->world->n_actors; a++) {
		const char *name = r->world->actor[a].name;
		size_t n = strlen(name);

		if (strncmp(who + 1, name, n) == 0 &&
		    (who[n + 1] == '\0' || who[n + 1] == ' '))
			return a;
	}
	return -1;
}

void
report_event(struct report *r, const struct event *e)
{
	int actor;

	world_apply(r->world, e);
	actor = world_actor(r->world, e->actor);
	if (e->what == WHAT_CHOICE) {
		r->now = e->step;
		r->chosen = chosen_by(r, e->choice);
	}
	if (actor < 0)
		return;
	if (e->what == WHAT_POINT)
		holds(r, e, actor);
	else if (e->what == WHAT_BLOCK)
		sleeps(r, e, actor);
	else if (e->what == WHAT_CALL)
		called(r, e, actor);
	else if (e->what == WHAT_EXIT || e->what == WHAT_SIGNAL)
		ended(r, e, actor);
}

void
report_step(struct report *r, const struct position *p, int picked,
	    const struct done *d)
{
	const struct alternative *a = &p->alternative[picked];
	struct step_made *s;
	bool could = false;

	for (int i = 0; i < p->n_alternatives; i++)
		could |= p->alternative[i].kind == ALTERNATIVE_GO &&
			 p->alternative[i].actor == p->last;
	r->step = xgrow(r->step, &r->room_steps, r->n_steps + 1,
			sizeof(*r->step));
	s = &r->step[r->n_steps++];
	*s = (struct step_made){
		.actor = r->chosen, .fault = a->fault, .op = d->op,
		.kind = a->kind, .number = a->number,
		.preempts = could && a->actor != p->last,
	};
	for (size_t i = r->n_rows; i-- > 0 && r->row[i].step == r->n_steps;)
		if (r->row[i].chosen) {
			r->row[i].preempts = s->preempts;
			r->row[i].fault = s->fault;
		}
}
