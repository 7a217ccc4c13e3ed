/* Statements about an actor.  */
#include "config.h"

#include "base/i18n.h"
#include "condition/inside.h"
#include "event/names.h"

#include <string.h>

static enum truth
truth_of(bool is)
{
	return is ? IS_TRUE : IS_FALSE;
}

static const char *
role(const struct world *w, int actor)
{
	return w->actor[actor].role;
}

#define TOLD_CALL event_call_written(a->call, a->args)

/* Whole sentences, as each language has an order of its own.  */
#define TELL(alone, in_call, on_object)					\
	(!a->call[0] ? buf_addf(out, _(alone), a->role) :		\
	 !object ? buf_addf(out, _(in_call), a->role, TOLD_CALL) :	\
	 buf_addf(out, _(on_object), a->role, TOLD_CALL, object))

/* "writer is blocked in write on pipe 1".  */
static void
tell_state(const struct world *w, int actor, struct buf *out)
{
	const struct actor *a = &w->actor[actor];
	const char *object = a->object < 0 ? NULL : w->object[a->object].name;

	if (!out)
		return;
	if (!actor_is_alive(a))
		buf_addf(out, _("%s has ended"), a->role);
	else if (actor_is_blocked(a))
		TELL(N_("%s is blocked"), N_("%s is blocked in %s"),
		     N_("%s is blocked in %s on %s"));
	else if (a->state == ACTOR_READY)
		TELL(N_("%s is ready"), N_("%s is ready at %s"),
		     N_("%s is ready at %s on %s"));
	else if (a->state == ACTOR_SLEEPING)
		TELL(N_("%s is asleep"), N_("%s is asleep in %s"),
		     N_("%s is asleep in %s on %s"));
	else if (a->state == ACTOR_STOPPED)
		TELL(N_("%s is stopped"), N_("%s is stopped in %s"),
		     N_("%s is stopped in %s on %s"));
	else
		TELL(N_("%s is running"), N_("%s is running in %s"),
		     N_("%s is running in %s on %s"));
}

enum truth
is_in_state(const struct blanks *b, const struct world *w, int actor,
	    struct buf *out)
{
	const struct actor *a = &w->actor[actor];
	bool blocked = actor_is_blocked(a);
	const bool is[] = {	/* in the order of the syntax */
		a->state == ACTOR_RUNNING,
		a->state == ACTOR_READY && !blocked,
		blocked,
		a->state == ACTOR_SLEEPING,
		a->state == ACTOR_STOPPED,
		a->state == ACTOR_READY,
	};

	tell_state(w, actor, out);
	return truth_of(is[b->word[0]]);
}

/* No object named, or the one that it works on.  */
static bool
on_object(const struct blanks *b, const struct world *w, const struct actor *a)
{
	char path[PATH_MAX_LEN];
	struct event e;
	int object;

	if (!b->object[0])
		return true;
	object = world_object(w, b->object);
	if (object >= 0 && object == a->object)
		return true;
	/* Before open(2) there is only the path. */
	event_init(&e, WHAT_POINT);
	COPY_STR(e.args, a->args);
	return event_arg(&e, "pathname", path, sizeof(path)) &&
	       world_same_path(w, path, b->object);
}

enum truth
is_blocked_in(const struct blanks *b, const struct world *w, int actor,
	      struct buf *out)
{
	const struct actor *a = &w->actor[actor];

	tell_state(w, actor, out);
	return truth_of((actor_is_blocked(a) || a->state == ACTOR_SLEEPING) &&
			call_is(b->call, a->call) && on_object(b, w, a));
}

enum truth
is_at(const struct blanks *b, const struct world *w, int actor,
      struct buf *out)
{
	const struct actor *a = &w->actor[actor];

	tell_state(w, actor, out);
	return truth_of(a->state == ACTOR_READY && call_is(b->call, a->call) &&
			on_object(b, w, a));
}

enum truth
has_started(const struct blanks *b, const struct world *w, int actor,
	    struct buf *out)
{
	(void)b;
	if (out)
		buf_addf(out, _("%s has started"), role(w, actor));
	return IS_TRUE;
}

static void
tell_end(const struct world *w, int actor, struct buf *out)
{
	const struct actor *a = &w->actor[actor];

	if (!out)
		return;
	if (actor_is_alive(a))
		buf_addf(out, _("%s lives"), a->role);
	else if (a->signal)
		buf_addf(out, _("%s was killed by %s"), a->role,
			 signal_name(a->signal));
	else
		buf_addf(out, _("%s has exited with %d"), a->role, a->status);
}

enum truth
has_ended(const struct blanks *b, const struct world *w, int actor,
	  struct buf *out)
{
	(void)b;
	tell_end(w, actor, out);
	return truth_of(!actor_is_alive(&w->actor[actor]));
}

enum truth
has_exited(const struct blanks *b, const struct world *w, int actor,
	   struct buf *out)
{
	const struct actor *a = &w->actor[actor];

	tell_end(w, actor, out);
	return truth_of(!actor_is_alive(a) && !a->signal &&
			(b->option[0] < 0 || a->status == b->number));
}

enum truth
was_killed(const struct blanks *b, const struct world *w, int actor,
	   struct buf *out)
{
	const struct actor *a = &w->actor[actor];

	tell_end(w, actor, out);
	return truth_of(!actor_is_alive(a) && a->signal &&
			(b->option[0] < 0 || a->signal == b->signal));
}

/* How often a call of that family.  */
static uint64_t
count_calls(const struct world *w, int actor, const char *call)
{
	uint64_t n = world_calls(w, actor, call, NULL);
	const char *other;

	for (int i = 0; (other = call_kin(call, i)); i++)
		n += world_calls(w, actor, other, NULL);
	return n;
}

enum truth
has_called(const struct blanks *b, const struct world *w, int actor,
	   struct buf *out)
{
	uint64_t n = count_calls(w, actor, b->call);

	if (out)
		buf_addf(out, ngettext("%s has called %s %llu time",
				       "%s has called %s %llu times", n),
			 role(w, actor), b->call, (unsigned long long)n);
	if (b->option[0] < 0)
		return truth_of(n > 0);
	return compare(n, b->option[0] == 0 ? COMPARE_IS : COMPARE_LEAST,
		       b->number);
}

/* "writer's last call is write, which failed with EAGAIN".  */
static void
tell_last(const struct world *w, int actor, struct buf *out)
{
	const struct actor *a = &w->actor[actor];

	if (!out)
		return;
	if (!a->last_n)
		buf_addf(out, _("%s has not finished a call"), a->role);
	else if (a->last_error)
		buf_addf(out, _("%s's last call, %s, failed with %s"), a->role,
			 a->last_call, errno_name(a->last_error));
	else
		buf_addf(out, _("%s's last call, %s, returned %lld"), a->role,
			 a->last_call, (long long)a->last_result);
}

enum truth
last_call_is(const struct blanks *b, const struct world *w, int actor,
	     struct buf *out)
{
	const struct actor *a = &w->actor[actor];

	tell_last(w, actor, out);
	return truth_of(a->last_n && call_is(b->call, a->last_call));
}

enum truth
last_result_is(const struct blanks *b, const struct world *w, int actor,
	       struct buf *out)
{
	const struct actor *a = &w->actor[actor];

	tell_last(w, actor, out);
	if (!a->last_n)
		return IS_FALSE;
	return compare(a->last_result, b->option[0], b->number);
}

enum truth
last_call_failed(const struct blanks *b, const struct world *w, int actor,
		 struct buf *out)
{
	const struct actor *a = &w->actor[actor];

	tell_last(w, actor, out);
	return truth_of(a->last_error &&
			(b->option[0] < 0 || a->last_error == b->error));
}

enum truth
holds_end(const struct blanks *b, const struct world *w, int actor,
	  struct buf *out)
{
	int object = world_object(w, b->object), fd;
	bool write = b->word[1] == 0;
	bool holds;

	if (object < 0) {
		if (out)
			buf_addf(out, _("there is no %s"), b->object);
		return IS_UNKNOWN;
	}
	holds = world_holds(w, actor, object, write ? MODE_WRITE : MODE_READ,
			    &fd);
	if (out && holds)
		buf_addf(out, write ? _("%s holds a write end of %s "
					"(descriptor %d)") :
			 _("%s holds a read end of %s (descriptor %d)"),
			 role(w, actor), b->object, fd);
	else if (out)
		buf_addf(out, write ? _("%s holds no write end of %s") :
			 _("%s holds no read end of %s"), role(w, actor),
			 b->object);
	return truth_of(holds);
}

enum truth
has_descriptor(const struct blanks *b, const struct world *w, int actor,
	       struct buf *out)
{
	const struct descriptors *t = w->actor[actor].fds;
	int fd = b->number >= 0 && b->number < INT32_MAX ? (int)b->number : -1;
	const struct descriptor *d = t ? descriptors_get(t, fd) : NULL;

	if (out && !d)
		buf_addf(out, _("%s has no descriptor %d open"),
			 role(w, actor), fd);
	else if (out)
		buf_addf(out, _("%s has descriptor %d on %s"), role(w, actor),
			 fd, d->object >= 0 ? w->object[d->object].name : "?");
	return truth_of(d && (b->option[0] < 0 ||
			      (d->object >= 0 &&
			       d->object == world_object(w, b->object))));
}

/* "sh" is any file of that name, "/bin/sh" this one.  */
static bool
is_program(const struct world *w, const char *path, const char *wanted)
{
	const char *name = strrchr(path, '/');

	return world_same_path(w, path, wanted) ||
	       (name && !strchr(wanted, '/') && strcmp(name + 1, wanted) == 0);
}

enum truth
runs_program(const struct blanks *b, const struct world *w, int actor,
	     struct buf *out)
{
	const struct actor *a = &w->actor[actor];

	if (!a->program[0]) {
		if (out)
			buf_addf(out, _("what %s runs is not known"), a->role);
		return IS_UNKNOWN;
	}
	if (out)
		buf_addf(out, _("%s runs %s"), a->role, a->program);
	return truth_of(is_program(w, a->program, b->text) ||
			is_program(w, a->started_as, b->text));
}

enum truth
has_printed(const struct blanks *b, const struct world *w, int actor,
	    struct buf *out)
{
	size_t len;
	const char *text = world_output(w, actor, &len);

	if (out)
		buf_addf(out, _("%s printed %zu bytes, of which the last are "
				"\"%s\""), role(w, actor), len,
			 len > 40 ? text + len - 40 : text);
	return truth_of(memmem(text, len, b->text, b->text_len) != NULL);
}
