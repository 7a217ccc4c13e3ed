/* An event as one line for people.  */
#include "config.h"

#include "base/i18n.h"
#include "event/event.h"
#include "event/json.h"
#include "event/names.h"

#include <string.h>

enum { SHOWN_MAX = 40 };	/* bytes of a text shown */

/* A text in quotes as C writes it, cut after SHOWN_MAX bytes.  Of bytes (not
 * text) those beyond ASCII are shown as their numbers.  */
static void
add_quoted(struct buf *out, const char *s, int n, bool bytes)
{
	static const char escapes[] = "\n\t\r\"\\";
	static const char letters[] = "ntr\"\\";
	int shown = n > SHOWN_MAX ? SHOWN_MAX : n;

	/* Cut between characters: a byte 10xxxxxx continues one. */
	while (shown > 0 && shown < n && ((unsigned char)s[shown] >> 6) == 2)
		shown--;
	buf_addc(out, '"');
	for (int i = 0; i < shown; i++) {
		unsigned char c = s[i];
		const char *at = c ? strchr(escapes, c) : NULL;

		if (at)
			buf_addf(out, "\\%c", letters[at - escapes]);
		else if (c < ' ' || c == 0x7f || (bytes && c > 0x7f))
			buf_addf(out, "\\%03o", c);
		else
			buf_addc(out, c);
	}
	buf_adds(out, shown < n ? "\"..." : "\"");
}

static void
add_data(struct buf *out, const struct event *e)
{
	buf_adds(out, "  ");
	add_quoted(out, e->data, e->data_len, true);
	if (e->data_len <= SHOWN_MAX && e->data_len < e->bytes)
		buf_adds(out, "...");
}

/* Names of flags and the like are texts as well: O_RDONLY|O_CLOEXEC.  */
static bool
is_constant(const char *key)
{
	static const char *const whole[] = {
		"signal", "cmd", "key", "msgflg", "oflag", "op",
	};

	for (size_t i = 0; i < ARRAY_SIZE(whole); i++)
		if (strcmp(key, whole[i]) == 0)
			return true;
	return strstr(key, "flags") || strstr(key, "mode");
}

/* A structure as people write it: {handler=SIG_IGN, flags=0, mask=[]}.  */
static void
add_structure(struct buf *out, const char *json)
{
	bool quoted = false;

	for (const char *p = json; *p; p++) {
		if (*p == '"' && (p == json || p[-1] != '\\'))
			quoted = !quoted;
		else if (quoted)
			buf_addc(out, *p);
		else if (*p == ':')
			buf_addc(out, '=');
		else
			buf_adds(out, *p == ',' ? ", " :
				 (const char[]){ *p, '\0' });
	}
}

static void
add_arguments(struct buf *out, const struct event *e)
{
	struct json j;
	char key[NAME_MAX_LEN], value[ARGS_MAX_LEN];

	json_init(&j, e->args, strlen(e->args));
	for (bool first = true;
	     e->args[0] && json_next_key(&j, first, key, sizeof(key));
	     first = false) {
		bool text = json_peek_text(&j);

		if (!(text ? json_read_text(&j, value, sizeof(value))
			   : json_read_raw(&j, value, sizeof(value))))
			return;
		buf_addf(out, "%s%s=", first ? "" : ", ", key);
		if (text && !is_constant(key))
			add_quoted(out, value, strlen(value), false);
		else if (!text && value[0] == '{')
			add_structure(out, value);
		else
			buf_adds(out, value);
	}
}

/* An access is no function: `load *counter`.  */
static void
add_call(struct buf *out, const struct event *e)
{
	if (event_is_access(e->call)) {
		event_call_name(out, e->call, e->args);
		return;
	}
	buf_adds(out, e->call[0] ? e->call : "?");
	buf_addc(out, '(');
	add_arguments(out, e);
	buf_addc(out, ')');
}

static void
add_object(struct buf *out, const struct event *e)
{
	if (e->object[0])
		buf_addf(out, "  %s", e->object);
	if (e->object2[0])
		buf_addf(out, " -> %s", e->object2);
}

static void
describe_call(struct buf *out, const struct event *e)
{
	add_call(out, e);
	if (e->error)
		buf_addf(out, " = -1 %s", errno_name(e->error));
	else if (e->has_result)
		buf_addf(out, " = %lld", (long long)e->result);
	else if (e->value != NO_VALUE && event_is_access(e->call))
		buf_addf(out, " = %lld", (long long)e->value);
	add_object(out, e);
	if (e->data_len > 0 && !e->error)
		add_data(out, e);
}

static void
describe_point(struct buf *out, const struct event *e)
{
	buf_adds(out, _("is about to "));
	add_call(out, e);
	add_object(out, e);
	if (e->would_block)
		buf_addf(out, "  %s", _("(it would wait)"));
}

static void
describe_block(struct buf *out, const struct event *e)
{
	buf_adds(out, _("waits in "));
	add_call(out, e);
	add_object(out, e);
}

static void
describe_start(struct buf *out, const struct event *e)
{
	if (e->parent[0])
		buf_addf(out, _("starts, made by %s"), e->parent);
	else
		buf_adds(out, _("starts"));
	if (e->call[0])
		buf_addf(out, " (%s)", e->call);
}

static void
describe_exec(struct buf *out, const struct event *e)
{
	buf_addf(out, _("runs another program: %s"), e->path);
}

static void
describe_signal(struct buf *out, const struct event *e)
{
	char action[16] = "";

	if (e->from[0])
		buf_addf(out, _("gets %s from %s"), signal_name(e->signal),
			 e->from);
	else
		buf_addf(out, _("gets %s"), signal_name(e->signal));
	if (e->value != NO_VALUE)
		buf_addf(out, _(", with the value %lld"), (long long)e->value);
	event_arg(e, "action", action, sizeof(action));
	if (strcmp(action, "ignored") == 0)
		buf_adds(out, _(", and ignores it"));
}

static void
describe_stop(struct buf *out, const struct event *e)
{
	buf_addf(out, _("is stopped by %s"), signal_name(e->signal));
}

static void
describe_continue(struct buf *out, const struct event *e)
{
	(void)e;
	buf_adds(out, _("goes on"));
}

static void
describe_exit(struct buf *out, const struct event *e)
{
	if (e->signal)
		buf_addf(out, _("is killed by %s"), signal_name(e->signal));
	else
		buf_addf(out, _("ends with %d"), e->status);
}

static void
describe_reap(struct buf *out, const struct event *e)
{
	(void)e;
	buf_adds(out, _("is gone: its end was waited for"));
}

static void
describe_object(struct buf *out, const struct event *e)
{
	if (e->n_opened == 1)	/* a descriptor that it was given */
		buf_addf(out, _("%s has descriptor %d on %s"), e->actor,
			 e->opened[0].fd, e->object);
	else
		buf_addf(out, _("%s appears"), e->object);
	if (e->path[0] && strcmp(e->path, e->object) != 0)
		buf_addf(out, ": %s", e->path);
}

static void
describe_choice(struct buf *out, const struct event *e)
{
	buf_addf(out, _("step %d: %s"), e->step, e->choice);
}

static void
describe_held(struct buf *out, const struct event *e)
{
	buf_addf(out, _("step %d is over"), e->step);
}

/* A number and its value, and how it begins: `1=5:"hello"`.  */
static void
describe_item(struct buf *out, const struct state_item *i)
{
	buf_addc(out, ' ');
	if (i->number != NO_VALUE)
		buf_addf(out, "%lld=", (long long)i->number);
	if (i->value != NO_VALUE)
		buf_add_int(out, i->value);
	if (i->data_len > 0) {
		buf_addc(out, ':');
		add_quoted(out, i->data, i->data_len, true);
	}
}

/* Signals that wait for an actor: "USR1, RTMIN=7".  */
static void
describe_waiting(struct buf *out, const struct event *e)
{
	const struct object_state *s = &e->state;

	buf_addf(out, _("the kernel about signals for %s:"), e->actor);
	if (s->n_items == 0)
		buf_adds(out, _(" none waits"));
	for (int i = 0; i < s->n_items; i++) {
		buf_addf(out, "%s %s", i ? "," : "",
			 signal_name((int)s->item[i].number));
		if (s->item[i].value != NO_VALUE)
			buf_addf(out, "=%lld", (long long)s->item[i].value);
	}
}

static void
describe_check(struct buf *out, const struct event *e)
{
	const struct object_state *s = &e->state;

	if (!e->object[0]) {
		describe_waiting(out, e);
		return;
	}
	buf_addf(out, _("the kernel about %s:"), e->object);
	if (s->bytes >= 0)
		buf_addf(out, _(" %lld bytes"), (long long)s->bytes);
	if (s->capacity >= 0)
		buf_addf(out, _(" of %lld"), (long long)s->capacity);
	if (s->size >= 0)
		buf_addf(out, _(" size %lld"), (long long)s->size);
	if (s->write_ends >= 0)
		buf_addf(out, _(", write ends: %d"), s->write_ends);
	if (s->read_ends >= 0)
		buf_addf(out, _(", read ends: %d"), s->read_ends);
	if (s->messages >= 0)
		buf_addf(out, _(" messages %lld"), (long long)s->messages);
	if (s->value != NO_VALUE)
		buf_addf(out, _(" value %lld"), (long long)s->value);
	if (s->status[0])
		buf_addf(out, " %s", s->status);
	for (int i = 0; i < s->n_items; i++)
		describe_item(out, &s->item[i]);
}

static void
describe_text(struct buf *out, const struct event *e)
{
	buf_adds(out, e->text);
}

static void
describe_end(struct buf *out, const struct event *e)
{
	if (e->signal)
		buf_addf(out, _("the run has ended, killed by %s"),
			 signal_name(e->signal));
	else
		buf_addf(out, _("the run has ended with %d"), e->status);
}

static void (*const describers[WHAT_MAX])(struct buf *,
					  const struct event *) = {
	[WHAT_START] = describe_start,
	[WHAT_EXEC] = describe_exec,
	[WHAT_POINT] = describe_point,
	[WHAT_BLOCK] = describe_block,
	[WHAT_CALL] = describe_call,
	[WHAT_SIGNAL] = describe_signal,
	[WHAT_STOP] = describe_stop,
	[WHAT_CONTINUE] = describe_continue,
	[WHAT_EXIT] = describe_exit,
	[WHAT_REAP] = describe_reap,
	[WHAT_OBJECT] = describe_object,
	[WHAT_CHOICE] = describe_choice,
	[WHAT_HELD] = describe_held,
	[WHAT_CHECK] = describe_check,
	[WHAT_DIFFER] = describe_text,
	[WHAT_NOTE] = describe_text,
	[WHAT_END] = describe_end,
};

/* What happens to an object is told of the object.  */
static bool
has_subject(const struct event *e)
{
	return e->what != WHAT_OBJECT && e->what != WHAT_CHECK &&
	       e->what != WHAT_CHOICE && e->what != WHAT_HELD &&
	       e->what != WHAT_END;
}

void
event_describe(struct buf *out, const struct event *e, const char *role)
{
	const char *who = role ? role : e->actor;

	if (who[0] && has_subject(e)) {
		buf_adds(out, who);
		buf_addc(out, ' ');
	}
	if (e->what > WHAT_NONE && e->what < WHAT_MAX)
		describers[e->what](out, e);
}
